"""Which hit is worth more: a function of the texts shown to the asker alone, without statistics of the library.

Corpus statistics (bm25's document frequencies) would tell a visitor about locked texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

from jianggao.search.query import Term
from jianggao.search.visible_index import IndexedSection, Seen

FIRST_PAGE = 5
PER_SPEECH = 2
"""At most so many sections of one speech stand on the first page."""

_TITLE, _LABEL, _WHOLE_WORD, _NEAR, _OFTEN = 2.0, 3.0, 2.0, 2.0, 0.3
_NEAR_SPAN = 40
_OFTEN_LIMIT = 4

T = TypeVar("T")


def score(seen: Seen, title: str, terms: Sequence[Term]) -> float:
    """How useful a hit is; equal texts get equal scores, so that the newer one comes first by its id."""
    if not terms:
        return 0.0
    label = seen.label if isinstance(seen, IndexedSection) else ""
    text = seen.text
    runs = [term.run_in(text) for term in terms]
    borders = _borders(seen) if isinstance(seen, IndexedSection) else frozenset()
    total = 0.0
    for run in runs:
        total += _TITLE * (run in title)
        total += _LABEL * (run in label)
        total += _OFTEN * min(text.count(run), _OFTEN_LIMIT)
        total += _WHOLE_WORD * _stands_whole(text, run, borders)
    return total / len(runs) + nearness(text, runs)


def first_page_spread(ranked: Sequence[tuple[int, T]]) -> list[T]:
    """The ranked (speech, hit) pairs, with a speech's third and further hits moved behind the first page."""
    first: list[T] = []
    later: list[T] = []
    count: dict[int, int] = {}
    for place, (speech, hit) in enumerate(ranked):
        if len(first) == FIRST_PAGE:
            return first + later + [rest for _, rest in ranked[place:]]
        count[speech] = count.get(speech, 0) + 1
        (first if count[speech] <= PER_SPEECH else later).append(hit)
    return first + later


def stands_as_word(seen: IndexedSection, run: str) -> bool:
    """Whether the run is a single word somewhere in the section."""
    borders = _borders(seen)
    return any(
        borders.intersection(range(at, at + len(run) + 1)) == {at, at + len(run)}
        for at in _places(seen.text, run)
    )


def _borders(seen: IndexedSection) -> frozenset[int]:
    """Where words begin and end in the seen text."""
    label = accumulate(seen.label_cut, initial=0)
    body = accumulate(seen.body_cut, initial=len(seen.label))
    return frozenset(label).union(body)


def _stands_whole(text: str, run: str, borders: frozenset[int]) -> bool:
    """Whether one of the first places of the run begins and ends at a word's border."""
    return any(at in borders and at + len(run) in borders for at in _places(text, run))


def nearness(text: str, runs: Sequence[str]) -> float:
    """How near the runs stand to each other, from 0 to 2; a lone run is near to itself."""
    if len(runs) < 2:
        return _NEAR
    if any(run not in text for run in runs):
        return 0.0
    best = min(_span_from(text, runs, at) for at in _places(text, runs[0]))
    return _NEAR / (1 + max(0, best - sum(map(len, runs))) / _NEAR_SPAN)


def _places(text: str, run: str) -> list[int]:
    places: list[int] = []
    at = text.find(run)
    while at >= 0 and len(places) < _OFTEN_LIMIT * 2:
        places.append(at)
        at = text.find(run, at + 1)
    return places


def _span_from(text: str, runs: Sequence[str], at: int) -> int:
    """The width of the smallest window around `at` that takes in the nearest place of each run."""
    left, right = at, at + len(runs[0])
    for run in runs[1:]:
        after, before = text.find(run, at), text.rfind(run, 0, at + len(run))
        choices = [place for place in (after, before) if place >= 0]
        nearest = min(choices, key=lambda place: abs(place - at))
        left, right = min(left, nearest), max(right, nearest + len(run))
    return right - left
