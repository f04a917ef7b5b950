"""Reads files from people in a process of their own, which is all that a malicious file can reach.

A worker reads one file and ends. Its bytes come in and its text goes out through pipes. It knows none of the
bot's secrets, may write no file, and is killed when it takes too long or too much memory. It ends with the
bot, also when that is killed. On Windows there are no limits of processor time and memory; there the time by
the clock ends it.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import signal
import sys
import threading
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from jianggao.sources import worker_limits
from jianggao.sources.files import MAX_CHARACTERS, RefusedFile, SourceText

logger = logging.getLogger(__name__)

_START = (
    "import sys; sys.path[:0] = {path!r}; "
    "from jianggao.sources.isolated_reader import serve; serve({limits!r}, {reads!r})"
)
TEXT_OF_FILES = "jianggao.sources.files:read_sent_file"
"""The function that reads a file as text, as a worker is told it: its module and its name."""
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "LC_ALL")
"""Variables of the environment that a worker gets; all others may hold secrets."""
_TEXT, _REFUSED = b"T", b"R"
"""The first byte of a worker's answer: its text follows, or the reason of its refusal."""
_LENGTH = 8
"""Bytes in front of a name or a content that say how long it is."""
_LONGEST_ANSWER = 4 * MAX_CHARACTERS + 1_000
_LONGEST_COMPLAINT = 20_000
_CHUNK = 1 << 16
_TO_DIE = 5.0
"""Seconds to wait for a killed process: it is gone at once, but Python also waits until its pipes are closed.
"""
_OUT_OF_MEMORY = 3
"""The exit code of a worker that ran out of memory."""

TOO_SLOW = "读得太久，已停下"
TOO_HUNGRY = "读起来太占内存，已停下"
FAILED = "读的时候出错，已记录"
_WHAT_TO_DO = "请用 Word 或记事本打开，把文字复制粘贴发来"


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """What a worker may use for one file."""

    processor: int = 10
    """Seconds of processor time."""
    clock: float = 40.0
    """Seconds by the clock."""
    memory: int = 640 * 1024 * 1024
    """Bytes of address space."""


class IsolatedReader:
    """Reads files in worker processes, a few at a time."""

    def __init__(
        self,
        limits: ReaderLimits = ReaderLimits(),
        *,
        workers: int = 2,
        reads: str = TEXT_OF_FILES,
        instead: str = _WHAT_TO_DO,
        command: Sequence[str] | None = None,
    ) -> None:
        """Takes the limits of each worker, how many run at once, the function that reads a file
        (`module:name`; it takes content and name, and returns what `read` does), and what people are asked to
        do where a worker was ended.

        `command` starts another worker, for tests that need a bad one.
        """
        self._limits = limits
        self._workers = workers
        self._instead = instead
        self._command = command or _command(limits, reads)
        self._running = 0
        self._waiting: list[asyncio.Future[None]] = []

    async def read(self, content: bytes, name: str) -> SourceText | RefusedFile:
        """Returns the text of a file that somebody sent, or why there is none.

        Raises nothing for what the file makes the worker do. Waits while all workers are busy.
        """
        await self._enter()
        try:
            return await self._read(content, name)
        finally:
            self._leave()

    async def _enter(self) -> None:
        """Waits for a free worker, and takes it.

        An asyncio.Semaphore would belong to one event loop; a reader belongs to an application and may meet
        several.
        """
        while self._running >= self._workers:
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                # Woken and cancelled at once: the turn goes to the next, or nobody would ever take it.
                if turn.done() and not turn.cancelled():
                    self._wake_next()
                raise
        self._running += 1

    def _leave(self) -> None:
        self._running -= 1
        self._wake_next()

    def _wake_next(self) -> None:
        while self._waiting:
            turn = self._waiting.pop(0)
            if not turn.done():
                turn.set_result(None)
                return

    async def _read(self, content: bytes, name: str) -> SourceText | RefusedFile:
        process = await self._start()
        try:
            answer, code = await asyncio.wait_for(_converse(process, content, name), self._limits.clock)
        except asyncio.TimeoutError:
            logger.warning("a file took too long to read and its worker was killed")
            return RefusedFile(name, f"{TOO_SLOW}。{self._instead}")
        finally:
            await _end(process)
        return _understood(answer, code, name, self._instead)

    async def _start(self) -> Process:
        return await asyncio.create_subprocess_exec(
            *self._command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        )


