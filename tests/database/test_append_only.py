"""What has left, looks and seals are never changed, deleted or replaced; only a delivery's outcome comes
later."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from datetime import datetime, timezone
from pathlib import Path

import aiosqlite
import pytest

from jianggao.access import deliveries
from jianggao.access.deliveries import DeliveryOutcome
from jianggao.access.verdicts import Place, PlaceKind
from jianggao.database import Database
from jianggao.database.migrations import known_migrations, migrate
from jianggao.doctor.schema import expected_triggers

NOW = datetime(2026, 3, 18, tzinfo=timezone.utc)
BEFORE = 11
DELIVERY = """INSERT INTO deliveries (id, at, account, version, place, chat, form, outcome, sha256)
              VALUES (7, '2026', '20001', 4, 'private', '20001', 'text', '{}', 'x')"""
SEAL = "INSERT INTO ledger_seals (id, at, last_entry, seal) VALUES (5, '2026', 1, 'z')"
LOOK = """INSERT INTO looks (id, at, by_account, leak_sha256, versions, verdict)
          VALUES (3, '2026', '90001', 'y', '[4]', 'cannot_tell')"""


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Closed also where a test fails: its threads would hold up the end of the run."""
    opened = await Database.open(tmp_path / "bot.db")
    yield opened
    await opened.close()


async def settle(connection: aiosqlite.Connection, outcome: DeliveryOutcome) -> None:
    await deliveries.settle(connection, [7], outcome)


async def write(database: Database, sql: str) -> None:
    async with database.write() as connection:
        await connection.execute(sql)


@pytest.mark.parametrize("outcome", ["recorded", "delivered", "refused", "unknown"])
async def test_no_column_of_a_delivery_is_changed(database: Database, outcome: str) -> None:
    await write(database, DELIVERY.format(outcome))
    async with database.read() as connection:
        columns = [row["name"] for row in await connection.execute_fetchall("PRAGMA table_info(deliveries)")]
    for column in set(columns) - {"outcome"}:
        for changes in (f"{column} = 9", f"outcome = 'delivered', {column} = 9"):
            with pytest.raises(sqlite3.IntegrityError, match="outcome"):
                await write(database, f"UPDATE deliveries SET {changes} WHERE id = 7")


@pytest.mark.parametrize(
    "first", [DeliveryOutcome.DELIVERED, DeliveryOutcome.REFUSED, DeliveryOutcome.UNKNOWN]
)
async def test_a_delivery_is_settled_once(database: Database, first: DeliveryOutcome) -> None:
    async with database.write() as connection:
        place = Place(PlaceKind.PRIVATE, "20001")
        number = await deliveries.record_delivery(
            connection, account="20001", version=4, section=None, place=place, form="text", at=NOW
        )
        await deliveries.settle(connection, [number], first)
    for later in DeliveryOutcome:
        with pytest.raises(sqlite3.IntegrityError, match="once"):
            async with database.write() as connection:
                await deliveries.settle(connection, [number], later)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM deliveries",
        "DELETE FROM looks",
        "UPDATE looks SET at = '2020'",
        "UPDATE looks SET account = NULL",
        DELIVERY.format("refused").replace("INSERT", "INSERT OR REPLACE"),
        LOOK.replace("INSERT", "INSERT OR REPLACE"),
        LOOK.replace("INSERT", "REPLACE"),
        LOOK + " ON CONFLICT (id) DO UPDATE SET at = '2020'",
        "DELETE FROM ledger_seals",
        "UPDATE ledger_seals SET accepted = 1",
        "UPDATE ledger_seals SET seal = 'y'",
        SEAL.replace("INSERT", "INSERT OR REPLACE"),
        SEAL + " ON CONFLICT (id) DO UPDATE SET seal = 'y'",
    ],
)
async def test_nothing_of_them_is_deleted_changed_or_replaced(database: Database, sql: str) -> None:
    await write(database, DELIVERY.format("delivered"))
    await write(database, LOOK)
    await write(database, SEAL)
    with pytest.raises(sqlite3.IntegrityError):
        await write(database, sql)
    async with database.read() as connection:
        kept = list(await connection.execute_fetchall("SELECT outcome FROM deliveries"))
        looked = list(await connection.execute_fetchall("SELECT at FROM looks"))
        sealed = list(await connection.execute_fetchall("SELECT seal, accepted FROM ledger_seals"))
    assert [tuple(row) for row in (*kept, *looked, *sealed)] == [("delivered",), ("2026",), ("z", 0)]


async def test_an_earlier_file_keeps_its_records_and_is_guarded_from_then_on(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await migrate(
            connection, [migration for migration in known_migrations() if migration.number <= BEFORE]
        )
        await connection.execute(DELIVERY.format("recorded"))
        await connection.execute(LOOK)
    database = await Database.open(path)
    try:
        async with database.write() as connection:
            await settle(connection, DeliveryOutcome.DELIVERED)
            rows = await connection.execute_fetchall("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        assert {row["name"] for row in rows} >= expected_triggers()
        with pytest.raises(sqlite3.IntegrityError):
            await write(database, "DELETE FROM deliveries")
    finally:
        await database.close()
