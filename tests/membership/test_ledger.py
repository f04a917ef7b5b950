"""The fold: what the ledger says about a person, whatever is granted, suspended and undone."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.membership.durations import Duration, add
from jianggao.membership.ledger import (
    GIVING,
    EntitlementWindow,
    EntryKind,
    LedgerEntry,
    MemberState,
    Standing,
    end_of_day,
    fold,
    undone_by,
)

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 18, 2, tzinfo=timezone.utc)  # ten in the morning in Shanghai
YEAR = Duration(years=1)
MONTH = Duration(months=1)


def entry(
    number: int, kind: EntryKind, at: datetime = START, duration: Duration | None = None
) -> LedgerEntry:
    if kind in GIVING and duration is None:
        duration = YEAR
    return LedgerEntry(number, kind, "10001", "10000", at, duration, "", None, f"message {number}")


def undo(number: int, target: int, at: datetime = START) -> LedgerEntry:
    return replace(entry(number, EntryKind.UNDO, at), target=target)


def local(day: date, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=ZONE)


@st.composite
def ledgers(draw: st.DrawFn) -> list[LedgerEntry]:
    """Ledgers of one person as operators could write them; the clock may jump back."""
    entries: list[LedgerEntry] = []
    at = START
    for _ in range(draw(st.integers(0, 12))):
        at += timedelta(hours=draw(st.integers(-400, 20_000)))
        kind = draw(st.sampled_from(list(EntryKind)))
        if kind is EntryKind.UNDO:
            if entries:
                entries.append(undo(len(entries) + 1, draw(st.integers(1, len(entries))), at))
            continue
        duration = Duration(months=draw(st.integers(0, 14)), days=draw(st.integers(1, 40)))
        entries.append(entry(len(entries) + 1, kind, at, duration if kind in GIVING else None))
    return entries


moments = st.integers(-100, 3_000).map(lambda count: START + timedelta(days=count, minutes=count % 7))


def test_nobody_is_a_member_without_an_entry() -> None:
    state = fold([], ZONE)
    assert state == MemberState()
    assert state.standing(START) is Standing.NEVER
    assert state.valid_until is None
    assert state.window(START) is None


def test_valid_until_is_that_days_end_in_the_timezone() -> None:
    state = fold([entry(1, EntryKind.GRANT)], ZONE)
    assert state.valid_until == date(2027, 3, 18)
    last_second = local(date(2027, 3, 18), 23, 59, 59)
    assert state.standing(last_second) is Standing.ACTIVE
    assert state.standing(last_second + timedelta(seconds=1)) is Standing.EXPIRED
    assert state.standing(START - timedelta(days=1)) is Standing.NEVER


def test_the_day_of_a_grant_is_the_day_in_the_timezone() -> None:
    late = datetime(2026, 3, 18, 17, tzinfo=timezone.utc)  # one in the night of the 19th in Shanghai
    assert fold([entry(1, EntryKind.GRANT, late)], ZONE).valid_until == date(2027, 3, 19)


@pytest.mark.parametrize("kind", [EntryKind.GRANT, EntryKind.RENEW, EntryKind.REDEEM, EntryKind.REWARD])
def test_time_given_while_running_starts_at_the_end(kind: EntryKind) -> None:
    later = START + timedelta(days=100)
    state = fold([entry(1, EntryKind.GRANT), entry(2, kind, later, MONTH)], ZONE)
    assert state.valid_until == date(2027, 4, 18)
    assert state.running(local(date(2027, 3, 19)))


def test_a_renewal_on_the_last_day_starts_at_its_end_and_one_second_later_now() -> None:
    last_second = local(date(2027, 3, 18), 23, 59, 59)
    granted = entry(1, EntryKind.GRANT)
    assert fold([granted, entry(2, EntryKind.RENEW, last_second, MONTH)], ZONE).valid_until == date(
        2027, 4, 18
    )
    next_day = last_second + timedelta(seconds=1)
    assert fold([granted, entry(2, EntryKind.RENEW, next_day, MONTH)], ZONE).valid_until == date(2027, 4, 19)


def test_suspension_locks_and_does_not_stop_time() -> None:
    suspended = [entry(1, EntryKind.GRANT), entry(2, EntryKind.SUSPEND, START + timedelta(days=1))]
    resumed = [*suspended, entry(3, EntryKind.RESUME, START + timedelta(days=200))]
    now = START + timedelta(days=300)
    assert fold(suspended, ZONE).standing(now) is Standing.SUSPENDED
    assert fold(resumed, ZONE).standing(now) is Standing.ACTIVE
    assert fold(resumed, ZONE).valid_until == fold(suspended[:1], ZONE).valid_until


def test_a_renewal_does_not_lift_a_suspension() -> None:
    entries = [entry(1, EntryKind.GRANT), entry(2, EntryKind.SUSPEND), entry(3, EntryKind.RENEW)]
    assert fold(entries, ZONE).standing(START) is Standing.SUSPENDED


def test_the_window_reaches_three_years_before_the_first_day() -> None:
    state = fold([entry(1, EntryKind.GRANT)], ZONE)
    assert state.window(START) == EntitlementWindow(date(2023, 3, 18), date(2027, 3, 18))
    leap = datetime(2028, 2, 29, 4, tzinfo=timezone.utc)
    window = fold([entry(1, EntryKind.GRANT, leap)], ZONE).window(leap)
    assert window == EntitlementWindow(date(2025, 2, 28), date(2029, 2, 28))


def test_the_window_reaches_to_the_end_of_what_is_already_renewed() -> None:
    state = fold([entry(1, EntryKind.GRANT), entry(2, EntryKind.RENEW)], ZONE)
    assert state.window(START) == EntitlementWindow(date(2023, 3, 18), date(2028, 3, 18))


END = end_of_day(date(2027, 3, 18), ZONE)


@pytest.mark.parametrize(
    ("renewed", "first"),
    [
        (END, date(2023, 3, 18)),
        (END + timedelta(days=6), date(2023, 3, 18)),
        (END + timedelta(days=7), date(2023, 3, 18)),
        (END + timedelta(days=7, seconds=1), date(2024, 3, 26)),
        (END + timedelta(days=8), date(2024, 3, 27)),
    ],
)
def test_a_gap_of_seven_days_does_not_break_the_run_and_a_longer_one_does(
    renewed: datetime, first: date
) -> None:
    state = fold([entry(1, EntryKind.GRANT), entry(2, EntryKind.RENEW, renewed)], ZONE)
    window = state.window(renewed)
    assert window is not None
    assert window.first == first
    if renewed > END:
        assert state.window(renewed - timedelta(days=1)) is None, "nothing is read in the gap"


def test_many_short_gaps_keep_the_first_day() -> None:
    entries, at = [entry(1, EntryKind.GRANT, START, MONTH)], START
    for number in range(2, 8):
        until = fold(entries, ZONE).valid_until
        assert until is not None
        at = end_of_day(until, ZONE) + timedelta(days=5)
        entries.append(entry(number, EntryKind.RENEW, at, MONTH))
    window = fold(entries, ZONE).window(at)
    assert window is not None
    assert window.first == date(2023, 3, 18)


def test_undoing_a_grant_moves_the_renewal_that_stood_on_it() -> None:
    later = START + timedelta(days=100)
    entries = [entry(1, EntryKind.GRANT), entry(2, EntryKind.RENEW, later, MONTH), undo(3, 1, later)]
    assert fold(entries, ZONE).valid_until == add(later.astimezone(ZONE).date(), MONTH)


def test_an_undo_can_be_undone() -> None:
    entries = [entry(1, EntryKind.GRANT), undo(2, 1), undo(3, 2)]
    assert fold(entries[:2], ZONE).standing(START) is Standing.NEVER
    assert fold(entries, ZONE) == fold(entries[:1], ZONE)
    assert undone_by(entries) == {2: 3}


@given(ledgers(), st.randoms(use_true_random=False))
def test_the_fold_does_not_depend_on_the_order_in_which_entries_come(
    entries: list[LedgerEntry], shuffler: random.Random
) -> None:
    shuffled = entries[:]
    shuffler.shuffle(shuffled)
    assert fold(shuffled, ZONE) == fold(entries, ZONE)


@given(ledgers().filter(bool), st.data())
def test_undo_is_removal(entries: list[LedgerEntry], data: st.DataObject) -> None:
    target = data.draw(st.sampled_from(entries))
    undone = [*entries, undo(len(entries) + 1, target.number)]
    assert fold(undone, ZONE) == fold([kept for kept in entries if kept is not target], ZONE)


@given(ledgers().filter(bool), st.data())
def test_undoing_an_undo_restores(entries: list[LedgerEntry], data: st.DataObject) -> None:
    target = data.draw(st.sampled_from(entries))
    length = len(entries)
    there_and_back = [*entries, undo(length + 1, target.number), undo(length + 2, length + 1)]
    assert fold(there_and_back, ZONE) == fold(entries, ZONE)


@given(ledgers(), moments, st.sampled_from(sorted(GIVING, key=lambda kind: kind.value)), st.integers(1, 400))
def test_given_time_is_added_in_full_and_never_shortens(
    entries: list[LedgerEntry], at: datetime, kind: EntryKind, days: int
) -> None:
    before = fold(entries, ZONE)
    after = fold([*entries, entry(len(entries) + 1, kind, at, Duration(days=days))], ZONE)
    # The day of the entry itself is one more, where it isn't covered yet.
    assert len(_days(after)) - len(_days(before)) in (days, days + 1)
    assert _days(before) < _days(after)
    assert after.running(at)


def _days(state: MemberState) -> set[int]:
    return {
        day
        for span in state.spans
        for day in range(span.first_day.toordinal(), span.valid_until.toordinal() + 1)
    }


@given(ledgers(), moments)
def test_suspension_never_changes_the_time(entries: list[LedgerEntry], at: datetime) -> None:
    suspended = fold([*entries, entry(len(entries) + 1, EntryKind.SUSPEND, at)], ZONE)
    assert suspended.spans == fold(entries, ZONE).spans
    assert suspended.standing(at) is Standing.SUSPENDED


@given(ledgers())
def test_spans_follow_each_other(entries: list[LedgerEntry]) -> None:
    spans = fold(entries, ZONE).spans
    assert all(span.start < span.end == end_of_day(span.valid_until, ZONE) for span in spans)
    assert all(earlier.end <= later.start for earlier, later in pairwise(spans))
    assert all(span.first_day == span.start.astimezone(ZONE).date() for span in spans)


@given(ledgers(), moments)
def test_the_window_exists_exactly_while_running_and_holds_the_day(
    entries: list[LedgerEntry], now: datetime
) -> None:
    state = fold(entries, ZONE)
    window = state.window(now)
    assert (window is not None) == state.running(now)
    if window is not None:
        assert now.astimezone(ZONE).date() in window


@given(ledgers(), moments)
def test_a_run_has_no_gap_over_seven_days_and_its_neighbours_have(
    entries: list[LedgerEntry], now: datetime
) -> None:
    state = fold(entries, ZONE)
    run = state.run(now)
    if not run:
        return
    seven = timedelta(days=7)
    assert all(later.start - earlier.end <= seven for earlier, later in pairwise(run))
    first, last = state.spans.index(run[0]), state.spans.index(run[-1])
    assert state.spans[first : last + 1] == run
    assert first == 0 or run[0].start - state.spans[first - 1].end > seven
    assert last == len(state.spans) - 1 or state.spans[last + 1].start - run[-1].end > seven


def test_time_without_a_duration_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="has no duration"):
        fold([replace(entry(1, EntryKind.GRANT), duration=None)], ZONE)


@given(ledgers(), st.timedeltas(timedelta(0), timedelta(hours=23, minutes=59)))
def test_a_clock_put_back_by_less_than_a_day_makes_nobody_a_stranger(
    entries: list[LedgerEntry], back: timedelta
) -> None:
    """Asked at the moment of any entry that gives time, and then by a clock that went back."""
    for count, made in enumerate(entries, start=1):
        state = fold(entries[:count], ZONE)
        if made.kind not in GIVING or state.suspended or not state.running(made.at):
            continue
        before = made.at - back
        # Between two entries it may have gone back already: together it is less than a day, too.
        if max(each.at for each in entries[:count]) - before >= timedelta(days=1):
            continue
        assert state.standing(before) is Standing.ACTIVE
        assert state.valid_until == fold(entries[:count], ZONE).valid_until
        window = state.window(before)
        assert window is not None
        assert window.last <= (state.valid_until or date.min)


def test_a_member_of_this_hour_is_one_when_the_clock_goes_back_an_hour_and_not_when_it_goes_back_days() -> (
    None
):
    state = fold([entry(1, EntryKind.GRANT, START, Duration(months=1))], ZONE)
    assert state.standing(START - timedelta(hours=1)) is Standing.ACTIVE
    assert state.window(START - timedelta(hours=1)) == state.window(START)
    assert state.standing(START - timedelta(days=1)) is Standing.NEVER
