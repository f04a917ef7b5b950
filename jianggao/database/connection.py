"""One writer behind a lock and a few readers on one SQLite file (docs/rules.md, invariant 5)."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import aiosqlite
from filelock import FileLock, Timeout

from jianggao.database.lookers import STEPS, Lookers, Snapshot, in_time, raise_too_slow
from jianggao.database.migrations import migrate
from jianggao.database.private_files import private_file, private_folder, tighten_database
from jianggao.database.replacing import finish as finish_restore
from jianggao.deadline import Deadline, no_deadline
from jianggao.errors import DatabaseDamaged, DatabaseInUse

T = TypeVar("T")

BUSY_TIMEOUT_MS = 10_000
READERS = 3
LOOKERS = 2

_PRAGMAS = (
    f"busy_timeout = {BUSY_TIMEOUT_MS}",
    "foreign_keys = ON",
    "cache_size = -32000",
    "temp_store = MEMORY",
)
_WRITER_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL")
_READER_PRAGMAS = ("query_only = ON",)


def lock_file(database_file: Path) -> Path:
    """The file whose lock says that a process owns this database."""
    return database_file.with_name(database_file.name + ".lock")


class Database:
    """The opened file. Open it by `Database.open`; close it, so that its lock and threads go.

    `write()` gives the one writing connection inside a transaction, `read()` a connection on a snapshot; `look()` runs
    work that reads much in a thread.
    """

    def __init__(
        self,
        path: Path,
        lock: FileLock,
        writer: aiosqlite.Connection,
        readers: list[aiosqlite.Connection],
        lookers: Lookers,
    ) -> None:
        self.path = path
        self._lock = lock
        self._writer = writer
        self._readers = readers
        self._writing = asyncio.Lock()
        self._idle: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()
        for reader in readers:
            self._idle.put_nowait(reader)
        self._lookers = lookers
        self._is_closed = False

    @classmethod
    async def open(cls, path: Path, *, readers: int = READERS) -> Database:
        """Lock the file for this process, bring it to the newest migration, and connect.

        Raises DatabaseInUse, DatabaseTooNew, DatabaseDamaged.
        """
        private_folder(path.parent)
        lock = FileLock(lock_file(path), timeout=0, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            message = f"数据库 {path} 正被另一个机器人进程使用。请先停掉它，再运行。"
            raise DatabaseInUse(message) from None
        opened: list[aiosqlite.Connection] = []
        try:
            finish_restore(path)
            private_file(path)
            tighten_database(path)
            writer = await _connect(path)
            opened.append(writer)
            await migrate(writer)
            for _ in range(readers):
                reader = await _connect(path, read_only=True)
                opened.append(reader)
            return cls(path, lock, writer, opened[1:], Lookers(_looker, path, LOOKERS))
        except sqlite3.DatabaseError as error:
            await _close_all(opened, lock)
            raise DatabaseDamaged(
                f"数据库 {path} 打不开（{error}）。请用备份恢复：python bot.py restore 备份文件"
            ) from error
        except BaseException:
            await _close_all(opened, lock)
            raise

    @asynccontextmanager
    async def write(self) -> AsyncIterator[aiosqlite.Connection]:
        """The writing connection inside BEGIN IMMEDIATE … COMMIT; any exception, cancellation too, rolls back.

        One at a time. Without the lock an insert that one coroutine had been told was stored vanished in
        another's rollback, since they share the connection.
        """
        async with self._writing:
            try:
                await _settled(self._writer.execute("BEGIN IMMEDIATE"))
                yield self._writer
            except BaseException:
                await _settled(self._writer.rollback())
                raise
            try:
                await _settled(self._writer.commit())
            except sqlite3.Error:
                await _settled(self._writer.rollback())
                raise

    @asynccontextmanager
    async def read(self, deadline: Deadline | None = None) -> AsyncIterator[aiosqlite.Connection]:
        """A reading connection that sees one snapshot until the block ends. Waits when all are in use; with a deadline
        no longer than that. Raises TooSlow when it passes."""
        connection = await self._idle_reader(deadline)
        try:
            try:
                await _settled(connection.execute("BEGIN"))
                if deadline is not None:
                    await _settled(connection.set_progress_handler(deadline.has_passed, STEPS))
                yield connection
            except sqlite3.OperationalError as error:
                if deadline is not None:
                    raise_too_slow(error, deadline)
                raise
            finally:
                if deadline is not None:
                    await _settled(connection.set_progress_handler(None, 0))  # type: ignore[arg-type]
                await _settled(connection.rollback())
        finally:
            self._idle.put_nowait(connection)

    async def _idle_reader(self, deadline: Deadline | None) -> aiosqlite.Connection:
        if deadline is None or not self._idle.empty():
            return await self._idle.get()
        reader: aiosqlite.Connection = await in_time(self._idle.get(), deadline)
        return reader

    async def look(self, work: Callable[[Snapshot], T], deadline: Deadline | None = None) -> T:
        """What `work` makes of one snapshot, run in a thread: a search reads a hundred times, and a hop to another
        thread for each would cost more than the reading. Raises TooSlow when the deadline passes."""
        return await self._lookers.look(work, deadline or no_deadline())

    async def close(self) -> None:
        """Close every connection and give the file free. Waits for a transaction under way; what only reads is
        interrupted. A second time does nothing."""
        async with self._writing:
            if self._is_closed:
                return
            self._is_closed = True
            for reader in self._readers:
                await reader.interrupt()
            await self._lookers.close()
            # The writer last: it brings what stands in the -wal into the file, which an interrupted reader would not.
            await _close_all([*self._readers, self._writer], self._lock)


async def _connect(path: Path, *, read_only: bool = False) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        for pragma in (*_PRAGMAS, *(_READER_PRAGMAS if read_only else _WRITER_PRAGMAS)):
            await connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        await connection.close()
        raise
    return connection


async def _close_all(connections: list[aiosqlite.Connection], lock: FileLock) -> None:
    for connection in connections:
        await connection.close()
    lock.release()


def _looker(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    for pragma in (*_PRAGMAS, *_READER_PRAGMAS):
        connection.execute(f"PRAGMA {pragma}")
    return connection


async def _settled(step: Awaitable[T]) -> T:
    """Finish `step` even if the caller is cancelled meanwhile; the cancellation follows after it.

    A BEGIN or COMMIT runs in the connection's thread whatever happens to the coroutine that asked for it:
    going on before it has ended would let the next coroutine into a transaction that isn't its own.
    """
    task = asyncio.ensure_future(step)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            if task.cancelled():
                raise
            cancelled = error
        except BaseException:
            if not task.done():
                raise
    error_of_step = task.exception()
    if error_of_step is not None:
        raise error_of_step
    if cancelled is not None:
        raise cancelled
    return task.result()
