"""Stores delivery records: one of every text that was about to leave, and what became of it.

A record is written before the first byte of its text leaves, and is never changed afterwards but for its
outcome, which is written once (triggers of migration 0011 refuse the rest). Records are evidence of who had
which copy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

import aiosqlite

from jianggao.access.verdicts import Place
from jianggao.clock import to_text
from jianggao.database.statements import fetch_rows, insert_row

_NEWEST = 10_000
"""Records that `settle_interrupted` looks at: far more than the answers that can wait in a queue at once
name."""


class DeliveryOutcome(Enum):
    """What became of a recorded delivery. All but REFUSED count as received: in the day's allowance and in
    tracing."""

    RECORDED = "recorded"
    """Not known yet. What an ended bot left so is settled as UNKNOWN by the next start."""
    DELIVERED = "delivered"
    REFUSED = "refused"
    """Nothing of it left."""
    UNKNOWN = "unknown"
    """It may have arrived."""


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """How many texts left, each as often as it did."""

    full_texts: int
    sections: int


class CopyMark(Protocol):
    """How the copy is marked that a text was cut from."""

    @property
    def plan(self) -> int:
        """The id of the plan: which places of the version can be marked."""

    @property
    def mark_key(self) -> str:
        """The id of the key that decides the marks."""

    @property
    def marked_for(self) -> str | None:
        """The group and day that it is marked for; None where it is the account."""

    @property
    def text_sha256(self) -> str | None:
        """The digest of a full text's lines; None for a section."""


def count_deliveries_in(connection: sqlite3.Connection) -> int:
    """Returns how many texts left, by a file that is only looked into."""
    return int(connection.execute("SELECT count(*) FROM deliveries").fetchone()[0])


async def record_delivery(
    connection: aiosqlite.Connection,
    *,
    account: str,
    version: int,
    section: int | None,
    place: Place,
    form: str,
    at: datetime,
    mark: CopyMark | None = None,
    sha256: str | None = None,
    keyed_bits: int | None = None,
) -> int:
    """Stores a delivery that is about to happen (docs/rules.md, invariant 2: before its first byte); returns
    its id.

    `form` is by what the text was asked for: search, section, random, outline, quotes, similar; document, text,
    forward. `sha256` is that of the bytes that are sent, for a file. `keyed_bits` is how many bits of a full
    text hang on a key, those of its layout too.
    """
    return await insert_row(
        connection,
        """
        INSERT INTO deliveries (at, account, version, section, place, chat, form, outcome, sha256,
                                plan, mark_key, text_sha256, marked_for, keyed_bits)
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
            mark and mark.plan,
            mark and mark.mark_key,
            mark and mark.text_sha256,
            mark and mark.marked_for,
            keyed_bits,
        ),
    )


async def settle(
    connection: aiosqlite.Connection, deliveries: Iterable[int], outcome: DeliveryOutcome
) -> None:
    """Writes down what became of recorded deliveries. Raises sqlite3.IntegrityError if one of them is
    settled."""
    await connection.executemany(
        "UPDATE deliveries SET outcome = ? WHERE id = ?", [(outcome.value, number) for number in deliveries]
    )


async def settle_interrupted(connection: aiosqlite.Connection) -> None:
    """Settles the sections that were leaving when the bot ended as UNKNOWN: they may have arrived.

    That is for the start, when nothing is leaving. Only the newest records are looked at, since the table is
    large and only a few answers can wait at a time; an unsettled record counts as received anyhow.
    """
    await connection.execute(
        """
        UPDATE deliveries SET outcome = 'unknown'
        WHERE id > (SELECT max(id) FROM deliveries) - ? AND section IS NOT NULL AND outcome = 'recorded'
        """,
        (_NEWEST,),
    )


async def sections_between(
    connection: aiosqlite.Connection, account: str, start: datetime, end: datetime
) -> frozenset[int]:
    """Returns the ids of the sections that may have reached the person from `start` until before `end`."""
    rows = await fetch_rows(
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
    """Returns the versions whose full text may have reached the person from `start` until before `end`."""
    rows = await fetch_rows(
        connection,
        """
        SELECT DISTINCT version FROM deliveries
        WHERE account = ? AND at >= ? AND at < ? AND section IS NULL AND outcome <> 'refused'
        """,
        (account, to_text(start), to_text(end)),
    )
    return frozenset(row["version"] for row in rows)


async def count_between(connection: aiosqlite.Connection, start: datetime, end: datetime) -> DeliveryCounts:
    """Returns what may have reached people from `start` until before `end`."""
    rows = await fetch_rows(
        connection,
        """
        SELECT count(*) FILTER (WHERE section IS NULL) AS full_texts, count(section) AS sections
        FROM deliveries WHERE at >= ? AND at < ? AND outcome <> 'refused'
        """,
        (to_text(start), to_text(end)),
    )
    return DeliveryCounts(rows[0]["full_texts"], rows[0]["sections"])
