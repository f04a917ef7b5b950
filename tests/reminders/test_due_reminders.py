"""Which reminder is due on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry, fold_all
from jianggao.reminders.due_reminders import DueReminder, ReminderKind, due_reminders, due_until

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 18, 10, tzinfo=ZONE)
END = date(2027, 3, 18)
YEAR = Duration(years=1)
WEEK, DAY, LAST_DAY, ENDED = ReminderKind


def entry(
    number: int, kind: EntryKind, at: datetime = START, duration: Duration | None = None
) -> LedgerEntry:
    return LedgerEntry(number, kind, "20001", "90001", at, duration, "", None, f"message {number}")


def granted(number: int = 1, at: datetime = START, duration: Duration = YEAR) -> LedgerEntry:
    return entry(number, EntryKind.GRANT, at, duration)


def due(now: datetime, *entries: LedgerEntry, without: set[str] | None = None) -> list[DueReminder]:
    return due_reminders(fold_all(entries or [granted()], ZONE), now, ZONE, without or set())


def on(days_left: int, hour: int = 12) -> datetime:
    return datetime(END.year, END.month, END.day, hour, tzinfo=ZONE) - timedelta(days=days_left)


@pytest.mark.parametrize(
    ("days_left", "kind"),
    [
        (365, None),
        (8, None),
        (7, WEEK),
        (6, WEEK),
        (2, WEEK),
        (1, DAY),
        (0, LAST_DAY),
        (-1, ENDED),
        (-7, ENDED),
        (-8, None),
        (-365, None),
    ],
)
def test_the_nearest_reminder_is_due_and_says_how_many_days_are_left(
    days_left: int, kind: ReminderKind | None
) -> None:
    expected = [] if kind is None else [DueReminder("20001", kind, END, days_left)]
    assert due(on(days_left)) == expected


def test_days_begin_at_midnight_of_the_timezone() -> None:
    assert due(on(8, 23)) == [] and due(on(7, 0))[0].kind is WEEK
    assert due(on(0, 23))[0].kind is LAST_DAY and due(on(-1, 0))[0].kind is ENDED


@pytest.mark.parametrize("kind", list(ReminderKind))
def test_a_reminder_is_due_until_the_next_one_is(kind: ReminderKind) -> None:
    until = due_until(kind, END, ZONE)
    before, after = due(until - timedelta(seconds=1)), due(until)
    assert before[0].kind is kind and (not after or after[0].kind is not kind)


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        (1, [LAST_DAY, ENDED]),
        (2, [DAY, LAST_DAY, ENDED]),
        (3, [DAY, LAST_DAY, ENDED]),
        (7, [DAY, LAST_DAY, ENDED]),
        (8, [WEEK, DAY, LAST_DAY, ENDED]),
    ],
)
def test_what_was_given_for_a_few_days_is_not_announced_to_end_at_once(
    days: int, kinds: list[ReminderKind]
) -> None:
    given = granted(duration=Duration(days=days))
    found = [due(START + timedelta(days=passed), given) for passed in range(days + 10)]
    assert list(dict.fromkeys(one.kind for reminders in found for one in reminders)) == kinds


def test_a_few_days_more_behind_a_year_are_announced() -> None:
    more = entry(2, EntryKind.RENEW, on(1), Duration(days=3))
    assert due(on(1), granted(), more)[0].kind is WEEK


@pytest.mark.parametrize(("late", "kind"), [(1, WEEK), (2, None)])
def test_what_follows_without_a_day_between_goes_on(late: int, kind: ReminderKind | None) -> None:
    more = entry(2, EntryKind.GRANT, on(-late), Duration(days=3))
    assert [one.kind for one in due(on(-late), granted(), more)] == [kind] * (kind is not None)


def test_who_has_renewed_is_reminded_of_the_new_end_alone() -> None:
    renewed = granted(), entry(2, EntryKind.RENEW, on(7), YEAR)
    assert due(on(7), *renewed) == [] and due(on(-1), *renewed) == []
    assert due(on(0) + timedelta(days=359), *renewed)[0].valid_until == date(2028, 3, 18)


def test_an_undone_renewal_brings_the_reminder_back() -> None:
    undone = replace(entry(3, EntryKind.UNDO, on(5)), target=2)
    assert due(on(5), granted(), entry(2, EntryKind.RENEW, on(7), YEAR), undone)[0].kind is WEEK


def test_nobody_is_reminded_while_suspended() -> None:
    suspended = granted(), entry(2, EntryKind.SUSPEND)
    assert not any(due(on(days), *suspended) for days in range(8, -8, -1))
    assert due(on(3), *suspended, entry(3, EntryKind.RESUME))[0].kind is WEEK


def test_a_transfer_takes_the_reminders_along() -> None:
    moved = replace(entry(2, EntryKind.TRANSFER, on(30)), successor="20002")
    assert [one.account for one in due(on(7), granted(), moved)] == ["20002"]


def test_an_imported_subscription_that_ends_soon_is_announced() -> None:
    imported = replace(granted(at=on(3)), starts_on=date(2026, 3, 18))
    assert due(on(3), imported)[0].days_left == 3


def test_what_begins_later_is_not_announced_before() -> None:
    later = replace(granted(duration=Duration(days=2)), starts_on=START.date() + timedelta(days=4))
    assert due(START, later) == []


def test_who_is_left_out_is_left_out() -> None:
    assert due(on(7), without={"20001"}) == []


def test_those_whose_time_ends_first_come_first() -> None:
    others = [replace(granted(n, START - timedelta(days=n)), member=f"2000{n}") for n in range(2, 5)]
    assert [one.account for one in due(on(7), granted(), *others)] == ["20004", "20003", "20002", "20001"]


def test_the_end_before_days_without_is_announced_and_not_told_of_afterwards() -> None:
    later = replace(granted(2), starts_on=END + timedelta(days=30))
    found = due(on(7), granted(), later)
    assert found == [DueReminder("20001", WEEK, END, 7, again_on=END + timedelta(days=30))]
    assert due(on(-1), granted(), later) == []
