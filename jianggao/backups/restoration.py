"""Restores a backup, which is examined completely before anything is touched (docs/rules.md, Backups)."""

from __future__ import annotations

import asyncio
import hmac
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from jianggao.backups import ledger_seals
from jianggao.backups.origin import are_of_another, read_key_ids
from jianggao.clock import Clock, system_clock
from jianggao.database.backup_manifest import Manifest, is_sealed, manifest_file, read_manifest, sha256_of
from jianggao.database.disk import SPARE, existing_folder, format_size, free_bytes
from jianggao.database.inspection import (
    ANOTHER,
    beside,
    check_open_database,
    explaining_errors,
    needs_wal,
    open_at_rest,
)
from jianggao.database.key_files import NamedKeys, key_id, keys_beside, named_keys, read_key
from jianggao.database.ownership import owned
from jianggao.database.private_files import copy_privately, private_file, private_folder
from jianggao.database.restore_exchange import Exchange, finish, free_kept_name
from jianggao.database.unusable_places import require_usable
from jianggao.errors import BackupDamaged, DiskFull, KeyMissing, NotFound, WrongUse

NO_MANIFEST = "没有校验码（旧版备份）"
"""What the operator reads of a backup without a manifest."""


@dataclass(frozen=True, slots=True)
class ExaminedBackup:
    """A backup that can be restored, and what was found out about it."""

    file: Path
    manifest: Manifest | None
    """The backup's manifest; None for a backup of an earlier release, or one that was copied without it."""
    sha256: str
    """The hash of the copied database."""
    wal_sha256: str
    """The hash of the `-wal` that is part of it; empty where there is none."""
    keys: dict[str, Path]
    """The files of its keys, by id: those beside it, or else those beside the live database."""
    named: NamedKeys
    """The keys that it names."""
    notes: tuple[str, ...]
    """Chinese sentences that the operator should know, none of which forbids a restore."""
    is_of_another: bool = False
    """Whether its keys say that it is a backup of another database than the live one."""


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """What a restore did."""

    kept: Path | None
    """Where the earlier database is; None where there was none."""
    notes: tuple[str, ...]
    """Chinese sentences that the operator should know."""


async def restore(
    backup_file: Path, database_file: Path, *, clock: Clock = system_clock, other_database: bool = False
) -> Path | None:
    """Puts an examined backup in the database's place; returns where the earlier file was kept, None if
    there was none."""
    restored = await restore_with_notes(
        backup_file, database_file, clock=clock, other_database=other_database
    )
    return restored.kept


async def restore_with_notes(
    backup_file: Path,
    database_file: Path,
    *,
    clock: Clock = system_clock,
    zone: tzinfo | None = None,
    other_database: bool = False,
) -> RestoreResult:
    """Does as `restore`, and returns what the operator should know of it.

    The earlier file is moved aside byte for byte, whatever it is, with its keys; each restore keeps its own.
    Killed at any moment, the old or the new state stands there whole, or the next restore or start finishes
    it. Raises NotFound, WrongUse, BackupDamaged, DatabaseDamaged, DatabaseTooNew, KeyMissing, DiskFull,
    DatabaseInUse (never over a running bot's file), and what `explain_error` returns.
    """
    return await asyncio.to_thread(
        _restore, backup_file, database_file, lambda: clock().astimezone(zone), other_database
    )


def _restore(backup_file: Path, database_file: Path, clock: Clock, other_database: bool) -> RestoreResult:
    with explaining_errors(database_file):
        require_usable(database_file)
    examined = examine_backup(backup_file, database_file)
    with explaining_errors(database_file):
        _require_room(examined, database_file)
        private_folder(database_file.parent)
        with owned(database_file, "恢复"):
            finish(database_file)
            if not other_database:
                _require_own(examined, database_file)
            return _exchange(examined, database_file, clock)


