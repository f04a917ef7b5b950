"""Locks a database for one process: a bot, or a verb that must be alone with the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from jianggao.errors import DatabaseInUse


def lock_file(database_file: Path) -> Path:
    """Returns the file whose lock says that a process owns this database."""
    return database_file.with_name(database_file.name + ".lock")


def ownership_lock(database_file: Path) -> FileLock:
    """Returns the lock, not taken yet. Taking it while another process has it raises filelock.Timeout at
    once."""
    return FileLock(lock_file(database_file), timeout=0, mode=0o600)


@contextmanager
def owned(database_file: Path, purpose: str) -> Iterator[None]:
    """Owns the database until the block ends.

    Raises DatabaseInUse, whose line asks to stop the bot before `purpose` (`恢复`).
    """
    lock = ownership_lock(database_file)
    try:
        lock.acquire()
    except Timeout:
        raise DatabaseInUse(f"机器人正在使用 {database_file}。请先停掉机器人，再{purpose}。") from None
    try:
        yield
    finally:
        lock.release()
