"""What comes near where nothing holds every typed word: speeches by name, words apart, words left out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from jianggao.library.search.query import Query, Term
from jianggao.library.search.ranking import nearness
from jianggao.library.search.sight import Scope, Seen, Sight, Wanted
from jianggao.library.segmentation import words

_NUMERALS = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿两×]+[年月日号]?")
_POOL = 25
_RAREST = 4
_COMMON = 300
"""Counts are taken this far: rarer words say more."""
_LEAST_SHARE = 0.4
"""Hits that hold less of what was typed, by the words' weight, aren't worth showing."""


@dataclass(frozen=True, slots=True)
class NearHit:
    """A text that holds some of what was typed: `terms` stand in it, `missing` words don't."""

    seen: Seen
    terms: tuple[Term, ...]
    missing: tuple[str, ...] = ()


async def near_hits(sight: Sight, query: Query, limit: int) -> list[NearHit]:
    """Up to `limit` hits: speeches whose name holds it all, then sections by how much of what was typed they hold."""
    found = [NearHit(seen, query.terms) for seen in await _named(sight, query, limit)]
    parts = _parts(query)
    counts = {part: await sight.roughly(part.run, _COMMON) for part in parts}
    known = sorted((part for part in parts if counts[part]), key=lambda part: counts[part])
    if not known or (len(parts) == 1 and parts[0] in query.terms):
        return found
    weights = {part: math.log((_COMMON + 2) / (counts[part] + 1)) + 0.5 for part in parts}
    pool: dict[tuple[int, ...], Seen] = {}
    for terms in _combinations(parts, known):
        for scope in sight.scopes:
            for seen in await _pool(sight, scope, Wanted(terms, query.filters)):
                pool.setdefault(seen.identity, seen)
    scored = [(_worth(seen, query, parts, weights), seen) for seen in pool.values()]
    scored = [entry for entry in scored if entry[0] > 0]
    scored.sort(key=lambda entry: -entry[0])
    return found + [_near_hit(seen, query, parts) for _, seen in _spread(scored, limit - len(found))]


def _parts(query: Query) -> tuple[Term, ...]:
    """What may stand apart: the words of the typed runs that have two characters or more; phrases stay whole."""
    found: dict[str, Term] = {}
    for term in query.terms:
        pieces = [] if term.phrase else [word for word in words(term.typed) if _carries_meaning(word)]
        for piece in pieces or [term.run]:
            found.setdefault(piece, term if piece == term.run else Term(piece, (piece,)))
    return tuple(found.values())


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


async def _named(sight: Sight, query: Query, limit: int) -> list[Seen]:
    found: list[Seen] = []
    for scope in sight.scopes:
        found += await sight.speeches(scope, Wanted(query.terms, query.filters), limit - len(found))
    return found


async def _pool(sight: Sight, scope: Scope, wanted: Wanted) -> list[Seen]:
    found: list[Seen] = [*await sight.sections(scope, wanted, _POOL)]
    if not scope.whole:
        speeches = await sight.speeches(scope, wanted, _POOL)
        found += await sight.without_sections(scope, wanted, speeches)
    return found


def _worth(seen: Seen, query: Query, parts: Sequence[Term], weights: dict[Term, float]) -> float:
    """How much of what was typed stands in the text, and how near together; 0 if too little."""
    text = seen.text
    present = [part for part in parts if part.run in text]
    share = sum(weights[part] for part in present) / sum(weights.values())
    if share < _LEAST_SHARE and len(present) < 2:
        return 0.0
    typed = [run[at : at + 2] for run in (term.run for term in query.terms) for at in range(len(run) - 1)]
    covered = sum(gram in text for gram in typed) / max(1, len(typed))
    return 2 * share + covered + nearness(text, [part.run for part in present]) / 4


def _near_hit(seen: Seen, query: Query, parts: Sequence[Term]) -> NearHit:
    """With the words that the text lacks: parts of the typed ones, or a typed one itself where what lacks is no word."""
    text = seen.text
    present = tuple(part for part in parts if part.run in text)
    missing = {part.typed: None for part in parts if part not in present}
    for term in query.terms:
        lacks = [word for word in words(term.typed) if word not in text]
        if lacks and not any(word in missing for word in lacks):
            missing[term.typed] = None
    return NearHit(seen, present, tuple(missing))


def _spread(scored: Sequence[tuple[float, Seen]], most: int) -> list[tuple[float, Seen]]:
    """The best, at most two of one speech."""
    taken: list[tuple[float, Seen]] = []
    count: dict[int, int] = {}
    for entry in scored:
        speech = entry[1].speech
        count[speech] = count.get(speech, 0) + 1
        if count[speech] <= 2 and len(taken) < most:
            taken.append(entry)
    return taken
