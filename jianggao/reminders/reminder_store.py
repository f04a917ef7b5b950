"""Stores which reminders were ordered, each once for each end of a subscription, and reads what became of
them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

import aiosqlite

from jianggao.clock import to_text
from jianggao.database.statements import fetch_rows
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
    """What became of it."""
    push: int | None = field(default=None, compare=False)
    """Its push, until that is deleted."""


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
        ON CONFLICT DO UPDATE SET at = excluded.at, push = excluded.push, outcome = 'waiting'
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
    """Returns whether the person was told after the end of this subscription, or may have been told. What was
    ordered before another reminder of the same end comes from a clock that was ahead, and doesn't count."""
    found = await _ordered(connection, "account = ? AND valid_until = ?", account, valid_until.isoformat())
    ended = next((reminder for reminder in found if reminder.kind is ReminderKind.ENDED), None)
    if ended is None or ended.state not in (PushState.DELIVERED, PushState.UNKNOWN):
        return False
    return not any(
        reminder.push > ended.push
        for reminder in found
        if reminder.kind is not ReminderKind.ENDED and reminder.push is not None and ended.push is not None
    )


async def latest_outcomes(connection: aiosqlite.Connection, first: date) -> dict[tuple[str, date], PushState]:
    """Returns what became of the reminders of each subscription that ends on `first` or later, by account
    and last day: of the latest one that doesn't wait any more, or of all that wait."""
    ordered = await _ordered(connection, "valid_until >= ? ORDER BY reminders.at", first.isoformat())
    outcomes: dict[tuple[str, date], PushState] = {}
    for reminder in ordered:
        key = (reminder.account, reminder.valid_until)
        if key not in outcomes or reminder.state not in (PushState.WAITING, PushState.SENDING):
            outcomes[key] = reminder.state
    return outcomes


async def undelivered(connection: aiosqlite.Connection) -> list[OrderedReminder]:
    """Returns the reminders that weren't delivered, or perhaps not, and that superusers weren't told of;
    without those of people whom a later one has reached."""
    return await _ordered(
        connection,
        """is_listed = 0 AND pushes.state IN ('refused', 'unknown', 'expired') AND NOT EXISTS (
               SELECT 1 FROM reminders AS later
               WHERE later.account = reminders.account AND later.valid_until = reminders.valid_until
                   AND later.at > reminders.at AND later.outcome = 'delivered'
           ) ORDER BY pushes.id""",
    )


def list_subject(list_kind: str, superuser: str, day: date, pushes: Iterable[int]) -> str:
    """Returns what the push of a list says to whom: it names the reminders that stand in the list."""
    return f"{list_kind}:{superuser}:{day.isoformat()}:{','.join(map(str, pushes))}"


def named_in(subject: str) -> frozenset[int]:
    """Returns the pushes of the reminders that a list with this subject names."""
    numbers = [*subject.split(":"), "", "", ""][3]
    return frozenset(int(number) for number in numbers.split(",") if number.isdecimal())


async def mark_listed(connection: aiosqlite.Connection, list_kind: str) -> None:
    """Records which reminders stood in a list (a push of `list_kind`) that a superuser got, or may have got."""
    rows = await fetch_rows(
        connection,
        "SELECT subject FROM pushes WHERE kind = ? AND state IN ('delivered', 'unknown')",
        (list_kind,),
    )
    named = frozenset[int]().union(*(named_in(row["subject"]) for row in rows))
    left = await undelivered(connection)
    await connection.executemany(
        "UPDATE reminders SET is_listed = 1 WHERE push = ?",
        [(reminder.push,) for reminder in left if reminder.push in named],
    )


def _key(reminder: DueReminder | OrderedReminder) -> tuple[str, str, str]:
    return reminder.account, reminder.valid_until.isoformat(), reminder.kind.value


async def _ordered(
    connection: aiosqlite.Connection, condition: str, *parameters: object
) -> list[OrderedReminder]:
    rows = await fetch_rows(
        connection,
        f"""
        SELECT account, valid_until, reminders.kind AS kind, coalesce(pushes.state, outcome) AS state, push
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
            row["push"],
        )
        for row in rows
    ]