def _require_own(examined: ExaminedBackup, database_file: Path) -> None:
    """Raises WrongUse for a backup of another database.

    To be asked when a restore that was cut off is finished: until then, keys and database may belong to two.
    """
    if are_of_another(read_key_ids(database_file), examined.named.current.values()):
        raise WrongUse(
            f"{examined.file} 是另一个数据库的备份（密钥不同），不是 {database_file} 的。什么也没有动。"
            "请换一个备份；确实要换成那个数据库，加上 --other-database。"
        )


def examine_backup(
    backup_file: Path,
    database_file: Path,
    check_contents: Callable[[sqlite3.Connection], object] = lambda connection: None,
) -> ExaminedBackup:
    """Examines a backup with its keys and those of the live database; `check_contents` gets a connection to
    it besides.

    Changes nothing. Raises what `restore` does.
    """
    with explaining_errors(backup_file):
        return _examined(backup_file, database_file, check_contents)


def _examined(
    backup_file: Path, database_file: Path, check_contents: Callable[[sqlite3.Connection], object]
) -> ExaminedBackup:
    """Returns the examined backup, in a thread: its file, manifest, keys and seals, and what the operator
    should know."""
    if not backup_file.is_file():
        raise NotFound(f"没有备份文件 {backup_file}。")
    if database_file.exists() and backup_file.samefile(database_file):
        raise WrongUse(f"{backup_file} 就是现在的数据库，不用恢复。请写备份文件。")
    manifest, digest = read_manifest(backup_file), sha256_of(backup_file)
    if manifest is not None and not hmac.compare_digest(digest, manifest.sha256):
        raise BackupDamaged(f"{backup_file} 和写成时不一样（校验码对不上），不能用。{ANOTHER}")
    # A backup that this program made has no -wal. A running bot's files that were copied by hand have one,
    # and it holds the newest entries.
    with_wal = manifest is None and needs_wal(backup_file)
    with open_at_rest(backup_file, with_wal=with_wal) as connection:
        check_open_database(connection, backup_file)
        named = named_keys(connection)
        keys, notes = find_keys(named, backup_file, database_file)
        _check_seals(connection, manifest, backup_file, keys, named)
        check_contents(connection)
    if manifest is None:
        notes.insert(0, f"{NO_MANIFEST}，没法核对它是不是写成时的样子")
    if with_wal:
        notes.append(
            f"连同旁边的 {beside(backup_file, '-wal').name} 一起读（像是从运行中的数据库直接复制的）"
        )
    elif needs_wal(backup_file):
        notes.append(f"旁边的 {beside(backup_file, '-wal').name} 不属于它，没有用")
    wal = sha256_of(beside(backup_file, "-wal")) if with_wal else ""
    is_of_another = are_of_another(read_key_ids(database_file), named.current.values())
    return ExaminedBackup(backup_file, manifest, digest, wal, keys, named, tuple(notes), is_of_another)


def find_keys(named: NamedKeys, backup_file: Path, database_file: Path) -> tuple[dict[str, Path], list[str]]:
    """Returns the files of all keys that a backup names, by id, and notes for the operator.

    Raises KeyMissing for a key that is another than it should be, and for a current key that is nowhere.
    """
    own = keys_beside(backup_file)
    live = keys_beside(database_file)
    found: dict[str, Path] = {}
    notes: list[str] = []
    for wanted, place in named.files(backup_file):
        if wanted in own:
            found[wanted] = own[wanted]
        # A file of this name with another key in it: the restored bot would take it for its own.
        elif place.exists():
            raise KeyMissing(
                f"{place} 不是这个备份的密钥（要编号 {wanted} 的）。"
                "什么也没有动。请把对的同名文件放到备份旁边，再恢复。"
            )
        elif wanted in live:
            found[wanted] = live[wanted]
            notes.append(f"备份旁边没有 {place.name}，用数据库旁边的 {live[wanted].name}（编号对得上）")
        elif wanted in named.current.values():
            raise KeyMissing(
                f"缺少密钥文件 {place}（编号 {wanted}）。什么也没有动。请把它放到备份旁边，再恢复。"
            )
        else:
            notes.append(f"没有旧标记密钥 {place.name}，认不出用它标记的副本")
    return found, notes


