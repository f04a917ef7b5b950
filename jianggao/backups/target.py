"""Decides where a backup may be written, and moves the finished one into its place."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

from jianggao.database.backup_manifest import SUFFIX, manifest_file, read_manifest
from jianggao.database.inspection import beside, is_sqlite, open_at_rest
from jianggao.database.key_files import key_files, keys_beside, named_keys
from jianggao.database.private_files import database_files, fsync
from jianggao.errors import BackupDamaged, WrongUse

_OF_SQLITE = ("-wal", "-shm", "-journal")
"""How the names of SQLite's own files continue the database's name."""
_ENDINGS = (*_OF_SQLITE, ".lock", ".key", ".part", SUFFIX)
"""Endings of file names that the program uses itself."""
_ANOTHER_NAME = "请换一个文件名。"


def require_free_target(target: Path, database_file: Path) -> None:
    """Raises WrongUse unless nothing stands at `target`, or an earlier backup of this database does.

    Raises WrongUse too if another database's key lies where the backup's keys will.
    """
    if target.is_dir():
        raise WrongUse(f"{target} 是文件夹。请写上文件名，例如 {target / 'bot.db'}。")
    if target.is_symlink() and not target.exists():
        raise WrongUse(f"{target} 是一个链接，指向的地方不存在。请改正它，或换一个文件名。")
    if target.exists() and database_file.exists() and target.samefile(database_file):
        raise WrongUse(f"备份文件不能就是数据库本身。{_ANOTHER_NAME}")
    if target.name.endswith(_ENDINGS):
        raise WrongUse(
            f"备份文件的名字不能以 {'、'.join(_ENDINGS)} 结尾：这些是数据库自己用的。{_ANOTHER_NAME}"
        )
    if _is_the_place_of(target, database_file):
        raise WrongUse(f"{target.name} 会盖住数据库自己的文件。{_ANOTHER_NAME}")
    for suffix in _OF_SQLITE:
        if beside(target, suffix).exists():
            raise WrongUse(f"{beside(target, suffix)} 属于一个正在用的数据库，或是它留下的。{_ANOTHER_NAME}")
    # Keys take their places by name: another database's key there would be lost.
    own = _names(database_file)
    if target.exists():
        _require_earlier_backup(target, own)
    for named, path in keys_beside(target).items():
        if named not in own:
            raise WrongUse(f"{path} 是别的数据库的密钥，不能覆盖。{_ANOTHER_NAME}")


def _is_the_place_of(target: Path, database_file: Path) -> bool:
    """Returns whether the backup, or its keys, would lie where the database's own files do."""
    if target.parent.resolve() != database_file.parent.resolve():
        return False
    return target.stem == database_file.stem or target.name in {
        path.name for path in database_files(database_file)
    }


def _names(database_file: Path) -> frozenset[str]:
    """Returns the ids of the keys beside the database: every backup of it holds some of them."""
    return frozenset(keys_beside(database_file))


def _require_earlier_backup(target: Path, own: frozenset[str]) -> None:
    """Raises WrongUse unless `target` is a backup of this database.

    An earlier release wrote no manifest: its backups are recognised by having our keys and being in nobody's
    use.
    """
    refusal = WrongUse(f"{target} 已经在，而且不是这个数据库的备份，没有覆盖。{_ANOTHER_NAME}")
    try:
        if target.is_symlink() or not target.is_file() or not is_sqlite(target):
            raise refusal
        # Every database that a bot has opened has a lock file beside it.
        in_use = beside(target, ".lock").exists()
        if in_use or not (_belongs(target, own) or _is_quiet(target)):
            raise refusal
        with open_at_rest(target) as connection:
            connection.execute("SELECT number FROM migrations").fetchone()
            named = named_keys(connection)
    except sqlite3.Error:
        # A backup that has been damaged since may be written anew, where its manifest says what it was.
        if _belongs(target, own):
            return
        raise refusal from None
    if not set(named.current.values()) <= own:
        raise refusal


def _belongs(target: Path, own: frozenset[str]) -> bool:
    """Returns whether a manifest beside it says that it is a backup of this database."""
    try:
        manifest = read_manifest(target)
    except BackupDamaged:
        return False
    return manifest is not None and manifest.database_id in own


def _is_quiet(target: Path) -> bool:
    """Returns whether the file isn't in WAL mode: a database that a bot has opened is."""
    with target.open("rb") as file:
        return file.read(20)[18:] == b"\x01\x01"


def move_into_place(part: Path, target: Path) -> list[Path]:
    """Moves a finished backup from the folder it was written in to its place; returns its files.

    Killed between any two steps, a complete backup stands at `target`, with all its keys beside it: first
    keys come, then the old manifest goes (without one a backup is accepted, with a warning), then the
    database and its manifest come.
    """
    keys = key_files(part / target.name)
    # Retired keys first: a key that was in force before is beside the old database all the time.
    for key in reversed(keys):
        key.replace(target.with_name(key.name))
    fsync(target.parent)
    manifest_file(target).unlink(missing_ok=True)
    (part / target.name).replace(target)
    fsync(target.parent)
    manifest_file(part / target.name).replace(manifest_file(target))
    fsync(target.parent)
    return [target, *(target.with_name(key.name) for key in keys), manifest_file(target)]


def move_folder_into_place(part: Path, place: Path) -> Path:
    """Gives a finished backup's folder its name, or the first one with a number behind it that is free;
    returns its path."""
    fsync(part)
    number, named = 1, place
    while True:
        try:
            if not os.path.lexists(named):
                part.rename(named)
                fsync(named.parent)
                return named
        except OSError as error:
            if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
                raise
        number += 1
        named = place.with_name(f"{place.name}-{number}")
