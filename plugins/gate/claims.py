"""One message acts at most once, also after a restart (docs/rules.md, invariant 4)."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

import aiosqlite

from jianggao.clock import to_text
from jianggao.database import Database
from jianggao.errors import AlreadyClaimed

KEPT = timedelta(hours=48)
TOO_OLD = timedelta(minutes=10)


class Claim:
    """A message's right to act. Taken in the transaction of the effect, or by itself before an answer."""

    def __init__(self, key: str, now: datetime) -> None:
        self.key = key
        self._now = now
        self.taken = False

    async def take(self, connection: aiosqlite.Connection) -> None:
        """Store the claim in this transaction. Raises AlreadyClaimed when the message has acted before."""
        if self.taken:
            return
        try:
            await connection.execute(
                "INSERT INTO claims (message, claimed_at) VALUES (?, ?)", (self.key, to_text(self._now))
            )
        except sqlite3.IntegrityError:
            raise AlreadyClaimed(self.key) from None
        await connection.execute("DELETE FROM claims WHERE claimed_at < ?", (to_text(self._now - KEPT),))
        self.taken = True

    async def ensure(self, database: Database) -> None:
        """Store the claim by itself, unless an effect has taken it."""
        if not self.taken:
            async with database.write() as connection:
                await self.take(connection)


async def is_claimed(database: Database, key: str) -> bool:
    """Whether the message has acted already."""
    async with database.read() as connection:
        rows = await connection.execute_fetchall("SELECT 1 FROM claims WHERE message = ?", (key,))
    return bool(list(rows))


class InFlight:
    """The messages being worked on or lately done, so that a second copy at the same moment finds the door shut."""

    def __init__(self, size: int = 20_000) -> None:
        self._size = size
        self._keys: dict[str, None] = {}

    def enter(self, key: str) -> bool:
        """Whether the message is the first of its key."""
        if key in self._keys:
            return False
        self._keys[key] = None
        if len(self._keys) > self._size:
            self._keys.pop(next(iter(self._keys)))
        return True
