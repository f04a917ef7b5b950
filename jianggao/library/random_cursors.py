"""Stores how far 随机 has come: in each place, for each topic, the last section's place in the shuffled
order.

The order is the column `shuffle` of `sections`: a keyed number that the import chose. A cursor holds the
`shuffle` of the section that was drawn last, so the next one is the listed section with the next larger
number.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import aiosqlite

from jianggao.library import speech_store
from jianggao.library.hidden_sections import not_hidden

START = -1
"""Before every section of the order."""


@dataclass(frozen=True, slots=True)
class SectionCondition:
    """A condition on rows of `sections`, as SQL with its parameters."""

    sql: str = "1"
    parameters: tuple[object, ...] = ()


def of_topics(names: Sequence[str]) -> SectionCondition:
    """Returns the condition that a section's speech has one of these topics."""
    marks = ", ".join("?" * len(names))
    sql = f"sections.speech IN (SELECT speech FROM speech_topics WHERE topic IN ({marks}))"
    return SectionCondition(sql, tuple(names))


def among(ids: Sequence[int]) -> SectionCondition:
    """Returns the condition that a section is one of these."""
    return SectionCondition("sections.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))


async def section_after(
    connection: aiosqlite.Connection, after: int, *conditions: SectionCondition
) -> tuple[speech_store.SectionRow, int] | None:
    """Returns the listed section that comes next in the order after `after` and meets all conditions, with
    its place in the order; None if there is none behind `after`."""
    met = " AND ".join(f"({condition.sql})" for condition in conditions) or "1"
    rows = await connection.execute_fetchall(
        f"""SELECT {speech_store.SECTION_COLUMNS} FROM sections
            WHERE listed = 1 AND shuffle > ? AND {met} AND {not_hidden("sections.id")}
            ORDER BY shuffle LIMIT 1""",
        (after, *(value for condition in conditions for value in condition.parameters)),
    )
    return next(((speech_store.section_row(row), int(row["shuffle"])) for row in rows), None)


async def shuffle_of(connection: aiosqlite.Connection, section: int) -> int | None:
    """Returns the section's place in the order; None if there is no such section any more."""
    rows = await connection.execute_fetchall("SELECT shuffle FROM sections WHERE id = ?", (section,))
    return next((int(row[0]) for row in rows), None)


async def cursor_of(connection: aiosqlite.Connection, place: str, topic: str) -> int:
    """Returns how far the place has come with the topic; START where nothing was drawn yet."""
    rows = await connection.execute_fetchall(
        "SELECT shuffle FROM random_cursors WHERE place = ? AND topic = ?", (place, topic)
    )
    return next((int(row[0]) for row in rows), START)


async def move_cursor(connection: aiosqlite.Connection, place: str, topic: str, shuffle: int) -> None:
    """Stores how far the place has come with the topic."""
    await connection.execute(
        "INSERT OR REPLACE INTO random_cursors (place, topic, shuffle) VALUES (?, ?, ?)",
        (place, topic, shuffle),
    )
