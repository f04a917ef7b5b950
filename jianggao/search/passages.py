"""Finds passages of a kind (开头, 结尾, 排比, 数据 …), on a theme or on any.

Which sections open and close a speech is known from their place, which everybody may see in its outline; the other
kinds stand in the index with the text that they were found in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jianggao.phrases.passage_kinds import PassageKind, kind_named, section_places
from jianggao.search.criteria import SearchCriteria, any_of, of_speeches
from jianggao.search.indexed_texts import IndexedSection
from jianggao.search.query import Query, Term
from jianggao.search.ranking import score
from jianggao.search.speech_names import named_speeches
from jianggao.search.synonyms import Synonyms
from jianggao.search.themes import speeches_on
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.bigrams import kind_term

BY_PLACE = frozenset((PassageKind.OPENING, PassageKind.CLOSING))
ORDINARY = frozenset((PassageKind.FIGURES, PassageKind.CASE, PassageKind.CALL, PassageKind.TRANSITION))
"""Kinds whose names are ordinary words: 数据 typed with 政务 may mean the word."""
_SPEECHES, _POOL, LIMIT = 20, 60, 60
"""Speeches on the theme whose passages are looked at, sections read in each scope, and passages listed."""
_ABOUT, _IN_TEXT = 3.0, 1.0
"""Points for the first speech on the theme, less for each later one; and for a passage that says the words."""
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

    @property
    def may_mean_words(self) -> bool:
        """Whether the name of the kind may have been meant as a word of the text."""
        return not self.is_explicit and not ORDINARY.isdisjoint(self.kinds)


def passage_query(query: Query) -> PassageQuery | None:
    """Returns what passages are asked for; None if a query doesn't name a kind.

    Kinds are named by filters (结尾:就业), by a word of their own (就业 结尾) or at the end of one (就业讲话的结尾).
    """
    if query.filters.kinds:
        return PassageQuery(query.filters.kinds, query.terms, is_explicit=True)
    kinds: dict[PassageKind, None] = {}
    terms: list[Term] = []
    for term in query.terms:
        kind, theme = (None, term.run) if term.phrase else _kind_at_end(term.run)
        if kind:
            kinds[kind] = None
        if kind is None:
            terms.append(term)
        elif theme:
            terms.append(Term(theme, (theme,)))
    if not kinds:
        return None
    bare = [Term(name, (name,)) for term in terms if (name := _theme(term.run))]
    return PassageQuery(tuple(kinds), tuple(bare), is_explicit=False)


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


def passages(
    index: VisibleIndex, query: Query, asked: PassageQuery, synonyms: Synonyms
) -> list[IndexedSection]:
    """Returns up to 60 passages of the kinds, the best first."""
    terms, _ = synonyms.widen(asked.terms)
    theme = query.with_terms(asked.terms)
    speeches: list[int] = []
    if terms:
        found = [named.speech.speech for named in named_speeches(index, theme)]
        speeches = list(dict.fromkeys([*found, *speeches_on(index, terms)]))[:_SPEECHES]
    by_id: dict[int, IndexedSection] = {}
    for kind in asked.kinds:
        sections = (
            _by_place(index, query, kind, speeches, terms)
            if kind in BY_PLACE
            else _by_text(index, query, kind, speeches, terms)
        )
        by_id |= {section.id: section for section in sections}
    titles = index.titles(section.speech for section in by_id.values())
    places = {speech: _ABOUT / (1 + at) for at, speech in enumerate(speeches)}

    def points(section: IndexedSection) -> float:
        held = sum(term.stands_in(section.text) for term in terms) / max(1, len(terms))
        about = places.get(section.speech, 0.0)
        return about + _IN_TEXT * held + score(section, titles[section.speech], terms) / 4

    # The bigrams of a longer word may stand apart: then the section is no answer, unless its speech is on the theme.
    on_theme = [
        section
        for section in by_id.values()
        if section.speech in places or all(term.stands_in(section.text) for term in terms)
    ]
    ranked = sorted(on_theme, key=lambda section: (-points(section), -section.id))
    return ranked[:LIMIT]


def _by_place(
    index: VisibleIndex, query: Query, kind: PassageKind, speeches: Sequence[int], terms: Sequence[Term]
) -> list[IndexedSection]:
    """Returns the sections that open or close the speeches; without terms, those of the newest speeches."""
    if not terms:
        newest = SearchCriteria((), query.filters)
        sections = [section for scope in index.scopes for section in index.sections(scope, newest, _POOL)]
        speeches = list(dict.fromkeys(section.speech for section in sections))[:_SPEECHES]
    ids = []
    for labels in index.section_labels(speeches).values():
        places = section_places([label for _, label in labels])
        ids += [
            id_
            for (id_, _), place in zip(labels, places, strict=True)
            if (place.is_first and place.is_headless if kind is PassageKind.OPENING else place.is_last)
        ]
    return index.sections_by_id(ids)


def _by_text(
    index: VisibleIndex, query: Query, kind: PassageKind, speeches: Sequence[int], terms: Sequence[Term]
) -> list[IndexedSection]:
    """Returns sections of a kind that hold the terms, or stand in the speeches."""
    of_kind = f'"{kind_term(kind.value)}"'
    expressions = [" AND ".join([of_kind, *(any_of(term.runs) for term in terms)])]
    if speeches:
        expressions.append(f"{of_kind} AND {of_speeches(speeches)}")
    return [
        section
        for expression in expressions
        for scope in index.scopes
        for section in index.sections(scope, SearchCriteria((), query.filters, expression), _POOL)
    ]
