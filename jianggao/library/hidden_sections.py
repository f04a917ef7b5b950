"""Stores which sections are in the index though nobody may find them yet, or any more
(`0016_hidden_sections.sql`).

A long text is put in a few sections at a time, hidden; listing it is one small transaction
(`listing.list_speech`). What it replaces is hidden in that transaction, and taken out afterwards a few
sections at a time. A long speech that nobody finds for now is put in again in the same way before it comes
back. What a kill leaves behind is hidden too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import aiosqlite

LONG_SPEECH = 40
"""Sections: a longer speech is put in and taken out in several transactions, hidden meanwhile."""
SECTIONS_AT_ONCE = 8
"""Sections that each of these puts in or takes out, at most 700 characters each: some 30 ms of a
processor."""


class HiddenState(IntEnum):
    """Why sections are hidden. Some of them may be out of the index: a kill came while they were put in or
    taken out."""

    COMING = 0
    """The sections are being put into the index."""
    READY = 1
    """All are in, and were never listed."""
    GONE = 2
    """Their version is kept, as it is or was the current one of a speech."""


def not_hidden(column: str) -> str:
    """Returns SQL that holds if the section whose id stands in `column` isn't hidden."""
    return f"NOT EXISTS (SELECT 1 FROM hidden_sections h WHERE {column} BETWEEN h.first AND h.last)"


@dataclass(frozen=True, slots=True)
class HiddenSections:
    """The hidden sections of a version."""

    first: int
    """The lowest id."""
    last: int
    """The highest id."""
    speech: int
    version: int
    terms: str
    """The terms of the speech that the index holds with each of the sections (`index_entries.SpeechEntry.terms`)."""
    state: int
    """A `HiddenState`."""


async def hidden(connection: aiosqlite.Connection, version: int | None = None) -> list[HiddenSections]:
    """Returns what is hidden, of one version or of all."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM hidden_sections WHERE ?1 IS NULL OR version = ?1 ORDER BY first", (version,)
    )
    return [
        HiddenSections(
            row["first"],
            row["last"],
            row["speech"],
            row["version"],
            row["terms"],
            row["state"],
        )
        for row in rows
    ]


async def hide(connection: aiosqlite.Connection, sections: HiddenSections) -> None:
    """Hides these sections from now on."""
    await connection.execute(
        "INSERT INTO hidden_sections (first, last, speech, version, terms, state) VALUES (?, ?, ?, ?, ?, ?)",
        (
            sections.first,
            sections.last,
            sections.speech,
            sections.version,
            sections.terms,
            int(sections.state),
        ),
    )


async def set_terms(connection: aiosqlite.Connection, version: int, terms: str) -> None:
    """Records that the index holds these terms of the speech with each section of the version."""
    await connection.execute("UPDATE hidden_sections SET terms = ? WHERE version = ?", (terms, version))


async def set_ready(connection: aiosqlite.Connection, version: int) -> None:
    """Records that all sections of the version are in the index."""
    await connection.execute(
        "UPDATE hidden_sections SET state = ? WHERE version = ?", (HiddenState.READY.value, version)
    )


async def show(connection: aiosqlite.Connection, version: int) -> None:
    """Hides the sections of the version no longer."""
    await connection.execute("DELETE FROM hidden_sections WHERE version = ?", (version,))


async def shown_range(connection: aiosqlite.Connection, speech: int) -> tuple[int, int, int] | None:
    """Returns the lowest and the highest id, and the number, of a speech's indexed sections that aren't
    hidden.

    None if there are none.
    """
    rows = await connection.execute_fetchall(
        f"SELECT min(id), max(id), count(*) FROM indexed_sections WHERE speech = ? AND {not_hidden('id')}",
        (speech,),
    )
    for first, last, count in rows:
        if count:
            return first, last, count
    return None


async def version_of(connection: aiosqlite.Connection, section: int) -> int:
    """Returns the version that a stored section belongs to."""
    rows = await connection.execute_fetchall("SELECT version FROM sections WHERE id = ?", (section,))
    return next(int(row[0]) for row in rows)


async def indexed_ids(
    connection: aiosqlite.Connection, sections: HiddenSections, limit: int = -1
) -> list[int]:
    """Returns the ids of those that are in the index, the lowest first, up to `limit` (-1: all)."""
    rows = await connection.execute_fetchall(
        "SELECT id FROM indexed_sections WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?",
        (sections.first, sections.last, limit),
    )
    return [row[0] for row in rows]


async def mark_listed(connection: aiosqlite.Connection, ids: Sequence[int]) -> None:
    """Records that these sections are in the index, and may be found once they aren't hidden."""
    await connection.executemany("UPDATE sections SET listed = 1 WHERE id = ?", [(id_,) for id_ in ids])


async def mark_unlisted(connection: aiosqlite.Connection, ids: Sequence[int]) -> None:
    """Records that these sections are in the index no more."""
    await connection.executemany("DELETE FROM indexed_sections WHERE id = ?", [(id_,) for id_ in ids])
    await connection.executemany("UPDATE sections SET listed = 0 WHERE id = ?", [(id_,) for id_ in ids])
