"""The folder of backups: each whole in a folder of its own; what isn't ours is never touched."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from jianggao.backups import BackupFolder, backups_in, last_backup, restore
from jianggao.backups.backup import back_up_into, unfinished_folder
from jianggao.database import Database, Keys
from jianggao.errors import DiskFull

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)


@pytest.fixture
async def database_file(tmp_path: Path) -> Path:
    database = await Database.open(tmp_path / "data" / "bot.db")
    await Keys.open(database)
    await database.close()
    return database.path


def folder_at(database_file: Path, now: datetime) -> BackupFolder:
    return BackupFolder(database_file, database_file.parent / "backups", ZONE, lambda: now)


async def test_many_at_once_in_one_second_are_all_whole(database_file: Path) -> None:
    folder = folder_at(database_file, NOW)
    made = await asyncio.gather(*(folder.make(by_hand=True) for _ in range(5)))
    assert {backup.path.parent.name for backup in made} == {
        "20260318-120000",
        *(f"20260318-120000-{number}" for number in range(2, 6)),
    }
    assert len(backups_in(folder.folder)) == 5
    for backup in made:
        await restore(backup.path, database_file.parent / "elsewhere" / "bot.db")


async def test_two_processes_at_once_get_a_folder_each(database_file: Path) -> None:
    """What keeps them apart is no lock of this process."""

    async def make() -> Path:
        return await back_up_into(
            database_file,
            database_file.parent / "backups",
            "20260318-120000",
            clock=lambda: NOW,
            check_contents=lambda connection: {},
            by_hand=True,
        )

    first, second = await asyncio.gather(make(), make())
    assert first.parent != second.parent and len(backups_in(database_file.parent / "backups")) == 2


async def test_the_last_backup_is_told_with_its_moment(database_file: Path) -> None:
    folder = folder_at(database_file, NOW)
    assert last_backup(folder.folder) is None
    await folder_at(database_file, NOW - timedelta(days=1)).make(by_hand=True)
    newest = await folder.make(by_hand=False)
    assert last_backup(folder.folder) == (newest.path, NOW)
    newest.path.unlink()  # no backup any more
    found = last_backup(folder.folder)
    assert found is not None and found[1] == NOW - timedelta(days=1)


async def test_old_ones_go_and_what_is_not_ours_stays(database_file: Path, tmp_path: Path) -> None:
    folder = database_file.parent / "backups"
    other = await Database.open(tmp_path / "other" / "bot.db")
    await Keys.open(other)
    await other.close()
    theirs = []
    for back in (2_000, 36, 35, 34, 33):  # of our own most of these would go
        then = NOW - timedelta(days=back, hours=-1)
        theirs.append(
            await BackupFolder(other.path, folder, ZONE, lambda then=then: then).make(by_hand=False)
        )
    earlier = folder / "20200101-033000"  # as an earlier version wrote it: without a manifest
    shutil.copytree(theirs[0].path.parent, earlier)
    (earlier / "bot.db.manifest.json").unlink()
    (folder / "notes.txt").write_text("theirs", "utf-8")
    (folder / "old-things").mkdir()
    for back in range(40, 0, -1):
        made = await folder_at(database_file, NOW - timedelta(days=back)).make(by_hand=False)
        if back == 38:
            (made.path.parent / "why.txt").write_text("before the move", "utf-8")
        folder_at(database_file, NOW - timedelta(days=back)).clear_old(made)
    mine = [backup for backup in backups_in(folder) if backup not in theirs]
    assert len(mine) in range(9, 12)
    assert (folder / "notes.txt").exists() and (folder / "old-things").is_dir()
    assert all(backup.path.exists() for backup in theirs) and (earlier / "bot.db").exists()
    left = [path for path in folder.iterdir() if (path / "why.txt").exists()]
    assert [path.name for path in left[0].iterdir()] == ["why.txt"]


async def test_a_folder_that_is_a_link_or_has_another_manifest_is_no_backup(
    database_file: Path, tmp_path: Path
) -> None:
    folder = folder_at(database_file, NOW)
    made = await folder.make(by_hand=False)
    (folder.folder / "20200101-033000").symlink_to(made.path.parent)
    shutil.copytree(made.path.parent, folder.folder / "20200102-033000")
    (folder.folder / "20200102-033000" / "bot.db.manifest.json").write_text("[1]", "utf-8")
    (folder.folder / "20200103-033000").write_text("a file", "utf-8")
    assert [backup.path for backup in backups_in(folder.folder)] == [made.path]


async def test_what_killed_backups_left_is_cleared_and_anothers_is_not(database_file: Path) -> None:
    folder = folder_at(database_file, NOW)
    made = await folder.make(by_hand=False)
    own = unfinished_folder(folder.folder / "bot.db.20260317120000", database_file).name
    (folder.folder / own).mkdir()
    (folder.folder / own / "bot.db").write_bytes(b"half")
    theirs, old = folder.folder / "bot.db.1.00000000.part", folder.folder / "bot.db.2.00000001.part"
    for path in (theirs, old):
        path.mkdir()
    os.utime(old, (time.time() - 90_000, time.time() - 90_000))
    (folder.folder / "mine.part").write_text("somebody's", "utf-8")
    await folder.make(by_hand=False)
    names = {path.name for path in folder.folder.glob("*.part")}
    assert names == {theirs.name, "mine.part"}
    assert made.path.exists()


async def test_one_that_fails_leaves_nothing_and_deletes_nothing(
    database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_at(database_file, NOW)
    await folder.make(by_hand=False)
    before = {path.name for path in folder.folder.iterdir()}

    def fails(*anything: object) -> None:
        raise OSError(28, "No space left on device", str(folder.folder))

    monkeypatch.setattr("jianggao.backups.backup.write_manifest", fails)
    with pytest.raises(DiskFull):
        await folder.make(by_hand=False)
    assert {path.name for path in folder.folder.iterdir()} == before


async def test_a_cancelled_one_ends_soon_and_leaves_nothing(
    database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_looking, may_go_on = threading.Event(), threading.Event()

    def look(connection: object) -> dict[str, object]:
        is_looking.set()
        may_go_on.wait(30)
        return {}

    monkeypatch.setattr("jianggao.backups.folder.figures_check", lambda zone, now: look)
    folder = folder_at(database_file, NOW)
    task = asyncio.create_task(folder.make(by_hand=False))
    await asyncio.to_thread(is_looking.wait, 30)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert list(folder.folder.glob("*.part"))
    may_go_on.set()
    await asyncio.to_thread(_wait, lambda: not list(folder.folder.glob("*.part")))
    assert backups_in(folder.folder) == []


def _wait(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.001)
