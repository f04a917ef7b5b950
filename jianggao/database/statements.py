"""Runs the single SQL statements of store modules, and tells what came of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sqlite3 import Row

import aiosqlite

Parameters = Sequence[object] | Mapping[str, object]
"""Values for the `?` of a statement, or for its `:name`."""


async def fetch_rows(connection: aiosqlite.Connection, sql: str, parameters: Parameters = ()) -> list[Row]:
    """Returns all rows of a query."""
    return list(await connection.execute_fetchall(sql, parameters))


async def insert_row(connection: aiosqlite.Connection, sql: str, parameters: Parameters) -> int:
    """Executes an INSERT of one row, and returns the row's id."""
    cursor = await connection.execute(sql, parameters)
    number = cursor.lastrowid
    await cursor.close()
    assert number is not None
    return number


async def change_row(connection: aiosqlite.Connection, sql: str, parameters: Parameters) -> bool:
    """Executes a statement that changes one row at most. Returns whether it did."""
    cursor = await connection.execute(sql, parameters)
    has_changed = cursor.rowcount == 1
    await cursor.close()
    return has_changed
