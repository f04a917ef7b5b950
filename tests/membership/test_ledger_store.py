"""The ledger's table takes appends only, one a message, and gives back what was written."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import aiosqlite
import pytest

from jianggao.database import Database
from jianggao.errors import AlreadyProcessed
from jianggao.membership import ledger_store
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry, Standing, fold

COLUMNS = "ledger (number, kind, member, by_account, at, duration, note, target, message)"
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 2, 30, 15, 123456, tzinfo=timezone.utc)


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


async def test_many_entries_are_written_at_once_or_none(database: Database) -> None:
    async with database.write() as connection:
        first = await append_grant(connection, "a")
    more = [
        replace(first, number=first.number + n, message=f"a#{n}", starts_on=date(2026, 1, n))
        for n in (1, 2, 3)
    ]
    with pytest.raises(sqlite3.IntegrityError):
        async with database.write() as connection:
            await ledger_store.append_all(connection, [*more, replace(more[-1], number=first.number + 4)])
    async with database.write() as connection:
        await ledger_store.append_all(connection, more)
    async with database.read() as connection:
        assert await ledger_store.all_entries(connection) == [first, *more]


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
        f"REPLACE INTO {COLUMNS} VALUES (1, 'grant', '6', '6', 't', 'P9Y0M0W0D', '', NULL, 'new')",
        f"REPLACE INTO {COLUMNS} VALUES (NULL, 'grant', '6', '6', 't', 'P9Y0M0W0D', '', NULL, 'a')",
        f"INSERT INTO {COLUMNS} VALUES (NULL, 'grant', '6', '6', 't', 'P9Y0M0W0D', '', NULL, 'a')",
        f"INSERT INTO {COLUMNS} VALUES (1, 'grant', '6', '6', 't', 'P9Y0M0W0D', '', NULL, 'new')"
        " ON CONFLICT DO UPDATE SET member = '6'",
        f"INSERT INTO {COLUMNS} VALUES (NULL, 'undo', '6', '6', 't', NULL, '', 1, 'new')",  # of another member
        f"INSERT INTO {COLUMNS} VALUES (NULL, 'undo', '10001', '6', 't', NULL, '', 9, 'new')",  # of a later entry
        f"INSERT INTO {COLUMNS} VALUES (NULL, 'grant', '6', '6', 't', NULL, '', NULL, 'new')",
        f"INSERT INTO {COLUMNS} VALUES (NULL, 'suspend', '6', '6', 't', 'P1Y0M0W0D', '', NULL, 'new')",
        f"INSERT INTO {COLUMNS} VALUES (NULL, 'grant', '6', '6', 't', 'P1Y0M0W0D', '', 1, 'new')",
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
