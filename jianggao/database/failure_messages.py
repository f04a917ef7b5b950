"""Builds the expected errors of the file, its folder and its disk, each with one Chinese line that says
what to do."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from jianggao.database.deletable_files import list_deletable
from jianggao.database.disk import (
    LITTLE,
    existing_folder,
    format_size,
    free_bytes,
    mounted_read_only,
    open_files_limit,
    reaches_size_limit,
    size_limit,
)
from jianggao.database.lock_holders import find_lock_holders
from jianggao.errors import (
    DatabaseDamaged,
    DatabaseGone,
    DatabaseLocked,
    DatabaseOverwritten,
    DatabaseReadOnly,
    DiskFailing,
    DiskFull,
    NotADatabase,
    TooManyOpenFiles,
)
from jianggao.install_paths import COMMAND


def disk_full(path: Path, deletable_folders: Iterable[Path] = ()) -> DiskFull:
    """Returns the error of a full disk: how much is left, and what may be deleted there."""
    # A limit on the size of files (ulimit -f) fails like a full disk, although the disk has room.
    limit = size_limit()
    if limit is not None and reaches_size_limit(path) and free_bytes(path) > LITTLE:
        return DiskFull(
            f"{path} 写不进去了：这个进程只许写 {format_size(limit)} 以内的文件（ulimit -f）。请放宽这个限制，再运行。"
        )
    what = "；".join(list_deletable(path, deletable_folders))
    what_to_do = f"可以删：{what}。" if what else "请删掉用不着的文件，"
    left = f"{existing_folder(path)} 所在的磁盘还剩 {format_size(free_bytes(path))}"
    return DiskFull(f"磁盘满了：{left}，{path.name} 写不进去。{what_to_do}腾出空间再试。")


def database_locked(path: Path) -> DatabaseLocked:
    """Returns the error of a lock that another program holds, with its name where the system tells it."""
    by = "、".join(find_lock_holders(path))
    whose = f"被别的程序锁住了（{by}）" if by else "被别的程序锁住了"
    return DatabaseLocked(f"数据库 {path} {whose}。请等它做完，或关掉那个程序，再试。数据库本身没有坏。")


def database_read_only(path: Path) -> DatabaseReadOnly:
    """Returns the error of a disk, a folder or a file that can't be written."""
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
    """Returns the error of a file that is something else than a database."""
    return NotADatabase(
        f"{path} 不是数据库文件。请检查 DATABASE_FILE 写的是不是它；如果是数据库坏了，用备份恢复："
        f"{COMMAND} restore 备份文件"
    )


def database_damaged(path: Path, what: str) -> DatabaseDamaged:
    """Returns the error of a file in which SQLite found something broken (`what`)."""
    return DatabaseDamaged(f"数据库 {path} 坏了（{what}）。请用备份恢复：{COMMAND} restore 备份文件")


def disk_failing(path: Path, what: str) -> DiskFailing:
    """Returns the error of a disk or file system that fails (`what`) at reading or writing."""
    return DiskFailing(
        f"读写 {path} 时磁盘出错（{what}）。请先把数据库和它旁边的密钥复制到别的磁盘，再检查磁盘和系统日志（dmesg）。"
    )


def too_many_open_files() -> TooManyOpenFiles:
    """Returns the error of a process, or a machine, that may open no further file."""
    count = open_files_limit()
    limit = f"，这个进程最多 {count} 个（ulimit -n）" if count is not None else ""
    return TooManyOpenFiles(
        f"打开的文件太多，再打不开别的了{limit}。请放宽这个限制，或关掉用不着的程序，再试。"
    )


def database_gone(path: Path, rescued: Path | None = None) -> DatabaseGone:
    """Returns the error of an opened file that isn't at its path any more. `rescued` is a copy of all that
    it held."""
    what = "被换成了另一个文件" if path.exists() else "不见了（被删除或移走）"
    if rescued is not None:
        return DatabaseGone(
            f"数据库 {path} 在运行中{what}，不能再写。所有数据已另存为 {rescued.name}，在同一个文件夹里："
            f"停掉机器人，把它改名为 {path.name}，再启动。"
        )
    return DatabaseGone(
        f"数据库 {path} 在运行中{what}，不能再写。请停掉机器人，把原来的文件放回来，或者用备份恢复。"
    )


def database_overwritten(
    path: Path, rescued: Path | None = None, *, is_sound: bool = False
) -> DatabaseOverwritten:
    """Returns the error of an opened file that somebody wrote over, or whose -wal somebody wrote over.

    `rescued` is a copy of what was still readable; `is_sound` says that the copy was checked and has all
    acknowledged entries.
    """
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
