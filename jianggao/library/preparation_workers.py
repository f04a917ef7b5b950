"""Prepares source files in worker processes. Whatever a file does to its worker, that file alone is refused.

A worker that dies, takes too long or has grown is replaced by a new one, so that the memory which one file
took goes back to the system.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path

from jianggao.library.preparation import PreparedSource, failed, prepare_file, topics_of
from jianggao.library.scan import FoundFile
from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices
from jianggao.sources import worker_limits

logger = logging.getLogger(__name__)

Prepare = Callable[[Path, FoundFile, date], list[PreparedSource]]
Prepared = tuple[FoundFile, list[PreparedSource]]
"""A file and its texts."""

PATIENCE = 900.0
"""Seconds by the clock that a small file may take in a worker.

Workers give way to everybody, so that a busy machine may need minutes to start one; what computes without end
is ended sooner, by its processor time.
"""
PROCESSOR_SECONDS = 60
"""Seconds of a processor that a small file may take."""
_BYTES_A_SECOND = 20_000
"""A large file may take a second more, of each kind, for so many bytes."""
WORKER_MEMORY = 1536 * 1024 * 1024
"""Bytes of address space: a file that needs more is refused instead of the machine running out of memory."""
WORKER_GROWN = 512 * 1024 * 1024
"""Bytes. A worker that ever held more is replaced: it holds 300 MB with its dictionaries, and starting one
takes two seconds."""
_IN_FLIGHT = 24
"""Files that are prepared before the first of them was stored."""
_FILES_FOR_A_WORKER = 2
"""Up to this many small files are prepared in a thread."""
_LITTLE = 64 * 1024
"""Up to this many changed files, of up to this many bytes, are prepared in a thread: a worker process would
cost more than they do."""
DIED = "读的时候程序被系统结束了（多半是内存不够），没有读。请把文字另存成 .txt，还读不了就拆成单篇"
"""The reason of a refusal: the process was ended by the system."""
TOO_SLOW = "读得太久，已停下，没有读。请把文字另存成 .txt，还读不了就拆成单篇"


@dataclass(frozen=True, slots=True)
class _Done:
    """What a worker returns: the texts, and the bytes of memory that it has held at most."""

    texts: list[PreparedSource]
    held: int


class Worker:
    """A place for one worker process at a time; the process is started when a file comes.

    `patience` is in seconds (see `PATIENCE`).
    """

    def __init__(self, prepare: Prepare, root: Path, patience: float = PATIENCE) -> None:
        self._prepare = prepare
        self._root = root
        self._patience = patience
        self._pool: ProcessPoolExecutor | None = None

    async def read(self, file: FoundFile, today: date) -> list[PreparedSource]:
        """Returns the texts of a file; a refusal if it ended its worker or took too long.

        Raises nothing for what the file does.
        """
        try:
            future = asyncio.wrap_future(
                self._running().submit(_work, self._prepare, self._root, file, today)
            )
            # Not `wait_for`: a future that is cancelled when its worker dies is an error in the pool's own
            # thread.
            finished, _ = await asyncio.wait({future}, timeout=self._patience + file.size / _BYTES_A_SECOND)
            if not finished:
                logger.warning("a source file took too long to read and its worker was killed")
                self.kill()
                await asyncio.wait({future})
                future.exception()
                return [_refused(file, TOO_SLOW)]
            done = future.result()
        except BrokenExecutor:
            logger.warning("the worker that read a source file died")
            pool, self._pool = self._pool, None
            return [_refused(file, TOO_SLOW if await _ended_for_time(pool) else DIED)]
        except Exception as error:
            return [failed(file.path, error)]
        if done.held > WORKER_GROWN:
            await self.close()
        return done.texts

    @property
    def process(self) -> int | None:
        """The id of the process that is there for the next file; None if none was started."""
        return next(iter(self._pool._processes or {}), None) if self._pool is not None else None

    def kill(self) -> None:
        """Ends the worker with the file that it has in hand. (Python 3.14 has a call for it.)"""
        pool, self._pool = self._pool, None
        for process in list((pool._processes or {}).values()) if pool is not None else ():
            process.kill()

    async def close(self) -> None:
        """Lets the worker end; it has nothing in hand."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True)

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=settle_worker)
        return self._pool


