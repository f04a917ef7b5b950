"""When nothing is pushed."""

from __future__ import annotations

from datetime import time

import pytest

from jianggao.outbound.quiet_hours import is_quiet

NIGHT = time(22), time(8)


@pytest.mark.parametrize(
    ("now", "quiet"),
    [
        (time(21, 59, 59), False),
        (time(22), True),
        (time(23, 59), True),
        (time(0), True),
        (time(7, 59, 59), True),
        (time(8), False),
        (time(12), False),
    ],
)
def test_a_night_over_midnight(now: time, quiet: bool) -> None:
    assert is_quiet(NIGHT, now) is quiet


@pytest.mark.parametrize(("now", "quiet"), [(time(12, 59), False), (time(13), True), (time(15), False)])
def test_hours_within_a_day(now: time, quiet: bool) -> None:
    assert is_quiet((time(13), time(15)), now) is quiet


def test_no_hours_are_never_quiet() -> None:
    assert not any(is_quiet(None, time(hour)) for hour in range(24))
