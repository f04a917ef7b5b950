"""Finds texts that hold only some of the query's words, for queries that no text matches whole.

Three kinds are offered: speeches whose public text holds all of it, sections that hold some of the words, and
sections that hold one word in a speech that is about another.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from jianggao.search.criteria import SearchCriteria, any_of, in_context, of_speeches
from jianggao.search.indexed_texts import IndexedSection, IndexedText
from jianggao.search.query import Query, Term
from jianggao.search.ranking import nearness
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.segmentation import words

_NUMERALS = re.compile(r"[〇零一二三四五六七八九十百千万亿两×]+[年月日号]?|\d+[年月日号]|\d")
"""Words that say nothing of the matter: for 2024年农田 a text that shares 2024年 alone helps nobody."""
_POOL = 15
"""Sections read for each combination of words."""
_NAMED = 2
"""Speeches offered because their public text holds the whole query."""
_RAREST = 3
_COMMON = 300
"""Candidates are counted up to this number: rarer words weigh more."""
_LEAST_SHARE = 0.4
"""Hits that hold less of the query, by the words' weight, are not worth showing unless they hold two of the
words."""
_HEADED = 0.1
"""Points for a section with a heading, and for each word that stands in it: it breaks ties among short
sections."""
_IN_CONTEXT = 0.6
"""What a word is worth that doesn't stand in the section, but is what the speech is about.

For “防汛 群众转移” a section on 群众转移 in a speech titled 在防汛会议上的讲话 is a good hit, though it never
says 防汛.
"""
_FIRST, _PER_SPEECH = 5, 2


@dataclass(frozen=True, slots=True)
class PartialHit:
    """A text that holds some of the query: `terms` stand in it, `missing` are typed words that don't."""

    match: IndexedText
    terms: tuple[Term, ...]
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class _CandidatePool:
    """Texts that may be offered, and the terms that their speeches are about, both by the texts' identity."""

    texts: dict[tuple[int, ...], IndexedText] = field(default_factory=dict)
    about: dict[tuple[int, ...], set[Term]] = field(default_factory=dict)

    def add(self, texts: Iterable[IndexedText], about: Iterable[Term] = ()) -> None:
        for text in texts:
            self.texts.setdefault(text.identity, text)
            self.about.setdefault(text.identity, set()).update(about)


def partial_hits(index: VisibleIndex, query: Query, limit: int) -> list[PartialHit]:
    """Returns up to `limit` hits, those that hold most of the query first.

    Speeches whose public text holds all of it come before all others.
    """
    named = _named(index, query)
    pieces = {term: _pieces(term) for term in query.terms}
    parts = tuple(dict.fromkeys(part for of_term in pieces.values() for part in of_term))
    counts = {part: max([index.count_candidates(run, _COMMON) for run in part.runs]) for part in parts}
    pool = _candidates(index, query, parts, counts, named)
    # ln(302 / 301) of a common word is nearly 0: half a point more lets it count a little.
    rarest_first = sorted(parts, key=lambda part: counts[part])
    weights = {part: math.log((_COMMON + 2) / (counts[part] + 1)) + 0.5 for part in rarest_first}
    typed = [term.run[at : at + 2] for term in query.terms for at in range(len(term.run) - 1)]
    scored: list[tuple[float, IndexedText]] = []
    for identity, text in pool.texts.items():
        index.snapshot.deadline.check()
        scored.append((_worth(text, typed, weights, pool.about[identity]), text))
    scored.sort(key=lambda entry: -entry[0])
    best = _spread([entry for entry in scored if entry[0] > 0], limit - len(named))
    whole = [PartialHit(speech, query.terms) for speech in named]
    return [*whole, *(_partial_hit(text, pieces) for text in best)][:limit]


def _candidates(
    index: VisibleIndex,
    query: Query,
    parts: Sequence[Term],
    counts: Mapping[Term, int],
    named: Sequence[IndexedText],
) -> _CandidatePool:
    """Returns the texts that may be offered: those that hold some of the words, those of speeches about one
    of them, and the sections of the `named` speeches."""
    known = sorted((part for part in parts if counts[part]), key=lambda part: counts[part])
    pool = _CandidatePool()
    for terms in _combinations(parts, known):
        pool.add(_texts(index, SearchCriteria(terms, query.filters)))
    _add_by_context(index, query, known, pool)
    for speech in named:
        pool.add(
            _sections(index, SearchCriteria((), query.filters, of_speeches([speech.speech]))), query.terms
        )
    return pool


def _pieces(term: Term) -> tuple[Term, ...]:
    """Returns the words of a term of two characters or more, which may stand apart; a phrase stays whole.

    老人吃惯口味 is remembered from 老人吃惯了那个口味: its words 老人, 吃惯 and 口味 do stand there.
    """
    pieces = [] if term.phrase else [word for word in words(term.typed) if _carries_meaning(word)]
    return tuple(term if word == term.run else Term(word, (word,)) for word in pieces or [term.run])


