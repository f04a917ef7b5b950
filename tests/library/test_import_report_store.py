"""Reports of imports and single values outlive the process."""

from __future__ import annotations

from datetime import datetime, timezone

from stored_speeches import AT

from jianggao.database import Database
from jianggao.library import import_report_store


async def test_a_value_is_stored_once_and_replaced(database: Database) -> None:
    async with database.write() as connection:
        assert await import_report_store.fact(connection, "index version") is None
        await import_report_store.set_fact(connection, "index version", "1")
        await import_report_store.set_fact(connection, "index version", "2")
        await import_report_store.set_fact(connection, "other", "3")
        assert await import_report_store.fact(connection, "index version") == "2"
        rows = await connection.execute_fetchall("SELECT count(*) FROM facts WHERE name = 'index version'")
        assert next(iter(rows))[0] == 1


async def test_before_the_first_import_there_is_no_report(database: Database) -> None:
    async with database.read() as connection:
        assert await import_report_store.latest_report(connection) is None


async def test_the_latest_report_is_the_one_stored_last(database: Database) -> None:
    """Not the one with the latest time: a clock may have been put back."""
    async with database.write() as connection:
        await import_report_store.add_report(connection, "2030-01-01T00:00:00.000000+00:00", "{}")
        await import_report_store.add_report(connection, AT, '{"added": []}')
        latest = await import_report_store.latest_report(connection)
    assert latest == (datetime(2026, 3, 18, 4, tzinfo=timezone.utc), '{"added": []}')
