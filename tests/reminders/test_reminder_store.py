"""Reminders in the store: each once for each end, and what became of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from stored_pushes import push_row

from jianggao.database import Database
from jianggao.outbound import push_store
from jianggao.outbound.push_store import KEPT, Push, PushState
from jianggao.reminders import reminder_store
from jianggao.reminders.due_reminders import DueReminder, ReminderKind

NOW = datetime(2026, 3, 18, 4, tzinfo=timezone.utc)
END = date(2026, 3, 25)
DUE = DueReminder("20001", ReminderKind.WEEK, END, 7)


async def ordered(database: Database, due: DueReminder = DUE, at: datetime = NOW) -> bool:
    push = Push(reminder_store.KIND, reminder_store.subject(due), due.account, "", at, at + timedelta(days=9))
    async with database.write() as connection:
        return await reminder_store.order(connection, due, push, at)


async def settled(database: Database, state: PushState, at: datetime = NOW) -> None:
    async with database.write() as connection:
        stored = await push_store.next_due(connection, at)
        assert stored is not None
        await push_store.begin(connection, stored.id, "你好")
        await push_store.settle(connection, stored.id, state, at)


async def test_a_reminder_is_ordered_once_for_an_end(database: Database) -> None:
    assert await ordered(database)
    assert not await ordered(database)
    assert await ordered(database, DueReminder("20001", ReminderKind.WEEK, END + timedelta(days=365), 7))
    assert await ordered(database, DueReminder("20001", ReminderKind.DAY, END, 1))


@pytest.mark.parametrize("state", [PushState.DELIVERED, PushState.UNKNOWN, PushState.REFUSED])
async def test_what_left_or_was_refused_is_not_ordered_again(database: Database, state: PushState) -> None:
    await ordered(database)
    await settled(database, state)
    assert not await ordered(database)


async def test_also_when_the_record_of_its_push_is_gone(database: Database) -> None:
    await ordered(database)
    await settled(database, PushState.DELIVERED)
    async with database.write() as connection:
        await push_store.clear(connection, NOW + KEPT + timedelta(days=1))
        assert await push_row(connection, 1) is None
        assert ("20001", END, ReminderKind.WEEK) in await reminder_store.ordered_since(connection, END)
    assert not await ordered(database)


async def test_what_was_dropped_before_it_left_is_ordered_anew(database: Database) -> None:
    await ordered(database)
    await settled(database, PushState.DROPPED)
    async with database.read() as connection:
        assert await reminder_store.ordered_since(connection, END) == set()
    assert await ordered(database)


async def test_a_push_leads_to_its_reminder(database: Database) -> None:
    await ordered(database)
    async with database.read() as connection:
        found = await reminder_store.of_push(connection, 1)
        assert found == reminder_store.OrderedReminder("20001", END, ReminderKind.WEEK, PushState.WAITING)
        assert await reminder_store.of_push(connection, 2) is None


@pytest.mark.parametrize("state", list(PushState))
async def test_who_was_told_after_the_end(database: Database, state: PushState) -> None:
    due = DueReminder("20001", ReminderKind.ENDED, END, -1)
    async with database.read() as connection:
        assert not await reminder_store.was_reminded(connection, "20001", END)
    await ordered(database, due)
    if state not in (PushState.WAITING, PushState.SENDING):
        await settled(database, state)
    async with database.read() as connection:
        told = await reminder_store.was_reminded(connection, "20001", END)
    assert told is (state in (PushState.DELIVERED, PushState.UNKNOWN))


async def test_a_reminder_before_the_end_does_not_tell_of_it(database: Database) -> None:
    await ordered(database)
    await settled(database, PushState.DELIVERED)
    async with database.read() as connection:
        assert not await reminder_store.was_reminded(connection, "20001", END)


async def test_the_latest_outcome_counts(database: Database) -> None:
    await ordered(database)
    await settled(database, PushState.REFUSED)
    later = NOW + timedelta(days=6)
    await ordered(database, DueReminder("20001", ReminderKind.DAY, END, 1), later)
    await settled(database, PushState.DELIVERED, later)
    async with database.read() as connection:
        assert await reminder_store.latest_outcomes(connection, END) == {("20001", END): PushState.DELIVERED}
        assert await reminder_store.latest_outcomes(connection, END + timedelta(days=1)) == {}


async def test_what_was_not_delivered_is_listed_once(database: Database) -> None:
    for account, state in (
        ("20001", PushState.REFUSED),
        ("20002", PushState.UNKNOWN),
        ("20003", PushState.DELIVERED),
        ("20004", PushState.DROPPED),
        ("20005", PushState.EXPIRED),
    ):
        await ordered(database, DueReminder(account, ReminderKind.WEEK, END, 7))
        await settled(database, state)
    async with database.write() as connection:
        found = await reminder_store.undelivered(connection)
        assert [reminder.account for reminder in found] == ["20001", "20002", "20005"]
        later = NOW + timedelta(hours=1)
        for superuser, state in (("90001", PushState.REFUSED), ("90002", PushState.DELIVERED)):
            subject = reminder_store.list_subject(
                "list", superuser, END, [reminder.push or 0 for reminder in found[:2]]
            )
            push = Push("list", subject, superuser, "", later, later + timedelta(days=1))
            number = await push_store.order(connection, push, later)
            await push_store.settle(connection, number or 0, state, later)
            await reminder_store.mark_listed(connection, "list")
            left = await reminder_store.undelivered(connection)
            named = 2 if state is PushState.DELIVERED else 0
            assert left == found[named:], "a list that came counts alone, for whom it names"


def test_a_list_is_about_those_whom_its_subject_names() -> None:
    assert reminder_store.named_in(reminder_store.list_subject("list", "90001", END, [3, 12])) == {3, 12}
    assert reminder_store.named_in("list:90001:2027-03-18") == frozenset()


async def test_a_reminder_of_the_end_that_came_before_those_ahead_of_it_does_not_count(
    database: Database,
) -> None:
    await ordered(database, DueReminder("20001", ReminderKind.WEEK, END, 7))
    await ordered(database, DueReminder("20001", ReminderKind.ENDED, END, -1))
    for _ in range(2):
        await settled(database, PushState.DELIVERED)
    async with database.read() as connection:
        assert await reminder_store.was_reminded(connection, "20001", END)
    await ordered(database, DueReminder("20001", ReminderKind.DAY, END, 1))
    async with database.read() as connection:
        assert not await reminder_store.was_reminded(connection, "20001", END)


async def test_the_outcome_outlives_the_push(database: Database) -> None:
    due = DueReminder("20001", ReminderKind.ENDED, END, -1)
    await ordered(database, due)
    await settled(database, PushState.REFUSED)
    async with database.write() as connection:
        await connection.execute("DELETE FROM pushes")
        assert not await reminder_store.was_reminded(connection, "20001", END)
        await connection.execute("UPDATE reminders SET outcome = 'delivered'")
        assert await reminder_store.was_reminded(connection, "20001", END)
