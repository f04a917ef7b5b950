"""Damages files, and says what a folder holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

KEYS = ("previews", "codes", "marks")


def state_of(folder: Path) -> dict[str, bytes]:
    """All files below a folder, but locks, which say nothing."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


def foreign_database() -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE theirs (x)")
        return connection.serialize() if hasattr(connection, "serialize") else b"SQLite format 3\0"
