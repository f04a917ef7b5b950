"""Reads the settings that are so many days: 7天, 三天, 两周."""

from __future__ import annotations

import re

from jianggao.text.folding import nfkc
from jianggao.text.numerals import exact_number_of
from jianggao.text.whole_numbers import whole_number

_DAYS = re.compile(r"([0-9]{1,4}|[零一二两三四五六七八九十百千]{1,7})(?:(天|日)|个?(?:周|星期|礼拜))")
_OFF = ("off", "no", "false", "不", "无", "关")


def compact(written: str) -> str:
    """Returns what was written in narrow small letters, without blanks."""
    return "".join(nfkc(written).split()).lower()


def is_off(written: str) -> bool:
    """Returns whether a setting is switched off: `off`, 不, or nothing at all."""
    return compact(written) in ("", *_OFF)


def days_of(written: str) -> int:
    """Returns the days of `7天`, `７ 日`, `三天`, `2周`, `两个星期` and the like. Raises ValueError for anything
    else: months have no one length, and of a bare number nobody knows what it counts."""
    match = _DAYS.fullmatch(compact(written))
    if match is None:
        raise ValueError("not a number of days or weeks")
    count = 0 if match[1] == "零" else whole_number(match[1], 9_999)
    if count is None:
        count = exact_number_of(match[1])
    if count is None:
        raise ValueError("not a numeral")
    return count * (1 if match[2] else 7)
