"""Ends a restore, and backups, at each moment at which they touch the disk, as kill -9 does, and looks at
what is left.

`python tests/backups/kill_moments.py restore|restore-damaged|backup|folder FOLDER [EACH]` prints how many
moments there were; with EACH only every so manieth is tried. A child is forked for each; an audit hook counts
what it does to files below the folder and ends it before the one whose turn it is.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jianggao.backups import BackupFolder, back_up, backups_in, restore
from jianggao.backups.restoration import examine_backup
from jianggao.database import Database, Keys
from jianggao.database.restore_exchange import is_unfinished

_TOUCHES = frozenset(
    {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "sqlite3.connect", "shutil.move"}
)
EACH = int(sys.argv[3]) if len(sys.argv) > 3 else 1


def moments(
    folder: Path, prepare: Callable[[], None], work: Callable[[], Any], look: Callable[[], None]
) -> int:
    """Run `work` on what `prepare` makes, ended at one moment after the other; `look` raises where something
    is wrong."""
    moment = 0
    while True:
        for path in folder.iterdir():
            shutil.rmtree(path)
        prepare()
        child = os.fork()
        if not child:
            _end_at(moment, str(folder))
            work()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            assert os.waitstatus_to_exitcode(status) == 0
            return moment
        try:
            look()
        except BaseException:
            print(f"at moment {moment}: {sorted(str(path) for path in folder.rglob('*'))}")
            raise
        moment += EACH


def _end_at(moment: int, folder: str) -> None:
    left = moment

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event in _TOUCHES and folder in str(arguments[0]):
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    sys.addaudithook(count)


async def _make(path: Path, note: str) -> None:
    database = await Database.open(path)
    await Keys.open(database)
    async with database.write() as connection:
        await connection.execute(
            """INSERT INTO ledger (kind, member, by_account, at, duration, note, message)
               VALUES ('grant', '20001', '9', '2026-03-01T00:00:00.000000+00:00', 'P1Y0M0W0D', ?, ?)""",
            (note, note),
        )
    await database.close()


def notes(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return [row[0] for row in connection.execute("SELECT note FROM ledger ORDER BY number")]


async def _opened(path: Path) -> list[str]:
    database = await Database.open(path)
    try:
        await Keys.open(database)
        return notes(path)
    finally:
        await database.close()


class Places:
    """A live database with other keys than the backup's, and one that its restore replaces."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder.with_name("template")
        self.live, self.copy = folder / "data" / "bot.db", folder / "copies" / "copy.db"
        asyncio.run(_make(self.template / "data" / "bot.db", "old"))
        asyncio.run(_make(self.template / "other" / "bot.db", "new"))
        asyncio.run(back_up(self.template / "other" / "bot.db", self.template / "copies" / "copy.db"))
        self.damaged = b"damaged " * 4_000

    def prepare(self) -> None:
        shutil.copytree(self.template, self.folder, dirs_exist_ok=True)


def restores(folder: Path, *, damaged: bool) -> int:
    places = Places(folder)
    live, copy = places.live, places.copy
    old = places.damaged if damaged else (places.template / "data" / "bot.db").read_bytes()
    keys = {path.read_bytes() for path in (places.template / "data").glob("*.key")}

    def prepare() -> None:
        places.prepare()
        live.write_bytes(old)
        if damaged:
            live.with_name("bot.db-wal").write_bytes(b"left")

    def look() -> None:
        begun = is_unfinished(live)
        if not begun and live.read_bytes() == old:  # nothing was touched
            assert {path.read_bytes() for path in live.parent.glob("*.key")} == keys
            asyncio.run(restore(copy, live, other_database=True))
        # Begun: the next start goes on. Done: it opens.
        assert asyncio.run(_opened(live)) == ["new"]
        kept = [path for path in live.parent.rglob("*") if path.is_file() and path.parent != live.parent]
        contents = [path.read_bytes() for path in kept]
        assert old in contents and keys <= set(contents)
        if damaged:
            assert b"left" in contents
        assert not list(live.parent.glob("*.restoring"))

    return moments(folder, prepare, lambda: asyncio.run(restore(copy, live, other_database=True)), look)


def backups(folder: Path) -> int:
    """Over an earlier backup of the same database, between two renewals of its marks key."""
    live, copy = folder / "data" / "bot.db", folder / "copies" / "copy.db"
    template = folder.with_name("template")

    async def make() -> None:
        await _make(template / "data" / "bot.db", "first")
        await back_up(template / "data" / "bot.db", template / "copies" / "copy.db")
        database = await Database.open(template / "data" / "bot.db")
        await Keys.renew_marks(database, "2026-03-18")
        await database.close()
        await _make(template / "data" / "bot.db", "second")

    asyncio.run(make())

    def look() -> None:
        examine_backup(copy, folder / "none" / "bot.db")
        assert notes(copy) in (["first"], ["first", "second"])
        asyncio.run(back_up(live, copy))
        assert notes(copy) == ["first", "second"]
        assert not list(copy.parent.glob("*.part"))

    return moments(
        folder,
        lambda: shutil.copytree(template, folder, dirs_exist_ok=True) and None,
        lambda: asyncio.run(back_up(live, copy)),
        look,
    )


def folders(folder: Path) -> int:
    """Into the folder of backups, with an old one deleted after it."""
    places = Places(folder)
    kept_in = folder / "backups"

    def at(day: int) -> BackupFolder:
        moment = datetime(2026, 3, day, tzinfo=timezone.utc)
        return BackupFolder(places.live, kept_in, ZoneInfo("Asia/Shanghai"), lambda: moment)

    async def day(number: int) -> None:
        made = await at(number).make(by_hand=False)
        at(number).clear_old(made)

    def prepare() -> None:
        places.prepare()
        for number in range(2, 10):  # in one week the 2nd is the first to go
            asyncio.run(day(number))

    def look() -> None:
        whole = backups_in(kept_in)
        assert len(whole) in (7, 8, 9)
        for backup in whole:
            examine_backup(backup.path, folder / "none" / "bot.db")
        asyncio.run(day(11))
        left = {path.name for path in kept_in.iterdir()}
        assert left == {backup.path.parent.name for backup in backups_in(kept_in)}

    return moments(folder, prepare, lambda: asyncio.run(day(10)), look)


if __name__ == "__main__":
    what, place = sys.argv[1], Path(sys.argv[2])
    place.mkdir(parents=True)
    runs: dict[str, Callable[[Path], int]] = {
        "restore": lambda path: restores(path, damaged=False),
        "restore-damaged": lambda path: restores(path, damaged=True),
        "backup": backups,
        "folder": folders,
    }
    print(runs[what](place))
