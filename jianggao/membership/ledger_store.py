"""Stores the ledger, which is only ever appended to: triggers refuse changed and deleted rows."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from sqlite3 import Row

import aiosqlite

from jianggao.clock import from_text, to_text
from jianggao.database.statements import fetch_rows, insert_row
from jianggao.errors import AlreadyProcessed
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry

_ABOUT = "(member = ? OR successor = ?)"
_LATER = frozenset({"successor", "starts_on", "is_trial"})
"""Columns that the first release didn't have."""
_APPEND = """
    INSERT INTO ledger (number, kind, member, by_account, at, duration, note, target, message, successor, starts_on,
                        is_trial)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """


async def append(
    connection: aiosqlite.Connection,
    *,
    kind: EntryKind,
    member: str,
    by: str,
    at: datetime,
    message: str,
    duration: Duration | None = None,
    note: str = "",
    target: int | None = None,
    successor: str | None = None,
    starts_on: date | None = None,
    is_trial: bool = False,
) -> LedgerEntry:
    """Writes the next entry and returns it. Raises AlreadyProcessed if `message` has written one already."""
    await require_unused(connection, message)
    entry = LedgerEntry(
        0, kind, member, by, at, duration, note, target, message, successor, starts_on, is_trial
    )
    number = await insert_row(connection, _APPEND, _values(entry, None))
    return replace(entry, number=number)


async def append_all(connection: aiosqlite.Connection, entries: Sequence[LedgerEntry]) -> None:
    """Writes entries that carry the next numbers already, one after the other. Many of them take one call.

    Raises sqlite3.IntegrityError if a number or a message is taken.
    """
    await connection.executemany(_APPEND, [_values(entry, entry.number) for entry in entries])


def _values(entry: LedgerEntry, number: int | None) -> tuple[object, ...]:
    """Returns what `_APPEND` writes of an entry; without a number it gets the next one."""
    return (
        number,
        entry.kind.value,
        entry.member,
        entry.by,
        to_text(entry.at),
        entry.duration and entry.duration.to_stored(),
        entry.note,
        entry.target,
        entry.message,
        entry.successor,
        entry.starts_on and entry.starts_on.isoformat(),
        1 if entry.is_trial else None,
    )


async def require_unused(connection: aiosqlite.Connection, message: str) -> None:
    """Raises AlreadyProcessed if `message` has written an entry already."""
    if await fetch_rows(connection, "SELECT 1 FROM ledger WHERE message = ?", (message,)):
        raise AlreadyProcessed("这条消息已经办过了。")


async def entry(connection: aiosqlite.Connection, number: int) -> LedgerEntry | None:
    """Returns the entry of that number; None if there is none."""
    rows = await fetch_rows(connection, "SELECT * FROM ledger WHERE number = ?", (number,))
    return entry_of_row(rows[0]) if rows else None


async def entries_of(connection: aiosqlite.Connection, member: str) -> list[LedgerEntry]:
    """Returns all entries about one account, oldest first, with those that transfer a subscription to it."""
    rows = await fetch_rows(
        connection, f"SELECT * FROM ledger WHERE {_ABOUT} ORDER BY number", (member, member)
    )
    return [entry_of_row(row) for row in rows]


async def related_entries(connection: aiosqlite.Connection, member: str) -> list[LedgerEntry]:
    """Returns the entries of all accounts that are joined to this one by transfers, its own too, oldest
    first: `fold_all` of them has its state."""
    rows = await fetch_rows(
        connection,
        """
        WITH RECURSIVE related (account) AS (
            SELECT ?
            UNION
            SELECT moved.successor FROM related JOIN ledger AS moved ON moved.member = related.account
            WHERE moved.successor IS NOT NULL
            UNION
            SELECT moved.member FROM related JOIN ledger AS moved ON moved.successor = related.account
        )
        SELECT ledger.* FROM related JOIN ledger ON ledger.member = related.account ORDER BY ledger.number
        """,
        (member,),
    )
    return [entry_of_row(row) for row in rows]


async def all_entries(connection: aiosqlite.Connection) -> list[LedgerEntry]:
    """Returns the whole ledger, oldest first."""
    rows = await fetch_rows(connection, "SELECT * FROM ledger ORDER BY number")
    # In a thread: 15,000 entries take a fifth of a second.
    return await asyncio.to_thread(lambda: [entry_of_row(row) for row in rows])


def entries_in(connection: sqlite3.Connection) -> list[LedgerEntry]:
    """Returns the whole ledger of a file that is only looked into, oldest first. Raises ValueError for a row
    that is no entry."""
    cursor = connection.cursor()
    cursor.row_factory = Row
    return [entry_of_row(row) for row in cursor.execute("SELECT * FROM ledger ORDER BY number")]


async def undo_entries(connection: aiosqlite.Connection) -> list[LedgerEntry]:
    """Returns the entries that undo others, which are all that `undone_by` needs."""
    rows = await fetch_rows(connection, "SELECT * FROM ledger WHERE target IS NOT NULL ORDER BY number")
    return [entry_of_row(row) for row in rows]


async def page(
    connection: aiosqlite.Connection, *, limit: int, skip: int, member: str | None = None
) -> list[LedgerEntry]:
    """Returns up to `limit` entries behind the first `skip`, newest first, of one person or of all."""
    condition, parameters = (f"WHERE {_ABOUT}", (member, member)) if member is not None else ("", ())
    rows = await fetch_rows(
        connection,
        f"SELECT * FROM ledger {condition} ORDER BY number DESC LIMIT ? OFFSET ?",
        (*parameters, limit, skip),
    )
    return [entry_of_row(row) for row in rows]


async def count(connection: aiosqlite.Connection, member: str | None = None) -> int:
    """Returns how many entries there are, of one person or of all."""
    condition, parameters = (f"WHERE {_ABOUT}", (member, member)) if member is not None else ("", ())
    rows = await fetch_rows(connection, f"SELECT count(*) FROM ledger {condition}", parameters)
    return int(rows[0][0])


def entry_of_row(row: Row) -> LedgerEntry:
    """Returns the frozen form of a row of `ledger`. Raises ValueError if what is stored isn't readable."""
    # Backups of earlier releases, which are compared and not migrated, lack the later columns.
    later = {name: row[name] for name in row.keys() if name in _LATER}  # noqa: SIM118  # a Row iterates values
    starts_on = later.get("starts_on")
    return LedgerEntry(
        number=row["number"],
        kind=EntryKind(row["kind"]),
        member=row["member"],
        by=row["by_account"],
        at=from_text(row["at"]),
        duration=Duration.from_stored(row["duration"]) if row["duration"] else None,
        note=row["note"],
        target=row["target"],
        message=row["message"],
        successor=later.get("successor"),
        starts_on=date.fromisoformat(starts_on) if starts_on else None,
        is_trial=bool(later.get("is_trial")),
    )
