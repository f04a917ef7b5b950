"""Everybody is welcomed once in a group, also when the bot was stopped in the middle."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta, timezone

import pytest

from jianggao.database import Database
from jianggao.joining import newcomer_store as store
from jianggao.joining.newcomers import Newcomer, WelcomeRound

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
FIRST = Newcomer("700001", "20001", "10001", NOW)


async def test_who_was_welcomed_is_never_again(database: Database) -> None:
    found = WelcomeRound("700001", "10001", ("20001", "20002"), NOW)
    async with database.write() as connection:
        await store.add(connection, FIRST)
        await store.add(connection, Newcomer("700001", "20001", "10002", NOW + timedelta(seconds=1)))
        assert await store.waiting(connection) == [FIRST]
        assert await store.take(connection, found) == ("20001",)
        assert await store.take(connection, found) == ()
        await store.add(connection, Newcomer("700001", "20001", "10001", NOW + timedelta(days=400)))
        assert await store.waiting(connection) == []
        await store.add(connection, Newcomer("700002", "20001", "10001", NOW))
        assert len(await store.waiting(connection)) == 1


async def test_who_left_or_for_whom_it_is_too_late_is_not_welcomed(database: Database) -> None:
    second = Newcomer("700001", "20002", "10001", NOW)
    async with database.write() as connection:
        await store.add(connection, FIRST)
        await store.add(connection, second)
        await store.mark_left(connection, "700001", "20001")
        await store.mark_late(connection, [second])
        assert await store.waiting(connection) == []
        assert await store.take(connection, WelcomeRound("700001", "10001", ("20001", "20002"), NOW)) == ()


async def test_the_database_itself_lets_nobody_wait_again(database: Database) -> None:
    async with database.write() as connection:
        await store.add(connection, FIRST)
        await store.mark_left(connection, "700001", "20001")
        with pytest.raises(sqlite3.IntegrityError):
            await connection.execute("UPDATE newcomers SET state = 'waiting'")


@pytest.mark.parametrize(("hours", "waits"), [(-1, False), (1, True)])
async def test_who_left_or_was_late_waits_again_after_coming_again(
    database: Database, hours: int, waits: bool
) -> None:
    again = Newcomer("700001", "20001", "10001", NOW + timedelta(hours=hours))
    async with database.write() as connection:
        for end in (store.mark_left(connection, "700001", "20001"), store.mark_late(connection, [FIRST])):
            await connection.execute("DELETE FROM newcomers")
            await store.add(connection, FIRST)
            await end
            await store.add(connection, again)
            assert await store.waiting(connection) == ([again] if waits else [])
