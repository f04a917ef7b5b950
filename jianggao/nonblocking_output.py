"""Writes output in background threads, so that the bot never waits for who reads it.

A pipe that is not read, a terminal that is stopped or a disk that hangs holds up one thread. What would have
to wait too long is dropped and counted, and a line in the output says how much once it can be written to
again.
"""

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

_MAX_WAITING = 1_000_000
"""Characters that may wait for a writer."""
_MAX_AT_ONCE = 65_536
"""Characters after which no further text is added to one write."""
_WHILE_FULL = 1.0
"""Seconds after which a descriptor in non-blocking mode that took nothing is tried again."""
_STUCK_AFTER = 0.2
"""Seconds in one write after which a writer is not waited for any more."""
LAST_LINES_SECONDS = 0.5
"""Seconds at the end of the process for what still waits to be written."""


_writers: WeakSet[BackgroundWriter] = WeakSet()
"""All writers of this process, for `finish_writing`."""


class BackgroundWriter:
    """Writes texts in a thread of its own, in their order."""

    def __init__(self, name: str, write: Callable[[str], None], max_waiting: int = _MAX_WAITING) -> None:
        """Write by `write`, in a thread called `name`; at most `max_waiting` characters may wait.

        `write` may take any time, and raise: a text that could not be written is lost, and the next one is
        tried.
        """
        self._name = name
        self._write = write
        self._max_waiting = max_waiting
        self._waiting: deque[str] = deque()
        self._size = 0
        self._unreported = 0
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._writing_since: float | None = None
        self.lost = 0
        """Lines that were dropped since the start."""
        _writers.add(self)

    def put(self, text: str) -> None:
        """Have a text written, without waiting; drop it if too much waits already."""
        with self._changed:
            if self._size + len(text) > self._max_waiting or not self._has_thread():
                self._lose(text)
                return
            self._waiting.append(text)
            self._size += len(text)
            self._changed.notify_all()

    def finish(self, within: float) -> bool:
        """Wait until everything is written, at most `within` seconds, and return whether it is.

        A write that is stuck is not waited for: the reader of a pipe that has hung will not read on in time.
        """
        until = time.monotonic() + within
        with self._changed:
            while self._waiting or self._writing_since is not None:
                now = time.monotonic()
                begun = now if self._writing_since is None else self._writing_since
                left = min(until, begun + _STUCK_AFTER) - now
                if left <= 0:
                    return False
                self._changed.wait(left)
        return True

    def _has_thread(self) -> bool:
        """Start the thread at the first text, and return whether it runs."""
        if self._thread is None:
            thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            try:
                thread.start()
            except RuntimeError:  # the process is ending, or has all the threads it may have
                return False
            self._thread = thread
        return True

    def _lose(self, text: str) -> None:
        """Count the lines of a text that is dropped."""
        lines = max(1, text.count("\n"))
        self.lost += lines
        self._unreported += lines

    def _work(self) -> None:
        while True:
            with self._changed:
                self._writing_since = None
                self._changed.notify_all()
                while not self._waiting:
                    self._changed.wait()
                self._writing_since = time.monotonic()
                text = self._next()
            try:
                self._write(text)
            except Exception:  # what writes the log has nowhere to report that it can't: it is only counted
                with self._changed:
                    self._lose(text)

    def _next(self) -> str:
        """Take the texts of the next write, with a line on what was dropped where none waits behind them."""
        parts, size = [], 0
        while self._waiting and size < _MAX_AT_ONCE:
            part = self._waiting.popleft()
            size += len(part)
            parts.append(part)
        self._size -= size
        if self._unreported and not self._waiting:
            parts.append(
                f"... {self._unreported} lines were dropped here: they could not be written in time\n"
            )
            self._unreported = 0
        return "".join(parts)


class NonblockingStream(io.TextIOBase):
    """Takes the place of `sys.stdout` or `sys.stderr`: what is written to it is written in the background."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.writer = BackgroundWriter(f"writes {getattr(stream, 'name', 'a stream')}", _writing_to(stream))

    def write(self, text: str) -> int:
        """Have a text written, and return its length. Raises TypeError for bytes: libraries write some to
        find out whether a stream takes them."""
        if not isinstance(text, str):
            raise TypeError("text is written here")
        if text:
            self.writer.put(text)
        return len(text)

    def flush(self) -> None:
        """Do nothing: the caller would have to wait for the reader."""

    def writable(self) -> bool:
        """Return True."""
        return True

    def isatty(self) -> bool:
        """Return whether the stream itself is a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """Return the descriptor of the stream itself. Raises OSError where it has none."""
        return self._stream.fileno()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of the stream itself."""
        return self._stream.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        """How the stream itself treats characters that its encoding lacks."""
        return self._stream.errors


def _writing_to(stream: TextIO) -> Callable[[str], None]:
    """Return a function that writes a text to a stream, past Python's own buffer: a blocked thread would keep
    the lock of that buffer, and the process could not end."""
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError, AttributeError):
        descriptor = -1
    if (
        descriptor < 0 or sys.platform == "win32"
    ):  # bytes written to a console of Windows come out as other characters

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
            except BlockingIOError:  # another process has set the pipe that we share to non-blocking mode
                select.select([], [descriptor], [], _WHILE_FULL)

    return write_bytes


def keep_standard_descriptors() -> None:
    """Open those of stdin, stdout and stderr that are closed to the null device.

    Else the next files and sockets get their numbers: what is meant for stderr would be written into them,
    and libuv ends the process. Call this before anything is opened.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free


def unblock_streams() -> None:
    """Write this process's output in the background from now on, until its end.

    In the place of a stream that is closed comes one that takes everything and writes nothing: NoneBot's log
    can't begin without one.
    """
    before = {id(stream) for stream in (sys.stdout, sys.stderr)}
    sys.stdout, sys.stderr = _unblocked(sys.stdout), _unblocked(sys.stderr)
    for handler in _handlers():
        if id(handler.stream) in before:
            handler.setStream(sys.stderr)
    atexit.register(finish_writing, LAST_LINES_SECONDS)


def _handlers() -> list[logging.StreamHandler[TextIO]]:
    """Return the handlers of all loggers that write to a stream: libraries made them before, with the stream
    as it was."""
    loggers = [logging.root, *logging.root.manager.loggerDict.values()]
    handlers = [
        handler for logger in loggers if isinstance(logger, logging.Logger) for handler in logger.handlers
    ]
    return [handler for handler in handlers if isinstance(handler, logging.StreamHandler)]


def _unblocked(stream: TextIO | None) -> TextIO:
    """Return what takes a stream's place; None is a stream that was closed when Python started."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  # as long as the process lives
    if isinstance(stream, NonblockingStream):
        return stream
    return NonblockingStream(stream)  # type: ignore[return-value]  # all of a TextIO that is used


def finish_writing(within: float) -> None:
    """Wait until all writers have written everything, at most `within` seconds in all."""
    until = time.monotonic() + within
    for writer in list(_writers):
        writer.finish(max(0.0, until - time.monotonic()))


def lost_lines() -> int:
    """Return how many lines of stdout and stderr were dropped since the start."""
    streams = [stream for stream in (sys.stdout, sys.stderr) if isinstance(stream, NonblockingStream)]
    return sum(stream.writer.lost for stream in streams)
