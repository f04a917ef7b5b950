"""Wrong tries lock the one who made them, for an hour, and are forgotten after it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from code_desk import NOW, CodeDesk

from jianggao.clock import to_text
from jianggao.database import Database
from jianggao.redeem_codes import attempts


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[CodeDesk]:
    database = await Database.open(tmp_path / "bot.db")
    yield CodeDesk(database)
    await database.close()


async def wrong(desk: CodeDesk, account: str, times: int = 1) -> None:
    async with desk.database.write() as connection:
        for _ in range(times):
            await attempts.note_wrong(connection, account, desk.now)


async def locked(desk: CodeDesk, account: str) -> int:
    async with desk.database.read() as connection:
        return await attempts.locked_for(connection, account, desk.now)


async def test_five_wrong_tries_lock_that_person_for_an_hour(desk: CodeDesk) -> None:
    await wrong(desk, "1", 4)
    assert await locked(desk, "1") == 0
    await wrong(desk, "1")
    assert await locked(desk, "1") == 60 and await locked(desk, "2") == 0
    desk.now = NOW + timedelta(minutes=59, seconds=30)
    assert await locked(desk, "1") == 1
    desk.now = NOW + timedelta(hours=1)
    assert await locked(desk, "1") == 0


async def test_a_new_hour_begins_anew(desk: CodeDesk) -> None:
    await wrong(desk, "1", 4)
    desk.now += timedelta(minutes=61)
    await wrong(desk, "1", 4)
    assert await locked(desk, "1") == 0


async def test_five_wrong_tries_in_any_hour_lock(desk: CodeDesk) -> None:
    await wrong(desk, "1")
    desk.now += timedelta(minutes=59)
    await wrong(desk, "1", 3)
    desk.now += timedelta(minutes=2)
    await wrong(desk, "1")
    assert await locked(desk, "1") == 0, "the first was more than an hour before"
    desk.now += timedelta(minutes=50)
    await wrong(desk, "1")
    assert await locked(desk, "1") == 60
    for _ in range(20):  # one each 20 minutes is no guessing
        desk.now += timedelta(minutes=20)
        await wrong(desk, "2")
        assert await locked(desk, "2") == 0
    assert await desk.rows("SELECT wrong FROM code_attempts WHERE account = '2'") == [(3,)]


async def test_a_row_of_an_earlier_version_counts_from_its_first_try(desk: CodeDesk) -> None:
    async with desk.database.write() as connection:
        await connection.execute("INSERT INTO code_attempts VALUES ('1', ?, 4, NULL)", (to_text(desk.now),))
    desk.now += timedelta(minutes=30)
    await wrong(desk, "1")
    assert await locked(desk, "1") == 60


async def test_the_lock_counts_from_the_last_wrong_try(desk: CodeDesk) -> None:
    await wrong(desk, "1", 4)
    desk.now += timedelta(minutes=50)
    await wrong(desk, "1")
    desk.now += timedelta(minutes=50)
    await wrong(desk, "2")
    assert await locked(desk, "1") == 10


async def test_success_forgets_and_rows_of_an_hour_ago_are_deleted(desk: CodeDesk) -> None:
    for account in range(100):
        await wrong(desk, str(account))
    async with desk.database.write() as connection:
        await attempts.forget(connection, "7")
    assert await desk.rows("SELECT count(*) FROM code_attempts") == [(99,)]
    desk.now += timedelta(minutes=61)
    await wrong(desk, "new")
    assert await desk.rows("SELECT account FROM code_attempts") == [("new",)]


async def test_a_clock_that_was_ahead_locks_nobody_for_long(desk: CodeDesk) -> None:
    desk.now += timedelta(days=400)
    await wrong(desk, "1", 5)
    desk.now = NOW
    assert await locked(desk, "1") == 0
    await wrong(desk, "2")
    assert await desk.rows("SELECT account FROM code_attempts") == [("2",)]
