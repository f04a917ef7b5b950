"""How long a question may take: the deadline by a clock that the test sets."""

from __future__ import annotations

import pytest

from jianggao.deadline import QUESTION_SECONDS, SHOWING_SECONDS, Deadline, TimeLimit, no_deadline
from jianggao.errors import TooSlow


class Seconds:
    """A clock in seconds."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def begun(seconds: float = 1.5) -> tuple[Seconds, Deadline]:
    clock = Seconds()
    return clock, Deadline(seconds, clock)


def test_before_its_end_work_goes_on() -> None:
    clock, deadline = begun(1.5)
    clock.now += 1.4
    assert not deadline.has_passed()
    deadline.check()
    assert deadline.left == pytest.approx(0.1)
    assert not deadline.was_hit


def test_at_its_end_work_ends_and_that_is_noted() -> None:
    clock, deadline = begun(1.5)
    clock.now += 1.5
    assert deadline.left == 0
    assert not deadline.was_hit, "only work that was ended counts as out of time"
    with pytest.raises(TooSlow, match="短一点"):
        deadline.check()
    assert deadline.was_hit and not deadline.is_stopped


def test_what_has_passed_stays_so_though_the_clock_goes_back() -> None:
    clock, deadline = begun(1.5)
    clock.now += 2
    assert deadline.has_passed()
    clock.now -= 2
    assert deadline.has_passed()


def test_a_stop_ends_work_without_counting_as_out_of_time() -> None:
    _, deadline = begun(1.5)
    deadline.stop()
    assert deadline.has_passed() and deadline.is_stopped and deadline.left == 0
    assert not deadline.was_hit


def test_there_is_always_time_to_show_what_was_found() -> None:
    clock, deadline = begun(1.5)
    assert deadline.for_showing().left == pytest.approx(1.5), "what is left, where that is more"
    clock.now += 9
    assert deadline.for_showing().left == pytest.approx(SHOWING_SECONDS)
    assert deadline.for_showing(2.0).left == pytest.approx(SHOWING_SECONDS + 2.0)
    assert deadline.has_passed(), "the question itself has no more time"


def test_each_question_has_the_time_limit_from_when_it_is_asked() -> None:
    clock = Seconds()
    limit = TimeLimit(monotonic=clock)
    first = limit.begin()
    clock.now += 1
    second = limit.begin(3)
    assert first.left == pytest.approx(QUESTION_SECONDS - 1)
    assert second.left == pytest.approx(QUESTION_SECONDS + 3)


def test_work_that_no_question_started_ends_by_a_stop_alone() -> None:
    deadline = no_deadline()
    assert not deadline.has_passed() and deadline.left == float("inf")
    deadline.stop()
    assert deadline.has_passed() and deadline.left == 0
