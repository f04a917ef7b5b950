"""Decides when something that failed is tried again: after pauses that grow, so that nothing is tried for ever
at the same pace."""

from __future__ import annotations

from datetime import timedelta

FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=1)


class GrowingPause:
    """The pause between two tries of one thing: twice as long after each failure. Moments are seconds by a
    clock that nobody can set."""

    def __init__(self, first: timedelta = FIRST, longest: timedelta = LONGEST) -> None:
        self._first = first
        self._longest = longest
        self._pause = timedelta(0)
        self._failed_at = 0.0
        self.failures = 0
        """How often it has failed since it last succeeded."""

    def is_over(self, now: float) -> bool:
        """Returns whether the next try is due."""
        return not self._pause or now - self._failed_at >= self._pause.total_seconds()

    def failed(self, now: float) -> None:
        """Notes a failure."""
        self.failures += 1
        self._failed_at = now
        self._pause = min(max(self._first, 2 * self._pause), self._longest)

    def succeeded(self) -> None:
        """Notes a success: the next try needn't wait."""
        self.failures = 0
        self._pause = timedelta(0)
