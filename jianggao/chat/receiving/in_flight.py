"""One message acts at most once, also after a restart (docs/rules.md, invariant 4).

While the database can't be written, claims of messages that change nothing are kept in memory until they can be stored.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from functools import partial
from weakref import WeakKeyDictionary

import aiosqlite

from jianggao.clock import to_text
from jianggao.database import Database
from jianggao.errors import AlreadyProcessed, CannotWrite

KEPT = timedelta(hours=48)
TOO_OLD = timedelta(minutes=10)

_waiting: WeakKeyDictionary[Database, dict[str, None]] = WeakKeyDictionary()
"""The messages whose claims wait to be stored; `Writer.write_later` bounds how many."""


class ProcessedMessage:
    """A message's right to act. Taken in the transaction of the effect, or by itself before an answer."""

    def __init__(self, key: str, at: datetime, database: Database) -> None:
        """`at` is by the bot's clock or by the time that QQ gave the message, whichever is earlier. Claims older than
        KEPT before it are deleted: so a clock that is ahead for a while deletes none that it shouldn't."""
        self.key = key
        self._at = at
        self._database = database
        self.taken = False
        self._taken_in = 0

    async def take(self, connection: aiosqlite.Connection) -> None:
        """Store the claim in this transaction. Raises AlreadyClaimed when the message has acted before."""
        writer = self._database.writer
        if self.taken or self._taken_in == writer.number:
            return
        if self.key in _waiting.get(self._database, {}):
            raise AlreadyProcessed(self.key)
        try:
            await connection.execute(
                "INSERT INTO claims (message, claimed_at) VALUES (?, ?)", (self.key, to_text(self._at))
            )
        except sqlite3.IntegrityError:
            raise AlreadyProcessed(self.key) from None
        await connection.execute("DELETE FROM claims WHERE claimed_at < ?", (to_text(self._at - KEPT),))
        self._taken_in = writer.number
        writer.after_commit(self._is_stored)

    def _is_stored(self) -> None:
        """Not before the commit: a transaction that fails leaves the message unclaimed."""
        self.taken = True

    async def store(self) -> None:
        """Store the claim by itself, unless an effect has taken it. Raises CannotWrite: nothing is changed then."""
        if not self.taken:
            async with self._database.write() as connection:
                await self.take(connection)

    async def ensure(self) -> None:
        """As `store`, for an answer that changes nothing: where the database can't be written the claim waits in memory.
        Raises CannotWrite where too many wait."""
        try:
            await self.store()
        except CannotWrite:
            self.keep()

    def keep(self) -> None:
        """Claim the message in memory until that can be stored. Raises CannotWrite where too many wait."""
        if self.taken:
            return
        waiting = _waiting.setdefault(self._database, {})
        if self.key not in waiting:
            self._database.writer.write_later(self._insert, partial(waiting.pop, self.key, None))
            waiting[self.key] = None
        self.taken = True

    async def _insert(self, connection: aiosqlite.Connection) -> None:
        await connection.execute(
            "INSERT OR IGNORE INTO claims (message, claimed_at) VALUES (?, ?)",
            (self.key, to_text(self._at)),
        )


async def is_claimed(database: Database, key: str) -> bool:
    """Whether the message has acted already."""
    if key in _waiting.get(database, {}):
        return True
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