@asynccontextmanager
async def prepared_ahead(
    root: Path,
    files: Sequence[FoundFile],
    today: date,
    workers: int,
    notices: KnownNotices = NO_NOTICES,
) -> AsyncIterator[AsyncIterator[list[Prepared]]]:
    """Yields batches of files with their texts, in the order of the files, prepared ahead by so many workers.

    With 0 workers, or for a few small files, they are prepared in a thread of this process.
    """
    prepare_one: Prepare = partial(prepare_file, notices=notices)
    if workers == 0 or _is_little(files):
        yield _batches(files, lambda file: asyncio.to_thread(prepare_one, root, file, today))
        return
    places = [Worker(prepare_one, root) for _ in range(workers)]
    idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
    for worker in places:
        idle.put_nowait(worker)

    async def prepare(file: FoundFile) -> list[PreparedSource]:
        worker = await idle.get()
        try:
            return await worker.read(file, today)
        finally:
            idle.put_nowait(worker)

    try:
        yield _batches(files, prepare)
    except BaseException:
        for worker in places:
            worker.kill()
        raise
    finally:
        await asyncio.gather(*(worker.close() for worker in places))


async def _batches(
    files: Sequence[FoundFile], prepare: Callable[[FoundFile], Awaitable[list[PreparedSource]]]
) -> AsyncIterator[list[Prepared]]:
    """Yields the files in their order with their texts.

    Those that are ready together come together, and can share a transaction.
    """
    ahead: list[tuple[FoundFile, asyncio.Future[list[PreparedSource]]]] = []
    waiting = iter(files)
    try:
        while True:
            while len(ahead) < _IN_FLIGHT and (file := next(waiting, None)) is not None:
                ahead.append((file, asyncio.ensure_future(prepare(file))))
            if not ahead:
                return
            file, future = ahead.pop(0)
            batch = [(file, await future)]
            while ahead and ahead[0][1].done():
                file, future = ahead.pop(0)
                batch.append((file, await future))
            yield batch
    finally:
        for _, future in ahead:
            future.cancel()


def _is_little(files: Sequence[FoundFile]) -> bool:
    """Returns whether the files are few, small and plain: nothing that they could do is worth a process."""
    return len(files) <= _FILES_FOR_A_WORKER and all(
        file.size <= _LITTLE and file.path.lower().endswith((".txt", ".md")) for file in files
    )


async def _ended_for_time(pool: ProcessPoolExecutor | None) -> bool:
    """Returns whether the worker of a broken pool was ended for its processor time.

    The pool's own thread waits for the process, and the system tells its exit code to one waiter alone: a
    second one that asks meanwhile is told that there is no such process, and `exitcode` is None. So it is
    asked when that thread has ended.
    """
    if pool is None:
        return False
    processes = list((pool._processes or {}).values())
    await asyncio.to_thread(pool.shutdown, wait=True)
    return any(process.exitcode == worker_limits.ENDED_FOR_TIME for process in processes)


def _refused(file: FoundFile, reason: str) -> PreparedSource:
    return PreparedSource(file.path, topics_of(file.path), None, reason, passing=True)


# --- in the worker ------------------------------------------------------------------------------------------


def _work(prepare: Prepare, root: Path, file: FoundFile, today: date) -> _Done:
    worker_limits.limit_processor_time(worker_limits.processor_time_used() + processor_seconds(file.size))
    return _Done(prepare(root, file, today), _most_held())


def processor_seconds(size: int) -> int:
    """Returns the seconds of a processor that a file of so many bytes may take."""
    return PROCESSOR_SECONDS + size // _BYTES_A_SECOND


def _most_held() -> int:
    """Returns the bytes that this process held at most.

    Linux counts what the parent held into `ru_maxrss`, but not into `VmHWM`.
    """
    with suppress(OSError, ValueError):
        status = Path("/proc/self/status").read_text("ascii", "replace")
        line = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "")
        if line:
            return int(line.split()[1]) * 1024
    return worker_limits.peak_memory()


def settle_worker(*, gives_way: bool = True) -> None:
    """Makes this process give way to the bot that answers meanwhile, if there is one, and makes it end when
    the process ends that started it."""
    if gives_way:
        worker_limits.lower_priority()
    worker_limits.limit_memory(WORKER_MEMORY)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
