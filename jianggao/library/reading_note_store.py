"""Stores what was made of each text when it was read last, for the report and for looking at one speech."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import aiosqlite

from jianggao.library.reading_notes import REFUSED, ReadingNote
from jianggao.library.speech_store import first_row

_MOST_FOUND = 200
"""Notes that a look for a name reads at most."""


@dataclass(frozen=True, slots=True)
class NoteCounts:
    """How many texts there are, and how many of them somebody should look at or couldn't be read."""

    texts: int
    urgent: int
    refused: int


async def put_note(connection: aiosqlite.Connection, note: ReadingNote, run: int) -> None:
    """Stores the note of a text in place of the one before; `run` is the import report of that reading."""
    await connection.execute(
        "INSERT OR REPLACE INTO reading_notes (source, speech, run, urgency, note) VALUES (?, ?, ?, ?, ?)",
        (note.path, note.speech, run, note.urgency, note.to_json()),
    )


async def forget_note(connection: aiosqlite.Connection, source: str) -> None:
    """Records that the text is gone."""
    await connection.execute("DELETE FROM reading_notes WHERE source = ?", (source,))


async def count_notes(connection: aiosqlite.Connection) -> NoteCounts:
    """Returns how many notes there are."""
    row = await first_row(
        connection,
        "SELECT count(*), count(*) FILTER (WHERE urgency > 0), count(*) FILTER (WHERE urgency = ?)"
        " FROM reading_notes",
        (REFUSED,),
    )
    return NoteCounts(*map(int, row))


async def urgent_notes(connection: aiosqlite.Connection, limit: int) -> list[ReadingNote]:
    """Returns the notes that somebody should look at: those of the last run first, the most urgent first."""
    return await _notes(
        connection, "WHERE urgency > 0 ORDER BY run DESC, urgency DESC, source LIMIT ?", (limit,)
    )


async def notes_from(connection: aiosqlite.Connection, start: int, limit: int) -> list[ReadingNote]:
    """Returns `limit` notes behind the first `start`: the urgent ones first, as `urgent_notes` has them."""
    order = "ORDER BY urgency > 0 DESC, run DESC, urgency DESC, speech DESC, source LIMIT ? OFFSET ?"
    return await _notes(connection, order, (limit, start))


async def notes_of_speech(connection: aiosqlite.Connection, number: int) -> list[ReadingNote]:
    """Returns the notes of the texts that are this speech, by path."""
    return await _notes(connection, "WHERE speech = ? ORDER BY source", (number,))


async def notes_named(connection: aiosqlite.Connection, words: str) -> list[ReadingNote]:
    """Returns the notes of texts whose path or title holds these words, the urgent ones first."""
    condition = "WHERE instr(lower(source), lower(?1)) OR instr(json_extract(note, '$.title'), ?1)"
    return await _notes(
        connection, f"{condition} ORDER BY urgency DESC, source LIMIT ?2", (words, _MOST_FOUND)
    )


async def _notes(
    connection: aiosqlite.Connection, condition: str, values: Sequence[object]
) -> list[ReadingNote]:
    rows = await connection.execute_fetchall(f"SELECT note FROM reading_notes {condition}", tuple(values))
    return [ReadingNote.from_json(row["note"]) for row in rows]
