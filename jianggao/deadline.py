"""How long a question may take: a moment by an injected clock, asked for by SQLite while it works and by our own loops.

Whoever types a question can make it as hard as the words allow; no pattern of words is worth more than this time.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from jianggao.errors import TooSlow

QUESTION_SECONDS = 1.5
SHOWING_SECONDS = 0.5
"""What is left, whatever the question has used up, to read the few texts that were found."""


class Deadline:
    """A moment by which something ends; any thread may ask. `was_hit` tells whether the time ran out for something."""

    __slots__ = ("_end", "_is_stopped", "_monotonic", "was_hit")

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._end = monotonic() + seconds
        self._is_stopped = False
        self.was_hit = False

    @property
    def left(self) -> float:
        """The seconds until then, 0 if it has passed."""
        return 0.0 if self._is_stopped else max(0.0, self._end - self._monotonic())

    @property
    def is_stopped(self) -> bool:
        """Whether it was ended before its time, as nobody waits for the answer any more."""
        return self._is_stopped

    def has_passed(self) -> bool:
        """Whether to stop now; who gets True stops."""
        if self._monotonic() >= self._end:
            self.was_hit = True
        return self._is_stopped or self.was_hit

    def check(self) -> None:
        """Raise TooSlow when the time is over."""
        if self.has_passed():
            raise TooSlow

    def stop(self) -> None:
        """Let it have passed: the database closes, or who asked has gone."""
        self._is_stopped = True

    def for_showing(self, more: float = 0.0) -> Deadline:
        """A deadline for reading what was found: what is left of this one, but never less than the texts need;
        `more` are the seconds that a long list takes further."""
        return Deadline(max(self.left, SHOWING_SECONDS) + more, self._monotonic)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long each question may take, by which clock. Not the clock of the bot's days: that one can be moved."""

    seconds: float = QUESTION_SECONDS
    monotonic: Callable[[], float] = time.monotonic

    def begin(self, more: float = 0.0) -> Deadline:
        """The deadline of a question that is asked now."""
        return Deadline(self.seconds + more, self.monotonic)


def no_deadline() -> Deadline:
    """A deadline that only `stop` ends: for work that nobody's question started."""
    return Deadline(math.inf, time.monotonic)
