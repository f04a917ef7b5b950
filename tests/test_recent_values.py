"""What is kept in memory for ten minutes."""

from __future__ import annotations

import pytest
from conftest import MovableClock

from jianggao import recent_values as module
from jianggao.recent_values import SECONDS_KEPT, recent_values


def test_a_value_is_there_for_ten_minutes_since_it_was_put(clock: MovableClock) -> None:
    kept = recent_values(clock.monotonic)
    kept["a"] = 1
    clock.advance(seconds=SECONDS_KEPT - 1)
    assert (kept.get("a"), kept.get("b")) == (1, None)
    kept["a"] = 2
    clock.advance(seconds=SECONDS_KEPT - 1)
    assert kept.get("a") == 2, "reading does not prolong, putting does"
    clock.advance(seconds=2)
    assert kept.get("a") is None and len(kept) == 0


def test_what_is_too_much_is_forgotten(clock: MovableClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_VALUES", 3)
    kept = recent_values(clock.monotonic)
    for number in range(100):
        kept[number] = number
    assert sorted(kept) == [97, 98, 99]
