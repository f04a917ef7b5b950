"""Finds the sections that are about a theme (随机 with a word): those that only mention it are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jianggao.search.criteria import SearchCriteria, any_of, in_label, in_title
from jianggao.search.indexed_texts import NO_TITLE, IndexedSection
from jianggao.search.query import Filters, Term
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.segmentation import rejoin

_OFTEN, _EVERY = 2, 250
"""A section comes back to a term that stands in so many places of it, and once in so many characters."""

_NUMERALS = frozenset("一二三四五六七八九十")


def sections_about(
    index: VisibleIndex, terms: Sequence[Term], filters: Filters, limit: int, topics: Sequence[str] = ()
) -> list[int]:
    """Returns the ids of sections that are about each of the terms: the title or a heading has it, or the
    section comes back to it.

    In a speech of one of the `topics` (in normal form), whose names hold the terms, one place is enough. Of
    each kind up to `limit` of the newest sections are read, and only what may be seen of them counts.
    """
    found: dict[int, None] = {}
    for topic in topics:
        of_topic = SearchCriteria(tuple(terms), replace(filters, topics=(*filters.topics, topic)))
        found |= dict.fromkeys(section.id for section in _newest(index, of_topic, limit))
    for expression in _expressions(terms):
        sections = _newest(index, SearchCriteria((), filters, expression), limit)
        titles = index.titles(section.speech for section in sections)
        for section in sections:
            index.snapshot.deadline.check()
            if all(_is_about(section, titles.get(section.speech, NO_TITLE).text, term) for term in terms):
                found[section.id] = None
    return list(found)


def _expressions(terms: Sequence[Term]) -> list[str]:
    """Returns FTS5 expressions of the sections to read: what is named after the terms is read first, since of
    a common word the newest sections that hold it are all mentions."""
    if not terms:
        return [""]
    named = (f"({in_title([term])} OR {in_label([term])})" for term in terms)
    holding = (f"({in_title([term])} OR {any_of(term.runs)})" for term in terms)
    return [" AND ".join(named), " AND ".join(holding)]


def _newest(index: VisibleIndex, criteria: SearchCriteria, limit: int) -> list[IndexedSection]:
    sections: list[IndexedSection] = []
    for scope in index.scopes:
        sections += index.sections(scope, criteria, limit - len(sections))
    return sections


def _is_about(section: IndexedSection, title: str, term: Term) -> bool:
    """Returns whether the section is about the term, not merely mentions it."""
    if term.stands_in(title) or any(_is_in_heading(section, run) for run in term.runs):
        return True
    places = sum(map(section.body.count, term.runs))
    return places >= _OFTEN and places * _EVERY >= len(section.body)


def _is_in_heading(section: IndexedSection, run: str) -> bool:
    """Returns whether the run stands in a heading itself: in normal form `三、农资到户` holds 三农, which lies
    across the mark and the heading."""
    if run not in section.label or run[0] not in _NUMERALS:
        return run in section.label
    return any(run in word for word in rejoin(section.label, section.label_cut))
