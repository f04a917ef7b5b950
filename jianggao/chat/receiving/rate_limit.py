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
    """Refuse it, and say why."""
    SILENCE = "silence"
    """Refuse it without a word: the person has read why within the last minute."""


class RateLimit:
    """Counts the commands of the last minute for each key. Whoever exceeds the limit reads so once a
    minute."""

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
        """Returns TELL, or SILENCE if that was returned for `key` within the last minute."""
        if now - self._told.get(key, -_MINUTE) < _MINUTE:
            return RateDecision.SILENCE
        self._told[key] = now
        return RateDecision.TELL

    def _forget(self, now: float) -> None:
        if len(self._times) > _MOST_KEYS:
            self._times = {
                key: times for key, times in self._times.items() if times and times[-1] > now - _MINUTE
            }
            self._told = {key: at for key, at in self._told.items() if at > now - _MINUTE}
