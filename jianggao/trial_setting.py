"""Reads the settings TRIAL and TRIAL_WAIT: what may be had for trial, and how long a friend waits for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from jianggao.text.folding import nfkc

MOST_DAYS = 31
"""The longest trial."""
LONGEST_WAIT = 365
"""Days."""
TRIAL_HINTS = {
    "trial": f"写 3天（最多 {MOST_DAYS} 天）或 1篇（一篇全文），不要试用就不写",
    "trial_wait": f"写 1天、2周 这样的时长（最多 {LONGEST_WAIT} 天），不用等写 0天",
}
"""What to write for each of the settings."""

_SPAN = re.compile(r"([0-9]{1,3}|[一二两三四五六七八九十]{1,3})(?:(天|日)|个?(?:周|星期))")
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_ONE_TEXT = re.compile("[1一]篇(?:全文)?")
_OFF = ("off", "不")


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
    text = _compact(value)
    if text in _OFF:
        return None
    if _ONE_TEXT.fullmatch(text):
        return Trial(None)
    days = _days(text)
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(TRIAL_HINTS["trial"])
    return Trial(days)


def read_wait(value: object) -> object:
    """Returns the wait of `1天` or `2周`, nothing for `0天`. Raises ValueError for anything else."""
    if not isinstance(value, str):
        return value
    days = _days(_compact(value))
    if days > LONGEST_WAIT:
        raise ValueError(TRIAL_HINTS["trial_wait"])
    return timedelta(days=days)


def _compact(value: str) -> str:
    return "".join(nfkc(value).split()).lower()


def _days(text: str) -> int:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError("not a number of days or weeks")
    count = int(match[1]) if match[1].isascii() else _chinese(match[1])
    return count * (1 if match[2] else 7)


def _chinese(numeral: str) -> int:
    """Returns the value of 一 to 九十九. Raises ValueError for what is no numeral."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _digit(numeral)
    return (_digit(tens) if tens else 1) * 10 + (_digit(ones) if ones else 0)


def _digit(char: str) -> int:
    if char not in _DIGITS:
        raise ValueError("not a number of days or weeks")
    return _DIGITS[char]
