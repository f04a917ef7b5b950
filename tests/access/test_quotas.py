"""Allowances: distinct sections and full texts a day, counted from the delivery records, atomically."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import aiosqlite
import pytest
from delivery_records import deliveries_of

from jianggao.access import deliveries, quotas
from jianggao.access.quotas import Allowance, DailyQuotas
from jianggao.access.verdicts import Place, PlaceKind
from jianggao.database import Database

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 10, tzinfo=ZONE)
HERE = Place(PlaceKind.PRIVATE, "10001")
GROUP = Place(PlaceKind.MEMBER_GROUP, "500")


async def sections(
    connection: aiosqlite.Connection,
    ids: list[int],
    *,
    account: str = "10001",
    place: Place = HERE,
    now: datetime = NOW,
    limit: int = 5,
) -> list[int]:
    """The ids that may leave."""
    pairs = [(1, section) for section in ids]
    recorded = await quotas.record_sections(
        connection, account, pairs, place, "search", now, DailyQuotas(limit, 0, ZONE)
    )
    return [one.section for one in recorded]


async def full_text(
    connection: aiosqlite.Connection,
    version: int,
    *,
    account: str = "10001",
    now: datetime = NOW,
    limit: int = 2,
) -> int | None:
    return await quotas.record_full_text(
        connection, account, version, HERE, "text", now, DailyQuotas(0, limit, ZONE)
    )


async def test_beyond_the_limit_nothing_is_allowed_and_nothing_recorded(database: Database) -> None:
    async with database.write() as connection:
        assert await sections(connection, [1, 2, 3]) == [1, 2, 3]
        assert await sections(connection, [4, 5, 6, 7]) == [4, 5]
        assert await sections(connection, [8]) == []
        rows = await deliveries_of(connection, "10001")
    assert [row.section for row in rows] == [1, 2, 3, 4, 5]
    assert {row.outcome for row in rows} == {deliveries.DeliveryOutcome.RECORDED}


async def test_a_section_of_today_is_free_and_recorded_again_where_it_goes(database: Database) -> None:
    async with database.write() as connection:
        await sections(connection, [1, 2, 3, 4, 5])
        assert await sections(connection, [6, 5, 1, 7], place=GROUP) == [5, 1]
        rows = await deliveries_of(connection, "10001")
    assert [(row.section, row.place, row.chat) for row in rows[5:]] == [
        (5, "member_group", "500"),
        (1, "member_group", "500"),
    ]


async def test_asking_twice_for_one_section_counts_once(database: Database) -> None:
    async with database.write() as connection:
        assert await sections(connection, [1, 1, 2, 1], limit=2) == [1, 2]
        assert len(await deliveries_of(connection, "10001")) == 2


async def test_the_day_begins_at_midnight_in_the_timezone(database: Database) -> None:
    last_moment = datetime(2026, 3, 18, 23, 59, 59, 999_999, tzinfo=ZONE)
    async with database.write() as connection:
        await sections(connection, [1, 2, 3, 4, 5], now=datetime(2026, 3, 18, tzinfo=ZONE))
        assert await sections(connection, [6], now=last_moment) == []
        assert await sections(connection, [6], now=last_moment + timedelta(microseconds=1)) == [6]
        assert await sections(connection, [7], now=datetime(2026, 3, 17, 23, 59, tzinfo=ZONE)) == [7]


async def test_people_have_allowances_of_their_own(database: Database) -> None:
    async with database.write() as connection:
        await sections(connection, [1, 2, 3, 4, 5])
        assert await sections(connection, [6], account="10002") == [6]


async def test_what_was_refused_is_given_back_and_what_is_unknown_is_not(database: Database) -> None:
    async with database.write() as connection:
        await sections(connection, [1, 2, 3, 4, 5])
        rows = await deliveries_of(connection, "10001")
        await deliveries.settle(connection, [rows[0].id], deliveries.DeliveryOutcome.REFUSED)
        await deliveries.settle(connection, [rows[1].id], deliveries.DeliveryOutcome.UNKNOWN)
        assert await sections(connection, [6, 7]) == [6]


async def test_many_requests_at_once_never_exceed_the_limit(database: Database) -> None:
    async def ask(first: int) -> list[int]:
        async with database.write() as connection:
            return await sections(connection, list(range(first, first + 3)), limit=10)

    answers = await asyncio.gather(*(ask(first) for first in range(0, 60, 3)))
    assert sum(map(len, answers)) == 10


async def test_a_rolled_back_answer_uses_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.write() as connection:
            await sections(connection, [1, 2, 3, 4, 5])
            raise ZeroDivisionError
    async with database.write() as connection:
        assert await sections(connection, [6]) == [6]


async def test_full_texts_are_counted_by_version_and_apart_from_sections(database: Database) -> None:
    async with database.write() as connection:
        await sections(connection, [1, 2, 3, 4, 5])
        first = await full_text(connection, 11)
        assert first is not None
        assert await full_text(connection, 12) is not None
        assert await full_text(connection, 13) is None
        again = await full_text(connection, 11)
        assert again not in (None, first), "free, with a record of its own"
        assert await full_text(connection, 13, now=NOW + timedelta(days=1)) is not None
        assert await full_text(connection, 13, account="10002") is not None
        rows = await deliveries_of(connection, "10001")
    assert [row.version for row in rows if row.section is None] == [11, 12, 11, 13]


async def test_what_is_left_today(database: Database) -> None:
    async def left(sections_limit: int, full_texts_limit: int) -> Allowance:
        async with database.read() as connection:
            daily = DailyQuotas(sections_limit, full_texts_limit, ZONE)
            return await quotas.allowance(connection, "10001", NOW, daily)

    async with database.write() as connection:
        await sections(connection, [1, 2, 3])
        await sections(connection, [3])
        await full_text(connection, 11)
    today = await left(5, 20)
    assert (today.sections_used, today.sections_left, today.full_texts_used, today.full_texts_left) == (
        3,
        2,
        1,
        19,
    )
    lowered = await left(1, 1)
    assert (lowered.sections_left, lowered.full_texts_left) == (0, 0)
