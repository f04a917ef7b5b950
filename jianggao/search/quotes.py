"""Finds sentences worth quoting (金句), on a theme or of any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jianggao.search.criteria import SearchCriteria, in_context
from jianggao.search.query import Term
from jianggao.search.ranking import first_page_spread
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.normal_form import normal_form

_SECTIONS = 300
_SENTENCES = 400
_QUOTES_LIMIT = 50


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
