"""Reads how long a subscription is given for, as 1年6个月, and adds it to a date (docs/rules.md,
Membership)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from jianggao.errors import WrongForm
from jianggao.text.folding import nfkc
from jianggao.text.numerals import exact_number_of
from jianggao.text.quoting import quoted

MAX_YEARS = 20
"""The longest duration: who types more has mistyped."""
_MAX_DAYS = MAX_YEARS * 1461 // 4
_RIGHT_FORM = "时长请写成 30天、2周、6个月、1年 或 1年6个月。"
_ECHO = 20
"""Characters of a misunderstood input that are repeated."""

_NUMBER = "[0-9]{1,5}|[一二三四五六七八九十百千][零一二三四五六七八九十百千]{0,8}"
_DURATION = re.compile(
    rf"(?:(?P<years>{_NUMBER})年(?P<half>半)?|(?P<half_year>半年))?"
    rf"(?:零?(?P<months>{_NUMBER})个?月)?"
    rf"(?:零?(?P<weeks>{_NUMBER})(?:周|个?星期|个?礼拜))?"
    rf"(?:零?(?P<days>{_NUMBER})(?P<day_unit>[天日]))?"
)
_VARIANTS = str.maketrans({"個": "个", "週": "周", "兩": "二", "两": "二", "〇": "零", "禮": "礼"})
_STORED = re.compile(r"P(\d+)Y(\d+)M(\d+)W(\d+)D")


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of calendar time, without a length in days until it is added to a date.

    `str()` returns its Chinese form, as `1年6个月`.
    """

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    def __str__(self) -> str:
        parts = ((self.years, "年"), (self.months, "个月"), (self.weeks, "周"), (self.days, "天"))
        return "".join(f"{count}{unit}" for count, unit in parts if count) or "0天"

    def to_stored(self) -> str:
        """Returns the form in which the ledger keeps it, as `P1Y6M0W0D`."""
        return f"P{self.years}Y{self.months}M{self.weeks}W{self.days}D"

    @classmethod
    def from_stored(cls, stored: str) -> Duration:
        """Returns the duration of a stored form. Raises ValueError for anything else."""
        match = _STORED.fullmatch(stored)
        if match is None:
            raise ValueError(f"not a stored duration: {stored!r}")
        return cls(*(int(group) for group in match.groups()))


def parse_duration(text: str) -> Duration:
    """Returns the duration of a text as `1年`, `3个月`, `六个月`, `半年`, `一年半`, `2周`, `30天`,
    `1年零3个月`.

    Raises WrongForm with the right form if it is missing, unclear (`3月5日` reads like a date, `半个月` and a
    bare number have no one meaning), zero, or longer than 20 years.
    """
    compact = "".join(nfkc(text).translate(_VARIANTS).split())
    if not compact:
        raise WrongForm(f"没有写时长。{_RIGHT_FORM}")
    match = _DURATION.fullmatch(compact)
    duration = _from_match(match) if match else None
    if duration is None:
        raise WrongForm(f"没看懂时长{quoted(text, _ECHO)}。{_RIGHT_FORM}")
    return _within_limits(duration)


def add(day: date, duration: Duration) -> date:
    """Returns the last day of a subscription that begins on `day`: 31 January and one month is the end of
    February."""
    last: date = day + relativedelta(
        years=duration.years, months=duration.months, weeks=duration.weeks, days=duration.days
    )
    return last


def _from_match(match: re.Match[str]) -> Duration | None:
    """Returns the duration; None where the units fit and the meaning is still unclear."""
    # 5日 alone is a number of days; 3月5日 is a day of the year.
    longer_units = any(match[unit] for unit in ("years", "half_year", "months", "weeks"))
    if match["day_unit"] == "日" and longer_units:
        return None
    # 一年半3个月: nobody knows whether the months come on top.
    half = bool(match["half"] or match["half_year"])
    if half and match["months"]:
        return None
    counts = [_number(match[unit]) for unit in ("years", "months", "weeks", "days")]
    if None in counts:
        return None
    years, months, weeks, days = (count or 0 for count in counts)
    return Duration(years, 6 if half else months, weeks, days)


def _number(text: str | None) -> int | None:
    """Returns the value of Arabic or Chinese digits; 0 if there are none, None if they are no proper
    numeral."""
    if text is None:
        return 0
    if text.isascii():
        return int(text)
    number = exact_number_of(text)
    return number if number is not None and number <= _MAX_DAYS else None


def _within_limits(duration: Duration) -> Duration:
    if duration == Duration():
        raise WrongForm(f"时长不能是 0。{_RIGHT_FORM}")
    # In forty-eighths of a day, so that no fraction is rounded: a month is 1461/48 days (four years have
    # 1461).
    years_and_months = (duration.years * 12 + duration.months) * 1461
    if years_and_months + (duration.weeks * 7 + duration.days) * 48 > _MAX_DAYS * 48:
        raise WrongForm(f"时长最多 {MAX_YEARS} 年。{_RIGHT_FORM}")
    return duration
