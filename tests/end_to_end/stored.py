"""What a bot's database holds, read from the file itself and by none of the bot's own code."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

Rows = list[tuple[Any, ...]]


def rows_of(database: Path, sql: str, *values: Any) -> Rows:
    """What a question gives. Raises sqlite3.Error where the file doesn't open."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql, values).fetchall()


def is_whole(database: Path) -> bool:
    """Whether SQLite finds nothing wrong with the file."""
    return rows_of(database, "PRAGMA integrity_check") == [("ok",)]


def listed_texts(database: Path) -> Rows:
    """What was read from the library, apart from numbers and the previews that each database's own key chose."""
    return rows_of(
        database,
        """SELECT versions.title, sections.ordinal, sections.body FROM sections
           JOIN versions ON versions.id = sections.version
           WHERE sections.listed = 1 ORDER BY 1, 2""",
    )
