"""Opens one SQLite file for one writer and a few readers (docs/rules.md, invariant 5)."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TypeVar

import aiosqlite
from filelock import FileLock, Timeout

from jianggao.database import acknowledged_entries
from jianggao.database.cancellation_shield import uncancelled
from jianggao.database.failures import explain_error
from jianggao.database.foreign_files import require_no_foreign_file
from jianggao.database.migrations import migrate
from jianggao.database.missing_database import require_no_traces
from jianggao.database.ownership import ownership_lock
from jianggao.database.private_files import make_database_private, private_file, private_folder
from jianggao.database.reading_threads import STEPS, ReadingThreads, Snapshot, in_time, raise_too_slow
from jianggao.database.restore_exchange import finish as finish_restore
from jianggao.database.writer import Writer
from jianggao.deadline import Deadline, no_deadline
from jianggao.errors import CannotRead, CannotStart, DatabaseDamaged, DatabaseInUse
from jianggao.install_paths import COMMAND

T = TypeVar("T")
logger = logging.getLogger(__name__)

BUSY_TIMEOUT_MS = 10_000
"""Milliseconds that a connection waits for another program's lock."""
READERS = 3
"""Connections that read for coroutines."""
SEARCH_THREADS = 2
"""Threads that read much for one question each."""

_PRAGMAS = (
    f"busy_timeout = {BUSY_TIMEOUT_MS}",
    "foreign_keys = ON",
    "cache_size = -32000",
    "temp_store = MEMORY",
)
"""Settings of every connection; a temporary table in memory lets a question be answered on a full disk
too."""
_WRITER_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON")
"""What is deleted is written over with noughts: some builds of SQLite leave it in the file until its place is
needed."""
_READER_PRAGMAS = ("query_only = ON",)


