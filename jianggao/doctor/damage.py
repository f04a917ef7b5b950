"""What of a damaged file can be made again, and what can't."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from jianggao.library.index import GRAM_TABLES

SHADOWS = frozenset(
    f"{table}_{part}" for table in GRAM_TABLES for part in ("data", "idx", "config", "docsize")
)
"""Tables that FTS5 keeps for its own."""
DERIVED = frozenset(
    {
        *GRAM_TABLES,
        *SHADOWS,
        "indexed_sections",
        "speech_index",
        "public_vocabulary",
        "vocabulary",
        "quotables",
    }
)
"""Tables that `store.rebuild_index` makes again from the texts."""
_MOST_MESSAGES = 50
_OF_INDEX = re.compile(r"\b(?:in|from|of) index (\S+)\s*$")
_OF_TREE = re.compile(r"\bTree (\d+) ")
_OF_PAGE = re.compile(r"\b(?:On tree page|page) (\d+)", re.IGNORECASE)


@dataclass(slots=True)
class Damage:
    """What SQLite's check found, by what it concerns."""

    example: str
    """The first thing that SQLite said."""
    lost: list[str] = field(default_factory=list)
    """Tables that only a backup has."""
    derived: list[str] = field(default_factory=list)
    """Tables that can be made from the texts."""
    indexes: list[str] = field(default_factory=list)
    """Indexes of tables that are whole themselves."""


def look(connection: sqlite3.Connection, *, quick: bool) -> Damage | None:
    """Ask SQLite about the whole file, and where something is wrong, table by table; None when nothing is."""
    pragma = "quick_check" if quick else "integrity_check"
    said = _messages(connection, f"PRAGMA {pragma}({_MOST_MESSAGES})")
    if said == ["ok"]:
        return None
    found = Damage(_first_line(said))
    owners = _Owners(connection)
    for table in _tables(connection):
        quoted = '"' + table.replace('"', '""') + '"'
        of_table = _messages(connection, f"PRAGMA {pragma}({quoted})")
        if of_table == ["ok"]:
            continue
        concerned = {owners.of(line, table) for message in of_table for line in _lines(message)}
        if table in DERIVED:
            found.derived.append(table)
        elif table in concerned:
            found.lost.append(table)
        else:
            found.indexes += sorted(concerned)
    return found


class _Owners:
    """Tells which table or index a message is about, by its name, by the root of its tree, or by its page."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        rows = connection.execute("SELECT rootpage, name, type FROM sqlite_master WHERE rootpage > 0")
        self._roots = {row[0]: str(row[1]) for row in rows}

    def of(self, message: str, table: str) -> str:
        """The owner's name; `table`, whose check said it, where nothing tells."""
        if named := _OF_INDEX.search(message):
            return named[1]
        if tree := _OF_TREE.search(message):
            return self._roots.get(int(tree[1]), table)
        if page := _OF_PAGE.search(message):
            return self._of_page(int(page[1])) or table
        return table

    def _of_page(self, page: int) -> str | None:
        if page in self._roots:
            return self._roots[page]
        with suppress(sqlite3.Error):  # not every SQLite has dbstat, and damage can confuse it
            rows = self._connection.execute("SELECT name FROM dbstat WHERE pageno = ?", (page,)).fetchall()
            return str(rows[0][0]) if len(rows) == 1 else None
        return None


def _tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return ["sqlite_master", *(str(row[0]) for row in rows)]


def _messages(connection: sqlite3.Connection, pragma: str) -> list[str]:
    """What SQLite says; where it breaks off, that it did."""
    said: list[str] = []
    try:
        said.extend(str(row[0]) for row in connection.execute(pragma))
    except sqlite3.DatabaseError as error:
        said.append(str(error))
    return said


def _lines(message: str) -> Iterable[str]:
    return [line for line in message.splitlines() if line and not line.startswith("*** in database")]


def _first_line(said: list[str]) -> str:
    lines = [line for message in said for line in _lines(message)]
    return lines[0] if lines else "integrity_check"
