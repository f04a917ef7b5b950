"""Stores which full texts were received for trial. Rows are only added: triggers refuse anything else, and a
second row of a person whose first text may have left."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.database.statements import fetch_rows

_MAY_HAVE_LEFT = (
    "FROM trial_texts JOIN deliveries ON deliveries.id = trial_texts.delivery "
    "WHERE deliveries.outcome <> 'refused'"
)
"""A full text that never left gives the trial back, as it gives the day's quota back."""


async def record_text(connection: aiosqlite.Connection, account: str, speech: int, delivery: int) -> None:
    """Stores that a recorded delivery is the account's trial. Raises sqlite3.IntegrityError if it had one, or
    if the delivery is another than the full text of that speech to that account in private."""
    await connection.execute(
        "INSERT INTO trial_texts (delivery, account, speech) VALUES (?, ?, ?)", (delivery, account, speech)
    )


async def has_received_text(connection: aiosqlite.Connection, accounts: Collection[str]) -> bool:
    """Returns whether a full text may have reached one of the accounts for trial."""
    marks = ", ".join("?" * len(accounts))
    rows = await connection.execute_fetchall(
        f"SELECT 1 {_MAY_HAVE_LEFT} AND trial_texts.account IN ({marks}) LIMIT 1", tuple(accounts)
    )
    return bool(list(rows))


async def text_of(connection: aiosqlite.Connection, account: str) -> int | None:
    """Returns the number of the speech that the account received for trial; None if it received none."""
    rows = await fetch_rows(
        connection, f"SELECT trial_texts.speech {_MAY_HAVE_LEFT} AND trial_texts.account = ?", (account,)
    )
    return int(rows[0]["speech"]) if rows else None


async def texts_between(
    connection: aiosqlite.Connection, start: datetime, end: datetime
) -> list[tuple[str, datetime]]:
    """Returns who received a full text for trial from `start` until before `end`, and when, oldest first."""
    rows = await connection.execute_fetchall(
        f"SELECT trial_texts.account, deliveries.at {_MAY_HAVE_LEFT} AND deliveries.at >= ? AND deliveries.at < ? "
        "ORDER BY deliveries.at",
        (to_text(start), to_text(end)),
    )
    return [(row["account"], from_text(row["at"])) for row in rows]
