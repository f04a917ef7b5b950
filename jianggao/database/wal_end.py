"""The last frame of the -wal that was committed here: what was committed stays as it is until the -wal begins anew.

By its header, with a running checksum of all that precedes it, an older copy of the same -wal that was written over it is
told: the -wal keeps its size when it begins anew, and its beginning says only since when it grows.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import FileIO

LOG_HEADER = 32
_FRAME_HEADER = 24
_STAMP = slice(60, 64)


@dataclass(slots=True)
class WalEnd:
    """Where in the -wal the last transaction that was stored here ends, and the header of its last frame."""

    _head: bytes = b""
    """The beginning of the -wal in which it stands."""
    _next: int = LOG_HEADER
    _at: int = 0
    _frame: bytes = b""

    def follow(self, file: FileIO, stamp: int) -> None:
        """To be called when a transaction that left `stamp` is committed. Raises OSError."""
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
            if frame[4:8] != bytes(4):  # the last of a transaction
                self._next = at + _FRAME_HEADER + page_size
                if has_stamp:
                    self._at, self._frame = at, frame
                    return
            at += _FRAME_HEADER + page_size

    def is_gone(self, file: FileIO) -> bool:
        """Whether another frame stands in its place, though the -wal did not begin anew. Raises OSError."""
        if not self._frame or _read(file, self._at, _FRAME_HEADER) == self._frame:
            return False
        return _read(file, 0, LOG_HEADER) == self._head  # looked at last: it begins anew before its frames do


def _read(file: FileIO, at: int, most: int) -> bytes:
    file.seek(at)
    return file.read(most) or b""
