"""Counts what members use in a calendar year: their searches, and by the delivery records their full texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo

import aiosqlite

from jianggao.access import deliveries
from jianggao.membership.ledger import end_of_day


@dataclass(frozen=True, slots=True)
class YearOfUse:
    """What somebody used in a calendar year."""

    year: int
    searches: int = 0
    full_texts: int = 0
    """Different texts that may have arrived."""


async def count_search(connection: aiosqlite.Connection, account: str, year: int) -> None:
    """Adds one to the answered searches of a member, in the transaction that records the message."""
    await connection.execute(
        """
        INSERT INTO usage_counts (account, year, searches) VALUES (?, ?, 1)
        ON CONFLICT DO UPDATE SET searches = searches + 1
        """,
        (account, year),
    )


async def used_in(connection: aiosqlite.Connection, account: str, year: int, zone: tzinfo) -> YearOfUse:
    """Returns what the account used in this year, by the days of `zone`."""
    rows = list(
        await connection.execute_fetchall(
            "SELECT searches FROM usage_counts WHERE account = ? AND year = ?", (account, year)
        )
    )
    begins, ends = end_of_day(date(year - 1, 12, 31), zone), end_of_day(date(year, 12, 31), zone)
    received = await deliveries.full_texts_between(connection, account, begins, ends)
    return YearOfUse(year, rows[0][0] if rows else 0, len(received))
