"""The live ledger is sealed; a ledger that was changed on purpose can be accepted."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path

import pytest
from foreign_lock import held_by_another

from jianggao.backups.checks import find_broken_seals
from jianggao.backups.sealing import accept_ledger, require_keys, seal_ledger
from jianggao.database import Database, Keys, writer
from jianggao.errors import CannotStart, KeyMissing

AT = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
GRANT = """INSERT INTO ledger (kind, member, by_account, at, duration, note, message)
           VALUES ('grant', ?, '90001', '2026-03-01T00:00:00.000000+00:00', 'P1Y0M0W0D', '', ?)"""


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "data" / "bot.db")
    await Keys.open(database)
    yield database
    await database.close()


async def grant(database: Database, member: str) -> None:
    async with database.write() as connection:
        await connection.execute(GRANT, (member, member))


async def seals(database: Database) -> list[tuple[int, int]]:
    async with database.read() as connection:
        rows = await connection.execute_fetchall("SELECT last_entry, accepted FROM ledger_seals ORDER BY id")
    return [(row[0], row[1]) for row in rows]


def tamper(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER ledger_never_updated")
        connection.execute("UPDATE ledger SET member = '66001' WHERE number = 1")


async def test_new_rows_are_sealed_once(database: Database) -> None:
    keys = await Keys.open(database)
    await seal_ledger(database, keys, AT)
    assert await seals(database) == []
    await grant(database, "20001")
    for _ in range(2):
        await seal_ledger(database, keys, AT)
    await grant(database, "20002")
    await seal_ledger(database, keys, AT)
    assert await seals(database) == [(1, 0), (2, 0)]
    assert find_broken_seals(database.path) == []


async def test_what_cannot_be_written_is_logged_and_sealed_the_next_time(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(writer, "PATIENCE_MS", 100)
    keys = await Keys.open(database)
    await grant(database, "20001")
    with held_by_another(database.path):
        await seal_ledger(database, keys, AT)
    assert "could not be sealed" in caplog.text and await seals(database) == []
    await seal_ledger(database, keys, AT)
    assert await seals(database) == [(1, 0)]


async def test_a_changed_ledger_is_found_until_it_is_accepted(database: Database) -> None:
    keys = await Keys.open(database)
    await grant(database, "20001")
    await seal_ledger(database, keys, AT)
    tamper(database.path)
    found = find_broken_seals(database.path)
    assert len(found) == 1 and "accept-ledger" in found[0]
    assert await accept_ledger(database, keys, AT) == 1
    assert find_broken_seals(database.path) == []
    assert await seals(database) == [(1, 0), (1, 1)]


async def test_without_the_key_nothing_can_be_told_of_seals(database: Database) -> None:
    keys = await Keys.open(database)
    await grant(database, "20001")
    await seal_ledger(database, keys, AT)
    tamper(database.path)
    database.path.with_name("bot.codes.key").unlink()
    assert find_broken_seals(database.path) == []


async def test_keys_are_asked_for_by_name(database: Database, tmp_path: Path) -> None:
    require_keys(database.path)
    require_keys(tmp_path / "none.db")
    database.path.with_name("bot.codes.key").unlink()
    with pytest.raises(KeyMissing, match=r"bot\.codes\.key"):
        require_keys(database.path)


def test_the_keys_of_another_programs_database_are_not_asked_for(tmp_path: Path) -> None:
    (tmp_path / "theirs.db").write_text("台账" * 900, "utf-8")
    with pytest.raises(CannotStart, match="不是数据库文件"):
        require_keys(tmp_path / "theirs.db")
