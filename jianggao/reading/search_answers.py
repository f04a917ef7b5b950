"""Answers 检索 and 相近: makes pages of hits, or says which topics and years there are.

What is searched and what is shown are read at different moments; a speech may be withdrawn in between, and
then it is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import aiosqlite

from jianggao.access.verdicts import Shown
from jianggao.errors import NotFound, WrongUse
from jianggao.library import hit_store, speech_store
from jianggao.reading.hit_views import ShownHits, hit_view, shown_hits
from jianggao.reading.session import Effect, ReadingSession, SectionTexts, facts_of, whole_heading
from jianggao.reading.views import SearchPage, SectionHitView, SimilarPage
from jianggao.search import (
    COUNT_LIMIT,
    Hit,
    HitGroup,
    Query,
    Search,
    SearchResult,
    SectionHit,
    Similar,
    SpeechHit,
    Term,
    parse_query,
)
from jianggao.text.normal_form import normal_form
from jianggao.text.quoting import quoted

T = TypeVar("T")
PAGE_SIZE = 5
"""Hits on a page."""
_SHARED = 3
"""How many words that sections share are named."""
_LISTED_IN_TIME, _SECONDS_A_HIT = 100, 0.01
"""A list of up to this many hits fits into the time of a question. Each further hit, which only the terminal
asks for, adds so many seconds."""
_MOST_OF_SPEAKER = 500
"""The newest speeches of a speaker that are searched."""
COUNTED_GROUPS = (HitGroup.TYPED, HitGroup.SYNONYM, HitGroup.REWORKED)
"""Groups of hits that hold all of what was typed or synonyms of it, or much of what was pasted."""
_NAMED = 12
"""How many valid values an answer names."""


async def search_page(
    session: ReadingSession, text: str, page: int, size: int, effect: Effect | None
) -> SearchPage:
    """Returns a page of hits on what was typed, `size` to a page.

    Raises WrongUse for a query that can't be searched for, NotFound for a page that doesn't exist.
    """
    query = await query_of(session, text)
    found, looked_up = await _find(
        session,
        lambda search: search.find(query, skip=(page - 1) * size, limit=size, count_limit=COUNT_LIMIT),
    )
    pages = -(-(found.total + found.following) // size)
    if page > max(1, pages) and not found.hits:
        raise NotFound(f"没有第 {page} 页（共 {pages} 页）。")
    shown = await shown_hits(session, found.hits, looked_up, found.searched or query, "search", effect)
    return _page(session, query, found, shown, page, pages)


def seconds_for(limit: int) -> float:
    """Returns the seconds that a list of so many hits takes beyond the time of a question."""
    return max(0, limit - _LISTED_IN_TIME) * _SECONDS_A_HIT


async def first_hits(session: ReadingSession, text: str, limit: int) -> SearchPage:
    """Returns the first `limit` hits and the exact total, for the operator's own terminal: nothing leaves, so
    nothing is recorded. Raises as `search_page`."""
    query = await query_of(session, text)
    found, looked_up = await _find(
        session, lambda search: search.find(query, limit=limit, count_limit=None), seconds_for(limit)
    )
    texts = SectionTexts(
        {number: row.body for number, row in looked_up.rows.items()}, recorded=frozenset(looked_up.rows)
    )
    views = [hit_view(session, hit, found.searched or query, looked_up, texts) for hit in found.hits]
    pages = -(-(found.total + found.following) // max(1, limit))
    return _page(session, query, found, ShownHits(views, texts), 1, pages)


async def similar_page(
    session: ReadingSession, row: speech_store.SectionRow, title: str, effect: Effect | None
) -> SimilarPage:
    """Returns sections on the same matter as a given one.

    Only what may be shown of that one here is compared, so that the words which sections are said to share
    tell nothing of a locked text.
    """
    is_shown = isinstance(session.access.visible(facts_of(row)), Shown)
    body = row.body if is_shown else ""
    whole = is_shown and session.is_private and session.reads_beyond_previews(row)
    heading = whole_heading(row) if whole else row.public_label
    # Of a text that may not be shown the title is compared too, since a heading alone says little.
    label = heading if body else f"{title}\n{heading}"
    found, looked_up = await find_and_look_up(
        session,
        lambda search: search.similar(label, body, row.speech, PAGE_SIZE),
        lambda found: _hits_of(found),
    )
    found = [match for match, hit in zip(found, _hits_of(found), strict=True) if _is_there(hit, looked_up)]
    hits = _hits_of(found)
    # The shared words take the place of a query: snippets are cut around them.
    query = Query(title, tuple(Term(word, (word,)) for match in found for word in match.shared))
    shown = await shown_hits(session, hits, looked_up, query, "similar", effect)
    views = [
        replace(view, shared=match.shared[:_SHARED])
        for view, match in zip(shown.views, found, strict=True)
        if isinstance(view, SectionHitView)
    ]
    return SimilarPage(
        f"{row.speech}.{row.ordinal}",
        title,
        row.public_label,
        tuple(views),
        allowance_spent=shown.is_allowance_spent,
        contents=shown.contents(session, [row.speech]),
        unwritable=shown.texts.unwritable,
    )


def _hits_of(found: Sequence[Similar]) -> list[SectionHit]:
    return [SectionHit(match.section.id, match.section.speech, match.section.whole) for match in found]


async def query_of(session: ReadingSession, text: str) -> Query:
    """Returns what was typed as a query. Raises WrongUse for what can't be searched for and for a topic or
    year that isn't there, NotFound for a speech that isn't there; which ones there are is public."""
    query = parse_query(text)
    if not query.filters:
        return query
    async with session.database.read(session.deadline) as connection:
        if query.filters.topics:
            _check_topics(query, await speech_store.topics(connection))
        if query.filters.years:
            _check_years(query, await speech_store.years(connection))
        for number in query.filters.speeches:
            await speech_store.require_listed(connection, number)
        if query.filters.speakers:
            query = await _with_speeches_of_speakers(session, query, connection)
    return query


async def _with_speeches_of_speakers(
    session: ReadingSession, query: Query, connection: aiosqlite.Connection
) -> Query:
    """Returns the query narrowed to those speeches of its speakers that the asker may read here.

    Who spoke is no public text: of other speeches nothing is looked up. Raises NotFound if there are none.
    """
    filters, window = query.filters, session.access.window
    theirs: Sequence[int] = ()
    if window is not None and session.searchable is not None:
        theirs = await speech_store.speeches_of(
            connection, filters.speakers, window.first, window.last, _MOST_OF_SPEAKER
        )
    numbers = [number for number in theirs if number in (filters.speeches or theirs)]
    if not numbers:
        name = quoted("、".join(filters.speakers))
        raise NotFound(f"能看全文的讲稿里没有查到{name}主讲的。“主讲:”要写全名；不加“主讲:”可以只搜名字。")
    return replace(query, filters=replace(filters, speeches=tuple(numbers)))


async def _find(
    session: ReadingSession, work: Callable[[Search], SearchResult], more: float = 0.0
) -> tuple[SearchResult, hit_store.LookedUp]:
    """Returns what a search for typed words finds, less the hits that have gone since, and what is stored of
    the rest."""
    found, looked_up = await find_and_look_up(session, work, lambda found: found.hits, more)
    gone = [hit.group for hit in found.hits if not _is_there(hit, looked_up)]
    there = replace(
        found,
        total=max(0, found.total - gone.count(HitGroup.TYPED)),
        following=max(0, found.following - len(gone) + gone.count(HitGroup.TYPED)),
        by_synonyms=max(0, found.by_synonyms - gone.count(HitGroup.SYNONYM)),
        hits=[hit for hit in found.hits if _is_there(hit, looked_up)],
    )
    return there, looked_up


async def find_and_look_up(
    session: ReadingSession,
    work: Callable[[Search], T],
    hits: Callable[[T], Sequence[Hit]],
    more: float = 0.0,
) -> tuple[T, hit_store.LookedUp]:
    """Returns what a search finds, and what is stored of its hits. `more` are seconds beyond the time of a
    question.

    Each is read at a moment of its own: where a hit was withdrawn between them the search is made once more,
    so that a page isn't short. What has gone again then is to be left out by the caller (`_is_there`).
    """
    found = await session.search(work)
    looked_up = await _looked_up(session, hits(found), more)
    if not all(_is_there(hit, looked_up) for hit in hits(found)):
        found = await session.search(work)
        looked_up = await _looked_up(session, hits(found), more)
    return found, looked_up


def _is_there(hit: Hit, looked_up: hit_store.LookedUp) -> bool:
    """Returns whether a hit was still listed when it was looked up."""
    return hit.speech in looked_up.titles and (isinstance(hit, SpeechHit) or hit.id in looked_up.rows)


async def _looked_up(session: ReadingSession, hits: Sequence[Hit], more: float = 0.0) -> hit_store.LookedUp:
    """Returns what is stored of hits. It has a little time of its own, so that what was found in the last
    moment is shown all the same."""
    ids = [hit.id for hit in hits if isinstance(hit, SectionHit)]
    numbers = [hit.speech for hit in hits]
    deadline = session.deadline.for_showing(more)
    return await session.database.run_in_snapshot(
        lambda snapshot: hit_store.look_up(snapshot, ids, numbers), deadline
    )


def _check_topics(query: Query, topics: Sequence[str]) -> None:
    known = {normal_form(topic) for topic in topics}
    unknown = [topic for topic in query.filters.topics if topic not in known]
    if unknown:
        more = f" 等 {len(topics)} 个" if len(topics) > _NAMED else ""
        raise WrongUse(f"没有{quoted(unknown[0])}这个主题。现有：{'、'.join(topics[:_NAMED])}{more}。")


def _check_years(query: Query, years: Sequence[int]) -> None:
    unknown = [year for year in query.filters.years if year not in years]
    if unknown and years:
        listed = "、".join(map(str, years[:_NAMED]))
        raise WrongUse(f"没有 {unknown[0]} 年的讲稿。现有的年份：{listed}。")


def _page(
    session: ReadingSession, query: Query, found: SearchResult, shown: ShownHits, page: int, pages: int
) -> SearchPage:
    return SearchPage(
        # A long sentence that was no paragraph is answered as typed words.
        query=(found.searched or query) if query.is_paragraph else query,
        total=found.total,
        exact=found.exact,
        page=page,
        pages=pages,
        hits=tuple(view for view in shown.views if view.group in COUNTED_GROUPS),
        near=tuple(view for view in shown.views if view.group not in COUNTED_GROUPS),
        suggestions=tuple(found.suggestions),
        topics=tuple(found.topics),
        following=found.following,
        by_synonyms=found.by_synonyms,
        read_as=found.read_as,
        synonyms=found.synonyms,
        allowance_spent=shown.is_allowance_spent,
        contents=shown.contents(session),
        cut_short=found.cut_short,
        unwritable=shown.texts.unwritable,
    )