def _carries_meaning(word: str) -> bool:
    return len(word) > 1 and not _NUMERALS.fullmatch(word)


def _combinations(parts: Sequence[Term], known: Sequence[Term]) -> Iterable[tuple[Term, ...]]:
    """Yields which words to look for together: all; then pairs of the rarest, and the rarest alone.

    `known` are the parts that stand somewhere, the rarest first. A bounded number of searches, whatever is
    typed.
    """
    if len(known) == len(parts):
        yield tuple(parts)
    rarest = known[:_RAREST]
    if len(known) > 2:  # the pair of two is `all` above, or one of them stands nowhere
        yield from combinations(rarest, 2)
    yield from ((part,) for part in rarest[:2])


def _named(index: VisibleIndex, query: Query) -> list[IndexedText]:
    """Returns speeches whose public text holds every term: the title was typed, not words of one section."""
    speeches: list[IndexedText] = []
    for scope in index.scopes:
        speeches += index.speeches(scope, SearchCriteria(query.terms, query.filters), _NAMED - len(speeches))
    return speeches


def _add_by_context(index: VisibleIndex, query: Query, known: Sequence[Term], pool: _CandidatePool) -> None:
    """Adds sections that hold one of the typed words, in speeches that are about another."""
    for about in query.terms:
        others = [run for part in known if part.run not in about.run for run in part.runs]
        if others:
            expression = f"({' OR '.join(map(in_context, about.runs))}) AND {any_of(others)}"
            pool.add(_sections(index, SearchCriteria((), query.filters, expression)), [about])


def _sections(index: VisibleIndex, criteria: SearchCriteria) -> list[IndexedText]:
    return [section for scope in index.scopes for section in index.sections(scope, criteria, _POOL)]


def _texts(index: VisibleIndex, criteria: SearchCriteria) -> list[IndexedText]:
    texts = _sections(index, criteria)
    for scope in index.scopes:
        if not scope.whole:
            speeches = index.speeches(scope, criteria, _POOL)
            texts += index.without_sections(scope, criteria, speeches)
    return texts


def _worth(
    found: IndexedText, typed: Sequence[str], weights: Mapping[Term, float], about: set[Term]
) -> float:
    """Returns how much of the query stands in the text, and how near together; 0.0 if too little.

    `typed` are the bigrams of the query, `weights` the weight of each word, the rarest first, `about` the
    terms that the text's speech is about.
    """
    text = found.text
    present = [part for part in weights if part.stands_in(text)]
    lent = [part for part in weights if part not in present and any(part.run in term.run for term in about)]
    share = sum(weights[part] for part in present) + _IN_CONTEXT * sum(weights[part] for part in lent)
    share /= sum(weights.values())
    if share < _LEAST_SHARE and len(present) < 2:
        return 0.0
    # Words of one character count here alone: 在 and 的 aren't parts, but 守在坝上 shares more with a text
    # that has 守在.
    covered = sum([gram in text for gram in typed]) / max(1, len(typed))
    label = found.label if isinstance(found, IndexedSection) else ""
    headed = _HEADED * (bool(label) + sum(part.stands_in(label) for part in present))
    return (
        2 * share + covered + headed + nearness(text, [part.run_in(text) for part in present[:_RAREST]]) / 4
    )


def _partial_hit(found: IndexedText, pieces: Mapping[Term, tuple[Term, ...]]) -> PartialHit:
    """Returns the hit with what the text lacks: typed terms, or parts of a term of which it holds others."""
    text = found.text
    present: dict[Term, None] = {}
    missing: dict[str, None] = {}
    for term, parts in pieces.items():
        standing = [part for part in parts if part.stands_in(text)]
        lacking = [part.typed for part in parts if part not in standing] if standing else [term.typed]
        # All parts stand there, but a word of one character doesn't: 修好闸 isn't held by 修好 alone.
        if not lacking and not term.stands_in(text) and any(word not in text for word in words(term.typed)):
            lacking = [term.typed]
        present |= dict.fromkeys(standing)
        missing |= dict.fromkeys(lacking)
    return PartialHit(found, tuple(present), tuple(missing))


def _spread(scored: Sequence[tuple[float, IndexedText]], limit: int) -> list[IndexedText]:
    """Returns up to `limit` of the best, at most two of one speech among the first five."""
    first: list[IndexedText] = []
    later: list[IndexedText] = []
    count: dict[int, int] = {}
    for _, text in scored:
        count[text.speech] = count.get(text.speech, 0) + 1
        (first if count[text.speech] <= _PER_SPEECH else later).append(text)
    return [*first[:_FIRST], *later, *first[_FIRST:]][: max(0, limit)]
