"""Answers what people ask on a theme: 金句, and the outlines of 提纲."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from jianggao.errors import NotFound
from jianggao.library import speech_store
from jianggao.phrases.heading_templates import patterns_worth_taking
from jianggao.reading.outline_branches import below, branch_view, is_on, lines_on
from jianggao.reading.outlines import outline_view
from jianggao.reading.search_answers import PAGE_SIZE, find_and_look_up, query_of
from jianggao.reading.session import Effect, ReadingSession
from jianggao.reading.views import AnswerContents, OutlineLine, QuotesPage, QuoteView, ThemeOutlines
from jianggao.search import Query, SectionHit, Term
from jianggao.text.normal_form import normal_form, normal_positions

_OUTLINES, _PATTERNED, _PATTERNS = 3, 20, 6
"""How many outlines are shown, of how many speeches the headings are counted, and how many patterns are
named."""
_SECTIONS = 200
"""Sections that are read where no title, topic or heading is on the theme."""
_OPENING, _CLOSING = "“‘《「", re.compile(r"[。！？…”’」』）》]+")
"""Punctuation that belongs to the sentence behind it, and to the one before it."""


async def quotes_page(session: ReadingSession, theme: str, page: int, effect: Effect | None) -> QuotesPage:
    """Returns a page of sentences worth quoting that may be shown here. Raises WrongUse, NotFound for a page
    that doesn't exist."""
    query = await query_of(session, theme) if theme else None
    condition = session.access.condition()
    on_page = slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    found, looked_up = await find_and_look_up(
        session,
        lambda search: search.quotes(query, condition),
        lambda found: [SectionHit(quote.section, quote.speech, True) for quote in found[on_page]],
    )
    chosen = [
        quote
        for quote in found[on_page]
        if quote.section in looked_up.rows and quote.speech in looked_up.titles
    ]
    gone = len(found[on_page]) - len(chosen)
    pages = -(-(len(found) - gone) // PAGE_SIZE)
    if page > max(1, pages):
        raise NotFound(f"没有第 {page} 页（共 {pages} 页）。")
    texts = await session.recorded_texts(list(looked_up.rows.values()), "quotes", effect)
    views = [
        QuoteView(
            f"{quote.speech}.{looked_up.rows[quote.section].ordinal}",
            looked_up.titles[quote.speech].title,
            quote.year,
            _quoted(looked_up.rows[quote.section].body, quote.start, quote.stop, texts.by_id[quote.section]),
        )
        for quote in chosen
        if quote.section in texts.by_id
    ]
    contents = AnswerContents.of(
        [quote.speech for quote in chosen], texts.by_id, reach=session.reach, deliveries=texts.deliveries
    )
    return QuotesPage(
        theme,
        page,
        pages,
        tuple(views),
        allowance_spent=len(views) < len(chosen),
        contents=contents,
        unwritable=texts.unwritable,
    )


async def theme_outlines(session: ReadingSession, theme: str) -> ThemeOutlines:
    """Returns the heading trees of the best speeches on a theme and what their headings have in common.
    Raises WrongUse, NotFound."""
    query = await query_of(session, theme)
    terms = session.synonyms.widen(query.terms)[0]
    speeches, about = await _speeches_on(session, query, terms)
    async with session.database.read(session.deadline) as connection:
        outlines = [
            outline_view(session, speech, await speech_store.sections_of_version(connection, speech.version))
            for speech in speeches[:_OUTLINES]
        ]
    if not speeches:
        topics = await session.search(lambda search: search.near_topics(query))
        return ThemeOutlines(theme, (), (), 0, tuple(topics), contents=AnswerContents(reach=session.reach))
    patterns = patterns_worth_taking(
        heading for speech in speeches for heading in _headings_on(speech, terms)
    )
    # Of the other speeches only public headings are counted: those that are named here must still be there.
    contents = AnswerContents.of((outline.number for outline in outlines), reach=session.reach)
    return ThemeOutlines(
        theme,
        tuple(branch_view(outline, terms, about.get(outline.number, ())) for outline in outlines),
        tuple(patterns[:_PATTERNS]),
        len(speeches),
        contents=contents,
    )


async def _speeches_on(
    session: ReadingSession, query: Query, terms: Sequence[Term]
) -> tuple[Sequence[speech_store.SpeechRow], Mapping[int, Collection[int]]]:
    """Returns the best speeches on a theme, and by number the ordinals of those of their sections by which
    they were found.

    A title, topic or public heading comes first, then what may be seen of the sections, and last a keyword,
    of which nobody can say where in the tree it belongs.
    """
    numbers = await session.search(lambda search: search.speeches_on(query))
    listed = await _listed(session, numbers[:_PATTERNED])
    named = [
        speech
        for speech in listed
        if _is_on_theme(speech, terms)
        or any(is_on(heading.public, term) for heading in speech.headings for term in terms)
    ]
    if named:
        return named, {}
    about = await _sections_about(session, query)
    most = sorted(about, key=lambda number: (-len(about[number]), -number))
    return await _listed(session, most[:_OUTLINES]) or listed, about


async def _listed(session: ReadingSession, numbers: Sequence[int]) -> list[speech_store.SpeechRow]:
    """Returns the speeches with these numbers in their order; one may have been withdrawn since it was
    found."""
    async with session.database.read(session.deadline) as connection:
        found = await speech_store.speeches(connection, numbers)
    return [found[number] for number in numbers if number in found and found[number].listed]


async def _sections_about(session: ReadingSession, query: Query) -> dict[int, list[int]]:
    """Returns, by speech, the ordinals of the newest sections that are about the theme by what may be
    shown."""
    ids = await session.search(lambda search: search.sections_about(query, _SECTIONS))
    async with session.database.read(session.deadline) as connection:
        rows = await speech_store.listed_sections(connection, ids[:_SECTIONS])
    ordinals: dict[int, list[int]] = {}
    for row in rows:
        ordinals.setdefault(row.speech, []).append(row.ordinal)
    return ordinals


def _is_on_theme(speech: speech_store.SpeechRow, terms: Sequence[Term]) -> bool:
    """Returns whether the speech as a whole is on the theme, by its title or topic."""
    names = [normal_form(name) for name in (speech.title, *speech.topics)]
    return any(term.stands_in(name) for term in terms for name in names)


def _headings_on(speech: speech_store.SpeechRow, terms: Sequence[Term]) -> list[str]:
    """Returns the public headings of a speech on the theme; of one that is on other things too, those on the
    theme and below them."""
    lines = [OutlineLine(heading.level, heading.public, ()) for heading in speech.headings]
    if _is_on_theme(speech, terms):
        return [line.text for line in lines]
    places = {place for at in lines_on(lines, terms) for place in (at, *below(lines, at))}
    return [lines[place].text for place in sorted(places)]


def _quoted(body: str, start: int, stop: int, leaving: str) -> str:
    """Returns the sentence `body[start:stop]` as it stands in the text that leaves, with the quotation marks
    around it.

    That text is a marked copy, which may differ in punctuation and line breaks but never in its letters: the
    sentence is found again by counting letters.
    """
    before, within = len(normal_form(body[:start])), len(normal_form(body[start:stop]))
    _, places = normal_positions(leaving)
    first, last = places[before], places[before + within - 1] + 1
    end = _CLOSING.match(leaving, last)
    opening = leaving[first - 1] if first and leaving[first - 1] in _OPENING else ""
    return (opening + leaving[first : end.end() if end else last]).replace("\n", "")
