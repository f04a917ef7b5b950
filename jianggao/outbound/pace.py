"""The pace that accounts survive: when the next send may leave. Pure; seconds of a monotonic clock come in."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass

_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class PaceLimits:
    """Seconds between sends; jitter is a share of the interval added at random."""

    send_interval: float
    group_send_interval: float
    group_sends_per_minute: int
    jitter: float = 0.3


class Pace:
    """What one account has sent lately. Ask `earliest`, then tell `sent`."""

    def __init__(self, limits: PaceLimits, rng: random.Random) -> None:
        self._limits = limits
        self._chance = rng
        self._free_at = float("-inf")
        self._group_free_at: dict[str, float] = {}
        self._group_sends: dict[str, deque[float]] = {}

    def earliest(self, group: str | None, now: float) -> float:
        """The first moment, `now` or later, when a send to `group` (None: a private chat) may leave."""
        moment = max(now, self._free_at)
        if group is None:
            return moment
        moment = max(moment, self._group_free_at.get(group, moment))
        sends = self._group_sends.get(group)
        if sends is not None and len(sends) == self._limits.group_sends_per_minute:
            moment = max(moment, sends[0] + _MINUTE)
        return moment

    def sent(self, group: str | None, at: float) -> None:
        """A send to `group` left at `at`."""
        self._free_at = at + self._spread(self._limits.send_interval)
        if group is None:
            return
        self._group_free_at[group] = at + self._spread(self._limits.group_send_interval)
        sends = self._group_sends.setdefault(group, deque(maxlen=self._limits.group_sends_per_minute))
        sends.append(at)
        while sends[0] <= at - _MINUTE:
            sends.popleft()

    def hold(self, group: str, until: float) -> None:
        """Nothing more to `group` before `until`: QQ said so."""
        self._group_free_at[group] = max(until, self._group_free_at.get(group, until))

    def release(self, group: str) -> None:
        """What held the group is over: a mute lifted, the account back in it."""
        self._group_free_at.pop(group, None)

    def estimate(self, waiting: list[str | None], group: str | None, now: float) -> float:
        """Seconds until a send to `group` would leave behind those `waiting`, without jitter."""
        forecast = Pace(
            PaceLimits(
                self._limits.send_interval,
                self._limits.group_send_interval,
                self._limits.group_sends_per_minute,
                jitter=0.0,
            ),
            self._chance,
        )
        forecast._free_at = self._free_at
        if group in self._group_free_at:
            forecast._group_free_at[group] = self._group_free_at[group]
        if group in self._group_sends:
            forecast._group_sends[group] = self._group_sends[group].copy()
        at = now
        same = [one for one in waiting if one == group]
        for _ in range(len(waiting) - len(same)):
            forecast._free_at = max(forecast._free_at, now) + self._limits.send_interval
        for one in same:
            at = forecast.earliest(one, at)
            forecast.sent(one, at)
        return forecast.earliest(group, at) - now

    def _spread(self, interval: float) -> float:
        return interval * (1 + self._limits.jitter * self._chance.random())
