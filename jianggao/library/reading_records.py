"""Records what was made of a text: its note, and its lines that were taken out or stay in doubt."""

from __future__ import annotations

import aiosqlite

from jianggao.library import edge_lines, reading_note_store, speech_store
from jianggao.library.preparation import PreparedSource, PreparedSpeech
from jianggao.library.reading_notes import ReadingNote, note_of


async def record_reading(
    connection: aiosqlite.Connection, path: str, prepared: PreparedSpeech, number: int, run: int
) -> ReadingNote:
    """Records the reading of the text at `path`, which is the speech of this number, in the import whose report
    will be `run`; returns its note."""
    numbers = await edge_lines.put_lines(
        connection, path, prepared.doubtful, prepared.removed, prepared.kept, prepared.edge_text
    )
    first_import = await speech_store.first_import(connection, number)
    note = note_of(path, prepared, prepared.characters, number=number, day=first_import, line_numbers=numbers)
    await reading_note_store.put_note(connection, note, run)
    return note


async def record_refusal(
    connection: aiosqlite.Connection, text: PreparedSource, number: int | None, run: int
) -> ReadingNote:
    """Records why a text could not be read, with the speech that its path still is, if any; returns the note.

    The lines of the text that stood there before stay known: the speech stays as it was.
    """
    note = ReadingNote(text.path, number, refusal=text.refusal or "")
    await reading_note_store.put_note(connection, note, run)
    return note


async def forget_reading(connection: aiosqlite.Connection, path: str) -> None:
    """Records that the text is gone. What is known of its lines stays."""
    await edge_lines.forget_lines(connection, path)
    await reading_note_store.forget_note(connection, path)