def _check_seals(
    connection: sqlite3.Connection,
    manifest: Manifest | None,
    backup_file: Path,
    keys: dict[str, Path],
    named: NamedKeys,
) -> None:
    """Raises BackupDamaged if the seals of the ledger or of the manifest don't fit: only who has the keys
    can make them."""
    if "codes" not in named.current:
        return
    codes = read_key(keys[named.current["codes"]])
    key = ledger_seals.key_of_seals(codes)
    broken = ledger_seals.broken_seal(connection, key) if ledger_seals.has_seals(connection) else None
    if broken is not None:
        raise BackupDamaged(f"{backup_file} 的{broken}，和封存的不一致，不能用。{ANOTHER}")
    if manifest is None:
        return
    last = ledger_seals.last_number(connection)
    for path in keys.values():
        wanted = manifest.key_sha256.get(path.name)
        if path.parent == backup_file.parent and wanted and not hmac.compare_digest(sha256_of(path), wanted):
            raise BackupDamaged(f"密钥文件 {path} 和写成时不一样（校验码对不上），不能用。{ANOTHER}")
    ledger = ledger_seals.seals_at(connection, key, [last])[last]
    if not is_sealed(backup_file, codes) or manifest.ledger != ledger:
        raise BackupDamaged(f"备份的清单 {manifest_file(backup_file)} 被改动过，不能用。{ANOTHER}")


def _require_room(examined: ExaminedBackup, database_file: Path) -> None:
    """Raises DiskFull if the restored database doesn't fit on the disk."""
    size = examined.file.stat().st_size
    if examined.wal_sha256:
        size += 2 * beside(examined.file, "-wal").stat().st_size
    folder = existing_folder(Exchange(database_file).place)
    if free_bytes(folder) < size + SPARE:
        raise DiskFull(
            f"放不下：恢复要 {format_size(size + SPARE)}，{folder} 所在的磁盘只剩 {format_size(free_bytes(folder))}。"
            "什么也没有动。请腾出空间再恢复。"
        )


def _exchange(examined: ExaminedBackup, database_file: Path, clock: Clock) -> RestoreResult:
    """Puts the examined backup in the database's place, and keeps what stood there."""
    exchange = Exchange(database_file)
    exchange.prepare()
    try:
        _bring(examined, exchange.incoming)
        exchange.begin(free_kept_name(database_file, f"{clock():%Y%m%d-%H%M%S}"))
    except BaseException:
        shutil.rmtree(exchange.folder, ignore_errors=True)
        raise
    kept = exchange.carry_on()
    # What an earlier version left when it was ended in the middle.
    beside(database_file, ".incoming").unlink(missing_ok=True)
    return RestoreResult(kept, examined.notes)


def _bring(examined: ExaminedBackup, incoming: Path) -> None:
    """Copies the bytes that were examined, and the keys by their ids."""
    _copy(examined.file, incoming, examined.sha256)
    if examined.wal_sha256:
        _copy(beside(examined.file, "-wal"), beside(incoming, "-wal"), examined.wal_sha256)
        with closing(sqlite3.connect(incoming, isolation_level=None)) as connection:
            # This brings the -wal into the file, which then stands alone.
            connection.execute("PRAGMA journal_mode = DELETE")
            check_open_database(connection, examined.file)
    for wanted, place in examined.named.files(incoming):
        if wanted in examined.keys:
            copy_privately(examined.keys[wanted], place)
            if key_id(read_key(place)) != wanted:
                raise BackupDamaged(f"{examined.keys[wanted]} 在恢复时变了。什么也没有动。请再恢复一次。")


def _copy(source: Path, target: Path, digest: str) -> None:
    private_file(target)
    shutil.copyfile(source, target)
    if sha256_of(target) != digest:
        raise BackupDamaged(f"{source} 在恢复时变了，或读出来的不一样。什么也没有动。{ANOTHER}")
