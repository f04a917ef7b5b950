"""The SQL of the newest moment that anything was stored, by which a clock that went back is told."""

from __future__ import annotations

import sqlite3
from datetime import datetime

import aiosqlite

from jianggao.clock import from_text, to_text

_TRUSTED = "clock trusted"
_TRUSTED_SQL = "SELECT value FROM facts WHERE name = ?"
_FEW = 200
"""Of deliveries, which are many, the latest are looked at."""
_MOMENTS = (
    "SELECT max(imported_at) FROM versions WHERE NOT (imported_at > ?1 AND imported_at <= ?2)",
    "SELECT max(finished_at) FROM import_reports WHERE NOT (finished_at > ?1 AND finished_at <= ?2)",
    "SELECT max(at) FROM ledger WHERE NOT (at > ?1 AND at <= ?2)",
    "SELECT max(claimed_at) FROM claims WHERE NOT (claimed_at > ?1 AND claimed_at <= ?2)",
    f"""SELECT max(at) FROM (SELECT at FROM deliveries ORDER BY id DESC LIMIT {_FEW})
            WHERE NOT (at > ?1 AND at <= ?2)""",
)


async def newest_time(connection: aiosqlite.Connection) -> datetime | None:
    """The newest stored moment; None where nothing was ever stored. What lay ahead when the operator said that the clock
    is right (`trust_clock`) was stored by a wrong one and doesn't count."""
    since, until = await _trusted(connection)
    newest = []
    for sql in _MOMENTS:
        rows = await connection.execute_fetchall(sql, (since, until))
        newest += [row[0] for row in rows if row[0] is not None]
    return from_text(max(newest)) if newest else None


def newest_time_in(connection: sqlite3.Connection) -> datetime | None:
    """The same on a plain connection. Raises sqlite3.Error."""
    row = connection.execute(_TRUSTED_SQL, (_TRUSTED,)).fetchone()
    span = _span(row[0]) if row is not None else ("", "")
    newest = [row[0] for sql in _MOMENTS for row in connection.execute(sql, span) if row[0] is not None]
    return from_text(max(newest)) if newest else None


async def trust_clock(connection: aiosqlite.Connection, now: datetime) -> None:
    """The operator says that `now` is right, whatever was stored."""
    newest = await newest_time(connection)
    since, until = await _trusted(connection)
    ahead = to_text(newest) if newest is not None else ""
    first = to_text(now) if not since else min(since, to_text(now))
    if max(ahead, until) > to_text(now):
        await connection.execute(
            "INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)",
            (_TRUSTED, f"{first} {max(ahead, until)}"),
        )


async def _trusted(connection: aiosqlite.Connection) -> tuple[str, str]:
    """From when on and until when stored moments don't count; two empty texts where all do."""
    rows = await connection.execute_fetchall(_TRUSTED_SQL, (_TRUSTED,))
    for row in rows:
        return _span(row[0])
    return "", ""


def _span(value: object) -> tuple[str, str]:
    since, _, until = str(value).partition(" ")
    return since, until
