"""Applies numbered migrations (`NNNN_name.sql`), each once, in one transaction with its own record.

A migration is never edited after a release. A file that has seen a migration which this code doesn't know is
refused.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

import aiosqlite

from jianggao.errors import DatabaseTooNew

_NAME = re.compile(r"(\d{4})_(\w+)\.sql")
_RECORDS = "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema."""

    number: int
    name: str
    sql: str


def known_migrations() -> list[Migration]:
    """Returns all migrations of this code, by number."""
    found = []
    for file in resources.files(__package__).iterdir():
        match = _NAME.fullmatch(file.name)
        if match:
            found.append(Migration(int(match[1]), match[2], file.read_text(encoding="utf-8")))
    return sorted(found, key=lambda migration: migration.number)


async def migrate(connection: aiosqlite.Connection, migrations: list[Migration] | None = None) -> list[str]:
    """Applies the migrations that are missing, and returns their names.

    Raises DatabaseTooNew if the file has seen a migration that this code doesn't know.
    """
    migrations = known_migrations() if migrations is None else migrations
    await connection.execute(_RECORDS)
    rows = await connection.execute_fetchall("SELECT number FROM migrations")
    done = {row[0] for row in rows}
    unknown = done - {migration.number for migration in migrations}
    if unknown:
        raise DatabaseTooNew("数据库由更新的版本写成。请升级程序再运行。")
    applied = []
    for migration in migrations:
        if migration.number not in done:
            await _apply(connection, migration)
            applied.append(migration.name)
    return applied


async def _apply(connection: aiosqlite.Connection, migration: Migration) -> None:
    await connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements(migration.sql):
            await connection.execute(statement)
        await connection.execute("INSERT INTO migrations VALUES (?, ?)", (migration.number, migration.name))
        await connection.execute("COMMIT")
    except BaseException:
        await connection.rollback()  # nothing where SQLite has done it: on a full disk
        raise


def statements(sql: str) -> Iterator[str]:
    """Yields the single statements of a script (`executescript` would commit the open transaction)."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in pending.splitlines()):
        raise ValueError(f"unfinished statement: {pending.strip()[:80]!r}")
