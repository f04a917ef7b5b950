"""Puts a restored database in the place of another, completely or not at all (docs/rules.md, Backups).

All new files stand in a folder beside the database first; then a plan is written, and from that moment on the
exchange is only carried on: by the same process, by the next `restore`, or by the next start. Each step can
be repeated. Before the plan is written nothing was touched, and what stands in the folder is deleted.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from jianggao.database.key_files import key_files
from jianggao.database.private_files import (
    copy_privately,
    fsync,
    make_database_private,
    make_private,
    private_folder,
)
from jianggao.errors import CannotStart
from jianggao.install_paths import COMMAND

_PLAN = "plan.json"
_MOVED_ALONG = ("-wal", "-shm", "-journal")
"""Files that belong to one database file and mean nothing beside another."""

_LAST_ENTRY = ".last-entry"
"""The note of what the replaced database acknowledged: it says nothing of the new one."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The folder in which an exchange is prepared, and where its files go.

    Links to the database are followed, as SQLite does; keys lie beside the link.
    """

    database_file: Path

    @property
    def place(self) -> Path:
        """Returns the file that is replaced."""
        return self.database_file.resolve() if self.database_file.is_symlink() else self.database_file

    @property
    def folder(self) -> Path:
        """Returns the folder of the exchange."""
        return self.place.with_name(self.place.name + ".restoring")

    @property
    def incoming(self) -> Path:
        """Returns the path of the new database, complete and checked; its keys lie beside it."""
        return self.folder / "incoming" / self.place.name

    @property
    def kept(self) -> Path:
        """Returns the folder that keeps the replaced files until it gets its final name."""
        return self.folder / "kept"

    @property
    def plan(self) -> Path:
        """Returns the file that says that the exchange has begun."""
        return self.folder / _PLAN

    def prepare(self) -> None:
        """Makes the folder anew. Raises OSError."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for folder in (self.incoming.parent, self.kept):
            private_folder(folder)

    def begin(self, free_kept_name: str) -> None:
        """Keeps copies of the keys that stand there, then writes the plan. Raises OSError."""
        replaced = os.path.lexists(self.place)
        for key in key_files(self.database_file):
            new = _named_by(self.incoming, key, self.database_file)
            # Without a database there, keys are only kept if others take their places.
            if replaced or (new.exists() and new.read_bytes() != key.read_bytes()):
                copy_privately(key, _named_by(self.kept / self.place.name, key, self.database_file))
        for path in sorted(self.folder.rglob("*"), reverse=True):
            fsync(path)
        fsync(self.folder)
        waiting = self.plan.with_suffix(".new")
        waiting.write_text(json.dumps({"kept": free_kept_name}), "utf-8")
        fsync(waiting)
        waiting.replace(self.plan)
        fsync(self.folder)

    def carry_on(self) -> Path | None:
        """Carries out the steps of the exchange that are left; returns where the earlier database is kept,
        None if there was none."""
        kept = self.place.with_name(self._kept_name())
        if self.incoming.exists():
            self._move_aside()
            self.incoming.replace(self.place)
            fsync(self.place.parent)
        # Keys come after the database: until the plan is gone, no start goes on without them.
        for key in key_files(self.incoming):
            _put_key(key, _named_by(self.database_file, key, self.incoming))
        if self.kept.exists() and any(self.kept.iterdir()):
            make_private(path for path in self.kept.iterdir() if path.is_file() and not path.is_symlink())
            self.kept.replace(kept)
            fsync(self.place.parent)
        self.plan.unlink()
        shutil.rmtree(self.folder, ignore_errors=True)
        make_database_private(self.database_file)
        earlier = kept / self.place.name
        return earlier if os.path.lexists(earlier) else None

    def _kept_name(self) -> str:
        """Returns the folder's final name, which the plan holds. Raises CannotStart if the plan can't be
        read any more."""
        try:
            name = json.loads(self.plan.read_text("utf-8"))["kept"]
        except (ValueError, KeyError, TypeError) as error:
            raise self._cannot_be_carried_on() from error
        if (
            isinstance(name, str)
            and name.startswith(f"{self.place.name}.before-restore-")
            and "/" not in name
        ):
            return name
        raise self._cannot_be_carried_on()

    def _cannot_be_carried_on(self) -> CannotStart:
        return CannotStart(
            f"{self.plan} 坏了，上次断了的恢复接不下去。原来的数据库在 {self.kept}，要换上的在 {self.incoming.parent}："
            f"请把整个 {self.folder.name} 移到别处，再重新恢复（{COMMAND} restore 备份文件）。"
        )

    def _move_aside(self) -> None:
        """Moves the earlier files away byte for byte and unread, whatever they are."""
        for path in (
            *(self.place.with_name(self.place.name + suffix) for suffix in _MOVED_ALONG),
            self.database_file.with_name(self.database_file.name + _LAST_ENTRY),
            self.place,
        ):
            if os.path.lexists(path):
                shutil.move(path, self.kept / path.name)


def _put_key(key: Path, place: Path) -> None:
    """Replaces a key in one step; the earlier key was kept before."""
    if place.exists() and place.read_bytes() == key.read_bytes():
        return
    waiting = place.with_name(place.name + ".new")
    copy_privately(key, waiting)
    fsync(waiting)
    waiting.replace(place)
    fsync(place.parent)


def _named_by(database_file: Path, key: Path, before: Path) -> Path:
    """Returns where a key of `before` lies beside `database_file`: `bot.marks.key` by `copy.db` is
    `copy.marks.key`."""
    return database_file.with_name(database_file.stem + key.name.removeprefix(before.stem))


def is_unfinished(database_file: Path) -> bool:
    """Returns whether a restore of this database was ended in the middle of the exchange."""
    return Exchange(database_file).plan.is_file()


def finish(database_file: Path) -> Path | None:
    """Carries on an exchange that was ended in the middle; returns where the earlier database is kept, None
    if none was carried on.

    Call it with the database's lock. Raises OSError.
    """
    exchange = Exchange(database_file)
    if exchange.plan.is_file():
        return exchange.carry_on()
    if exchange.folder.is_dir():
        shutil.rmtree(exchange.folder, ignore_errors=True)
    return None


def require_finished(database_file: Path) -> None:
    """Raises CannotStart in the middle of an exchange: what stands there is neither the old nor the new
    database."""
    if is_unfinished(database_file):
        raise CannotStart(
            f"{database_file} 上次恢复到一半断了。请先接着做完：启动机器人，或再运行一次 {COMMAND} restore 备份文件。"
        )


def free_kept_name(database_file: Path, at: str) -> str:
    """Returns an unused name for the folder that keeps the earlier files."""
    place = Exchange(database_file).place
    number = 1
    while True:
        name = f"{place.name}.before-restore-{at}" + (f"-{number}" if number > 1 else "")
        if not os.path.lexists(place.with_name(name)):
            return name
        number += 1
