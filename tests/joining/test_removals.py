"""Who may be removed from a group: nobody of whom anything is uncertain."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from jianggao.joining.removals import (
    NothingKnown,
    RemovalRules,
    Spared,
    as_both_say,
    candidates,
    is_ripe,
    spared,
    stays_unreminded,
)
from jianggao.joining.roster import GroupMember, GroupRole
from jianggao.membership.ledger import MemberState, Span

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
SHANGHAI = ZoneInfo("Asia/Shanghai")
RULES = RemovalRules(7, frozenset({"90001", "10001"}))


def span(start: int, end: int) -> Span:
    last = NOW + timedelta(days=end)
    return Span(NOW + timedelta(days=start), date(2025, 1, 1), last.date(), last)


def ended(days: float, *, suspended: bool = False) -> MemberState:
    end = NOW - timedelta(days=days)
    return MemberState((Span(NOW - timedelta(days=400), date(2025, 1, 1), end.date(), end),), suspended)


def member(account: str = "20002", role: GroupRole = GroupRole.MEMBER) -> GroupMember:
    return GroupMember(account, role)


def test_a_plain_member_whose_time_is_over_long_enough_and_who_was_reminded_may_go() -> None:
    assert spared(member(), ended(7), NOW, RULES, was_reminded=True) is None


@pytest.mark.parametrize(
    ("person", "state", "was_reminded", "why"),
    [
        (None, ended(30), True, Spared.ABSENT),
        (member("90001"), ended(30), True, Spared.PROTECTED),
        (member("10001"), ended(30), True, Spared.PROTECTED),
        (member(role=GroupRole.ADMIN), ended(30), True, Spared.ROLE),
        (member(role=GroupRole.OWNER), ended(30), True, Spared.ROLE),
        (member(role=GroupRole.UNKNOWN), ended(30), True, Spared.ROLE),
        (member(), MemberState(), True, Spared.NEVER),
        (member(), MemberState((span(10, 20),)), True, Spared.NEVER),
        (member(), ended(6.99), True, Spared.NOT_ENDED),
        (member(), ended(-1), True, Spared.NOT_ENDED),
        (member(), ended(30, suspended=True), True, Spared.NOT_ENDED),
        (member(), MemberState((span(-400, -100), span(5, 100))), True, Spared.NOT_ENDED),
        (member(), ended(30), False, Spared.NOT_REMINDED),
    ],
)
def test_everybody_else_stays(
    person: GroupMember | None, state: MemberState, was_reminded: bool, why: Spared
) -> None:
    assert spared(person, state, NOW, RULES, was_reminded=was_reminded) is why


def test_list_and_lookup_must_say_the_same() -> None:
    admin, unknown = member(role=GroupRole.ADMIN), member(role=GroupRole.UNKNOWN)
    assert as_both_say(member(), member()) == member() and as_both_say(None, None) is None
    assert as_both_say(admin, member()) == as_both_say(member(), admin) == unknown
    assert as_both_say(unknown, member()) == as_both_say(unknown, unknown) == unknown
    for listed, looked_up in ((None, member()), (member(), None), (member(), unknown)):
        with pytest.raises(NothingKnown):
            as_both_say(listed, looked_up)


def test_a_reminder_may_come_for_a_week() -> None:
    today = NOW.date()
    assert not stays_unreminded(today - timedelta(days=7), today)
    assert stays_unreminded(today - timedelta(days=8), today)


def test_candidates_come_in_the_order_of_their_end() -> None:
    states = {"1": ended(8), "2": ended(80), "3": ended(2), "4": ended(20), "90001": ended(50)}
    present = [member(account) for account in ("1", "2", "3", "5", "90001")]
    found = candidates("700001", present, states, NOW, RULES)
    assert [candidate.account for candidate in found] == ["2", "1"]
    assert found[0].valid_until == (NOW - timedelta(days=80)).date()


@pytest.mark.parametrize(
    ("hours", "ripe"), [(0, False), (19.9, False), (20, True), (72, True), (72.1, False)]
)
def test_an_announcement_is_acted_upon_from_the_next_day_until_it_is_old(hours: float, ripe: bool) -> None:
    assert is_ripe(NOW - timedelta(hours=hours), timedelta(hours=hours), NOW) is ripe
    assert not is_ripe(NOW - timedelta(hours=hours), timedelta(hours=19.9), NOW)
