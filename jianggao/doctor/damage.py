"""Finds out what in a damaged file can be made again, and what can't."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from jianggao.library.index import GRAM_TABLES

SHADOWS = frozenset(
    f"{table}_{part}" for table in GRAM_TABLES for part in ("data", "idx", "config", "docsize")
)
"""Tables that FTS5 keeps for itself."""
DERIVED = frozenset(
    {
        *GRAM_TABLES,
        *SHADOWS,
        "indexed_sections",
        "speech_index",
        "public_vocabulary",
        "vocabulary",
        "quotables",
        "speech_topics",
    }
)
"""Tables that are made again from the texts and the paths of their files (`mending`)."""
_MOST_MESSAGES = 50
_SCHEMA = "sqlite_master"


@dataclass(slots=True)
class Damage:
    """What SQLite's check found, by what is damaged."""

    example: str
    """The first message of SQLite."""
    lost: list[str] = field(default_factory=list)
    """Damaged tables that only a backup has."""
    derived: list[str] = field(default_factory=list)
    """Damaged tables that can be made from the texts."""
    indexes: list[str] = field(default_factory=list)
    """Damaged indexes of tables that are sound themselves."""


def find_damage(connection: sqlite3.Connection, *, quick: bool) -> Damage | None:
    """Returns what SQLite finds broken in the file, table by table; None if nothing is. Raises nothing for
    what the file holds."""
    pragma = "quick_check" if quick else "integrity_check"
    messages = _messages(connection, f"{pragma}({_MOST_MESSAGES})")
    if messages == ["ok"]:
        return None
    found = Damage(next((line for line in messages if not line.startswith("***")), pragma))
    try:
        damaged = [
            table for table in _tables(connection) if _messages(connection, _of(table, pragma)) != ["ok"]
        ]
    except _UNREADABLE:
        found.lost.append(_SCHEMA)
        return found
    found.derived = [table for table in damaged if table in DERIVED]
    # What people entrusted to the bot: no text gives it again.
    entrusted = [table for table in damaged if table not in DERIVED]
    if entrusted:
        found.lost, found.indexes = _without_indexes(connection, entrusted)
    return found


_UNREADABLE = (sqlite3.Error, OSError, ValueError)
"""Damage in the names of the schema is no UTF-8 for Python."""


def _without_indexes(connection: sqlite3.Connection, tables: list[str]) -> tuple[list[str], list[str]]:
    """Returns which of these damaged tables are damaged themselves, and the indexes of the others.

    SQLite's check breaks off at a damaged index, so a copy without indexes is checked.
    """
    try:
        with (
            tempfile.TemporaryDirectory(prefix="jianggao-doctor-") as folder,
            closing(sqlite3.connect(Path(folder) / "copy.db", isolation_level=None)) as copy,
        ):
            connection.backup(copy)
            # Dropping a damaged index would walk its broken pages: it is taken out of the schema instead.
            copy.execute("PRAGMA writable_schema = ON")
            indexes = copy.execute(
                "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            ).fetchall()
            copy.execute("DELETE FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
            copy.execute("PRAGMA writable_schema = RESET")
            lost = [table for table in tables if _messages(copy, _of(table, "integrity_check")) != ["ok"]]
    except _UNREADABLE:
        return tables, []
    return lost, sorted(name for table, name in indexes if table in tables and table not in lost)


def _tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [_SCHEMA, *(str(row[0]) for row in rows)]


def _of(table: str, pragma: str) -> str:
    quoted = table.replace('"', '""')
    return f'{pragma}("{quoted}")'


def _messages(connection: sqlite3.Connection, pragma: str) -> list[str]:
    """Returns SQLite's messages, a line each; where the check breaks off, its error."""
    messages: list[str] = []
    try:
        for row in connection.execute(f"PRAGMA {pragma}"):
            messages += str(row[0]).splitlines()
    except _UNREADABLE as error:
        messages.append(str(error))
    return messages or ["?"]
