"""Terms of the index: bigrams over the normal form, so that any run of characters is found, whatever a segmenter
thinks of it.

`乡村振兴` is indexed as `乡村 村振 振兴 兴`; the last character stands alone, so that a prefix query finds
single characters too. Where a run must stand in the heading or the title, a mark that no normal form holds leads its
terms; a topic, a keyword and a speech's number are single terms. Filters and preferences thus narrow a search before
any bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import add

TITLE, LABEL, _TOPIC, _KEYWORD, _SPEECH = "《", "【", "〔", "〈", "№"

_LONG = 5


def gram_text(*runs: str, field: str = "") -> str:
    """What the bigram tables are given for these runs in normal form; no bigram crosses from one to the next."""
    lead = " " + field
    return " ".join(field + lead.join(map(add, run, [*run[1:], ""])) if run else "" for run in runs)


def topic_term(topic: str) -> str:
    """The term of a topic in normal form."""
    return _TOPIC + topic


def keyword_term(word: str) -> str:
    """The term of a word that tells what a speech is about."""
    return _KEYWORD + word


def speech_term(number: int) -> str:
    """The term of a speech's number."""
    return f"{_SPEECH}{number}"


def gram_query(run: str, field: str = "") -> str:
    """The FTS5 expression that every text holding `run` (in normal form) fulfils, in the given field.

    Exact for one and two characters; longer runs need a look at the text, since bigrams may stand apart.
    """
    if len(run) == 1:
        return f'"{field}{run}"*'
    places: Sequence[int] = range(len(run) - 1)
    if len(run) >= _LONG:
        places = [
            *range(0, len(run) - 2, 2),
            len(run) - 2,
        ]  # every character once is as telling, for half the work
    return " AND ".join(f'"{field}{run[at : at + 2]}"' for at in places)


def is_exact(run: str) -> bool:
    """Whether fulfilling `gram_query(run)` already proves that the run stands there."""
    return len(run) <= 2


def any_gram(grams: Iterable[str]) -> str:
    """The FTS5 expression of a text that holds any of these bigrams."""
    return " OR ".join(f'"{gram}"' for gram in grams)
