"""Reads what stands in the cells of a member list or a shop's export: accounts, days, orders."""

from __future__ import annotations

import re
from datetime import date, timedelta

from jianggao.text.folding import nfkc
from jianggao.text.quoting import quoted

SHOWN = 24
"""Characters of a cell that a refusal repeats."""
_EARLIEST = date(2000, 1, 1)
_SERIALS = (36_526, 73_415)
"""Excel's numbers of the days from 2000 to 2100."""
_DAY_ZERO = date(1899, 12, 30)
MAX_ORDER = 40
"""Characters of an order number."""

_AS_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
"""How shops keep Excel from reading a long number as one."""
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\0]")
_SCIENTIFIC = re.compile(r"([0-9])(?:\.([0-9]{1,15}))?[eE]\+?([0-9]{1,2})")
_WHOLE = re.compile(r"([0-9]+)\.0+")
_NO_ORDER = re.compile(r"[^0-9]*|0+")
"""What isn't a number of an order, whatever it says: 无, -, 微信转账."""
_CALLED_ORDER = re.compile(
    r"^[一-鿿]{0,4}(?:订单|訂單|交易|单|單)(?:编|編)?(?:号|號)?(?:码|碼)?"
    r"|^(?:order|no|id)(?:[_ ]?(?:no|id|number))?[.:#]",
    re.IGNORECASE,
)
_AROUND_ORDER = re.compile(r"^[\W_]+|[\W_]+$")
_LOST_DIGITS = re.compile(r"[1-9][0-9]{14}0{3,}")
"""What a program has kept 15 digits of: the others became 0."""
_DAY = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?(?:[T\s]+(?:[上下]午)?[0-9]{1,2}[:时].*)?",
    re.DOTALL,
)
_DAY_ALONE = r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}\s*[日号]?"
_RANGE = re.compile(rf"从?\s*({_DAY_ALONE})\s*(?:-+|~+|—+|–|至|到)\s*({_DAY_ALONE})\s*止?")
_UNTIL = re.compile(rf"(?:有效期)?(?:到|至|截[止至]到?)?\s*({_DAY_ALONE})\s*(?:止|到期|前有效)?")
_WEEKDAY = re.compile(r"\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?$")
_COMPACT_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6})?")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")


_NOTHING = re.compile(r"[-—–_/\\]*|无|没有|暂无|空")


class UnclearCell(Exception):
    """A cell isn't understood; the text says why, in a few Chinese words without 。"""


def folded(cell: str) -> str:
    """Returns a cell in NFKC without what programs put around it: `="…"`, a leading ', unseen characters."""
    text = _UNSEEN.sub("", nfkc(cell)).strip()
    wrapped = _AS_FORMULA.fullmatch(text)
    bare: str = wrapped[1] if wrapped else text.lstrip("'`")
    return bare.strip()


def order_in(cell: str) -> str:
    """Returns the number of an order in its one form, without what it is called and without signs around it;
    "" where none is written, as for 无 or -. Raises UnclearCell."""
    text = bare_order("".join(folded(cell).split()))
    text = bare_order(written_out(text, "订单号"))
    if len(text) > MAX_ORDER:
        raise UnclearCell(f"订单号超过 {MAX_ORDER} 个字")
    if _LOST_DIGITS.fullmatch(text):
        raise UnclearCell(f"订单号{quoted(text, SHOWN)}末尾的数字像是丢了，请把这一列设成文本再导出")
    return "" if _NO_ORDER.fullmatch(text) else text


def bare_order(text: str) -> str:
    """Returns the number of an order without what it is called and without signs around it, in capitals."""
    return _AROUND_ORDER.sub("", _CALLED_ORDER.sub("", _AROUND_ORDER.sub("", text))).upper()


def says_nothing(cell: str) -> bool:
    """Returns whether a cell is as good as blank: -, /, 无."""
    return bool(_NOTHING.fullmatch(folded(cell)))


def is_plain_day(cell: str) -> bool:
    """Returns whether a cell is a day by itself, as no other number is: 2026-03-18, with or without a time."""
    return bool(_DAY.fullmatch(folded(cell)))


def day_in(cell: str) -> date:
    """Returns the day that a cell names, with or without a time. Raises UnclearCell."""
    text = _WEEKDAY.sub("", folded(cell))
    match = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    serial = _SERIAL.fullmatch(text)
    try:
        if match:
            day = date(*(int(part) for part in match.groups()))
        elif serial and _SERIALS[0] <= int(serial[1]) < _SERIALS[1]:
            day = _DAY_ZERO + timedelta(days=int(serial[1]))
        else:
            raise ValueError
    except ValueError:
        raise UnclearCell(f"没看懂日期{quoted(cell, SHOWN)}，请写成 2026-03-18") from None
    if day < _EARLIEST:
        raise UnclearCell(f"日期 {day.isoformat()} 太早")
    return day


def days_in(cell: str) -> tuple[date | None, date]:
    """Returns the first and the last day that a cell names, None for the first where it names one day alone:
    2026.3.18-2027.3.17. Raises UnclearCell."""
    match = _RANGE.fullmatch(folded(cell))
    if match:
        return day_in(match[1]), day_in(match[2])
    until = _UNTIL.fullmatch(folded(cell))
    return None, day_in(until[1] if until else cell)


def written_out(text: str, what: str) -> str:
    """Returns a number that a spreadsheet program has changed as it was: 10001.0, 1.0001E4. Raises
    UnclearCell where digits of it are lost."""
    whole = _WHOLE.fullmatch(text)
    if whole:
        return whole[1]
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific is None:
        return text
    digits: str = scientific[1] + (scientific[2] or "")
    exponent = int(scientific[3])
    # 1.0001E4 has all five digits; of 1.23457E+09 nobody knows the last four.
    if len(digits) - 1 != exponent:
        raise UnclearCell(
            f"{what}{quoted(text, SHOWN)}成了科学计数法，末尾的数字丢了，请把这一列设成文本再导出"
        )
    return digits
