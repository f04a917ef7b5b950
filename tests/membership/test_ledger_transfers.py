"""Transfers in the fold, against an oracle that counts days by hand: none is lost, and none is doubled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from ledger_oracle import Account, Deed, accounts_after

from jianggao.membership.durations import Duration
from jianggao.membership.ledger import GIVING, EntryKind, LedgerEntry, MemberState, Standing, fold_all
from jianggao.membership.ledger_transfers import transfers_from, transfers_to

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 18, 2, tzinfo=timezone.utc)
ACCOUNTS = ("20001", "20002", "20003")
DAY = timedelta(days=1)


def entry(number: int, kind: EntryKind, member: str, at: datetime = START, **fields: object) -> LedgerEntry:
    plain = LedgerEntry(number, kind, member, "90001", at, None, "", None, f"message {number}")
    return replace(plain, **fields)  # type: ignore[arg-type]


def given_time(number: int, member: str, days: int, at: datetime = START, **fields: object) -> LedgerEntry:
    return entry(number, EntryKind.GRANT, member, at, duration=Duration(days=days), **fields)


def moved(number: int, old: str, new: str, at: datetime = START) -> LedgerEntry:
    return entry(number, EntryKind.TRANSFER, old, at, successor=new)


def counted(entries: list[LedgerEntry]) -> dict[str, Account]:
    """The accounts by an oracle that knows no spans: it adds and moves single days."""
    return accounts_after(
        Deed(
            made.number,
            "give" if made.kind in GIVING else made.kind.value,
            made.at.astimezone(ZONE).date(),
            made.member,
            days=made.duration.days if made.duration else 0,
            starts_on=made.starts_on,
            successor=made.successor or "",
            target=made.target or 0,
        )
        for made in entries
    )


def days_of(state: MemberState) -> set[date]:
    return {
        span.first_day + DAY * n
        for span in state.spans
        for n in range((span.valid_until - span.first_day).days + 1)
    }


@st.composite
def ledgers(draw: st.DrawFn) -> list[LedgerEntry]:
    """Ledgers of three accounts whose clock may jump back, with transfers to and fro, undone in any order."""
    entries: list[LedgerEntry] = []
    at = START
    for _ in range(draw(st.integers(1, 14))):
        at += timedelta(hours=draw(st.integers(-100, 1_500)))
        kind = draw(st.sampled_from([*EntryKind, EntryKind.TRANSFER, EntryKind.TRANSFER, EntryKind.GRANT]))
        member = draw(st.sampled_from(ACCOUNTS))
        if kind is EntryKind.UNDO:
            if entries:
                target = draw(st.sampled_from(entries))
                entries.append(entry(len(entries) + 1, kind, target.member, at, target=target.number))
        elif kind is EntryKind.TRANSFER:
            other = draw(st.sampled_from([each for each in ACCOUNTS if each != member]))
            entries.append(moved(len(entries) + 1, member, other, at))
        elif kind in GIVING:
            later = draw(st.none() | st.integers(-40, 40))
            starts_on = None if later is None else at.astimezone(ZONE).date() + DAY * later
            days = draw(st.integers(1, 60))
            entries.append(
                replace(given_time(len(entries) + 1, member, days, at, starts_on=starts_on), kind=kind)
            )
        else:
            entries.append(entry(len(entries) + 1, kind, member, at))
    return entries


@given(ledgers())
def test_the_fold_has_the_days_that_are_counted_one_by_one(entries: list[LedgerEntry]) -> None:
    states, oracle = fold_all(entries, ZONE), counted(entries)
    assert states.keys() >= oracle.keys()
    for account, state in states.items():
        own = oracle.get(account, Account())
        assert {day.toordinal() for day in days_of(state)} == own.days, account
        assert state.suspended == own.suspended, account


@given(ledgers(), st.sampled_from(ACCOUNTS), st.sampled_from(ACCOUNTS), st.integers(0, 900))
def test_a_transfer_neither_loses_nor_doubles_a_day(
    entries: list[LedgerEntry], old: str, new: str, after: int
) -> None:
    if old == new:
        return
    at = START + DAY * after
    today = at.astimezone(ZONE).date()
    before = fold_all(entries, ZONE)
    states = fold_all([*entries, moved(len(entries) + 1, old, new, at)], ZONE)
    left = [
        sum(day > today for day in days_of(each.get(account, MemberState())))
        for each in (before, states)
        for account in ACCOUNTS
    ]
    assert sum(left[:3]) == sum(left[3:])
    assert not states[old].spans
    assert days_of(before.get(old, MemberState())) <= days_of(states[new])


@given(ledgers(), st.sampled_from(ACCOUNTS), st.sampled_from(ACCOUNTS))
def test_an_undone_transfer_leaves_both_as_they_were(entries: list[LedgerEntry], old: str, new: str) -> None:
    if old == new:
        return
    number = len(entries) + 1
    transfer = moved(number, old, new, START + DAY * 30)
    undo = entry(number + 1, EntryKind.UNDO, old, START + DAY * 40, target=number)
    again = entry(number + 2, EntryKind.UNDO, old, START + DAY * 41, target=number + 1)
    before = fold_all(entries, ZONE)
    for account in (old, new):
        assert fold_all([*entries, transfer, undo], ZONE)[account] == before.get(account, MemberState())
        assert (
            fold_all([*entries, transfer, undo, again], ZONE)[account]
            == fold_all([*entries, transfer], ZONE)[account]
        )


@given(ledgers())
def test_spans_follow_each_other_after_any_transfers(entries: list[LedgerEntry]) -> None:
    for state in fold_all(entries, ZONE).values():
        for earlier, later in zip(state.spans, state.spans[1:], strict=False):
            assert earlier.end <= later.start < later.end


def test_a_subscription_goes_along_a_chain_and_back() -> None:
    entries = [
        given_time(1, "20001", 100),
        moved(2, "20001", "20002", START + DAY),
        moved(3, "20002", "20003", START + DAY * 2),
        moved(4, "20003", "20001", START + DAY * 3),
    ]
    states = fold_all(entries, ZONE)
    assert states["20001"] == fold_all(entries[:1], ZONE)["20001"]
    assert not states["20002"].spans and not states["20003"].spans


def test_the_past_moves_too_so_that_the_run_is_unbroken() -> None:
    later = START + DAY * 90
    states = fold_all([given_time(1, "20001", 100), moved(2, "20001", "20002", later)], ZONE)
    window = states["20002"].window(later)
    assert window is not None and window.first == date(2023, 3, 18)
    assert states["20001"].standing(later) is Standing.NEVER


def test_where_both_have_time_left_the_common_days_follow_at_the_end() -> None:
    entries = [given_time(1, "20001", 10), given_time(2, "20002", 30), moved(3, "20001", "20002")]
    assert fold_all(entries, ZONE)["20002"].valid_until == date(2026, 3, 18) + DAY * 40


def test_a_suspension_moves_with_a_subscription_so_that_no_undo_escapes_it() -> None:
    """By commands nobody suspended is transferred; but the end of a suspension may be undone later."""
    entries = [
        given_time(1, "20001", 100),
        entry(2, EntryKind.SUSPEND, "20001"),
        entry(3, EntryKind.RESUME, "20001"),
        moved(4, "20001", "20002"),
        entry(5, EntryKind.UNDO, "20001", target=3),
    ]
    states = fold_all(entries, ZONE)
    assert states["20001"].suspended and states["20002"].suspended


def test_where_a_subscription_went_is_told_step_by_step() -> None:
    entries = [
        given_time(1, "20001", 100),
        moved(2, "20001", "20002", START + DAY),
        moved(3, "20002", "20003", START + DAY * 2),
    ]
    assert [(step.number, step.new) for step in transfers_from(entries, "20001")] == [
        (2, "20002"),
        (3, "20003"),
    ]
    assert [step.new for step in transfers_from(entries, "20002")] == ["20003"]
    assert transfers_from(entries, "20003") == ()
    assert [step.old for step in transfers_to(entries, "20003")] == ["20002"]
    undone = [*entries, entry(4, EntryKind.UNDO, "20002", target=3)]
    assert [step.new for step in transfers_from(undone, "20001")] == ["20002"]


def test_a_subscription_that_came_back_ends_where_it_is() -> None:
    entries = [moved(1, "20001", "20002"), moved(2, "20002", "20001"), moved(3, "20001", "20003")]
    assert [step.new for step in transfers_from(entries, "20001")] == ["20003"]
    assert [step.new for step in transfers_from(entries, "20002")] == ["20001", "20003"]
