"""One writer, snapshots, rollback on cancellation, one process a file."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from jianggao.database import Database
from jianggao.errors import DatabaseDamaged, DatabaseInUse, DatabaseTooNew


@pytest.fixture
async def database(tmp_path: Path):
    database = await Database.open(tmp_path / "bot.db")
    async with database.write() as connection:
        await connection.execute("CREATE TABLE notes (text TEXT NOT NULL) STRICT")
    yield database
    await database.close()


async def notes(database: Database) -> list[str]:
    async with database.read() as connection:
        return [row[0] for row in await connection.execute_fetchall("SELECT text FROM notes ORDER BY rowid")]


async def test_an_exception_rolls_back(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.write() as connection:
            await connection.execute("INSERT INTO notes VALUES ('lost')")
            raise ZeroDivisionError
    assert await notes(database) == []


async def test_a_cancelled_writer_rolls_back_and_leaves_others_alone(database: Database) -> None:
    inside = asyncio.Event()

    async def cancelled_writer() -> None:
        async with database.write() as connection:
            await connection.execute("INSERT INTO notes VALUES ('half')")
            inside.set()
            await asyncio.Event().wait()

    async def writer() -> None:
        async with database.write() as connection:
            await connection.execute("INSERT INTO notes VALUES ('whole')")

    first = asyncio.create_task(cancelled_writer())
    await inside.wait()
    second = asyncio.create_task(writer())
    await asyncio.sleep(0)
    first.cancel()
    await second
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await notes(database) == ["whole"]


async def test_cancellation_at_every_await_never_loses_another_writers_row(database: Database) -> None:
    async def writer(text: str) -> None:
        async with database.write() as connection:
            await connection.execute("INSERT INTO notes VALUES (?)", (text,))

    for steps in range(12):
        victim = asyncio.create_task(writer(f"victim {steps}"))
        other = asyncio.create_task(writer(f"other {steps}"))
        for _ in range(steps):
            await asyncio.sleep(0)
        victim.cancel()
        await asyncio.gather(victim, other, return_exceptions=True)
    kept = await notes(database)
    assert [text for text in kept if text.startswith("other")] == [f"other {steps}" for steps in range(12)]


async def test_a_reader_sees_one_snapshot(database: Database) -> None:
    async with database.read() as reader:
        before = await reader.execute_fetchall("SELECT count(*) FROM notes")
        async with database.write() as connection:
            await connection.execute("INSERT INTO notes VALUES ('new')")
        after = await reader.execute_fetchall("SELECT count(*) FROM notes")
    assert [tuple(row) for row in before] == [tuple(row) for row in after] == [(0,)]
    assert await notes(database) == ["new"]


async def test_a_reader_cannot_write(database: Database) -> None:
    async with database.read() as reader:
        with pytest.raises(Exception, match="readonly"):
            await reader.execute("INSERT INTO notes VALUES ('x')")


async def test_a_second_process_is_refused(database: Database) -> None:
    with pytest.raises(DatabaseInUse, match="另一个机器人进程"):
        await Database.open(database.path)


async def test_the_writer_syncs_fully(database: Database) -> None:
    async with database.write() as connection:
        rows = [
            tuple(await (await connection.execute(f"PRAGMA {name}")).fetchone())
            for name in ("synchronous", "journal_mode", "foreign_keys")
        ]
    assert rows == [(2,), ("wal",), (1,)]


async def test_a_file_from_the_future_is_refused(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "bot.db")
    async with database.write() as connection:
        await connection.execute("INSERT INTO migrations VALUES (9999, 'future')")
    await database.close()
    with pytest.raises(DatabaseTooNew):
        await Database.open(tmp_path / "bot.db")


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"no database at all" * 1000)
    with pytest.raises(DatabaseDamaged):
        await Database.open(tmp_path / "bot.db")
    (tmp_path / "bot.db").unlink()
    database = await Database.open(tmp_path / "bot.db")  # the lock was given free
    await database.close()


async def test_a_closed_database_is_one_file(tmp_path: Path) -> None:
    """Whoever copies the file then has everything."""
    path = tmp_path / "bot.db"
    database = await Database.open(path)
    async with database.write() as connection:
        await connection.execute("INSERT INTO facts (name, value) VALUES ('a', 'b')")
    async with database.read() as connection:
        await connection.execute_fetchall("SELECT * FROM facts")
    await database.close()
    assert not path.with_name("bot.db-wal").exists()


async def test_a_database_that_has_gone_is_not_made_anew_by_who_reads(database: Database) -> None:
    database.path.unlink()
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        database._reading_threads._connect(database.path)
    assert not database.path.exists()
