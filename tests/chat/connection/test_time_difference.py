"""A machine's clock that differs from QQ's is told; a backlog of old messages is no such thing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

HOUR = timedelta(hours=1)


@pytest.fixture
def new_one(plugins: None) -> Callable[[], Any]:
    from jianggao.chat.connection.time_difference import TimeDifference

    return TimeDifference


def test_messages_of_some_minutes_that_are_all_late_by_the_same_tell_the_difference(
    new_one: Callable[[], Any],
) -> None:
    clock = new_one()
    heard = [clock.note(HOUR + timedelta(seconds=at % 7), 40.0 * at) for at in range(4)]
    assert heard == [None, None, 60, 60]


def test_a_clock_that_is_behind_is_told_too(new_one: Callable[[], Any]) -> None:
    clock = new_one()
    assert [clock.note(-HOUR, 40.0 * at) for at in range(4)][-1] == -60


def test_many_messages_of_one_moment_wait_for_later_ones(new_one: Callable[[], Any]) -> None:
    clock = new_one()
    assert [clock.note(HOUR, 0.001 * at) for at in range(500)] == [None] * 500
    assert clock.note(HOUR, 61.0) == 60


def test_a_backlog_and_single_old_messages_tell_nothing(new_one: Callable[[], Any]) -> None:
    clock = new_one()
    backlog = [clock.note(timedelta(minutes=11 + 5 * at), 0.1 * at) for at in range(50)]
    mixed = [clock.note(HOUR if at % 2 else timedelta(0), 50.0 * at) for at in range(50)]
    assert backlog == [None] * 50
    assert mixed == [None] * 50
