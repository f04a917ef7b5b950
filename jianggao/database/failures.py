"""Errors of the file, the folder and the disk below the database, each as one Chinese line by its cause.

`explained` tells a full disk, a lock, a file that can only be read, a file that is no database, a folder that can't be
used and a failing disk apart, and gives None for everything else. From Python 3.11 on an error of SQLite carries the name
of its kind, before that its message alone tells; where SQLite says no more than "can't open" or "disk I/O error" the file
system is asked.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from jianggao.database.disk import (
    LITTLE,
    existing_folder,
    free_bytes,
    has_room,
    hits_size_limit,
    in_words,
    is_read_only,
    may_be_deleted,
    may_open,
    most_open_files,
    mounted_read_only,
    size_limit,
)
from jianggao.database.lock_holders import holders
from jianggao.errors import (
    CannotStart,
    DatabaseDamaged,
    DatabaseGone,
    DatabaseLocked,
    DatabaseOverwritten,
    DatabaseReadOnly,
    DiskFailing,
    DiskFull,
    FolderUnusable,
    NotADatabase,
    TooManyOpenFiles,
)
from jianggao.layout import COMMAND

_WRONG_NAMES = (errno.ELOOP, errno.ENAMETOOLONG)
_TOO_MANY = (errno.EMFILE, errno.ENFILE)
_FILES_OF_A_DATABASE = 32
"""A handful of connections with three files each. When the error is explained they may have been closed again."""
_NAME = "sqlite_errorname"
UNREADABLE_NAME = "结构里的名字读不出来"
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


def explained(error: Exception, path: Path, *, further: Iterable[Path] = ()) -> CannotStart | None:
    """The expected error, with its line, that an sqlite3.Error or OSError at `path` is; None when it is another.

    `path` is what was being read or written: the database, or a backup's target. `further` are folders that hold what
    may be deleted when the disk is full (logs, backups), beside those that lie by the database. Nothing is raised. It
    looks at the file system and the processes of the machine for some milliseconds: in a running bot, in a thread.
    """
    if isinstance(error, CannotStart):
        return error
    try:
        if isinstance(error, sqlite3.Error):
            return _of_sqlite(error, path, tuple(further))
        if isinstance(error, OSError):
            return _of_system(error, path, tuple(further))
        if isinstance(error, UnicodeDecodeError):  # what SQLite says of a damaged name holds bytes of it
            return damaged(path, UNREADABLE_NAME)
    except OSError as other:  # the file system can't even be asked
        return failing(path, other.strerror or type(other).__name__)
    return None


def sqlite_name(error: sqlite3.Error) -> str:
    """What SQLite calls an error (`SQLITE_FULL`, `SQLITE_IOERR_WRITE` …), by its message where Python doesn't say; empty
    where the message doesn't either."""
    named = getattr(error, _NAME, None)
    if isinstance(named, str):
        return named
    return next((name for part, name in _BY_MESSAGE if part in str(error)), "")


def _of_sqlite(error: sqlite3.Error, path: Path, further: tuple[Path, ...]) -> CannotStart | None:
    name = sqlite_name(error)
    kind = "_".join(name.split("_")[:2])
    if name == "SQLITE_READONLY_DBMOVED":
        return gone(path)
    if path.is_dir():  # opened for reading it is an I/O error for SQLite
        return unusable_place(path)
    explain = _EXPLAIN.get(kind)
    return None if explain is None else explain(_Failure(path, str(error), name, further))


@dataclass(frozen=True, slots=True)
class _Failure:
    path: Path
    message: str
    name: str
    further: tuple[Path, ...]


def _full(failure: _Failure) -> CannotStart:
    return full(failure.path, failure.further)


def _locked(failure: _Failure) -> CannotStart:
    return locked(failure.path)


def _read_only(failure: _Failure) -> CannotStart:
    return read_only(failure.path)


def _not_a_database(failure: _Failure) -> CannotStart:
    return not_a_database(failure.path)


def _corrupt(failure: _Failure) -> CannotStart:
    return damaged(failure.path, failure.message)


def _cannot_open(failure: _Failure) -> CannotStart:
    """SQLite says no more than that it couldn't open a file: the file system says why."""
    if not may_open(_FILES_OF_A_DATABASE):
        return too_many_open()
    unusable = unusable_place(failure.path)
    if unusable is not None:
        return unusable
    if not has_room(failure.path):
        return _full(failure)
    if is_read_only(failure.path):
        return read_only(failure.path)
    if not failure.path.exists():
        return FolderUnusable(f"找不到 {failure.path}。请检查路径，或者把文件放回来。")
    return FolderUnusable(
        f"打不开 {failure.path}（{failure.message}）。请检查这个文件和它所在文件夹的权限，再试。"
    )


