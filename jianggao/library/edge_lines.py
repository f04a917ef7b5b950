"""Stores lines that may be advertising, those that were taken out of texts, and what is known of each.

A line is one by its normal form: the same words with other blanks or marks are the same line.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum

import aiosqlite

from jianggao.library.preparation import LONGEST_LINE
from jianggao.parsing.known_notices import KnownNotices
from jianggao.parsing.notices import LineKind, line_kind
from jianggao.text.normal_form import normal_form

_MOST_OF_A_TEXT = 1_000
"""Lines of one text that are stored; further ones (page numbers of a thick book) have no number."""


class LineChoice(Enum):
    """What the operator has declared a line to be."""

    NOTICE = "notice"
    TEXT = "text"


class LineState(IntEnum):
    """What a line is in one text."""

    DOUBTFUL = 0
    """It stands there, and may be advertising."""
    REMOVED = 1
    """It was taken out."""
    KEPT = 2
    """It stands there, and is text by the operator's choice."""
    TEXT = 3
    """It stands there, and looks like text: only other texts that have it, too, can show that it is none."""


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """A line with its number, which is never that of another line."""

    number: int
    written: str
    """The line as it stood where it was met first."""
    is_learned: bool
    """Whether so many speeches had it that it is a notice."""
    choice: LineChoice | None


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A text that holds a line."""

    line: int
    source: str
    file: str
    speech: int | None
    state: LineState


async def known_notices(connection: aiosqlite.Connection) -> KnownNotices:
    """Returns which lines are notices and which are text, by the operator's choice or by repetition.

    What repetition alone has shown to be a notice is one at the edges of a text alone.
    """
    rows = await connection.execute_fetchall(
        "SELECT normal, written, choice, learned_at FROM edge_lines "
        "WHERE choice IS NOT NULL OR learned_at IS NOT NULL OR suspected_at IS NOT NULL"
    )
    known: dict[str, set[str]] = {
        name: set() for name in ("removed", "kept", "removed_at_edges", "suspected")
    }
    for row in rows:
        known[_what_is_known(row)].add(row["normal"])
    return KnownNotices(**{name: frozenset(lines) for name, lines in known.items()})


def _what_is_known(row: sqlite3.Row) -> str:
    """Returns the field of KnownNotices that a line belongs to."""
    if row["choice"] is not None:
        return "kept" if row["choice"] == LineChoice.TEXT.value else "removed"
    if row["learned_at"] is None:
        return "suspected"
    return "removed_at_edges" if line_kind(row["written"]) is LineKind.TEXT else "removed"


async def put_lines(
    connection: aiosqlite.Connection,
    source: str,
    doubtful: Iterable[str],
    removed: Iterable[str],
    kept: Iterable[str] = (),
    edge_text: Iterable[str] = (),
) -> dict[str, int]:
    """Stores which lines a text holds, in place of those stored; returns their numbers by normal form.

    `kept` are those that the operator has declared text: should he think better of it, their texts are known.
    `edge_text` are those that look like text (`jianggao.parsing.edge_text`); they get no numbers before they
    are known to be something else.
    """
    await forget_lines(connection, source)
    written: dict[str, tuple[str, LineState]] = {}
    for lines, state in (
        (doubtful, LineState.DOUBTFUL),
        (kept, LineState.KEPT),
        (removed, LineState.REMOVED),
    ):
        for line in lines:
            # A row of dashes has no normal form: nothing can be known of it.
            normal = normal_form(line[: LONGEST_LINE + 1])
            if normal and len(line) <= LONGEST_LINE and len(written) < _MOST_OF_A_TEXT:
                written.setdefault(normal, (line, state))
    numbers = await number_lines(connection, [line for line, _ in written.values()])
    await connection.executemany(
        "INSERT INTO text_lines (source, line, state) VALUES (?, ?, ?)",
        [(source, numbers[normal], int(state)) for normal, (_, state) in written.items()],
    )
    plain = {normal_form(line): line for line in edge_text}
    await connection.executemany(
        "INSERT INTO edge_text (source, normal, written) VALUES (?, ?, ?)",
        [(source, normal, line) for normal, line in plain.items() if normal and normal not in written],
    )
    return numbers


async def number_lines(connection: aiosqlite.Connection, lines: Sequence[str]) -> dict[str, int]:
    """Gives numbers to the lines that have none; returns the numbers of all by normal form."""
    written = {normal_form(line): line for line in lines}
    await connection.executemany(
        "INSERT INTO edge_lines (normal, written) SELECT ?1, ?2 "
        "WHERE NOT EXISTS (SELECT 1 FROM edge_lines WHERE normal = ?1)",
        list(written.items()),
    )
    rows = await connection.execute_fetchall(
        "SELECT normal, number FROM edge_lines WHERE normal IN (SELECT value FROM json_each(?))",
        (json.dumps(list(written)),),
    )
    return {row["normal"]: int(row["number"]) for row in rows}


async def forget_lines(connection: aiosqlite.Connection, source: str) -> None:
    """Records that the text is gone; what is known of its lines stays."""
    await connection.execute("DELETE FROM text_lines WHERE source = ?", (source,))
    await connection.execute("DELETE FROM edge_text WHERE source = ?", (source,))


async def lines_numbered(connection: aiosqlite.Connection, numbers: Iterable[int]) -> dict[int, EdgeLine]:
    """Returns the lines that have these numbers."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM edge_lines WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return {row["number"]: _edge_line(row) for row in rows}


