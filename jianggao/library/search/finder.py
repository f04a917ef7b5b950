"""Search: every section in which all typed terms stand, the most useful first (docs/rules.md, Commands).

Ranking looks at a bounded number of hits; the rest follows by date, and all stay reachable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import aiosqlite

from jianggao.errors import WrongUse
from jianggao.library import store
from jianggao.library.grams import gram_query
from jianggao.library.normal_form import normal_form
from jianggao.library.search.guesses import Guess, Guesser
from jianggao.library.search.near import near_hits
from jianggao.library.search.query import Query, Term
from jianggao.library.search.ranking import first_page_spread, score
from jianggao.library.search.sight import (
    IdRange,
    Scope,
    Seen,
    SeenSection,
    SeenSpeech,
    Sight,
    Wanted,
    in_label,
    in_title,
)
from jianggao.library.search.synonyms import NO_SYNONYMS, Synonyms

COUNT_LIMIT = 500
_NEWEST, _SPECIAL = 100, 40
"""How many of the newest hits are ranked, and of those with the terms in a heading, in the title, or side by side."""
_SYNONYMS_BELOW = 20
"""With so many hits of the typed words nobody needs those of their synonyms."""
_FOLLOWING = 20
_LISTED = 12
"""How many valid values an answer names."""


@dataclass(frozen=True, slots=True)
class SectionHit:
    """A section; `whole` tells whether its whole text was searched or its public part. `missing` are typed words that
    it lacks, `instead` is what it holds instead of what was typed (a synonym, a guess)."""

    row: store.SectionRow
    whole: bool
    missing: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()

    @property
    def speech(self) -> int:
        """The speech's number."""
        return self.row.speech


@dataclass(frozen=True, slots=True)
class SpeechHit:
    """A speech found by title, public headings or keywords alone, through the runs `found_by`."""

    speech: int
    found_by: tuple[str, ...]
    missing: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


Hit = SectionHit | SpeechHit


@dataclass(slots=True)
class Found:
    """The hits asked for. `total` counts what holds every typed word (to the limit asked for); behind those hits stand
    `following` ones that hold a synonym. Where nothing holds every word, `near` holds some, or a guess."""

    total: int
    exact: bool
    hits: list[Hit] = field(default_factory=list)
    following: int = 0
    synonyms: tuple[str, ...] = ()
    near: list[Hit] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)


