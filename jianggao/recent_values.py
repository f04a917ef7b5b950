"""Keeps in memory, for ten minutes, what a user did last: the pages of a search, the place of 随机 with a typed
word.

It is kept nowhere else: what people search for is never stored.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

SECONDS_KEPT = 600.0
"""How long a value is kept since it was put, in seconds."""
MAX_VALUES = 10_000
"""How many values are kept; the oldest is forgotten first."""


class RecentValues(Generic[K, V]):
    """Values by key, each kept for SECONDS_KEPT, at most MAX_VALUES in all.

    `now` is in seconds, always by the same clock.
    """

    def __init__(self) -> None:
        # In the order in which they were put, so that the first is always the oldest.
        self._kept: dict[K, tuple[float, V]] = {}

    def put(self, key: K, value: V, now: float) -> None:
        """Keep a value from now on, and forget those that are too old or too many."""
        self._kept.pop(key, None)
        self._kept[key] = (now, value)
        while len(self._kept) > MAX_VALUES or next(iter(self._kept.values()))[0] < now - SECONDS_KEPT:
            self._kept.pop(next(iter(self._kept)))

    def get(self, key: K, now: float) -> V | None:
        """Return the value of a key, or None if there is none or it is too old."""
        kept = self._kept.get(key)
        return kept[1] if kept is not None and now - kept[0] <= SECONDS_KEPT else None

    def __len__(self) -> int:
        return len(self._kept)
