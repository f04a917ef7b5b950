"""Transactions of an import that leave others time to write."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiosqlite

from jianggao.database import Database

TRANSACTION_SECONDS = 0.02
"""A transaction takes no further text after this time, so that it ends within 50 ms."""


class PacedWriter:
    """Writes in short transactions; after each it rests `rest` times as long as that took."""

    def __init__(self, database: Database, rest: float) -> None:
        self._database = database
        self._rest = rest

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        """A transaction of some milliseconds, and a rest in which others write."""
        async with self._database.write() as connection:
            started = time.perf_counter()
            yield connection
        await asyncio.sleep(self._rest * (time.perf_counter() - started))
