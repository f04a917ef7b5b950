"""Writes a warning at most once a minute where a peer can cause it as often as it likes, so that nobody fills
the disk with it."""

from __future__ import annotations

import time
from collections.abc import Callable

from nonebot import logger

A_MINUTE = 60.0
_MOST = 100
"""Different warnings that are counted; all further ones count as one and the same."""


class ThrottledLog:
    """Writes each warning, told apart by its words, at once, and then at most once a minute with how many
    there were meanwhile."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._told: dict[str, tuple[float, int]] = {}

    def warning(self, text: str, detail: str = "") -> None:
        """Writes the warning, or counts it. `detail` belongs to the one occurrence, and is written with
        it."""
        if text not in self._told and len(self._told) >= _MOST:
            text = "a peer does what it should not, in many ways"
        now = self._monotonic()
        at, count = self._told.get(text, (now - A_MINUTE, 0))
        if now - at < A_MINUTE:
            self._told[text] = (at, count + 1)
            return
        self._told[text] = (now, 0)
        line = f"{text} ({detail})" if detail else text
        logger.warning(f"{line} ({count} more since the last such line)" if count else line)
