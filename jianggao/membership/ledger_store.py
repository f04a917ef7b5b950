"""The SQL of membership: the ledger, append-only, and the delivery records."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from sqlite3 import Row
from typing import Protocol

import aiosqlite

from jianggao.access.verdicts import Place
from jianggao.clock import from_text, to_text
from jianggao.errors import AlreadyProcessed
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry


class DeliveryOutcome(Enum):
    """What became of a recorded delivery. Only REFUSED is known not to have left."""

    RECORDED = "recorded"
    DELIVERED = "delivered"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """A text that was about to leave when this was stored."""

    id: int
    at: datetime
    account: str
    version: int
    section: int | None
    """The section's id; None for the full text."""
    place: str
    """The value of a `PlaceKind`."""
    chat: str
    form: str
    outcome: DeliveryOutcome
    sha256: str | None


class Marked(Protocol):
    """What a delivery record says of a marked copy: plan, key, for whom it was marked where that isn't the account, and
    for a full text the digest of its lines."""

    @property
    def plan(self) -> int: ...
    @property
    def mark_key(self) -> str: ...
    @property
    def marked_for(self) -> str | None: ...
    @property
    def text_sha256(self) -> str | None: ...


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
) -> LedgerEntry:
    """Write the next line of the ledger. Raises AlreadyClaimed when `message` has written one already."""
    await require_unused(connection, message)
    cursor = await connection.execute(
        """
        INSERT INTO ledger (kind, member, by_account, at, duration, note, target, message)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (kind.value, member, by, to_text(at), duration and duration.to_stored(), note, target, message),
    )
    number = cursor.lastrowid
    await cursor.close()
    assert number is not None
    return LedgerEntry(number, kind, member, by, at, duration, note, target, message)


async def require_unused(connection: aiosqlite.Connection, message: str) -> None:
    """Raise AlreadyClaimed if `message` has written a line already."""
    if await _fetch(connection, "SELECT 1 FROM ledger WHERE message = ?", (message,)):
        raise AlreadyProcessed("这条消息已经办过了。")


async def entry(connection: aiosqlite.Connection, number: int) -> LedgerEntry | None:
    """One line of the ledger."""
    rows = await _fetch(connection, "SELECT * FROM ledger WHERE number = ?", (number,))
    return entry_of_row(rows[0]) if rows else None


async def entries_of(connection: aiosqlite.Connection, member: str) -> list[LedgerEntry]:
    """All lines about one person, oldest first; `fold` of them is that person's state."""
    rows = await _fetch(connection, "SELECT * FROM ledger WHERE member = ? ORDER BY number", (member,))
    return [entry_of_row(row) for row in rows]


async def all_entries(connection: aiosqlite.Connection) -> list[LedgerEntry]:
    """The whole ledger, oldest first. Made in a thread: of 15,000 entries it takes a fifth of a second."""
    rows = await _fetch(connection, "SELECT * FROM ledger ORDER BY number")
    return await asyncio.to_thread(lambda: [entry_of_row(row) for row in rows])


def entries_in(connection: sqlite3.Connection) -> list[LedgerEntry]:
    """The same of a file that is only looked into. Raises ValueError for a row that is no entry."""
    cursor = connection.cursor()
    cursor.row_factory = Row
    return [entry_of_row(row) for row in cursor.execute("SELECT * FROM ledger ORDER BY number")]


def count_deliveries_in(connection: sqlite3.Connection) -> int:
    """How many texts left, by a file that is only looked into."""
    return int(connection.execute("SELECT count(*) FROM deliveries").fetchone()[0])


async def undo_entries(connection: aiosqlite.Connection) -> list[LedgerEntry]:
    """The lines that take others out; enough for `undone_by`."""
    rows = await _fetch(connection, "SELECT * FROM ledger WHERE target IS NOT NULL ORDER BY number")
    return [entry_of_row(row) for row in rows]


async def page(
    connection: aiosqlite.Connection, *, limit: int, skip: int, member: str | None = None
) -> list[LedgerEntry]:
    """Lines newest first, of one person or of all."""
    condition, parameters = ("WHERE member = ?", (member,)) if member is not None else ("", ())
    rows = await _fetch(
        connection,
        f"SELECT * FROM ledger {condition} ORDER BY number DESC LIMIT ? OFFSET ?",
        (*parameters, limit, skip),
    )
    return [entry_of_row(row) for row in rows]


async def count(connection: aiosqlite.Connection, member: str | None = None) -> int:
    """How many lines there are, of one person or of all."""
    condition, parameters = ("WHERE member = ?", (member,)) if member is not None else ("", ())
    rows = await _fetch(connection, f"SELECT count(*) FROM ledger {condition}", parameters)
    return int(rows[0][0])


async def record(
    connection: aiosqlite.Connection,
    *,
    account: str,
    version: int,
    section: int | None,
    place: Place,
    form: str,
    at: datetime,
    marked: Marked | None = None,
    sha256: str | None = None,
    keyed_bits: int | None = None,
) -> int:
    """Store a delivery that is about to happen (invariant 2: before its first byte); gives its id. `keyed_bits`: how many
    bits of a full text hang on a key, those of its layout too."""
    cursor = await connection.execute(
        """
        INSERT INTO deliveries (at, account, version, section, place, chat, form, outcome, sha256, plan, mark_key,
                                text_sha256, marked_for, keyed_bits)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            to_text(at),
            account,
            version,
            section,
            place.kind.value,
            place.chat,
            form,
            DeliveryOutcome.RECORDED.value,
            sha256,
            marked and marked.plan,
            marked and marked.mark_key,
            marked and marked.text_sha256,
            marked and marked.marked_for,
            keyed_bits,
        ),
    )
    number = cursor.lastrowid
    await cursor.close()
    assert number is not None
    return number


async def settle(
    connection: aiosqlite.Connection, deliveries: Iterable[int], outcome: DeliveryOutcome
) -> None:
    """Write down what became of recorded deliveries."""
    await connection.executemany(
        "UPDATE deliveries SET outcome = ? WHERE id = ?", [(outcome.value, number) for number in deliveries]
    )


async def deliveries_of(connection: aiosqlite.Connection, account: str) -> list[DeliveryRecord]:
    """All that left to one person, oldest first."""
    rows = await _fetch(connection, "SELECT * FROM deliveries WHERE account = ? ORDER BY id", (account,))
    return [_delivery(row) for row in rows]


async def sections_between(
    connection: aiosqlite.Connection, account: str, start: datetime, end: datetime
) -> frozenset[int]:
    """The distinct sections that may have reached the person from `start` until before `end`."""
    rows = await _fetch(
        connection,
        """
        SELECT DISTINCT section FROM deliveries
        WHERE account = ? AND at >= ? AND at < ? AND section IS NOT NULL AND outcome <> 'refused'
        """,
        (account, to_text(start), to_text(end)),
    )
    return frozenset(row["section"] for row in rows)


async def full_texts_between(
    connection: aiosqlite.Connection, account: str, start: datetime, end: datetime
) -> frozenset[int]:
    """The distinct versions whose full text may have reached the person from `start` until before `end`."""
    rows = await _fetch(
        connection,
        """
        SELECT DISTINCT version FROM deliveries
        WHERE account = ? AND at >= ? AND at < ? AND section IS NULL AND outcome <> 'refused'
        """,
        (account, to_text(start), to_text(end)),
    )
    return frozenset(row["version"] for row in rows)


async def _fetch(connection: aiosqlite.Connection, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
    return list(await connection.execute_fetchall(sql, parameters))


def entry_of_row(row: Row) -> LedgerEntry:
    """The frozen form of a row of `ledger`. Raises ValueError where what is stored isn't readable."""
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
    )


def _delivery(row: Row) -> DeliveryRecord:
    return DeliveryRecord(
        id=row["id"],
        at=from_text(row["at"]),
        account=row["account"],
        version=row["version"],
        section=row["section"],
        place=row["place"],
        chat=row["chat"],
        form=row["form"],
        outcome=DeliveryOutcome(row["outcome"]),
        sha256=row["sha256"],
    )


async def slow_questions(connection: aiosqlite.Connection) -> int:
    """How many questions ever ran out of their time."""
    rows = await connection.execute_fetchall("SELECT coalesce(sum(count), 0) FROM slow_questions")
    return int(next(iter(rows))[0])
