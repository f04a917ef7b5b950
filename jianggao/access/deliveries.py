"""The SQL of delivery records: every text that was about to leave, and what became of it."""

from __future__ import annotations

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


def count_deliveries_in(connection: sqlite3.Connection) -> int:
    """How many texts left, by a file that is only looked into."""
    return int(connection.execute("SELECT count(*) FROM deliveries").fetchone()[0])


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
