"""Writes an import in transactions that leave others time to write."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiosqlite

from jianggao.database import Database

TRANSACTION_SECONDS = 0.02
"""A transaction takes no further text after this time, so that it ends within 50 ms."""
_PART = "part_of_a_transaction"


class PacedWriter:
    """Opens short transactions, and after each rests `rest` times as long as it took."""

    def __init__(self, database: Database, rest: float) -> None:
        self._database = database
        self._rest = rest

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        """Opens a transaction for some milliseconds of work, and rest after it while others write."""
        async with self._database.write() as connection:
            started = time.perf_counter()
            yield connection
        await asyncio.sleep(self._rest * (time.perf_counter() - started))


@asynccontextmanager
async def part_of_transaction(
    connection: aiosqlite.Connection, *, fatal: tuple[type[Exception], ...]
) -> AsyncIterator[None]:
    """Undoes what was written inside the block if an exception leaves it; the transaction itself can go on.

    Not so after one of the `fatal` exceptions: then the database is left as it is, for the transaction as a
    whole will be rolled back, and SQLite may have done so already (on a full disk it does).
    """
    await connection.execute(f"SAVEPOINT {_PART}")
    try:
        yield
    except fatal:
        raise
    except Exception:
        await connection.execute(f"ROLLBACK TO {_PART}")
        await connection.execute(f"RELEASE {_PART}")
        raise
    await connection.execute(f"RELEASE {_PART}")
