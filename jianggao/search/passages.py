"""Finds passages of a kind (开头, 结尾, 排比, 数据 …), on a theme or on any.

Which sections open and close a speech is known from their place, which everybody may see in its outline; the other
kinds stand in the index with the text that they were found in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from jianggao.library.section_ids import day_of
from jianggao.phrases.passage_kinds import PassageKind, kinds_by_words, section_places
from jianggao.search.criteria import SearchCriteria
from jianggao.search.everyday_words import TypedRun
from jianggao.search.indexed_texts import NO_TITLE, IndexedSection, IndexedTitle
from jianggao.search.partial_matches import PartialHit, partial_hits
from jianggao.search.passage_names import taken_names
from jianggao.search.query import Filters, Query, Term
from jianggao.search.requests import is_all_frame, matter_of
from jianggao.search.speech_names import is_year, named_speeches, themes_of, typed_years
from jianggao.search.synonyms import Synonyms
from jianggao.search.themes import speeches_on
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.normal_form import normal_form

BY_PLACE = frozenset((PassageKind.OPENING, PassageKind.CLOSING))
ORDINARY = frozenset((PassageKind.FIGURES, PassageKind.CASE, PassageKind.CALL, PassageKind.TRANSITION))
"""Kinds whose names are ordinary words: 数据 typed with 政务 may mean the word."""
_SPEECHES, _POOL, LIMIT = 60, 60, 60
"""Speeches whose passages are looked at, sections read to find those on the theme, and passages listed."""
_TAIL = re.compile(
    r"(?:的|里的?|中的?|类|方面)?(?:(?<=..)会议上?|大?会上|(?:要|得|需要|准备|打算)?(?:讲话稿?|发言稿?|致辞|演讲稿?)|稿子|文章|材料|稿|工作)?"
    r"(?:的|里的?|中的?|里面的?|上的?|时的?|最后|怎么|如何)?$"
)
_PREPOSITIONS = frozenset("给跟和对从由")
_BETWEEN = re.compile(r".(.{2,8}?)(?:讲到|谈到|说到|转到|引到|过渡到|讲|谈|说)(.{2,})$")
"""给年轻人讲廉洁 is on 年轻人 and 廉洁, 从修房讲到住户 on both."""
_LOOKED_AT, _MOVED_UP = 30, 3
"""How many openings or closings are looked at for another kind, and by how many places those go up that are of it."""
_STEEPNESS = 3
"""How much less than the first of a speech's sections the later ones count."""
_SIGNS = re.compile(r"[^\w]+")


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

    @property
    def is_certain(self) -> bool:
        """Whether a kind was meant, whatever words the texts have."""
        return not self.may_mean_words and not self.is_glued

    def theme(self, query: Query) -> Query | None:
        """Returns the query on the theme as one of its own: of 防汛最后喊口号那段 only 防汛 is to be searched for.

        None if there is no theme, or if the kind may be a word of it: 数据 of 政务 数据.
        """
        if not self.terms or (self.may_mean_words and not self.is_glued):
            return None
        return replace(self.without_kinds(query), text=" ".join(term.typed for term in self.terms))

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
        named, clauses = _kinds_of(term)
        kinds |= dict.fromkeys(named)
        matter = _matter_left(term, clauses)
        terms += matter
        is_glued = is_glued and (not named or bool(matter))
    if not kinds:
        return None
    return PassageQuery(tuple(kinds), _bare(terms), is_explicit=False, is_glued=is_glued)


def _kinds_of(term: Term) -> tuple[list[PassageKind], list[str]]:
    """Returns the kinds that a term names, and its clauses in normal form without their names."""
    if term.phrase:
        return [], [term.run]
    taken = [taken_names(clause) for clause in filter(None, map(normal_form, _SIGNS.split(term.typed)))]
    return [kind for kinds, _ in taken for kind in kinds], [rest for _, rest in taken]


def _is_matter(clause: str) -> bool:
    return bool(clause) and not is_all_frame(clause)


