"""Finds passages of a kind (开头, 结尾, 排比, 数据 …), on a theme or on any.

Which sections open and close a speech is known from their place, which everybody may see in its outline; the other
kinds stand in the index with the text that they were found in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from jianggao.phrases.passage_kinds import PassageKind, kinds_by_words, section_places
from jianggao.search.criteria import SearchCriteria
from jianggao.search.indexed_texts import IndexedSection
from jianggao.search.partial_matches import partial_hits
from jianggao.search.passage_names import taken_names
from jianggao.search.query import Filters, Query, Term
from jianggao.search.request_frames import REMARK
from jianggao.search.requests import matter_of
from jianggao.search.speech_names import named_speeches
from jianggao.search.synonyms import Synonyms
from jianggao.search.themes import speeches_on
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.normal_form import normal_form

BY_PLACE = frozenset((PassageKind.OPENING, PassageKind.CLOSING))
ORDINARY = frozenset((PassageKind.FIGURES, PassageKind.CASE, PassageKind.CALL, PassageKind.TRANSITION))
"""Kinds whose names are ordinary words: 数据 typed with 政务 may mean the word."""
_SPEECHES, _POOL, LIMIT = 20, 60, 60
"""Speeches whose passages are looked at, sections read to find those on the theme, and passages listed."""
_TAIL = re.compile(
    r"(?:的|里的?|中的?|类|方面)?(?:(?<=..)会议上?|大?会上|讲话稿?|发言稿?|致辞|演讲稿?|稿子|文章|材料|稿|工作)?"
    r"(?:的|里的?|中的?|里面的?|上的?|时的?|最后|怎么|如何)?$"
)
_BETWEEN = re.compile(r"^(?:给|跟|和|对|从|由)(.{2,8}?)(?:讲到|谈到|说到|转到|引到|过渡到|讲|谈|说)(.{2,})$")
"""给年轻人讲廉洁 is on 年轻人 and 廉洁, 从修房讲到住户 on both."""
_LOOKED_AT, _MOVED_UP = 30, 3
"""How many openings or closings are looked at for another kind, and by how many places those go up that are of it."""
_STEEPNESS = 3
_SIGNS = re.compile(r"[^\w]+")
_ASKING = re.compile(
    r"(?:有没有|有木有|有无|有啥|有什么|哪里?有|谁有|想要|想找|想看|需要|求|帮我?找|找一?[下些找]?|搜一?下|查一?下|给我?|来|发|要|"
    r"麻烦|请问|你好|请|参考|借鉴|[一几两]?(?:组|些|点|个|段|句)|漂亮|整齐|精彩|好看?|经典|一连串|一串|话|的|地|得|那种|比较|有|用|下)+"
)
"""What is left of a request for passages of any theme: 有没有漂亮的."""


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
        named, theme = _kinds_of(term)
        kinds |= dict.fromkeys(named)
        if not named:
            terms.append(term)
        else:
            is_glued = is_glued and bool(theme)
            terms += [Term(word, (word,)) for word in theme]
    if not kinds:
        return None
    terms = [term for term in terms if term.phrase or not REMARK.fullmatch(term.run)]
    return PassageQuery(tuple(kinds), _bare(terms), is_explicit=False, is_glued=is_glued)


def _kinds_of(term: Term) -> tuple[list[PassageKind], list[str]]:
    """Returns the kinds that a term names and the words of the matter that are left of it."""
    if term.phrase:
        return [], [term.run]
    kinds: list[PassageKind] = []
    left: list[str] = []
    for clause in filter(None, map(normal_form, _SIGNS.split(term.typed))):
        named, rest = taken_names(clause)
        kinds += named
        left.append(rest)
    if not kinds:
        return [], [term.run]
    themes = [
        _theme(matter_of(rest, is_request=True))
        for rest in left
        if rest and not _ASKING.fullmatch(rest) and not REMARK.fullmatch(rest)
    ]
    return list(dict.fromkeys(kinds)), [word for theme in themes for word in theme.split()]


def _bare(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Returns the terms without the words for a speech at their ends, and without those that are only such words."""
    bare: list[Term] = []
    for term in terms:
        name = term.run if term.phrase else _theme(term.run)
        if name == term.run:
            bare.append(term)  # as it is, with the other ways to write it
        else:
            bare += [Term(word, (word,)) for word in name.split()]
    return tuple(bare)


def _theme(run: str) -> str:
    """Returns a run without the words for a speech at its end: 营商环境讲话的 is on 营商环境; "" for 讲话."""
    return _TAIL.sub("", _BETWEEN.sub(r"\1 \2", run))


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
    listed = [sections[id_] for id_ in dict.fromkeys(ids) if id_ in sections]
    if by_words := set(asked.kinds) - BY_PLACE:
        listed = _those_first(listed, by_words)
    return listed


def _those_first(listed: Sequence[IndexedSection], kinds: Collection[PassageKind]) -> list[IndexedSection]:
    """Returns the sections with those that are of the kinds by their words moved up: 防汛最后喊口号那段 is a closing that
    appeals, but rather another closing on floods than an appeal on something else."""
    moved = []
    for place, section in enumerate(listed):
        is_of_kinds = place < _LOOKED_AT and not kinds_by_words(section.body, section.label).isdisjoint(kinds)
        moved.append((place - _MOVED_UP * is_of_kinds, section))
    return [section for _, section in sorted(moved, key=lambda entry: entry[0])]


def _speeches(index: VisibleIndex, theme: Query, synonyms: Synonyms) -> list[int]:
    """Returns the numbers of the speeches on a theme, the best first; without terms the newest."""
    if not theme.terms:
        return _newest(index, theme.filters)
    named = [found.speech.speech for found in named_speeches(index, theme)]
    on_theme = speeches_on(index, synonyms.widen(theme.terms)[0], theme.filters)
    # Where no title or keyword has all of the theme, the speeches of the sections that have most of it.
    points: dict[int, float] = {}
    for place, hit in enumerate(partial_hits(index, theme, _POOL, synonyms)):
        points[hit.match.speech] = points.get(hit.match.speech, 0) + 1 / (_STEEPNESS + place)
    in_text = sorted(points, key=lambda speech: -points[speech])
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
