"""Delivery records: what was about to leave is stored, settled once, and counts unless it certainly didn't
leave."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import aiosqlite
import pytest
from delivery_records import DeliveryRecord, deliveries_of

from jianggao.access import deliveries
from jianggao.access.deliveries import DeliveryOutcome
from jianggao.access.verdicts import Place, PlaceKind
from jianggao.database import Database

NOW = datetime(2026, 3, 18, 2, 30, 15, 123456, tzinfo=timezone.utc)
HERE = Place(PlaceKind.PRIVATE, "10001")


@dataclass(frozen=True)
class Mark:
    plan: int = 3
    mark_key: str = "key-1"
    marked_for: str | None = "group 500 on 2026-03-18"
    text_sha256: str | None = None


async def section(
    connection: aiosqlite.Connection, number: int, *, at: datetime = NOW, mark: Mark | None = None
) -> int:
    return await deliveries.record_delivery(
        connection, account="10001", version=1, section=number, place=HERE, form="search", at=at, mark=mark
    )


async def full_text(connection: aiosqlite.Connection, version: int, *, at: datetime = NOW) -> int:
    return await deliveries.record_delivery(
        connection, account="10001", version=version, section=None, place=HERE, form="text", at=at
    )


async def outcomes(database: Database) -> list[DeliveryOutcome]:
    async with database.read() as connection:
        return [entry.outcome for entry in await deliveries_of(connection, "10001")]


async def test_a_delivery_is_recorded_then_settled(database: Database) -> None:
    async with database.write() as connection:
        first = await deliveries.record_delivery(
            connection, account="10001", version=4, section=77, place=HERE, form="section", at=NOW
        )
        second = await deliveries.record_delivery(
            connection, account="10001", version=4, section=None, place=HERE, form="text", at=NOW, sha256="ab"
        )
    async with database.write() as connection:
        await deliveries.settle(connection, [second], deliveries.DeliveryOutcome.DELIVERED)
    async with database.read() as connection:
        section, full = await deliveries_of(connection, "10001")
    assert section == DeliveryRecord(
        first, NOW, "10001", 4, 77, "private", "10001", "section", deliveries.DeliveryOutcome.RECORDED, None
    )
    assert (full.id, full.section, full.outcome, full.sha256) == (
        second,
        None,
        deliveries.DeliveryOutcome.DELIVERED,
        "ab",
    )


async def test_refused_deliveries_do_not_count_and_unknown_ones_do(database: Database) -> None:
    async with database.write() as connection:
        ids = [
            await deliveries.record_delivery(
                connection, account="10001", version=1, section=number, place=HERE, form="search", at=NOW
            )
            for number in range(3)
        ]
        await deliveries.settle(connection, ids[:1], deliveries.DeliveryOutcome.REFUSED)
        await deliveries.settle(connection, ids[1:2], deliveries.DeliveryOutcome.UNKNOWN)
        start, end = NOW, NOW + timedelta(seconds=1)
        assert await deliveries.sections_between(connection, "10001", start, end) == {1, 2}
        assert await deliveries.sections_between(connection, "10001", end, end) == frozenset()


async def test_the_mark_of_a_copy_is_stored_with_it(database: Database) -> None:
    async with database.write() as connection:
        await section(connection, 7, mark=Mark())
        await section(connection, 8)
    async with database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT plan, mark_key, marked_for, text_sha256 FROM deliveries ORDER BY id"
        )
    assert [tuple(row) for row in rows] == [(3, "key-1", Mark().marked_for, None), (None,) * 4]


async def test_sections_and_full_texts_are_counted_apart_and_by_what_they_are_of(database: Database) -> None:
    end = NOW + timedelta(seconds=1)
    async with database.write() as connection:
        for number in (5, 6, 5):
            await section(connection, number)
        await section(connection, 9, at=end)
        for version in (1, 1, 2):
            await full_text(connection, version)
        assert await deliveries.sections_between(connection, "10001", NOW, end) == {5, 6}
        assert await deliveries.full_texts_between(connection, "10001", NOW, end) == {1, 2}
        assert await deliveries.sections_between(connection, "10002", NOW, end) == frozenset()


async def test_a_section_counts_while_one_of_its_deliveries_may_have_arrived(database: Database) -> None:
    end = NOW + timedelta(seconds=1)
    async with database.write() as connection:
        first, second = await section(connection, 5), await section(connection, 5)
        await deliveries.settle(connection, [second], DeliveryOutcome.REFUSED)
        assert await deliveries.sections_between(connection, "10001", NOW, end) == {5}
        await deliveries.settle(connection, [first], DeliveryOutcome.REFUSED)
        assert await deliveries.sections_between(connection, "10001", NOW, end) == frozenset()


async def test_settling_several_is_all_or_nothing(database: Database) -> None:
    """One of them is settled already: the outcome of the others isn't written either."""
    async with database.write() as connection:
        first, second = await section(connection, 5), await section(connection, 6)
        await deliveries.settle(connection, [second], DeliveryOutcome.UNKNOWN)
    with pytest.raises(sqlite3.IntegrityError):
        async with database.write() as connection:
            await deliveries.settle(connection, [first, second], DeliveryOutcome.REFUSED)
    assert await outcomes(database) == [DeliveryOutcome.RECORDED, DeliveryOutcome.UNKNOWN]


async def test_at_a_start_sections_that_were_leaving_become_unknown(database: Database) -> None:
    async with database.write() as connection:
        leaving = await section(connection, 5)
        arrived = await section(connection, 6)
        await deliveries.settle(connection, [arrived], DeliveryOutcome.DELIVERED)
        await full_text(connection, 2)  # the outbox knows what became of it
        await deliveries.settle_interrupted(connection)
    assert await outcomes(database) == [
        DeliveryOutcome.UNKNOWN,
        DeliveryOutcome.DELIVERED,
        DeliveryOutcome.RECORDED,
    ]
    assert leaving < arrived


async def test_at_a_start_only_the_newest_records_are_looked_at(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "_NEWEST", 2)
    async with database.write() as connection:
        await deliveries.settle_interrupted(connection)  # there is none yet
        for number in (5, 6, 7):
            await section(connection, number)
        await deliveries.settle_interrupted(connection)
        await deliveries.settle_interrupted(connection)  # a second start finds nothing left
    assert await outcomes(database) == [DeliveryOutcome.RECORDED, *[DeliveryOutcome.UNKNOWN] * 2]


async def test_how_many_texts_left_by_a_file_that_is_only_looked_into(database: Database) -> None:
    async with database.write() as connection:
        await section(connection, 5)
        await full_text(connection, 1)
    looked_into = sqlite3.connect(database.path)
    try:
        assert deliveries.count_deliveries_in(looked_into) == 2
    finally:
        looked_into.close()
