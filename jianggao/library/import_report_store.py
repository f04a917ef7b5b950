"""Stores the reports of imports, and single values that outlive the process (facts)."""

from __future__ import annotations

from datetime import datetime

import aiosqlite

from jianggao.clock import from_text
from jianggao.library.speech_store import first_row


async def fact(connection: aiosqlite.Connection, name: str) -> str | None:
    """Returns a single stored value; None if there is none of that name."""
    row = await first_row(connection, "SELECT value FROM facts WHERE name = ?", (name,))
    return None if row is None else str(row[0])


async def set_fact(connection: aiosqlite.Connection, name: str, value: str) -> None:
    """Stores a single value in place of the one of that name."""
    await connection.execute("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", (name, value))


async def add_report(connection: aiosqlite.Connection, finished_at: str, report: str) -> None:
    """Stores the JSON of an import report."""
    await connection.execute(
        "INSERT INTO import_reports (finished_at, report) VALUES (?, ?)", (finished_at, report)
    )


async def latest_report(connection: aiosqlite.Connection) -> tuple[datetime, str] | None:
    """Returns when the last import finished, and the JSON of its report; None before the first one."""
    row = await first_row(
        connection, "SELECT finished_at, report FROM import_reports ORDER BY id DESC LIMIT 1"
    )
    return None if row is None else (from_text(row["finished_at"]), str(row["report"]))


async def latest_id(connection: aiosqlite.Connection) -> int:
    """Returns the id of the last report, 0 before the first one."""
    row = await first_row(connection, "SELECT coalesce(max(id), 0) FROM import_reports")
    return int(row[0])
