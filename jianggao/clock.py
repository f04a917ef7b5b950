"""The clock as a parameter: nothing in the core asks the system for the time by itself."""

from collections.abc import Callable
from datetime import datetime, timezone

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
