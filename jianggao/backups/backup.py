"""Makes backups while the bot runs: written aside, opened and checked, then moved into place
(docs/rules.md, Backups)."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from jianggao.backups import ledger_seals
from jianggao.backups.target import move_folder_into_place, move_into_place, require_free_target
from jianggao.clock import Clock, system_clock, to_text
from jianggao.database import acknowledged_entries
from jianggao.database.backup_manifest import Manifest, manifest_file, sha256_of, write_manifest
from jianggao.database.disk import SPARE, existing_folder, format_size, free_bytes
from jianggao.database.failures import explain_error
from jianggao.database.inspection import (
    beside,
    check_open_database,
    explaining_errors,
    is_sqlite,
    open_snapshot,
)
from jianggao.database.key_files import NamedKeys, key_id, keys_beside, named_keys, read_key
from jianggao.database.private_files import copy_privately, fsync, private_file, private_folder
from jianggao.database.restore_exchange import require_finished
from jianggao.database.unfinished_backups import database_tag
from jianggao.database.unusable_places import require_usable
from jianggao.errors import BackupDamaged, DatabaseInUse, DiskFailing, DiskFull, KeyMissing, NotFound
from jianggao.install_paths import COMMAND
from jianggao.version import version

CopyCheck = Callable[[sqlite3.Connection], Mapping[str, Any]]
"""Checks the written copy and returns figures of what it contains. Raises DatabaseDamaged if the contents
make no sense."""

_PAGES_A_STEP = 2_000
"""Pages that are copied between two questions whether to stop."""
_WAITS = 60.0
"""Seconds that a backup waits for another one of the same database."""
_NOT_GOOD = f"没有备份。请用以前的备份恢复：{COMMAND} restore 备份文件"
"""The advice where the database itself is damaged."""
_PART = re.compile(r".+\.[0-9a-f]{8}\.part")
"""The names of unfinished backups, of any database and any release."""
_LEFT_BEHIND_AFTER = 24 * 3_600.0
"""Seconds after which the unfinished backup of another database counts as abandoned."""


@dataclass(frozen=True, slots=True)
class _BackupJob:
    """One backup: of what, where to, and how the copy is checked."""

    database_file: Path
    home: Path
    """The folder in which it is written."""
    name: str
    """The name of the database's file in `home`."""
    clock: Clock
    check_contents: CopyCheck
    by_hand: bool
    is_stopped: Callable[[], bool]

    @property
    def part(self) -> Path:
        """Returns the folder in which the backup is written until it is complete."""
        return unfinished_folder(self.home / f"{self.name}.{self.clock():%Y%m%d%H%M%S}", self.database_file)


async def back_up(
    database_file: Path,
    target: Path,
    *,
    clock: Clock = system_clock,
    check_contents: CopyCheck = lambda connection: {},
    by_hand: bool = True,
) -> list[Path]:
    """Copies the database, its keys and a manifest to `target` and beside it; returns the written files.

    Runs beside a writing bot (SQLite's online backup). The copy is opened and checked, and keys are compared
    with their ids, before it takes its place; killed at any moment, what stood there stays whole. A cancelled
    backup ends soon and leaves nothing. Raises NotFound, WrongUse (something else stands at the target),
    KeyMissing, DatabaseDamaged, BackupDamaged, DatabaseInUse (by another backup) and what `explain_error`
    returns.
    """

    def place(part: Path) -> list[Path]:
        return move_into_place(part, target)

    def may_begin() -> None:
        require_free_target(target, database_file)
        _clear_earlier_part(target)

    stopped = threading.Event()
    work = _BackupJob(
        database_file, target.parent, target.name, clock, check_contents, by_hand, stopped.is_set
    )
    try:
        return await asyncio.to_thread(_back_up, work, may_begin, place)
    finally:
        stopped.set()


