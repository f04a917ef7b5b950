"""Limits how long a question of a user may take (docs/rules.md, Search).

A `Deadline` is a moment by an injected clock. SQLite asks for it while a statement runs, and loops of this
program ask for it at each turn. Whoever types a question can make it as hard as the words allow, so every
question has one.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from jianggao.errors import TooSlow

QUESTION_SECONDS = 1.5
"""How long a question may take, in seconds."""
SHOWING_SECONDS = 0.5
"""How long it may take to read the few texts that were found, in seconds, whatever the question has used
up."""


class Deadline:
    """A moment by which work must end. Any thread may ask it."""

    __slots__ = ("_end", "_is_stopped", "_monotonic", "was_hit")

    was_hit: bool
    """Whether some work was ended because its time ran out; False where it was only stopped."""

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        """End `seconds` from now, by a clock that returns seconds."""
        self._monotonic = monotonic
        self._end = monotonic() + seconds
        self._is_stopped = False
        self.was_hit = False

    @property
    def left(self) -> float:
        """The seconds that are left; 0 if the deadline has passed or was stopped."""
        return 0.0 if self._is_stopped else max(0.0, self._end - self._monotonic())

    @property
    def is_stopped(self) -> bool:
        """Whether `stop` was called: nobody waits for the answer any more."""
        return self._is_stopped

    def has_passed(self) -> bool:
        """Return whether the work must end now. A caller that gets True ends its work, so this is noted in
        `was_hit`."""
        if self._monotonic() >= self._end:
            self.was_hit = True
        return self._is_stopped or self.was_hit

    def check(self) -> None:
        """Raise TooSlow if the work must end now."""
        if self.has_passed():
            raise TooSlow

    def stop(self) -> None:
        """End the work before its time: the database closes, or who asked has gone."""
        self._is_stopped = True

    def for_showing(self, more: float = 0.0) -> Deadline:
        """Return a new deadline for reading the texts that were found.

        It has what is left of this one, at least SHOWING_SECONDS, and `more` seconds for a long list.
        """
        return Deadline(max(self.left, SHOWING_SECONDS) + more, self._monotonic)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long each question may take, and by which clock.

    The clock is not that of the bot's days: a superuser or the sandbox may set that one.
    """

    seconds: float = QUESTION_SECONDS
    """How long a question may take, in seconds."""
    monotonic: Callable[[], float] = time.monotonic
    """Returns seconds since any fixed moment."""

    def begin(self, more: float = 0.0) -> Deadline:
        """Return the deadline of a question that is asked now; `more` are seconds beyond the limit."""
        return Deadline(self.seconds + more, self.monotonic)


def no_deadline() -> Deadline:
    """Return a deadline that only `stop` ends, for work that no user's question started."""
    return Deadline(math.inf, time.monotonic)
