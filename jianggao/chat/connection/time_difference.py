"""Whether QQ's time and the machine's differ: messages then seem old, or come from the future."""

from __future__ import annotations

from datetime import timedelta

MUCH = timedelta(minutes=10)
_ALIKE = timedelta(minutes=3)
_MESSAGES = 3
_SPREAD = 60.0
"""Seconds between the first and the last of them: what waited in QQ while the bot was away comes all at
once."""


class TimeDifference:
    """How late messages come. A backlog comes at once, and each of its messages is late by another time;
    where all of some minutes are late by the same, a clock is wrong."""

    def __init__(self) -> None:
        self._late: list[tuple[timedelta, float]] = []

    def noted(self, late: timedelta, now: float) -> int | None:
        """A message was late by this (negative: it came from the future). By how many minutes the clocks
        differ, if that is certain; `now` is in seconds of a clock that nobody sets."""
        if abs(late) <= MUCH or (self._late and abs(self._late[0][0] - late) > _ALIKE):
            self._late.clear()
        if abs(late) <= MUCH:
            return None
        self._late.append((late, now))
        if len(self._late) < _MESSAGES or now - self._late[0][1] < _SPREAD:
            del self._late[1 : -_MESSAGES + 1]
            return None
        return round(late.total_seconds() / 60)
