"""Counts wrong tries at redeem codes, and locks an account for an hour after five within an hour.

A row an account is stored, so that a restart forgets none; each write deletes the rows that are over an hour
old, so that they are as many as accounts tried within the hour.
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
    """Counts a wrong try; the last that is allowed locks the account."""
    await connection.execute(
        "DELETE FROM code_attempts WHERE coalesce(locked_at, first_at) NOT BETWEEN ? AND ?",
        (to_text(now - WITHIN), to_text(now + WITHIN)),
    )
    await connection.execute(
        """
        INSERT INTO code_attempts (account, first_at, wrong) VALUES (?, ?, 1)
        ON CONFLICT (account) DO UPDATE SET wrong = wrong + 1
        """,
        (account, to_text(now)),
    )
    await connection.execute(
        "UPDATE code_attempts SET locked_at = ? WHERE account = ? AND wrong >= ? AND locked_at IS NULL",
        (to_text(now), account, MOST_WRONG),
    )


async def forget(connection: aiosqlite.Connection, account: str) -> None:
    """Forgets an account's wrong tries, as it has redeemed a code."""
    await connection.execute("DELETE FROM code_attempts WHERE account = ?", (account,))


def _counts(locked_at: datetime, now: datetime) -> bool:
    """Returns whether a lock of this moment still holds. One from far in the future was set by a clock that
    was ahead."""
    return now - WITHIN < locked_at <= now + WITHIN
