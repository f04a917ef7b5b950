"""Whether the database can be written, tried out."""

from __future__ import annotations

from jianggao.database.connection import Database


async def try_to_write(database: Database) -> None:
    """Commit a transaction that changes nothing: SQLite writes the file's first page again, as it is. Raises
    sqlite3.Error where that fails, and FileNotFoundError where the file has gone."""
    if not database.path.exists():
        raise FileNotFoundError
    async with database.write() as connection:
        rows = await connection.execute_fetchall("PRAGMA user_version")
        number = int(next(iter(rows))[0])
        await connection.execute(f"PRAGMA user_version = {number}")