def _edge_line(row: sqlite3.Row) -> EdgeLine:
    choice = None if row["choice"] is None else LineChoice(row["choice"])
    return EdgeLine(row["number"], row["written"], row["learned_at"] is not None, choice)


async def places_of(connection: aiosqlite.Connection, numbers: Iterable[int]) -> list[LinePlace]:
    """Returns the present texts that hold these lines, by path."""
    rows = await connection.execute_fetchall(
        """WITH held AS (
               SELECT line, source, state FROM text_lines WHERE line IN (SELECT value FROM json_each(?1))
               UNION ALL
               SELECT e.number, p.source, ?2 FROM edge_lines e JOIN edge_text p ON p.normal = e.normal
               WHERE e.number IN (SELECT value FROM json_each(?1))
           )
           SELECT held.line, held.source, held.state, s.file, s.speech FROM held
           JOIN sources s ON s.path = held.source AND s.present = 1 ORDER BY held.source""",
        (json.dumps(list(numbers)), int(LineState.TEXT)),
    )
    return [
        LinePlace(row["line"], row["source"], row["file"], row["speech"], LineState(row["state"]))
        for row in rows
    ]


async def unknown_lines(connection: aiosqlite.Connection, texts: int) -> list[str]:
    """Returns the lines of which nothing is known that stand in some text in doubt, or at the edges of at least
    so many texts."""
    rows = await connection.execute_fetchall(
        """SELECT written FROM edge_lines
               WHERE choice IS NULL AND learned_at IS NULL AND suspected_at IS NULL
               AND number IN (SELECT line FROM text_lines WHERE state = 0)
           UNION
           SELECT coalesce(e.written, min(p.written)) FROM edge_text p LEFT JOIN edge_lines e ON e.normal = p.normal
           WHERE e.choice IS NULL AND e.learned_at IS NULL AND e.suspected_at IS NULL
           GROUP BY p.normal
           HAVING count(*) + (SELECT count(*) FROM text_lines t WHERE t.line = e.number) >= ?
           ORDER BY 1""",
        (texts,),
    )
    return [row["written"] for row in rows]


async def texts_with(connection: aiosqlite.Connection, line: str) -> list[tuple[str, int]]:
    """Returns the file and the speech of each present text that has this line at its edges, or had it."""
    rows = await connection.execute_fetchall(
        """SELECT s.file, s.speech FROM sources s WHERE s.present = 1 AND s.speech IS NOT NULL AND s.path IN (
               SELECT source FROM edge_text WHERE normal = ?1
               UNION ALL
               SELECT t.source FROM text_lines t JOIN edge_lines e ON e.number = t.line WHERE e.normal = ?1
           )""",
        (normal_form(line),),
    )
    return [(row["file"], row["speech"]) for row in rows]


async def set_choice(
    connection: aiosqlite.Connection, numbers: Sequence[int], choice: LineChoice, by: str, at: str
) -> None:
    """Records what the operator `by` has declared these lines to be."""
    await connection.executemany(
        "UPDATE edge_lines SET choice = ?, chosen_by = ?, chosen_at = ? WHERE number = ?",
        [(choice.value, by, at, number) for number in numbers],
    )


async def set_suspected(connection: aiosqlite.Connection, numbers: Iterable[int], at: str) -> None:
    """Records that these lines are in doubt wherever they stand at an edge, as so many speeches have them."""
    await connection.executemany(
        "UPDATE edge_lines SET suspected_at = ? WHERE number = ?", [(at, number) for number in numbers]
    )


async def set_learned(connection: aiosqlite.Connection, numbers: Iterable[int], at: str) -> None:
    """Records that these lines are notices, as so many speeches have them."""
    await connection.executemany(
        "UPDATE edge_lines SET learned_at = ? WHERE number = ?", [(at, number) for number in numbers]
    )
