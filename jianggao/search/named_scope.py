"""Finds which of several typed words name speeches, so that the others are looked for in these: 政府工作报告 致谢.

Titles are public, so that everybody finds the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jianggao.search.occasions import scope_parts
from jianggao.search.query import Query, Term
from jianggao.search.speech_names import is_generic_name, name_runs, titles_holding
from jianggao.search.typed_dates import dates_in, is_date, is_of_dates
from jianggao.search.visible_index import VisibleIndex

_DATE = re.compile(r"(?:[\d〇零一二三四五六七八九十]+[年月日号])+")
"""By itself no matter: 2024年1月 信访工作会议 asks for the speech."""


@dataclass(frozen=True, slots=True)
class NamedScope:
    """Speeches that some of what was typed names, or a filter by title, and the rest of it."""

    speeches: frozenset[int]
    """Their numbers; none where there is nothing to look for in them."""
    names: Mapping[Term, frozenset[int]]
    """The terms that are names, with the numbers of their speeches; none where the name itself is looked for."""
    matter: tuple[Term, ...]
    """What is to be looked for: all that was typed where there are no names."""


def named_scope(index: VisibleIndex, query: Query, *, by_filter: bool = True) -> NamedScope:
    """Returns the speeches that terms of a query name by theme and occasion, which may stand apart in the title, if
    other terms or a kind of passage tell what is wanted of them. Typed dates must be the speeches' own.

    `by_filter`: a filter by title names speeches too.
    """
    # 标题:教师节 待遇 asks for something of these speeches, too.
    titles = query.filters.titles if by_filter else ()
    filtered = titles_holding(index, _of_any_kind(query), titles) if titles else []
    speeches = {speech.speech for speech in filtered}
    names: dict[Term, frozenset[int]] = {}
    for term in query.terms:
        if found := _named_by(index, query, term):
            names[term] = frozenset(found)
    speeches.update(*names.values())
    telling = tuple(term for term in query.terms if not is_generic_name(term.run)) or query.terms
    matter = tuple(term for term in telling if term not in names and not is_date(term.run))
    if names and any(not _DATE.fullmatch(term.run) for term in matter):
        return NamedScope(frozenset(speeches), names, matter)
    # 毕业典礼, 毕业典礼 故事: of that speech anything will do.
    return NamedScope(frozenset(speeches), {}, telling)


def _named_by(index: VisibleIndex, query: Query, term: Term) -> list[int]:
    """Returns the numbers of the speeches of the typed dates whose titles hold the theme and the occasion that a term
    is made of."""
    runs = [] if term.phrase else name_runs(term.run)
    parts = [part for run in runs if (part := scope_parts(run))]
    if not parts or len(parts) < len(runs):
        return []
    dates = dates_in(query.terms)
    return [
        speech.speech
        for speech in titles_holding(index, _of_any_kind(query), [part.theme for part in parts])
        if all(part.stand_in(speech.title) for part in parts) and is_of_dates(speech, dates)
    ]


def _of_any_kind(query: Query) -> Query:
    """Returns a query for titles, which are of no kind of passage."""
    return replace(query, filters=replace(query.filters, kinds=()))
