"""Computes seals of the ledger: keyed hashes of all its rows up to a number (docs/rules.md, Backups).

Who changes the file without its keys can't make a seal that fits. The key of the seals is derived from the
codes key, which is never renewed. Rows are read as bytes, so that damaged text is hashed as it stands.
"""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

_LABEL = b"jianggao ledger seal"
"""Keeps the key of seals apart from the other keys that are derived from the codes key."""
_COLUMNS = ("number", "kind", "member", "by_account", "at", "duration", "note", "target", "message")
_LATER_COLUMNS = ("successor", "starts_on", "is_trial")
"""Columns of a later release. Rows in which they are empty have the seal that the first release gave them."""


@dataclass(frozen=True, slots=True)
class BrokenSeal:
    """Rows of the ledger that don't fit their seal: some of those behind number `after`, up to
    `last_entry`."""

    after: int
    last_entry: int

    def __str__(self) -> str:
        return f"会员记录 {self.after + 1}–{self.last_entry} 里有被改动或删掉的"


def key_of_seals(codes_key: bytes) -> bytes:
    """Returns the key that seals are made with."""
    return hmac.digest(codes_key, _LABEL, hashlib.sha256)


def seals_at(connection: sqlite3.Connection, key: bytes, numbers: Iterable[int]) -> dict[int, str]:
    """Returns the seals of the ledger up to each of these numbers, as it stands now. Raises sqlite3.Error."""
    wanted = sorted(set(numbers))
    running = hmac.new(key, digestmod=hashlib.sha256)
    sealed: dict[int, str] = {}
    for number, *values in connection.execute(_rows(connection)):
        while wanted and number > wanted[0]:
            sealed[wanted.pop(0)] = running.copy().hexdigest()
        if not wanted:
            return sealed
        own, later = values[: len(_COLUMNS)], values[len(_COLUMNS) :]
        for value in own if all(value is None for value in later) else values:
            # The length before each value keeps ("ab", "c") from having the seal of ("a", "bc").
            running.update(b"-" if value is None else b"%d:%b" % (len(value), value))
    return sealed | dict.fromkeys(wanted, running.hexdigest())


def _rows(connection: sqlite3.Connection) -> str:
    """Returns the SQL that reads the rows to seal; a file of an earlier release hasn't the later columns."""
    known = {row[1] for row in connection.execute("PRAGMA table_info(ledger)")}
    columns = [*_COLUMNS, *(name for name in _LATER_COLUMNS if name in known)]
    read = ", ".join(f"CAST({name} AS BLOB)" for name in columns)
    return f"SELECT number, {read} FROM ledger ORDER BY number"


def last_number(connection: sqlite3.Connection) -> int:
    """Returns the number of the last row of the ledger; 0 where there is none."""
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM ledger").fetchone()[0])


def has_seals(connection: sqlite3.Connection) -> bool:
    """Returns whether the file has the table of seals: a file of an earlier release hasn't."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'ledger_seals'").fetchone()
    return found is not None


def broken_seal(connection: sqlite3.Connection, key: bytes) -> BrokenSeal | None:
    """Returns the first stored seal that the ledger doesn't fit any more; None where all fit. Raises
    sqlite3.Error.

    Seals before the last accepted one don't count: the operator has accepted the ledger as it stood then.
    """
    stored = connection.execute(
        """
        SELECT last_entry, seal FROM ledger_seals
        WHERE id >= (SELECT coalesce(max(id), 0) FROM ledger_seals WHERE accepted = 1)
        ORDER BY last_entry, id
        """
    ).fetchall()
    now = seals_at(connection, key, (last for last, _ in stored))
    after = 0
    for last, seal in stored:
        if not hmac.compare_digest(now[last], seal):
            return BrokenSeal(min(after, last - 1), last)
        after = last
    return None


def due_seal(connection: sqlite3.Connection, key: bytes) -> tuple[int, str] | None:
    """Returns the number of the last row and the seal up to it; None where it is sealed already, or there
    is no row."""
    last = last_number(connection)
    sealed = connection.execute("SELECT coalesce(max(last_entry), 0) FROM ledger_seals").fetchone()[0]
    return (last, seals_at(connection, key, [last])[last]) if last > sealed else None


INSERT_SEAL = "INSERT INTO ledger_seals (at, last_entry, seal, accepted) VALUES (?, ?, ?, ?)"
"""Stores a seal: moment, number of its last entry, seal, and 1 where the operator accepts the ledger as it
stands."""