def _command(limits: ReaderLimits, reads: str) -> list[str]:
    """Returns the worker's command. `-I` makes Python ignore the environment and the current folder."""
    root = str(Path(__file__).resolve().parents[2])
    path = [root, *(entry for entry in sys.path if entry and entry != root)]
    return [
        sys.executable,
        "-I",
        "-c",
        _START.format(path=path, limits=(limits.processor, limits.memory), reads=reads),
    ]


async def _converse(process: Process, content: bytes, name: str) -> tuple[bytes, int]:
    """Gives the worker its file, and returns its answer and exit code.

    An answer longer than any text is returned as b"" with code 0: a worker that was taken over would fill the
    memory.
    """
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    written = name.encode("utf-8", "replace")
    try:
        for part in (written, content):
            process.stdin.write(len(part).to_bytes(_LENGTH, "big"))
            for at in range(0, len(part), _CHUNK):
                process.stdin.write(part[at : at + _CHUNK])
                await process.stdin.drain()
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has ended; its exit code says why
    answer = bytearray()
    while chunk := await process.stdout.read(_CHUNK):
        answer += chunk
        if len(answer) > _LONGEST_ANSWER:
            return b"", 0
    if complaint := await process.stderr.read(_LONGEST_COMPLAINT):
        logger.error("the worker that read a file: %s", complaint.decode("utf-8", "replace"))
    return bytes(answer), await process.wait()


async def _end(process: Process) -> None:
    """Kills the worker if it still runs, and reads what is left in its pipes: only then Python closes
    them."""
    if process.returncode is None:
        process.kill()
    try:
        await asyncio.wait_for(_read_off(process), _TO_DIE)
    except asyncio.TimeoutError:  # a process that it started holds its pipes: nobody shall wait for that
        logger.warning("the pipes of a worker that was killed stay open")


async def _read_off(process: Process) -> None:
    for stream in (process.stdout, process.stderr):
        while stream is not None and await stream.read(_CHUNK):
            pass
    await process.wait()


def _understood(answer: bytes, code: int, name: str, instead: str) -> SourceText | RefusedFile:
    """Returns what the worker's answer and exit code mean."""
    kind, content = answer[:1], answer[1:].decode("utf-8", "replace")
    if code == 0 and kind == _TEXT:
        return SourceText(name, content, "read apart")
    if code == 0 and kind == _REFUSED:
        return RefusedFile(name, content)
    if code == _OUT_OF_MEMORY:
        logger.warning("a file took too much memory to read")
        return RefusedFile(name, f"{TOO_HUNGRY}。{instead}")
    if code == worker_limits.ENDED_FOR_TIME:
        logger.warning("a file took too much processor time to read")
        return RefusedFile(name, f"{TOO_SLOW}。{instead}")
    logger.error("the worker that read a file ended with code %d", code)
    return RefusedFile(name, f"{FAILED}。{instead}")


# --- in the worker ------------------------------------------------------------------------------------------


def serve(limits: tuple[int, int], reads: str) -> None:
    """Reads the file that comes in through stdin and writes the answer to stdout. Runs in the worker.

    `limits` are seconds of processor time and bytes of memory, `reads` names the function that reads the
    file. Never returns: the process ends.
    """
    module, _, function = reads.partition(":")
    read = getattr(importlib.import_module(module), function)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bot, which ends us
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    set_limits(*limits)
    try:
        name, content = _part(incoming).decode(), _part(incoming)
        threading.Thread(target=exit_when_closed, args=(incoming,), daemon=True).start()
        source = read(content, name)
        if isinstance(source, SourceText):
            outgoing.write(_TEXT + source.text.encode("utf-8", "replace"))
        else:
            outgoing.write(_REFUSED + source.reason.encode())
        outgoing.flush()
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    os._exit(0)


def _part(incoming: IO[bytes]) -> bytes:
    """Returns the next name or content, which its length stands before."""
    return incoming.read(int.from_bytes(incoming.read(_LENGTH), "big"))


def exit_when_closed(incoming: IO[bytes]) -> None:
    """Ends this process when the pipe closes, which the bot keeps open as long as it lives."""
    incoming.read()
    os._exit(1)


def set_limits(processor: int, memory: int) -> None:
    """Limits this process's processor time (seconds) and memory (bytes), and forbids it to write files."""
    worker_limits.lower_priority()
    worker_limits.limit_processor_time(processor)
    worker_limits.limit_memory(memory)
    worker_limits.forbid_files()
