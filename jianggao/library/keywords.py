"""The keywords of a speech: public words that tell what a locked text is about, and little more of it."""

from __future__ import annotations

from collections.abc import Iterable

from jianggao.library.public_part import FEWEST_LETTERS_WITH_KEYWORDS, KEYWORD_SHARE
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import keywords

MOST = 40
_LOOKED_AT = 80
_LARGEST_PART = 4
"""No keyword may take more than this part of what all may: a word that stands everywhere says least for its letters."""


def public_keywords(text: str, public: Iterable[str]) -> tuple[str, ...]:
    """The telling words of `text` that may be public, the most telling first (`fitting_keywords`)."""
    return fitting_keywords(normal_form(text), keywords(text, _LOOKED_AT), public)


def fitting_keywords(letters: str, words: Iterable[str], public: Iterable[str]) -> tuple[str, ...]:
    """Up to 40 of `words`, in their order: together they stand in at most 5 % of `letters` (a text in normal form), all
    their places counted. None of a text under 300 letters; none that stands in one of `public` (its title, what of its
    headings is public), by which it is found anyway."""
    if len(letters) < FEWEST_LETTERS_WITH_KEYWORDS:
        return ()
    known = "\n".join(map(normal_form, public))
    room = int(KEYWORD_SHARE * len(letters))
    told = bytearray(len(letters))
    chosen: list[str] = []
    for word in words:
        form = normal_form(word)
        cost = letters.count(form) * len(form) if form and form not in known else room + 1
        if cost * _LARGEST_PART > room or sum(told) + cost > room:
            continue
        _tell(letters, form, told)
        chosen.append(word)
        if len(chosen) == MOST:
            break
    return tuple(chosen)


def _tell(letters: str, word: str, told: bytearray) -> None:
    at = letters.find(word)
    while at >= 0:
        told[at : at + len(word)] = b"\1" * len(word)
        at = letters.find(word, at + len(word))
