"""Whether the files that were opened still stand at their paths.

A file that is deleted or replaced lives on for who has it open: without a look at the path everything would seem to be
stored, and be gone with the process.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from jianggao.database.failures import gone
from jianggao.errors import DatabaseGone

FileId = tuple[int, int]
"""Device and inode."""


@dataclass(frozen=True, slots=True)
class OpenedFiles:
    """The database and its -wal as they were when they were opened."""

    path: Path
    database: FileId
    log: FileId | None

    @classmethod
    def of(cls, path: Path) -> OpenedFiles:
        """To be called as soon as the file is open and has been read. Raises OSError."""
        database = _id(path)
        if database is None:
            raise FileNotFoundError(2, os.strerror(2), str(path))
        return cls(path, database, _id(wal(path)))

    def database_is_gone(self) -> bool:
        """Whether the path now leads to another file, or to none."""
        return _id(self.path) != self.database

    def log_is_gone(self) -> bool:
        """Whether the -wal was deleted or replaced: what is committed into it would be missing at the next start."""
        return self.log is not None and _id(wal(self.path)) != self.log

    def missing(self) -> DatabaseGone | None:
        """What to tell of it; None while everything is in its place."""
        if self.database_is_gone():
            return gone(self.path)
        if self.log_is_gone():
            return DatabaseGone(
                f"{wal(self.path)} 在运行中被删除或换掉了，改动暂时不办。"
                f"请重启机器人：停的时候记录都会写回 {self.path.name}。"
            )
        return None


def wal(path: Path) -> Path:
    """The file into which SQLite writes first."""
    return path.with_name(path.name + "-wal")


def _id(path: Path) -> FileId | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
