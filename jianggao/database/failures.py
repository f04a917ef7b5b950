"""Tells the cause of an error of SQLite or of the operating system: the file, its folder or its disk.

`explain_error` returns an expected error with a Chinese line: for a full disk, a lock, a file that can only
be read, a file that is no database, a folder that can't be used, a failing disk. It returns None for every
other error. From Python 3.11 on, an error of SQLite carries the name of its kind; before that its message
alone tells. Where SQLite says no more than "unable to open" or "disk I/O error", the file system is asked.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from jianggao.database.disk import can_open, has_room, is_read_only
from jianggao.database.failure_messages import (
    database_damaged,
    database_gone,
    database_locked,
    database_read_only,
    disk_failing,
    disk_full,
    not_a_database,
    too_many_open_files,
)
from jianggao.database.unusable_places import closed_folder, unusable_place
from jianggao.errors import (
    CannotStart,
    FolderUnusable,
)

_TOO_MANY = (errno.EMFILE, errno.ENFILE)
_FILES_OF_A_DATABASE = 32
"""A handful of connections with three files each: they may have been closed again by the time the error is
explained."""
_NAME = "sqlite_errorname"
UNREADABLE_NAME = "结构里的名字读不出来"
"""Stands for a name in the schema whose bytes aren't UTF-8."""
_BY_MESSAGE = (
    ("database or disk is full", "SQLITE_FULL"),
    ("database is locked", "SQLITE_BUSY"),
    ("locking protocol", "SQLITE_PROTOCOL"),
    ("readonly database", "SQLITE_READONLY"),
    ("not a database", "SQLITE_NOTADB"),
    ("malformed", "SQLITE_CORRUPT"),
    ("unable to open", "SQLITE_CANTOPEN"),
    ("disk I/O error", "SQLITE_IOERR"),
    ("access permission denied", "SQLITE_PERM"),
)
"""Parts of SQLite's messages with the name of the error, for Python 3.10."""


def explain_error(
    error: Exception, path: Path, *, deletable_folders: Iterable[Path] = ()
) -> CannotStart | None:
    """Returns the expected error that `error` at `path` is; None if it is another one. Raises nothing.

    `path` is what was being read or written: the database, or a backup's target. `deletable_folders` are
    folders, beside those near the database, that hold what may be deleted when the disk is full (logs,
    backups). This asks the file system and the processes of the machine for some milliseconds: a running bot
    calls it in a thread.
    """
    if isinstance(error, CannotStart):
        return error
    try:
        if isinstance(error, sqlite3.Error):
            return _of_sqlite(error, path, tuple(deletable_folders))
        if isinstance(error, OSError):
            return _of_system(error, path, tuple(deletable_folders))
        if isinstance(error, UnicodeDecodeError):  # what SQLite says of a damaged name holds bytes of it
            return database_damaged(path, UNREADABLE_NAME)
    except OSError as other:  # the file system can't even be asked
        return disk_failing(path, other.strerror or type(other).__name__)
    return None


def sqlite_name(error: sqlite3.Error) -> str:
    """Returns SQLite's name of an error, such as `SQLITE_FULL` or `SQLITE_IOERR_WRITE`; empty where it
    isn't known."""
    named = getattr(error, _NAME, None)
    if isinstance(named, str):
        return named
    return next((name for part, name in _BY_MESSAGE if part in str(error)), "")


def _of_sqlite(error: sqlite3.Error, path: Path, deletable_folders: tuple[Path, ...]) -> CannotStart | None:
    name = sqlite_name(error)
    kind = "_".join(name.split("_")[:2])
    # SQLite has noticed itself that the file isn't at its path any more.
    if name == "SQLITE_READONLY_DBMOVED":
        return database_gone(path)
    # For SQLite, reading a folder is an I/O error.
    if path.is_dir():
        return unusable_place(path)
    explain = _EXPLAIN.get(kind)
    return None if explain is None else explain(_Failure(path, str(error), name, deletable_folders))


@dataclass(frozen=True, slots=True)
class _Failure:
    """An error of SQLite and where it happened."""

    path: Path
    message: str
    name: str
    deletable_folders: tuple[Path, ...]


