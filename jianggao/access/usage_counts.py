"""Counts what members use in a calendar year: their searches, and by the delivery records their full texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

import aiosqlite

from jianggao.access import deliveries
from jianggao.membership.ledger import end_of_day


@dataclass(frozen=True, slots=True)
class YearOfUse:
    """What somebody used since the beginning of a calendar year."""

    year: int
    """The first of the years."""
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


async def used_in(
    connection: aiosqlite.Connection, accounts: Iterable[str], years: Sequence[int], zone: tzinfo
) -> YearOfUse:
    """Returns what the accounts of one person used in these years, by the days of `zone`."""
    begins = end_of_day(date(min(years) - 1, 12, 31), zone)
    ends = end_of_day(date(max(years), 12, 31), zone)
    searches, received = 0, set()
    for account in accounts:
        rows = await connection.execute_fetchall(
            "SELECT searches FROM usage_counts WHERE account = ? AND year BETWEEN ? AND ?",
            (account, min(years), max(years)),
        )
        searches += sum(row[0] for row in rows)
        received |= set(await deliveries.full_texts_between(connection, account, begins, ends))
    return YearOfUse(min(years), searches, len(received))
