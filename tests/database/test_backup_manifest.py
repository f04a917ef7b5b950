"""The manifest beside a backup is read only if it is as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.backups import back_up
from jianggao.database import Database, Keys
from jianggao.database.backup_manifest import manifest_file, read_manifest
from jianggao.errors import BackupDamaged


@pytest.fixture
async def live(tmp_path: Path) -> Path:
    database = await Database.open(tmp_path / "data" / "bot.db")
    await Keys.open(database)
    await database.close()
    return database.path


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"made_at": "20', '"made_at": "9999-12-31T23:59:59.000000+00:00", "was": "20'),
        ('"sha256": "', '"sha256": "校'),
    ],
)
async def test_a_manifest_of_impossible_values_cannot_be_read(
    live: Path, tmp_path: Path, was: str, becomes: str
) -> None:
    await back_up(live, tmp_path / "copy.db")
    path = manifest_file(tmp_path / "copy.db")
    path.write_text(path.read_text("utf-8").replace(was, becomes, 1), "utf-8")
    with pytest.raises(BackupDamaged):
        read_manifest(tmp_path / "copy.db")
