"""The ledger's table takes appends only, one a message, and gives back what was written."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import aiosqlite
import pytest

from jianggao.access import deliveries
from jianggao.access.verdicts import Place, PlaceKind
from jianggao.database import Database
from jianggao.errors import AlreadyProcessed
from jianggao.membership import ledger_store
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry, Standing, fold

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 2, 30, 15, 123456, tzinfo=timezone.utc)
HERE = Place(PlaceKind.PRIVATE, "10001")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "bot.db")
    yield database
    await database.close()


async def append_grant(connection: aiosqlite.Connection, message: str, member: str = "10001") -> LedgerEntry:
    return await ledger_store.append(
        connection,
        kind=EntryKind.GRANT,
        member=member,
        by="10000",
        at=NOW,
        message=message,
        duration=Duration(years=1),
        note="微信付款",
    )


async def test_what_was_appended_comes_back(database: Database) -> None:
    async with database.write() as connection:
        granted = await append_grant(connection, "a")
        other = await append_grant(connection, "b", member="10002")
        undone = await ledger_store.append(
            connection,
            kind=EntryKind.UNDO,
            member="10001",
            by="10000",
            at=NOW,
            message="c",
            target=granted.number,
        )
    async with database.read() as connection:
        assert await ledger_store.entries_of(connection, "10001") == [granted, undone]
        assert await ledger_store.all_entries(connection) == [granted, other, undone]
        assert await ledger_store.undo_entries(connection) == [undone]
        assert await ledger_store.page(connection, limit=2, skip=1) == [other, granted]
        assert await ledger_store.page(connection, limit=9, skip=0, member="10002") == [other]
        assert await ledger_store.count(connection) == 3
        assert await ledger_store.entry(connection, other.number) == other
        assert await ledger_store.entry(connection, 99) is None


async def test_numbers_have_no_gaps_after_a_rollback(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.write() as connection:
            await append_grant(connection, "lost")
            raise ZeroDivisionError
    async with database.write() as connection:
        assert (await append_grant(connection, "kept")).number == 1


async def test_one_message_acts_once(database: Database) -> None:
    async with database.write() as connection:
        await append_grant(connection, "same")
    with pytest.raises(AlreadyProcessed):
        async with database.write() as connection:
            await append_grant(connection, "same", member="10002")
    async with database.read() as connection:
        assert await ledger_store.count(connection) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET duration = 'P9Y0M0W0D'",
        "UPDATE ledger SET note = note",
        "UPDATE OR IGNORE ledger SET member = '6'",
        "UPDATE OR REPLACE ledger SET number = 2 WHERE number = 1",
        "DELETE FROM ledger",
        "DELETE FROM ledger WHERE number = 1",
        "REPLACE INTO ledger VALUES (1, 'grant', '6', '6', 't', 'P9Y0M0W0D', '', NULL, 'new')",
        "REPLACE INTO ledger VALUES (NULL, 'grant', '6', '6', 't', 'P9Y0M0W0D', '', NULL, 'a')",
        "INSERT INTO ledger VALUES (NULL, 'grant', '6', '6', 't', 'P9Y0M0W0D', '', NULL, 'a')",
        "INSERT INTO ledger VALUES (1, 'grant', '6', '6', 't', 'P9Y0M0W0D', '', NULL, 'new')"
        " ON CONFLICT DO UPDATE SET member = '6'",
        "INSERT INTO ledger VALUES (NULL, 'undo', '6', '6', 't', NULL, '', 1, 'new')",  # of another member
        "INSERT INTO ledger VALUES (NULL, 'undo', '10001', '6', 't', NULL, '', 9, 'new')",  # of a later entry
        "INSERT INTO ledger VALUES (NULL, 'grant', '6', '6', 't', NULL, '', NULL, 'new')",
        "INSERT INTO ledger VALUES (NULL, 'suspend', '6', '6', 't', 'P1Y0M0W0D', '', NULL, 'new')",
        "INSERT INTO ledger VALUES (NULL, 'grant', '6', '6', 't', 'P1Y0M0W0D', '', 1, 'new')",
    ],
)
async def test_the_table_refuses_to_change_a_row(database: Database, statement: str) -> None:
    async with database.write() as connection:
        granted = [await append_grant(connection, "a"), await append_grant(connection, "b", member="10002")]
    with pytest.raises(sqlite3.IntegrityError):
        async with database.write() as connection:
            await connection.execute(statement)
    async with database.read() as connection:
        assert await ledger_store.all_entries(connection) == granted


async def test_the_state_survives_reopening(tmp_path: Path) -> None:
    first = await Database.open(tmp_path / "bot.db")
    async with first.write() as connection:
        await append_grant(connection, "a")
    await first.close()
    again = await Database.open(tmp_path / "bot.db")
    async with again.read() as connection:
        state = fold(await ledger_store.entries_of(connection, "10001"), ZONE)
    await again.close()
    assert state.standing(NOW) is Standing.ACTIVE


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
        section, full = await deliveries.deliveries_of(connection, "10001")
    assert section == deliveries.DeliveryRecord(
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
