"""Reads a bot's database from the file itself, by none of the bot's own code."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

Rows = list[tuple[Any, ...]]


def rows_of(database: Path, sql: str, *values: Any) -> Rows:
    """Returns the rows of a query. Raises sqlite3.Error if the file does not open."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql, values).fetchall()


def is_whole(database: Path) -> bool:
    """Returns whether SQLite finds nothing wrong with the file."""
    return rows_of(database, "PRAGMA integrity_check") == [("ok",)]


def listed_texts(database: Path) -> Rows:
    """Returns titles, ordinals and bodies of all listed sections.

    Numbers and previews are left out: each database's own key chooses them.
    """
    return rows_of(
        database,
        """SELECT versions.title, sections.ordinal, sections.body FROM sections
           JOIN versions ON versions.id = sections.version
           WHERE sections.listed = 1 ORDER BY 1, 2""",
    )
