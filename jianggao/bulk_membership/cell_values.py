"""Reads what stands in the cells of a member list or a shop's export: accounts, days, durations, orders."""

from __future__ import annotations

import re
from datetime import date, timedelta

from jianggao.errors import WrongForm
from jianggao.membership.durations import Duration, parse_duration
from jianggao.text.folding import nfkc
from jianggao.text.quoting import quoted
from jianggao.text.whole_numbers import ACCOUNT_DIGITS

_SHOWN = 24
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
_ACCOUNT = re.compile(ACCOUNT_DIGITS)
_WHOLE = re.compile(r"([0-9]+)\.0+")
_LABELLED = re.compile(
    rf"(?:qq|扣扣|企鹅)[号码账帐是为:\s]*(?<![0-9])({ACCOUNT_DIGITS})(?![0-9])", re.IGNORECASE
)
_IN_REMARK = re.compile(rf"(?<![0-9.])({ACCOUNT_DIGITS})(?![0-9])(?!\.[0-9])")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_DAY = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?(?:[T\s]+(?:[上下]午)?[0-9]{1,2}[:时].*)?",
    re.DOTALL,
)
_COMPACT_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6})?")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_BARE_NUMBER = re.compile(r"([0-9]{1,4})(?:\.0+)?")
_CARD = re.compile(
    r"(半年|(?<![-.0-9年零])[0-9一二两三四五六七八九十]{1,2}个?(?:年|季|月|周)"
    r"|(?<![-.0-9一二两三四五六七八九十个])(?:年|季|月|周))度?(?:卡|会员|套餐|订阅)|包(年|季|月)"
)
_COUNT = "(?:[0-9]{1,4}|[一二两三四五六七八九十百]{1,4})"
_UNIT = "(?:年半|年|个?月|个?星期|个?礼拜|周|天|日)"
_IN_WORDS = re.compile(rf"(?<![-.0-9]){_COUNT}\s*{_UNIT}(?:零?{_COUNT}\s*{_UNIT})*|半年|季度")
"""As long as it goes: of 2026年3月 no part is a duration."""
_DAY_OR_MONTH = re.compile(rf"{_COUNT}\s*[月日]")
"""Among other words 3月 is March and 7日 the seventh."""
_QUARTER = re.compile(r"([0-9一二两三四]?)个?季度?")
_IN_QUARTERS = {"": 3, "1": 3, "一": 3, "2": 6, "二": 6, "两": 6, "3": 9, "三": 9, "4": 12, "四": 12}
_PAID = re.compile("成功|完成|已?发货|已付款|已支付|已签收|收货|待评价|等待买家确认|正常|有效")
_NOT_PAID = re.compile("关闭|退款|退货|[待未]付款|等待买家付款|[待未]支付|取消|停用|失效|无效|到期|过期")
_NO_REFUND = re.compile("(?:无|没有|未)(?:申请)?(?:退款|售后)(?:申请)?(?:或(?:退款|售后)取消)?")
_NOTHING_BACK = re.compile(r"无|否|[-/]*|0(?:\.0+)?")
"""What shops write into the column of refunds where there is none."""


class UnclearCell(Exception):
    """A cell isn't understood; the text says why, in a few Chinese words without 。"""


def folded(cell: str) -> str:
    """Returns a cell in NFKC without what programs put around it: `="…"`, a leading ', unseen characters."""
    text = _UNSEEN.sub("", nfkc(cell)).strip()
    wrapped = _AS_FORMULA.fullmatch(text)
    bare: str = wrapped[1] if wrapped else text.lstrip("'`")
    return bare.strip()


def account_in(cell: str) -> str:
    """Returns the account in a cell of accounts. Raises UnclearCell."""
    text = "".join(folded(cell).split())
    text = re.sub(r"^qq号?码?[:：]?", "", text, flags=re.IGNORECASE)
    text = _written_out(text, "QQ 号")
    if not text:
        raise UnclearCell("没有写 QQ 号")
    if not _ACCOUNT.fullmatch(text):
        raise UnclearCell(f"{quoted(cell, _SHOWN)}不是 QQ 号")
    return text