async def back_up_into(
    database_file: Path,
    folder: Path,
    name: str,
    *,
    clock: Clock,
    check_contents: CopyCheck,
    by_hand: bool,
) -> Path:
    """Does as `back_up`, into a folder of its own under `folder`, which appears there complete; returns the
    path of the copied database.

    The folder is called `name`, with a number behind it where that name is taken.
    """

    def place(part: Path) -> list[Path]:
        return [move_folder_into_place(part, folder / name) / database_file.name]

    stopped = threading.Event()
    work = _BackupJob(
        database_file, folder, database_file.name, clock, check_contents, by_hand, stopped.is_set
    )
    try:
        return (await asyncio.to_thread(_back_up, work, lambda: None, place))[0]
    finally:
        stopped.set()


def _back_up(
    work: _BackupJob, may_begin: Callable[[], None], place: Callable[[Path], list[Path]]
) -> list[Path]:
    """Writes the backup in a folder of its own, calls `place` with that folder, and returns what it returns.
    `may_begin` raises, with the lock held, where the backup may not be made."""
    with explaining_errors(work.database_file):
        require_usable(work.database_file)
        if not work.database_file.exists():
            raise NotFound(f"没有数据库 {work.database_file}，还没有可备份的。")
        require_finished(work.database_file)
    with explaining_errors(work.home / work.name), backup_lock(work.database_file):
        may_begin()
        private_folder(work.home)
        delete_unfinished(work.home, work.database_file)
        _require_room(work)
        part = work.part
        private_folder(part)
        try:
            _write(work, part / work.name)
            return place(part)
        finally:
            shutil.rmtree(part, ignore_errors=True)


