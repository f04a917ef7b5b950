"""Reads what stands in the cells of a member list or a shop's export: accounts, days, orders."""

from __future__ import annotations

import re
from datetime import date, timedelta

from jianggao.text.folding import nfkc
from jianggao.text.quoting import quoted
from jianggao.text.whole_numbers import ACCOUNT_DIGITS

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
_ACCOUNT = re.compile(ACCOUNT_DIGITS)
_WHOLE = re.compile(r"([0-9]+)\.0+")
_LABELLED = re.compile(
    rf"(?:qq|扣扣|企鹅)[号码账帐是为:\s]*(?<![0-9])({ACCOUNT_DIGITS})(?![0-9])", re.IGNORECASE
)
_IN_REMARK = re.compile(rf"(?<![0-9.])({ACCOUNT_DIGITS})(?![0-9])(?!\.[0-9])")
_NOT_AN_ACCOUNT_BEFORE = re.compile(
    r"(?:群|邮编|邮政编码|[￥¥$]|[一-鿿]?[价款付]|金额|订单|单|流水|交易|微信?|v信|威信|薇信|卫星|wechat|weixin|wx|vx|[^a-z]v|^v"
    r"|房间|房|室|门牌|楼|栋|电话|手机|座机|联系方式|致电|短信|tel|phone|mob|支付宝|淘宝|旺旺|抖音|快手|拼多多|京东|工号|学号|编号"
    r"|卡|密码|尾号|票|税|身份证|日期|时间|生日|验证码|id|uid|传真|银行)"
    r"(?:(?<!qq)(?:号码|账号|帐号|编号|号|码|是|为|[\s:：#=(（-])){0,6}$",
    re.IGNORECASE,
)
"""Words in front of a number that is something else than an account."""
_NOT_AN_ACCOUNT_BEHIND = re.compile(
    r"\s*(?:[(（]?是?(?:微信|手机|电话|群|邮编)|元|块|圆|号?[楼栋室房]|单元)|[件套份分万天年月日]|[a-z]|@(?!qq\.com)|[-/_][0-9]",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"(?<!q)[a-z_@]$|[0-9][-/_]$|0[0-9]{2,3}[-\s]$", re.IGNORECASE)
"""What makes a number the end of something longer: tb_123456, 010-12345678."""
_SHORT_DAY = re.compile(
    r"(?:19|20)?[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|20[0-9]{2}(?:0[1-9]|1[0-2])"
)
_DAYS_OF = re.compile(r"(?:19[5-9]|20[0-4]|2)[0-9]")
"""How the years begin that a number may be a day of: 20260317, 260317, 202603."""
_NO_ORDER = re.compile(r"[^0-9]*|0+")
"""What isn't a number of an order, whatever it says: 无, -, 微信转账."""
_LOST_DIGITS = re.compile(r"[1-9][0-9]{14}0{3,}")
"""What a program has kept 15 digits of: the others became 0."""
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_DAY = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?(?:[T\s]+(?:[上下]午)?[0-9]{1,2}[:时].*)?",
    re.DOTALL,
)
_COMPACT_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6})?")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")


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
        raise UnclearCell(f"{quoted(cell, SHOWN)}不是 QQ 号")
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
    is_called_qq = account in _LABELLED.findall(text)
    if _MOBILE.fullmatch(account) and not is_called_qq:
        raise UnclearCell(f"买家留言里的 {account} 像手机号")
    if _is_day(account) and not is_called_qq:
        raise UnclearCell(f"买家留言里的 {account} 像日期")
    if any(_is_something_else(text, match) for match in _IN_REMARK.finditer(text)):
        raise UnclearCell(f"买家留言里的 {account} 不像 QQ 号")
    return account


def _is_day(number: str) -> bool:
    return bool(_SHORT_DAY.fullmatch(number) and _DAYS_OF.match(number))


def _is_something_else(text: str, number: re.Match[str]) -> bool:
    """Returns whether the words around a number say that it is no account."""
    before, behind = text[: number.start()], text[number.end() :]
    return bool(
        _NOT_AN_ACCOUNT_BEFORE.search(before[-24:])
        or _ATTACHED.search(before[-6:])
        or _NOT_AN_ACCOUNT_BEHIND.match(behind)
    )


def order_in(cell: str) -> str:
    """Returns the number of an order, "" where none is written, as for 无 or -. Raises UnclearCell."""
    text = _written_out("".join(folded(cell).split()), "订单号")
    if len(text) > MAX_ORDER:
        raise UnclearCell(f"订单号超过 {MAX_ORDER} 个字")
    if _LOST_DIGITS.fullmatch(text):
        raise UnclearCell(f"订单号{quoted(text, SHOWN)}末尾的数字像是丢了，请把这一列设成文本再导出")
    return "" if _NO_ORDER.fullmatch(text) else text.upper()


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
        raise UnclearCell(f"没看懂日期{quoted(cell, SHOWN)}，请写成 2026-03-18") from None
    if day < _EARLIEST:
        raise UnclearCell(f"日期 {day.isoformat()} 太早")
    return day


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
            f"{what}{quoted(text, SHOWN)}成了科学计数法，末尾的数字丢了，请把这一列设成文本再导出"
        )
    return digits
