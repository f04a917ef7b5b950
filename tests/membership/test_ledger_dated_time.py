"""The fold of time that begins on a named day, beside other time: no day is lost, and none comes twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.membership.durations import Duration
from jianggao.membership.ledger import (
    EntitlementWindow,
    EntryKind,
    LedgerEntry,
    MemberState,
    Standing,
    fold,
)

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 18, 2, tzinfo=timezone.utc)  # ten in the morning in Shanghai
TODAY = date(2026, 3, 18)
YEAR = Duration(years=1)
MONTH = Duration(months=1)


def entry(number: int, kind: EntryKind, duration: Duration = YEAR, at: datetime = START) -> LedgerEntry:
    return LedgerEntry(number, kind, "10001", "10000", at, duration, "", None, f"message {number}")


def dated(number: int, starts_on: date, duration: Duration = YEAR, at: datetime = START) -> LedgerEntry:
    return replace(entry(number, EntryKind.GRANT, duration, at), starts_on=starts_on)


def local(day: date, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def covered(state: MemberState) -> set[date]:
    """The days on which somebody is a member."""
    return {
        span.first_day + timedelta(days=ahead)
        for span in state.spans
        for ahead in range((span.valid_until - span.first_day).days + 1)
    }


def test_time_that_begins_on_another_day_counts_from_there() -> None:
    began = replace(entry(1, EntryKind.GRANT), starts_on=date(2026, 1, 10))
    state = fold([began], ZONE)
    assert state.valid_until == date(2027, 1, 10)
    assert state.standing(local(date(2026, 1, 10))) is Standing.ACTIVE
    assert state.window(START) == EntitlementWindow(date(2023, 1, 10), date(2027, 1, 10))


def test_time_that_begins_later_is_not_given_before() -> None:
    later = replace(entry(1, EntryKind.GRANT), starts_on=date(2026, 4, 1))
    state = fold([later], ZONE)
    assert state.standing(START) is Standing.NEVER and state.begins_on(START) == date(2026, 4, 1)
    assert state.standing(local(date(2026, 3, 31), 23, 59)) is Standing.NEVER
    assert state.begins_on(local(date(2026, 4, 1))) is None
    assert state.standing(local(date(2026, 4, 1))) is Standing.ACTIVE


def test_time_from_before_other_time_lies_before_it_and_what_both_have_follows() -> None:
    """Half a year is past, and half a year meets what was given today."""
    early, granted = dated(1, date(2025, 9, 18)), entry(2, EntryKind.GRANT)
    for entries in ([early, granted], [replace(granted, number=1), replace(early, number=2)]):
        state = fold(entries, ZONE)
        assert state.valid_until == date(2027, 9, 18)
        assert state.window(START) == EntitlementWindow(date(2022, 9, 18), date(2027, 9, 18))


def test_time_that_ends_today_adds_no_day() -> None:
    state = fold([entry(1, EntryKind.GRANT), dated(2, date(2025, 3, 18))], ZONE)
    assert state.valid_until == date(2027, 3, 18) and state.spans[0].first_day == date(2025, 3, 18)


def test_time_from_a_day_on_which_other_time_ran_follows_that() -> None:
    """Somebody paid for another year a week before the end, and the table was imported after it."""
    later = START + timedelta(days=370)
    entries = [entry(1, EntryKind.GRANT), dated(2, date(2027, 3, 11), at=later)]
    assert fold(entries, ZONE).valid_until == date(2028, 3, 18)


@pytest.mark.parametrize("kind", [EntryKind.GRANT, EntryKind.RENEW, EntryKind.REDEEM])
def test_a_renewal_follows_what_runs_though_later_time_was_given_already(kind: EntryKind) -> None:
    entries = [dated(1, date(2026, 6, 1)), entry(2, EntryKind.GRANT, MONTH), entry(3, kind, MONTH)]
    state = fold(entries, ZONE)
    assert [(span.first_day, span.valid_until) for span in state.spans] == [
        (TODAY, date(2026, 4, 18)),
        (date(2026, 4, 19), date(2026, 5, 18)),
        (date(2026, 6, 1), date(2027, 6, 1)),
    ]
    state = fold([*entries, entry(4, kind, MONTH)], ZONE)
    # 19 May to 18 June: of these 18 days are there already, and follow 1 June 2027.
    assert state.unbroken_until(TODAY) == state.valid_until == date(2027, 6, 19)


@given(
    st.lists(
        st.tuples(st.integers(-500, 500), st.integers(1, 400), st.booleans(), st.integers(0, 90)),
        min_size=1,
        max_size=8,
    )
)
def test_what_is_given_never_takes_a_day_and_never_gives_more_than_it_has(
    gifts: list[tuple[int, int, bool, int]],
) -> None:
    entries: list[LedgerEntry] = []
    at = START
    for number, (ahead, days, is_dated, passed) in enumerate(gifts, 1):
        at += timedelta(days=passed)
        before = covered(fold(entries, ZONE))
        given_time = Duration(days=days)
        starts_on = at.astimezone(ZONE).date() + timedelta(days=ahead)
        entries.append(
            dated(number, starts_on, given_time, at)
            if is_dated
            else entry(number, EntryKind.GRANT, given_time, at)
        )
        after = covered(fold(entries, ZONE))
        assert before <= after
        # A time of so many days has that day and so many more, as 1 year from 18 March ends on 18 March.
        assert len(after) - len(before) <= days + 1
        today = at.astimezone(ZONE).date()
        if not is_dated:
            assert sum(day > today for day in after - before) == days


def test_time_that_was_over_before_its_entry_is_the_past_alone() -> None:
    over = replace(entry(2, EntryKind.GRANT, duration=MONTH), starts_on=date(2020, 1, 1))
    state = fold([entry(1, EntryKind.GRANT), over], ZONE)
    assert state.valid_until == date(2027, 3, 18)
    assert [span.first_day for span in state.spans] == [date(2020, 1, 1), date(2026, 3, 18)]


def test_time_is_given_at_once_where_other_time_only_begins_later() -> None:
    later = replace(entry(1, EntryKind.GRANT), starts_on=date(2026, 6, 1))
    state = fold([later, entry(2, EntryKind.REDEEM)], ZONE)
    assert state.standing(START) is Standing.ACTIVE
    # 1 June to 18 March 2027 is covered twice: these 291 days follow 1 June 2027.
    assert state.valid_until == date(2027, 6, 1) + timedelta(days=291)
    apart = fold([later, entry(2, EntryKind.REDEEM, duration=MONTH)], ZONE)
    assert apart.valid_until == date(2027, 6, 1) and apart.standing(START) is Standing.ACTIVE


def test_days_that_nothing_covers_are_told() -> None:
    state = fold([entry(1, EntryKind.GRANT, MONTH), dated(2, date(2026, 6, 1))], ZONE)
    assert state.gap(START) == (date(2026, 4, 19), date(2026, 5, 31))
    assert state.ends_on(START) == date(2026, 4, 18) and state.valid_until == date(2027, 6, 1)
    within = local(date(2026, 5, 1))
    assert state.standing(within) is Standing.EXPIRED and state.begins_on(within) == date(2026, 6, 1)
    assert state.ends_on(within) == date(2026, 4, 18) and state.gap(within) is None
    assert state.ends_on(local(date(2026, 6, 1))) == date(2027, 6, 1)
    assert fold([dated(1, date(2026, 6, 1))], ZONE).ends_on(START) is None
