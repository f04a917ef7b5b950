"""Scores and orders hits by the texts shown to the asker alone, without statistics of the library.

Corpus statistics (bm25's document frequencies) would tell a visitor about locked texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

from jianggao.search.indexed_texts import IndexedSection, IndexedText
from jianggao.search.query import Term

FIRST_PAGE = 5
PER_SPEECH = 2
"""How many sections of one speech the first page holds at most: a speech titled 在粮食安全工作会上的讲话
would fill it alone."""

# Points of a run. Tuned on the judged queries of the search-quality benchmark: a change of any shows there.
_IN_TITLE = 2.0
_IN_LABEL = 3.0
"""More than the title's: a section headed 抓好秋粮收购 is about it, while a title holds for all of its
sections."""
_WHOLE_WORD = 2.0
_FREQUENCY = 0.3
_NEARNESS = 2.0
_NEARNESS_SPAN = 40
"""Characters between runs at which the points for nearness have sunk to a half: about one sentence."""
_FREQUENCY_LIMIT = 4
"""Further places of a run earn nothing: a list that names 合作社 thirty times isn't ten times as useful as
three."""
_PLACES_LIMIT = 2 * _FREQUENCY_LIMIT

T = TypeVar("T")


def score(found: IndexedText, title: str, terms: Sequence[Term]) -> float:
    """Returns how useful a hit is, 0.0 without terms; equal texts have equal scores.

    `title` is the normal form of its speech's title.
    """
    if not terms:
        return 0.0
    label = found.label if isinstance(found, IndexedSection) else ""
    text = found.text
    runs = [term.run_in(text) for term in terms]
    borders = _word_borders(found) if isinstance(found, IndexedSection) else frozenset()
    total = 0.0
    for run in runs:
        total += _IN_TITLE * (run in title)
        total += _IN_LABEL * (run in label)
        total += _FREQUENCY * min(text.count(run), _FREQUENCY_LIMIT)
        # 发展 typed: 发展产业 is meant, 开发展区 isn't, where the run lies across the words 开发 and 展区.
        total += _WHOLE_WORD * _starts_and_ends_at_borders(text, run, borders)
    return total / len(runs) + nearness(text, runs)


def first_page_spread(ranked: Sequence[tuple[int, T]]) -> list[T]:
    """Returns the hits of ranked (speech number, hit) pairs in their order.

    Of each speech the third and further hits are moved behind the first page.
    """
    first: list[T] = []
    later: list[T] = []
    count: dict[int, int] = {}
    for place, (speech, hit) in enumerate(ranked):
        if len(first) == FIRST_PAGE:
            return first + later + [rest for _, rest in ranked[place:]]
        count[speech] = count.get(speech, 0) + 1
        (first if count[speech] <= PER_SPEECH else later).append(hit)
    return first + later


def stands_as_word(section: IndexedSection, run: str) -> bool:
    """Returns whether the run is a single word somewhere in the section."""
    borders = _word_borders(section)
    return any(
        borders.intersection(range(at, at + len(run) + 1)) == {at, at + len(run)}
        for at in _places(section.text, run)
    )


def _word_borders(section: IndexedSection) -> frozenset[int]:
    """Returns the offsets at which words begin and end in the seen text."""
    label = accumulate(section.label_cut, initial=0)
    body = accumulate(section.body_cut, initial=len(section.label))
    return frozenset(label).union(body)


def _starts_and_ends_at_borders(text: str, run: str, borders: frozenset[int]) -> bool:
    return any(at in borders and at + len(run) in borders for at in _places(text, run))


def nearness(text: str, runs: Sequence[str]) -> float:
    """Returns how near the runs stand to each other, from 0.0 (one is missing) to 2.0; a lone run has 2.0."""
    if len(runs) < 2:
        return _NEARNESS
    if any(run not in text for run in runs):
        return 0.0
    best = min(_span_from(text, runs, at) for at in _places(text, runs[0]))
    # Runs that overlap (甲乙 and 乙丙 in 甲乙丙) span less than their lengths together: no gap is below zero.
    return _NEARNESS / (1 + max(0, best - sum(map(len, runs))) / _NEARNESS_SPAN)


def _places(text: str, run: str) -> list[int]:
    """Returns the offsets of the first places of a run; a bounded number, as a table can hold a run hundreds
    of times."""
    places: list[int] = []
    at = text.find(run)
    while at >= 0 and len(places) < _PLACES_LIMIT:
        places.append(at)
        at = text.find(run, at + 1)
    return places


def _span_from(text: str, runs: Sequence[str], at: int) -> int:
    """Returns the width of the smallest window around `at` that holds the nearest place of each run."""
    left, right = at, at + len(runs[0])
    for run in runs[1:]:
        after, before = text.find(run, at), text.rfind(run, 0, at + len(run))
        choices = [place for place in (after, before) if place >= 0]
        nearest = min(choices, key=lambda place: abs(place - at))
        left, right = min(left, nearest), max(right, nearest + len(run))
    return right - left
