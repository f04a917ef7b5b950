"""Finds speeches on a theme, and their sentences worth quoting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jianggao.search.criteria import SearchCriteria, in_context
from jianggao.search.indexed_texts import IndexedSpeech
from jianggao.search.query import Term
from jianggao.search.ranking import first_page_spread
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.normal_form import normal_form

_SPEECHES = 120
_SECTIONS = 300
_SENTENCES = 400
_QUOTES_LIMIT = 50
_IN_TITLE = 4
_IN_HEADING, _HEADINGS_LIMIT = 1, 4
"""Points for each heading that holds the term, up to so many: a collection of thirty speeches has
hundreds."""
_IS_KEYWORD = 2
_HEADING = 9
"""Public runs of so many characters or more are headings; shorter ones are topics and keywords too."""


def speeches_on(index: VisibleIndex, terms: Sequence[Term]) -> list[int]:
    """Returns the numbers of the newest speeches whose public text is on the theme, the best first."""
    criteria = SearchCriteria(tuple(terms))
    speeches = [speech for scope in index.scopes for speech in index.speeches(scope, criteria, _SPEECHES)]
    points: dict[int, int] = {}
    for speech in speeches:
        index.snapshot.deadline.check()
        points[speech.key] = _points(speech, terms)
    speeches.sort(key=lambda speech: (-points[speech.key], -speech.key))
    return [speech.speech for speech in speeches]


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


@dataclass(frozen=True, slots=True)
class Quote:
    """A place in a section's body that is worth quoting."""

    section: int
    speech: int
    start: int
    stop: int


def quotes(
    index: VisibleIndex, terms: Sequence[Term], condition: tuple[str, Sequence[object]]
) -> list[Quote]:
    """Returns up to 50 of the best sentences, none twice, of sections that fulfil `condition`.

    `condition` is SQL over `sections` with its values: what may be shown. With terms the sentences are those
    on the theme, and the ones that hold a term come first.
    """
    within = _sections_on(index, terms) if terms else None
    rows = index.quotables(condition, _SENTENCES, within)
    if terms:
        index.snapshot.deadline.check()
        # The sort is stable: within both groups the better sentences stay first.
        rows.sort(key=lambda row: not _holds_any(normal_form(row.text), terms))
    best: dict[str, tuple[int, Quote]] = {}
    for row in rows:
        quote = Quote(row.section, row.speech, row.start, row.stop)
        # 绿水青山就是金山银山 stands in fifty speeches: it is quoted once, from the section that came first.
        best.setdefault(row.sameness, (row.speech, quote))
    return first_page_spread(list(best.values()))[:_QUOTES_LIMIT]


def _holds_any(text: str, terms: Sequence[Term]) -> bool:
    return any(term.stands_in(text) for term in terms)


def _sections_on(index: VisibleIndex, terms: Sequence[Term]) -> list[int]:
    """Returns the ids of the newest sections that hold all terms, or whose speech is about them."""
    about = " AND ".join("(" + " OR ".join(map(in_context, term.runs)) + ")" for term in terms)
    ids: dict[int, None] = {}
    for scope in index.scopes:
        for criteria in (SearchCriteria(tuple(terms)), SearchCriteria((), narrowed=about)):
            ids |= dict.fromkeys(section.id for section in index.sections(scope, criteria, _SECTIONS))
    return list(ids)
