"""随机: the sections of a topic in an order that a key decides, each once in a place before any comes again."""

from __future__ import annotations

import json
from dataclasses import dataclass

import aiosqlite

from jianggao.library import speech_store
from jianggao.library.hidden_sections import not_hidden
from jianggao.reading.session import ReadingSession
from jianggao.search import parse_query
from jianggao.text.normal_form import normal_form

_MOST_MATCHES = 2_000
_TYPED = "typed words"
"""The cursor that all words share which are no topic: how far each has come is in memory alone, as what people search
for is, and where that has been forgotten a word goes on from here."""


@dataclass(frozen=True, slots=True)
class RandomDraw:
    """What is drawn from: a condition on sections with its values, and the cursor that it moves on. `word` is what was
    typed, in normal form, where that is no topic."""

    condition: str = "1"
    values: tuple[object, ...] = ()
    cursor: str = ""
    word: str = ""


async def draw_from(session: ReadingSession, topic: str) -> RandomDraw:
    """A topic by name, or everything; anything else is searched for as words, in what the asker may read here. Raises
    WrongUse for words that can't be searched for, TooSlow."""
    if not topic:
        return RandomDraw()
    normal = normal_form(topic)
    async with session.database.read(session.deadline) as connection:
        topics = await speech_store.topics(connection)
    named = [name for name in topics if normal and normal in normal_form(name)]
    if named:
        marks = ", ".join("?" * len(named))
        of_topics = f"sections.speech IN (SELECT speech FROM speech_topics WHERE topic IN ({marks}))"
        return RandomDraw(of_topics, tuple(named), "、".join(named))
    query = parse_query(topic)
    found = await session.search(lambda search: search.newest_matches(query, _MOST_MATCHES))
    return RandomDraw("sections.id IN (SELECT value FROM json_each(?))", (json.dumps(found),), _TYPED, normal)


@dataclass(frozen=True, slots=True)
class DrawTurn:
    """The section whose turn it is, and how far the place had come before (`after`)."""

    draw: RandomDraw
    after: int
    row: speech_store.SectionRow
    shuffle: int
    """The section's place in the order."""


class MovedOn(Exception):
    """Somebody else in this place has drawn meanwhile: what was drawn is his."""


async def next_of(
    session: ReadingSession,
    connection: aiosqlite.Connection,
    draw: RandomDraw,
    visible: str,
    values: tuple[object, ...],
) -> DrawTurn | None:
    """The section whose turn it is in this place, of those for which the condition `visible` holds; None if there is
    none."""
    after = await _last(session, connection, draw)
    for start in (after, -1):
        rows = await connection.execute_fetchall(
            f"""SELECT * FROM sections WHERE listed = 1 AND shuffle > ? AND ({visible}) AND {draw.condition}
                AND {not_hidden("sections.id")}
                ORDER BY shuffle LIMIT 1""",
            (start, *values, *draw.values),
        )
        for row in rows:
            return DrawTurn(draw, after, speech_store.section_row(row), row["shuffle"])
    return None


async def move_on(session: ReadingSession, connection: aiosqlite.Connection, turn: DrawTurn) -> None:
    """The section is given: the next one comes after it. To be called before anything else of the transaction. Raises
    MovedOn."""
    if await _last(session, connection, turn.draw) != turn.after:
        raise MovedOn
    rows = await connection.execute_fetchall("SELECT shuffle FROM sections WHERE id = ?", (turn.row.id,))
    # It is gone where an import has replaced it meanwhile.
    shuffle = next((int(row[0]) for row in rows), turn.after)
    await connection.execute(
        "INSERT OR REPLACE INTO random_cursors (place, topic, shuffle) VALUES (?, ?, ?)",
        (_place(session), turn.draw.cursor, shuffle),
    )
    if turn.draw.word or _kept(session, turn.draw) is not None:
        session.database.writer.after_commit(lambda: _keep(session, turn.draw, shuffle))


def move_on_in_memory(session: ReadingSession, turn: DrawTurn) -> None:
    """As `move_on`, where nothing can be stored: for ten minutes the place goes on from there. Raises MovedOn."""
    kept = _kept(session, turn.draw)
    if kept is not None and kept != turn.after:
        raise MovedOn
    _keep(session, turn.draw, turn.shuffle)


def take_back(session: ReadingSession, turn: DrawTurn) -> None:
    """The section was stored as given, and was not: for ten minutes the place goes on with it."""
    _keep(session, turn.draw, turn.after)


async def _last(session: ReadingSession, connection: aiosqlite.Connection, draw: RandomDraw) -> int:
    kept = _kept(session, draw)
    if kept is not None:
        return kept
    rows = await connection.execute_fetchall(
        "SELECT shuffle FROM random_cursors WHERE place = ? AND topic = ?", (_place(session), draw.cursor)
    )
    return next((row[0] for row in rows), -1)


def _kept(session: ReadingSession, draw: RandomDraw) -> int | None:
    return session.word_cursors.get(_memory_key(session, draw), session.now.timestamp())


def _keep(session: ReadingSession, draw: RandomDraw, shuffle: int) -> None:
    session.word_cursors.put(_memory_key(session, draw), shuffle, session.now.timestamp())


def _memory_key(session: ReadingSession, draw: RandomDraw) -> tuple[str, str]:
    """By the typed word, or else by the cursor that couldn't be stored; a word in normal form holds no blank."""
    return _place(session), draw.word or f"cursor {draw.cursor}"


def _place(session: ReadingSession) -> str:
    return f"{session.place.kind.value}:{session.place.chat}"
