"""Makes the terms of the full-text index: bigrams over the normal form.

Bigrams find any run of characters, whatever words a segmenter sees in it. `乡村振兴` is indexed as `乡村 村振
振兴 兴`: the last character stands alone, so that a prefix query finds single characters, too. The terms of
headings and titles begin with a sign that no normal form holds; a topic, a keyword, a speech's number, a kind
of passage and a cluster of meanings are single terms with a sign of their own. Thus a filter is part of the
query and narrows it before any limit on the number of results.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import add

TITLE, LABEL, _TOPIC, _KEYWORD, _SPEECH, _KIND, _CLUSTER = "《", "【", "〔", "〈", "№", "§", "※"
"""The signs that terms of these fields begin with."""

_LONG = 5
"""From so many characters on, a query asks for every second bigram only."""


def gram_text(*runs: str, field: str = "") -> str:
    """Returns the text to index for these runs in normal form; no bigram crosses from one run to the next."""
    lead = " " + field
    return " ".join(field + lead.join(map(add, run, [*run[1:], ""])) if run else "" for run in runs)


def topic_term(topic: str) -> str:
    """Returns the term of a topic in normal form."""
    return _TOPIC + topic


def keyword_term(word: str) -> str:
    """Returns the term of a keyword, a word that says what a speech is about."""
    return _KEYWORD + word


def speech_term(number: int) -> str:
    """Returns the term of a speech's number."""
    return f"{_SPEECH}{number}"


def kind_term(kind: str) -> str:
    """Returns the term of a kind of passage (排比), by its name."""
    return _KIND + kind


def cluster_term(cluster: int | str) -> str:
    """Returns the term of a cluster of meanings, by its number (`word_vectors.py`)."""
    return f"{_CLUSTER}{cluster}"


def gram_query(run: str, field: str = "") -> str:
    """Returns an FTS5 expression that every text holding `run` (in normal form) in this field matches.

    It is exact for one and two characters. For longer runs other texts match, too, since the bigrams may
    stand apart: the caller has to look at the text.
    """
    if len(run) == 1:
        return f'"{field}{run}"*'
    places: Sequence[int] = range(len(run) - 1)
    if len(run) >= _LONG:
        # Bigrams that cover every character once tell as much as all of them, for half the work.
        places = [*range(0, len(run) - 2, 2), len(run) - 2]
    return " AND ".join(f'"{field}{run[at : at + 2]}"' for at in places)


def is_exact(run: str) -> bool:
    """Returns whether a match of `gram_query(run)` already proves that the text holds the run."""
    return len(run) <= 2


def any_gram(grams: Iterable[str]) -> str:
    """Returns an FTS5 expression that texts holding any of these bigrams match."""
    return " OR ".join(f'"{gram}"' for gram in grams)
