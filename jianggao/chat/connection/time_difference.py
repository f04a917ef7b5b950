"""Finds out whether QQ's clock and the machine's differ: messages then seem old, or come from the future."""

from __future__ import annotations

from datetime import timedelta

MUCH = timedelta(minutes=10)
"""Messages that are late by no more than this say nothing of the clocks."""
_ALIKE = timedelta(minutes=3)
"""Two messages are late by the same time if they differ by no more than this."""
_MESSAGES = 3
"""Messages late by the same time after which a difference is certain."""
_SPREAD = 60.0
"""Seconds between the first and the last of the messages: what waited in QQ while the bot was away comes all
at once."""


class TimeDifference:
    """What is remembered of how late the last messages came. A backlog comes all at once, and each of its
    messages is late by another time; where all messages of a minute are late by the same, a clock is
    wrong."""

    def __init__(self) -> None:
        self._late: list[tuple[timedelta, float]] = []

    def note(self, late: timedelta, now: float) -> int | None:
        """Notes how late a message came (negative: from the future), at `now` in seconds of a monotonic
        clock. Returns by how many minutes the clocks differ, rounded; None if that isn't certain."""
        if abs(late) <= MUCH or (self._late and abs(self._late[0][0] - late) > _ALIKE):
            self._late.clear()
        if abs(late) <= MUCH:
            return None
        self._late.append((late, now))
        if len(self._late) < _MESSAGES or now - self._late[0][1] < _SPREAD:
            del self._late[1 : -_MESSAGES + 1]  # the first is kept: `_SPREAD` counts from it
            return None
        return round(late.total_seconds() / 60)