def _failing(failure: _Failure) -> CannotStart:
    """A quota, or a limit on the size of files, is an I/O error for SQLite too."""
    if not has_room(failure.path):
        return _full(failure)
    return failing(failure.path, failure.name or failure.message)


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


def _of_system(error: OSError, path: Path, further: tuple[Path, ...]) -> CannotStart | None:
    at = Path(os.fsdecode(error.filename)) if isinstance(error.filename, (str, bytes)) else path
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return full(at, further)
    if error.errno == errno.EROFS:
        return read_only(at)
    if error.errno == errno.EIO:
        return failing(at, "EIO")
    if error.errno in _TOO_MANY:
        return too_many_open()
    closed = _closed_folder(at) if error.errno in (errno.EACCES, errno.EPERM) else None
    if closed is not None:
        return closed
    if error.errno in (errno.EACCES, errno.EPERM):
        return FolderUnusable(f"没有权限读写 {at}。请把它交给运行机器人的用户（chown、chmod），再试。")
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP):
        return unusable_place(path) or unusable_place(at) or _wrong_place(error, at)
    if error.errno == errno.ENOENT and (at == path or at in path.parents):
        return FolderUnusable(f"找不到 {at}。请检查路径，需要时先建好文件夹。")
    if error.errno == errno.ENOENT and at.parent == path.parent and not at.exists() and at.parent.is_dir():
        return FolderUnusable(f"不能在 {at.parent} 里建文件或文件夹。请换一个文件夹。")
    return None


def _wrong_place(error: OSError, at: Path) -> FolderUnusable:
    if error.errno == errno.EEXIST:
        return FolderUnusable(f"{at} 已经在了，占了机器人要用的名字。请把它移到别处，再试。")
    return FolderUnusable(f"用不了 {at}：这个路径不对。请换一个。")


def full(path: Path, further: Iterable[Path] = ()) -> DiskFull:
    """The disk of `path` is full: how much is left, and what may be deleted there."""
    limit = size_limit()
    if limit is not None and hits_size_limit(path) and free_bytes(path) > LITTLE:
        return DiskFull(
            f"{path} 写不进去了：这个进程只许写 {in_words(limit)} 以内的文件（ulimit -f）。请放宽这个限制，再运行。"
        )
    what = "；".join(may_be_deleted(path, further))
    what_to_do = f"可以删：{what}。" if what else "请删掉用不着的文件，"
    left = f"{existing_folder(path)} 所在的磁盘还剩 {in_words(free_bytes(path))}"
    return DiskFull(f"磁盘满了：{left}，{path.name} 写不进去。{what_to_do}腾出空间再试。")


def locked(path: Path) -> DatabaseLocked:
    """Another program holds a lock on the database; which one, where the system tells."""
    by = "、".join(holders(path))
    whose = f"被别的程序锁住了（{by}）" if by else "被别的程序锁住了"
    return DatabaseLocked(f"数据库 {path} {whose}。请等它做完，或关掉那个程序，再试。数据库本身没有坏。")


def read_only(path: Path) -> DatabaseReadOnly:
    """Nothing can be written at `path`: the disk, the folder or the file."""
    folder = existing_folder(path)
    if mounted_read_only(folder):
        return DatabaseReadOnly(
            f"{path} 写不进去：{folder} 所在的磁盘是只读的。请重新挂载成可写的，再试"
            "（磁盘出错时系统也会把它改成只读，先看 dmesg）。"
        )
    which = path if path.exists() and not os.access(path, os.W_OK) else folder
    return DatabaseReadOnly(
        f"{path} 写不进去：只能读。请让运行机器人的用户能写 {which}（chown、chmod u+w），再试。"
    )


def not_a_database(path: Path) -> NotADatabase:
    """The file is something else."""
    return NotADatabase(
        f"{path} 不是数据库文件。请检查 DATABASE_FILE 写的是不是它；如果是数据库坏了，用备份恢复："
        f"{COMMAND} restore 备份文件"
    )


def damaged(path: Path, what: str) -> DatabaseDamaged:
    """SQLite found the file broken."""
    return DatabaseDamaged(f"数据库 {path} 坏了（{what}）。请用备份恢复：{COMMAND} restore 备份文件")


def failing(path: Path, what: str) -> DiskFailing:
    """The disk or the file system doesn't do what it is told."""
    return DiskFailing(
        f"读写 {path} 时磁盘出错（{what}）。请先把数据库和它旁边的密钥复制到别的磁盘，再检查磁盘和系统日志（dmesg）。"
    )


