"""Finds every section that holds all typed terms, the most useful first (docs/rules.md, Commands).

Ranking reads a bounded number of hits; the others follow by date, so that every hit stays reachable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from jianggao.database.reading_threads import Snapshot
from jianggao.errors import TooSlow
from jianggao.library.section_ids import IdRange
from jianggao.search.criteria import SearchCriteria, in_label, in_title
from jianggao.search.indexed_texts import IndexedSection, IndexedText
from jianggao.search.partial_matches import partial_hits
from jianggao.search.query import Query, Term
from jianggao.search.quotes import Quote, quotes
from jianggao.search.ranking import first_page_spread, score
from jianggao.search.similar import Similar, similar_sections
from jianggao.search.suggestions import Suggester, Suggestion
from jianggao.search.synonyms import NO_SYNONYMS, Synonyms
from jianggao.search.themes import speeches_on
from jianggao.search.visible_index import VisibleIndex
from jianggao.search.visible_scopes import IndexScope
from jianggao.text.bigrams import gram_query

COUNT_LIMIT = 500
_NEWEST, _SPECIAL, _SPEECHES = 90, 30, 30
"""How many of the newest hits are ranked, and of those with the terms in a heading, in the title, or side by
side."""
_SYNONYMS_BELOW = 20
"""With so many hits of the typed words nobody needs those of their synonyms."""
_FOLLOWING = 20
"""How many hits of synonyms are offered behind those of the typed words."""


@dataclass(frozen=True, slots=True)
class SectionHit:
    """A section that was found.

    `whole` tells whether its whole text was searched or its public part alone. `missing` are typed words that
    it lacks, `instead` are words that it holds instead of typed ones (a synonym, a suggestion).
    """

    id: int
    speech: int
    whole: bool
    missing: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeechHit:
    """A speech that was found by its title, public headings or keywords alone."""

    speech: int
    found_by: tuple[str, ...]
    """The runs that stand there."""
    missing: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


Hit = SectionHit | SpeechHit


@dataclass(slots=True)
class SearchResult:
    """The page of hits that was asked for, or what is offered where there are none."""

    total: int
    """How many texts hold every typed word, up to the limit asked for."""
    exact: bool
    """Whether `total` is the true number, not the limit."""
    hits: list[Hit] = field(default_factory=list)
    following: int = 0
    """How many hits of `synonyms` stand behind those that `total` counts."""
    synonyms: tuple[str, ...] = ()
    near: list[Hit] = field(default_factory=list)
    """Where nothing holds every typed word: hits that hold some of them, or those of the best suggestion."""
    suggestions: list[Suggestion] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    cut_short: bool = False
    """Whether the time was over before everything was found."""


class Search:
    """Searches one snapshot for someone who may read the span `readable` of dates; None: public text alone.

    `in_group`: the answer stands in a member group. Typed words are searched in all that the asker may read;
    but what the answer says by itself (suggestions, words that texts share, quotes) is taken from texts that
    may be shown there.
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
        self._searched = VisibleIndex(snapshot, readable)
        self._shown = VisibleIndex(snapshot, readable, in_group=in_group) if in_group else self._searched
        self._synonyms = synonyms

    def find(
        self, query: Query, *, skip: int = 0, limit: int = 5, count_limit: int | None = COUNT_LIMIT
    ) -> SearchResult:
        """Returns the hits `skip` … `skip + limit`, best first, and how many there are.

        When the time is over, those that were found and ranked by then. Raises TooSlow if there are none by
        then.
        """
        result = SearchResult(0, exact=False)
        try:
            self._find(query, result, skip, limit, count_limit)
        except TooSlow:
            if not (result.hits or result.near or result.suggestions):
                raise
            result.cut_short = True
        return result

    def _find(
        self, query: Query, result: SearchResult, skip: int, limit: int, count_limit: int | None
    ) -> None:
        """Fills in the result step by step, so that what is there when the time is over can be shown."""
        criteria = SearchCriteria(query.terms, query.filters)
        ranked, all_ranked = self._ranked(criteria)
        result.total, result.exact = len(ranked), all_ranked
        page = ranked[skip : skip + limit]
        result.hits = hits_of(page, query.terms)
        # 工作 stands in ten thousand sections: only then are they counted apart from those that were ranked.
        if not all_ranked:
            result.total, result.exact = self._searched.count(criteria, count_limit)
        if len(page) < limit and skip + len(page) < result.total:
            page += self._by_date_behind(criteria, ranked, skip + len(page), limit - len(page))
            result.hits = hits_of(page, query.terms)
        # 三农 stands in one section, 农业 in thirty: whoever typed 三农 is shown them too, behind that one.
        if result.total < _SYNONYMS_BELOW and query.terms:
            self._follow_with_synonyms(
                query, result, ranked, max(0, skip - result.total), limit - len(result.hits)
            )
        if result.total == 0:
            self._offer_help(query, result, limit)

    def newest_matches(self, query: Query, limit: int) -> list[int]:
        """Returns the ids of up to `limit` of the newest sections that hold all terms.

        Only sections that may be shown count.
        """
        criteria = SearchCriteria(query.terms, query.filters)
        ids: list[int] = []
        for scope in self._shown.scopes:
            ids += [section.id for section in self._shown.sections(scope, criteria, limit - len(ids))]
        return ids

    def similar(self, text: str, speech: int, limit: int) -> list[Similar]:
        """Returns sections of other speeches on the same matter as `text`, which stands in `speech`."""
        return similar_sections(self._shown, text, speech, limit)

    def quotes(self, query: Query | None, condition: tuple[str, Sequence[object]]) -> list[Quote]:
        """Returns sentences worth quoting in sections that fulfil `condition`.

        With a query they are on its theme.
        """
        if query is not None:
            query = query.with_terms(self._widened(query))
        return quotes(self._shown, query, condition)

    def speeches_on(self, query: Query) -> list[int]:
        """Returns the numbers of speeches on a theme, the best first."""
        return speeches_on(self._searched, self._widened(query))

    def near_topics(self, query: Query) -> list[str]:
        """Returns public words that share most bigrams with the query."""
        return Suggester(self._shown, self._searched).topics(query)

    def _widened(self, query: Query) -> tuple[Term, ...]:
        return self._synonyms.widen(query.terms)[0]

    # --- order ----------------------------------------------------------------------------------------------

    def _ranked(self, criteria: SearchCriteria) -> tuple[list[IndexedText], bool]:
        """Returns the hits that ranking reads, best first, and whether these are all."""
        pool: dict[tuple[int, ...], IndexedText] = {}
        complete = True
        for scope in self._searched.scopes:
            newest, all_of_scope = self._pool(scope, criteria, _NEWEST)
            pool |= newest
            if all_of_scope:  # no preferred hit can be missing
                continue
            complete = False
            for expression in _preferences(criteria.terms):
                pool |= self._pool(scope, criteria.narrowed_to(expression), _SPECIAL)[0]
        return self._order(criteria.terms, list(pool.values())), complete

    def _pool(
        self, scope: IndexScope, criteria: SearchCriteria, limit: int
    ) -> tuple[dict[tuple[int, ...], IndexedText], bool]:
        """Returns the newest hits of a scope by identity, and whether these are all."""
        sections = self._searched.sections(scope, criteria, limit)
        speeches = [] if scope.whole else self._searched.speeches(scope, criteria, _SPEECHES)
        texts: list[IndexedText] = [*sections, *self._searched.without_sections(scope, criteria, speeches)]
        return {text.identity: text for text in texts}, len(sections) < limit and len(speeches) < _SPEECHES

    def _order(self, terms: Sequence[Term], texts: Sequence[IndexedText]) -> list[IndexedText]:
        """Returns the texts by score, of equal ones the newer first, spread over speeches."""
        titles = self._searched.titles(text.speech for text in texts)
        self._deadline.check()
        keyed = [
            (-score(text, titles[text.speech], terms), -text.date_key, text.speech, text) for text in texts
        ]
        keyed.sort(key=lambda entry: entry[:2])
        return first_page_spread([(entry[2], entry[3]) for entry in keyed])

    def _by_date_behind(
        self, criteria: SearchCriteria, ranked: list[IndexedText], skip: int, limit: int
    ) -> list[IndexedText]:
        """Returns the hits behind the ranked ones, newest first, without the first `skip` of all hits."""
        done = {text.identity for text in ranked}
        passed = len(ranked)
        page: list[IndexedText] = []
        for text in self._searched.by_date(criteria):
            if text.identity in done:
                continue
            if passed >= skip:
                page.append(text)
                if len(page) == limit:
                    break
            passed += 1
        return page

    # --- beside the typed words -----------------------------------------------------------------------------

    def _follow_with_synonyms(
        self, query: Query, result: SearchResult, ranked: list[IndexedText], skip: int, limit: int
    ) -> None:
        """Appends the hits of the synonyms behind those of the typed words.

        They don't count in the total.
        """
        widened, used = self._synonyms.widen(query.terms)
        if not used:
            return
        with_synonyms, _ = self._ranked(SearchCriteria(widened, query.filters))
        done = {text.identity for text in ranked}
        following = [text for text in with_synonyms if text.identity not in done][:_FOLLOWING]
        if not following:
            return
        result.following, result.synonyms = len(following), used
        hits = hits_of(following[skip : skip + limit], widened)
        result.hits += [replace(hit, instead=used) for hit in hits]

    def _offer_help(self, query: Query, result: SearchResult, limit: int) -> None:
        """Adds what to offer where nothing holds every typed word: suggestions, partial hits, related
        topics."""
        suggester = Suggester(self._shown, self._searched)
        result.suggestions = suggester.suggestions(query)
        if result.suggestions and not result.hits:
            self._show_best_suggestion(query, result, limit)
        self._add_partial(query, result, limit)
        # Who gets a suggestion was understood; topics are for those who must begin anew.
        if not result.suggestions:
            result.topics = suggester.topics(query)

    def _show_best_suggestion(self, query: Query, result: SearchResult, limit: int) -> None:
        """Adds the first hits of the best suggestion, as hits that lack what was typed."""
        best = query.with_terms(result.suggestions[0].terms)
        ranked, _ = self._ranked(SearchCriteria(best.terms, best.filters))
        result.near = hits_of(ranked[:limit], best.terms)
        self._add_partial(best, result, limit)
        changed = tuple(term.typed for term in query.terms if term not in best.terms)
        instead = tuple(term.typed for term in best.terms if term not in query.terms)
        result.near = [replace(hit, missing=changed, instead=instead) for hit in result.near]

    def _add_partial(self, query: Query, result: SearchResult, limit: int) -> None:
        """Fills the page up with hits that hold some of the typed words."""
        if len(result.near) >= limit:
            return
        shown = {_hit_key(hit) for hit in [*result.hits, *result.near]}
        for partial in partial_hits(self._searched, query.with_terms(self._widened(query)), limit):
            hit = hits_of([partial.match], partial.terms)[0]
            if _hit_key(hit) not in shown and len(result.near) < limit:
                result.near.append(replace(hit, missing=partial.missing))


def hits_of(texts: Iterable[IndexedText], terms: Sequence[Term]) -> list[Hit]:
    """Returns the texts as hits; of a speech with the runs of the terms that it was found by."""
    return [
        SectionHit(text.id, text.speech, text.whole)
        if isinstance(text, IndexedSection)
        else SpeechHit(text.speech, tuple(term.run_in(text.text) for term in terms))
        for text in texts
    ]


def _preferences(terms: Sequence[Term]) -> list[str]:
    """Returns FTS5 expressions of hits that ranking should read beside the newest ones.

    For 粮食安全 the section headed so may be four years old and have 400 newer sections before it that only
    mention the words: terms in a heading, in the title, or side by side must not depend on the date.
    """
    if not terms:
        return []
    expressions = [in_label(terms), in_title(terms)]
    for term, following in pairwise(terms):
        pairs = ((term, following), (following, term))
        joined = (gram_query(first.run[-1] + second.run[0]) for first, second in pairs)
        expressions.append("(" + " OR ".join(joined) + ")")
    return expressions


def _hit_key(hit: Hit) -> int:
    return hit.id if isinstance(hit, SectionHit) else -hit.speech