def _full(failure: _Failure) -> CannotStart:
    return disk_full(failure.path, failure.deletable_folders)


def _locked(failure: _Failure) -> CannotStart:
    return database_locked(failure.path)


def _read_only(failure: _Failure) -> CannotStart:
    return database_read_only(failure.path)


def _not_a_database(failure: _Failure) -> CannotStart:
    return not_a_database(failure.path)


def _corrupt(failure: _Failure) -> CannotStart:
    return database_damaged(failure.path, failure.message)


def _cannot_open(failure: _Failure) -> CannotStart:
    """Asks the file system why a file couldn't be opened, since SQLite doesn't say."""
    # This comes first, since the other questions open files themselves.
    if not can_open(_FILES_OF_A_DATABASE):
        return too_many_open_files()
    unusable = unusable_place(failure.path)
    if unusable is not None:
        return unusable
    if not has_room(failure.path):
        return _full(failure)
    if is_read_only(failure.path):
        return database_read_only(failure.path)
    if not failure.path.exists():
        return FolderUnusable(f"找不到 {failure.path}。请检查路径，或者把文件放回来。")
    return FolderUnusable(
        f"打不开 {failure.path}（{failure.message}）。请检查这个文件和它所在文件夹的权限，再试。"
    )


def _failing(failure: _Failure) -> CannotStart:
    """Returns the error of an I/O error, which to SQLite a quota, or a limit on the size of files, is too."""
    if not has_room(failure.path):
        return _full(failure)
    return disk_failing(failure.path, failure.name or failure.message)


_EXPLAIN: dict[str, Callable[[_Failure], CannotStart]] = {
    "SQLITE_FULL": _full,
    "SQLITE_BUSY": _locked,
    "SQLITE_PROTOCOL": _locked,
    "SQLITE_READONLY": _read_only,
    "SQLITE_PERM": _cannot_open,
    "SQLITE_AUTH": _cannot_open,
    "SQLITE_NOTADB": _not_a_database,
    "SQLITE_CORRUPT": _corrupt,
    "SQLITE_CANTOPEN": _cannot_open,
    "SQLITE_IOERR": _failing,
}
"""What makes the expected error, by the first two words of SQLite's name."""


def _of_system(error: OSError, path: Path, deletable_folders: tuple[Path, ...]) -> CannotStart | None:
    """Returns the expected error that an error of the operating system is, by its errno; None for every other
    one."""
    at = Path(os.fsdecode(error.filename)) if isinstance(error.filename, (str, bytes)) else path
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return disk_full(at, deletable_folders)
    if error.errno == errno.EROFS:
        return database_read_only(at)
    if error.errno == errno.EIO:
        return disk_failing(at, "EIO")
    if error.errno in _TOO_MANY:
        return too_many_open_files()
    closed = closed_folder(at) if error.errno in (errno.EACCES, errno.EPERM) else None
    if closed is not None:
        return closed
    if error.errno in (errno.EACCES, errno.EPERM):
        return FolderUnusable(f"没有权限读写 {at}。请把它交给运行机器人的用户（chown、chmod），再试。")
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP):
        # The path that was asked for says more: "data/bot.db" fails because "data" is a file.
        return unusable_place(path) or unusable_place(at) or _wrong_place(error, at)
    # A missing file elsewhere is a mistake of the program and not of the place.
    if error.errno == errno.ENOENT and (at == path or at in path.parents):
        return FolderUnusable(f"找不到 {at}。请检查路径，需要时先建好文件夹。")
    # The folder is there and takes no new file, as /proc does.
    if error.errno == errno.ENOENT and at.parent == path.parent and not at.exists() and at.parent.is_dir():
        return FolderUnusable(f"不能在 {at.parent} 里建文件或文件夹。请换一个文件夹。")
    return None


def _wrong_place(error: OSError, at: Path) -> FolderUnusable:
    if error.errno == errno.EEXIST:
        return FolderUnusable(f"{at} 已经在了，占了机器人要用的名字。请把它移到别处，再试。")
    return FolderUnusable(f"用不了 {at}：这个路径不对。请换一个。")
