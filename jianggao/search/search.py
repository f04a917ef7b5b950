"""Finds every section that holds all typed terms, the most useful first (docs/rules.md, Search).

Ranking reads a bounded number of hits; the others follow by date, so that every hit stays reachable. Speeches that
were typed by name stand before them; behind few hits stand those of synonyms, and then what holds some of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from jianggao.database.reading_threads import Snapshot
from jianggao.errors import TooSlow
from jianggao.library.section_ids import IdRange
from jianggao.search.criteria import SearchCriteria
from jianggao.search.hits import HitGroup, HitsBehind, SearchResult, SectionHit, hits_of, hits_with_names
from jianggao.search.indexed_texts import IndexedText
from jianggao.search.partial_matches import partial_hits
from jianggao.search.passage_queries import PassageQuery, openings_of_dates, passage_query
from jianggao.search.passages import passages_by_place
from jianggao.search.pasted import pasted_matches
from jianggao.search.query import Query, Term
from jianggao.search.quotes import Quote, quotes
from jianggao.search.ranked_texts import by_date_behind, counted_alone, ranked_texts
from jianggao.search.ranking import FIRST_PAGE
from jianggao.search.requests import request_query, typed_in, wants_speech
from jianggao.search.similar import Similar, similar_sections
from jianggao.search.speech_names import named_speeches, theme_of_name, with_named
from jianggao.search.suggestions import Suggester
from jianggao.search.synonyms import NO_SYNONYMS, Synonyms
from jianggao.search.theme_sections import sections_about
from jianggao.search.themes import speeches_on
from jianggao.search.typed_words import is_telling
from jianggao.search.visible_index import VisibleIndex
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import keywords

COUNT_LIMIT = 500
_SYNONYMS_BELOW = 20
"""With so many hits of the typed words nobody needs those of their synonyms."""
_FOLLOWING = 20
"""How many hits of synonyms are offered behind those of the typed words."""
_FEW = 10
"""With so many hits of the typed words nobody needs texts that hold only some of them."""
_PARTIAL = 20
"""How many of these are offered."""
_PASTED, _THEME_WORDS = 20, 6
"""Sections listed that hold some of a pasted paragraph, and words of it by which others on its matter are found."""
_NAMED_SYNONYMS = 6
"""Words named at most that were searched for beside the typed ones."""


class Search:
    """Searches one snapshot for someone who may read the span `readable` of dates; None: public text alone.

    `in_group`: the answer stands in a member group. Texts that hold what was typed are searched in all that the asker
    may read; but whatever else is listed or said (synonyms, kinds of passages, texts with some of the words,
    suggestions, quotes) goes by what may be shown there.
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
        self._searched = VisibleIndex(snapshot, readable, by_public_meaning=in_group)
        self._shown = VisibleIndex(snapshot, readable, in_group=in_group) if in_group else self._searched
        self._synonyms = synonyms

    def find(
        self, query: Query, *, skip: int = 0, limit: int = 5, count_limit: int | None = COUNT_LIMIT
    ) -> SearchResult:
        """Returns the hits `skip` … `skip + limit`, best first, and how many there are.

        When the time is over, those that were found and ranked by then; raises TooSlow if there are none.
        """
        result = SearchResult(0, exact=False)
        try:
            self._find(query, result, skip, limit, count_limit)
        except TooSlow:
            if not (result.hits or result.suggestions):
                raise
            result.cut_short = True
        return result

    def _find(
        self, query: Query, result: SearchResult, skip: int, limit: int, count_limit: int | None
    ) -> None:
        """Fills in the result step by step, so that what is there can be shown when the time is over."""
        typed = query
        if query.is_paragraph:
            if self._find_pasted(query, result, skip, limit) or not (instead := typed_in(query)):
                return
            # 我们明天要开一个座谈会，有没有…: it stands nowhere, and asks for something.
            typed = result.searched = instead
            result.hits, result.following = [], 0
        self._find_words(typed, result, skip, limit, count_limit)

    def _find_words(
        self, query: Query, result: SearchResult, skip: int, limit: int, count_limit: int | None
    ) -> None:
        asked = passage_query(query)
        if asked and asked.is_certain and self._find_passages(query, asked, result, skip, limit, count_limit):
            return
        typed = self._find_typed(query, result, skip, limit, count_limit)
        matter = request_query(query) if result.total < _FEW else None
        asked = asked or (passage_query(matter) if matter is not None else None)
        if asked and asked.may_be_meant(query, typed, is_little=result.total < _FEW):
            # What was certain has been looked for.
            if not asked.is_certain and self._find_passages(query, asked, result, skip, limit, count_limit):
                return
            matter = asked.theme(query) or matter
        if result.total == 0:
            # 2024-06-28 stands in no text: then the speeches of that day are meant.
            day = openings_of_dates(query)
            if day and self._find_passages(query, day, result, skip, limit, count_limit, is_guess=True):
                return
            by_name = theme_of_name(matter or query)
            matter = by_name or matter
            if matter is not None:
                # Nothing holds the request as it was typed: what it asks for is searched for instead.
                result.read_as, result.searched = matter.text, matter
                wants_section = by_name is None and not wants_speech(query.text)
                typed = self._find_typed(
                    matter, result, skip, limit, count_limit, sections_first=wants_section
                )
                query = matter
        self._add_behind(query, matter or query, result, typed, skip, limit)

    def sections_about(self, query: Query, limit: int, topics: Sequence[str] = ()) -> list[int]:
        """Returns the ids of sections that are about the terms, newest first; where there are none, of those
        about their synonyms.

        `topics` are those whose names hold the terms (`theme_sections.sections_about`). Only what may be
        shown counts.
        """
        found = sections_about(self._shown, query.terms, query.filters, limit, topics)
        return found or sections_about(self._shown, self._widened(query), query.filters, limit)

    def similar(self, label: str, body: str, speech: int, limit: int) -> list[Similar]:
        """Returns sections of other speeches on the same matter as one of `speech`, by its headings and
        body."""
        return similar_sections(self._shown, label, body, speech, limit)

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
        return Suggester(self._shown).topics(query)

    def _widened(self, query: Query) -> tuple[Term, ...]:
        return self._synonyms.widen(query.terms)[0]

    # --- what was typed -------------------------------------------------------------------------------------
    def _find_typed(
        self,
        query: Query,
        result: SearchResult,
        skip: int,
        limit: int,
        count_limit: int | None,
        *,
        sections_first: bool = False,
    ) -> list[IndexedText]:
        """Fills in the hits that hold all terms; returns those that ranking has read, named speeches too.

        `sections_first`: a speech whose name may be a theme stands behind the first section.
        """
        # Of what kinds a text is follows from its body, which wasn't typed.
        index = self._shown if query.filters.kinds else self._searched
        criteria = SearchCriteria(query.terms, query.filters)
        named = named_speeches(index, query)
        ranked, all_ranked = ranked_texts(index, criteria)
        names = {found.speech.identity for found in named}
        others = [text for text in ranked if text.identity not in names]
        listed = with_named(named, others, sections_first=sections_first)
        result.total, result.exact = len(listed), all_ranked
        page = listed[skip : skip + limit]
        result.hits = hits_with_names(page, named, query.terms)
        # 工作 stands in ten thousand sections: only then are they counted apart from those that were ranked.
        if not all_ranked:
            total, result.exact = index.count(criteria, count_limit)
            counted = counted_alone(index, criteria, [found.speech for found in named])
            result.total = total + (len(named) - counted if result.exact else 0)
        if len(page) < limit and skip + len(page) < result.total:
            page += by_date_behind(index, criteria, listed, skip + len(page), limit - len(page))
            result.hits = hits_with_names(page, named, query.terms)
        return listed

    def _find_passages(
        self,
        query: Query,
        asked: PassageQuery,
        result: SearchResult,
        skip: int,
        limit: int,
        count_limit: int | None,
        *,
        is_guess: bool = False,
    ) -> bool:
        """Fills in the passages of the kinds that were asked for; returns whether there are any (of a guess: on it)."""
        found = SearchResult(0, exact=True)
        typed_terms = asked.terms
        if asked.is_by_place:
            placed = passages_by_place(self._shown, query, asked, self._synonyms)
            theme, sections = placed.theme, placed.on_theme
            asked = replace(asked, terms=theme.terms)
            found.total, found.exact = len(sections), placed.is_all
            found.hits = hits_of(sections[skip : skip + limit], asked.terms)
            listed = {section.identity for section in sections}
            HitsBehind(listed, max(0, skip - found.total), limit, found).add_partial(placed.others)
            found.hits = [
                replace(hit, as_closing=hit.id in placed.closings) if isinstance(hit, SectionHit) else hit
                for hit in found.hits
            ]
        else:
            theme = asked.filtering(query)
            typed = self._find_typed(theme, found, skip, limit, count_limit)
            self._add_behind(
                theme, theme, found, typed, skip, limit, guessing=False, of_kinds_alone=asked.is_explicit
            )
        if not (found.total or (found.following and not is_guess)):
            return False
        result.total, result.exact, result.following = found.total, found.exact, found.following
        result.hits, result.synonyms, result.by_synonyms = found.hits, found.synonyms, found.by_synonyms
        result.searched = theme
        # Who typed 结尾:乡村振兴现场会 is told, too, that 乡村振兴 was looked for.
        if not asked.is_explicit or asked.terms != typed_terms:
            words = [*(term.typed for term in asked.terms), *(kind.value for kind in asked.kinds)]
            result.read_as = " ".join(words)
        return True

    def _find_pasted(self, query: Query, result: SearchResult, skip: int, limit: int) -> bool:
        """Fills in where a pasted paragraph stands, as it is and reworked, and what else is on its matter; returns
        whether it stands anywhere."""
        matches = pasted_matches(self._searched, query, _PASTED)
        groups = [HitGroup.TYPED if match.is_word_for_word else HitGroup.REWORKED for match in matches]
        hits = hits_of([match.section for match in matches], query.terms)
        result.total, result.exact = len(hits), len(hits) < _PASTED
        result.hits = [replace(hit, group=group) for hit, group in zip(hits, groups, strict=True)]
        result.hits = result.hits[skip : skip + limit]
        listed = {match.section.identity for match in matches}
        behind = HitsBehind(listed, max(0, skip - result.total), limit, result)
        similar = [] if query.filters else similar_sections(self._shown, "", query.text, 0, FIRST_PAGE)
        near: list[IndexedText] = [one.section for one in similar]
        telling = filter(is_telling, map(normal_form, keywords(query.text, 2 * _THEME_WORDS)))
        words = [Term(word, (word,)) for word in islice(telling, _THEME_WORDS)]
        on_theme = partial_hits(self._shown, query.with_terms(words), FIRST_PAGE, self._synonyms)
        near += [hit.match for hit in on_theme if len(hit.terms) > 2]
        behind.add(near, words, HitGroup.SAME_MATTER, most=FIRST_PAGE)
        return bool(matches)

    # --- behind what was typed ------------------------------------------------------------------------------

    def _add_behind(
        self,
        query: Query,
        matter: Query,
        result: SearchResult,
        typed: list[IndexedText],
        skip: int,
        limit: int,
        *,
        guessing: bool = True,
        of_kinds_alone: bool = True,
    ) -> None:
        """Appends what stands behind few hits, of which nothing counts in the total.

        `matter` is the query without the frame of a request, by which texts that hold some of it are found.
        """
        if not query.terms or result.total >= _SYNONYMS_BELOW:
            return
        behind = HitsBehind({text.identity for text in typed}, max(0, skip - result.total), limit, result)
        # 三农 stands in one section, 农业 in thirty: whoever typed 三农 is shown them too, behind that one.
        self._add_synonyms(query, result, behind)
        suggester = Suggester(self._shown)
        # 上访 stands for 信访, and is no slip of 上放.
        is_known = all(self._synonyms.knows(term.run) for term in query.terms)
        if result.total == 0 and guessing and not is_known:
            matter = self._guessed(query, matter, result, behind, suggester)
        if result.total < _FEW:
            found = partial_hits(
                self._shown,
                matter,
                _PARTIAL,
                self._synonyms,
                of_kinds_alone=of_kinds_alone,
                by_meaning=result.total == 0,  # behind hits nobody needs them
                behind_all=True,
            )
            behind.add_partial(found)
            words = [word for hit in found for word in hit.synonyms]
            result.synonyms = tuple(dict.fromkeys((*result.synonyms, *words)))[:_NAMED_SYNONYMS]
        # Who gets a suggestion was understood; topics are for those who must begin anew.
        if result.total == 0 and guessing and not result.suggestions:
            result.topics = suggester.topics(matter)

    def _guessed(
        self, query: Query, matter: Query, result: SearchResult, behind: HitsBehind, suggester: Suggester
    ) -> Query:
        """Fills in suggestions for a query without hits; returns the matter, a slip in it mended if it is the query."""
        result.suggestions = suggester.suggestions(query)
        if result.suggestions:
            if result.by_synonyms or not result.suggestions[0].has_news(query):
                return matter
            meant = self._add_best_suggestion(query, result, behind)
            return meant if matter is query else matter
        alike = suggester.alike(query) if matter is query else None
        if alike is None:
            return matter
        # Nothing holds 农民工 and 工资 together, but who typed 农名工工资 meant these.
        result.read_as = " ".join(term.typed for term in alike)
        return query.with_terms(alike)

    def _add_synonyms(self, query: Query, result: SearchResult, behind: HitsBehind) -> None:
        """Appends the hits of synonyms."""
        widened, used = self._synonyms.widen(query.terms)
        if not used:
            return
        with_synonyms, _ = ranked_texts(self._shown, SearchCriteria(widened, query.filters))
        before = result.following
        behind.add(with_synonyms, widened, HitGroup.SYNONYM, instead=used, most=_FOLLOWING)
        result.by_synonyms = result.following - before
        if result.by_synonyms:
            result.synonyms = used

    def _add_best_suggestion(self, query: Query, result: SearchResult, behind: HitsBehind) -> Query:
        """Appends the first hits of the best suggestion, as hits that lack what was typed; returns it as a query."""
        best = query.with_terms(result.suggestions[0].terms)
        changed = tuple(term.typed for term in query.terms if term not in best.terms)
        instead = tuple(term.typed for term in best.terms if term not in query.terms)
        ranked, _ = ranked_texts(self._shown, SearchCriteria(best.terms, best.filters))
        behind.add(ranked, best.terms, HitGroup.SUGGESTED, missing=changed, instead=instead, most=FIRST_PAGE)
        return best