@contextmanager
def backup_lock(database_file: Path) -> Iterator[None]:
    """Lets one backup of a database run at a time, so that what another one left unfinished belongs to
    nobody.

    Where no lock can be made, as on a disk that has become read-only, the block runs without. Raises
    DatabaseInUse after a minute.
    """
    lock = FileLock(beside(database_file, ".backup.lock"), timeout=_WAITS, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise DatabaseInUse("另一个备份还没有写完。请等它写完再试。") from None
    except OSError:
        yield
        return
    try:
        yield
    finally:
        lock.release()


def unfinished_folder(path: Path, database_file: Path) -> Path:
    """Returns the name that a backup in `path`'s folder has until it is complete, and again while it is
    being deleted."""
    return path.with_name(f"{path.name}.{database_tag(database_file)}.part")


def delete_unfinished(folder: Path, database_file: Path) -> None:
    """Deletes what killed backups left in a folder: of this database everything, as its lock is held; of
    others what is a day old."""
    for path in folder.glob("*.part"):
        if not _PART.fullmatch(path.name) or path.is_symlink() or not path.is_dir():
            continue
        with suppress(OSError):
            own = path.name.endswith(f".{database_tag(database_file)}.part")
            # Another database's backup may be under way just now.
            if own or time.time() - path.stat().st_mtime > _LEFT_BEHIND_AFTER:
                shutil.rmtree(path)


def _clear_earlier_part(target: Path) -> None:
    """Deletes what an earlier release left when it was killed: it wrote into `NAME.part` itself."""
    for path in (target.with_name(target.name + ".part"), target.with_name(target.name + ".part-journal")):
        if (
            path.is_file()
            and not path.is_symlink()
            and (not path.stat().st_size or is_sqlite(path) or path.suffix != ".part")
        ):
            path.unlink()


def _require_room(work: _BackupJob) -> None:
    """Raises DiskFull if the copy doesn't fit on the disk."""
    wal = beside(work.database_file, "-wal")
    size = sum(path.stat().st_size for path in (work.database_file, wal) if path.exists())
    folder = existing_folder(work.home)
    if free_bytes(folder) < size + SPARE:
        raise DiskFull(
            f"没有备份：要 {format_size(size + SPARE)}，{folder} 所在的磁盘只剩 {format_size(free_bytes(folder))}。"
            "请删掉用不着的文件（比如旧备份），或换一个磁盘，再试。"
        )


def _write(work: _BackupJob, file: Path) -> None:
    """Writes database, keys and manifest, alone in a folder; all are checked and on the disk when this
    returns."""
    # Read before the snapshot is taken: what is noted later may not be in the copy.
    noted = acknowledged_entries.read_note(work.database_file)
    private_file(file)
    with _faults_of_the_database(work):
        # One state: with its snapshot held, a bot that keeps writing can't make the copy begin again.
        with closing(open_snapshot(work.database_file)) as source, closing(_copy(file)) as copy:
            source.backup(copy, pages=_PAGES_A_STEP, progress=lambda *_: _require_not_stopped(work))
            named = named_keys(copy)
            keys = _bring_keys(named, work.database_file, file)
            codes = read_key(keys[named.current["codes"]]) if named.current else b""
            ledger = _seal(copy, codes, to_text(work.clock()))
            copy.execute("PRAGMA journal_mode = DELETE")
        with closing(sqlite3.connect(file, isolation_level=None)) as written:
            check_open_database(written, work.database_file, _NOT_GOOD, work.is_stopped)
            require_sealed(written, codes, work.database_file)
            acknowledged_entries.require_entries_in_copy(written, noted, work.database_file)
            holds = work.check_contents(written)
    _require_not_stopped(work)
    manifest = Manifest(
        made_at=work.clock(),
        program=version(),
        by_hand=work.by_hand,
        name=file.name,
        size=file.stat().st_size,
        sha256=sha256_of(file, work.is_stopped),
        keys={path.name: named for named, path in keys.items()},
        key_sha256={path.name: sha256_of(path) for path in keys.values()},
        ledger=ledger,
        holds=holds,
    )
    private_file(manifest_file(file))
    write_manifest(manifest_file(file), manifest, codes)
    for path in file.parent.iterdir():
        fsync(path)
    _require_not_stopped(work)


@contextmanager
def _faults_of_the_database(work: _BackupJob) -> Iterator[None]:
    """Turns SQLite's errors into expected ones of the database that is read, unless the disk that is
    written to failed."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if isinstance(explain_error(error, work.home / work.name), (DiskFull, DiskFailing)):
            raise
        with explaining_errors(work.database_file, _NOT_GOOD):
            raise


def _require_not_stopped(work: _BackupJob) -> None:
    """Raises DatabaseInUse if who asked for the backup was cancelled."""
    if work.is_stopped():
        raise DatabaseInUse("备份被打断了，没有写完。")


def _copy(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")  # it goes to the disk at the end, as a whole
    return connection


def _bring_keys(named: NamedKeys, database_file: Path, file: Path) -> dict[str, Path]:
    """Copies every key that the database names beside the copy; returns the copies by id.

    A retired key that is gone is left out. Raises KeyMissing for a current key.
    """
    found = keys_beside(database_file)
    brought = {}
    originals = dict(named.files(database_file))
    for wanted, place in named.files(file):
        if wanted in found:
            copy_privately(found[wanted], place)
            if key_id(read_key(place)) != wanted:
                raise BackupDamaged(f"密钥 {found[wanted]} 在备份时变了。请再备份一次。")
            brought[wanted] = place
        elif wanted in named.current.values():
            raise KeyMissing(
                f"没有备份：缺少密钥文件 {originals[wanted]}（编号 {wanted}），或它不是这个数据库的。"
                "没有它，备份恢复不了。请先把以前备份里的同名文件放回来，再备份。"
            )
    return brought


def _seal(copy: sqlite3.Connection, codes_key: bytes, at: str) -> str:
    """Seals the ledger in the copy up to its last row; returns the seal, empty where there are no keys
    yet."""
    if not codes_key:
        return ""
    key = ledger_seals.key_of_seals(codes_key)
    if ledger_seals.has_seals(copy) and (due := ledger_seals.due_seal(copy, key)):
        copy.execute(ledger_seals.INSERT_SEAL, (at, *due, 0))
    last = ledger_seals.last_number(copy)
    return ledger_seals.seals_at(copy, key, [last])[last]


def require_sealed(connection: sqlite3.Connection, codes_key: bytes, database_file: Path) -> None:
    """Raises BackupDamaged if the ledger isn't what was sealed."""
    if not codes_key or not ledger_seals.has_seals(connection):
        return
    broken = ledger_seals.broken_seal(connection, ledger_seals.key_of_seals(codes_key))
    if broken is not None:
        raise BackupDamaged(
            f"{database_file} 的{broken}，和封存的不一致。请用更早的备份恢复；"
            f"如果是你自己改的，停掉机器人，运行 {COMMAND} accept-ledger，再备份。"
        )