class Database:
    """An opened database file.

    `Database.open` opens it; `close` ends its threads and frees its lock. `write()` yields the one writing
    connection inside a transaction, `read()` a connection on a snapshot; `run_in_snapshot()` runs work that
    reads much in a thread. `writer` says whether anything can be written, and why not.
    """

    def __init__(
        self,
        path: Path,
        lock: FileLock,
        writer: aiosqlite.Connection,
        readers: list[aiosqlite.Connection],
        reading_threads: ReadingThreads,
        deletable_folders: tuple[Path, ...] = (),
    ) -> None:
        """`deletable_folders` are folders of logs and backups, for `explain_error`. Call `Database.open`
        instead."""
        self.path = path
        self.writer = Writer(path, writer, deletable_folders)
        self.reading_trouble: CannotStart | None = None
        """Why something couldn't be read the last time that this happened."""
        self.unstored_messages: dict[str, None] = {}
        """The keys of processed messages whose records wait to be stored; `Writer.write_later` bounds how
        many."""
        self._lock = lock
        self._deletable_folders = deletable_folders
        self._connections = [*readers, writer]
        self._readers = readers
        self._writing = writer
        # Last in, first out: the connection that was used last still has the pages in its cache.
        self._idle: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()
        for reader in readers:
            self._idle.put_nowait(reader)
        self._reading_threads = reading_threads

    @classmethod
    async def open(
        cls, path: Path, *, readers: int = READERS, deletable_folders: tuple[Path, ...] = ()
    ) -> Database:
        """Locks the file for this process, applies the migrations that are missing, and connects.

        `deletable_folders` are the folders of logs and backups, for `explain_error`. Raises DatabaseInUse,
        DatabaseMissing, EntriesLost, DatabaseTooNew, and what `explain_error` returns on the file, its folder
        and its disk.
        """
        opened: list[aiosqlite.Connection] = []
        lock = ownership_lock(path)
        try:
            await asyncio.to_thread(require_no_foreign_file, path)
            private_folder(path.parent)
            lock.acquire()
            return await cls._opened(path, lock, opened, readers, deletable_folders)
        except Timeout:
            message = f"数据库 {path} 正被另一个机器人进程使用。请先停掉它，再运行。"
            raise DatabaseInUse(message) from None
        except BaseException as error:
            await _close_all(opened, lock)
            expected = (
                explain_error(error, path, deletable_folders=deletable_folders)
                if isinstance(error, (sqlite3.Error, OSError, UnicodeDecodeError))
                else None
            )
            if expected is not None:
                raise expected from error
            # Nobody knows better what to do about an error of SQLite that has no line of its own.
            if isinstance(error, sqlite3.DatabaseError):
                raise DatabaseDamaged(
                    f"数据库 {path} 打不开（{error}）。请用备份恢复：{COMMAND} restore 备份文件"
                ) from error
            raise

    @classmethod
    async def _opened(
        cls,
        path: Path,
        lock: FileLock,
        opened: list[aiosqlite.Connection],
        readers: int,
        deletable_folders: tuple[Path, ...],
    ) -> Database:
        """Returns the database, opened with the lock held. Every connection is added to `opened` as soon as
        it is open, for the caller to close if a later step fails."""
        finish_restore(path)
        require_no_traces(path)
        private_file(path)
        make_database_private(path)
        writer = await _connect(path)
        opened.append(writer)
        acknowledged_entries.require_all_entries(path)
        unreadable_note = acknowledged_entries.describe_unreadable_note(path)
        if unreadable_note:
            logger.warning("%s；现在库里有的已经重新记下。", unreadable_note)
        await migrate(writer)
        for _ in range(readers):
            reader = await _connect(path, read_only=True)
            opened.append(reader)
        database = cls(
            path,
            lock,
            writer,
            opened[1:],
            ReadingThreads(_connect_reading_thread, path, SEARCH_THREADS),
            deletable_folders,
        )
        try:
            await database.writer.begin()
        except BaseException:
            await database._reading_threads.close()
            await _close_all(opened, lock)
            database.writer.let_go()
            raise
        return database

    def write(self) -> AbstractAsyncContextManager[aiosqlite.Connection]:
        """Returns a context with the writing connection inside BEGIN IMMEDIATE … COMMIT.

        Any exception rolls back, a cancellation too. One transaction runs at a time. Raises CannotWrite if
        the database can't be written; nothing is changed then.
        """
        return self.writer.transaction()

    @asynccontextmanager
    async def read(self, deadline: Deadline | None = None) -> AsyncIterator[aiosqlite.Connection]:
        """Yields a reading connection that sees one snapshot until the block ends.

        Waits while all connections are in use, with a deadline no longer than that. Raises TooSlow if the
        deadline passes, CannotRead if the file can't be read.
        """
        connection = await self._idle_reader(deadline)
        try:
            try:
                await uncancelled(connection.execute("BEGIN"))
                if deadline is not None:
                    await uncancelled(connection.set_progress_handler(deadline.has_passed, STEPS))
                yield connection
            except sqlite3.Error as error:
                if deadline is not None and isinstance(error, sqlite3.OperationalError):
                    raise_too_slow(error, deadline)
                await self._raise_unreadable(error)
                raise
            finally:
                if deadline is not None:
                    await uncancelled(connection.set_progress_handler(None, 0))  # type: ignore[arg-type]
                # A snapshot that stays open would keep the -wal from beginning anew.
                await uncancelled(connection.rollback())
        finally:
            self._idle.put_nowait(connection)

    async def _idle_reader(self, deadline: Deadline | None) -> aiosqlite.Connection:
        if deadline is None or not self._idle.empty():
            return await self._idle.get()
        reader: aiosqlite.Connection = await in_time(self._idle.get(), deadline)
        return reader

    async def run_in_snapshot(self, work: Callable[[Snapshot], T], deadline: Deadline | None = None) -> T:
        """Returns the result of `work`, which is run on one snapshot in a thread.

        A search executes about a hundred statements: a change of threads for each would cost more than the
        reading itself. Raises TooSlow if the deadline passes, CannotRead if the file can't be read.
        """
        try:
            return await self._reading_threads.run(work, deadline or no_deadline())
        except sqlite3.Error as error:
            await self._raise_unreadable(error)
            raise

    async def _raise_unreadable(self, error: sqlite3.Error) -> None:
        """Raises CannotRead if the file or the disk failed; does nothing if the statement was wrong."""
        expected = await asyncio.to_thread(
            explain_error, error, self.path, deletable_folders=self._deletable_folders
        )
        if expected is not None:
            if self.reading_trouble is None:
                logger.warning("the database can't be read: %s", expected)
            self.reading_trouble = expected
            raise CannotRead(expected) from error

    async def close(self) -> None:
        """Closes every connection and frees the lock.

        Waits for a transaction under way; what only reads is interrupted. Does nothing the second time.
        """
        if not await self.writer.close():
            return
        for reader in self._readers:
            await reader.interrupt()
        await self._reading_threads.close()
        # What stands in the -wal belongs to the file that was written over, and must not get into its
        # replacement.
        if self.writer.is_overwritten:
            await self._writing.interrupt()
        # The writer comes last: it brings what stands in the -wal into the file, which an interrupted
        # connection would not.
        await _close_all(self._connections, self._lock)
        self.writer.let_go()


def _existing(path: Path) -> str:
    """Returns a URI that opens the file and doesn't create it where it has been deleted meanwhile."""
    return f"{path.resolve().as_uri()}?mode=rw"


async def _connect(path: Path, *, read_only: bool = False) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(_existing(path), isolation_level=None, uri=True)
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


def _connect_reading_thread(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(_existing(path), isolation_level=None, check_same_thread=False, uri=True)
    connection.row_factory = sqlite3.Row
    for pragma in (*_PRAGMAS, *_READER_PRAGMAS):
        connection.execute(f"PRAGMA {pragma}")
    return connection
