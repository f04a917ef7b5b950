"""Reads the settings TRIAL and TRIAL_WAIT: what may be had for trial, and how long a friend waits for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from jianggao.day_counts import compact, days_of, is_off

MOST_DAYS = 31
"""The longest trial."""
LONGEST_WAIT = 365
"""Days."""
TRIAL_HINTS = {
    "trial": f"写 3天（最多 {MOST_DAYS} 天）或 1篇（一篇全文），不要试用就不写",
    "trial_wait": f"写 1天、2周 这样的时长（最多 {LONGEST_WAIT} 天），不用等写 0天",
}
"""What to write for each of the settings."""

_ONE_TEXT = re.compile("[1一]篇(?:全文)?")


@dataclass(frozen=True, slots=True)
class Trial:
    """What somebody may have for trial, once."""

    days: int | None
    """How many days a trial membership has; None where the trial is one full text."""

    def __str__(self) -> str:
        return "一篇全文" if self.days is None else f"{self.days} 天"


def read_trial(value: object) -> object:
    """Returns the trial of `3天`, `1周` or `1篇`, None for `off`. Raises ValueError for anything else, and for
    days outside 1 to 31."""
    if not isinstance(value, str):
        return value
    if is_off(value):
        return None
    if _ONE_TEXT.fullmatch(compact(value)):
        return Trial(None)
    days = days_of(value)
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(TRIAL_HINTS["trial"])
    return Trial(days)


def read_wait(value: object) -> object:
    """Returns the wait of `1天` or `2周`, none for `0天` and `off`. Raises ValueError for anything else."""
    if not isinstance(value, str):
        return value
    days = 0 if is_off(value) else days_of(value)
    if days > LONGEST_WAIT:
        raise ValueError(TRIAL_HINTS["trial_wait"])
    return timedelta(days=days)
