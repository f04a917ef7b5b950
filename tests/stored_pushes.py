"""Reads a push as it is stored, settled or not: the program only reads the one whose turn it is."""

from __future__ import annotations

from sqlite3 import Row

import aiosqlite

from jianggao.database.statements import fetch_rows


async def push_row(connection: aiosqlite.Connection, number: int) -> Row | None:
    """Returns the row of the push of this id."""
    rows = await fetch_rows(connection, "SELECT * FROM pushes WHERE id = ?", (number,))
    return rows[0] if rows else None
