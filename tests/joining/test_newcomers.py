"""When newcomers are welcomed, and who together."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from jianggao.joining.newcomers import Newcomer, due_rounds, is_late

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)


def came(account: str, seconds_ago: float, group: str = "700001") -> Newcomer:
    return Newcomer(group, account, "10001", NOW - timedelta(seconds=seconds_ago))


def test_those_who_come_within_twenty_seconds_are_one_round() -> None:
    assert due_rounds([came("1", 19)], NOW) == []
    (found,) = due_rounds([came("2", 5), came("1", 20)], NOW)
    assert (found.group, found.self_id, found.accounts) == ("700001", "10001", ("1", "2"))
    assert found.at == NOW - timedelta(seconds=20)


def test_each_group_has_its_own() -> None:
    rounds = due_rounds([came("1", 30), came("1", 40, "700002"), came("2", 10, "700003")], NOW)
    assert [found.group for found in rounds] == ["700002", "700001"]


@pytest.mark.parametrize(
    ("seconds_ago", "late"), [(0, False), (600, False), (601, True), (-60, False), (-61, True)]
)
def test_after_ten_minutes_it_is_too_late(seconds_ago: float, late: bool) -> None:
    assert is_late(NOW - timedelta(seconds=seconds_ago), NOW) is late
    assert bool(due_rounds([came("1", seconds_ago)], NOW)) is (not late and seconds_ago >= 20)


def test_in_a_busy_group_they_are_gathered_for_longer_and_not_too_late() -> None:
    waiting = [came("1", 479), came("2", 30), came("3", 30, "700002")]
    assert [found.group for found in due_rounds(waiting, NOW, {"700001"})] == ["700002"]
    (found,) = due_rounds([came("1", 480), came("2", 0)], NOW, {"700001"})
    assert found.accounts == ("1", "2")
