"""Waiting for something to become so, within a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_LOOKED_AT_EVERY = 0.02


async def until(holds: Callable[[], bool], within: float) -> bool:
    """Look again and again; gives whether it came to hold within so many seconds."""
    deadline = time.monotonic() + within
    while True:
        if holds():
            return True
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(_LOOKED_AT_EVERY)
