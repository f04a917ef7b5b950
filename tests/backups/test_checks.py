"""What `doctor` says of the newest backups in the folder."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from jianggao.backups import BackupFolder, StoredBackup
from jianggao.backups.checks import NEWEST, check_newest_backups
from jianggao.backups.origin import read_key_ids
from jianggao.database import Database, Keys
from jianggao.database.backup_manifest import manifest_file

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)


@pytest.fixture
async def live(tmp_path: Path) -> Path:
    database = await Database.open(tmp_path / "data" / "bot.db")
    await Keys.open(database)
    await database.close()
    return database.path


async def made(live: Path, folder: Path, days: int = 0) -> StoredBackup:
    at = NOW + timedelta(days=days)
    return await BackupFolder(live, folder, timezone.utc, lambda: at).make(by_hand=False)


async def test_sound_backups_are_counted(live: Path, tmp_path: Path) -> None:
    for days in range(2):
        await made(live, tmp_path / "backups", days)
    wrong, noted = check_newest_backups(tmp_path / "backups", timezone.utc, read_key_ids(live))
    assert wrong == [] and noted == f"2 份，最近的 2026-03-19 04:00，完好（{tmp_path / 'backups'}）"


def test_before_the_first_backup_nothing_is_wrong(live: Path, tmp_path: Path) -> None:
    wrong, noted = check_newest_backups(tmp_path / "backups", timezone.utc, read_key_ids(live))
    assert wrong == [] and "还没有" in noted


def test_a_file_in_the_folders_place_is_told(live: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("x")
    wrong, _ = check_newest_backups(tmp_path / "backups", timezone.utc, read_key_ids(live))
    assert len(wrong) == 1 and "读不了" in wrong[0]


async def test_a_changed_backup_a_missing_key_and_a_changed_manifest_are_told(
    live: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    changed, keyless, resealed = [await made(live, folder, days) for days in range(3)]
    changed.path.write_bytes(changed.path.read_bytes() + b" ")
    keyless.path.with_name("bot.marks.key").unlink()
    manifest = manifest_file(resealed.path)
    manifest.write_text(manifest.read_text("utf-8").replace('"by_hand": false', '"by_hand": true'), "utf-8")
    wrong, _ = check_newest_backups(folder, timezone.utc, read_key_ids(live))
    assert [line for line in wrong if str(changed.path) in line and "和写成时不一样" in line]
    assert [line for line in wrong if "缺少密钥 bot.marks.key" in line]
    assert [line for line in wrong if str(resealed.path) in line and "清单被改动过" in line]
    assert len(wrong) == 3


async def test_only_the_newest_are_read(live: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    stored = [await made(live, folder, days) for days in range(NEWEST + 1)]
    stored[0].path.write_bytes(b"damaged")
    assert check_newest_backups(folder, timezone.utc, read_key_ids(live))[0] == []


async def test_backups_of_another_database_alone_are_told(live: Path, tmp_path: Path) -> None:
    stored = await made(live, tmp_path / "backups")
    wrong, _ = check_newest_backups(tmp_path / "backups", timezone.utc, frozenset({"another"}))
    assert len(wrong) == 1 and "都是另一个数据库的" in wrong[0]
    assert str(stored.path) in wrong[0] and "--other-database" in wrong[0]
