"""Computes when the next send of an account may leave, at a pace that accounts survive (docs/rules.md, Way
out).

Pure: seconds of a monotonic clock come in.
"""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass

_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class PaceLimits:
    """The limits of one account: seconds between two sends, and between two to the same group."""

    send_interval: float
    group_send_interval: float
    group_sends_per_minute: int
    jitter: float = 0.3
    """Up to this share of an interval is added at random: sends at even intervals look like a machine's."""


class Pace:
    """Remembers what one account has sent lately. Ask `earliest`, then report with `sent`."""

    def __init__(self, limits: PaceLimits, rng: random.Random) -> None:
        self._limits = limits
        self._rng = rng
        self._free_at = float("-inf")
        self._group_free_at: dict[str, float] = {}
        self._group_sends: dict[str, deque[float]] = {}

    def earliest(self, group: str | None, now: float) -> float:
        """Returns the first moment, `now` or later, when a send to `group` (None: a private chat) may
        leave."""
        moment = max(now, self._free_at)
        if group is None:
            return moment
        moment = max(moment, self._group_free_at.get(group, moment))
        sends = self._group_sends.get(group)
        if sends is not None and len(sends) == self._limits.group_sends_per_minute:
            moment = max(moment, sends[0] + _MINUTE)
        return moment

    def sent(self, group: str | None, at: float) -> None:
        """Records that a send to `group` left at `at`."""
        self._free_at = at + self._spread(self._limits.send_interval)
        if group is None:
            return
        self._group_free_at[group] = at + self._spread(self._limits.group_send_interval)
        sends = self._group_sends.setdefault(group, deque(maxlen=self._limits.group_sends_per_minute))
        sends.append(at)
        while sends[0] <= at - _MINUTE:
            sends.popleft()

    def hold(self, group: str, until: float) -> None:
        """Lets nothing more leave to `group` before `until`: QQ said that it is muted, or that it gets too
        much."""
        self._group_free_at[group] = max(until, self._group_free_at.get(group, until))

    def release(self, group: str) -> None:
        """Ends what held the group: the mute was lifted, or the account is back in it."""
        self._group_free_at.pop(group, None)

    def estimate(self, waiting: list[str | None], group: str | None, now: float) -> float:
        """Returns the seconds until a send to `group` would leave behind those to the chats `waiting`,
        without jitter."""
        forecast = Pace(
            PaceLimits(
                self._limits.send_interval,
                self._limits.group_send_interval,
                self._limits.group_sends_per_minute,
                jitter=0.0,
            ),
            self._rng,
        )
        forecast._free_at = self._free_at
        if group in self._group_free_at:
            forecast._group_free_at[group] = self._group_free_at[group]
        if group in self._group_sends:
            forecast._group_sends[group] = self._group_sends[group].copy()
        at = now
        same = waiting.count(group)
        # Sends elsewhere are counted as if all of them left first: to forecast each would take time with
        # their square.
        for _ in range(len(waiting) - same):
            forecast._free_at = max(forecast._free_at, now) + self._limits.send_interval
        for _ in range(same):
            at = forecast.earliest(group, at)
            forecast.sent(group, at)
        return forecast.earliest(group, at) - now

    def _spread(self, interval: float) -> float:
        return interval * (1 + self._limits.jitter * self._rng.random())
