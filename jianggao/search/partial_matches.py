"""Finds texts that hold only some of what was typed, the nearest to it first.

They follow where few texts hold all of it. Candidates are the newest texts that hold one or two of the concepts
(`concepts.py`), first those with one in a heading or title: a bounded number of searches, whatever is typed and
however large the library. They are ranked by how much of the concepts and of the typed pairs of characters they
hold. Weights come from the dictionary, nothing is counted in the library.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from jianggao.library.section_ids import day_of
from jianggao.search.concepts import Concept, concepts_of
from jianggao.search.criteria import SearchCriteria, any_of, in_context, in_label, in_title
from jianggao.search.indexed_texts import IndexedSection, IndexedText
from jianggao.search.query import Filters, Query, Term
from jianggao.search.ranking import nearness
from jianggao.search.synonyms import NO_SYNONYMS, Synonyms
from jianggao.search.visible_index import VisibleIndex

_SEARCHED, _PAIRED = 5, 4
"""By how many of the weightiest concepts, and by how many pairs of how many, candidates are searched."""
_POOL, _HEADED_POOL, _PAIR_POOL = 60, 30, 40
"""Texts read for a concept, for one in a heading or a title, and for two together."""
_SPEECH_POOL = 15
"""Speeches read for a concept where their public text is all that is seen."""
_LEAST_SHARE, _ENOUGH = 0.15, 0.3
"""Hits that hold less of what was typed, by weight, are not worth showing unless they hold two of the concepts; those
that hold less than enough only fill up the first page."""
_SATURATION, _LENGTH_SHARE, _USUAL_LENGTH = 0.8, 0.7, 350
"""BM25's k1 and b, and the letters of a usual section: a run that stands there often counts more, but never more
than 2.2 times, in a long text less."""
_MOST_PLACES = 8
_IN_LABEL, _IN_TITLE = 0.7, 0.25
"""What a concept earns besides, of its weight, that stands in a heading above the section or in its speech's
title."""
_IN_CONTEXT = 0.45
"""What a concept is worth that doesn't stand in the section, but is what the speech is about.

For “防汛 群众转移” a section on 群众转移 in a speech titled 在防汛会议上的讲话 is a good hit, though it never
says 防汛.
"""
_IN_CONTEXT_OF_PASSAGE = 1.0
"""The same where passages of a kind are asked for (排比 青年): those of a speech on the theme are on it, whatever
they say."""
_OF_THE_YEAR, _OF_NEXT_YEAR = 0.9, 0.5
"""What a typed year is worth to a speech of that year, and of the next, which reports on it."""
_COVERAGE = 1.0
"""Points for a text that holds every pair of characters that was typed."""
_NEARNESS_SHARE = 0.05
_FIRST, _PER_SPEECH = 5, 2


@dataclass(frozen=True, slots=True)
class PartialHit:
    """A text that holds some of the query: `terms` stand in it, `missing` are typed words that don't."""

    match: IndexedText
    terms: tuple[Term, ...]
    missing: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    """Runs that stand there for words that don't."""


@dataclass(slots=True)
class _CandidatePool:
    """Texts that may be offered, and the concepts that their speeches are about, both by the texts' identity."""

    texts: dict[tuple[int, ...], IndexedText] = field(default_factory=dict)
    about: dict[tuple[int, ...], set[Concept]] = field(default_factory=dict)

    def add(self, texts: Iterable[IndexedText], about: Iterable[Concept] = ()) -> None:
        for text in texts:
            self.texts.setdefault(text.identity, text)
            self.about.setdefault(text.identity, set()).update(about)


