"""Limits how many commands a person or a group may give in a minute."""

from __future__ import annotations

from collections import deque
from enum import Enum

_MINUTE = 60.0
_MOST_KEYS = 10_000


class RateDecision(Enum):
    """What to do with a command."""

    PASS = "pass"
    TELL = "tell"
    SILENCE = "silence"


class RateLimit:
    """A sliding minute for each key; who exceeds the limit is told so once a minute."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._times: dict[str, deque[float]] = {}
        self._told: dict[str, float] = {}

    def ask(self, key: str, now: float) -> RateDecision:
        """Returns the decision on one more command of `key` at `now` (seconds, monotonic); only those that
        pass count."""
        times = self._times.setdefault(key, deque())
        while times and times[0] <= now - _MINUTE:
            times.popleft()
        if len(times) < self._per_minute:
            times.append(now)
            self._forget(now)
            return RateDecision.PASS
        return self.tell_once(key, now)

    def tell_once(self, key: str, now: float) -> RateDecision:
        """Returns TELL, or SILENCE if `key` was told within the last minute."""
        if now - self._told.get(key, -_MINUTE) < _MINUTE:
            return RateDecision.SILENCE
        self._told[key] = now
        return RateDecision.TELL

    def _forget(self, now: float) -> None:
        if len(self._times) > _MOST_KEYS:
            self._times = {k: t for k, t in self._times.items() if t and t[-1] > now - _MINUTE}
            self._told = {k: t for k, t in self._told.items() if t > now - _MINUTE}