def account_in_remark(cell: str) -> str:
    """Returns the one account in a buyer's words. Raises UnclearCell where there is none, or more than one,
    or a number that rather is a mobile phone's."""
    text = folded(cell)
    found = dict.fromkeys(_IN_REMARK.findall(text))
    if not found:
        raise UnclearCell("买家留言里没有 QQ 号")
    if len(found) > 1:
        raise UnclearCell(f"买家留言里不止一个号码（{'、'.join(list(found)[:3])}）")
    account: str = next(iter(found))
    if _MOBILE.fullmatch(account) and account not in _LABELLED.findall(text):
        raise UnclearCell(f"买家留言里的 {account} 像手机号")
    return account


def order_in(cell: str) -> str:
    """Returns the number of an order, "" where none is written. Raises UnclearCell."""
    text = _written_out("".join(folded(cell).split()), "订单号")
    if len(text) > MAX_ORDER:
        raise UnclearCell(f"订单号超过 {MAX_ORDER} 个字")
    return text.upper()


def day_in(cell: str) -> date:
    """Returns the day that a cell names, with or without a time. Raises UnclearCell."""
    text = folded(cell)
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
        raise UnclearCell(f"没看懂日期{quoted(cell, _SHOWN)}，请写成 2026-03-18") from None
    if day < _EARLIEST:
        raise UnclearCell(f"日期 {day.isoformat()} 太早")
    return day


def duration_in(cell: str, unit: str = "") -> Duration:
    """Returns the duration that a cell names: 1年, 12个月, 年卡, a product's name with one of these, or a bare
    number where the column has a unit. Raises UnclearCell."""
    text = folded(cell)
    number = _BARE_NUMBER.fullmatch(text)
    if number:
        if not unit:
            raise UnclearCell(f"时长{quoted(cell, _SHOWN)}没有单位，请写成 12个月、1年")
        text = f"{number[1]}{unit}"
    try:
        return parse_duration(text)
    except WrongForm as wrong:
        why = str(wrong).partition("。")[0]
    found = {duration for words in _durations_in(text) if (duration := _duration(words)) is not None}
    if len(found) == 1:
        return found.pop()
    if found:
        named = "、".join(sorted(str(duration) for duration in found))
        raise UnclearCell(f"{quoted(cell, _SHOWN)}里不止一个时长（{named}）")
    raise UnclearCell(f"{why}，请写成 30天、6个月、1年")


def require_paid(status: str, refund: str) -> None:
    """Raises UnclearCell for an order that isn't paid, or was or may be paid back."""
    state, back = (_NO_REFUND.sub("", "".join(folded(cell).split())) for cell in (status, refund))
    if _NOT_PAID.search(state):
        raise UnclearCell(f"订单状态是{quoted(status, _SHOWN)}")
    if state and not _PAID.search(state):
        raise UnclearCell(f"不认得订单状态{quoted(status, _SHOWN)}")
    if not _NOTHING_BACK.fullmatch(back):
        raise UnclearCell(f"退款状态是{quoted(refund, _SHOWN)}")


def require_single(quantity: str) -> None:
    """Raises UnclearCell for an order of several pieces, of which nobody knows for whom they are."""
    number = _BARE_NUMBER.fullmatch(folded(quantity))
    if folded(quantity) and (number is None or int(number[1]) != 1):
        raise UnclearCell(f"数量是{quoted(quantity, _SHOWN)}，不是 1 件，请用“开通”手工办")


def _written_out(text: str, what: str) -> str:
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
            f"{what}{quoted(text, _SHOWN)}成了科学计数法，末尾的数字丢了，请把这一列设成文本再导出"
        )
    return digits


def _durations_in(text: str) -> list[str]:
    """Returns the words of a text that may name a duration."""
    cards = [match[1] or match[2] for match in _CARD.finditer(text)]
    words = [match[0] for match in _IN_WORDS.finditer(text)]
    return [*cards, *(each for each in words if not _DAY_OR_MONTH.fullmatch(each))]


def _duration(words: str) -> Duration | None:
    """Returns the duration of 年, 两年, 季, 3个月 …; None for what is none, as the year 2026年."""
    quarter = _QUARTER.fullmatch(words)
    if quarter:
        return Duration(months=_IN_QUARTERS[quarter[1]])
    words = "".join(words.split())
    try:
        return parse_duration(words if words[0] not in "年月周个" else f"1{words}")
    except WrongForm:
        return None
