"""What comes near where nothing holds every typed word: speeches by name, words apart, words left out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from jianggao.search.query import Query, Term
from jianggao.search.ranking import nearness
from jianggao.search.visible_index import (
    IndexedSection,
    SearchCriteria,
    Seen,
    VisibleIndex,
    any_of,
    in_context,
    of_speeches,
)
from jianggao.text.segmentation import words

_NUMERALS = re.compile(r"[〇零一二三四五六七八九十百千万亿两×]+[年月日号]?|\d+[年月日号]|\d")
_POOL = 15
_NAMED = 2
_RAREST = 3
_COMMON = 300
"""Counts are taken this far: rarer words say more."""
_LEAST_SHARE = 0.4
"""Hits that hold less of what was typed, by the words' weight, aren't worth showing."""
_HEADED = 0.1
_IN_CONTEXT = 0.6
"""What a word is worth that doesn't stand in the section, but is what the speech is about."""


@dataclass(frozen=True, slots=True)
class PartialHit:
    """A text that holds some of what was typed: `terms` stand in it, `missing` words don't."""

    seen: Seen
    terms: tuple[Term, ...]
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class _CandidatePool:
    """Texts that may come near, and the terms that their speeches are about."""

    texts: dict[tuple[int, ...], Seen] = field(default_factory=dict)
    about: dict[tuple[int, ...], set[Term]] = field(default_factory=dict)

    def add(self, seen: Iterable[Seen], about: Iterable[Term] = ()) -> None:
        for one in seen:
            self.texts.setdefault(one.identity, one)
            self.about.setdefault(one.identity, set()).update(about)


def near_hits(index: VisibleIndex, query: Query, limit: int) -> list[PartialHit]:
    """Up to `limit` hits: speeches whose name holds it all, then sections by how much of what was typed they hold."""
    named = _named(index, query)
    found = [PartialHit(seen, query.terms) for seen in named]
    pieces = {term: _pieces(term) for term in query.terms}
    parts = tuple(dict.fromkeys(part for of_term in pieces.values() for part in of_term))
    counts = {part: max([index.roughly(run, _COMMON) for run in part.runs]) for part in parts}
    known = sorted((part for part in parts if counts[part]), key=lambda part: counts[part])
    pool = _CandidatePool()
    for terms in _combinations(parts, known):
        pool.add(_texts(index, SearchCriteria(terms, query.filters)))
    _add_by_context(index, query, known, pool)
    for one in named:
        pool.add(_sections(index, SearchCriteria((), query.filters, of_speeches([one.speech]))), query.terms)
    rarest_first = sorted(parts, key=lambda part: counts[part])
    weights = {part: math.log((_COMMON + 2) / (counts[part] + 1)) + 0.5 for part in rarest_first}
    typed = [term.run[at : at + 2] for term in query.terms for at in range(len(term.run) - 1)]
    scored: list[tuple[float, Seen]] = []
    for identity, seen in pool.texts.items():
        index.snapshot.deadline.check()
        scored.append((_worth(seen, typed, weights, pool.about[identity]), seen))
    scored.sort(key=lambda entry: -entry[0])
    best = _spread([entry for entry in scored if entry[0] > 0], limit - len(found))
    return [*found, *(_near_hit(seen, pieces) for seen in best)][:limit]


def _pieces(term: Term) -> tuple[Term, ...]:
    """What of a term may stand apart: its words of two characters or more; a phrase stays whole."""
    found = [] if term.phrase else [word for word in words(term.typed) if _carries_meaning(word)]
    return tuple(term if word == term.run else Term(word, (word,)) for word in found or [term.run])


def _carries_meaning(word: str) -> bool:
    return len(word) > 1 and not _NUMERALS.fullmatch(word)


def _combinations(parts: Sequence[Term], known: Sequence[Term]) -> Iterable[tuple[Term, ...]]:
    """Which words to look for together: all; then pairs of the rarest, and the rarest alone."""
    if len(known) == len(parts):
        yield tuple(parts)
    rarest = known[:_RAREST]
    if len(known) > 2:
        yield from combinations(rarest, 2)
    yield from ((one,) for one in rarest[:2])


def _named(index: VisibleIndex, query: Query) -> list[Seen]:
    found: list[Seen] = []
    for scope in index.scopes:
        found += index.speeches(scope, SearchCriteria(query.terms, query.filters), _NAMED - len(found))
    return found


def _add_by_context(index: VisibleIndex, query: Query, known: Sequence[Term], pool: _CandidatePool) -> None:
    """Sections that hold one of the typed words, in speeches that are about another."""
    for about in query.terms:
        others = [run for part in known if part.run not in about.run for run in part.runs]
        if others:
            expression = f"({' OR '.join(map(in_context, about.runs))}) AND {any_of(others)}"
            pool.add(_sections(index, SearchCriteria((), query.filters, expression)), [about])


def _sections(index: VisibleIndex, wanted: SearchCriteria) -> list[Seen]:
    return [one for scope in index.scopes for one in index.sections(scope, wanted, _POOL)]


def _texts(index: VisibleIndex, wanted: SearchCriteria) -> list[Seen]:
    found = _sections(index, wanted)
    for scope in index.scopes:
        if not scope.whole:
            speeches = index.speeches(scope, wanted, _POOL)
            found += index.without_sections(scope, wanted, speeches)
    return found


def _worth(seen: Seen, typed: Sequence[str], weights: dict[Term, float], about: set[Term]) -> float:
    """How much of what was typed stands in the text, and how near together; 0 if too little."""
    text = seen.text
    present = [part for part in weights if part.stands_in(text)]
    lent = [part for part in weights if part not in present and any(part.run in term.run for term in about)]
    share = sum(weights[part] for part in present) + _IN_CONTEXT * sum(weights[part] for part in lent)
    share /= sum(weights.values())
    if share < _LEAST_SHARE and len(present) < 2:
        return 0.0
    covered = sum([gram in text for gram in typed]) / max(1, len(typed))
    label = seen.label if isinstance(seen, IndexedSection) else ""
    headed = _HEADED * (bool(label) + sum(part.stands_in(label) for part in present))
    return (
        2 * share + covered + headed + nearness(text, [part.run_in(text) for part in present[:_RAREST]]) / 4
    )


def _near_hit(seen: Seen, pieces: dict[Term, tuple[Term, ...]]) -> PartialHit:
    """With what the text lacks: typed words, or parts of them where it holds others."""
    text = seen.text
    present: dict[Term, None] = {}
    missing: dict[str, None] = {}
    for term, parts in pieces.items():
        standing = [part for part in parts if part.stands_in(text)]
        lacking = [part.typed for part in parts if part not in standing] if standing else [term.typed]
        if not lacking and not term.stands_in(text) and any(word not in text for word in words(term.typed)):
            lacking = [term.typed]
        present |= dict.fromkeys(standing)
        missing |= dict.fromkeys(lacking)
    return PartialHit(seen, tuple(present), tuple(missing))


def _spread(scored: Sequence[tuple[float, Seen]], most: int) -> list[Seen]:
    """The best, at most two of one speech among the first five."""
    taken: list[Seen] = []
    later: list[Seen] = []
    count: dict[int, int] = {}
    for _, seen in scored:
        count[seen.speech] = count.get(seen.speech, 0) + 1
        (taken if count[seen.speech] <= 2 else later).append(seen)
    return [*taken[:5], *later, *taken[5:]][: max(0, most)]
