"""What people entrusted to us is for the bot's own account alone, whatever the umask, and however it came
there."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jianggao.backups import back_up, restore
from jianggao.database import Database, Keys
from jianggao.database.private_files import database_files, private_folder, readable_by_others
from jianggao.doctor import examine
from jianggao.settings import load_settings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")


@pytest.fixture(autouse=True, params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    earlier = os.umask(request.param)
    yield
    os.umask(earlier)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_ones(folder: Path) -> dict[str, str]:
    """Files in a folder that are more open than 600, by name."""
    return {path.name: oct(mode(path)) for path in folder.iterdir() if path.is_file() and mode(path) != 0o600}


async def test_all_files_of_a_database_are_private_from_the_first_moment(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "data" / "bot.db"
    database = await Database.open(path)
    await Keys.open(database)
    async with database.write() as connection:
        await connection.execute("INSERT INTO facts (name, value) VALUES ('a', 'b')")
    assert {file.name for file in path.parent.iterdir()} >= {
        "bot.db",
        "bot.db-wal",
        "bot.db-shm",
        "bot.marks.key",
    }
    assert open_ones(path.parent) == {}
    assert mode(path.parent) == mode(path.parent.parent) == 0o700
    await Keys.renew_marks(database, "2026-03-18")
    assert open_ones(path.parent) == {}
    await database.close()


async def test_backups_and_what_is_restored_are_private(tmp_path: Path) -> None:
    path, target = tmp_path / "data" / "bot.db", tmp_path / "backups" / "copy.db"
    database = await Database.open(path)
    await Keys.open(database)
    await database.close()
    await back_up(path, target)
    assert open_ones(target.parent) == {} and mode(target.parent) == 0o700
    for file in (target, *target.parent.glob("*.key"), *path.parent.iterdir()):
        file.chmod(0o644)  # as a copy by hand leaves them
    kept = await restore(target, path)
    assert kept is not None and mode(kept.parent) == 0o700
    assert open_ones(path.parent) == open_ones(kept.parent) == {}


async def test_open_files_of_an_earlier_release_are_tightened_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "data" / "bot.db"
    database = await Database.open(path)
    await Keys.open(database)
    await database.close()
    path.parent.chmod(0o755)
    for file in path.parent.iterdir():
        file.chmod(0o644)
    settings = load_settings({"DATABASE_FILE": str(path), "LIBRARY_DIR": str(tmp_path)})
    told = [line for finding in await examine(settings) for line in finding.wrong]
    assert len([line for line in told if "其他用户" in line]) == len(database_files(path))
    await (await Database.open(path)).close()
    assert readable_by_others(database_files(path)) == [] and mode(path.parent) == 0o700
    assert not [finding for finding in await examine(settings) if finding.wrong]


async def test_an_operators_folder_with_other_things_stays_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "speeches").mkdir()
    note = folder / "note.txt"
    note.write_text("theirs", "utf-8")
    folder.chmod(0o755)
    note.chmod(0o644)
    await (await Database.open(folder / "bot.db")).close()
    assert (mode(folder), mode(note)) == (0o755, 0o644)
    assert mode(folder / "bot.db") == 0o600


def test_a_folder_that_is_there_is_not_changed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there").chmod(0o755)
    private_folder(tmp_path / "there" / "evidence")
    assert (mode(tmp_path / "there"), mode(tmp_path / "there" / "evidence")) == (0o755, 0o700)


async def test_a_new_database_is_private_from_its_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only after what is there has been tightened."""
    monkeypatch.setattr("jianggao.database.connection.make_database_private", lambda path: None)
    before = os.umask(0)
    try:
        database = await Database.open(tmp_path / "data" / "bot.db")
        await database.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "data" / "bot.db").stat().st_mode) == 0o600
