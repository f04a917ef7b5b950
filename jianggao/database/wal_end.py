"""Remembers the last frame of the -wal that was committed here, which stays as it is until the -wal begins
anew.

The header of a frame holds a running checksum of all that precedes it. So an older copy of the same -wal that
was written over it is noticed: the -wal keeps its size when it begins anew, and its own header says only
since when it grows.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import FileIO

LOG_HEADER = 32
"""Bytes before the first frame of a -wal (https://www.sqlite.org/fileformat2.html#the_write_ahead_log)."""
_FRAME_HEADER = 24
"""Bytes before the page of a frame."""
_STAMP = slice(60, 64)
"""Where `user_version` stands in the first page of a database."""


@dataclass(slots=True)
class WalEnd:
    """Where in the -wal the last transaction that was stored here ends, and the header of its last frame."""

    _head: bytes = b""
    """The header of the -wal in which the frame stands."""
    _next: int = LOG_HEADER
    """Where the next frame begins."""
    _at: int = 0
    """Where the last committed frame begins."""
    _frame: bytes = b""
    """The header of the last committed frame."""

    def follow(self, file: FileIO, stamp: int) -> None:
        """Moves on to the end of the transaction that left `stamp` and was just committed. Raises OSError."""
        head = _read(file, 0, LOG_HEADER)
        if head != self._head:
            self._head, self._next = head, LOG_HEADER
        self._frame, has_stamp = b"", False
        page_size, at = int.from_bytes(head[8:12], "big"), self._next
        while True:
            frame = _read(file, at, _FRAME_HEADER)
            # What was left by an earlier round of the -wal has other salts.
            if len(frame) < _FRAME_HEADER or frame[8:16] != head[16:24]:
                return
            if int.from_bytes(frame[:4], "big") == 1:
                page = _read(file, at + _FRAME_HEADER, _STAMP.stop)
                has_stamp = int.from_bytes(page[_STAMP], "big") == stamp
            # Only the last frame of a transaction holds the size of the database; in the others it is zero.
            if frame[4:8] != bytes(4):
                self._next = at + _FRAME_HEADER + page_size
                if has_stamp:
                    self._at, self._frame = at, frame
                    return
            at += _FRAME_HEADER + page_size

    def is_gone(self, file: FileIO) -> bool:
        """Returns whether another frame stands in its place although the -wal did not begin anew. Raises
        OSError."""
        if not self._frame or _read(file, self._at, _FRAME_HEADER) == self._frame:
            return False
        # The header is read last: SQLite begins the -wal anew there before it writes frames.
        return _read(file, 0, LOG_HEADER) == self._head


def _read(file: FileIO, at: int, limit: int) -> bytes:
    file.seek(at)
    return file.read(limit) or b""