def _matter_left(term: Term, clauses: Sequence[str]) -> list[Term]:
    """Returns the words of the matter that are left of a term: itself where nothing was taken of it."""
    if "".join(clauses) == term.run and (term.phrase or all(map(_is_matter, clauses))):
        matter = term.typed if term.phrase else matter_of(term.typed)
        if normal_form(matter) in ("", term.run):
            return [term]
        # 院长护士节要讲话 开头: the kind is a word of its own, and its theme a request.
        return [Term(word, (normal_form(word),)) for word in matter.split()]
    matters = filter(_is_matter, clauses)
    themes = [_between(clause) or _theme(matter_of(clause, is_request=True)) for clause in matters]
    return [Term(word, (word,)) for theme in themes for word in theme.split()]


def _bare(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Returns the terms without the words for a speech at their ends, and without those that are only such words."""
    bare: list[Term] = []
    for term in terms:
        name = term.run if term.phrase else _theme(term.run)
        if name == term.run:
            bare.append(term)  # as it is, with the other ways to write it
        else:
            bare += [Term(word, (word,)) for word in name.split()]
    return tuple(term for term in bare if term.phrase or _is_matter(term.run))


def _theme(run: str) -> str:
    """Returns a run without the words for a speech at its end: 营商环境讲话的 is on 营商环境; "" for 讲话."""
    if between := _between(run):
        return between
    typed = TypedRun(run)
    # 材料 goes from 工作材料, not from 新材料.
    stops = [at for at in typed.starts if at != 1 and _TAIL.match(run, at)]
    return run[: stops[0]] if stops else run


def _between(run: str) -> str:
    """Returns the two matters of a run like 给年轻人讲廉洁, parted by a blank; "" if it isn't like that."""
    first = TypedRun(run).cut[:1]
    between = _BETWEEN.match(run) if first and first[0] in _PREPOSITIONS else None
    return f"{between[1]} {_theme(between[2])}".strip() if between else ""


@dataclass(frozen=True, slots=True)
class PlacedPassages:
    """Openings or closings of speeches, up to 60 together."""

    on_theme: list[IndexedSection]
    """Those of the speeches on the theme, the best first; without a theme of the newest."""
    others: list[PartialHit]
    """Those of speeches that only speak of some of it."""
    is_all: bool
    """Whether no more speeches on the theme have any."""
    theme: Query
    """The theme that was looked for: where no speech has the typed name, what it is about."""
    closings: frozenset[int]
    """The ids of those that close a speech, if closings were asked for."""


def passages_by_place(
    index: VisibleIndex, query: Query, asked: PassageQuery, synonyms: Synonyms
) -> PlacedPassages:
    """Returns the sections that open or close speeches on the theme, and others."""
    theme, on_theme, others = _speeches(index, asked.without_kinds(query), synonyms)
    labels = index.section_labels([*on_theme, *others])
    first = [id_ for speech in on_theme for id_ in _places(labels.get(speech, []), asked.kinds)]
    behind = [id_ for speech in others for id_ in _places(labels.get(speech, []), asked.kinds)]
    ids = list(dict.fromkeys([*first, *behind]))[:LIMIT]
    sections = {section.id: section for section in index.sections_by_id(ids)}
    listed, partial = ([sections[id_] for id_ in part if id_ in sections] for part in (first, behind))
    if by_words := set(asked.kinds) - BY_PLACE:
        listed, partial = _those_first(listed, by_words), _those_first(partial, by_words)
    titles = index.titles(section.speech for section in partial)
    lacking = [_lacking(section, titles.get(section.speech, NO_TITLE), theme.terms) for section in partial]
    # A speech of one section opens with it as well: there the opening was asked for first.
    asked_last = [PassageKind.CLOSING] if PassageKind.CLOSING in asked.kinds else []
    closings = [id_ for of_speech in labels.values() for id_ in _places(of_speech, asked_last)]
    is_all = len(on_theme) < _SPEECHES and len(ids) < LIMIT
    return PlacedPassages(listed, lacking, is_all, theme, frozenset(closings))


def _lacking(section: IndexedSection, title: IndexedTitle, terms: Sequence[Term]) -> PartialHit:
    """Returns a section as a hit that lacks what neither it nor its title says of the theme; a year is the speech's
    own."""
    held = tuple(term for term in terms if term.stands_in(section.text))
    seen = f"{section.text}\n{title.text}"
    year = day_of(section.id).year
    missing = [
        term.typed
        for term in terms
        if not (term.stands_in(seen) or (is_year(term.run) and typed_years([term]) == {year}))
    ]
    return PartialHit(section, held, tuple(missing))


def _those_first(listed: Sequence[IndexedSection], kinds: Collection[PassageKind]) -> list[IndexedSection]:
    """Returns the sections with those that are of the kinds by their words moved up: 防汛最后喊口号那段 is a closing that
    appeals, but rather another closing on floods than an appeal on something else."""
    moved = []
    for place, section in enumerate(listed):
        is_of_kinds = place < _LOOKED_AT and not kinds_by_words(section.body, section.label).isdisjoint(kinds)
        moved.append((place - _MOVED_UP * is_of_kinds, section))
    return [section for _, section in sorted(moved, key=lambda entry: entry[0])]


def _speeches(index: VisibleIndex, theme: Query, synonyms: Synonyms) -> tuple[Query, list[int], list[int]]:
    """Returns the theme, the numbers of the speeches on it, the best first (without terms the newest), and of others
    that speak of some of it, or where there are none on the theme, of it in other words."""
    if not theme.terms:
        return theme, _newest(index, theme.filters), []
    theme, on_theme = _speeches_on(index, theme, synonyms)
    # A speech with many sections that have most of it comes before one with a single better one.
    points: dict[int, float] = {}
    found = partial_hits(index, theme, _POOL, synonyms, by_meaning=not on_theme)
    for place, hit in enumerate(found):
        points[hit.match.speech] = points.get(hit.match.speech, 0) + 1 / (_STEEPNESS + place)
    others = sorted(points.keys() - set(on_theme), key=lambda speech: (-points[speech], -speech))
    return theme, on_theme, others[: _SPEECHES - len(on_theme)]


def _speeches_on(index: VisibleIndex, theme: Query, synonyms: Synonyms) -> tuple[Query, list[int]]:
    """Returns the speeches that a theme names, and those on it. If no speech has the name of an occasion, those are
    speeches on what it is about: there was no 乡村振兴现场会, but there were other meetings on 乡村振兴."""
    named = [name.speech.speech for name in named_speeches(index, theme)]
    about = (
        theme if named else theme.with_terms(part for term in theme.terms for part in _without_occasion(term))
    )
    on_theme = speeches_on(index, synonyms.widen(about.terms)[0], theme.filters)
    if about.terms == theme.terms or not on_theme:
        return theme, list(dict.fromkeys([*named, *on_theme]))[:_SPEECHES]
    return about, _alike_first(index, on_theme, [term.run for term in theme.terms])[:_SPEECHES]


def _without_occasion(term: Term) -> tuple[Term, ...]:
    """Returns the theme of a typed occasion as terms: 乡村振兴 of 2024年乡村振兴现场会; any other term as it is."""
    return tuple(Term(theme, (theme,)) for theme in themes_of(term)) or (term,)


def _alike_first(index: VisibleIndex, speeches: Sequence[int], names: Iterable[str]) -> list[int]:
    """Returns the speeches with those first whose titles share most pairs of characters with the names."""
    titles = index.titles(speeches)
    pairs = {name[at : at + 2] for name in names for at in range(len(name) - 1)}
    shared = {speech: sum(pair in title.text for pair in pairs) for speech, title in titles.items()}
    return sorted(speeches, key=lambda speech: -shared.get(speech, 0))


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


def _places(labels: Sequence[tuple[int, str]], kinds: Sequence[PassageKind]) -> list[int]:
    """Returns the ids of the sections that open a speech, or close it, the outermost first.

    In the order in which the kinds were typed: that of a set is another after every start, and pages would repeat and
    lose passages.
    """
    places = section_places([label for _, label in labels])
    placed = list(zip([id_ for id_, _ in labels], places, strict=True))
    ids = {
        PassageKind.OPENING: [id_ for id_, place in placed if place.is_first and place.is_headless],
        PassageKind.CLOSING: [id_ for id_, place in placed if place.is_last][::-1],
    }
    return [id_ for kind in kinds for id_ in ids.get(kind, [])]
