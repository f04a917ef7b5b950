"""Stores which source files were read, and what became of the texts in them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

import aiosqlite

from jianggao.library.scan import FoundFile, location_bytes, location_of

READ_AGAIN = ""
"""Stored in place of the parser's version where a file must be read again though it hasn't changed: it could
not be read for a reason that may pass (too little memory, a clock in doubt), or more is known of its lines."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A text in a source file and what became of it: a speech, or the reason why it could not be read."""

    path: str
    file: str
    """The path of its file, which is that of the text itself unless it is an archive or a volume."""
    speech: int | None
    refusal: str | None
    present: bool
    """Whether the file still holds the text."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that was read, in the state in which it was read."""

    file: FoundFile
    parser: str
    """The version of the parser; READ_AGAIN where the file has to be read again."""


def is_read_by_another(known: KnownFile | None, file: FoundFile, parser: str) -> bool:
    """Returns whether an unchanged file was read last by another version of the parser."""
    return known is not None and known.file == file and known.parser not in (READ_AGAIN, parser)


async def known_files(connection: aiosqlite.Connection) -> dict[str, KnownFile]:
    """Returns every file that was read and is not gone, by path."""
    rows = await connection.execute_fetchall("SELECT path, size, modified_ns, parser, location FROM files")
    return {row["path"]: KnownFile(_found_file(row), row["parser"]) for row in rows}


def _found_file(row: sqlite3.Row) -> FoundFile:
    stored = row["location"]
    location = row["path"] if stored is None else location_of(stored)
    return FoundFile(row["path"], row["size"], row["modified_ns"], location)


async def remember_file(connection: aiosqlite.Connection, file: FoundFile, parser: str) -> None:
    """Records that the file was read whole in this state."""
    location = None if file.location == file.path else location_bytes(file.location)
    await connection.execute(
        "INSERT OR REPLACE INTO files (path, size, modified_ns, parser, location) VALUES (?, ?, ?, ?, ?)",
        (file.path, file.size, file.modified_ns, parser, location),
    )


async def read_again(connection: aiosqlite.Connection, paths: Iterable[str]) -> None:
    """Records that these files have to be read again though they haven't changed."""
    await connection.executemany(
        "UPDATE files SET parser = ? WHERE path = ?", [(READ_AGAIN, path) for path in paths]
    )


async def forget_file(connection: aiosqlite.Connection, path: str) -> None:
    """Records that the file is gone."""
    await connection.execute("DELETE FROM files WHERE path = ?", (path,))


async def source(connection: aiosqlite.Connection, path: str) -> SourceRow | None:
    """Returns what became of the text at `path`; None if it was never read."""
    rows = await connection.execute_fetchall("SELECT * FROM sources WHERE path = ?", (path,))
    return next(map(_source_row, rows), None)


async def sources_of_file(connection: aiosqlite.Connection, file: str) -> list[SourceRow]:
    """Returns the present texts of a file."""
    rows = await connection.execute_fetchall("SELECT * FROM sources WHERE file = ? AND present = 1", (file,))
    return [_source_row(row) for row in rows]


async def sources_that_left(connection: aiosqlite.Connection, file: str) -> list[SourceRow]:
    """Returns the texts that a file held and no longer holds, by path."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM sources WHERE file = ? AND present = 0 ORDER BY path", (file,)
    )
    return [_source_row(row) for row in rows]


async def texts_of_files(connection: aiosqlite.Connection, files: Iterable[str]) -> set[str]:
    """Returns the paths of the present texts of these files."""
    rows = await connection.execute_fetchall(
        "SELECT path FROM sources WHERE file IN (SELECT value FROM json_each(?)) AND present = 1",
        (json.dumps(list(files)),),
    )
    return {row[0] for row in rows}


async def sources_of_speech(connection: aiosqlite.Connection, number: int) -> list[SourceRow]:
    """Returns the present texts that are this speech, by path."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM sources WHERE speech = ? AND present = 1 ORDER BY path", (number,)
    )
    return [_source_row(row) for row in rows]


async def taken_down(connection: aiosqlite.Connection, file: str) -> dict[int, bool]:
    """Returns the speeches that a superuser took down, each with whether this file holds or held it."""
    rows = await connection.execute_fetchall(
        """SELECT s.number, EXISTS (SELECT 1 FROM sources o WHERE o.speech = s.number AND o.file = ?)
           FROM speeches s WHERE s.taken_down_at IS NOT NULL AND s.version IS NOT NULL""",
        (file,),
    )
    return {row[0]: bool(row[1]) for row in rows}


async def put_source(connection: aiosqlite.Connection, row: SourceRow) -> None:
    """Stores what became of a text."""
    await connection.execute(
        "INSERT OR REPLACE INTO sources (path, file, speech, refusal, present) VALUES (?, ?, ?, ?, ?)",
        (row.path, row.file, row.speech, row.refusal, int(row.present)),
    )


def _source_row(row: sqlite3.Row) -> SourceRow:
    return SourceRow(row["path"], row["file"], row["speech"], row["refusal"], bool(row["present"]))
