"""Where the folder of the data is gone as a whole, and backups on another disk are there, nothing begins anew
in silence."""

from __future__ import annotations

import errno
import os
import shlex
import shutil
from pathlib import Path

import pytest

from jianggao.application import Application
from jianggao.backups import BackupFolder, restore
from jianggao.doctor import Finding, examine
from jianggao.errors import DatabaseMissing
from jianggao.settings import Settings, load_settings


class Place:
    """A bot's folders: the data on one disk, the backups on another."""

    def __init__(self, folder: Path) -> None:
        self.data, self.backups = folder / "data", folder / "other disk" / "backups"
        self.library = folder / "library"
        self.library.mkdir()

    def settings(self, **further: str) -> Settings:
        values = {
            "DATABASE_FILE": str(self.data / "bot.db"),
            "BACKUP_DIR": str(self.backups),
            "LIBRARY_DIR": str(self.library),
            "LOG_DIR": str(self.data / "logs"),
        }
        return load_settings({**values, **further})

    async def start(self, **further: str) -> None:
        await (await Application.open(self.settings(**further), workers=0)).close()

    async def back_up(self) -> Path:
        application = await Application.open(self.settings(), workers=0)
        made = BackupFolder(
            application.database.path, self.backups, application.settings.timezone, application.clock
        )
        stored = await made.make(by_hand=False)
        await application.close()
        return stored.path

    async def findings(self, what: str) -> list[Finding]:
        return [one for one in await examine(self.settings(), quick=True) if one.what == what]

    async def told(self, what: str) -> str:
        return "".join(line for one in await self.findings(what) for line in one.wrong)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


async def refused(place: Place, **further: str) -> str:
    with pytest.raises(DatabaseMissing) as error:
        await place.start(**further)
    return str(error.value)


async def test_a_first_start_needs_no_backups(place: Place) -> None:
    await place.start()
    shutil.rmtree(place.data)
    place.backups.mkdir(parents=True)
    (place.backups / "notes.txt").write_text("nothing of ours")
    await place.start()
    assert not await place.told("备份")


async def test_data_that_moved_away_is_missed_and_nothing_is_made(place: Place) -> None:
    stored = await place.back_up()
    place.data.rename(place.data.with_name("was"))
    line = await refused(place)
    assert "\n" not in line and "磁盘" in line and "BACKUP_DIR" in line
    assert shlex.split(line.split("python bot.py ")[1].split("（")[0]) == ["restore", str(stored)]
    assert not place.data.exists()
    assert await place.told("数据库") == line
    place.data.with_name("was").rename(place.data)
    await place.start()
    assert not await place.told("数据库")


async def test_an_empty_mount_point_or_an_empty_file_is_no_database(place: Place) -> None:
    await place.back_up()
    shutil.rmtree(place.data)
    place.data.mkdir()
    assert "不见了" in await refused(place)
    (place.data / "bot.db").touch()
    assert "是空的" in await refused(place)
    assert "是空的" in await place.told("数据库")


async def test_a_mistyped_name_begins_nothing_beside_the_backups(place: Place) -> None:
    await place.back_up()
    assert "DATABASE_FILE" in await refused(place, DATABASE_FILE=str(place.data / "bto.db"))


async def test_what_lies_beside_the_place_tells_more(place: Place) -> None:
    await place.back_up()
    (place.data / "bot.db").unlink()
    assert "它旁边还有" in await refused(place)


async def test_a_restore_and_a_new_beginning_on_purpose_go_on(place: Place) -> None:
    stored = await place.back_up()
    shutil.rmtree(place.data)
    await restore(stored, place.data / "bot.db")
    await place.start()
    assert not await place.told("数据库")
    shutil.rmtree(place.data)
    place.backups.rename(place.backups.with_name("old"))
    await place.start()
    assert (place.data / "bot.db").exists() and not await place.told("数据库")


async def test_backups_of_another_database_alone_are_told(place: Place) -> None:
    stored = await place.back_up()
    assert not await place.told("备份")
    shutil.rmtree(place.data)
    place.backups.rename(place.backups.with_name("aside"))
    await place.start()
    place.backups.with_name("aside").rename(place.backups)
    line = await place.told("备份")
    assert "另一个数据库" in line and str(stored) in line and "--other-database" in line
    await place.back_up()  # with one of its own the folder is shared, and nothing is wrong
    assert not await place.told("备份")


async def test_backups_that_may_not_be_entered_are_no_traceback(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of another user's may be listed, and no more."""
    shut = (await place.back_up()).parent
    shutil.rmtree(place.data)
    stat = Path.stat

    def refusing(path: Path, **how: bool) -> os.stat_result:
        if path == shut:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return stat(path, **how)

    monkeypatch.setattr(Path, "stat", refusing)
    await place.start()