def partial_hits(
    index: VisibleIndex, query: Query, limit: int, synonyms: Synonyms = NO_SYNONYMS
) -> list[PartialHit]:
    """Returns up to `limit` hits, those that hold most of the query first."""
    concepts = concepts_of(query.terms, synonyms)
    if not concepts or limit < 1:
        return []
    pool = _candidates(index, query.filters, concepts)
    titles = index.titles(text.speech for text in pool.texts.values())
    typed = dict.fromkeys(term.run[at : at + 2] for term in query.terms for at in range(len(term.run) - 1))
    lent = _IN_CONTEXT_OF_PASSAGE if query.filters.kinds else _IN_CONTEXT
    scored: list[tuple[bool, float, int, IndexedText]] = []
    for identity, text in pool.texts.items():
        index.snapshot.deadline.check()
        about = pool.about[identity]
        worth, is_enough = _worth(text, titles.get(text.speech, ""), list(typed), concepts, about, lent)
        if worth > 0:
            scored.append((not is_enough, -worth, -text.date_key, text))
    scored.sort(key=lambda entry: entry[:3])
    enough = sum(not is_weak for is_weak, *_ in scored)
    ranked = [entry[3] for entry in scored[: max(enough, _FIRST)]]
    return [_partial_hit(text, concepts) for text in _spread(ranked, limit)]


def saying_only_seen(index: VisibleIndex, hits: Sequence[PartialHit]) -> list[PartialHit]:
    """Returns hits that were found in another view of the index, naming no words but those that stand in what
    `index` sees of them."""
    saying = [hit.match for hit in hits if hit.instead and isinstance(hit.match, IndexedSection)]
    seen = {section.identity: section.text for section in index.sections_by_id([text.id for text in saying])}
    said: list[PartialHit] = []
    for hit in hits:
        text = seen.get(hit.match.identity, "") if isinstance(hit.match, IndexedSection) else hit.match.text
        said.append(replace(hit, instead=tuple(run for run in hit.instead if run in text)))
    return said


def _candidates(index: VisibleIndex, filters: Filters, concepts: Sequence[Concept]) -> _CandidatePool:
    """Returns the texts that may be offered: those that hold one of the concepts, or two, and those of speeches
    about one that hold another."""
    pool = _CandidatePool()
    for concept in concepts[:_SEARCHED]:
        term = concept.term
        held = SearchCriteria((term,), filters)
        pool.add(_texts(index, held, _POOL))
        pool.add(_sections(index, SearchCriteria((), filters, in_label([term])), _HEADED_POOL))
        others = [run for other in concepts if other is not concept for run in other.term.runs]
        about = f"({' OR '.join(map(in_context, term.runs))})"
        if others and not filters.kinds:
            about += f" AND {any_of(others)}"
        pool.add(_sections(index, SearchCriteria((), filters, about), _HEADED_POOL), [concept])
        pool.add(_sections(index, held.narrowed_to(in_title([term])), _HEADED_POOL), [concept])
        if concept.year:
            pool.add(_of_year(index, filters, concept, others))
    titled = " AND ".join(in_title([concept.term]) for concept in concepts[:_SEARCHED])
    pool.add(_sections(index, SearchCriteria((), filters, titled), _HEADED_POOL), concepts[:_SEARCHED])
    for pair in combinations(concepts[:_PAIRED], 2):
        pool.add(_texts(index, SearchCriteria(tuple(concept.term for concept in pair), filters), _PAIR_POOL))
    return pool


def _of_year(
    index: VisibleIndex, filters: Filters, concept: Concept, others: Sequence[str]
) -> list[IndexedSection]:
    """Returns sections of a year's speeches, and of the next year's, that hold another of the typed words."""
    years = (concept.year, concept.year + 1)
    if not others or (filters.years and not set(years) & set(filters.years)):
        return []
    of_year = Filters(filters.topics, years, filters.titles, filters.speeches, filters.speakers)
    return _sections(index, SearchCriteria((), of_year, any_of(others)), _PAIR_POOL)


def _sections(index: VisibleIndex, criteria: SearchCriteria, limit: int) -> list[IndexedSection]:
    return [section for scope in index.scopes for section in index.sections(scope, criteria, limit)]


def _texts(index: VisibleIndex, criteria: SearchCriteria, limit: int) -> list[IndexedText]:
    texts: list[IndexedText] = [*_sections(index, criteria, limit)]
    for scope in index.scopes:
        if not scope.whole:
            speeches = index.speeches(scope, criteria, _SPEECH_POOL)
            texts += index.without_sections(scope, criteria, speeches)
    return texts


