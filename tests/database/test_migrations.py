"""Migrations are applied once and completely."""

from pathlib import Path

import pytest

from jianggao.database import Database
from jianggao.database.migrations import Migration, known_migrations, migrate, statements


@pytest.fixture
async def database(tmp_path: Path):
    database = await Database.open(tmp_path / "bot.db")
    async with database.write() as connection:
        await connection.execute("CREATE TABLE notes (text TEXT NOT NULL) STRICT")
    yield database
    await database.close()


async def test_a_failing_migration_leaves_nothing(database: Database) -> None:
    bad = Migration(9000, "bad", "CREATE TABLE half (x);\nCREATE TABLE half (x);")
    async with database.writer._writing:
        with pytest.raises(Exception, match="already exists"):
            await migrate(database.writer._connection, [*known_migrations(), bad])
    async with database.read() as connection:
        rows = await connection.execute_fetchall("SELECT 1 FROM sqlite_master WHERE name = 'half'")
    assert list(rows) == []


def test_statements_keep_triggers_whole() -> None:
    sql = "-- a\nCREATE TABLE t (x);\nCREATE TRIGGER g BEFORE DELETE ON t BEGIN\n SELECT 1;\nEND;\n-- end\n"
    assert len(list(statements(sql))) == 2
    with pytest.raises(ValueError, match="unfinished"):
        list(statements("CREATE TABLE t (x)"))


def test_migration_numbers_are_unique_and_without_gaps() -> None:
    numbers = [migration.number for migration in known_migrations()]
    assert numbers == list(range(1, len(numbers) + 1))
