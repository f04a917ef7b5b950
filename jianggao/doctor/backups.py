"""Finds the backup that an operator should restore."""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path

from jianggao.backups.folder import backups_in
from jianggao.backups.origin import are_of_another, read_key_ids
from jianggao.database.backup_manifest import read_manifest, sha256_of
from jianggao.database.inspection import needs_wal, open_at_rest
from jianggao.database.key_files import NamedKeys, keys_beside, named_keys
from jianggao.errors import JianggaoError
from jianggao.install_paths import COMMAND
from jianggao.settings import Settings
from jianggao.text.quoting import for_shell

_LOOKED_AT = 5
"""How many backups of each kind are opened, newest first."""
_UNFINISHED = (".part", ".restoring")
"""How the names of folders end that a backup or a restore left unfinished."""
_REPLACED = (".before-restore-", ".before-mend-")
"""What the names of databases contain that were replaced, since they were broken."""


@dataclass(frozen=True, slots=True)
class _BackupCandidate:
    """A copied database, and when it was made."""

    path: Path
    made_at: datetime


def way_back(settings: Settings) -> str:
    """Returns the sentence that names the newest backup of this database that can be restored, and how; or
    what to do without one."""
    folder = settings.backups_are_in
    own = read_key_ids(settings.database_file)
    for backup in _candidates(folder, settings.database_file):
        if _is_good(backup.path, own, settings.database_file):
            return (
                f"请停掉机器人，用备份恢复：{COMMAND} restore {for_shell(backup.path)}"
                f"（{backup.made_at.astimezone(settings.timezone):%Y-%m-%d %H:%M} 的；之后办的事要补办）。"
            )
    return (
        f"请停掉机器人，用备份恢复：{COMMAND} restore 备份文件（{folder} 里没有这个数据库能用的；"
        "有另存的就用它，没有就先别动这个文件）。"
    )


def _candidates(folder: Path, database_file: Path) -> Iterator[_BackupCandidate]:
    """Yields backups with a manifest in the folder's layout, then other copies with one, then copies
    without; each newest first."""
    own = read_key_ids(database_file)
    stored = [
        backup for backup in backups_in(folder) if not are_of_another(own, backup.manifest.keys.values())
    ]
    yield from (_BackupCandidate(backup.path, backup.manifest.made_at) for backup in stored[:_LOOKED_AT])
    seen = {backup.path for backup in stored}
    with_manifest, without = [], []
    for path in _copies(folder, database_file):
        if path in seen:
            continue
        with suppress(JianggaoError, OSError):
            manifest = read_manifest(path)
            if manifest is None:
                at = datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)
                without.append(_BackupCandidate(path, at))
            elif not are_of_another(own, manifest.keys.values()):
                with_manifest.append(_BackupCandidate(path, manifest.made_at))
    # A copy without a manifest has no time of its own but the file's, which copying may have changed.
    for kind in (with_manifest, without):
        yield from sorted(kind, key=lambda backup: backup.made_at, reverse=True)[:_LOOKED_AT]


def _copies(folder: Path, database_file: Path) -> list[Path]:
    """Returns the databases anywhere in the folder but the live one and unfinished ones; none where the
    folder can't be read."""
    with suppress(OSError):
        return [
            path
            for path in folder.rglob("*.db")
            if path.is_file()
            and not _is_no_backup(path.relative_to(folder))
            and not (database_file.exists() and path.samefile(database_file))
        ]
    return []


def _is_no_backup(path: Path) -> bool:
    return any(part.endswith(_UNFINISHED) or any(word in part for word in _REPLACED) for part in path.parts)


def _is_good(path: Path, own: frozenset[str], database_file: Path) -> bool:
    """Returns whether a restore would accept it: unchanged since it was written, of this database, its
    keys at hand."""
    with suppress(sqlite3.Error, OSError, JianggaoError):
        manifest = read_manifest(path)
        if manifest is not None and not hmac.compare_digest(_hash(path), manifest.sha256):
            return False
        named = _named(path)
        there = keys_beside(path).keys() | keys_beside(database_file).keys()
        return not are_of_another(own, named.current.values()) and there >= set(named.current.values())
    return False


def _named(path: Path) -> NamedKeys:
    with open_at_rest(path, with_wal=needs_wal(path)) as connection:
        connection.execute("SELECT max(number) FROM migrations").fetchone()
        connection.execute("SELECT max(number) FROM ledger").fetchone()
        return named_keys(connection)


def _hash(path: Path) -> str:
    state = path.stat()
    return _hash_of(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=32)
def _hash_of(path: Path, size: int, changed: int) -> str:
    """Returns the hash of a file, remembered while the file is what it was: many lines name the way back."""
    return sha256_of(path)
