"""Finds sentences worth quoting (金句), on a theme or of any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jianggao.library.section_ids import EVERY_ID, IdRange, day_of, first_id
from jianggao.search.criteria import SearchCriteria, of_speeches
from jianggao.search.indexed_texts import IndexedSpeech, QuotableRow
from jianggao.search.query import Query, Term
from jianggao.search.ranking import first_page_spread
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.normal_form import normal_form

_SPEECHES, _SPEECHES_READ = 120, 40
"""How many of the newest speeches are asked whether they are on the theme, and of how many that are the
sections are read."""
_SECTIONS = 300
_SENTENCES = 400
_QUOTES_LIMIT = 50
_HEADING = 9
"""Public runs of so many characters or more are headings; shorter ones are topics and keywords."""
_HOLDING = 6
"""Points of score within which two sentences are equally good: then the one that holds the words is
first."""
_SINCE = (first_id(date(1990, 1, 1)), EVERY_ID[1])
"""Older speeches are quoted only if their year is asked for: much in them was said for their day alone."""
_YEAR = re.compile(r"((?:19|20)\d\d)年?")


@dataclass(frozen=True, slots=True)
class Quote:
    """A place in a section's body that is worth quoting."""

    section: int
    speech: int
    start: int
    stop: int

    @property
    def year(self) -> int:
        """The year of its material."""
        return day_of(self.section).year


def quotes(index: VisibleIndex, query: Query | None, condition: tuple[str, Sequence[object]]) -> list[Quote]:
    """Returns up to 50 of the best sentences, none twice, of sections that fulfil `condition`.

    `condition` is SQL over `sections` with its values: what may be shown. With a query the sentences are
    those on its theme: of speeches on it, or with its words in or beside them.
    """
    criteria = _criteria(query) if query is not None else SearchCriteria(())
    spans = criteria.spans(EVERY_ID if criteria.filters.years else _SINCE)
    if query is None:
        rows = index.quotables(condition, _SENTENCES, spans=spans)
    else:
        rows = _on_theme(index, criteria, condition, spans)
    best: dict[str, tuple[int, Quote]] = {}
    for row in rows:
        quote = Quote(row.section, row.speech, row.start, row.stop)
        # 绿水青山就是金山银山 stands in fifty speeches: it is quoted once, from the section that came first.
        best.setdefault(row.sameness, (row.speech, quote))
    return first_page_spread(list(best.values()))[:_QUOTES_LIMIT]


def _criteria(query: Query) -> SearchCriteria:
    """Returns what a section must hold; a year among the words (金句 1978) is asked for as 年份:1978 is."""
    years = [match for term in query.terms if not term.phrase and (match := _YEAR.fullmatch(term.run))]
    terms = tuple(term for term in query.terms if term.phrase or not _YEAR.fullmatch(term.run))
    asked = dict.fromkeys([*query.filters.years, *(int(match[1]) for match in years)])
    return SearchCriteria(terms, replace(query.filters, years=tuple(asked)))


def _on_theme(
    index: VisibleIndex,
    criteria: SearchCriteria,
    condition: tuple[str, Sequence[object]],
    spans: Sequence[IdRange],
) -> list[QuotableRow]:
    """Returns the sentences on a theme: those of speeches on it and those that hold its words, the better
    first and of equally good ones those with the words; then those with the words beside them; then those
    that have them in a keyword and elsewhere in the section."""
    terms = criteria.terms
    about, mentioning = _speeches_on(index, criteria) if terms else (set(), set())
    holding = _sections(index, criteria)
    within = dict(holding)
    if about:
        narrowed = replace(criteria, terms=()).narrowed_to(of_speeches(about))
        within |= _sections(index, narrowed)
    rows = index.quotables(condition, _SENTENCES, list(within), spans)
    if not terms:
        return rows
    index.snapshot.deadline.check()
    ranked = []
    for row in rows:
        holds = _holds(normal_form(row.text), terms)
        if holds or row.speech in about:
            ranked.append((0, -row.score - _HOLDING * holds, row))
        elif _holds(normal_form(row.around), terms):
            ranked.append((1, 0, row))
        elif row.speech in mentioning and row.section in holding:
            ranked.append((2, 0, row))
    # The sort is stable: what is equal here stays in the order of the scores.
    return [entry[2] for entry in sorted(ranked, key=lambda entry: entry[:2])]


def _holds(text: str, terms: Iterable[Term]) -> bool:
    return all(term.stands_in(text) for term in terms)


def _speeches_on(index: VisibleIndex, criteria: SearchCriteria) -> tuple[set[int], set[int]]:
    """Returns the numbers of speeches with each term in their title or a topic (青年 leads to what stands in
    the folder 青年成长), and of those that have a term in a keyword alone: a report has dozens of them."""
    about: list[int] = []
    mentioning: list[int] = []
    for scope in index.scopes:
        for speech in index.speeches(scope, criteria, _SPEECHES):
            if all(_stands_in_any((speech.title, *speech.topics), term) for term in criteria.terms):
                about.append(speech.speech)
            elif all(_stands_in_any(_short_runs(speech), term) for term in criteria.terms):
                mentioning.append(speech.speech)
    return set(about[:_SPEECHES_READ]), set(mentioning[:_SPEECHES_READ])


def _stands_in_any(lines: Iterable[str], term: Term) -> bool:
    return any(map(term.stands_in, lines))


def _short_runs(speech: IndexedSpeech) -> list[str]:
    return [speech.title, *(line for line in speech.text.split("\n") if len(line) < _HEADING)]


def _sections(index: VisibleIndex, criteria: SearchCriteria) -> dict[int, None]:
    """Returns the ids of the newest sections that fulfil the criteria."""
    sections = (section for scope in index.scopes for section in index.sections(scope, criteria, _SECTIONS))
    return dict.fromkeys(section.id for section in sections)
