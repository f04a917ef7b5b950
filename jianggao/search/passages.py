"""Finds passages of a kind (开头, 结尾, 排比, 数据 …), on a theme or on any.

Which sections open and close a speech is known from their place, which everybody may see in its outline; the other
kinds stand in the index with the text that they were found in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from jianggao.library.section_ids import day_of, first_id, last_id
from jianggao.phrases.passage_kinds import PassageKind, kinds_by_words, section_places
from jianggao.search.criteria import SearchCriteria
from jianggao.search.indexed_texts import NO_TITLE, IndexedSection, IndexedSpeech, IndexedTitle
from jianggao.search.missing_words import lacks
from jianggao.search.occasions import name_parts
from jianggao.search.partial_matches import PartialHit, partial_hits
from jianggao.search.passage_queries import BY_PLACE, PassageQuery
from jianggao.search.query import Filters, Query, Term
from jianggao.search.speech_names import is_without_theme, named_speeches, themes_of
from jianggao.search.synonyms import Synonyms
from jianggao.search.themes import indexed_speeches_on, speeches_on
from jianggao.search.typed_dates import (
    is_day_of_any_year,
    is_of_date,
    is_of_dates,
    is_typed_date,
    span_of,
    typed_years,
)
from jianggao.search.visible_index import VisibleIndex

_SPEECHES, _POOL, LIMIT = 60, 60, 60
"""Speeches whose passages are looked at, sections read to find those on the theme, and passages listed."""
_LOOKED_AT, _MOVED_UP = 30, 3
"""How many openings or closings are looked at for another kind, and by how many places those go up that are of it."""
_WALKED = 600
"""The newest speeches of which those of a day of any year are looked for."""
_STEEPNESS = 3
"""How much less than the first of a speech's sections the later ones count."""


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
    """Returns a section as a hit that lacks what neither it nor its title says of the theme; a date may be the
    speech's own."""
    held = tuple(term for term in terms if term.stands_in(section.text))
    seen = f"{section.text}\n{title.text}"
    day = day_of(section.id)
    missing = [term.typed for term in terms if lacks(term, seen, day) and not _names(term, title.text)]
    return PartialHit(section, held, tuple(missing))


def _names(term: Term, title: str) -> bool:
    """Returns whether a term is the name of the speech, in parts: 教师节大会 of 在庆祝教师节暨表彰大会上的讲话."""
    parts = None if term.phrase else name_parts(term.run)
    return parts is not None and parts.stand_in(title)


def _those_first(listed: Sequence[IndexedSection], kinds: Collection[PassageKind]) -> list[IndexedSection]:
    """Returns the sections with those that are of the kinds by their words moved up: 防汛最后喊口号那段 is a closing that
    appeals, but rather another closing on floods than an appeal on something else."""
    moved = []
    for place, section in enumerate(listed):
        is_of_kinds = place < _LOOKED_AT and not kinds_by_words(section.body, section.label).isdisjoint(kinds)
        moved.append((place - _MOVED_UP * is_of_kinds, section))
    return [section for _, section in sorted(moved, key=lambda entry: entry[0])]


def _speeches(index: VisibleIndex, theme: Query, synonyms: Synonyms) -> tuple[Query, list[int], list[int]]:
    """Returns the theme, the numbers of the speeches on it, the best first (without terms the newest), and of others:
    on the theme, but of another date, or that speak of some of it, or where there are none on the theme, of it in
    other words."""
    theme, on_theme, of_any_date = _speeches_on(index, theme, synonyms)
    if all(map(is_typed_date, theme.terms)):
        on_theme = on_theme or _newest(index, theme.filters, theme.terms)
        return theme, on_theme, [] if on_theme else _newest(index, theme.filters, ())
    # A speech with many sections that have most of it comes before one with a single better one.
    points: dict[int, float] = {}
    found = partial_hits(index, theme, _POOL, synonyms, by_meaning=not on_theme)
    for place, hit in enumerate(found):
        points[hit.match.speech] = points.get(hit.match.speech, 0) + 1 / (_STEEPNESS + place)
    nearest = sorted(points, key=lambda speech: (-points[speech], -speech))
    others = [speech for speech in dict.fromkeys([*of_any_date, *nearest]) if speech not in on_theme]
    return theme, on_theme, others[: _SPEECHES - len(on_theme)]


