"""Finds texts that hold only some of what was typed, the nearest to it first.

They follow where few texts hold all of it. Candidates are the newest texts that hold one or two of the concepts
(`concepts.py`), first those with one in a heading or title, and where nothing holds all of it those that say it in
other words (`text_meanings.py`): a bounded number of searches, whatever is typed and however large the library. They
are ranked by how much of the concepts and of the typed pairs of characters they hold, and by what they mean. Weights
come from the dictionary, nothing is counted in the library.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

from jianggao.library.section_ids import day_of
from jianggao.search.concepts import CHARACTER_WEIGHT, Concept, concepts_of
from jianggao.search.criteria import (
    SearchCriteria,
    any_of,
    in_clusters,
    in_context,
    in_label,
    in_title,
    of_speeches,
)
from jianggao.search.indexed_texts import (
    NO_TITLE,
    IndexedSection,
    IndexedSpeech,
    IndexedText,
    IndexedTitle,
)
from jianggao.search.missing_words import missing_words
from jianggao.search.named_scope import NamedScope, named_scope
from jianggao.search.partial_scores import PartialScore, PartialScorer, best_first
from jianggao.search.query import Filters, Query, Term
from jianggao.search.ranking import FIRST_PAGE
from jianggao.search.synonyms import NO_SYNONYMS, Synonyms
from jianggao.search.text_meanings import TextMeanings
from jianggao.search.typed_dates import dates_apart
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.normal_form import normal_form

_SEARCHED, _PAIRED = 5, 4
"""By how many of the weightiest concepts, and by how many pairs of how many, candidates are searched."""
_POOL, _HEADED_POOL, _PAIR_POOL = 40, 20, 25
"""Texts read for a concept, for one in a heading or a title, and for two together."""
_CLUSTERS = (3, 12, 40)
"""How many clusters of meanings are read: the nearest, and more where these hold few sections."""
_CLUSTER_POOL, _ENOUGH_NEAR = 60, 40
"""Sections read of clusters at once, and with how many no further clusters are read."""
_SPEECH_POOL = 15
"""Speeches read for a concept where their public text is all that is seen."""
_NAMED_POOL = 150
"""Sections read of speeches that were typed by name beside a matter."""
_IN_NAMED = 3.0
"""Points for such a section: more than others mostly have."""
_OF_KIND = 1.2
"""Points for a text that is of a kind that was asked for; others on the theme stand behind such."""
_PER_SPEECH = 3
"""Texts of one speech on the first page."""


@dataclass(frozen=True, slots=True)
class PartialHit:
    """A text that holds some of the query: `terms` stand in it, `missing` are typed words that don't."""

    match: IndexedText
    terms: tuple[Term, ...]
    missing: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    """Runs that stand there for words that don't."""
    synonyms: tuple[str, ...] = ()
    """Those of them that are other words, not other ways to write a percentage."""


@dataclass(slots=True)
class _CandidatePool:
    """Texts that may be offered."""

    sections: dict[int, set[Concept]] = field(default_factory=dict)
    """Sections by their ids, with the concepts that their speeches are about."""
    speeches: dict[int, IndexedSpeech] = field(default_factory=dict)
    """Speeches by their keys, where their public text is all that is seen."""

    def add(self, ids: Iterable[int], about: Iterable[Concept] = ()) -> None:
        for id_ in ids:
            self.sections.setdefault(id_, set()).update(about)

    def texts(self, index: VisibleIndex) -> list[tuple[IndexedText, Collection[Concept]]]:
        """Returns the texts with the concepts that their speeches are about. Each is read once, though several of the
        searches may have found it."""
        sections = index.sections_by_id(list(self.sections))
        return [
            *((section, self.sections[section.id]) for section in sections),
            *((speech, ()) for speech in self.speeches.values()),
        ]


