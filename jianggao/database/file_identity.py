"""Notices that an opened database file, or its -wal, was deleted, replaced or written over.

A file that is deleted or replaced lives on for the process that has it open, and one that is emptied or
copied over in its place accepts writes all the same: without a check everything would seem to be stored, and
would be gone with the process.

A deleted or replaced file has another inode. A file that was written over is recognised by stamps: each
transaction leaves a random number in the header of the database (`PRAGMA user_version`), and whoever brings a
-wal into the file, this process or another, brings one of these numbers with it. A header with any other
number belongs to another file, or to an older state of this one. And a -wal begins anew only when all that it
held stands in the file; until then, what was committed stays in it (`wal_end`).
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path

from jianggao.database.failure_messages import database_gone, database_overwritten
from jianggao.database.wal_end import LOG_HEADER, WalEnd
from jianggao.errors import DatabaseGone

FileId = tuple[int, int]
"""Device and inode of a file."""

_HEADER = 100
"""Bytes of a database before its first page's contents."""
_FIXED = 24
"""Bytes at the header's beginning that never change while the file is open: the magic text, the page size,
WAL mode."""
_BITS_OF_A_STAMP = 31


@dataclass(frozen=True, slots=True)
class _FileStamp:
    """A file's beginning and size at one moment."""

    head: bytes
    size: int

    @property
    def stamp(self) -> int:
        """Returns `user_version` as the header of a database has it."""
        return int.from_bytes(self.head[60:64], "big")

    @property
    def whole_size(self) -> int:
        """Returns the bytes of the database by what its header says."""
        page = int.from_bytes(self.head[16:18], "big")
        return (1 << 16 if page == 1 else page) * int.from_bytes(self.head[28:32], "big")


@dataclass(slots=True)
class OpenedFiles:
    """The database and its -wal as they were when they were opened, and as they were seen last.

    To be closed after the last connection: on a POSIX system, closing a file lets go of all the process's
    locks on it.
    """

    path: Path
    database: FileId
    log: FileId | None
    _file: FileIO
    _log_file: FileIO | None
    _first: _FileStamp
    _size: int
    _log_seen: _FileStamp | None
    _stamps: dict[int, int] = field(default_factory=dict)
    """The numbers that the file may bear from now on, each with its place in their order."""
    _next: int = 1
    _committed: int = 0
    """The place of the newest number that was committed."""
    _in_log: int = 0
    """The same, as it was when the -wal was read last."""
    _log_end: WalEnd = field(default_factory=WalEnd)

    @classmethod
    def of(cls, path: Path) -> OpenedFiles:
        """Opens the files to watch. Call it as soon as SQLite has opened and read the database. Raises
        OSError."""
        file = path.open("rb", buffering=0)
        try:
            log = _opened(wal(path))
        except OSError:
            file.close()
            raise
        first = _seen(file, _HEADER)
        opened = cls(
            path,
            _id_of(file),
            None if log is None else _id_of(log),
            file,
            log,
            first,
            first.size,
            None if log is None else _seen(log, LOG_HEADER),
        )
        opened._stamps[first.stamp] = -1
        return opened

    def begin(self, stamp: int) -> None:
        """Accepts `stamp`, which SQLite reads in the database and its -wal together, as the number at the
        start."""
        self._stamps[stamp] = 0

    def next_stamp(self) -> int:
        """Returns a random number for the transaction that is about to be committed."""
        # Never 0, which a file without a stamp bears.
        stamp = (int.from_bytes(os.urandom(4), "big") >> (32 - _BITS_OF_A_STAMP)) or 1
        self._stamps[stamp] = self._next
        self._next += 1
        return stamp

    def committed(self, stamp: int) -> None:
        """Notes that the transaction with this stamp is stored, in the -wal at least."""
        self._committed = self._stamps.get(stamp, self._committed)
        if self._log_file is not None:
            with suppress(OSError):
                # A read that fails leaves the earlier end standing until the next commit.
                self._log_end.follow(self._log_file, stamp)

    def database_is_gone(self) -> bool:
        """Returns whether the path leads to another file now, or to none."""
        return _id(self.path) != self.database

    def log_is_gone(self) -> bool:
        """Returns whether the -wal was deleted or replaced: what is committed into it would be missing at
        the next start."""
        return self.log is not None and _id(wal(self.path)) != self.log

    def is_overwritten(self) -> bool:
        """Returns whether somebody emptied, cut off or wrote over the database or its -wal."""
        try:
            log = None if self._log_file is None else _seen(self._log_file, LOG_HEADER)
            now = _seen(self._file, _HEADER)
            if self._log_file is not None and self._log_end.is_gone(self._log_file):
                return True
        except OSError:  # a disk that fails tells nothing of what stands on it; SQLite will meet it too
            return False
        place = self._stamps.get(now.stamp)
        # An emptied file, another program's file, and an older copy of this file, in this order.
        if len(now.head) < _HEADER or now.head[:_FIXED] != self._first.head[:_FIXED] or place is None:
            return True
        # Cut off. VACUUM makes a file smaller too, and its header says so.
        if now.size < self._size and now.size != now.whole_size:
            return True
        if log is not None and self._log_seen is not None:
            is_new = log.head != self._log_seen.head or log.size < self._log_seen.size
            # The -wal began anew although the file lacks what it held: somebody emptied the -wal.
            if is_new and place < self._in_log:
                return True
        self._log_seen, self._in_log, self._size = log, self._committed, now.size
        # Numbers before the one in the file can't come back, except by an older copy.
        while self._stamps[earliest := next(iter(self._stamps))] < place:
            del self._stamps[earliest]
        return False

    def missing(self) -> DatabaseGone | None:
        """Returns the error that says what happened to the files; None while everything is in its place."""
        if self.database_is_gone():
            return database_gone(self.path)
        if self.is_overwritten():
            return database_overwritten(self.path)
        if self.log_is_gone():
            return DatabaseGone(
                f"{wal(self.path)} 在运行中被删除或换掉了，改动暂时不办。"
                f"请重启机器人：停的时候记录都会写回 {self.path.name}。"
            )
        return None

    def close(self) -> None:
        """Closes the watched files."""
        self._file.close()
        if self._log_file is not None:
            self._log_file.close()


def wal(path: Path) -> Path:
    """Returns the path of the -wal of a database."""
    return path.with_name(path.name + "-wal")


def _opened(path: Path) -> FileIO | None:
    try:
        return path.open("rb", buffering=0)
    except FileNotFoundError:
        return None


def _seen(file: FileIO, limit: int) -> _FileStamp:
    file.seek(0)
    return _FileStamp(file.read(limit) or b"", os.fstat(file.fileno()).st_size)


def _id_of(file: FileIO) -> FileId:
    state = os.fstat(file.fileno())
    return state.st_dev, state.st_ino


def _id(path: Path) -> FileId | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
