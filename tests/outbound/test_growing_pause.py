"""The pause between two tries grows with each failure."""

from __future__ import annotations

from datetime import timedelta

from jianggao.outbound.growing_pause import GrowingPause


def test_it_doubles_from_a_minute_to_an_hour_and_ends_with_a_success() -> None:
    pause, now, waited = GrowingPause(), 1000.0, []
    for _ in range(9):
        assert pause.is_over(now)
        pause.failed(now)
        seconds = next(step for step in range(1, 4000) if pause.is_over(now + step))
        waited.append(seconds / 60)
        now += seconds
    assert waited == [1, 2, 4, 8, 16, 32, 60, 60, 60] and pause.failures == 9
    pause.failed(now)
    pause.succeeded()
    assert pause.is_over(now) and pause.failures == 0


def test_the_ends_may_be_others() -> None:
    pause = GrowingPause(timedelta(hours=1), timedelta(hours=3))
    for _ in range(3):
        pause.failed(0.0)
    assert not pause.is_over(3 * 3600 - 1) and pause.is_over(3 * 3600)