def partial_hits(
    index: VisibleIndex,
    query: Query,
    limit: int,
    synonyms: Synonyms = NO_SYNONYMS,
    *,
    of_kinds_alone: bool = True,
    by_meaning: bool = False,
    behind_all: bool = False,
) -> list[PartialHit]:
    """Returns up to `limit` hits, those that hold most of the query first.

    Where passages of a kind are asked for, unless `of_kinds_alone`, others on the theme stand behind them. With
    `by_meaning` texts are hits too that say it in other words; with `behind_all` those that hold all of it needn't be
    among the hits, which stand behind them.
    """
    # 政府工作报告 致谢: 致谢 is looked for, first in these reports.
    named = named_scope(index, query, by_filter=behind_all)
    query = query.with_terms(part for term in named.matter for part in dates_apart(term))
    concepts = concepts_of(query.terms, synonyms)
    if not concepts or limit < 1:
        return []
    if behind_all and not by_meaning and not named.speeches and _says_only(query, concepts):
        return []
    # Who put a line in quotation marks wants just that.
    meanings = TextMeanings(term.run for term in query.terms if not term.phrase)
    near = meanings if by_meaning else None
    pool, of_kind = _pool(index, query, named, concepts, near, of_kinds_alone=of_kinds_alone)
    texts = pool.texts(index)
    titles = index.titles(text.speech for text, _ in texts)
    scorer = PartialScorer(query, concepts, meanings, by_meaning=by_meaning)
    ranked = _ranked(index, texts, titles, scorer, named, of_kind)
    hits = [
        _partial_hit(text, titles.get(text.speech, NO_TITLE), query.terms, concepts, named)
        for text in _spread(ranked, limit)
    ]
    # Others on the theme say that they are no 过渡 of those that were asked for.
    asked = tuple(kind.value for kind in query.filters.kinds)
    return [
        hit if not asked or _is_among(hit.match, of_kind) else replace(hit, missing=(*asked, *hit.missing))
        for hit in hits
    ]


def _pool(
    index: VisibleIndex,
    query: Query,
    named: NamedScope,
    concepts: Sequence[Concept],
    near: TextMeanings | None,
    *,
    of_kinds_alone: bool,
) -> tuple[_CandidatePool, set[int]]:
    """Returns the texts that may be offered, and the ids of those that are of a kind that was asked for."""
    pool = _CandidatePool()
    _add_candidates(pool, index, query.filters, concepts, near)
    if named.speeches:
        in_named = SearchCriteria((), query.filters, of_speeches(named.speeches))
        pool.add(index.candidate_ids(in_named, _NAMED_POOL))
    of_kind = set(pool.sections) if query.filters.kinds else set()
    if query.filters.kinds and not of_kinds_alone:
        # Whether a passage is a parallelism is a matter of taste: others on the theme stand behind.
        _add_candidates(pool, index, replace(query.filters, kinds=()), concepts, near)
    return pool, of_kind


def _ranked(
    index: VisibleIndex,
    texts: Iterable[tuple[IndexedText, Collection[Concept]]],
    titles: Mapping[int, IndexedTitle],
    scorer: PartialScorer,
    named: NamedScope,
    of_kind: Collection[int],
) -> list[IndexedText]:
    """Returns those of the texts that hold enough, the best first."""
    scored: list[PartialScore] = []
    for text, about in texts:
        index.snapshot.deadline.check()
        is_named = text.speech in named.speeches
        score = scorer.score(text, titles.get(text.speech, NO_TITLE), about, is_named=is_named)
        if score is not None:
            scored.append(_moved_up(score, is_of_kind=_is_among(text, of_kind), is_named=is_named))
    return [score.text for score in best_first(scored)]


def _is_among(text: IndexedText, ids: Collection[int]) -> bool:
    return isinstance(text, IndexedSection) and text.id in ids


def _moved_up(score: PartialScore, *, is_of_kind: bool, is_named: bool) -> PartialScore:
    """Returns the score with what its text is worth for being of the kind that was asked for, or of a speech that
    was named."""
    score.points += _OF_KIND * is_of_kind + _IN_NAMED * is_named
    score.is_enough = score.is_enough or is_of_kind or is_named
    return score


def _says_only(query: Query, concepts: Sequence[Concept]) -> bool:
    """Returns whether a text that holds some of a query holds all of it: one word was typed for which nothing else
    stands, and passages of any kind will do."""
    typed = {run for term in query.terms for run in term.runs}
    runs = {run for concept in concepts for run, _ in concept.runs}
    return len(query.terms) == len(concepts) == 1 and runs <= typed and not query.filters.kinds


