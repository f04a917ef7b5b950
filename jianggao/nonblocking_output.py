"""Writing that nobody waits for: a pipe that is not read, a terminal that is stopped or a disk that hangs holds up a
thread, never the bot. What would wait too long is dropped, counted, and told once it can be written again."""

from __future__ import annotations

import atexit
import io
import logging
import os
import select
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TextIO
from weakref import WeakSet

_MOST_WAITING = 1_000_000
"""Characters that wait for a writer."""
_MOST_AT_ONCE = 65_536
_WHILE_FULL = 1.0
"""Seconds between two looks at a descriptor that doesn't block and takes nothing."""
_STUCK_AFTER = 0.2
"""Seconds in one write after which a writer isn't waited for any more."""
LAST_LINES_WITHIN = 0.5
"""Seconds at the end of the process for what still waits."""


_writers: WeakSet[BackgroundWriter] = WeakSet()


class BackgroundWriter:
    """Hands texts to `write`, in a thread of its own and in their order. `write` may take any time, and fail: a text that
    could not be written is lost, and the next one is tried."""

    def __init__(self, name: str, write: Callable[[str], None], most_waiting: int = _MOST_WAITING) -> None:
        self._name = name
        self._write = write
        self._most_waiting = most_waiting
        self._waiting: deque[str] = deque()
        self._size = 0
        self._untold = 0
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None
        self._writing_since: float | None = None
        self.lost = 0
        """Lines that were dropped since the start."""
        _writers.add(self)

    def put(self, text: str) -> None:
        """Have it written; gives back at once."""
        with self._news:
            if self._size + len(text) > self._most_waiting or not self._has_thread():
                self._lose(text)
                return
            self._waiting.append(text)
            self._size += len(text)
            self._news.notify_all()

    def finish(self, within: float) -> bool:
        """Wait until all is written, at most so many seconds, and not for a write that is stuck. Gives whether it is."""
        until = time.monotonic() + within
        with self._news:
            while self._waiting or self._writing_since is not None:
                now = time.monotonic()
                begun = now if self._writing_since is None else self._writing_since
                left = min(until, begun + _STUCK_AFTER) - now
                if left <= 0:
                    return False
                self._news.wait(left)
        return True

    def _has_thread(self) -> bool:
        if self._thread is None:
            thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            try:
                thread.start()
            except RuntimeError:  # the process is ending, or has all the threads it may have
                return False
            self._thread = thread
        return True

    def _lose(self, text: str) -> None:
        lines = max(1, text.count("\n"))
        self.lost += lines
        self._untold += lines

    def _work(self) -> None:
        while True:
            with self._news:
                self._writing_since = None
                self._news.notify_all()
                while not self._waiting:
                    self._news.wait()
                self._writing_since = time.monotonic()
                text = self._next()
            try:
                self._write(text)
            except Exception:  # the log is what failures are told to; this one can only be counted
                with self._news:
                    self._lose(text)

    def _next(self) -> str:
        parts, size = [], 0
        while self._waiting and size < _MOST_AT_ONCE:
            part = self._waiting.popleft()
            size += len(part)
            parts.append(part)
        self._size -= size
        if self._untold and not self._waiting:
            parts.append(f"... {self._untold} lines were dropped here: they could not be written in time\n")
            self._untold = 0
        return "".join(parts)


class UnblockedStream(io.TextIOBase):
    """What stands for `sys.stdout` or `sys.stderr`: whatever is written to it leaves in the background."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.writer = BackgroundWriter(f"writes {getattr(stream, 'name', 'a stream')}", _writing_to(stream))

    def write(self, text: str) -> int:
        """Have it written. Raises TypeError for bytes, by which libraries try out what a stream takes."""
        if not isinstance(text, str):
            raise TypeError("text is written here")
        if text:
            self.writer.put(text)
        return len(text)

    def flush(self) -> None:
        """Nothing: who flushes would wait."""

    def writable(self) -> bool:
        """It is."""
        return True

    def isatty(self) -> bool:
        """Whether somebody sits before it."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """That of the stream itself. Raises OSError where it has none."""
        return self._stream.fileno()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """That of the stream itself."""
        return self._stream.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        """That of the stream itself."""
        return self._stream.errors


def _writing_to(stream: TextIO) -> Callable[[str], None]:
    """How to write to a stream and no further: past Python's own buffer, whose lock a blocked thread would keep, and
    with it the end of the process."""
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError, AttributeError):
        descriptor = -1
    if descriptor < 0 or sys.platform == "win32":  # a console of Windows takes no bytes

        def write_text(text: str) -> None:
            stream.write(text)
            stream.flush()

        return write_text

    encoding = stream.encoding or "utf-8"

    def write_bytes(text: str) -> None:
        left = memoryview(text.encode(encoding, "backslashreplace"))
        while left:
            try:
                left = left[os.write(descriptor, left) :]
            except BlockingIOError:
                select.select([], [descriptor], [], _WHILE_FULL)

    return write_bytes


def keep_standard_descriptors() -> None:
    """Open what is closed of stdin, stdout and stderr to nowhere. Else the next files and sockets get their numbers: what
    is meant for stderr would be written into them, and libuv ends the process. To be called before anything is opened."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free


def unblock_streams() -> None:
    """From now on nobody in this process waits for who reads its output. A stream that is closed takes everything and
    writes nothing: NoneBot's log can't begin without one."""
    before = {id(stream) for stream in (sys.stdout, sys.stderr)}
    sys.stdout, sys.stderr = _unblocked(sys.stdout), _unblocked(sys.stderr)
    for handler in _handlers():
        if id(handler.stream) in before:
            handler.setStream(sys.stderr)
    atexit.register(finish_writing, LAST_LINES_WITHIN)


def _handlers() -> list[logging.StreamHandler[TextIO]]:
    """Those of libraries that were there before, and kept the stream as it was."""
    loggers = [logging.root, *logging.root.manager.loggerDict.values()]
    found = [handler for one in loggers if isinstance(one, logging.Logger) for handler in one.handlers]
    return [handler for handler in found if isinstance(handler, logging.StreamHandler)]


def _unblocked(stream: TextIO | None) -> TextIO:
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  # as long as the process lives
    if isinstance(stream, UnblockedStream):
        return stream
    return UnblockedStream(stream)  # type: ignore[return-value]  # all of a TextIO that is used


def finish_writing(within: float) -> None:
    """Wait for what still is to be written, at most so many seconds for everything."""
    until = time.monotonic() + within
    for writer in list(_writers):
        writer.finish(max(0.0, until - time.monotonic()))


def lost_lines() -> int:
    """Lines of the output that were dropped since the start."""
    streams = [stream for stream in (sys.stdout, sys.stderr) if isinstance(stream, UnblockedStream)]
    return sum(stream.writer.lost for stream in streams)
