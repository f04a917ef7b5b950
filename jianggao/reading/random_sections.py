"""Draws the sections of 随机: in an order that a key decides, each once in a place before any comes again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import aiosqlite

from jianggao.access.verdicts import previews_condition
from jianggao.errors import CannotWrite, NotAllowed
from jianggao.library import random_cursors, speech_store
from jianggao.library.random_cursors import START, SectionCondition
from jianggao.reading.section_views import section_view
from jianggao.reading.session import Effect, ReadingSession
from jianggao.reading.views import NothingToDraw, SectionView
from jianggao.search import parse_query
from jianggao.text.normal_form import normal_form

_MATCHES_LIMIT = 2_000
_TOPICS_LIMIT, _SHORTEST_PART = 8, 2
"""How many topics are looked at whose names hold the typed words, and of how many characters these must be."""
_ATTEMPTS = 20
"""How often a section is drawn anew when somebody else in the place was given it meanwhile."""
_ALL_DRAW = "大家都在发“随机”，没有轮到你，请再发一次。"
_TYPED = "typed words"
"""The cursor that all typed words share which are no topic. How far each word has come is kept in memory
alone, since what people search for is stored nowhere; when that was forgotten, a word goes on from the shared
cursor."""
QUESTION = "随机"
"""The kind by which a draw that ran out of its time is counted."""


@dataclass(frozen=True, slots=True)
class RandomDraw:
    """The sections that are drawn from."""

    condition: SectionCondition = SectionCondition()  # noqa: RUF009  # a frozen value
    cursor: str = ""
    """The topic whose stored cursor (`library.random_cursors`) is moved; "" for everything."""
    word: str = ""
    """The typed words in normal form, if they are no topic."""


@dataclass(frozen=True, slots=True)
class DrawTurn:
    """The section whose turn it is."""

    draw: RandomDraw
    after: int
    """The cursor of this chat before the draw."""
    row: speech_store.SectionRow
    shuffle: int
    """The section's place in the shuffled order."""


class MovedOn(Exception):
    """Somebody else in this chat has drawn meanwhile, and got this section."""


async def draw_section(
    session: ReadingSession, topic: str, effect: Effect | None
) -> SectionView | NothingToDraw:
    """Returns a section that may be shown here, of a topic or of all; NothingToDraw if there is none.

    Raises WrongUse for words that can't be searched for, TooSlow, NotAllowed where too many draw at the same
    time, and CannotWrite if there may be a section, but nothing can be recorded.
    """
    draw = await session.answer(QUESTION, lambda asked: draw_from(asked, topic))
    unwritable: CannotWrite | None = None
    for _ in range(_ATTEMPTS):
        drawn = await session.answer(QUESTION, lambda asked: _drawn(asked, draw))
        if drawn is None:
            _require_all_drawable(session)
            return NothingToDraw()
        try:
            return await _give(session, *drawn, effect)
        except MovedOn:
            continue
        except CannotWrite as error:
            unwritable = error  # from here on only previews are drawn, which need no record
    raise unwritable or NotAllowed(_ALL_DRAW)


async def draw_from(session: ReadingSession, topic: str) -> RandomDraw:
    """Returns what to draw from for a topic: everything for "", a topic by its name.

    Anything else is searched for as words, and of what the asker may read here only those sections are drawn
    that are about them. A topic whose name merely holds the words (教育医疗 for 教育) is drawn from as a whole
    only where no section is about them. Raises WrongUse for words that can't be searched for, TooSlow.
    """
    if not topic:
        return RandomDraw()
    normal = normal_form(topic)
    async with session.database.read(session.deadline) as connection:
        topics = await speech_store.topics(connection)
    named = [name for name in topics if normal and normal in normal_form(name)][:_TOPICS_LIMIT]
    exact = [name for name in named if normal_form(name) == normal]
    if exact:
        return _of_topics(exact)
    query = parse_query(topic)
    parts = [normal_form(name) for name in named]
    found = await session.search(lambda search: search.sections_about(query, _MATCHES_LIMIT, parts))
    # 利 is no part of 水利 that anybody means.
    if not found and named and len(normal) >= _SHORTEST_PART:
        return _of_topics(named)
    return RandomDraw(random_cursors.among(found), _TYPED, normal)


def _of_topics(names: Sequence[str]) -> RandomDraw:
    return RandomDraw(random_cursors.of_topics(names), "、".join(names))


async def next_of(
    session: ReadingSession, connection: aiosqlite.Connection, draw: RandomDraw, visible: SectionCondition
) -> DrawTurn | None:
    """Returns the section whose turn it is in this place, of those that are `visible`; None if there is
    none."""
    after = await _last(session, connection, draw)
    # After the last section of the order the first one comes again.
    for start in (after, START):
        found = await random_cursors.section_after(connection, start, visible, draw.condition)
        if found is not None:
            return DrawTurn(draw, after, *found)
    return None


