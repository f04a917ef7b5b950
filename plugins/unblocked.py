"""Writing that nobody waits for: a pipe that is not read, a terminal that is stopped or a disk that hangs holds up a
thread, never the bot. What would wait too long is dropped, counted, and told once it can be written again."""

from __future__ import annotations

import atexit
import io
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
LAST_LINES_WITHIN = 1.0
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
        self._is_writing = False
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
        """Wait until all is written, at most so many seconds. Gives whether it is."""
        until = time.monotonic() + within
        with self._news:
            while self._waiting or self._is_writing:
                left = until - time.monotonic()
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
                self._is_writing = False
                self._news.notify_all()
                while not self._waiting:
                    self._news.wait()
                self._is_writing = True
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


def unblock_streams() -> None:
    """From now on nobody in this process waits for who reads its output. Streams that are closed stay what they are."""
    sys.stdout, sys.stderr = _unblocked(sys.stdout), _unblocked(sys.stderr)
    atexit.register(finish_writing, LAST_LINES_WITHIN)


def _unblocked(stream: TextIO | None) -> TextIO:
    if stream is None or isinstance(stream, UnblockedStream):
        return stream  # type: ignore[return-value]  # Python's own type leaves out pythonw, which has none
    return UnblockedStream(stream)  # type: ignore[return-value]


def finish_writing(within: float) -> None:
    """Wait for what still is to be written, at most so many seconds for everything."""
    until = time.monotonic() + within
    for writer in list(_writers):
        writer.finish(max(0.0, until - time.monotonic()))


def lost_lines() -> int:
    """Lines of the output that were dropped since the start."""
    streams = [stream for stream in (sys.stdout, sys.stderr) if isinstance(stream, UnblockedStream)]
    return sum(stream.writer.lost for stream in streams)
