"""Stores since when accounts are friends of the bot, as far as it knows: a trial is for who has been one for a
while."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import aiosqlite

from jianggao.clock import CLOCK_TOLERANCE, from_text, to_text
from jianggao.database.statements import fetch_rows

MOST_FRIENDS = 100_000
"""How many are stored: many times the friends that QQ lets an account have. Those known longest are forgotten
first. Who is forgotten counts as new when heard of again, so that forgetting never shortens a wait."""


async def remember(
    connection: aiosqlite.Connection, accounts: Iterable[str], now: datetime, limit: int = MOST_FRIENDS
) -> None:
    """Stores that the accounts are friends from now on. What is known already stays as it is: neither a
    second notice nor becoming a friend anew changes since when. A moment far in the future was stored by a
    clock that was ahead, and becomes now."""
    before = connection.total_changes
    await connection.executemany(
        """
        INSERT INTO friends (account, since) VALUES (?, ?)
        ON CONFLICT (account) DO UPDATE SET since = excluded.since WHERE since > ?
        """,
        [(account, to_text(now), to_text(now + CLOCK_TOLERANCE)) for account in accounts],
    )
    if connection.total_changes != before:
        await connection.execute(
            """
            DELETE FROM friends WHERE account IN (
                SELECT account FROM friends ORDER BY since, account
                LIMIT max(0, (SELECT count(*) FROM friends) - ?)
            )
            """,
            (limit,),
        )


async def friend_since(connection: aiosqlite.Connection, account: str) -> datetime | None:
    """Returns since when the account is known as a friend; None if it isn't."""
    rows = await fetch_rows(connection, "SELECT since FROM friends WHERE account = ?", (account,))
    return from_text(rows[0]["since"]) if rows else None
