"""Removals are announced, recorded before they are tried, tried once, at most ten a day, and reported."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from jianggao.database import Database
from jianggao.joining import removal_store as store
from jianggao.joining.removal_store import RemovalState
from jianggao.joining.removals import MOST_A_DAY, RemovalCandidate, Spared

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
ZONE = ZoneInfo("Asia/Shanghai")


def candidate(number: int = 0) -> RemovalCandidate:
    return RemovalCandidate("700001", str(20001 + number), date(2026, 3, 1))


async def test_who_was_announced_is_known_until_the_announcement_is_old(database: Database) -> None:
    async with database.write() as connection:
        assert await store.last_announcement(connection) is None
        await store.announce(connection, [candidate()], NOW)
        (stored,) = await store.announced(connection)
        assert (stored.candidate, stored.announced_at) == (candidate(), NOW)
        assert await store.known(connection, NOW + timedelta(hours=72)) == {candidate()}
        later = NOW + timedelta(hours=73)
        assert await store.known(connection, later) == frozenset()
        await store.announce(connection, [candidate()], later)
        assert [stored.announced_at for stored in await store.announced(connection)] == [later]
        assert await store.last_announcement(connection) == later


async def test_the_wait_is_counted_from_each_announcement(database: Database) -> None:
    async with database.write() as connection:
        await store.announce(connection, [candidate(0)], NOW)
        await store.count_wait(connection, timedelta(hours=3))
        await store.announce(connection, [candidate(1)], NOW + timedelta(hours=3))
        await store.count_wait(connection, timedelta(hours=2))
        assert [stored.waited for stored in await store.announced(connection)] == [
            timedelta(hours=5),
            timedelta(hours=2),
        ]
        await store.announce(connection, [candidate(0)], NOW + timedelta(hours=80))
        assert (await store.announced(connection))[0].waited == timedelta()


async def test_a_removal_is_tried_once(database: Database) -> None:
    async with database.write() as connection:
        await store.announce(connection, [candidate()], NOW)
        (stored,) = await store.announced(connection)
        assert await store.begin(connection, stored.id, NOW, ZONE)
        assert not await store.begin(connection, stored.id, NOW, ZONE)
        await store.settle(connection, stored.id, RemovalState.REMOVED, NOW)
        await store.announce(connection, [candidate()], NOW + timedelta(days=30))
        assert await store.announced(connection) == []
        assert await store.known(connection, NOW + timedelta(days=90)) == {candidate()}
        with pytest.raises(sqlite3.IntegrityError):
            await connection.execute("UPDATE removals SET state = 'announced'")


async def test_ten_are_removed_in_a_day_whatever_became_of_them(database: Database) -> None:
    async with database.write() as connection:
        await store.announce(connection, [candidate(number) for number in range(MOST_A_DAY + 1)], NOW)
        *ten, last = await store.announced(connection)
        for number, stored in enumerate(ten):
            assert await store.left_today(connection, NOW, ZONE) == MOST_A_DAY - number
            assert await store.begin(connection, stored.id, NOW, ZONE)
        for stored, state in zip(ten, (RemovalState.FAILED, RemovalState.UNKNOWN), strict=False):
            await store.settle(connection, stored.id, state, NOW)
        assert not await store.begin(connection, last.id, NOW, ZONE)
        assert await store.begin(connection, last.id, NOW + timedelta(days=1), ZONE)


async def test_what_was_under_way_at_a_stop_is_unknown_and_reported(database: Database) -> None:
    async with database.write() as connection:
        await store.announce(connection, [candidate(0), candidate(1), candidate(2)], NOW)
        first, second, _ = await store.announced(connection)
        await store.begin(connection, first.id, NOW, ZONE)
        await store.spare(connection, second.id, Spared.NOT_ENDED, NOW)
        assert [stored.id for stored in await store.unreported(connection)] == [second.id]
        await store.take_over(connection)
        settled = await store.unreported(connection)
        assert [(stored.state, stored.why) for stored in settled] == [
            (RemovalState.UNKNOWN, None),
            (RemovalState.SPARED, Spared.NOT_ENDED),
        ]
        await store.mark_reported(connection, [stored.id for stored in settled])
        assert await store.unreported(connection) == []


async def test_who_was_spared_is_known_for_a_week_and_may_be_announced_anew(database: Database) -> None:
    async with database.write() as connection:
        await store.announce(connection, [candidate()], NOW)
        (stored,) = await store.announced(connection)
        await store.spare(connection, stored.id, Spared.ROLE, NOW)
        later = NOW + timedelta(days=8)
        assert await store.known(connection, later) == {candidate()}  # superusers haven't read of it
        await store.announce(connection, [candidate()], later)
        assert await store.announced(connection) == []
        await store.mark_reported(connection, [stored.id])
        assert await store.known(connection, NOW + timedelta(days=6)) == {candidate()}
        assert await store.known(connection, later) == frozenset()
        await store.announce(connection, [candidate()], later)
        (again,) = await store.announced(connection)
        assert (again.announced_at, again.waited, again.why) == (later, timedelta(), None)


async def test_who_was_never_reminded_is_reported_once_and_announces_nothing(database: Database) -> None:
    async with database.write() as connection:
        for _ in range(2):
            await store.note_unreminded(connection, [candidate()], NOW)
        (stored,) = await store.unreported(connection)
        assert stored.why is Spared.NOT_REMINDED and await store.last_announcement(connection) is None
        await store.mark_reported(connection, [stored.id])
        await store.note_unreminded(connection, [candidate()], NOW)
        assert await store.unreported(connection) == []
