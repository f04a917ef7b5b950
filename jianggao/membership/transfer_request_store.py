"""Stores members' requests to move their subscription to another account: the last one of each member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Row

import aiosqlite

from jianggao.clock import from_text, to_text

VALID = timedelta(days=7)
"""How long the new account may confirm, and a superuser may read of the request as an open one."""

KEPT = timedelta(days=30)
"""How long a request is stored."""


@dataclass(frozen=True, slots=True)
class TransferRequest:
    """What a member asked for, from the account `old`."""

    old: str
    new: str
    asked_at: datetime
    confirmed_at: datetime | None
    """When the new account said so too."""
    settled_at: datetime | None
    """When it was withdrawn, or the subscription was transferred."""

    def is_open(self, now: datetime) -> bool:
        """Returns whether it still counts."""
        return self.settled_at is None and now - self.asked_at < VALID


async def find(connection: aiosqlite.Connection, old: str) -> TransferRequest | None:
    """Returns the last request of the account."""
    rows = await connection.execute_fetchall("SELECT * FROM transfer_requests WHERE old = ?", (old,))
    return next((_request(row) for row in rows), None)


async def confirmed_by(connection: aiosqlite.Connection, new: str) -> list[TransferRequest]:
    """Returns the requests that this account confirmed as the new one."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM transfer_requests WHERE new = ? AND confirmed_at IS NOT NULL ORDER BY old", (new,)
    )
    return [_request(row) for row in rows]


async def put(connection: aiosqlite.Connection, old: str, new: str, at: datetime) -> None:
    """Stores a request in the place of the account's last one, and deletes what is older than `KEPT`."""
    await connection.execute(
        "DELETE FROM transfer_requests WHERE old = ? OR asked_at < ?", (old, to_text(at - KEPT))
    )
    await connection.execute(
        "INSERT INTO transfer_requests (old, new, asked_at) VALUES (?, ?, ?)", (old, new, to_text(at))
    )


async def confirm(connection: aiosqlite.Connection, old: str, at: datetime) -> None:
    """Stores that the new account said so too."""
    await connection.execute(
        "UPDATE transfer_requests SET confirmed_at = ? WHERE old = ?", (to_text(at), old)
    )


async def settle(connection: aiosqlite.Connection, old: str, at: datetime) -> None:
    """Stores that the account's request, if there is one, doesn't count any more."""
    await connection.execute(
        "UPDATE transfer_requests SET settled_at = ? WHERE old = ? AND settled_at IS NULL", (to_text(at), old)
    )


def _request(row: Row) -> TransferRequest:
    return TransferRequest(
        old=row["old"],
        new=row["new"],
        asked_at=from_text(row["asked_at"]),
        confirmed_at=from_text(row["confirmed_at"]) if row["confirmed_at"] else None,
        settled_at=from_text(row["settled_at"]) if row["settled_at"] else None,
    )