def _add_candidates(
    pool: _CandidatePool,
    index: VisibleIndex,
    filters: Filters,
    concepts: Sequence[Concept],
    meanings: TextMeanings | None,
) -> None:
    """Adds the texts that may be offered: those that hold one of the concepts, or two, those of speeches about one that
    hold another, and with `meanings` those that say it in other words."""
    # To look a character up takes ten times as long as a word: only where no word tells anything.
    words = [concept for concept in concepts if not concept.is_character]
    concepts = words if any(word.weight >= CHARACTER_WEIGHT for word in words) else concepts
    for concept in concepts[:_SEARCHED]:
        term = concept.term
        held = SearchCriteria((term,), filters)
        _add_holding(pool, index, held, _POOL)
        in_headings = SearchCriteria((), filters, in_label([term]))
        pool.add(index.candidate_ids(in_headings, _HEADED_POOL))
        others = [run for other in concepts if other is not concept for run in other.term.runs]
        about = f"({' OR '.join(map(in_context, concept.firm_term.runs))})"
        if others and not filters.kinds:
            about += f" AND {any_of(others)}"
        pool.add(index.candidate_ids(SearchCriteria((), filters, about), _HEADED_POOL), [concept])
        pool.add(
            index.candidate_ids(held.narrowed_to(in_title([concept.firm_term])), _HEADED_POOL), [concept]
        )
        if concept.year:
            pool.add(_of_year(index, filters, concept, others))
    titled = " AND ".join(in_title([concept.firm_term]) for concept in concepts[:_SEARCHED])
    all_in_title = SearchCriteria((), filters, titled)
    pool.add(index.candidate_ids(all_in_title, _HEADED_POOL), concepts[:_SEARCHED])
    for pair in combinations(concepts[:_PAIRED], 2):
        both = SearchCriteria(tuple(concept.term for concept in pair), filters)
        _add_holding(pool, index, both, _PAIR_POOL)
    if meanings is not None:
        pool.add(_near_in_meaning(index, filters, meanings))


def _add_holding(pool: _CandidatePool, index: VisibleIndex, criteria: SearchCriteria, limit: int) -> None:
    """Adds the sections that hold the terms, and the speeches that do without such a section."""
    pool.add(index.candidate_ids(criteria, limit))
    for scope in index.scopes:
        if not scope.whole:
            speeches = index.speeches(scope, criteria, _SPEECH_POOL)
            alone = index.without_sections(scope, criteria, speeches)
            pool.speeches |= {speech.key: speech for speech in alone}


def _near_in_meaning(index: VisibleIndex, filters: Filters, meanings: TextMeanings) -> list[int]:
    """Returns the ids of sections of the clusters in which what was typed lies, or would lie."""
    clusters = meanings.clusters(_CLUSTERS[-1])
    found: list[int] = []
    for first, last in pairwise((0, *_CLUSTERS)):
        if clusters[first:last] and len(found) < _ENOUGH_NEAR:
            near = SearchCriteria((), filters, in_clusters(clusters[first:last]))
            found += index.candidate_ids(near, _CLUSTER_POOL)
    return found


def _of_year(index: VisibleIndex, filters: Filters, concept: Concept, others: Sequence[str]) -> list[int]:
    """Returns the ids of sections of a year's speeches, and of the next year's, that hold another of the typed
    words."""
    years = (concept.year, concept.year + 1)
    if not others or (filters.years and not set(years) & set(filters.years)):
        return []
    of_year = Filters(filters.topics, years, filters.titles, filters.speeches, filters.speakers)
    return index.candidate_ids(SearchCriteria((), of_year, any_of(others)), _PAIR_POOL)


def _partial_hit(
    found: IndexedText,
    title: IndexedTitle,
    typed_terms: Sequence[Term],
    concepts: Sequence[Concept],
    named: NamedScope,
) -> PartialHit:
    """Returns the hit with what the text and its title lack of what was typed, and what the text has for it."""
    text = found.text
    standing = [concept for concept in concepts if concept.stands_in(text)]
    words = [concept for concept in standing if not concept.is_character]
    # 学 of 飞碟学 is marked only where nothing longer stands.
    terms = tuple(Term(concept.typed, (concept.run_in(text),)) for concept in words or standing)
    typed = {word for concept in concepts for word in (concept.typed, normal_form(concept.of))}
    instead = {
        run: concept.is_percentage
        for concept in standing
        # 环境 says nothing new to who typed 营商环境.
        if not any((run := concept.run_in(text)) in word for word in typed)
    }
    synonyms = tuple(run for run, is_percentage in instead.items() if not is_percentage)
    # What stands in the title that is shown above needn't be told to be missing.
    seen = f"{text}\n{title.text}"
    names = [
        name.typed
        for name, speeches in named.names.items()
        if found.speech not in speeches and name.run not in seen
    ]
    missing = missing_words(seen, day_of(found.date_key), typed_terms, concepts)
    return PartialHit(found, terms, (*names, *missing), tuple(instead), synonyms)


def _spread(ranked: Sequence[IndexedText], limit: int) -> list[IndexedText]:
    """Returns up to `limit` of the best, at most three of one speech among the first five."""
    first: list[IndexedText] = []
    count: dict[int, int] = {}
    for text in ranked:
        count[text.speech] = count.get(text.speech, 0) + 1
        if count[text.speech] <= _PER_SPEECH:
            first.append(text)
    page = first[:FIRST_PAGE]
    shown = {text.identity for text in page}
    return [*page, *(text for text in ranked if text.identity not in shown)][: max(0, limit)]
