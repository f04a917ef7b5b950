"""An account that QQ has limited rests for an hour, by itself, also after a restart."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from jianggao.database import Database
from jianggao.outbound import limited_accounts

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)


async def test_an_account_rests_for_an_hour_over_a_restart(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "bot.db")
    async with database.write() as connection:
        assert await limited_accounts.resting(connection, NOW) == frozenset()
        await limited_accounts.note(connection, "10001", NOW)
        await limited_accounts.note(connection, "10002", NOW + timedelta(minutes=30))
    await database.close()
    database = await Database.open(tmp_path / "bot.db")
    async with database.read() as connection:
        for minutes, expected in ((59, {"10001", "10002"}), (60, {"10002"}), (90, set())):
            assert await limited_accounts.resting(connection, NOW + timedelta(minutes=minutes)) == expected
    await database.close()


async def test_what_a_clock_noted_that_was_ahead_says_nothing(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "bot.db")
    async with database.write() as connection:
        await limited_accounts.note(connection, "10001", NOW + timedelta(days=1))
        assert await limited_accounts.resting(connection, NOW) == frozenset()
    await database.close()