class Search:
    """One search over one snapshot for someone who may read the span `readable` of dates; None: public text alone."""

    def __init__(
        self, connection: aiosqlite.Connection, readable: IdRange | None, synonyms: Synonyms = NO_SYNONYMS
    ) -> None:
        self._connection = connection
        self._sight = Sight(connection, readable)
        self._synonyms = synonyms

    async def find(
        self, query: Query, *, skip: int = 0, limit: int = 5, count_limit: int | None = COUNT_LIMIT
    ) -> Found:
        """Hits `skip` … `skip + limit`, best first, and how many there are. Raises WrongUse for a filter that nothing
        can fulfil, naming the valid values."""
        await self._check_filters(query)
        wanted = Wanted(query.terms, query.filters)
        ranked, all_ranked = await self._ranked(wanted)
        total, exact = (len(ranked), True) if all_ranked else await self._sight.count(wanted, count_limit)
        found = Found(total, exact)
        seen = ranked[skip : skip + limit]
        if len(seen) < limit and skip + len(seen) < total:
            seen += await self._by_date_behind(wanted, ranked, skip + len(seen), limit - len(seen))
        found.hits = await self._hits(seen, query.terms)
        if total < _SYNONYMS_BELOW and query.terms:
            await self._follow_with_synonyms(
                query, found, ranked, max(0, skip - total), limit - len(found.hits)
            )
        if total == 0:
            await self._help(query, found, limit)
        return found

    async def newest_matches(self, query: Query, most: int) -> list[int]:
        """The ids of up to `most` of the newest sections that hold all terms."""
        found: list[int] = []
        for scope in self._sight.scopes:
            rows = await self._sight.sections(scope, Wanted(query.terms, query.filters), most - len(found))
            found += [row.id for row in rows]
        return found

    # --- order ------------------------------------------------------------------------------------------------------

    async def _ranked(self, wanted: Wanted) -> tuple[list[Seen], bool]:
        """The hits that ranking looks at, best first, and whether these are all."""
        found: dict[tuple[int, ...], Seen] = {}
        complete = True
        for scope in self._sight.scopes:
            newest = await self._pool(scope, wanted, _NEWEST)
            found |= newest
            if len(newest) < _NEWEST:
                continue
            complete = False
            for expression in _preferences(wanted.terms):
                found |= await self._pool(scope, wanted.narrowed_to(expression), _SPECIAL)
        return await self._order(wanted.terms, found.values()), complete

    async def _pool(self, scope: Scope, wanted: Wanted, most: int) -> dict[tuple[int, ...], Seen]:
        found: list[Seen] = [*await self._sight.sections(scope, wanted, most)]
        if not scope.whole:
            speeches = await self._sight.speeches(scope, wanted, most)
            found += await self._sight.without_sections(scope, wanted, speeches)
        return {one.identity: one for one in found}

    async def _order(self, terms: Sequence[Term], seen: Iterable[Seen]) -> list[Seen]:
        titles = await self._sight.titles(one.speech for one in seen)
        keyed = [(-score(one, titles[one.speech], terms), -one.date_key, one.speech, one) for one in seen]
        keyed.sort(key=lambda entry: entry[:2])
        return first_page_spread([(entry[2], entry[3]) for entry in keyed])

    async def _by_date_behind(self, wanted: Wanted, ranked: list[Seen], skip: int, most: int) -> list[Seen]:
        """The hits behind the ranked ones, newest first, without the first `skip` of all."""
        done = {one.identity for one in ranked}
        passed = len(ranked)
        found: list[Seen] = []
        async for one in self._sight.by_date(wanted):
            if one.identity in done:
                continue
            if passed >= skip:
                found.append(one)
                if len(found) == most:
                    break
            passed += 1
        return found

    # --- beside the typed words ---------------------------------------------------------------------------------------

    async def _follow_with_synonyms(
        self, query: Query, found: Found, ranked: list[Seen], skip: int, most: int
    ) -> None:
        """Behind the hits of the typed words those of their synonyms; they don't count in the total."""
        widened, used = self._synonyms.widen(query.terms)
        if not used:
            return
        others, _ = await self._ranked(Wanted(widened, query.filters))
        done = {one.identity for one in ranked}
        following = [one for one in others if one.identity not in done][:_FOLLOWING]
        if not following:
            return
        found.following, found.synonyms = len(following), used
        hits = await self._hits(following[skip : skip + most], widened)
        found.hits += [replace(hit, instead=used) for hit in hits]

    async def _help(self, query: Query, found: Found, limit: int) -> None:
        """What to offer where nothing holds every typed word: guesses, near hits, near topics."""
        guesser = Guesser(self._sight)
        found.guesses = await guesser.guesses(query)
        if found.guesses and not found.hits:
            await self._show_guess(query, found, limit)
        await self._add_near(query, found, limit)
        found.topics = await guesser.topics(query)

    async def _show_guess(self, query: Query, found: Found, limit: int) -> None:
        """The first hits of the best guess, as hits that lack what was typed."""
        best = query.with_terms(found.guesses[0].terms)
        ranked, _ = await self._ranked(Wanted(best.terms, best.filters))
        found.near = await self._hits(ranked[:limit], best.terms)
        await self._add_near(best, found, limit)
        changed = tuple(term.typed for term in query.terms if term not in best.terms)
        instead = tuple(term.typed for term in best.terms if term not in query.terms)
        found.near = [replace(hit, missing=changed, instead=instead) for hit in found.near]

    async def _add_near(self, query: Query, found: Found, limit: int) -> None:
        """Fill up with hits that hold some of what was typed."""
        if len(found.near) >= limit:
            return
        have = {_hit_key(hit) for hit in [*found.hits, *found.near]}
        widened, _ = self._synonyms.widen(query.terms)
        for one in await near_hits(self._sight, query.with_terms(widened), limit):
            hit = (await self._hits([one.seen], one.terms))[0]
            if _hit_key(hit) not in have and len(found.near) < limit:
                found.near.append(replace(hit, missing=one.missing))

    async def _check_filters(self, query: Query) -> None:
        """Raises WrongUse for a topic, year or speech that isn't there (which ones are is public text)."""
        if query.filters.topics:
            topics = await store.topics(self._connection)
            known = {normal_form(topic) for topic in topics}
            unknown = [topic for topic in query.filters.topics if topic not in known]
            if unknown:
                more = f" 等 {len(topics)} 个" if len(topics) > _LISTED else ""
                raise WrongUse(f"没有“{unknown[0]}”这个主题。现有：{'、'.join(topics[:_LISTED])}{more}。")
        if query.filters.years:
            years = await store.years(self._connection)
            unknown_years = [year for year in query.filters.years if year not in years]
            if unknown_years and years:
                listed = "、".join(str(year) for year in years[:_LISTED])
                raise WrongUse(f"没有 {unknown_years[0]} 年的讲稿。现有的年份：{listed}。")
        for number in query.filters.speeches:
            await store.require_listed(self._connection, number)

    # --- from what was seen to hits -----------------------------------------------------------------------------------

    async def _hits(self, seen: Sequence[Seen], terms: Sequence[Term]) -> list[Hit]:
        ids = [one.id for one in seen if isinstance(one, SeenSection)]
        rows = {
            row["id"]: store.section_row(row) for row in await store.sections_by_id(self._connection, ids)
        }
        hits: list[Hit] = []
        for one in seen:
            if isinstance(one, SeenSection):
                hits.append(SectionHit(rows[one.id], one.whole))
            else:
                hits.append(SpeechHit(one.speech, _found_by(one, terms)))
        return hits


def _preferences(terms: Sequence[Term]) -> list[str]:
    """Which hits ranking should look at beside the newest: terms in a heading, in the title, side by side."""
    if not terms:
        return []
    expressions = [in_label(terms), in_title(terms)]
    for one, other in pairwise(terms):
        joined = (gram_query(first.run[-1] + second.run[0]) for first, second in ((one, other), (other, one)))
        expressions.append("(" + " OR ".join(joined) + ")")
    return expressions


def _found_by(speech: SeenSpeech, terms: Sequence[Term]) -> tuple[str, ...]:
    return tuple(term.run_in(speech.text) for term in terms)


def _hit_key(hit: Hit) -> int:
    return hit.row.id if isinstance(hit, SectionHit) else -hit.speech
