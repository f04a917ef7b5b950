"""While the database can't be written: refused at once, by its cause; what may wait is stored when it is
over."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import aiosqlite
import pytest
from foreign_lock import held_by_another
from small_disks import fill

from jianggao.application import Application
from jianggao.database import Database, writer
from jianggao.errors import CannotRead, CannotWrite, DatabaseDamaged, DatabaseLocked, DiskFull
from jianggao.resale_reports.draft_notes import LeftDraft
from jianggao.resale_reports.drafts import DraftFolder
from jianggao.settings import load_settings


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "PATIENCE_MS", 300)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "data" / "bot.db")
    yield database
    await database.close()


def noting(value: str) -> writer.Work:
    async def note(connection: aiosqlite.Connection) -> None:
        await connection.execute("INSERT INTO facts (name, value) VALUES (?, 'x')", (value,))

    return note


async def written(database: Database, value: str) -> None:
    async with database.write() as connection:
        await noting(value)(connection)


async def facts(database: Database) -> list[str]:
    async with database.read() as connection:
        rows = await connection.execute_fetchall("SELECT name FROM facts WHERE value = 'x' ORDER BY name")
    return [row[0] for row in rows]


async def test_a_foreign_lock_is_waited_for_once_and_then_refused_at_once(database: Database) -> None:
    with held_by_another(database.path, "IMMEDIATE"):
        with pytest.raises(CannotWrite, match=r"写不进去（数据库被别的程序锁住），什么也没有改"):
            await written(database, "first")
        assert isinstance(database.writer.trouble, DatabaseLocked)
        waited: list[int] = []
        writer_connection = database.writer._connection
        for number in range(20):
            with pytest.raises(CannotWrite):
                await written(database, f"further {number}")
            rows = await writer_connection.execute_fetchall("PRAGMA busy_timeout")
            waited += [row[0] for row in rows]
        assert waited == [0] * 20
        assert await facts(database) == []  # reading goes on
    await written(database, "after")
    assert await facts(database) == ["after"]


async def test_a_foreign_lock_taken_within_a_transaction_of_ours_waits(database: Database) -> None:
    async with database.write() as connection:
        await noting("ours")(connection)
        other = sqlite3.connect(database.path, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
    assert await facts(database) == ["ours"]


async def test_what_may_wait_is_stored_when_it_is_over_and_says_so(database: Database) -> None:
    stored: list[str] = []
    with held_by_another(database.path):
        await database.writer.write_or_later(noting("counted"))
        database.writer.write_later(noting("claimed"), lambda: stored.append("claimed"))
        assert not await database.writer.try_to_write()
        assert stored == []
        assert await facts(database) == []
    assert await database.writer.try_to_write()
    assert database.writer.trouble is None
    assert stored == ["claimed"]
    assert await facts(database) == ["claimed", "counted"]
    assert await database.writer.try_to_write()
    assert await facts(database) == ["claimed", "counted"]


async def test_what_waits_is_stored_at_the_stop(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "bot.db")
    with held_by_another(database.path):
        await database.writer.write_or_later(noting("waited"))
    await database.close()
    again = await Database.open(tmp_path / "bot.db")
    assert await facts(again) == ["waited"]
    await again.close()


async def test_a_stop_ends_also_when_nothing_can_be_written(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "bot.db")
    with held_by_another(database.path):
        await database.writer.write_or_later(noting("lost"))
        await database.close()
    again = await Database.open(tmp_path / "bot.db")  # the lock was given free
    assert await facts(again) == []
    await again.close()


async def test_one_that_is_refused_for_good_does_not_hold_up_the_others(database: Database) -> None:
    await written(database, "twice")
    with held_by_another(database.path):
        await database.writer.write_or_later(noting("twice"))
        await database.writer.write_or_later(noting("once"))
    assert await database.writer.try_to_write()
    assert await facts(database) == ["once", "twice"]


async def test_one_that_fails_leaves_nothing_of_it_and_does_not_hold_up_the_others(
    database: Database,
) -> None:
    async def fails(connection: aiosqlite.Connection) -> None:
        await noting("half")(connection)
        raise LookupError("a mistake of its own")

    for work in (noting("a"), fails, noting("b")):
        database.writer.write_later(work)
    assert await database.writer.try_to_write()
    assert await facts(database) == ["a", "b"] and await database.writer.try_to_write()


async def test_two_that_try_at_once_store_each_once(database: Database) -> None:
    done: list[int] = []
    for number in range(1_200):
        database.writer.write_later(noting(f"{number:04}"), lambda number=number: done.append(number))  # type: ignore[misc]
    assert await asyncio.gather(*(database.writer.try_to_write() for _ in range(3))) == [True] * 3
    assert done == list(range(1_200)) and len(await facts(database)) == 1_200


async def test_what_waits_is_bounded(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "WAITING_LIMIT", 3)
    monkeypatch.setattr(writer, "EXTRA_FOR_WHAT_HAPPENED", 2)
    with held_by_another(database.path):
        for number in range(3):
            await database.writer.write_or_later(noting(str(number)))
        with pytest.raises(CannotWrite):
            await database.writer.write_or_later(noting("one too many"))
        for number in range(2):
            await database.writer.write_or_later(noting(f"happened {number}"), happened=True)
        with pytest.raises(CannotWrite):
            await database.writer.write_or_later(noting("too much happened"), happened=True)
    assert await database.writer.try_to_write()
    assert await facts(database) == ["0", "1", "2", "happened 0", "happened 1"]


async def test_a_commit_that_fails_calls_nothing_that_waits_for_it(database: Database) -> None:
    done: list[str] = []
    with pytest.raises(ZeroDivisionError):
        async with database.write():
            database.writer.after_commit(lambda: done.append("rolled back"))
            raise ZeroDivisionError
    async with database.write():
        database.writer.after_commit(lambda: done.append("committed"))
    await written(database, "later")
    assert done == ["committed"]


async def test_a_full_disk_is_told_and_is_over_when_there_is_room(small_disk: Path) -> None:
    database = await Database.open(small_disk / "bot.db")
    await written(database, "before")
    ballast = fill(small_disk)
    with pytest.raises(CannotWrite, match="磁盘满了"):
        for number in range(1000):
            async with database.write() as connection:
                await connection.execute("INSERT INTO facts VALUES (?, ?)", (f"large {number}", "y" * 50_000))
    assert isinstance(database.writer.trouble, DiskFull)
    assert await facts(database) == ["before"]  # reading goes on
    assert not await database.writer.try_to_write()
    ballast.unlink()
    assert await database.writer.try_to_write()
    assert database.writer.trouble is None
    await written(database, "after")
    assert await facts(database) == ["after", "before"]
    await database.close()


async def test_a_full_disk_names_what_may_go_in_the_folders_of_the_settings(small_disk: Path) -> None:
    logs = small_disk / "protocols"
    logs.mkdir()
    (logs / "bot.log.1").write_bytes(bytes(50_000))
    values = {
        "LIBRARY_DIR": str(small_disk / "speeches"),
        "DATABASE_FILE": str(small_disk / "data" / "bot.db"),
        "LOG_DIR": str(logs),
    }
    application = await Application.open(load_settings(values), workers=0)
    ballast = fill(small_disk)
    with pytest.raises(CannotWrite) as raised:
        for number in range(1000):
            async with application.database.write() as connection:
                await connection.execute("INSERT INTO facts VALUES (?, ?)", (f"large {number}", "y" * 50_000))
    assert f"旧日志 {logs / 'bot.log.1'}（50 KB）" in str(raised.value.explanation)
    ballast.unlink()
    await application.close()
    fill(small_disk)
    with pytest.raises(DiskFull, match=r"旧日志 .*protocols"):
        await Application.open(load_settings(values), workers=0)


async def test_a_stop_gives_the_database_free_also_when_a_folder_beside_it_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(folder: DraftFolder) -> list[LeftDraft]:
        raise OSError(5, "Input/output error", str(folder.folder))

    values = {"LIBRARY_DIR": str(tmp_path / "speeches"), "DATABASE_FILE": str(tmp_path / "data" / "bot.db")}
    application = await Application.open(load_settings(values), workers=0)
    with monkeypatch.context() as patch:
        patch.setattr(DraftFolder, "tidy", fails)
        await application.close()
    assert "bot.drafts" in caplog.text and "bot.collected" in caplog.text
    again = await Application.open(load_settings(values), workers=0)
    await again.close()


async def test_an_error_of_a_statement_is_no_trouble_of_the_file(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        async with database.write() as connection:
            await connection.execute("INSERT INTO nowhere VALUES (1)")
    assert database.writer.trouble is None
    await written(database, "after")


async def test_a_file_that_is_broken_while_it_is_read_is_told(database: Database) -> None:
    async with database.write() as connection:
        await connection.executemany(
            "INSERT INTO facts VALUES (?, ?)", [(str(number), "y" * 5000) for number in range(400)]
        )
    rows = await database.writer._connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
    assert [tuple(row) for row in rows] == [(0, 0, 0)]
    with database.path.open("r+b") as file:
        file.seek(40 * 4096)
        file.write(b"\xff" * 400 * 4096)
    with pytest.raises(CannotRead, match="数据库坏了"):
        async with database.read() as reading:
            await reading.execute_fetchall("SELECT sum(length(value)) FROM facts")
    assert isinstance(database.reading_trouble, DatabaseDamaged)
