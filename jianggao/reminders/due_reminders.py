"""Decides which reminder of the end of a subscription is due (docs/rules.md, Membership). Pure: states and the
moment come in.

Only the nearest one is due: who couldn't be reminded a week before, because the bot was off, is reminded with
the number of days that are left.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import Enum

from jianggao.membership.ledger import MemberState, Standing, end_of_day

WEEK = 7
"""Days before the end from which on the first reminder is due, and after it until the last one is."""


class ReminderKind(Enum):
    """Which of the reminders it is."""

    WEEK = "week"
    """From seven days before the end."""
    DAY = "day"
    """On the day before the last one."""
    LAST_DAY = "last_day"
    """On the last day."""
    ENDED = "ended"
    """In the week after the end."""


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder that is due at a moment."""

    account: str
    kind: ReminderKind
    valid_until: date
    days_left: int
    """From today to `valid_until`: 0 on the last day, negative when it is over."""
    again_on: date | None = None
    """The first day of time that begins later, after days without; None if there is none."""


def due_reminder(account: str, state: MemberState, now: datetime, zone: tzinfo) -> DueReminder | None:
    """Returns the reminder of this person that is due at `now`; None if none is.

    None is due during a suspension, nor before the end of what was given for no longer than the reminder's
    time ahead: a trial of three days isn't announced to end within a week. Where further time begins only days
    later, the end before that is announced too, but isn't told of afterwards.
    """
    until = state.ends_on(now)
    if until is None:
        return None
    days_left = (until - now.astimezone(zone).date()).days
    kind = _kind(days_left)
    if kind is None:
        return None
    if kind is ReminderKind.ENDED:
        is_due = state.standing(now) is Standing.EXPIRED and state.begins_on(now) is None
    else:
        begun_before = until - timedelta(days=_AHEAD[kind])
        is_due = state.standing(now) is Standing.ACTIVE and _unbroken_since(state, until) < begun_before
    gap = state.gap(now)
    again_on = None if gap is None else gap[1] + timedelta(days=1)
    return DueReminder(account, kind, until, days_left, again_on) if is_due else None


def due_reminders(
    states: Mapping[str, MemberState], now: datetime, zone: tzinfo, without: Collection[str] = ()
) -> list[DueReminder]:
    """Returns all reminders that are due at `now`, of everybody but `without`: first those of the
    subscriptions that end first."""
    due = [
        reminder
        for account, state in states.items()
        if account not in without and (reminder := due_reminder(account, state, now, zone)) is not None
    ]
    return sorted(due, key=lambda reminder: (reminder.valid_until, reminder.account))


def due_until(kind: ReminderKind, valid_until: date, zone: tzinfo) -> datetime:
    """Returns the first moment at which this reminder isn't due any more, as the next one is, or none."""
    return end_of_day(valid_until + timedelta(days=_LAST_DAY_DUE[kind]), zone)


_AHEAD = {ReminderKind.WEEK: WEEK, ReminderKind.DAY: 1, ReminderKind.LAST_DAY: 0}
"""How many days before the end a reminder is due first."""
_LAST_DAY_DUE = {
    ReminderKind.WEEK: -2,
    ReminderKind.DAY: -1,
    ReminderKind.LAST_DAY: 0,
    ReminderKind.ENDED: WEEK,
}
"""The last day on which a reminder is due, counted from the last day of the subscription."""


def _kind(days_left: int) -> ReminderKind | None:
    if 1 < days_left <= WEEK:
        return ReminderKind.WEEK
    if days_left == 1:
        return ReminderKind.DAY
    if days_left == 0:
        return ReminderKind.LAST_DAY
    return ReminderKind.ENDED if -WEEK <= days_left < 0 else None


def _unbroken_since(state: MemberState, until: date) -> date:
    """Returns the first day of the time that ends with the subscription until this day and leaves out no
    day."""
    spans = state.spans
    first = next(place for place, span in enumerate(spans) if span.valid_until == until)
    while first > 0 and spans[first].first_day <= spans[first - 1].valid_until + timedelta(days=1):
        first -= 1
    return spans[first].first_day
