"""The clock as a parameter: nothing in the core asks the system for the time by itself."""

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

Clock = Callable[[], datetime]
"""Gives the present as an aware datetime in UTC."""


def system_clock() -> datetime:
    """The machine's time, in UTC."""
    return datetime.now(timezone.utc)


def to_text(moment: datetime) -> str:
    """The form in which moments are stored: ISO 8601 in UTC with microseconds, so that text order is time order."""
    return moment.astimezone(timezone.utc).isoformat(timespec="microseconds")


def from_text(stored: str) -> datetime:
    """The inverse of `to_text`."""
    return datetime.fromisoformat(stored)


A_DAY = timedelta(days=1)
"""What a clock may differ: less is a slip that is put right by itself, more gives texts and periods wrong days."""

WRITTEN = datetime(2025, 1, 1, tzinfo=timezone.utc)
"""No machine ran this program before: a clock that says so (1970, on a board without a battery) is wrong."""
LONG_REST = timedelta(days=35)
"""After this long without a trace of anything a clock is rather wrong than the program was at rest."""


def seconds_awake_or_asleep() -> float:
    """Seconds that nobody can set, those in which the machine slept included: a laptop that is shut over a weekend has
    no clock that jumped. Elsewhere than on Linux and Windows there is no better than `time.monotonic`."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class ClockWatch:
    """Tells that a clock was moved while the program runs, by a second one that nobody can set."""

    def __init__(self, clock: Clock, monotonic: Callable[[], float]) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self.trust()

    def trust(self) -> None:
        """What the clock says now is right."""
        self._was, self._since = self._clock(), self._monotonic()

    def moved(self) -> timedelta:
        """By how much the clock went ahead (or back: negative) beyond the time that has passed."""
        return self._clock() - self._was - timedelta(seconds=self._monotonic() - self._since)