async def move_on(session: ReadingSession, connection: aiosqlite.Connection, turn: DrawTurn) -> None:
    """Stores that the section was drawn: the next one comes after it.

    Call it before anything else of the transaction. Raises MovedOn.
    """
    if await _last(session, connection, turn.draw) != turn.after:
        raise MovedOn
    shuffle = await random_cursors.shuffle_of(connection, turn.row.id)
    if shuffle is None:  # an import has replaced the section meanwhile
        shuffle = turn.after
    await random_cursors.move_cursor(connection, _place(session), turn.draw.cursor, shuffle)
    if turn.draw.word or _kept(session, turn.draw) is not None:
        session.database.writer.after_commit(lambda: _keep(session, turn.draw, shuffle))


def move_on_in_memory(session: ReadingSession, turn: DrawTurn) -> None:
    """Does the same as `move_on` where nothing can be stored: for ten minutes the place goes on from there.
    Raises MovedOn."""
    kept = _kept(session, turn.draw)
    if kept is not None and kept != turn.after:
        raise MovedOn
    _keep(session, turn.draw, turn.shuffle)


def take_back(session: ReadingSession, turn: DrawTurn) -> None:
    """Undoes `move_on` for a section that was stored as drawn and wasn't given: for ten minutes it comes
    next."""
    _keep(session, turn.draw, turn.after)


async def _give(
    session: ReadingSession, turn: DrawTurn, speech: speech_store.SpeechRow, effect: Effect | None
) -> SectionView:
    """Returns the drawn section as it may be shown, and moves the cursor behind it. Raises MovedOn,
    CannotWrite."""
    stored: list[bool] = []

    async def advance(connection: aiosqlite.Connection) -> None:
        await move_on(session, connection, turn)
        session.database.writer.after_commit(lambda: stored.append(True))
        if effect is not None:
            await effect(connection)

    try:
        view = await section_view(session, speech, turn.row, "random", advance)
    except BaseException:
        if stored:  # a cancellation that came during the commit
            take_back(session, turn)
        raise
    if not stored:  # a preview, while nothing can be stored
        move_on_in_memory(session, turn)
    return view


async def _drawn(session: ReadingSession, draw: RandomDraw) -> tuple[DrawTurn, speech_store.SpeechRow] | None:
    """Returns the section whose turn it is and its speech; None if there is none."""
    async with session.database.read(session.deadline) as connection:
        turn = await next_of(session, connection, draw, await _drawable(session, connection))
        if turn is None:
            return None
        return turn, await speech_store.require_listed(connection, turn.row.speech)


async def _drawable(session: ReadingSession, connection: aiosqlite.Connection) -> SectionCondition:
    """Returns the condition on sections that may be shown here now: previews alone when the day's allowance
    is used up or nothing can be recorded, so that nobody draws a section only to hear that it can't be
    given."""
    allowance = await session.allowance(connection)
    if allowance.sections_left == 0 or session.database.writer.trouble is not None:
        return SectionCondition(*previews_condition())
    return SectionCondition(*session.access.condition())


def _require_all_drawable(session: ReadingSession) -> None:
    """Raises CannotWrite if a section may only be missing because nothing can be recorded."""
    trouble = session.database.writer.trouble
    if trouble is not None and session.searchable is not None:
        raise CannotWrite(trouble)


async def _last(session: ReadingSession, connection: aiosqlite.Connection, draw: RandomDraw) -> int:
    """Returns the cursor of this chat: the one in memory, or else the stored one."""
    kept = _kept(session, draw)
    if kept is not None:
        return kept
    return await random_cursors.cursor_of(connection, _place(session), draw.cursor)


def _kept(session: ReadingSession, draw: RandomDraw) -> int | None:
    """Returns the cursor of this chat that is kept in memory; None if there is none."""
    return session.word_cursors.get(_memory_key(session, draw))


def _keep(session: ReadingSession, draw: RandomDraw, shuffle: int) -> None:
    session.word_cursors[_memory_key(session, draw)] = shuffle


def _memory_key(session: ReadingSession, draw: RandomDraw) -> tuple[str, str]:
    """Returns the key of the cursor in memory: the typed word, or the name of a cursor that couldn't be
    stored. The two can't be equal, as a word in normal form holds no blank."""
    return _place(session), draw.word or f"cursor {draw.cursor}"


def _place(session: ReadingSession) -> str:
    return f"{session.place.kind.value}:{session.place.chat}"
