"""Keeps in memory, for ten minutes, what a user did last: the pages of a search, the place of 随机 with a typed
word.

It is kept nowhere else: what people search for is never stored.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cachetools import TTLCache

SECONDS_KEPT = 600.0
"""How long a value is kept since it was put, in seconds."""
MAX_VALUES = 10_000
"""How many values are kept; the least recently used is forgotten first."""


def recent_values(monotonic: Callable[[], float]) -> TTLCache[Any, Any]:
    """Returns an empty mapping whose values are each kept for SECONDS_KEPT by this clock."""
    return TTLCache(MAX_VALUES, SECONDS_KEPT, timer=monotonic)
