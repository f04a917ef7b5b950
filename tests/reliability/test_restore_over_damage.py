"""`bot.py restore` works exactly when it is needed, and keeps what it found, byte for byte, each time."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from damages import DAMAGES, contents
from installed_bot import TRACEBACK, InstalledBot
from kills import doctor_finds
from stored import rows_of

from jianggao.database.keys import PURPOSES, key_file
from jianggao.house import House
from jianggao.membership import standing
from jianggao.membership.durations import parse_duration
from jianggao.settings import load_settings

MEMBERS = ("20001", "20002", "20003")


@pytest.fixture
def backup(bot: InstalledBot) -> Path:
    """A backup of a database with members and texts; the live one has a member more."""
    asyncio.run(_furnish(bot))
    file = bot.folder / "kept" / "backup.db"
    made = bot.verb("backup", str(file))
    assert made.returncode == 0, made.stderr
    return file


async def _furnish(bot: InstalledBot) -> None:
    values = {"DATABASE_FILE": str(bot.database), "LIBRARY_DIR": str(bot.library)}
    house = await House.open(load_settings(values), workers=0)
    await house.importer.run()
    for member in MEMBERS:
        act = standing.Act("90001", f"message of {member}", house.clock(), house.settings.timezone, "")
        async with house.database.write() as connection:
            await standing.grant(connection, member, parse_duration("1年"), act)
    await house.close()


def _kept(bot: InstalledBot) -> list[object]:
    """Everything that lies about in the data folder, whatever its name."""
    return [contents(path) for path in bot.database.parent.rglob("*")]


@pytest.mark.parametrize("name", DAMAGES)
def test_restore_works_over_any_damage_and_keeps_it(bot: InstalledBot, backup: Path, name: str) -> None:
    chance = random.Random(name)
    keys = {purpose: key_file(bot.database, purpose).read_bytes() for purpose in PURPOSES}
    found: list[object] = []
    for damage in (name, "a text file"):
        DAMAGES[damage](bot.database, chance)
        found.append(contents(bot.database))
        restored = bot.verb("restore", str(backup))
        assert restored.returncode == 0, restored.stdout + restored.stderr
        assert TRACEBACK not in restored.stderr
        assert rows_of(bot.database, "SELECT member FROM ledger ORDER BY 1") == [(one,) for one in MEMBERS]
        assert {purpose: key_file(bot.database, purpose).read_bytes() for purpose in PURPOSES} == keys
        assert asyncio.run(doctor_finds(bot)) == []
    lying_about = _kept(bot)
    assert all(one in lying_about for one in found if one is not None)
