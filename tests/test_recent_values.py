"""What is kept in memory for ten minutes."""

from __future__ import annotations

import pytest

from jianggao import recent_values
from jianggao.recent_values import SECONDS_KEPT, RecentValues


def test_a_value_is_there_for_ten_minutes_since_it_was_put() -> None:
    kept: RecentValues[str, int] = RecentValues()
    kept.put("a", 1, 0.0)
    assert (kept.get("a", SECONDS_KEPT), kept.get("a", SECONDS_KEPT + 1), kept.get("b", 0.0)) == (
        1,
        None,
        None,
    )
    kept.put("a", 2, 500.0)
    assert kept.get("a", 500.0 + SECONDS_KEPT) == 2


def test_what_is_too_old_or_too_much_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: RecentValues[int, int] = RecentValues()
    for at in range(5):
        kept.put(at, at, float(at))
    kept.put(9, 9, SECONDS_KEPT + 3)
    assert len(kept) == 3  # 3, 4 and 9
    monkeypatch.setattr(recent_values, "MAX_VALUES", 3)
    for at in range(100):
        kept.put(at, at, SECONDS_KEPT + 3)
    assert len(kept) == 3 and kept.get(99, SECONDS_KEPT + 3) == 99
