"""The backup that the doctor names is one of this database, whole, and to be pasted into a shell."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from doctor_cases import NOW, Installation

from jianggao.backups import BackupFolder, back_up, restore
from jianggao.database import Database, Keys
from jianggao.database.backup_manifest import sha256_of
from jianggao.doctor.backups import way_back
from jianggao.errors import WrongUse


async def backup_at(database_file: Path, folder: Path, days: int) -> Path:
    made = BackupFolder(database_file, folder, NOW.tzinfo, lambda: NOW + timedelta(days=days))  # type: ignore[arg-type]
    return (await made.make(by_hand=False)).path


async def another_database(folder: Path) -> Path:
    database = await Database.open(folder / "bot.db")
    await Keys.open(database)
    await database.close()
    return database.path


def named_in(line: str) -> Path:
    """What a shell would hand to `restore`."""
    return Path(shlex.split(line.split("python bot.py ")[1].split("（")[0])[1])


async def test_a_newer_backup_of_another_bot_in_the_same_folder_is_not_named(
    installation: Installation, tmp_path: Path
) -> None:
    folder = installation.database.parent / "backups"
    own = await backup_at(installation.database, folder, 0)
    other = await another_database(tmp_path / "other")
    theirs = await backup_at(other, folder, 1)
    assert named_in(way_back(installation.settings)) == own
    theirs.with_name("bot.db.manifest.json").unlink()  # as an earlier version left it
    assert named_in(way_back(installation.settings)) == own
    installation.database.write_bytes(b"no database any more")
    assert named_in(way_back(installation.settings)) == own
    shutil.rmtree(own.parent)
    assert "没有这个数据库能用的" in way_back(installation.settings)


async def test_a_backup_that_is_no_database_is_told_as_such_and_not_of_the_live_one(
    installation: Installation,
) -> None:
    stored = await backup_at(installation.database, installation.database.parent / "backups", 0)
    manifest = stored.with_name("bot.db.manifest.json")
    said = json.loads(manifest.read_text("utf-8"))
    stored.write_bytes(b"no database")
    said["database"]["sha256"] = sha256_of(stored)
    manifest.write_text(json.dumps(said), "utf-8")
    (line,) = await installation.wrong()
    assert str(stored) in line and "再备份一次" in line


async def test_an_unfinished_backup_is_never_named(installation: Installation) -> None:
    folder = installation.database.parent / "backups"
    whole = await backup_at(installation.database, folder, 0)
    part = folder / "20260319-120000.20260319.0123abcd.part"
    shutil.copytree(whole.parent, part)
    os.utime(part / "bot.db")
    assert named_in(way_back(installation.settings)) == whole
    shutil.rmtree(whole.parent)
    assert "没有这个数据库能用的" in way_back(installation.settings)


async def test_a_backup_that_was_changed_since_is_passed_over(installation: Installation) -> None:
    folder = installation.database.parent / "backups"
    older = await backup_at(installation.database, folder, 0)
    newer = await backup_at(installation.database, folder, 1)
    with newer.open("r+b") as file:
        file.seek(60)
        file.write(b"\xff")
    assert named_in(way_back(installation.settings)) == older


@pytest.mark.parametrize("name", ["my backups", "旧 的", "it's", "$HOME", "备份"])
async def test_the_named_path_can_be_pasted(installation: Installation, name: str) -> None:
    target = installation.database.parent / "backups" / name / "bot.db"
    await back_up(installation.database, target)
    assert named_in(way_back(installation.settings)) == target


async def test_restoring_another_databases_backup_is_refused_until_confirmed(
    installation: Installation, tmp_path: Path
) -> None:
    other = await another_database(tmp_path / "other")
    copy = tmp_path / "copy.db"
    await back_up(other, copy)
    before = installation.database.read_bytes()
    with pytest.raises(WrongUse, match="--other-database"):
        await restore(copy, installation.database)
    assert installation.database.read_bytes() == before
    assert await restore(copy, installation.database, other_database=True) is not None


async def test_what_only_a_backup_has_names_the_newest_one_that_opens(installation: Installation) -> None:
    folder = installation.database.parent / "backups"
    for at, name in enumerate(("20260101", "20260201")):
        target = folder / name / "bot.db"
        await back_up(installation.database, target)
        os.utime(target, (1_700_000_000 + at * 86_400,) * 2)
    (folder / "20260301").mkdir()
    (folder / "20260301" / "bot.db").write_bytes(b"no database")
    installation.edit("DROP TRIGGER ledger_never_deleted", "DELETE FROM ledger WHERE number = 5")
    wrong = await installation.wrong()
    assert [line for line in wrong if "少了 1 条记录" in line and str(folder / "20260201" / "bot.db") in line]
