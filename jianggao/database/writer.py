"""Runs the transactions of the one writing connection, knows why it can't write, and stores later what can
wait.

What can't be written raises CannotWrite, by its cause: at once where that is known already, until
`try_to_write` has found that the trouble is over.

This file is long because a transaction, its failure and what is done about it share one lock,
one connection and the knowledge of what was stored last: apart, each half would need the other's state.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiosqlite

from jianggao.database import acknowledged_entries
from jianggao.database.acknowledged_entries import AcknowledgementNote
from jianggao.database.cancellation_shield import uncancelled
from jianggao.database.disk import has_room
from jianggao.database.failure_messages import database_gone, database_overwritten
from jianggao.database.failures import explain_error, sqlite_name
from jianggao.database.file_identity import OpenedFiles
from jianggao.database.rescue import move_log_aside, rescue_copy, rescue_overwritten
from jianggao.errors import CannotStart, CannotWrite, DatabaseGone, DatabaseOverwritten, DiskFull

Work = Callable[[aiosqlite.Connection], Awaitable[None]]
"""Writes something inside a transaction."""
logger = logging.getLogger(__name__)

PATIENCE_MS = 2_000
"""Milliseconds that a transaction waits for another program's lock: nobody else writes for long, and
people wait for answers."""
WAITING_LIMIT = 20_000
"""How many writings may wait until the database can be written again."""
EXTRA_FOR_WHAT_HAPPENED = 1_000
"""How many more may wait of what has happened already: it can't be refused any more, and little is under
way at once."""

MAYBE_LOST = "刚才的改动可能没有存下。请等管理员处理好，看过再发。"
"""The answer where a commit went into a file that is gone."""


class Writer:
    """Writes to an opened database, one transaction at a time."""

    def __init__(
        self, path: Path, connection: aiosqlite.Connection, deletable_folders: tuple[Path, ...] = ()
    ) -> None:
        """`connection` has read the file, so that its -wal exists. `deletable_folders` are folders for
        `explain_error`."""
        self.path = path
        self._deletable_folders = deletable_folders
        self.trouble: CannotStart | None = None
        """Why nothing can be written, while that is so."""
        self.is_closed = False
        self.keeps_deleted = True
        """Whether the -wal may hold what was deleted, so that it is to be emptied: at the start, too."""
        self.number = 0
        """The number of the transaction that is open, or was the last."""
        self._after_commit: list[Callable[[], None]] = []
        self._connection = connection
        self._writing = asyncio.Lock()
        self._trying = asyncio.Lock()
        self._files = OpenedFiles.of(path)
        self._trouble_name = ""
        self._patience_ms = -1
        self._later: deque[tuple[Work, Callable[[], None]]] = deque()
        self._newest = AcknowledgementNote()
        self._noted: AcknowledgementNote | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        """Yields the writing connection inside BEGIN IMMEDIATE … COMMIT; any exception, cancellation too,
        rolls back.

        One transaction runs at a time: without the lock, an insert that one coroutine believed stored
        vanished in another's rollback, since they share the connection. Raises CannotWrite if the database
        can't be written; where that is known already, without waiting for it.
        """
        async with self._writing:
            await self._require_in_place()
            try:
                self._after_commit, self.number = [], self.number + 1
                await self._be_patient()
                await uncancelled(self._connection.execute("BEGIN IMMEDIATE"))
                # A transaction that only reads, or finds nothing to change, needs no stamp.
                changes = self._connection.total_changes
                yield self._connection
                newest = await uncancelled(acknowledged_entries.read_newest(self._connection, self._newest))
                stamp = await self._stamped() if self._connection.total_changes != changes else None
                await self._require_not_overwritten()
            except BaseException as error:
                await self._roll_back()
                await self._raise_unwritable(error)
                raise
            try:
                await uncancelled(self._connection.commit())
            except sqlite3.Error as error:
                await self._roll_back()
                await self._raise_unwritable(error)
                raise
            except asyncio.CancelledError:  # it follows the commit, which has ended
                self._committed(newest, stamp)
                raise
            self._committed(newest, stamp)
            await self._acknowledge()

    async def _stamped(self) -> int:
        """Leaves a number in the header, by which the file is recognised as the one that is written here
        (`file_identity`)."""
        stamp = self._files.next_stamp()
        await uncancelled(self._connection.execute(f"PRAGMA user_version = {stamp}"))
        return stamp

    def _committed(self, newest: AcknowledgementNote, stamp: int | None) -> None:
        self._newest = newest
        if stamp is not None:
            self._files.committed(stamp)
        for done in self._after_commit:
            done()

    def after_commit(self, done: Callable[[], None]) -> None:
        """Calls `done` when the open transaction has been committed, and never if it isn't."""
        self._after_commit.append(done)

    def write_later(
        self, work: Work, done: Callable[[], None] = lambda: None, *, happened: bool = False
    ) -> None:
        """Keeps `work` in memory and runs it in a transaction when the database can be written; `done` is
        called when it is stored.

        Raises CannotWrite if too many wait already; for what has `happened` there is some extra room.
        """
        if len(self._later) >= WAITING_LIMIT + (EXTRA_FOR_WHAT_HAPPENED if happened else 0):
            raise CannotWrite(self.trouble or CannotStart(""))
        self._later.append((work, done))

    @property
    def has_waiting(self) -> bool:
        """Returns whether something waits to be written."""
        return bool(self._later)

    async def write_or_later(self, work: Work, *, happened: bool = False) -> None:
        """Runs `work` in a transaction now, or when the database can be written again. Raises as
        `write_later`."""
        try:
            async with self.transaction() as connection:
                await work(connection)
        except CannotWrite:
            self.write_later(work, happened=happened)

    async def try_to_write(self) -> bool:
        """Returns whether the database can be written.

        A small transaction finds out; then what waited is stored and the trouble is over.
        """
        # SQLite would fail again, and take the last free pages meanwhile.
        if isinstance(self.trouble, DiskFull) and not await asyncio.to_thread(has_room, self.path):
            return False
        async with self._trying:  # what waits is taken off the list by one alone
            try:
                async with self.transaction() as connection:
                    await connection.execute(
                        "INSERT OR REPLACE INTO facts VALUES ('last tried to write', '')"
                    )
                while self._later:
                    await self._store_some()
            except CannotWrite:
                return False
            self.trouble = None
            return True

    async def empty_log(self) -> bool:
        """Brings what stands in the -wal into the file, and cuts the -wal off: older states of the pages stand
        in it, with what was deleted since. Returns False where somebody is reading, or nothing can be
        written: to be tried again."""
        async with self._writing:
            if self.is_closed or self.trouble is not None:
                return False
            await self._require_in_place()
            # Nobody's answer waits for a reader that takes long.
            self._patience_ms = 0
            await uncancelled(self._connection.execute("PRAGMA busy_timeout = 0"))
            try:
                rows = await uncancelled(self._connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)"))
            except sqlite3.OperationalError as error:
                logger.info("the -wal was not emptied yet (%s)", sqlite_name(error))
                return False
            return not next(iter(rows))[0]

    async def check_files(self) -> None:
        """Checks that the files are in their place, and notes the deliveries so far. Call it every few
        seconds. A missing file becomes the `trouble`."""
        async with self._writing:
            if not self.is_closed and self.trouble is None:
                with suppress(CannotWrite):
                    await self._require_in_place()
                    await self._note()

    async def begin(self) -> None:
        """Notes what the database holds, and begins to watch the file. Call it once, at the start."""
        rows = await uncancelled(self._connection.execute_fetchall("PRAGMA user_version"))
        stamp = next(iter(rows))[0]
        self._files.begin(stamp)
        if not stamp:
            await self._stamp_first()
        self._newest = await acknowledged_entries.read_newest(self._connection, AcknowledgementNote())
        await self._note()

    async def _stamp_first(self) -> None:
        """Stamps a file of an earlier release, which bears no number yet; neither do its copies.

        Where it can't be written for the moment, its first transaction brings a number.
        """
        await uncancelled(self._connection.execute("PRAGMA busy_timeout = 0"))
        try:
            await uncancelled(self._connection.execute("BEGIN IMMEDIATE"))
            stamp = await self._stamped()
            await uncancelled(self._connection.commit())
            self._files.committed(stamp)
            await uncancelled(self._connection.execute_fetchall("PRAGMA wal_checkpoint(PASSIVE)"))
            self._files.is_overwritten()  # from this check on, earlier numbers don't count
        except sqlite3.Error as error:
            logger.info("the database was not stamped yet (%s)", sqlite_name(error))
            await self._roll_back()
        await self._be_patient()

    async def _require_in_place(self) -> None:
        """Raises CannotWrite if the file isn't at its path any more: what is stored would be gone with the
        process."""
        missing = self._files.missing()
        if missing is None:
            return
        # Saved once, not at each try to write.
        if not isinstance(self.trouble, DatabaseGone):
            missing, _ = await self._saved(missing)
            self._begin_trouble(missing, "")
        raise CannotWrite(missing)

    async def _require_not_overwritten(self) -> None:
        """Raises CannotWrite if the file was written over. Call it just before a commit.

        The commit may bring the -wal into the file, and what was left of it would look like the whole again.
        """
        if self._files.is_overwritten():
            await self._roll_back()
            await self._require_in_place()
            # The file seems well by now; what was rolled back isn't stored all the same.
            raise CannotWrite(database_overwritten(self.path))

    @property
    def is_overwritten(self) -> bool:
        """Returns whether somebody else wrote over the file or its -wal: nothing must get into it any
        more."""
        return self._files.is_overwritten()

    async def _saved(self, missing: DatabaseGone) -> tuple[DatabaseGone, bool]:
        """Saves what can be saved of a file that isn't in its place.

        Returns the error to show, and whether what was committed last stands where the next start will look
        for it.
        """
        if self._files.database_is_gone():
            saved = await uncancelled(rescue_copy(self._connection, self.path))
            if saved is not None and self.path.exists():
                move_log_aside(self.path)
            return database_gone(self.path, saved), False
        if isinstance(missing, DatabaseOverwritten):
            saved, sound = await uncancelled(rescue_overwritten(self._connection, self.path, self._newest))
            move_log_aside(self.path)
            return database_overwritten(self.path, saved, is_sound=sound), False
        return missing, await self._bring_log_in()

    async def _acknowledge(self) -> None:
        """Notes what was committed, before anybody is answered. Raises CannotWrite if it went into a file
        that has gone."""
        missing = self._files.missing()
        if missing is not None:
            missing, is_stored = await self._saved(missing)
            self._begin_trouble(missing, "")
            if not is_stored:
                raise CannotWrite(missing, f"{missing.cause}，{MAYBE_LOST}")
        if self._noted is None or self._noted.is_behind(self._newest):
            await self._note()

    async def _bring_log_in(self) -> bool:
        """Writes the contents of a deleted -wal into the database, which is still in its place; returns
        whether all of it is there."""
        rows = await uncancelled(self._connection.execute_fetchall("PRAGMA wal_checkpoint(FULL)"))
        return not next(iter(rows))[0]

    async def _note(self) -> None:
        """Writes the note of acknowledged entries. Without it a later loss wouldn't be noticed; what was
        committed stands all the same."""
        if self._noted == self._newest:
            return
        try:
            await uncancelled(asyncio.to_thread(acknowledged_entries.write_note, self.path, self._newest))
            self._noted = self._newest
        except OSError as error:
            logger.warning("what was acknowledged could not be noted (%s)", type(error).__name__)

    async def _be_patient(self) -> None:
        """Waits for another program's lock, but not again and again while the trouble lasts."""
        wanted = PATIENCE_MS if self.trouble is None else 0
        if wanted != self._patience_ms:
            await uncancelled(self._connection.execute(f"PRAGMA busy_timeout = {wanted}"))
            self._patience_ms = wanted

    async def _roll_back(self) -> None:
        """Rolls back. The first error says more than a rollback that fails too; the next rollback tries
        again."""
        with suppress(sqlite3.Error):
            await uncancelled(self._connection.rollback())

    async def _raise_unwritable(self, error: BaseException) -> None:
        """Raises CannotWrite if the file or the disk failed; does nothing if the statement was wrong."""
        if not isinstance(error, sqlite3.Error):
            return
        name = sqlite_name(error)
        # The same trouble isn't explained again: that asks the file system each time.
        if self.trouble is None or not name or name != self._trouble_name:
            expected = await asyncio.to_thread(
                explain_error, error, self.path, deletable_folders=self._deletable_folders
            )
            if expected is None:
                return
            self._begin_trouble(expected, name)
        assert self.trouble is not None
        raise CannotWrite(self.trouble) from error

    def _begin_trouble(self, trouble: CannotStart, name: str) -> None:
        if self.trouble is None:
            logger.warning("the database can't be written: %s", trouble)
        self.trouble, self._trouble_name = trouble, name

    async def _store_some(self, limit: int = 500) -> None:
        """Stores some of what waits. Raises CannotWrite, and then all of it still waits."""
        some = list(self._later)[:limit]
        async with self.transaction() as connection:
            for work, _ in some:
                await self._store_one(connection, work)
        for _, done in some:
            self._later.popleft()
            done()

    async def _store_one(self, connection: aiosqlite.Connection, work: Work) -> None:
        """Stores one of the writings that waited. One that fails by itself is given up, with a traceback in
        the log: otherwise it would hold up all that wait behind it for ever. Raises what the file or the disk
        is to blame for."""
        await connection.execute("SAVEPOINT one")
        try:
            await work(connection)
        except Exception as error:
            if (
                isinstance(error, sqlite3.Error)
                and await asyncio.to_thread(explain_error, error, self.path) is not None
            ):
                raise
            logger.exception("what waited to be stored was refused")
            await connection.execute("ROLLBACK TO one")
        await connection.execute("RELEASE one")

    async def close(self) -> bool:
        """Accepts no further writing, tries once more to store what waits, and returns whether the writer was
        open.

        Waits for a transaction under way. The connection stays open.
        """
        if self._later and not self.is_closed and not await self.try_to_write():
            logger.warning(
                "%d writings that waited are lost: the database can't be written", len(self._later)
            )
        async with self._writing:
            if self.is_closed:
                return False
            self.is_closed = True
            await self._note()
            return True

    def let_go(self) -> None:
        """Closes the watched files. Call it when every connection is closed."""
        self._files.close()
