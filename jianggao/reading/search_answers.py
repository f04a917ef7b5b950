"""Answers to searches: hits become what may be shown of them at a desk, and what leaves is recorded first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from jianggao.access.verdicts import PlaceKind, SectionFacts, Shown, Verdict
from jianggao.errors import NotFound, WrongUse
from jianggao.library import speech_store
from jianggao.library.section_ids import Audience
from jianggao.phrases.heading_patterns import count_patterns
from jianggao.reading.outlines import outline_view
from jianggao.reading.session import Effect, ReadingSession, facts, whole_heading
from jianggao.reading.views import (
    HitView,
    Leaving,
    QuotesPage,
    QuoteView,
    SearchPage,
    SimilarPage,
    ThemeOutlines,
)
from jianggao.search import (
    COUNT_LIMIT,
    Hit,
    Query,
    Search,
    SearchResult,
    SectionHit,
    SpeechHit,
    Term,
    parse_query,
    snippet,
)
from jianggao.text.normal_form import normal_form, normal_positions
from jianggao.text.quoting import quoted

T = TypeVar("T")
PAGE_SIZE = 5
_OUTLINES, _PATTERNED, _PATTERNS = 3, 20, 6
_SHARED = 3
_CLOSING = re.compile(r"[。！？…”’」』）》]+")
_MOST_IN_TIME, _SECONDS_A_HIT = 100, 0.01
"""So many hits are listed in the time of a question; who asks for more, at the terminal, waits for them."""
_LISTED = 12
"""How many valid values an answer names."""


async def search_page(
    session: ReadingSession, text: str, page: int, size: int, effect: Effect | None
) -> SearchPage:
    """A page of hits on what was typed. Raises WrongUse for a query that can't be searched for, NotFound for a page
    that doesn't exist."""
    query = await _query(session, text)
    found, looked_at = await _find(
        session,
        lambda search: search.find(query, skip=(page - 1) * size, limit=size, count_limit=COUNT_LIMIT),
    )
    pages = -(-(found.total + found.following) // size)
    if page > max(1, pages) and not found.hits:
        raise NotFound(f"没有第 {page} 页（共 {pages} 页）。")
    hits = [*found.hits, *found.near]
    views, unwritable = await hit_views(
        session, hits, looked_at, query, "search", effect, near_from=len(found.hits)
    )
    return _page(session, query, found, views, page, pages, unwritable)


def seconds_for(limit: int) -> float:
    """The further seconds that a long list of hits takes."""
    return max(0, limit - _MOST_IN_TIME) * _SECONDS_A_HIT


async def first_hits(session: ReadingSession, text: str, limit: int) -> SearchPage:
    """The first `limit` hits and the exact total, for the operator's own terminal: nothing leaves, nothing is
    recorded."""
    query = await _query(session, text)
    found, looked_at = await _find(
        session, lambda search: search.find(query, limit=limit, count_limit=None), seconds_for(limit)
    )
    bodies = {number: row.body for number, row in looked_at.rows.items()}
    views = [
        _hit_view(session, hit, query, looked_at, bodies, near=place >= len(found.hits))
        for place, hit in enumerate([*found.hits, *found.near])
    ]
    return _page(session, query, found, views, 1, -(-(found.total + found.following) // max(1, limit)))


async def hit_views(
    session: ReadingSession,
    hits: Sequence[Hit],
    looked_at: speech_store.LookedUp,
    query: Query,
    form: str,
    effect: Effect | None,
    *,
    near_from: int,
) -> tuple[list[HitView], str]:
    """What of hits may be shown at the desk; those from `near_from` on hold only some of what was typed. With it why
    nothing could be recorded, where that is so."""
    shown = [row for row in looked_at.rows.values() if isinstance(session.access.visible(facts(row)), Shown)]
    leaving = await session.let_leave(shown, form, effect)
    views = [
        _hit_view(session, hit, query, looked_at, leaving.by_id, near=place >= near_from)
        for place, hit in enumerate(hits)
    ]
    return views, leaving.unwritable


async def similar_page(
    session: ReadingSession, row: speech_store.SectionRow, title: str, effect: Effect | None
) -> SimilarPage:
    """Sections on the same matter as a given one. What may be shown at the desk is all that is compared, and all of
    which shared words are named."""
    shown = isinstance(session.access.visible(facts(row)), Shown)
    body = row.body if shown else ""
    whole = shown and session.is_private and session.reads_beyond_previews(row)
    heading = whole_heading(row) if whole else row.public_label
    text = "\n".join([heading, body] if body else [title, heading])
    found, looked_at = await _search_and_look_up(
        session,
        lambda search: search.similar(text, row.speech, PAGE_SIZE),
        lambda found: [SectionHit(one.section.id, one.section.speech, one.section.whole) for one in found],
    )
    found = [
        one for one in found if one.section.id in looked_at.rows and one.section.speech in looked_at.titles
    ]
    query = Query(title, tuple(Term(word, (word,)) for one in found for word in one.shared))
    hits = [SectionHit(one.section.id, one.section.speech, one.section.whole) for one in found]
    views, unwritable = await hit_views(
        session, hits, looked_at, query, "similar", effect, near_from=len(hits)
    )
    shared = [replace(view, found_by=one.shared[:_SHARED]) for view, one in zip(views, found, strict=True)]
    return SimilarPage(
        f"{row.speech}.{row.ordinal}",
        title,
        row.public_label,
        tuple(shared),
        allowance_spent=is_spent(views),
        leaving=_leaving(session, views, [row.speech]),
        unwritable=unwritable,
    )


async def quotes_page(session: ReadingSession, theme: str, page: int, effect: Effect | None) -> QuotesPage:
    """A page of sentences worth quoting that may be shown here. Raises WrongUse, NotFound for a page that isn't
    there."""
    query = await _query(session, theme) if theme else None
    condition = session.access.condition()
    on_page = slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    found, looked_at = await _search_and_look_up(
        session,
        lambda search: search.quotes(query, condition),
        lambda found: [SectionHit(one.section, one.speech, True) for one in found[on_page]],
    )
    chosen = [
        one for one in found[on_page] if one.section in looked_at.rows and one.speech in looked_at.titles
    ]
    gone = len(found[on_page]) - len(chosen)
    pages = -(-(len(found) - gone) // PAGE_SIZE)
    if page > max(1, pages):
        raise NotFound(f"没有第 {page} 页（共 {pages} 页）。")
    rows = list(looked_at.rows.values())
    let = await session.let_leave(rows, "quotes", effect)
    bodies = let.by_id
    views = [
        QuoteView(
            f"{one.speech}.{looked_at.rows[one.section].ordinal}",
            looked_at.titles[one.speech].title,
            _quoted(looked_at.rows[one.section].body, one.start, one.stop, bodies[one.section]),
        )
        for one in chosen
        if one.section in bodies
    ]
    leaving = Leaving.of([one.speech for one in chosen], bodies, reach=session.reach)
    return QuotesPage(
        theme,
        page,
        pages,
        tuple(views),
        allowance_spent=len(views) < len(chosen),
        leaving=leaving,
        unwritable=let.unwritable,
    )


def _quoted(body: str, start: int, stop: int, leaving: str) -> str:
    """The stretch of a body as it stands in the text that leaves, which may differ in punctuation and line breaks."""
    before, within = len(normal_form(body[:start])), len(normal_form(body[start:stop]))
    _, places = normal_positions(leaving)
    first, last = places[before], places[before + within - 1] + 1
    end = _CLOSING.match(leaving, last)
    opening = leaving[first - 1] if first and leaving[first - 1] in "“‘《「" else ""
    return (opening + leaving[first : end.end() if end else last]).replace("\n", "")


async def theme_outlines(session: ReadingSession, theme: str) -> ThemeOutlines:
    """The heading trees of the best speeches on a theme and what their headings have in common. Raises WrongUse."""
    query = await _query(session, theme)
    numbers = await session.search(lambda search: search.speeches_on(query))
    async with session.database.read(session.deadline) as connection:
        found = await speech_store.speeches(connection, numbers[:_PATTERNED])
        # One may have gone since it was found.
        speeches = [found[number] for number in numbers if number in found and found[number].listed]
        outlines = [
            outline_view(session, one, await speech_store.sections_of_version(connection, one.version))
            for one in speeches[:_OUTLINES]
        ]
    if not speeches:
        topics = await session.search(lambda search: search.near_topics(query))
        return ThemeOutlines(theme, (), (), 0, tuple(topics), leaving=Leaving(reach=session.reach))
    headings = [heading.public for one in speeches for heading in one.headings]
    patterns = count_patterns(headings)[:_PATTERNS]
    # Of the other speeches only public headings are counted: those that are named here must still be there.
    leaving = Leaving.of((one.number for one in outlines), reach=session.reach)
    return ThemeOutlines(theme, tuple(outlines), tuple(patterns), len(speeches), leaving=leaving)


async def _find(
    session: ReadingSession, work: Callable[[Search], SearchResult], more: float = 0.0
) -> tuple[SearchResult, speech_store.LookedUp]:
    """What a search for typed words finds, and what of it is shown."""
    found, looked_at = await _search_and_look_up(
        session, work, lambda found: [*found.hits, *found.near], more
    )
    hits = [hit for hit in found.hits if _is_there(hit, looked_at)]
    gone = [hit for hit in found.hits if not _is_there(hit, looked_at)]
    following = sum(bool(hit.instead) for hit in gone)
    there = replace(
        found,
        total=max(0, found.total - len(gone) + following),
        following=max(0, found.following - following),
        hits=hits,
        near=[hit for hit in found.near if _is_there(hit, looked_at)],
    )
    return there, looked_at


async def _search_and_look_up(
    session: ReadingSession,
    work: Callable[[Search], T],
    hits: Callable[[T], Sequence[Hit]],
    more: float = 0.0,
) -> tuple[T, speech_store.LookedUp]:
    """What a search finds, and what is shown of its hits. Each is of a moment of its own: where a hit went between
    them it is searched for once more. What went again is to be left out (`_is_there`)."""
    found = await session.search(work)
    looked_at = await _looked_up(session, hits(found), more)
    if not all(_is_there(hit, looked_at) for hit in hits(found)):
        found = await session.search(work)
        looked_at = await _looked_up(session, hits(found), more)
    return found, looked_at


def _is_there(hit: Hit, looked_at: speech_store.LookedUp) -> bool:
    """Whether a hit can still be found."""
    return hit.speech in looked_at.titles and (isinstance(hit, SpeechHit) or hit.id in looked_at.rows)


async def _looked_up(
    session: ReadingSession, hits: Sequence[Hit], more: float = 0.0
) -> speech_store.LookedUp:
    """What of hits is shown: also of those that were found in the last moment."""
    ids = [hit.id for hit in hits if isinstance(hit, SectionHit)]
    numbers = [hit.speech for hit in hits]
    deadline = session.deadline.for_showing(more)
    return await session.database.run_in_snapshot(
        lambda snapshot: speech_store.look_up(snapshot, ids, numbers), deadline
    )


async def _query(session: ReadingSession, text: str) -> Query:
    """What was typed. Raises WrongUse for what can't be searched for and for a topic or year that isn't there, NotFound
    for such a speech; which ones are is public text."""
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
    return query


def _check_topics(query: Query, topics: Sequence[str]) -> None:
    known = {normal_form(topic) for topic in topics}
    unknown = [topic for topic in query.filters.topics if topic not in known]
    if unknown:
        more = f" 等 {len(topics)} 个" if len(topics) > _LISTED else ""
        raise WrongUse(f"没有{quoted(unknown[0])}这个主题。现有：{'、'.join(topics[:_LISTED])}{more}。")


def _check_years(query: Query, years: Sequence[int]) -> None:
    unknown = [year for year in query.filters.years if year not in years]
    if unknown and years:
        listed = "、".join(map(str, years[:_LISTED]))
        raise WrongUse(f"没有 {unknown[0]} 年的讲稿。现有的年份：{listed}。")


def _hit_view(
    session: ReadingSession,
    hit: Hit,
    query: Query,
    looked_at: speech_store.LookedUp,
    bodies: dict[int, str],
    *,
    near: bool,
) -> HitView:
    speech = looked_at.titles[hit.speech]
    source = looked_at.sources.get(hit.speech, "")
    if isinstance(hit, SpeechHit):
        verdict = _speech_verdict(session, speech)
        number = str(hit.speech)
        return HitView(
            number, speech.title, source, "", None, verdict, hit.found_by, hit.missing, hit.instead
        )
    row = looked_at.rows[hit.id]
    verdict = session.access.visible(facts(row))
    text = None
    if isinstance(verdict, Shown) and row.id in bodies:
        text = snippet(bodies[row.id], (*query.runs, *map(normal_form, hit.instead)), parts=near)
    return HitView(
        number=f"{row.speech}.{row.ordinal}",
        title=speech.title,
        source=source,
        heading=session.heading(row, leaves=row.audience != Audience.PREVIEW and row.id in bodies),
        snippet=text,
        verdict=verdict,
        missing=hit.missing,
        instead=hit.instead,
        section=row.id,
    )


def _speech_verdict(session: ReadingSession, speech: speech_store.SpeechTitle) -> Verdict:
    if session.access.place is PlaceKind.FREE_GROUP:
        return session.access.visible(SectionFacts(Audience.MEMBERS, speech.material_date))
    return session.access.full_text(speech.material_date)


def _leaving(session: ReadingSession, views: Sequence[HitView], others: Iterable[int] = ()) -> Leaving:
    """What an answer of these hits shows; `others` are speeches that it names beside."""
    numbers = [int(view.number.partition(".")[0]) for view in views]
    shown = [view.section for view in views if view.snippet is not None]
    return Leaving.of([*numbers, *others], shown, reach=session.reach)


def is_spent(views: Sequence[HitView]) -> bool:
    """Whether a text that might be shown is missing because the day's allowance is spent."""
    return any(
        view.snippet is None and isinstance(view.verdict, Shown) and "." in view.number for view in views
    )


def _page(
    session: ReadingSession,
    query: Query,
    found: SearchResult,
    views: Sequence[HitView],
    page: int,
    pages: int,
    unwritable: str = "",
) -> SearchPage:
    return SearchPage(
        query=query,
        total=found.total,
        exact=found.exact,
        page=page,
        pages=pages,
        hits=tuple(views[: len(found.hits)]),
        near=tuple(views[len(found.hits) :]),
        guesses=tuple(found.guesses),
        topics=tuple(found.topics),
        following=found.following,
        synonyms=found.synonyms,
        allowance_spent=is_spent(views),
        leaving=_leaving(session, views),
        cut_short=found.cut_short,
        unwritable=unwritable,
    )
