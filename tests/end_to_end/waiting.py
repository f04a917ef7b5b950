"""Waits for a condition, within a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_POLL_INTERVAL = 0.02


async def until(holds: Callable[[], bool], within: float) -> bool:
    """Returns whether a condition came to hold within so many seconds."""
    deadline = time.monotonic() + within
    while True:
        if holds():
            return True
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(_POLL_INTERVAL)
