"""Reads which calendar month is asked for, as 2026-10 or 上月."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from jianggao.errors import WrongForm, WrongUse
from jianggao.membership.ledger import end_of_day
from jianggao.text.folding import nfkc

FIRST_YEAR = 2000
_MONTH = re.compile(r"([0-9]{4})(?:[-./年])([0-9]{1,2})月?")
_THIS, _LAST = ("", "本月", "这个月"), ("上月", "上个月")
_MONTH_ALONE = re.compile(r"([0-9]{1,2})月份?")
_YEAR_ALONE = re.compile(r"(?:[0-9]{4}年?|[今去前]年|全年)")
_RIGHT_FORM = "月份请写成 2026-10。"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """Returns the month that the day lies in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """The first of the month."""
        return date(self.year, self.month, 1)

    @property
    def before(self) -> Month:
        """The month before it."""
        return Month.of(self.first_day - timedelta(days=1))

    @property
    def after(self) -> Month:
        """The month after it."""
        return Month.of(self.first_day + timedelta(days=31))

    def __contains__(self, day: date) -> bool:
        return Month.of(day) == self

    def moments(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Returns its first moment and the first moment after it, in UTC."""
        day = timedelta(days=1)
        return end_of_day(self.first_day - day, zone), end_of_day(self.after.first_day - day, zone)


def parse_month(text: str, today: date) -> Month:
    """Returns the month of a text as `2026-10`, `2026年10月`, `上月`, `10月` (the latest one), or of today where there
    is none.

    Raises WrongForm with the right form for anything else, WrongUse for a month that hasn't begun.
    """
    compact = "".join(nfkc(text).split())
    if compact in _THIS:
        return Month.of(today)
    if compact in _LAST:
        return Month.of(today).before
    if _YEAR_ALONE.fullmatch(compact):
        raise WrongForm(f"只按月统计，一次一个月。{_RIGHT_FORM}")
    alone = _MONTH_ALONE.fullmatch(compact)
    if alone is not None and 1 <= int(alone[1]) <= 12:
        return Month(today.year - (int(alone[1]) > today.month), int(alone[1]))
    match = _MONTH.fullmatch(compact)
    if match is None or not 1 <= int(match[2]) <= 12 or int(match[1]) < FIRST_YEAR:
        raise WrongForm(_RIGHT_FORM)
    month = Month(int(match[1]), int(match[2]))
    if month.first_day > today:
        raise WrongUse(f"{month.year} 年 {month.month} 月还没有到。{_RIGHT_FORM}")
    return month
