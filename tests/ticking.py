"""A clock for tests: time that depends on the work alone."""

from __future__ import annotations


class Ticking:
    """A clock that goes on by one with each look at it."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> float:
        self.now += 1
        return float(self.now)
