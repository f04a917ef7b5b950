"""Keeps the folder of backups (BACKUP_DIR): each backup in a folder of its own, which appears there complete.

A backup that this program made is recognised by its name and its manifest; nothing else in the folder is ever
touched.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from jianggao.backups.backup import back_up_into, unfinished_folder
from jianggao.backups.contents import figures_check
from jianggao.backups.retention import BackupTime, select_kept
from jianggao.clock import Clock
from jianggao.database.backup_manifest import SUFFIX, Manifest, manifest_file, read_manifest
from jianggao.errors import BackupDamaged

_NAME = re.compile(r"\d{8}-\d{6}(-\d+)?")
"""The names of the folders: day and time, and a number where two were made in one second."""


@dataclass(frozen=True, slots=True)
class StoredBackup:
    """A backup in the folder."""

    path: Path
    """The path of the copied database."""
    manifest: Manifest

    @property
    def made(self) -> BackupTime:
        """Returns when and why it was made, which decides how long it is kept."""
        return BackupTime(self.manifest.made_at, self.manifest.by_hand)


@dataclass(frozen=True, slots=True)
class BackupFolder:
    """The folder for backups of one database."""

    database_file: Path
    folder: Path
    zone: tzinfo
    clock: Clock

    async def make(self, *, by_hand: bool) -> StoredBackup:
        """Makes a backup, opened and checked. Others wait meanwhile. Raises as `back_up`."""
        async with _turn(self.folder):
            now = self.clock()
            path = await back_up_into(
                self.database_file,
                self.folder,
                f"{now.astimezone(self.zone):%Y%m%d-%H%M%S}",
                clock=self.clock,
                check_contents=figures_check(self.zone, now),
                by_hand=by_hand,
            )
            manifest = read_manifest(path)
            assert manifest is not None
            return StoredBackup(path, manifest)

    def clear_old(self, newest: StoredBackup) -> list[Path]:
        """Deletes the backups of this database that are no longer to be kept; returns their folders.

        `newest` has been checked just now and stays. Raises OSError.
        """
        # A folder may be shared by several bots: others' backups are not ours to delete.
        own = [
            stored
            for stored in backups_in(self.folder)
            if stored.manifest.database_id == newest.manifest.database_id
        ]
        stay = select_kept((stored.made for stored in own), self.clock(), self.zone)
        old = [stored for stored in own if stored.made not in stay and stored.path != newest.path]
        for stored in old:
            _delete(stored, self.database_file)
        return [stored.path.parent for stored in old]


_turns: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[Path, asyncio.Lock]] = (
    weakref.WeakKeyDictionary()
)


def _turn(folder: Path) -> asyncio.Lock:
    """Returns a lock that lets this process make one backup at a time, so that those who wait hold no
    thread."""
    turns = _turns.setdefault(asyncio.get_running_loop(), {})
    return turns.setdefault(folder, asyncio.Lock())


def backups_in(folder: Path) -> list[StoredBackup]:
    """Returns all backups in the folder, the newest first; none where the folder doesn't exist or can't be
    read."""
    found = []
    for place in _places(folder):
        for path in place.glob("*" + SUFFIX):
            database = path.with_name(path.name.removesuffix(SUFFIX))
            try:
                manifest = read_manifest(database)
            except BackupDamaged:
                continue
            # A manifest that was copied beside another file says nothing about that file.
            if manifest is not None and database.is_file() and manifest.name == database.name:
                found.append(StoredBackup(database, manifest))
    return sorted(found, key=lambda stored: stored.manifest.made_at, reverse=True)


def last_backup(folder: Path) -> tuple[Path, datetime] | None:
    """Returns the path of the newest backup's database and when it was made; None where there is none."""
    newest = next(iter(backups_in(folder)), None)
    return None if newest is None else (newest.path, newest.manifest.made_at)


def _places(folder: Path) -> Iterable[Path]:
    try:
        inside = sorted(folder.iterdir())
        return [
            path for path in inside if _NAME.fullmatch(path.name) and path.is_dir() and not path.is_symlink()
        ]
    except OSError:  # listed, but not to be entered
        return []


def _delete(stored: StoredBackup, database_file: Path) -> None:
    """Deletes a backup. Where an operator has put other things in its folder, they stay.

    A folder with nothing else in it gets the name of an unfinished backup first: what is cut off then, the
    next backup deletes.
    """
    place = stored.path.parent
    own = [stored.path, *(stored.path.with_name(Path(name).name) for name in stored.manifest.keys)]
    own.append(manifest_file(stored.path))
    if set(place.iterdir()) <= set(own):
        shutil.rmtree(place.rename(unfinished_folder(place, database_file)))
        return
    for path in own:
        path.unlink(missing_ok=True)
