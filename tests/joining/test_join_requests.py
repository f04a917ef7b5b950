"""Who is let into a group, who isn't, and what is left to people."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from jianggao.access.verdicts import PlaceKind
from jianggao.joining.join_requests import (
    CodeAccepted,
    CodeDeclined,
    CodeResult,
    Grounds,
    JoinDecision,
    JoinRequest,
    decide,
    may_redeem,
)
from jianggao.membership.ledger import MemberState, Span, Standing

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)


def state(standing: Standing) -> MemberState:
    if standing is Standing.NEVER:
        return MemberState()
    days = -30 if standing is Standing.EXPIRED else 30
    end = NOW + timedelta(days=days)
    span = Span(NOW - timedelta(days=300), date(2025, 5, 1), end.date(), end)
    return MemberState((span,), suspended=standing is Standing.SUSPENDED)


def decided(
    kind: PlaceKind,
    standing: Standing,
    *,
    is_superuser: bool = False,
    approves_free_group: bool = False,
    code: CodeResult = None,
) -> JoinDecision | None:
    return decide(
        kind,
        state(standing),
        NOW,
        is_superuser=is_superuser,
        approves_free_group=approves_free_group,
        code=code,
    )


@pytest.mark.parametrize(
    ("standing", "approve", "grounds"),
    [
        (Standing.ACTIVE, True, Grounds.MEMBER),
        (Standing.EXPIRED, False, Grounds.EXPIRED),
        (Standing.SUSPENDED, False, Grounds.SUSPENDED),
        (Standing.NEVER, False, Grounds.NOT_A_MEMBER),
    ],
)
def test_the_member_group_takes_active_members_alone(
    standing: Standing, approve: bool, grounds: Grounds
) -> None:
    decision = decided(PlaceKind.MEMBER_GROUP, standing)
    assert decision is not None and (decision.approve, decision.grounds) == (approve, grounds)


def test_an_expired_member_is_told_the_last_day() -> None:
    decision = decided(PlaceKind.MEMBER_GROUP, Standing.EXPIRED)
    assert decision is not None and decision.valid_until == (NOW - timedelta(days=30)).date()


@pytest.mark.parametrize("standing", list(Standing))
def test_the_setting_for_free_groups_opens_no_member_group(standing: Standing) -> None:
    with_it = decided(PlaceKind.MEMBER_GROUP, standing, approves_free_group=True)
    assert with_it == decided(PlaceKind.MEMBER_GROUP, standing)


@pytest.mark.parametrize("kind", [PlaceKind.MEMBER_GROUP, PlaceKind.FREE_GROUP])
def test_superusers_are_let_into_bound_groups(kind: PlaceKind) -> None:
    assert decided(kind, Standing.NEVER, is_superuser=True) == JoinDecision(True, Grounds.SUPERUSER)


@pytest.mark.parametrize("kind", [PlaceKind.UNBOUND, PlaceKind.PRIVATE])
def test_in_groups_that_are_not_bound_people_decide(kind: PlaceKind) -> None:
    assert decided(kind, Standing.ACTIVE, is_superuser=True, approves_free_group=True) is None


@pytest.mark.parametrize("standing", list(Standing))
def test_the_free_group_is_left_to_people_unless_the_setting_says_otherwise(standing: Standing) -> None:
    assert decided(PlaceKind.FREE_GROUP, standing) is None
    approved = decided(PlaceKind.FREE_GROUP, standing, approves_free_group=True)
    assert approved == JoinDecision(True, Grounds.FREE_GROUP)


def test_a_code_lets_in_who_is_no_member_and_one_that_gives_nothing_does_not() -> None:
    redeemed = decided(PlaceKind.MEMBER_GROUP, Standing.NEVER, code=CodeAccepted())
    assert redeemed == JoinDecision(True, Grounds.REDEEMED)
    declined = decided(PlaceKind.MEMBER_GROUP, Standing.NEVER, code=CodeDeclined("用过了"))
    assert declined == JoinDecision(False, Grounds.CODE_REFUSED, code_refusal="用过了")


@pytest.mark.parametrize(
    ("kind", "standing", "is_superuser", "used"),
    [
        (PlaceKind.MEMBER_GROUP, Standing.NEVER, False, True),
        (PlaceKind.MEMBER_GROUP, Standing.EXPIRED, False, True),
        (PlaceKind.MEMBER_GROUP, Standing.ACTIVE, False, False),
        (PlaceKind.MEMBER_GROUP, Standing.SUSPENDED, False, False),
        (PlaceKind.MEMBER_GROUP, Standing.NEVER, True, False),
        (PlaceKind.FREE_GROUP, Standing.NEVER, False, False),
    ],
)
def test_a_code_is_used_only_where_it_decides(
    kind: PlaceKind, standing: Standing, is_superuser: bool, used: bool
) -> None:
    assert may_redeem(kind, state(standing), NOW, is_superuser=is_superuser) is used


def request(flag: str) -> JoinRequest:
    return JoinRequest("10001", flag, "700001", "20001")


@pytest.mark.parametrize(
    ("flag", "other", "same"),
    [
        ("1758000001", "1758000001", True),
        ("700001|1758000001|7|0", "1758000001", True),
        ("slreq:1:1758000001:700001:1:0", "1758000001", True),
        ("700001|1758000001|7|0", "1758000002", False),
        ("700001|1758000001|7|0", "7", False),
        ("700001|1758000001|7|0", "700001", False),
        ("17580000010", "1758000001", False),
        ("a", "b", False),
    ],
)
def test_a_request_is_known_by_its_flag_and_by_the_number_in_it(flag: str, other: str, same: bool) -> None:
    assert request(flag).is_same(other) is same
    assert request(other).is_same(flag) is same


def test_what_a_request_causes_is_known_by_group_account_flag_and_times() -> None:
    requests = [
        JoinRequest("10001", "1", "700001", "20001"),
        JoinRequest("10001", "1", "700002", "20001"),
        JoinRequest("10001", "1", "700001", "20002"),
        JoinRequest("10002", "1", "700001", "20001"),
        JoinRequest("10001", "1", "700001", "20001", NOW),
    ]
    assert len({one.key(now) for one in requests for now in (NOW, NOW + timedelta(seconds=1))}) == 10


@pytest.mark.parametrize("had_time", [False, True])
def test_whose_subscription_begins_later_is_told_its_first_day(had_time: bool) -> None:
    begin = NOW + timedelta(days=75)
    later = Span(begin, date(2026, 6, 1), date(2027, 5, 31), begin + timedelta(days=365), is_dated=True)
    before = state(Standing.EXPIRED).spans if had_time else ()
    for code in (None, CodeDeclined("用过了")):
        decision = decide(
            PlaceKind.MEMBER_GROUP,
            MemberState((*before, later)),
            NOW,
            is_superuser=False,
            approves_free_group=False,
            code=code,
        )
        assert decision == JoinDecision(False, Grounds.BEGINS_LATER, begins_on=date(2026, 6, 1))


@pytest.mark.parametrize(("minutes", "is_same"), [(0, True), (2, True), (9, True), (11, False)])
def test_what_another_account_lists_soon_after_is_the_same_request(minutes: int, is_same: bool) -> None:
    listed = JoinRequest("10002", "17", "700001", "20001")
    now = NOW + timedelta(minutes=minutes)
    assert listed.is_heard_twice(NOW, NOW, now) is is_same
    assert listed.is_heard_twice(None, NOW, now) is is_same
    heard = JoinRequest("10002", "17", "700001", "20001", now)
    assert heard.is_heard_twice(NOW, NOW, now) is (minutes == 0)
