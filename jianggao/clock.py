"""Defines what a clock is, how moments are stored, and how a wrong clock is noticed.

Nothing in the core asks the system for the time: every function that needs the present takes a `Clock`, so
that tests and the sandbox can set it.
"""

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

Clock = Callable[[], datetime]
"""Returns the present as an aware datetime in UTC."""


def system_clock() -> datetime:
    """Return the machine's time as an aware datetime in UTC."""
    return datetime.now(timezone.utc)


def to_text(moment: datetime) -> str:
    """Return an aware datetime in the form in which it is stored: ISO 8601 in UTC, always with microseconds,
    so that the order of the texts is the order of the moments."""
    return moment.astimezone(timezone.utc).isoformat(timespec="microseconds")


def from_text(stored: str) -> datetime:
    """Return the aware datetime that `to_text` stored. Raises ValueError if `stored` is no ISO 8601
    moment."""
    return datetime.fromisoformat(stored)


CLOCK_TOLERANCE = timedelta(days=1)
"""How far a clock may be off without being doubted (docs/rules.md, Library). A smaller error costs at most a
date that is a day off; a larger one gives texts and subscriptions days that are plainly wrong."""

EARLIEST_POSSIBLE_TIME = datetime(2025, 1, 1, tzinfo=timezone.utc)
"""The program did not exist before this moment, so a clock that says so is wrong. Boards without a battery
start in 1970."""

LONGEST_REST = timedelta(days=35)
"""How long the bot may have been switched off before its clock is doubted: where nothing was stored and no
file was written for longer than this, a clock that is ahead is likelier than a machine that stood still."""


def seconds_since_boot() -> float:
    """Return the seconds by a clock that nobody can set and that runs on while the machine sleeps.

    A laptop that was shut over a weekend therefore has no clock that jumped. `time.monotonic` counts the
    sleep on Windows; elsewhere than on Linux and Windows it doesn't, and nothing better is known.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class ClockWatch:
    """Notices that a clock was set while the program runs, by comparing it with one that nobody can set."""

    def __init__(self, clock: Clock, monotonic: Callable[[], float]) -> None:
        """Watch `clock`; `monotonic` returns seconds since any fixed moment."""
        self._clock = clock
        self._monotonic = monotonic
        self.trust()

    def trust(self) -> None:
        """Take what the clock says now for right: `moved` counts from here."""
        self._trusted_moment, self._trusted_seconds = self._clock(), self._monotonic()

    def moved(self) -> timedelta:
        """Return by how much the clock was set ahead since `trust` (negative: back), beyond the time that has
        passed."""
        passed = timedelta(seconds=self._monotonic() - self._trusted_seconds)
        return self._clock() - self._trusted_moment - passed
