"""Finds the other programs that hold a lock on the database, as far as Linux tells."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path


def find_lock_holders(path: Path) -> list[str]:
    """Returns the programs as `名字，进程 123`; none where the system doesn't tell.

    Programs that hold a lock for writing come alone; if there are none, those that have a file of the
    database open.
    """
    if not sys.platform.startswith("linux"):
        return []
    files = [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]
    inodes = {file.stat().st_ino for file in files if file.exists()}
    opened = [pid for pid in _processes() if _has_open(pid, inodes)]
    locking = _lock_holders(inodes)
    return [f"{_program(pid)}，进程 {pid}" for pid in opened if pid in locking] or [
        f"{_program(pid)}，进程 {pid}" for pid in opened
    ]


def _processes() -> list[int]:
    names = [entry.name for entry in Path("/proc").iterdir()]
    return [int(name) for name in names if name.isdigit() and int(name) != os.getpid()]


def _has_open(pid: int, inodes: set[int]) -> bool:
    try:
        return any(_inode(descriptor) in inodes for descriptor in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:  # it has ended, or is another user's
        return False


def _inode(descriptor: Path) -> int | None:
    try:
        return descriptor.stat().st_ino
    except OSError:  # closed meanwhile
        return None


def _lock_holders(inodes: set[int]) -> set[int]:
    """Returns the ids of the processes with a lock for writing on one of the files."""
    try:
        lines = Path("/proc/locks").read_text("ascii", "replace").splitlines()
    except OSError:
        return set()
    found = (re.search(r" WRITE +(\d+) [0-9a-f]+:[0-9a-f]+:(\d+) ", line) for line in lines)
    return {int(match[1]) for match in found if match and int(match[2]) in inodes}


def _program(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text("utf-8", "replace").strip()
    except OSError:
        return "未知程序"