def _speeches_on(index: VisibleIndex, theme: Query, synonyms: Synonyms) -> tuple[Query, list[int], list[int]]:
    """Returns the theme, the speeches that it names and those on it, and those that would be but for the typed date.

    If no speech has the name of an occasion, those on what it is about count: there was no 乡村振兴现场会, but there
    were other meetings on 乡村振兴.
    """
    named = [name.speech for name in named_speeches(index, theme)]
    about = theme if named else theme.with_terms(part for term in theme.terms for part in _themes(term))
    terms = synonyms.widen(about.terms)[0]
    dates = list(filter(is_typed_date, terms))
    undated = [term for term in terms if term not in dates]
    found = [*named, *_on_terms(index, terms, dates, undated, about.filters)]
    on_theme = list(dict.fromkeys(speech.speech for speech in found if is_of_dates(speech, dates)))
    of_any_date = speeches_on(index, undated, about.filters) if dates and undated else []
    if about.terms != theme.terms:
        names = [term.run for term in theme.terms]
        on_theme, of_any_date = (_alike_first(index, part, names) for part in (on_theme, of_any_date))
    return about, on_theme[:_SPEECHES], of_any_date


def _on_terms(
    index: VisibleIndex,
    terms: Sequence[Term],
    dates: Sequence[Term],
    undated: Sequence[Term],
    filters: Filters,
) -> list[IndexedSpeech]:
    """Returns the speeches on all of the terms, and those of the typed date on the others: it may stand there, or be the
    speech's own."""
    if not undated:
        return []
    found = indexed_speeches_on(index, terms, filters)
    if dates:
        found += indexed_speeches_on(index, undated, _of_year(filters, typed_years(dates)))
    return found


def _of_year(filters: Filters, years: Collection[int]) -> Filters:
    """Returns the filters with the typed year, if one was typed and none is filtered for."""
    return replace(filters, years=tuple(years)) if len(years) == 1 and not filters.years else filters


def _themes(term: Term) -> tuple[Term, ...]:
    """Returns the theme of a typed occasion as terms, none for 线上会议: 乡村振兴 of 乡村振兴现场会; any other term as it
    is."""
    if is_without_theme(term):
        return ()
    return tuple(Term(theme, (theme,)) for theme in themes_of(term)) or (term,)


def _alike_first(index: VisibleIndex, speeches: Sequence[int], names: Iterable[str]) -> list[int]:
    """Returns the speeches with those first whose titles share most pairs of characters with the names."""
    titles = index.titles(speeches)
    pairs = {name[at : at + 2] for name in names for at in range(len(name) - 1)}
    shared = {speech: sum(pair in title.text for pair in pairs) for speech, title in titles.items()}
    return sorted(speeches, key=lambda speech: -shared.get(speech, 0))


def _newest(index: VisibleIndex, filters: Filters, dates: Sequence[Term]) -> list[int]:
    """Returns the numbers of the newest speeches, of any of the dates if there are some."""
    if not dates:
        return [number for number, _ in islice(_by_date(index, filters, None), _SPEECHES)]
    speeches: dict[int, None] = {}
    for span in filter(None, map(span_of, dates)):
        speeches |= dict.fromkeys(number for number, _ in islice(_by_date(index, filters, span), _SPEECHES))
    if days := list(filter(is_day_of_any_year, dates)):
        newest = islice(_by_date(index, filters, None), _WALKED)
        speeches |= {number: None for number, day in newest if any(is_of_date(term, day) for term in days)}
    return list(speeches)[:_SPEECHES]


def _by_date(
    index: VisibleIndex, filters: Filters, days: tuple[date, date] | None
) -> Iterator[tuple[int, date]]:
    """Yields the numbers and days of the speeches between two days, the newest first, by a section of each: a long one
    takes no more room than others."""
    for scope in index.scopes:
        first, last = scope.span
        if days is not None:
            first, last = max(first, first_id(days[0])), min(last, last_id(days[1]))
        while True:
            part = replace(scope, span=(first, last))
            found = index.sections(part, SearchCriteria((), filters), 1)
            if not found:
                break
            speech = found[0].speech
            yield speech, day_of(found[0].id)
            # The ids of a speech are in a row: the next lower one is of an older speech.
            last = min(id_ for id_, _ in index.section_labels([speech])[speech]) - 1


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
