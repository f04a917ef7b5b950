"""Backup while the bot runs, and restore that looks before it leaps."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from filelock import FileLock, Timeout

from jianggao.database.acknowledged import forget
from jianggao.database.connection import lock_file
from jianggao.database.failures import explained
from jianggao.database.keys import key_files
from jianggao.database.migrations import known_migrations
from jianggao.database.private_files import copy_private, private_file, private_folder, tighten_database
from jianggao.errors import DatabaseDamaged, DatabaseInUse, DatabaseTooNew, NotFound, WrongUse

_PAGES_A_STEP = 2_000


async def back_up(database_file: Path, target: Path) -> list[Path]:
    """Copy the database and its keys to `target` and beside it; gives the files written.

    Runs beside a writing bot (SQLite's online backup); the copy is checked, then moved into place.
    Raises NotFound, WrongUse (the target is the database itself), DatabaseDamaged.
    """
    return await asyncio.to_thread(_back_up, database_file, target)


async def restore(backup_file: Path, database_file: Path) -> Path | None:
    """Put a checked backup in the database's place; gives where the earlier file was kept, if there was one.

    Raises NotFound, DatabaseDamaged, DatabaseTooNew, DatabaseInUse (never over a running bot's file).
    """
    return await asyncio.to_thread(_restore, backup_file, database_file)


def check_integrity(path: Path) -> None:
    """Raise DatabaseDamaged unless `path` is a whole database of ours, DatabaseTooNew if a later one."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            numbers = {row[0] for row in connection.execute("SELECT number FROM migrations")}
    except sqlite3.Error as error:
        told = explained(error, path)
        if told is not None and not isinstance(told, DatabaseDamaged):
            raise told from error
        raise DatabaseDamaged(f"{path} 不是完好的讲稿机器人数据库（{error}）。请换一个备份文件。") from error
    if verdict != "ok":
        raise DatabaseDamaged(f"{path} 已损坏（{verdict}）。请换一个备份文件。")
    if numbers - {migration.number for migration in known_migrations()}:
        raise DatabaseTooNew(f"{path} 由更新的版本写成。请先升级程序，再恢复。")


def _back_up(database_file: Path, target: Path) -> list[Path]:
    if not database_file.exists():
        raise NotFound(f"没有数据库 {database_file}，还没有可备份的。")
    if target.exists() and target.samefile(database_file):
        raise WrongUse("备份文件不能就是数据库本身。请换一个文件名。")
    private_folder(target.parent)
    temporary = target.with_name(target.name + ".part")
    temporary.unlink(missing_ok=True)
    private_file(temporary)
    with (
        closing(sqlite3.connect(database_file)) as source,
        closing(sqlite3.connect(temporary)) as copy,
    ):
        source.execute(
            "SELECT 1 FROM sqlite_master"
        )  # a lock ends this with an error; `backup` would wait for ever
        source.backup(copy, pages=_PAGES_A_STEP)
        copy.execute("PRAGMA journal_mode = DELETE")
    check_integrity(temporary)
    temporary.replace(target)
    return [target, *_copy_keys(database_file, target)]


def _copy_keys(database_file: Path, target: Path) -> list[Path]:
    copied = []
    for source in key_files(database_file):
        destination = _beside(target, source, database_file)
        if not (destination.exists() and destination.samefile(source)):
            copy_private(source, destination)
        copied.append(destination)
    return copied


def _beside(target: Path, key: Path, database_file: Path) -> Path:
    """Where the file of a key of `database_file` stands beside `target`: `bot.marks.key` by `copy.db` is
    `copy.marks.key`."""
    return target.with_name(target.stem + key.name.removeprefix(database_file.stem))


def _restore(backup_file: Path, database_file: Path) -> Path | None:
    if not backup_file.is_file():
        raise NotFound(f"没有备份文件 {backup_file}。")
    check_integrity(backup_file)
    private_folder(database_file.parent)
    try:
        with FileLock(lock_file(database_file), timeout=0, mode=0o600):
            return _replace(backup_file, database_file)
    except Timeout:
        raise DatabaseInUse(f"机器人正在使用 {database_file}。请先停掉机器人，再恢复。") from None


def _replace(backup_file: Path, database_file: Path) -> Path | None:
    """The new file stands whole beside the old one before the old one moves aside."""
    incoming = database_file.with_name(database_file.name + ".incoming")
    incoming.unlink(missing_ok=True)
    private_file(incoming)
    with (
        closing(sqlite3.connect(f"{backup_file.resolve().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(incoming)) as copy,
    ):
        source.backup(copy)
    check_integrity(incoming)
    kept = None
    if database_file.exists():
        kept = database_file.with_name(database_file.name + ".before-restore")
        private_file(kept)
        with closing(sqlite3.connect(database_file)) as old, closing(sqlite3.connect(kept)) as copy:
            old.backup(copy)
        for suffix in ("-wal", "-shm"):
            database_file.with_name(database_file.name + suffix).unlink(missing_ok=True)
    forget(database_file)
    incoming.replace(database_file)
    _bring_keys(backup_file, database_file)
    tighten_database(database_file)
    return kept


def _bring_keys(backup_file: Path, database_file: Path) -> None:
    """The backup's keys take their place; a different key that stood there is kept aside."""
    for source in key_files(backup_file):
        destination = _beside(database_file, source, backup_file)
        if destination.exists() and destination.samefile(source):
            continue
        if destination.exists() and destination.read_bytes() != source.read_bytes():
            destination.replace(destination.with_name(destination.name + ".before-restore"))
        copy_private(source, destination)
