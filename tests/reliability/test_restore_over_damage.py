"""`bot.py restore` works exactly when it is needed, and keeps what it found, byte for byte, each time."""

from __future__ import annotations

import asyncio
import random
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from damages import DAMAGES, contents
from installed_bot import TRACEBACK, InstalledBot
from kills import doctor_finds
from stored import rows_of

from jianggao.application import Application
from jianggao.database.keys import PURPOSES, key_file
from jianggao.membership import administration
from jianggao.membership.durations import parse_duration
from jianggao.settings import load_settings

MEMBERS = ("20001", "20002", "20003")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, imported: Path) -> Path:
    """The folder of a bot that has texts and members and has been backed up; made once, copied for each
    test."""
    folder = tmp_path_factory.mktemp("installed")
    shutil.copytree(imported / "library", folder / "library")
    shutil.copytree(imported / "data", folder / "bot" / "data")
    bot = InstalledBot(folder / "bot", folder / "library")
    asyncio.run(_make_members(bot))
    made = bot.verb("backup", str(folder / "backup" / "bot.db"))
    assert made.returncode == 0, made.stderr
    return folder


async def _make_members(bot: InstalledBot) -> None:
    values = {"DATABASE_FILE": str(bot.database), "LIBRARY_DIR": str(bot.library)}
    application = await Application.open(load_settings(values), workers=0)
    for member in MEMBERS:
        act = administration.Act(
            "90001", f"message of {member}", application.clock(), application.settings.timezone, ""
        )
        async with application.database.write() as connection:
            await administration.grant(connection, member, parse_duration("1年"), act)
    await application.close()


def _kept(bot: InstalledBot) -> list[object]:
    """Everything that lies about in the data folder, whatever its name."""
    return [contents(path) for path in bot.database.parent.rglob("*")]


def _assert_refused_in_a_line(ended: CompletedProcess[str], bot: InstalledBot, found: object) -> None:
    """A folder in the file's place is a wrong DATABASE_FILE rather than damage: it may be refused, and stays
    then."""
    assert ended.returncode == 1 and len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    assert "文件夹" in ended.stderr
    assert contents(bot.database) == found


@pytest.mark.parametrize("name", DAMAGES)
def test_restore_works_over_any_damage_and_keeps_it(installed: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(installed, tmp_path, dirs_exist_ok=True)
    bot, backup = InstalledBot(tmp_path / "bot", tmp_path / "library"), tmp_path / "backup" / "bot.db"
    rng = random.Random(name)
    keys = {purpose: key_file(bot.database, purpose).read_bytes() for purpose in PURPOSES}
    found: list[object] = []
    for damage in (name, "a text file"):
        DAMAGES[damage](bot.database, rng)
        found.append(contents(bot.database))
        restored = bot.verb("restore", str(backup))
        if bot.database.is_dir():
            _assert_refused_in_a_line(restored, bot, found[0])
            return
        assert restored.returncode == 0, restored.stdout + restored.stderr
        assert TRACEBACK not in restored.stderr
        assert rows_of(bot.database, "SELECT member FROM ledger ORDER BY 1") == [
            (member,) for member in MEMBERS
        ]
        assert {purpose: key_file(bot.database, purpose).read_bytes() for purpose in PURPOSES} == keys
        assert asyncio.run(doctor_finds(bot)) == []
    lying_about = _kept(bot)
    assert all(file in lying_about for file in found if file is not None)