def too_many_open() -> TooManyOpenFiles:
    """The process, or the machine, may open no further file."""
    most = most_open_files()
    limit = f"，这个进程最多 {most} 个（ulimit -n）" if most is not None else ""
    return TooManyOpenFiles(
        f"打开的文件太多，再打不开别的了{limit}。请放宽这个限制，或关掉用不着的程序，再试。"
    )


def gone(path: Path, rescued: Path | None = None) -> DatabaseGone:
    """The file that was opened isn't at its path any more. `rescued` is a copy of all that it held."""
    what = "被换成了另一个文件" if path.exists() else "不见了（被删除或移走）"
    if rescued is not None:
        return DatabaseGone(
            f"数据库 {path} 在运行中{what}，不能再写。所有数据已另存为 {rescued.name}，在同一个文件夹里："
            f"停掉机器人，把它改名为 {path.name}，再启动。"
        )
    return DatabaseGone(
        f"数据库 {path} 在运行中{what}，不能再写。请停掉机器人，把原来的文件放回来，或者用备份恢复。"
    )


def overwritten(path: Path, rescued: Path | None = None, *, is_sound: bool = False) -> DatabaseOverwritten:
    """Somebody wrote over the file that is open, or over its -wal. `rescued` is a copy of what was still to be had;
    `is_sound`: it was looked at, and has what was acknowledged."""
    what = f"数据库 {path}（或它的 -wal）在运行中被清空或改写了，不能再写。"
    if rescued is not None and is_sound:
        return DatabaseOverwritten(
            f"{what}数据已另存为 {rescued.name}，在同一个文件夹里，查过：打得开，确认过的记录都在。"
            f"请停掉机器人，把它改名为 {path.name}，运行 {COMMAND} doctor 看一遍，再启动。"
        )
    some = f"没被改写的部分另存为 {rescued.name}，不完整。" if rescued is not None else ""
    return DatabaseOverwritten(
        f"{what}{some}请停掉机器人，用备份恢复：{COMMAND} restore 备份文件；之后办的事要补办。"
    )


def unusable_place(path: Path) -> FolderUnusable | None:
    """Why no file can be at `path`, if its place itself is wrong, or what stands there is no file."""
    try:
        kind = path.stat().st_mode
    except OSError as error:
        return _unusable_folder(path) if error.errno not in _WRONG_NAMES else wrong_name(path, error)
    except ValueError:
        return FolderUnusable(f"{path} 不能是文件名。请换一个。")
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
        return FolderUnusable(
            f"{path} 是设备、管道或套接字，不是文件。请换成文件名，例如 data/bot.db（DATABASE_FILE）。"
        )
    return _unusable_folder(path)


def require_usable(path: Path) -> None:
    """Raise FolderUnusable where no file can be at `path`. Nothing is opened: to open a pipe is to wait."""
    unusable = unusable_place(path)
    if unusable is not None:
        raise unusable


def wrong_name(path: Path, error: OSError) -> FolderUnusable:
    """The path leads in a circle, or is too long."""
    if error.errno == errno.ELOOP:
        return FolderUnusable(f"{path} 的链接绕回了自己。请改正这个链接，或换一个文件名。")
    return FolderUnusable(f"{path.name[:40]}… 这个名字（或路径）太长了。请换一个短一点的。")


def _closed_folder(path: Path) -> FolderUnusable | None:
    """The outermost folder on the way to `path` that this user may not enter, if there is one."""
    for folder in reversed(path.absolute().parents):
        if folder.is_dir() and not os.access(folder, os.X_OK):
            return FolderUnusable(
                f"没有权限进入文件夹 {folder}。请把它交给运行机器人的用户（chown、chmod u+x），或换一个文件夹，再试。"
            )
    return None


def _unusable_folder(path: Path) -> FolderUnusable | None:
    closed = _closed_folder(path)  # first: what lies in it can't be asked about
    if closed is not None:
        return closed
    if path.is_dir():
        return FolderUnusable(
            f"{path} 是文件夹，不是文件。请写上文件名，例如 {path / 'bot.db'}（DATABASE_FILE）。"
        )
    for folder in reversed(path.parents):
        if folder.is_symlink() and not folder.exists():
            return FolderUnusable(
                f"{folder} 指向的地方不存在，放不了 {path.name}。请改正这个链接，或换一个文件夹。"
            )
        if folder.exists() and not folder.is_dir():
            return FolderUnusable(
                f"{folder} 是文件，不是文件夹，放不了 {path.name}。请换一个文件夹，或把它移走。"
            )
    existing = existing_folder(path)
    if not path.exists() and not os.access(existing, os.W_OK) and not mounted_read_only(existing):
        return FolderUnusable(
            f"不能在 {existing} 里建文件或文件夹。请换一个文件夹，或改它的权限（chmod u+w）。"
        )
    return None
