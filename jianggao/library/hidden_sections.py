"""The SQL of sections that are in the index and that nobody may find yet, or any more (`0016_hidden_sections.sql`).

A long text is put in a few sections at a time, hidden; listing it is one small transaction (`listing.list_speech`). What
it replaces is hidden in that transaction, and taken out afterwards a few sections at a time. A long speech that nobody
finds for now is put in again in the same way before it comes back. What a kill leaves is hidden too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import aiosqlite

LONG_SPEECH = 40
"""Sections: a longer speech is put in and taken out in several transactions, hidden meanwhile."""
SECTIONS_AT_ONCE = 8
"""Sections that each of these puts in or takes out, at most 700 characters each: some 30 ms of a processor."""
COMING, READY, GONE = 0, 1, 2
"""Being put in; all in and never listed; kept, as it is or was the current version. Of any of them some may be out: a
kill came while they were put in or taken out."""


def seen(column: str) -> str:
    """SQL: the section of that id isn't hidden."""
    return f"NOT EXISTS (SELECT 1 FROM hidden_sections h WHERE {column} BETWEEN h.first AND h.last)"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Sections of a version that are hidden, by their ids; `terms` is what the index holds of the speech with each,
    `state` is COMING, READY or GONE."""

    first: int
    last: int
    speech: int
    version: int
    terms: str
    state: int


async def hidden(connection: aiosqlite.Connection, version: int | None = None) -> list[Hidden]:
    """What is hidden, of one version or of all."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM hidden_sections WHERE ?1 IS NULL OR version = ?1 ORDER BY first", (version,)
    )
    return [
        Hidden(row["first"], row["last"], row["speech"], row["version"], row["terms"], row["state"])
        for row in rows
    ]


async def hide(connection: aiosqlite.Connection, one: Hidden) -> None:
    """Nobody finds these sections from now on."""
    await connection.execute(
        "INSERT INTO hidden_sections (first, last, speech, version, terms, state) VALUES (?, ?, ?, ?, ?, ?)",
        (one.first, one.last, one.speech, one.version, one.terms, one.state),
    )


async def name_terms(connection: aiosqlite.Connection, version: int, terms: str) -> None:
    """The index holds these terms of the speech with each section of the version now."""
    await connection.execute("UPDATE hidden_sections SET terms = ? WHERE version = ?", (terms, version))


async def ready(connection: aiosqlite.Connection, version: int) -> None:
    """All sections of the version are in the index."""
    await connection.execute("UPDATE hidden_sections SET state = ? WHERE version = ?", (READY, version))


async def show(connection: aiosqlite.Connection, version: int) -> None:
    """The sections of the version may be found."""
    await connection.execute("DELETE FROM hidden_sections WHERE version = ?", (version,))


async def shown_range(connection: aiosqlite.Connection, speech: int) -> tuple[int, int, int] | None:
    """The first and last id of a speech's sections that are in the index and not hidden, and how many."""
    rows = await connection.execute_fetchall(
        f"SELECT min(id), max(id), count(*) FROM indexed_sections WHERE speech = ? AND {seen('id')}",
        (speech,),
    )
    for first, last, count in rows:
        if count:
            return first, last, count
    return None


async def version_of(connection: aiosqlite.Connection, section: int) -> int:
    """The version that a section belongs to."""
    rows = await connection.execute_fetchall("SELECT version FROM sections WHERE id = ?", (section,))
    return next(int(row[0]) for row in rows)


async def indexed_ids(connection: aiosqlite.Connection, one: Hidden, most: int = -1) -> list[int]:
    """The ids that are in the index, or some of them."""
    rows = await connection.execute_fetchall(
        "SELECT id FROM indexed_sections WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?",
        (one.first, one.last, most),
    )
    return [row[0] for row in rows]


async def listed(connection: aiosqlite.Connection, ids: Sequence[int]) -> None:
    """These sections are in the index, and may be found once they aren't hidden."""
    await connection.executemany("UPDATE sections SET listed = 1 WHERE id = ?", [(id_,) for id_ in ids])


async def unlisted(connection: aiosqlite.Connection, ids: Sequence[int]) -> None:
    """These sections are in the index no more."""
    await connection.executemany("DELETE FROM indexed_sections WHERE id = ?", [(id_,) for id_ in ids])
    await connection.executemany("UPDATE sections SET listed = 0 WHERE id = ?", [(id_,) for id_ in ids])
