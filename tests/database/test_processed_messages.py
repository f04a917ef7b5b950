"""Each message acts at most once, also after a restart and while nothing can be written."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from foreign_lock import held_by_another

from jianggao.database import Database, writer
from jianggao.database.processed_messages import KEPT, ProcessedMessage, is_processed
from jianggao.errors import AlreadyProcessed, CannotWrite

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "PATIENCE_MS", 300)


def message(database: Database, key: str = "m1", at: datetime = NOW) -> ProcessedMessage:
    return ProcessedMessage(key, at, database)


async def test_a_message_acts_once(database: Database) -> None:
    first = message(database)
    async with database.write() as connection:
        await first.record(connection)
    assert first.is_recorded and await is_processed(database, "m1")
    assert not await is_processed(database, "m2")
    with pytest.raises(AlreadyProcessed):
        await message(database).record_now()


async def test_a_message_acts_once_also_after_a_restart(database: Database, path: Path) -> None:
    await message(database).record_now()
    await database.close()
    again = await Database.open(path)
    with pytest.raises(AlreadyProcessed):
        await message(again).record_now()
    await again.close()


async def test_a_transaction_that_fails_leaves_the_message_unrecorded(database: Database) -> None:
    first = message(database)
    with pytest.raises(ZeroDivisionError):
        async with database.write() as connection:
            await first.record(connection)
            raise ZeroDivisionError
    assert not first.is_recorded and not await is_processed(database, "m1")
    await first.record_now()
    assert first.is_recorded


async def test_several_effects_of_one_message_share_its_record(database: Database) -> None:
    first = message(database)
    async with database.write() as connection:
        await first.record(connection)
        await first.record(connection)
    await first.record_now()
    await first.record_or_later()
    async with database.read() as connection:
        rows = await connection.execute_fetchall("SELECT count(*) FROM claims")
    assert [row[0] for row in rows] == [1]


async def test_old_records_go_by_the_time_of_the_message(database: Database) -> None:
    await message(database, "old", NOW - KEPT - timedelta(seconds=1)).record_now()
    await message(database, "young", NOW - KEPT + timedelta(seconds=1)).record_now()
    await message(database, "new").record_now()
    assert [await is_processed(database, key) for key in ("old", "young", "new")] == [False, True, True]


async def test_a_record_waits_in_memory_while_nothing_can_be_written(database: Database) -> None:
    first = message(database)
    with held_by_another(database.path):
        await first.record_or_later()
        assert first.is_recorded and await is_processed(database, "m1")
        with pytest.raises(CannotWrite):
            await message(database, "effect").record_now()
    async with database.write() as connection:
        with pytest.raises(AlreadyProcessed):  # it isn't stored yet, and has acted all the same
            await message(database).record(connection)
    assert await database.writer.try_to_write()
    async with database.read() as connection:
        rows = await connection.execute_fetchall("SELECT message FROM claims")
    assert [row[0] for row in rows] == ["m1"]
    with pytest.raises(AlreadyProcessed):
        await message(database).record_now()


async def test_a_message_that_waits_twice_is_stored_once(database: Database) -> None:
    for _ in range(2):
        message(database).record_later()
    assert await database.writer.try_to_write()
    assert await is_processed(database, "m1") and not database.writer.has_waiting


async def test_too_many_that_wait_are_refused(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "WAITING_LIMIT", 1)
    message(database, "first").record_later()
    refused = message(database, "second")
    with pytest.raises(CannotWrite):
        refused.record_later()
    assert not refused.is_recorded and not await is_processed(database, "second")
