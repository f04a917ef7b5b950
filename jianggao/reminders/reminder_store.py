"""Stores which reminders were ordered, each once for each end of a subscription, and reads what became of
them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Row

import aiosqlite

from jianggao.clock import to_text
from jianggao.outbound import push_store
from jianggao.outbound.push_store import Push, PushState
from jianggao.reminders.due_reminders import DueReminder, ReminderKind

KIND = "reminder"
"""The kind of these pushes."""


@dataclass(frozen=True, slots=True)
class OrderedReminder:
    """A reminder that was ordered."""

    account: str
    valid_until: date
    kind: ReminderKind
    state: PushState
    """What became of it; DELIVERED where its push is too old to be kept."""


def subject(due: DueReminder) -> str:
    """Returns what the push of a reminder says to whom."""
    return f"{KIND}:{due.account}:{due.valid_until.isoformat()}:{due.kind.value}"


async def order(connection: aiosqlite.Connection, due: DueReminder, push: Push, now: datetime) -> bool:
    """Orders a reminder and its push together. Returns False if it was ordered before, unless that was
    dropped before it left."""
    found = await _ordered(connection, "account = ? AND valid_until = ? AND reminders.kind = ?", *_key(due))
    if found and found[0].state is not PushState.DROPPED:
        return False
    number = await push_store.order(connection, push, now)
    if number is None:
        return False
    await connection.execute(
        """
        INSERT INTO reminders (account, valid_until, kind, at, push) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET at = excluded.at, push = excluded.push
        """,
        (*_key(due), to_text(now), number),
    )
    return True


async def ordered_since(connection: aiosqlite.Connection, first: date) -> set[tuple[str, date, ReminderKind]]:
    """Returns what was ordered, and not dropped, of subscriptions that end on `first` or later."""
    ordered = await _ordered(connection, "valid_until >= ?", first.isoformat())
    return {
        (reminder.account, reminder.valid_until, reminder.kind)
        for reminder in ordered
        if reminder.state is not PushState.DROPPED
    }


async def of_push(connection: aiosqlite.Connection, push: int) -> OrderedReminder | None:
    """Returns the reminder that a push is; None if it is none."""
    found = await _ordered(connection, "push = ?", push)
    return found[0] if found else None


async def was_reminded(connection: aiosqlite.Connection, account: str, valid_until: date) -> bool:
    """Returns whether the person was told after the end of this subscription, or may have been told."""
    found = await _ordered(
        connection,
        "account = ? AND valid_until = ? AND reminders.kind = ?",
        account,
        valid_until.isoformat(),
        ReminderKind.ENDED.value,
    )
    return bool(found) and found[0].state in (PushState.DELIVERED, PushState.UNKNOWN)


async def latest_outcomes(connection: aiosqlite.Connection, first: date) -> dict[tuple[str, date], PushState]:
    """Returns what became of the latest reminder of each subscription that ends on `first` or later, by
    account and last day."""
    ordered = await _ordered(connection, "valid_until >= ? ORDER BY reminders.at", first.isoformat())
    return {(reminder.account, reminder.valid_until): reminder.state for reminder in ordered}


async def undelivered(connection: aiosqlite.Connection) -> list[OrderedReminder]:
    """Returns the reminders that weren't delivered, or perhaps not, and that superusers weren't told of."""
    return await _ordered(
        connection, "is_listed = 0 AND pushes.state IN ('refused', 'unknown') ORDER BY pushes.id"
    )


async def mark_listed(connection: aiosqlite.Connection, reminders: Iterable[OrderedReminder]) -> None:
    """Records that superusers are told of these."""
    await connection.executemany(
        "UPDATE reminders SET is_listed = 1 WHERE account = ? AND valid_until = ? AND kind = ?",
        [_key(reminder) for reminder in reminders],
    )


def _key(reminder: DueReminder | OrderedReminder) -> tuple[str, str, str]:
    return reminder.account, reminder.valid_until.isoformat(), reminder.kind.value


async def _ordered(
    connection: aiosqlite.Connection, condition: str, *parameters: object
) -> list[OrderedReminder]:
    rows = await _fetch(
        connection,
        f"""
        SELECT account, valid_until, reminders.kind AS kind, coalesce(pushes.state, 'delivered') AS state
        FROM reminders LEFT JOIN pushes ON pushes.id = reminders.push WHERE {condition}
        """,
        parameters,
    )
    return [
        OrderedReminder(
            row["account"],
            date.fromisoformat(row["valid_until"]),
            ReminderKind(row["kind"]),
            PushState(row["state"]),
        )
        for row in rows
    ]


async def _fetch(connection: aiosqlite.Connection, sql: str, parameters: Sequence[object]) -> list[Row]:
    return list(await connection.execute_fetchall(sql, parameters))