def _worth(
    found: IndexedText,
    title: str,
    typed: Sequence[str],
    concepts: Sequence[Concept],
    about: set[Concept],
    lent: float,
) -> tuple[float, bool]:
    """Returns how much of the query stands in the text, and how near together, 0.0 if too little; and whether it is
    enough.

    `typed` are the bigrams of the query, `about` the concepts that the text's speech is about, which earn `lent`
    where the text doesn't say them.
    """
    text = found.text
    label = found.label if isinstance(found, IndexedSection) else ""
    length = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * len(text) / _USUAL_LENGTH)
    earned, present, held = 0.0, [], 0.0
    # A year says nothing of the matter, unless nothing else was typed.
    is_on_matter = all(concept.year for concept in concepts)
    for concept in concepts:
        points = _points(concept, text, label, title, length)
        if points:
            present.append(concept)
            held += concept.weight
        elif concept in about or any(run in title for run, _ in concept.runs):
            points = lent
            held += concept.weight * (lent >= 1)
        is_on_matter |= points > 0 and not concept.year
        earned += max(points, _of_its_year(found, concept)) * concept.weight
    whole = sum(concept.weight for concept in concepts)
    # A section of the speech whose name was typed needn't say any of it.
    is_named = len(about) == len(concepts) > 1
    is_little = not held or (held < _LEAST_SHARE * whole and len(present) < 2)
    if not is_named and (is_little or not is_on_matter):
        return 0.0, False
    # Words of one character count here alone: 在 and 的 are no concepts, but 守在坝上 shares more with a text
    # that has 守在.
    covered = sum([gram in text for gram in typed]) / max(1, len(typed))
    runs = [concept.term.run_in(text) for concept in present[:3]]
    near = nearness(text, runs) if len(runs) > 1 else 0
    is_enough = held >= _ENOUGH * whole or len(present) > 1
    return earned / whole + _COVERAGE * covered + _NEARNESS_SHARE * near, is_enough


def _points(concept: Concept, text: str, label: str, title: str, length: float) -> float:
    """Returns what a concept earns in a text for a weight of 1: the best of its runs, as BM25 counts it."""
    best = 0.0
    for run, share in concept.runs:
        count = min(text.count(run), _MOST_PLACES)
        if count:
            places = count * (_SATURATION + 1) / (count + length)
            best = max(best, share * (places + _IN_LABEL * (run in label) + _IN_TITLE * (run in title)))
    return best


def _of_its_year(found: IndexedText, concept: Concept) -> float:
    if not concept.year:
        return 0.0
    year = day_of(found.date_key).year
    return _OF_THE_YEAR if year == concept.year else _OF_NEXT_YEAR if year == concept.year + 1 else 0.0


def _partial_hit(found: IndexedText, concepts: Sequence[Concept]) -> PartialHit:
    """Returns the hit with what the text lacks of what was typed, and what it has for it."""
    text = found.text
    terms: list[Term] = []
    missing: dict[str, None] = {}
    instead: dict[str, None] = {}
    typed = {concept.runs[0][0] for concept in concepts}
    held = {concept.of for concept in concepts if concept.stands_in(text)}
    for concept in concepts:
        run = concept.term.run_in(text)
        if concept.stands_in(text):
            terms.append(Term(concept.typed, (run,)))
        if concept.runs[0][0] in text or concept.is_part:
            continue
        # Of 飞碟学 nothing stands there: it is missing whole, not 飞碟.
        missing[concept.typed if concept.of in held else concept.of] = None
        # 环境 says nothing new to who typed 营商环境.
        if run in text and not any(run in word for word in typed):
            instead[run] = None
    return PartialHit(found, tuple(terms), tuple(missing), tuple(instead))


def _spread(ranked: Sequence[IndexedText], limit: int) -> list[IndexedText]:
    """Returns up to `limit` of the best, at most two of one speech among the first five."""
    first: list[IndexedText] = []
    later: list[IndexedText] = []
    count: dict[int, int] = {}
    for text in ranked:
        count[text.speech] = count.get(text.speech, 0) + 1
        (first if count[text.speech] <= _PER_SPEECH else later).append(text)
    return [*first[:_FIRST], *later, *first[_FIRST:]][: max(0, limit)]
