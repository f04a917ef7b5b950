"""Pace limits hold for any load (invariant 6)."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.outbound.pace import Pace, PaceLimits

GROUPS = st.sampled_from([None, "1", "2", "3"])


@given(
    loads=st.lists(st.tuples(st.floats(0, 30), GROUPS), max_size=60),
    limits=st.builds(
        PaceLimits,
        send_interval=st.floats(0, 5),
        group_send_interval=st.floats(0, 10),
        group_sends_per_minute=st.integers(1, 10),
    ),
    seed=st.integers(0, 1_000),
)
def test_no_load_breaks_the_limits(
    loads: list[tuple[float, str | None]], limits: PaceLimits, seed: int
) -> None:
    pace = Pace(limits, random.Random(seed))
    now = 0.0
    sends: list[tuple[float, str | None]] = []
    for gap, group in loads:
        now += gap
        now = pace.earliest(group, now)
        pace.sent(group, now)
        sends.append((now, group))
    for (earlier, _), (later, _) in itertools.pairwise(sends):
        assert later - earlier >= limits.send_interval - 1e-9
    for group in ("1", "2", "3"):
        times = [at for at, to in sends if to == group]
        for earlier, later in itertools.pairwise(times):
            assert later - earlier >= limits.group_send_interval - 1e-9
        for at, first in enumerate(times):
            within = [other for other in times[at:] if other < first + 60 - 1e-9]
            assert len(within) <= limits.group_sends_per_minute


def test_what_is_kept_of_a_group_is_of_the_last_minute() -> None:
    """With a large limit the sends of all time were kept, and copied for every request."""
    pace = Pace(PaceLimits(0, 0, 1_000_000), random.Random(1))
    for at in range(5_000):
        pace.sent("1", float(at))
    assert sum(map(len, pace._group_sends.values())) <= 61


def test_a_forecast_looks_at_its_own_group_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot in a thousand groups copied what it had sent to all of them, for each request in one."""
    pace = Pace(PaceLimits(0, 0, 8), random.Random(1))
    for group in range(1_000):
        pace.sent(str(group), 1.0)
    kept: list[int] = []
    earliest = Pace.earliest

    def watched(forecast: Pace, group: str | None, now: float) -> float:
        kept.append(len(forecast._group_sends))
        return earliest(forecast, group, now)

    monkeypatch.setattr(Pace, "earliest", watched)
    assert pace.estimate([], "7", 2.0) == 0
    assert kept and max(kept) == 1
