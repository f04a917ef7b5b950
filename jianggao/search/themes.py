"""Finds speeches on a theme."""

from __future__ import annotations

from collections.abc import Sequence

from jianggao.search.criteria import SearchCriteria
from jianggao.search.indexed_texts import IndexedSpeech
from jianggao.search.query import NO_FILTERS, Filters, Term
from jianggao.search.visible_index import VisibleIndex

_SPEECHES = 120
_IN_TITLE = 4
_IN_HEADING, _HEADINGS_LIMIT = 1, 4
"""Points for each heading that holds the term, up to so many: a collection of thirty speeches has
hundreds."""
_IS_KEYWORD = 2
_HEADING = 9
"""Public runs of so many characters or more are headings; shorter ones are topics and keywords too."""


def speeches_on(index: VisibleIndex, terms: Sequence[Term], filters: Filters = NO_FILTERS) -> list[int]:
    """Returns the numbers of the newest speeches whose public text is on the theme, the best first, of those that
    the filters admit."""
    return [speech.speech for speech in indexed_speeches_on(index, terms, filters)]


def indexed_speeches_on(
    index: VisibleIndex, terms: Sequence[Term], filters: Filters = NO_FILTERS
) -> list[IndexedSpeech]:
    """Returns the same speeches with their public text."""
    criteria = SearchCriteria(tuple(terms), filters)
    speeches = [speech for scope in index.scopes for speech in index.speeches(scope, criteria, _SPEECHES)]
    points: dict[int, int] = {}
    for speech in speeches:
        index.snapshot.deadline.check()
        points[speech.key] = _points(speech, terms)
    speeches.sort(key=lambda speech: (-points[speech.key], -speech.key))
    return speeches


def _points(speech: IndexedSpeech, terms: Sequence[Term]) -> int:
    """Returns how much a speech is about the terms: by its title, topics and keywords, headings."""
    lines = speech.text.split("\n")
    total = 0
    for term in terms:
        holding = [line for line in lines if term.stands_in(line)]
        total += _IN_TITLE * term.stands_in(speech.title)
        total += min(_HEADINGS_LIMIT, _IN_HEADING * sum(len(line) >= _HEADING for line in holding))
        total += _IS_KEYWORD * any(line in term.runs for line in holding)
    return total
