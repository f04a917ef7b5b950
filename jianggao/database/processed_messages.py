"""Records which messages have been processed, so that each acts at most once, also after a restart
(docs/rules.md, invariant 4).

While the database can't be written, the records of messages that change nothing wait in memory until they can
be stored. The table is called `claims`, since its rows were first named so.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from functools import partial

import aiosqlite

from jianggao.clock import to_text
from jianggao.database.connection import Database
from jianggao.errors import AlreadyProcessed, CannotWrite

KEPT = timedelta(hours=48)
"""How long records are kept."""
TOO_OLD = timedelta(minutes=10)
"""Messages older than this aren't processed any more."""


class ProcessedMessage:
    """A message that is being processed.

    It is recorded in the transaction of its effect, or by itself before its answer leaves.
    """

    def __init__(self, key: str, at: datetime, database: Database) -> None:
        """`at` is the time of the bot's clock, or the time that QQ gave the message, whichever is earlier.

        Records older than KEPT before `at` are deleted: so a clock that is ahead for a while deletes none
        that it shouldn't.
        """
        self.key = key
        self._at = at
        self._database = database
        self.is_recorded = False
        self._recorded_in = 0

    async def record(self, connection: aiosqlite.Connection) -> None:
        """Records the message in this transaction. Raises AlreadyProcessed when it has acted before."""
        writer = self._database.writer
        if self.is_recorded or self._recorded_in == writer.number:
            return
        # Its record waits in memory, where the table can't refuse a second one.
        if self.key in self._database.unstored_messages:
            raise AlreadyProcessed(self.key)
        try:
            await connection.execute(
                "INSERT INTO claims (message, claimed_at) VALUES (?, ?)", (self.key, to_text(self._at))
            )
        except sqlite3.IntegrityError:
            raise AlreadyProcessed(self.key) from None
        await connection.execute("DELETE FROM claims WHERE claimed_at < ?", (to_text(self._at - KEPT),))
        self._recorded_in = writer.number
        writer.after_commit(self._is_stored)

    def _is_stored(self) -> None:
        """Notes that the message is recorded; not before the commit, since a transaction may fail."""
        self.is_recorded = True

    async def record_now(self) -> None:
        """Records the message by itself, unless an effect has done so. Raises CannotWrite: nothing is
        changed then."""
        if not self.is_recorded:
            async with self._database.write() as connection:
                await self.record(connection)

    async def record_or_later(self) -> None:
        """Does as `record_now`, for an answer that changes nothing: where the database can't be written, the
        record waits in memory. Raises CannotWrite where too many wait."""
        try:
            await self.record_now()
        except CannotWrite:
            self.record_later()

    def record_later(self) -> None:
        """Records the message in memory until that can be stored. Raises CannotWrite where too many wait."""
        if self.is_recorded:
            return
        waiting = self._database.unstored_messages
        if self.key not in waiting:
            self._database.writer.write_later(self._insert, partial(waiting.pop, self.key, None))
            waiting[self.key] = None
        self.is_recorded = True

    async def _insert(self, connection: aiosqlite.Connection) -> None:
        await connection.execute(
            "INSERT OR IGNORE INTO claims (message, claimed_at) VALUES (?, ?)",
            (self.key, to_text(self._at)),
        )


async def is_processed(database: Database, key: str) -> bool:
    """Returns whether the message has acted already."""
    if key in database.unstored_messages:
        return True
    async with database.read() as connection:
        rows = await connection.execute_fetchall("SELECT 1 FROM claims WHERE message = ?", (key,))
    return bool(list(rows))
