"""Short transactions that leave others time to write; a part of one can be undone alone."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest

from jianggao.database import Database
from jianggao.errors import CannotWrite
from jianggao.library import paced_writing
from jianggao.library.import_report_store import fact, set_fact
from jianggao.library.paced_writing import PacedWriter, part_of_transaction


async def test_what_was_written_stands_after_it(database: Database) -> None:
    async with PacedWriter(database, rest=0.0).transaction() as connection:
        await set_fact(connection, "a", "1")
    async with database.read() as connection:
        assert await fact(connection, "a") == "1"


async def test_an_exception_rolls_back_and_needs_no_rest(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with PacedWriter(database, rest=1e9).transaction() as connection:
            await set_fact(connection, "a", "1")
            raise ZeroDivisionError
    async with database.read() as connection:
        assert await fact(connection, "a") is None


@pytest.mark.parametrize("rest", [0.0, 2.5])
async def test_it_rests_in_proportion_to_its_work_when_others_can_write(
    database: Database, monkeypatch: pytest.MonkeyPatch, rest: float
) -> None:
    times = iter([100.0, 100.5])
    rests: list[float] = []

    async def rested(seconds: float) -> None:
        async with database.write() as connection:  # would wait for ever inside the transaction
            await set_fact(connection, "other", "1")
        rests.append(seconds)

    with monkeypatch.context() as patched:
        patched.setattr(paced_writing.time, "perf_counter", lambda: next(times))
        patched.setattr(paced_writing.asyncio, "sleep", rested)
        async with PacedWriter(database, rest).transaction() as connection:
            await set_fact(connection, "a", "1")
    assert rests == [rest * 0.5]
    assert asyncio.sleep is not rested


async def test_a_part_is_undone_alone(database: Database) -> None:
    async with database.write() as connection:
        await set_fact(connection, "before", "1")
        with pytest.raises(ZeroDivisionError):
            async with part_of_transaction(connection, fatal=(sqlite3.OperationalError,)):
                await set_fact(connection, "part", "1")
                raise ZeroDivisionError
        await set_fact(connection, "after", "1")
        async with part_of_transaction(connection, fatal=(sqlite3.OperationalError,)):
            await set_fact(connection, "another part", "1")
    async with database.read() as connection:
        stored = [await fact(connection, name) for name in ("before", "part", "after", "another part")]
    assert stored == ["1", None, "1", "1"]


async def test_after_a_failure_of_the_database_nothing_more_is_tried(database: Database) -> None:
    """SQLite may have rolled the transaction back already, with every savepoint in it."""
    with pytest.raises(CannotWrite, match="磁盘满了"):
        async with database.write() as connection:
            await set_fact(connection, "before", "1")
            async with part_of_transaction(connection, fatal=(sqlite3.OperationalError,)):
                await connection.execute("ROLLBACK")
                raise sqlite3.OperationalError("database or disk is full")
    async with database.read() as connection:
        assert await fact(connection, "before") is None
