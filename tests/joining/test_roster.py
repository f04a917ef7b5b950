"""Who in a group has time, whose is over, and who is missing."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from jianggao.joining.roster import GroupMember, GroupRole, absent, compare
from jianggao.membership.ledger import MemberState, Span

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)


def until(days: int, *, suspended: bool = False) -> MemberState:
    end = NOW + timedelta(days=days)
    return MemberState((Span(NOW - timedelta(days=400), date(2025, 2, 1), end.date(), end),), suspended)


STATES = {
    "1": until(30),
    "2": until(-3),
    "3": until(-90),
    "4": until(30, suspended=True),
    "6": until(5),
    "7": until(90),
    "9": until(-3),
}


def person(account: str, role: GroupRole = GroupRole.MEMBER) -> GroupMember:
    return GroupMember(account, role, f"名{account}")


PRESENT = [person(account) for account in "12345"] + [person("90001", GroupRole.OWNER), person("10001")]


def test_everybody_stands_in_one_list_the_longest_ended_first() -> None:
    found = compare("700001", PRESENT, STATES, NOW, {"90001", "10001"})
    lists = (found.members, found.ended, found.suspended, found.never)
    assert [[line.account for line in lines] for lines in lists] == [["1"], ["3", "2"], ["4"], ["5"]]
    assert (found.group, found.size) == ("700001", 7)
    assert found.never[0].valid_until is None and found.never[0].name == "名5"


def test_members_who_are_in_no_group_are_absent_and_nobody_else() -> None:
    assert [line.account for line in absent(PRESENT, STATES, NOW, set())] == ["6", "7"]
    assert [line.account for line in absent(PRESENT, STATES, NOW, {"6"})] == ["7"]
    assert absent(PRESENT, {}, NOW, set()) == ()
