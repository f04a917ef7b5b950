"""Speeches on a theme, and their sentences worth quoting: what a writer steals first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from jianggao.library.hidden_sections import seen
from jianggao.search.query import Term
from jianggao.search.ranking import first_page_spread
from jianggao.search.visible_index import IndexedSpeech, SearchCriteria, VisibleIndex, in_context
from jianggao.text.normal_form import normal_form

_SPEECHES = 120
_SECTIONS = 300
_SENTENCES = 400
_MOST_QUOTES = 50
_IN_TITLE, _IN_HEADING, _HEADINGS = 4, 1, 4
_HEADING = 9
"""Public runs of so many characters or more are headings; shorter ones are topics and keywords too."""


def speeches_on(index: VisibleIndex, terms: Sequence[Term]) -> list[int]:
    """The numbers of the newest speeches whose public text is on the theme, the best first."""
    wanted = SearchCriteria(tuple(terms))
    found = [one for scope in index.scopes for one in index.speeches(scope, wanted, _SPEECHES)]
    worth: dict[int, int] = {}
    for one in found:
        index.snapshot.deadline.check()
        worth[one.key] = _aboutness(one, terms)
    found.sort(key=lambda one: (-worth[one.key], -one.key))
    return [one.speech for one in found]


def _aboutness(speech: IndexedSpeech, terms: Sequence[Term]) -> int:
    """How much a speech is about the terms: by its title, topics and keywords, headings."""
    lines = speech.text.split("\n")
    total = 0
    for term in terms:
        holding = [line for line in lines if term.stands_in(line)]
        total += _IN_TITLE * term.stands_in(speech.title)
        total += min(_HEADINGS, _IN_HEADING * sum(len(line) >= _HEADING for line in holding))
        total += 2 * any(line in term.runs for line in holding)
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
    """The best sentences, none twice, of sections that fulfil `condition` (SQL over `sections`: what may be shown);
    with terms those on the theme, the sentences that hold a term first."""
    where, values = condition
    source = "quotables q CROSS JOIN sections ON sections.id = q.section"
    if terms:
        source = (
            "json_each(?) CROSS JOIN sections ON sections.id = json_each.value "
            "CROSS JOIN quotables q ON q.section = sections.id"
        )
        values = [json.dumps(_sections_on(index, terms)), *values]
    elif index.readable is None:
        where = f"q.public = 1 AND {where}"  # by an index of its own: locked sentences take no time either
    rows = index.snapshot.rows(
        f"""SELECT q.section, sections.speech, q.start, q.stop, q.score, q.sameness,
                   substr(sections.body, q.start + 1, q.stop - q.start) AS text
            FROM {source}
            WHERE sections.listed = 1 AND {seen("sections.id")} AND {where}
            ORDER BY q.score DESC, q.section DESC, q.start LIMIT ?""",
        (*values, _SENTENCES),
    )
    if terms:
        index.snapshot.deadline.check()
        rows.sort(key=lambda row: not _holds_one(normal_form(row["text"]), terms))
    best: dict[str, tuple[int, Quote]] = {}
    for row in rows:
        place = Quote(row["section"], row["speech"], row["start"], row["stop"])
        best.setdefault(row["sameness"], (row["speech"], place))
    return first_page_spread(list(best.values()))[:_MOST_QUOTES]


def _holds_one(text: str, terms: Sequence[Term]) -> bool:
    return any(term.stands_in(text) for term in terms)


def _sections_on(index: VisibleIndex, terms: Sequence[Term]) -> list[int]:
    """The newest sections that hold all terms, or whose speech is about them."""
    about = " AND ".join("(" + " OR ".join(map(in_context, term.runs)) + ")" for term in terms)
    found: dict[int, None] = {}
    for scope in index.scopes:
        for wanted in (SearchCriteria(tuple(terms)), SearchCriteria((), narrowed=about)):
            found |= dict.fromkeys(one.id for one in index.sections(scope, wanted, _SECTIONS))
    return list(found)
