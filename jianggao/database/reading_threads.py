"""Runs work that reads much for one question in a thread, no longer than its deadline (docs/rules.md,
Search).

The threads are daemons of their own and not asyncio's shared ones. Work that doesn't end (a single step of
SQLite that asks no progress handler) costs its thread and its connection, but neither the next question nor
the end of the process.
"""

from __future__ import annotations

import asyncio
import math
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from jianggao.deadline import Deadline
from jianggao.errors import TooSlow

T = TypeVar("T")

BUSY = "现在查的人多，没有排上，请过一会儿再发。"
"""The answer to who gets no turn before his deadline."""
STEPS = 10_000
"""Steps of SQLite between two questions whether the deadline has passed: about a millisecond."""
GRACE = 0.5
"""Seconds that work has to notice its deadline; after that nobody waits for it any more."""


class Snapshot:
    """A reading connection that sees one state of the database, until a deadline."""

    __slots__ = ("connection", "deadline")

    def __init__(self, connection: sqlite3.Connection, deadline: Deadline) -> None:
        self.connection = connection
        self.deadline = deadline

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """Returns all rows of a statement. Raises TooSlow when the time is over, in the middle of the
        statement too."""
        self.deadline.check()
        try:
            return self.connection.execute(sql, values).fetchall()
        except sqlite3.OperationalError as error:
            raise_too_slow(error, self.deadline)
            raise

    def value(self, sql: str, values: Sequence[object] = ()) -> Any:
        """Returns the value of a statement whose result is one value. Raises TooSlow."""
        return self.rows(sql, values)[0][0]


def raise_too_slow(error: sqlite3.OperationalError, deadline: Deadline) -> None:
    """Raises TooSlow if the deadline was what interrupted a statement."""
    if str(error) == "interrupted" and deadline.has_passed():
        raise TooSlow from error


@dataclass(eq=False, slots=True)
class _ThreadedRead:
    """Work that runs in a thread of its own."""

    snapshot: Snapshot
    future: Future[Any] = field(default_factory=Future)
    answered: asyncio.Future[Any] = field(init=False)

    def start(self, work: Callable[[Snapshot], Any]) -> None:
        self.future.set_running_or_notify_cancel()
        self.answered = asyncio.wrap_future(self.future)
        Thread(target=self._run, args=(work,), name="jianggao-reading", daemon=True).start()

    def _run(self, work: Callable[[Snapshot], Any]) -> None:
        try:
            self.future.set_result(self._worked(work))
        except BaseException as error:
            self.future.set_exception(error)

    def _worked(self, work: Callable[[Snapshot], T]) -> T:
        connection, deadline = self.snapshot.connection, self.snapshot.deadline
        connection.set_progress_handler(deadline.has_passed, STEPS)
        try:
            connection.execute("BEGIN")
            return work(self.snapshot)
        finally:
            connection.set_progress_handler(None, 0)
            connection.rollback()

    def abandon(self) -> None:
        """Notes that nobody waits for the result: the connection is closed when the thread is done with
        it."""
        self.snapshot.deadline.stop()
        self.snapshot.connection.interrupt()
        self.future.add_done_callback(lambda future: self.snapshot.connection.close())


class ReadingThreads:
    """A fixed number of threads that read at the same time, each with a connection of its own."""

    def __init__(self, connect: Callable[[Path], sqlite3.Connection], path: Path, limit: int) -> None:
        """Opens `limit` connections. Raises sqlite3.DatabaseError."""
        self._connect = connect
        self._path = path
        self._idle = [connect(path) for _ in range(limit)]
        self._room = asyncio.Semaphore(limit)
        self._running: set[_ThreadedRead] = set()
        self._is_closed = False

    async def run(self, work: Callable[[Snapshot], T], deadline: Deadline) -> T:
        """Returns the result of `work`. Raises TooSlow if it takes longer than its deadline, or waits
        longer for its turn."""
        if self._room.locked():
            await in_time(self._room.acquire(), deadline)
        else:
            await self._room.acquire()
        try:
            if self._is_closed:
                raise TooSlow(BUSY)
            # An abandoned thread has kept its connection: a new one takes its place.
            connection = self._idle.pop() if self._idle else self._connect(self._path)
            reading = _ThreadedRead(Snapshot(connection, deadline))
            self._running.add(reading)
            reading.start(work)
            result: T = await self._result_of(reading)
            return result
        finally:
            self._room.release()

    async def _result_of(self, reading: _ThreadedRead) -> Any:
        """Returns the result of work that was started. Raises TooSlow when its deadline is over, and leaves
        the thread to itself then."""
        left = reading.snapshot.deadline.left
        answered = reading.answered
        try:
            await asyncio.wait({answered}, timeout=None if left == math.inf else left + GRACE)
        finally:
            self._running.discard(reading)
            if not answered.done() or self._is_closed:
                answered.cancel()
                reading.abandon()
            else:
                self._idle.append(reading.snapshot.connection)
            if answered.done() and not answered.cancelled():
                # Retrieved also where nobody waits for it any more, so that asyncio logs nothing.
                answered.exception()
        if not answered.done() or answered.cancelled():
            reading.snapshot.deadline.was_hit = True
            raise TooSlow
        return answered.result()

    async def close(self) -> None:
        """Interrupts what runs, waits for it as long as it may take to notice, and closes the connections."""
        self._is_closed = True
        running = [reading.answered for reading in self._running]
        for reading in self._running:
            reading.snapshot.deadline.stop()
            reading.snapshot.connection.interrupt()
        if running:
            _, stuck = await asyncio.wait(running, timeout=GRACE)
            for answered in stuck:
                answered.cancel()
        for connection in self._idle:
            connection.close()
        self._idle.clear()


async def in_time(step: Any, deadline: Deadline) -> Any:
    """Returns the result of `step` if it ends before the deadline. Raises TooSlow."""
    left = deadline.left
    try:
        return await asyncio.wait_for(step, None if left == math.inf else left)
    except asyncio.TimeoutError:
        deadline.was_hit = True
        raise TooSlow(BUSY) from None
