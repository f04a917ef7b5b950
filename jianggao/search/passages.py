"""Finds passages of a kind (开头, 结尾, 排比, 数据 …), on a theme or on any.

Which sections open and close a speech is known from their place, which everybody may see in its outline; the other
kinds stand in the index with the text that they were found in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jianggao.phrases.passage_kinds import PassageKind, kind_named, section_places
from jianggao.search.criteria import SearchCriteria
from jianggao.search.indexed_texts import IndexedSection
from jianggao.search.partial_matches import partial_hits
from jianggao.search.query import Filters, Query, Term
from jianggao.search.speech_names import named_speeches
from jianggao.search.synonyms import Synonyms
from jianggao.search.themes import speeches_on
from jianggao.search.visible_index import VisibleIndex

BY_PLACE = frozenset((PassageKind.OPENING, PassageKind.CLOSING))
ORDINARY = frozenset((PassageKind.FIGURES, PassageKind.CASE, PassageKind.CALL, PassageKind.TRANSITION))
"""Kinds whose names are ordinary words: 数据 typed with 政务 may mean the word."""
_SPEECHES, _POOL, LIMIT = 20, 60, 60
"""Speeches whose passages are looked at, sections read to find those on the theme, and passages listed."""
_TAIL = re.compile(
    r"(?:的|里的?|中的?|类|方面)?(?:讲话稿?|发言稿?|致辞|演讲稿?|稿子|文章|材料|稿|工作)?(?:的|里的?|中的?|里面的?|最后|怎么|如何)?$"
)
_HEAD = re.compile(r"^(?:的|部分|部份|段落?|句)")
_LONGEST_NAME = 3


@dataclass(frozen=True, slots=True)
class PassageQuery:
    """A search for passages: their kind, and the terms of the theme, none for any theme."""

    kinds: tuple[PassageKind, ...]
    terms: tuple[Term, ...]
    is_explicit: bool
    """Whether the kind was typed as a filter: 结尾:就业."""
    is_glued: bool = False
    """Whether the kind is only the end of a longer run (就业讲话的结尾), which may be a run of a text."""

    @property
    def may_mean_words(self) -> bool:
        """Whether the name of the kind may have been meant as a word of the text."""
        return not self.is_explicit and not ORDINARY.isdisjoint(self.kinds)

    @property
    def is_by_place(self) -> bool:
        """Whether openings or closings are asked for."""
        return not BY_PLACE.isdisjoint(self.kinds)

    def filtering(self, query: Query) -> Query:
        """Returns the query on the theme, among passages of the kinds."""
        return replace(query, terms=self.terms, filters=replace(query.filters, kinds=self.kinds))

    def without_kinds(self, query: Query) -> Query:
        """Returns the query on the theme, whatever the passages are."""
        return replace(query, terms=self.terms, filters=replace(query.filters, kinds=()))


def passage_query(query: Query) -> PassageQuery | None:
    """Returns what passages are asked for; None if a query doesn't name a kind.

    Kinds are named by filters (结尾:就业), by a word of their own (就业 结尾) or at the end of one (就业讲话的结尾).
    """
    if query.filters.kinds:
        return PassageQuery(query.filters.kinds, query.terms, is_explicit=True)
    kinds: dict[PassageKind, None] = {}
    terms: list[Term] = []
    is_glued = True
    for term in query.terms:
        kind, theme = (None, term.run) if term.phrase else _kind_at_end(term.run)
        if kind:
            kinds[kind] = None
            is_glued = is_glued and bool(theme)
        if kind is None:
            terms.append(term)
        elif theme:
            terms.append(Term(theme, (theme,)))
    if not kinds:
        return None
    return PassageQuery(tuple(kinds), _bare(terms), is_explicit=False, is_glued=is_glued)


def _bare(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Returns the terms without the words for a speech at their ends, and without those that are only such words."""
    bare: list[Term] = []
    for term in terms:
        name = term.run if term.phrase else _theme(term.run)
        if name == term.run:
            bare.append(term)  # as it is, with the other ways to write it
        elif name:
            bare.append(Term(name, (name,)))
    return tuple(bare)


def _kind_at_end(run: str) -> tuple[PassageKind | None, str]:
    """Returns the kind that a run names at its end (or beginning), and the theme before it."""
    for size in range(min(_LONGEST_NAME, len(run)), 1, -1):
        if kind := kind_named(run[-size:]):
            return kind, _theme(run[:-size])
    for size in range(min(_LONGEST_NAME, len(run)), 1, -1):
        if (kind := kind_named(run[:size])) and _HEAD.match(run[size:]):
            return kind, _theme(_HEAD.sub("", run[size:]))
    return None, run


def _theme(run: str) -> str:
    """Returns a run without the words for a speech at its end: 营商环境讲话的 is on 营商环境; "" for 讲话."""
    return _TAIL.sub("", run)


def passages_by_place(
    index: VisibleIndex, query: Query, asked: PassageQuery, synonyms: Synonyms
) -> list[IndexedSection]:
    """Returns up to 60 sections that open or close speeches: those of the speeches on the theme, the best first;
    without a theme those of the newest speeches."""
    speeches = _speeches(index, asked.without_kinds(query), synonyms)
    labels = index.section_labels(speeches)
    ids: list[int] = []
    for speech in speeches:
        # In the order typed: that of a set is another after every start, and pages would repeat and lose passages.
        for kind in asked.kinds:
            if kind in BY_PLACE:
                ids += _places(labels.get(speech, []), kind)
    sections = {section.id: section for section in index.sections_by_id(ids[:LIMIT])}
    return [sections[id_] for id_ in dict.fromkeys(ids) if id_ in sections]


def _speeches(index: VisibleIndex, theme: Query, synonyms: Synonyms) -> list[int]:
    """Returns the numbers of the speeches on a theme, the best first; without terms the newest."""
    if not theme.terms:
        return _newest(index, theme.filters)
    named = [found.speech.speech for found in named_speeches(index, theme)]
    on_theme = speeches_on(index, synonyms.widen(theme.terms)[0], theme.filters)
    # Where no title or keyword has all of the theme, the speeches of the sections that have most of it.
    in_text = [hit.match.speech for hit in partial_hits(index, theme, _POOL, synonyms)]
    return list(dict.fromkeys([*named, *on_theme, *in_text]))[:_SPEECHES]


def _newest(index: VisibleIndex, filters: Filters) -> list[int]:
    """Returns the numbers of the newest speeches, by a section of each: a long one takes no more room than others."""
    speeches: dict[int, None] = {}
    for scope in index.scopes:
        first, last = scope.span
        while len(speeches) < _SPEECHES:
            part = replace(scope, span=(first, last))
            found = index.sections(part, SearchCriteria((), filters), 1)
            if not found:
                break
            speech = found[0].speech
            speeches[speech] = None
            # The ids of a speech are in a row: the next lower one is of an older speech.
            last = min(id_ for id_, _ in index.section_labels([speech])[speech]) - 1
    return list(speeches)


def _places(labels: Sequence[tuple[int, str]], kind: PassageKind) -> list[int]:
    """Returns the ids of the sections that open a speech, or close it, the outermost first."""
    places = section_places([label for _, label in labels])
    ids = [id_ for id_, _ in labels]
    if kind is PassageKind.OPENING:
        return [id_ for id_, place in zip(ids, places, strict=True) if place.is_first and place.is_headless]
    return [id_ for id_, place in zip(ids, places, strict=True) if place.is_last][::-1]
