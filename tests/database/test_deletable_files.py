"""What is named as “可以删” is ours, isn't needed, and is there in the layout of today."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from small_disks import small_disk_at

from jianggao.backups import BackupFolder
from jianggao.backups.backup import unfinished_folder
from jianggao.database import Database, Keys
from jianggao.database.deletable_files import list_deletable

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)


async def made(path: Path) -> Path:
    database = await Database.open(path)
    await Keys.open(database)
    await database.close()
    return path


async def backup_at(path: Path, folder: Path, days: int) -> Path:
    at = NOW + timedelta(days=days)
    return (await BackupFolder(path, folder, timezone.utc, lambda: at).make(by_hand=False)).path.parent


async def test_older_backups_leftovers_and_kept_databases_are_named(tmp_path: Path) -> None:
    path, folder = await made(tmp_path / "data" / "bot.db"), tmp_path / "backups"
    oldest = await backup_at(path, folder, 0)
    newest = await backup_at(path, folder, 1)
    theirs = [
        await backup_at(await made(tmp_path / "other" / "bot.db"), folder, days) for days in (-3, -2, 5)
    ]
    part = unfinished_folder(folder / "20260320-040000", path)
    kept = [path.with_name(f"bot.db.before-{what}-20260318-120000") for what in ("restore", "mend")]
    for made_folder in (part, *kept):
        made_folder.mkdir()
        (made_folder / "bot.db").write_bytes(bytes(2_000_000))
    (folder / "film.mkv.part").write_bytes(b"theirs")
    told = "；".join(list_deletable(path, [folder]))
    for place in (oldest, part, *kept):
        assert str(place) in told
    assert "2 MB" in told
    for place in (newest, *theirs, folder / "film.mkv.part"):
        assert str(place) not in told


def test_what_lies_on_another_disk_makes_no_room_on_this_one(tmp_path: Path) -> None:
    here, elsewhere = tmp_path / "protocols", tmp_path / "elsewhere"
    here.mkdir()
    (here / "bot.log.1").write_bytes(b"x")
    with small_disk_at(elsewhere, "1m"):
        (elsewhere / "bot.log.1").write_bytes(b"x")
        told = "；".join(list_deletable(tmp_path / "bot.db", [here, elsewhere]))
    assert str(here) in told and str(elsewhere) not in told
