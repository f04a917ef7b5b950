"""Stores and reads what is known of the machine's clock: the newest stored moment, and spans in which the
clock was wrong.

A clock that is behind the newest stored moment is wrong, or was wrong when that moment was stored.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiosqlite

from jianggao.clock import EARLIEST_POSSIBLE_TIME, from_text, to_text

_TRUSTED = "clock trusted"
_AHEAD = "clock ahead since"
_FILES = "file times trusted until"
_FACTS = f"SELECT name, value FROM facts WHERE name IN ('{_TRUSTED}', '{_AHEAD}', '{_FILES}')"
_NEVER = "~"
"""A text after every moment, as texts are ordered."""
_FEW = 200
"""How many of the latest deliveries are read: there are many, and their ids rise with time."""
_COLUMNS = (
    ("imported_at", "versions"),
    ("finished_at", "import_reports"),
    ("at", "ledger"),
    ("claimed_at", "claims"),
    ("at", f"(SELECT at FROM deliveries ORDER BY id DESC LIMIT {_FEW})"),
)
"""The columns with moments, and their tables."""
_MOMENTS = tuple(
    f"""SELECT max({column}) FROM {table}
        WHERE NOT ({column} > ?1 AND {column} <= ?2) AND {column} >= ?3 AND {column} < ?4"""
    for column, table in _COLUMNS
)
_STILL_TO_COME = tuple(
    f"SELECT min({column}), max({column}) FROM {table} WHERE {column} > ?" for column, table in _COLUMNS
)


@dataclass(frozen=True, slots=True)
class ClockNotes:
    """What is known of wrong clocks, in moments as texts; empty where nothing is known.

    Stored moments after `since` and up to `until` don't count as evidence, nor do those from `ahead_since`
    on, nor the times of files up to `files`.
    """

    since: str = ""
    until: str = ""
    ahead_since: str = ""
    files: str = ""

    @property
    def span(self) -> tuple[str, str, str, str]:
        """Returns the values of the SQL's parameters. Moments before this program existed don't count
        either."""
        return self.since, self.until, to_text(EARLIEST_POSSIBLE_TIME), self.ahead_since or _NEVER

    def covers(self, now: datetime) -> bool:
        """Returns whether what is stored now doesn't count: then nobody can say how long nothing was
        stored."""
        return self.since < to_text(now) <= self.until

    def counts_file(self, written: datetime) -> bool:
        """Returns whether a file's time may be evidence against the clock."""
        return self.files < to_text(written) < (self.ahead_since or _NEVER)


async def clock_notes(connection: aiosqlite.Connection) -> ClockNotes:
    """Returns what is known of wrong clocks."""
    return _notes({row[0]: row[1] for row in await connection.execute_fetchall(_FACTS)})


def clock_notes_in(connection: sqlite3.Connection) -> ClockNotes:
    """Does as `clock_notes`, on a plain connection. Raises sqlite3.Error."""
    return _notes({row[0]: row[1] for row in connection.execute(_FACTS)})


async def newest_time(connection: aiosqlite.Connection) -> datetime | None:
    """Returns the newest stored moment that counts; None where nothing was ever stored.

    What lay ahead when the operator said that the clock is right (`trust_clock`) was stored by a wrong clock
    and doesn't count; nor does what was stored since the clock is doubted (`doubt_clock`).
    """
    span = (await clock_notes(connection)).span
    newest: list[str | None] = []
    for sql in _MOMENTS:
        newest += [row[0] for row in await connection.execute_fetchall(sql, span)]
    return _latest(newest)


def newest_time_in(connection: sqlite3.Connection) -> datetime | None:
    """Does as `newest_time`, on a plain connection. Raises sqlite3.Error."""
    span = clock_notes_in(connection).span
    return _latest(row[0] for sql in _MOMENTS for row in connection.execute(sql, span))


async def trust_clock(connection: aiosqlite.Connection, now: datetime, files: datetime | None = None) -> None:
    """Notes that `now` is right, whatever was stored, and whatever times files have (`files` is the
    newest)."""
    await connection.execute("DELETE FROM facts WHERE name = ?", (_AHEAD,))
    notes, present = await clock_notes(connection), to_text(now)
    ahead: list[str] = []
    for sql in _STILL_TO_COME:
        for row in await connection.execute_fetchall(sql, (present,)):
            ahead += [moment for moment in row if moment is not None]
    if ahead:
        # The span begins just before the first of them, so that what is stored from now on counts.
        first = to_text(from_text(min(ahead)) - timedelta.resolution)
        # An earlier span that still reaches into the future is kept as a part of the new one.
        if notes.until > present:
            first, ahead = min(first, notes.since), [*ahead, notes.until]
        await _note(connection, _TRUSTED, f"{first} {max(ahead)}")
    if files is not None and files > now:
        await _note(connection, _FILES, max(to_text(files), notes.files))


async def doubt_clock(connection: aiosqlite.Connection, since: datetime) -> None:
    """Notes that moments from `since` on come from a clock that may be ahead: the next start doesn't count
    them as evidence."""
    notes = await clock_notes(connection)
    if not notes.ahead_since or to_text(since) < notes.ahead_since:
        await _note(connection, _AHEAD, to_text(since))


async def _note(connection: aiosqlite.Connection, name: str, value: str) -> None:
    await connection.execute("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", (name, value))


def _notes(facts: Mapping[str, str]) -> ClockNotes:
    since, _, until = facts.get(_TRUSTED, "").partition(" ")
    return ClockNotes(since, until, facts.get(_AHEAD, ""), facts.get(_FILES, ""))


def _latest(moments: Iterable[str | None]) -> datetime | None:
    stored = [moment for moment in moments if moment is not None]
    return from_text(max(stored)) if stored else None
