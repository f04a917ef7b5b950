"""Checks the newest backups and the seals of the live ledger, for `doctor`."""

from __future__ import annotations

import hmac
import sqlite3
from datetime import tzinfo
from pathlib import Path

from jianggao.backups import ledger_seals
from jianggao.backups.folder import StoredBackup, backups_in
from jianggao.backups.origin import are_of_another
from jianggao.database.backup_manifest import is_sealed, sha256_of
from jianggao.database.inspection import open_at_rest, read_live
from jianggao.database.key_files import keys_beside, named_keys, read_key
from jianggao.errors import JianggaoError
from jianggao.install_paths import COMMAND
from jianggao.text.quoting import for_shell

NEWEST = 3
"""How many backups are read completely."""


def find_broken_seals(database_file: Path) -> list[str]:
    """Returns Chinese lines on what in the live ledger isn't as it was sealed.

    There are none where that can't be known: the key is missing, or an earlier release wrote the file. Raises
    CannotStart and its children.
    """
    with read_live(database_file) as connection:
        named = named_keys(connection).current.get("codes", "")
        path = keys_beside(database_file).get(named)
        if path is None or not ledger_seals.has_seals(connection):
            return []
        broken = ledger_seals.broken_seal(connection, ledger_seals.key_of_seals(read_key(path)))
    if broken is None:
        return []
    return [
        f"{broken}，和封存的不一致。请用更早的备份恢复；"
        f"如果是你自己改的，停掉机器人，运行 {COMMAND} accept-ledger。"
    ]


def check_newest_backups(folder: Path, zone: tzinfo, own: frozenset[str]) -> tuple[list[str], str]:
    """Returns lines on what is wrong with the newest backups in the folder, and a note of what was seen.

    `own` are the ids of the live database's keys.
    """
    stored = backups_in(folder)
    if not stored:
        return _faults_of_folder(folder), f"还没有（{folder}）"
    wrong = [line for backup in stored[:NEWEST] for line in _faults(backup)]
    # A folder with backups of this and another database is shared, which is no fault.
    if all(are_of_another(own, backup.manifest.keys.values()) for backup in stored):
        wrong.insert(0, _of_others_alone(stored, folder))
    newest = stored[0].manifest.made_at.astimezone(zone)
    return wrong, f"{len(stored)} 份，最近的 {newest:%Y-%m-%d %H:%M}，完好（{folder}）"


def _of_others_alone(stored: list[StoredBackup], folder: Path) -> str:
    """Returns the line for a folder whose backups all belong to another database, in whose place a new one
    may have been begun."""
    return (
        f"{folder} 里的 {len(stored)} 份备份都是另一个数据库的（密钥不同），现在这个还没有备份。"
        "如果现在的是磁盘没挂上或文件夹被移走时新建的空库，请停掉机器人，把原来的放回来，或者运行："
        f"{COMMAND} restore {for_shell(stored[0].path)} --other-database；"
        "如果那些备份是别的机器人的，请给现在这个另设 BACKUP_DIR。"
    )


def _faults_of_folder(folder: Path) -> list[str]:
    """Returns why no backup is seen in the folder; nothing where it doesn't exist, as before the first
    backup."""
    try:
        next(folder.iterdir(), None)
    except FileNotFoundError:
        return []
    except OSError as error:
        why = error.strerror or type(error).__name__
        return [f"备份文件夹 {folder} 读不了（{why}）。请检查 BACKUP_DIR 和这个文件夹的权限。"]
    return []


def _faults(stored: StoredBackup) -> list[str]:
    """Returns a line for each thing that keeps a backup from being used."""
    try:
        if not hmac.compare_digest(sha256_of(stored.path), stored.manifest.sha256):
            return [f"{stored.path} 和写成时不一样，不能用。请删掉 {stored.path.parent}，再备份一次。"]
        there = keys_beside(stored.path)
        missing = [name for name, wanted in stored.manifest.keys.items() if wanted not in there]
        if missing:
            return [
                f"{stored.path.parent} 里缺少密钥 {'、'.join(missing)}，或被换过。"
                "请从数据库旁边复制过去，或再备份一次。"
            ]
        with open_at_rest(stored.path) as connection:
            named = named_keys(connection).current.get("codes")
        if named is not None and (named not in there or not is_sealed(stored.path, read_key(there[named]))):
            return [f"{stored.path} 的清单被改动过，不能用。请删掉 {stored.path.parent}，再备份一次。"]
    except (sqlite3.Error, OSError, ValueError, JianggaoError) as error:
        return [f"{stored.path} 读不了（{type(error).__name__}）。请再备份一次。"]
    return []
