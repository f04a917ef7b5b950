"""Chooses the public keywords of a speech: they tell what a locked text is about, and little more of it."""

from __future__ import annotations

from collections.abc import Iterable

from jianggao.library.public_part import FEWEST_LETTERS_WITH_KEYWORDS, KEYWORD_SHARE
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import keywords

LIMIT = 40
"""Keywords of a speech."""
_CANDIDATES = 80
"""Words of the text that are tried, the most telling first."""
_LARGEST_PART = 4
"""No keyword may take more than this part (a quarter) of the letters that all may take together.

In a speech on 合作社 whose title never says so the word stands in every sentence: it alone would use up what
may be told.
"""


def public_keywords(text: str, public: Iterable[str]) -> tuple[str, ...]:
    """Returns the telling words of `text` that may be public, the most telling first (`fitting_keywords`)."""
    return fitting_keywords(normal_form(text), keywords(text, _CANDIDATES), public)


def fitting_keywords(letters: str, words: Iterable[str], public: Iterable[str]) -> tuple[str, ...]:
    """Returns up to 40 of `words`, in their order, that may be public together.

    They stand in at most 5 % of `letters` (a text in normal form), all their places counted. There are none
    of a text under 300 letters, and none that stands in one of `public` (the title, what of the headings is
    public), by which the speech is found anyway.
    """
    if len(letters) < FEWEST_LETTERS_WITH_KEYWORDS:
        return ()
    known = "\n".join(map(normal_form, public))
    room = int(KEYWORD_SHARE * len(letters))
    covered = bytearray(len(letters))
    chosen: list[str] = []
    for word in words:
        form = normal_form(word)
        # Without a letter (a word of signs), or public anyway: more than any room, so it is never chosen.
        cost = letters.count(form) * len(form) if form and form not in known else room + 1
        if cost * _LARGEST_PART > room or sum(covered) + cost > room:
            continue  # a later, rarer word may still fit
        _cover(letters, form, covered)
        chosen.append(word)
        if len(chosen) == LIMIT:
            break
    return tuple(chosen)


def _cover(letters: str, word: str, covered: bytearray) -> None:
    """Marks every place of the word; a place that two words share counts once."""
    at = letters.find(word)
    while at >= 0:
        covered[at : at + len(word)] = b"\1" * len(word)
        at = letters.find(word, at + len(word))
