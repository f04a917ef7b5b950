"""Counts wrong tries at redeem codes, and locks an account for an hour after five within an hour.

A row an account is stored, so that a restart forgets none: `first_at` has the moments of its wrong tries, at
most five, the first one first. Each write deletes the rows that are over an hour old, so that they are as many as
accounts tried within the hour.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.database.statements import fetch_rows

MOST_WRONG = 5
"""Wrong tries within `WITHIN` after which an account is locked for as long."""
WITHIN = timedelta(hours=1)


async def locked_for(connection: aiosqlite.Connection, account: str, now: datetime) -> int:
    """Returns the minutes for which the account is still locked, at least 1; 0 if it isn't."""
    rows = await fetch_rows(
        connection,
        "SELECT locked_at FROM code_attempts WHERE account = ? AND locked_at IS NOT NULL",
        (account,),
    )
    if not rows or not _counts(from_text(rows[0]["locked_at"]), now):
        return 0
    left = from_text(rows[0]["locked_at"]) + WITHIN - now
    return max(1, min(-(-left // timedelta(minutes=1)), WITHIN // timedelta(minutes=1)))


async def note_wrong(connection: aiosqlite.Connection, account: str, now: datetime) -> None:
    """Counts a wrong try; the last that is allowed within an hour locks the account."""
    await connection.execute(
        "DELETE FROM code_attempts WHERE coalesce(locked_at, substr(first_at, -?)) NOT BETWEEN ? AND ?",
        (len(to_text(now)), to_text(now - WITHIN), to_text(now + WITHIN)),
    )
    moments = [*await _moments(connection, account, now), now][-MOST_WRONG:]
    stored = " ".join(map(to_text, moments))
    await connection.execute(
        """
        INSERT INTO code_attempts (account, first_at, wrong) VALUES (?, ?, ?)
        ON CONFLICT (account) DO UPDATE SET first_at = excluded.first_at, wrong = excluded.wrong
        """,
        (account, stored, len(moments)),
    )
    await connection.execute(
        "UPDATE code_attempts SET locked_at = ? WHERE account = ? AND wrong >= ? AND locked_at IS NULL",
        (to_text(now), account, MOST_WRONG),
    )


async def _moments(connection: aiosqlite.Connection, account: str, now: datetime) -> list[datetime]:
    """Returns when the wrong tries of the hour before were made, oldest first. A row of an earlier version has
    the first moment alone."""
    rows = list(
        await connection.execute_fetchall(
            "SELECT first_at, wrong FROM code_attempts WHERE account = ?", (account,)
        )
    )
    moments = [from_text(moment) for moment in rows[0]["first_at"].split(" ")] if rows else []
    if len(moments) == 1:
        moments *= int(rows[0]["wrong"])
    return [moment for moment in moments if _counts(moment, now)]


async def forget(connection: aiosqlite.Connection, account: str) -> None:
    """Forgets an account's wrong tries, as it has redeemed a code."""
    await connection.execute("DELETE FROM code_attempts WHERE account = ?", (account,))


def _counts(moment: datetime, now: datetime) -> bool:
    """Returns whether a lock or a wrong try of this moment still counts. One from far in the future was stored
    by a clock that was ahead."""
    return now - WITHIN < moment <= now + WITHIN
