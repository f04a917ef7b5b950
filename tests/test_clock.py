"""How moments are stored, and how a clock that is set while the program runs is noticed."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from jianggao.clock import ClockWatch, from_text, seconds_since_boot, system_clock, to_text

NOON = datetime(2026, 3, 18, 12, 0, tzinfo=timezone.utc)
SHANGHAI = timezone(timedelta(hours=8))


def test_the_system_clock_returns_an_aware_moment_in_utc() -> None:
    assert system_clock().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("moment", "stored"),
    [
        (NOON, "2026-03-18T12:00:00.000000+00:00"),
        (NOON.replace(microsecond=5), "2026-03-18T12:00:00.000005+00:00"),
        (datetime(2026, 3, 18, 2, 0, tzinfo=SHANGHAI), "2026-03-17T18:00:00.000000+00:00"),
    ],
)
def test_a_moment_is_stored_in_utc_with_microseconds(moment: datetime, stored: str) -> None:
    assert to_text(moment) == stored
    assert from_text(stored) == moment


def test_the_order_of_texts_is_the_order_of_moments() -> None:
    moments = [
        NOON - timedelta(days=400),
        NOON,
        NOON + timedelta(microseconds=1),
        (NOON + timedelta(seconds=1)).astimezone(SHANGHAI),
        NOON + timedelta(days=3000),
    ]
    texts = [to_text(moment) for moment in moments]
    assert texts == sorted(texts)


@pytest.mark.parametrize("stored", ["", "yesterday", "2026-13-01T00:00:00.000000+00:00"])
def test_what_is_no_moment_is_refused(stored: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_text(stored)


def test_seconds_since_boot_never_go_back() -> None:
    seconds = [seconds_since_boot() for _ in range(100)]
    assert seconds == sorted(seconds)


class Clocks:
    """A clock that can be set and one that can't."""

    def __init__(self) -> None:
        self.now = NOON
        self.seconds = 1_000.0

    def pass_time(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds


def watched() -> tuple[Clocks, ClockWatch]:
    clocks = Clocks()
    return clocks, ClockWatch(lambda: clocks.now, lambda: clocks.seconds)


def test_time_that_passes_is_no_move() -> None:
    clocks, watch = watched()
    clocks.pass_time(86_400 * 40)
    assert watch.moved() == timedelta(0)


@pytest.mark.parametrize("set_by", [timedelta(days=3), timedelta(days=-3), timedelta(seconds=-1)])
def test_a_clock_that_is_set_has_moved_by_that_much(set_by: timedelta) -> None:
    clocks, watch = watched()
    clocks.pass_time(60)
    clocks.now += set_by
    assert watch.moved() == set_by
    clocks.pass_time(60)
    assert watch.moved() == set_by, "a move stays one until the clock is trusted again"


def test_a_clock_that_is_trusted_again_has_not_moved() -> None:
    clocks, watch = watched()
    clocks.now += timedelta(days=2)
    watch.trust()
    assert watch.moved() == timedelta(0)
    clocks.now -= timedelta(days=2)
    assert watch.moved() == timedelta(days=-2)
