"""Stores imports that wait to be confirmed, and which orders were granted by which entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

import aiosqlite

from jianggao.bulk_membership.cell_values import bare_order
from jianggao.bulk_membership.dry_run import EffectKind, GrantedOrder, LineEffect
from jianggao.bulk_membership.member_rows import ImportLine
from jianggao.clock import from_text, to_text
from jianggao.database.statements import fetch_rows, insert_row
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import undone_by
from jianggao.membership.ledger_store import undo_entries


class ImportKind(Enum):
    """What an import brings."""

    MEMBERS = "members"


class ImportState(Enum):
    """What became of an import."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PendingImport:
    """A dry run as it was stored."""

    number: int
    kind: ImportKind
    by: str
    at: datetime
    digest: str
    """What the file is told by: SHA-256, in hex."""
    effects: tuple[LineEffect, ...]
    """What was shown of each line; empty when the import isn't open any more."""
    state: ImportState
    decided_at: datetime | None


async def add(
    connection: aiosqlite.Connection, *, by: str, at: datetime, digest: str, effects: Sequence[LineEffect]
) -> int:
    """Stores an import of members, and returns its number."""
    lines = json.dumps([_written(effect) for effect in effects], ensure_ascii=False)
    return await insert_row(
        connection,
        "INSERT INTO pending_imports (kind, by_account, at, digest, lines) VALUES (?, ?, ?, ?, ?)",
        (ImportKind.MEMBERS.value, by, to_text(at), digest, lines),
    )


async def pending(connection: aiosqlite.Connection, number: int) -> PendingImport | None:
    """Returns the import of that number; None if there is none."""
    rows = await fetch_rows(connection, "SELECT * FROM pending_imports WHERE number = ?", (number,))
    return _import(rows[0]) if rows else None


async def open_numbers(connection: aiosqlite.Connection) -> list[int]:
    """Returns the numbers of the imports that wait to be confirmed."""
    rows = await connection.execute_fetchall(
        "SELECT number FROM pending_imports WHERE state = 'open' ORDER BY number"
    )
    return [int(row[0]) for row in rows]


async def decide(connection: aiosqlite.Connection, number: int, state: ImportState, at: datetime) -> None:
    """Stores what became of an open import. Its lines are people's data, and are needed no longer."""
    await connection.execute(
        "UPDATE pending_imports SET state = ?, decided_at = ?, lines = '[]' WHERE number = ? AND state = 'open'",
        (state.value, to_text(at), number),
    )


async def has_older(connection: aiosqlite.Connection, than: datetime) -> bool:
    """Returns whether an import of before `than` is open."""
    rows = await connection.execute_fetchall(
        "SELECT 1 FROM pending_imports WHERE state = 'open' AND at < ? LIMIT 1", (to_text(than),)
    )
    return bool(list(rows))


async def drop_older(connection: aiosqlite.Connection, than: datetime, at: datetime) -> None:
    """Drops the open imports of before `than`."""
    await connection.execute(
        "UPDATE pending_imports SET state = 'dropped', decided_at = ?, lines = '[]' WHERE state = 'open' AND at < ?",
        (to_text(at), to_text(than)),
    )


async def done_with(connection: aiosqlite.Connection, digest: str) -> int | None:
    """Returns the number of the newest import of the same file that was confirmed; None if there is none."""
    rows = await connection.execute_fetchall(
        "SELECT max(number) FROM pending_imports WHERE digest = ? AND state = 'done'", (digest,)
    )
    number: int | None = next(iter(rows))[0]
    return number


async def granted_orders(connection: aiosqlite.Connection, orders: Iterable[str]) -> dict[str, GrantedOrder]:
    """Returns those of the orders that were granted."""
    asked = set(orders)
    # Before numbers were kept in one form, signs and words around them were kept with them.
    rows = await connection.execute_fetchall(
        """
        SELECT order_number, entry FROM shop_orders
        WHERE order_number IN (SELECT value FROM json_each(?)) OR order_number GLOB '*[^0-9A-Za-z-]*'
        """,
        (json.dumps(list(asked)),),
    )
    undone = undone_by(await undo_entries(connection))
    granted = {
        number: GrantedOrder(row["entry"], undone.get(row["entry"]))
        for row in rows
        for number in (row["order_number"], bare_order(row["order_number"]))
    }
    return {number: order for number, order in granted.items() if number in asked}


async def add_orders(connection: aiosqlite.Connection, orders: Iterable[tuple[str, int]]) -> None:
    """Stores which orders were granted, each with its entry. Raises sqlite3.IntegrityError if one was
    before."""
    await connection.executemany("INSERT INTO shop_orders (order_number, entry) VALUES (?, ?)", orders)


async def has_orders(connection: aiosqlite.Connection, entries: Iterable[int]) -> bool:
    """Returns whether one of these entries of the ledger was given for an order of a shop."""
    found = await connection.execute_fetchall(
        "SELECT 1 FROM shop_orders WHERE entry IN (SELECT value FROM json_each(?)) LIMIT 1",
        (json.dumps(list(entries)),),
    )
    return bool(list(found))


def _import(row: aiosqlite.Row) -> PendingImport:
    return PendingImport(
        number=row["number"],
        kind=ImportKind(row["kind"]),
        by=row["by_account"],
        at=from_text(row["at"]),
        digest=row["digest"],
        effects=tuple(map(_effect, json.loads(row["lines"]))),
        state=ImportState(row["state"]),
        decided_at=from_text(row["decided_at"]) if row["decided_at"] else None,
    )


def _written(effect: LineEffect) -> list[Any]:
    line = effect.line
    days = [line.starts_on, line.until, effect.valid_until, effect.before]
    durations = [line.duration, effect.duration]
    return [
        *(line.number, line.account, line.note, line.order, effect.kind.value),
        *(day and day.isoformat() for day in days),
        *(duration and duration.to_stored() for duration in durations),
        *(effect.is_suspended, effect.is_over, effect.reason, line.remark, list(line.more_orders)),
        *(day and day.isoformat() for day in (effect.first_day, effect.first_until)),
    ]


def _effect(written: list[Any]) -> LineEffect:
    number, account, note, order, kind, *rest = written
    starts_on, until, valid_until, before = (day and date.fromisoformat(day) for day in rest[:4])
    duration, given = (stored and Duration.from_stored(stored) for stored in rest[4:6])
    suspended, over, reason, *later = rest[6:]
    remark = later[0] if later else ""  # those of before the remark came may still be open
    orders = tuple(later[1]) if later[1:] else ()
    first_day, first_until = (day and date.fromisoformat(day) for day in later[2:4] or (None, None))
    line = ImportLine(number, account, starts_on, duration, until, note, order, remark, orders)
    told = (valid_until, before, suspended, over, reason, first_day, first_until)
    return LineEffect(line, EffectKind(kind), given, *told)
