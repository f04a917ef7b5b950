"""What was going on a moment ago, in memory alone: what people search for is stored nowhere."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

KEPT = 600.0
"""Seconds."""
MOST = 10_000


class RecentValues(Generic[K, V]):
    """Values by key, each for ten minutes since it was put, and no more than 10,000; `now` in seconds, of one clock."""

    def __init__(self) -> None:
        self._kept: dict[K, tuple[float, V]] = {}

    def put(self, key: K, value: V, now: float) -> None:
        """Remember a value, and forget what is too old or too much."""
        self._kept.pop(key, None)
        self._kept[key] = (now, value)
        while len(self._kept) > MOST or next(iter(self._kept.values()))[0] < now - KEPT:
            self._kept.pop(next(iter(self._kept)))

    def get(self, key: K, now: float) -> V | None:
        """The value, if it isn't too old."""
        kept = self._kept.get(key)
        return kept[1] if kept is not None and now - kept[0] <= KEPT else None

    def __len__(self) -> int:
        return len(self._kept)
