"""Search: every section in which all typed terms stand, the most useful first (docs/rules.md, Commands).

Ranking looks at a bounded number of hits; the rest follows by date, and all stay reachable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from jianggao.database.reading_threads import Snapshot
from jianggao.errors import TooSlow
from jianggao.search.partial_matches import near_hits
from jianggao.search.query import Query, Term
from jianggao.search.ranking import first_page_spread, score
from jianggao.search.similar import Similar, similar_sections
from jianggao.search.suggestions import Suggester, Suggestion
from jianggao.search.synonyms import NO_SYNONYMS, Synonyms
from jianggao.search.themes import Quote, quotes, speeches_on
from jianggao.search.visible_index import (
    IdRange,
    IndexedSection,
    IndexScope,
    SearchCriteria,
    Seen,
    VisibleIndex,
    in_label,
    in_title,
)
from jianggao.text.bigrams import gram_query

COUNT_LIMIT = 500
_NEWEST, _SPECIAL, _SPEECHES = 90, 30, 30
"""How many of the newest hits are ranked, and of those with the terms in a heading, in the title, or side by side."""
_SYNONYMS_BELOW = 20
"""With so many hits of the typed words nobody needs those of their synonyms."""
_FOLLOWING = 20


@dataclass(frozen=True, slots=True)
class SectionHit:
    """A section; `whole` tells whether its whole text was searched or its public part. `missing` are typed words that
    it lacks, `instead` is what it holds instead of what was typed (a synonym, a guess)."""

    id: int
    speech: int
    whole: bool
    missing: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeechHit:
    """A speech found by title, public headings or keywords alone, through the runs `found_by`."""

    speech: int
    found_by: tuple[str, ...]
    missing: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


Hit = SectionHit | SpeechHit


@dataclass(slots=True)
class SearchResult:
    """The hits asked for. `total` counts what holds every typed word (to the limit asked for); behind those hits stand
    `following` ones that hold a synonym. Where nothing holds every word, `near` holds some, or a guess. `cut_short`: the
    time was over before all that could be found or offered was."""

    total: int
    exact: bool
    hits: list[Hit] = field(default_factory=list)
    following: int = 0
    synonyms: tuple[str, ...] = ()
    near: list[Hit] = field(default_factory=list)
    guesses: list[Suggestion] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    cut_short: bool = False


class Search:
    """One search over one snapshot for someone who may read the span `readable` of dates; None: public text alone.

    `in_group`: the answer stands in a member group. Typed words find all that the asker may read; but what the answer
    says by itself (guesses, words that texts share, quotes) is taken from texts that may be shown there.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        readable: IdRange | None,
        synonyms: Synonyms = NO_SYNONYMS,
        *,
        in_group: bool = False,
    ) -> None:
        self._deadline = snapshot.deadline
        self._sight = VisibleIndex(snapshot, readable)
        self._shown = VisibleIndex(snapshot, readable, in_group=in_group) if in_group else self._sight
        self._synonyms = synonyms

    def find(
        self, query: Query, *, skip: int = 0, limit: int = 5, count_limit: int | None = COUNT_LIMIT
    ) -> SearchResult:
        """Hits `skip` … `skip + limit`, best first, and how many there are. When the time is over, those that were found
        and ranked by then. Raises TooSlow where there are none."""
        found = SearchResult(0, exact=False)
        try:
            self._find(query, found, skip, limit, count_limit)
        except TooSlow:
            if not (found.hits or found.near or found.guesses):
                raise
            found.cut_short = True
        return found

    def _find(
        self, query: Query, found: SearchResult, skip: int, limit: int, count_limit: int | None
    ) -> None:
        wanted = SearchCriteria(query.terms, query.filters)
        ranked, all_ranked = self._ranked(wanted)
        found.total, found.exact = len(ranked), all_ranked
        seen = ranked[skip : skip + limit]
        found.hits = hits_of(seen, query.terms)
        if not all_ranked:
            found.total, found.exact = self._sight.count(wanted, count_limit)
        if len(seen) < limit and skip + len(seen) < found.total:
            seen += self._by_date_behind(wanted, ranked, skip + len(seen), limit - len(seen))
            found.hits = hits_of(seen, query.terms)
        if found.total < _SYNONYMS_BELOW and query.terms:
            self._follow_with_synonyms(
                query, found, ranked, max(0, skip - found.total), limit - len(found.hits)
            )
        if found.total == 0:
            self._help(query, found, limit)

    def newest_matches(self, query: Query, most: int) -> list[int]:
        """The ids of up to `most` of the newest sections that hold all terms, of those that may be shown."""
        found: list[int] = []
        for scope in self._shown.scopes:
            rows = self._shown.sections(scope, SearchCriteria(query.terms, query.filters), most - len(found))
            found += [row.id for row in rows]
        return found

    def similar(self, text: str, speech: int, limit: int) -> list[Similar]:
        """Sections of other speeches on the same matter as `text`, which stands in `speech`."""
        return similar_sections(self._shown, text, speech, limit)

    def quotes(self, query: Query | None, condition: tuple[str, Sequence[object]]) -> list[Quote]:
        """Sentences worth quoting in sections that fulfil `condition`, on the query's theme if there is one."""
        return quotes(self._shown, self._widened(query) if query is not None else (), condition)

    def speeches_on(self, query: Query) -> list[int]:
        """The numbers of speeches on a theme, the best first."""
        return speeches_on(self._sight, self._widened(query))

    def near_topics(self, query: Query) -> list[str]:
        """Public words that share most with what was typed."""
        return Suggester(self._shown, self._sight).topics(query)

    def _widened(self, query: Query) -> tuple[Term, ...]:
        return self._synonyms.widen(query.terms)[0]

    # --- order ------------------------------------------------------------------------------------------------------

    def _ranked(self, wanted: SearchCriteria) -> tuple[list[Seen], bool]:
        """The hits that ranking looks at, best first, and whether these are all."""
        found: dict[tuple[int, ...], Seen] = {}
        complete = True
        for scope in self._sight.scopes:
            newest, all_of_scope = self._pool(scope, wanted, _NEWEST)
            found |= newest
            if all_of_scope:
                continue
            complete = False
            for expression in _preferences(wanted.terms):
                found |= self._pool(scope, wanted.narrowed_to(expression), _SPECIAL)[0]
        return self._order(wanted.terms, list(found.values())), complete

    def _pool(
        self, scope: IndexScope, wanted: SearchCriteria, most: int
    ) -> tuple[dict[tuple[int, ...], Seen], bool]:
        """The newest hits of a scope, and whether these are all."""
        sections = self._sight.sections(scope, wanted, most)
        speeches = [] if scope.whole else self._sight.speeches(scope, wanted, _SPEECHES)
        found: list[Seen] = [*sections, *self._sight.without_sections(scope, wanted, speeches)]
        return {one.identity: one for one in found}, len(sections) < most and len(speeches) < _SPEECHES

    def _order(self, terms: Sequence[Term], seen: Sequence[Seen]) -> list[Seen]:
        titles = self._sight.titles(one.speech for one in seen)
        self._deadline.check()
        keyed = [(-score(one, titles[one.speech], terms), -one.date_key, one.speech, one) for one in seen]
        keyed.sort(key=lambda entry: entry[:2])
        return first_page_spread([(entry[2], entry[3]) for entry in keyed])

    def _by_date_behind(self, wanted: SearchCriteria, ranked: list[Seen], skip: int, most: int) -> list[Seen]:
        """The hits behind the ranked ones, newest first, without the first `skip` of all."""
        done = {one.identity for one in ranked}
        passed = len(ranked)
        found: list[Seen] = []
        for one in self._sight.by_date(wanted):
            if one.identity in done:
                continue
            if passed >= skip:
                found.append(one)
                if len(found) == most:
                    break
            passed += 1
        return found

    # --- beside the typed words ---------------------------------------------------------------------------------------

    def _follow_with_synonyms(
        self, query: Query, found: SearchResult, ranked: list[Seen], skip: int, most: int
    ) -> None:
        """Behind the hits of the typed words those of their synonyms; they don't count in the total."""
        widened, used = self._synonyms.widen(query.terms)
        if not used:
            return
        others, _ = self._ranked(SearchCriteria(widened, query.filters))
        done = {one.identity for one in ranked}
        following = [one for one in others if one.identity not in done][:_FOLLOWING]
        if not following:
            return
        found.following, found.synonyms = len(following), used
        hits = hits_of(following[skip : skip + most], widened)
        found.hits += [replace(hit, instead=used) for hit in hits]

    def _help(self, query: Query, found: SearchResult, limit: int) -> None:
        """What to offer where nothing holds every typed word: guesses, near hits, near topics."""
        guesser = Suggester(self._shown, self._sight)
        found.guesses = guesser.guesses(query)
        if found.guesses and not found.hits:
            self._show_guess(query, found, limit)
        self._add_near(query, found, limit)
        if not found.guesses:
            found.topics = guesser.topics(query)

    def _show_guess(self, query: Query, found: SearchResult, limit: int) -> None:
        """The first hits of the best guess, as hits that lack what was typed."""
        best = query.with_terms(found.guesses[0].terms)
        ranked, _ = self._ranked(SearchCriteria(best.terms, best.filters))
        found.near = hits_of(ranked[:limit], best.terms)
        self._add_near(best, found, limit)
        changed = tuple(term.typed for term in query.terms if term not in best.terms)
        instead = tuple(term.typed for term in best.terms if term not in query.terms)
        found.near = [replace(hit, missing=changed, instead=instead) for hit in found.near]

    def _add_near(self, query: Query, found: SearchResult, limit: int) -> None:
        """Fill up with hits that hold some of what was typed."""
        if len(found.near) >= limit:
            return
        have = {_hit_key(hit) for hit in [*found.hits, *found.near]}
        for one in near_hits(self._sight, query.with_terms(self._widened(query)), limit):
            hit = hits_of([one.seen], one.terms)[0]
            if _hit_key(hit) not in have and len(found.near) < limit:
                found.near.append(replace(hit, missing=one.missing))


def hits_of(seen: Iterable[Seen], terms: Sequence[Term]) -> list[Hit]:
    """What was seen, as hits."""
    return [
        SectionHit(one.id, one.speech, one.whole)
        if isinstance(one, IndexedSection)
        else SpeechHit(one.speech, tuple(term.run_in(one.text) for term in terms))
        for one in seen
    ]


def _preferences(terms: Sequence[Term]) -> list[str]:
    """Which hits ranking should look at beside the newest: terms in a heading, in the title, side by side."""
    if not terms:
        return []
    expressions = [in_label(terms), in_title(terms)]
    for one, other in pairwise(terms):
        joined = (gram_query(first.run[-1] + second.run[0]) for first, second in ((one, other), (other, one)))
        expressions.append("(" + " OR ".join(joined) + ")")
    return expressions


def _hit_key(hit: Hit) -> int:
    return hit.id if isinstance(hit, SectionHit) else -hit.speech
