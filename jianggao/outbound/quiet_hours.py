"""Decides when nothing is pushed: at night (QUIET_HOURS). Pure: moments of the day come in."""

from __future__ import annotations

from datetime import time

QuietHours = tuple[time, time]
"""From when, by the clock of TIMEZONE, until before when nothing is pushed; mostly over midnight."""


def is_quiet(hours: QuietHours | None, now: time) -> bool:
    """Returns whether nothing is pushed at this time of the day; never where there are no such hours."""
    if hours is None:
        return False
    begins, ends = hours
    if begins <= ends:
        return begins <= now < ends
    return now >= begins or now < ends
