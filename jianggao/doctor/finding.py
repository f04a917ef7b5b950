"""Defines what a check is given and what it yields."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path

from jianggao.database.inspection import mode_to_read
from jianggao.doctor.backups import way_back
from jianggao.doctor.damage import Damage
from jianggao.install_paths import COMMAND
from jianggao.settings import Settings

MEND = f"请停掉机器人，运行 {COMMAND} doctor --mend"
"""The beginning of what to do about something that can be mended."""


class Remedy(Enum):
    """What `--mend` may do, in this order. None of it touches what people entrusted to the bot."""

    PRIVATE_FILES = "files that others may read become private"
    LEFTOVERS = "unfinished files are deleted"
    DAMAGED_INDEX = "tables that are made of the texts are made anew, whatever their pages hold"
    SCHEMA = "triggers and indexes that are gone come back"
    INDEX = "what search uses is made anew from the texts"
    IMPORT = "a broken-off import is finished"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of checking one thing: lines on what is wrong with it and what to do; no lines if nothing
    is."""

    what: str
    """What was checked, in Chinese."""
    wrong: tuple[str, ...] = ()
    noted: str = ""
    """What was seen, where nothing is wrong."""
    remedies: frozenset[Remedy] = frozenset()
    """What `--mend` can do about it."""


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What checks look at: the settings, the database file, and the moment."""

    settings: Settings
    now: datetime
    quick: bool = False
    """Whether checks leave out what reads every text."""
    env_file: Path | None = None
    """The file of settings; None where it isn't known."""
    damage: Damage | None = None
    """What SQLite found broken in the file; None before it was asked, or where nothing is."""
    connections: list[sqlite3.Connection] = field(default_factory=list)
    """The connection of `snapshot`, once it is open."""

    @property
    def path(self) -> Path:
        """Returns the path of the database file."""
        return self.settings.database_file

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Yields a reading connection that sees one state of the database until the block ends.

        Blocks should be short, so that a running bot's -wal can be emptied between them. Raises
        sqlite3.Error.
        """
        if not self.connections:
            self.connections.append(open_to_read(self.path))
        connection = self.connections[0]
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            if connection.in_transaction:
                connection.rollback()

    def rows(self, sql: str) -> list[sqlite3.Row]:
        """Returns all rows of one statement, from a snapshot of its own. Raises sqlite3.Error."""
        with self.snapshot() as connection:
            return connection.execute(sql).fetchall()

    def close(self) -> None:
        """Closes the connection."""
        while self.connections:
            self.connections.pop().close()

    @property
    def way_back(self) -> str:
        """Returns what to do about what only a backup can mend: which backup, by which command."""
        return way_back(self.settings)


def open_to_read(path: Path) -> sqlite3.Connection:
    """Returns a connection that can only read. Raises sqlite3.Error.

    Text that isn't UTF-8 any more is read with replaced characters, so that a check finds a difference
    instead of breaking off.
    """
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode_to_read(path)}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.row_factory = sqlite3.Row
    connection.text_factory = _text
    connection.execute("PRAGMA busy_timeout = 10000")
    return connection


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")


def list_numbers(numbers: Collection[int], limit: int = 10) -> str:
    """Returns the first of these numbers, and how many there are where that isn't all: `3、4、7 等 25`."""
    shown = "、".join(str(number) for number in sorted(numbers)[:limit])
    return shown if len(numbers) <= limit else f"{shown} 等 {len(numbers)}"
