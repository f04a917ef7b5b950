"""Reads the account in a cell of accounts, and in a buyer's own words where these say little else.

That is the principle: what a buyer may write beside the number is known (what the number is called, courtesy,
for how long), and any other word makes it unclear whose number it is: 推荐人12345678, 不是12345678.
"""

from __future__ import annotations

import re

from jianggao.bulk_membership.cell_values import SHOWN, UnclearCell, folded, written_out
from jianggao.text.quoting import quoted
from jianggao.text.simplified import simplified
from jianggao.text.whole_numbers import ACCOUNT_DIGITS

_QQ = r"(?:q\s*q|(?<![a-z])q|扣扣|企鹅|球球)(?:[号账帐][号户码]?|号码|邮箱|id)?"
_IS = r"[\s:：=＝是为就]*"
_NUMBER = re.compile(rf"(?<![0-9.])({ACCOUNT_DIGITS})(?![0-9])(?!\.[0-9])")
_LABELLED = re.compile(rf"{_QQ}{_IS}(?<![0-9])({ACCOUNT_DIGITS})(?![0-9])")
_BEHIND = re.compile(
    rf"({ACCOUNT_DIGITS})\s*@qq\.com|(?<![0-9])({ACCOUNT_DIGITS})[\s(（,，]*(?:q\s*q|扣扣|企鹅)"
)
_IN_GROUPS = re.compile(
    rf"({_QQ}{_IS})([0-9]{{3,4}}) ([0-9]{{3,4}})(?: ([0-9]{{3,4}}))?(?![0-9 ]*[0-9年月天个])"
)
"""How some write a QQ number: 1234 5678."""
_ACCOUNT = re.compile(ACCOUNT_DIGITS)
_SIGNED = re.compile(r"[-+=]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_SHORT_DAY = re.compile(
    r"(?:19|20)?[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|20[0-9]{2}(?:0[1-9]|1[0-2])"
)
_DAYS_OF = re.compile(r"(?:19[5-9]|20[0-4]|2)[0-9]")
"""How the years begin that a number may be a day of: 20260317, 260317, 202603."""
_ONE_DIGIT = re.compile(r"([0-9])\1+[0-9]?|[0-9]([0-9])\2+")
"""666666 and 100000 are rather said than somebody's number."""
_COUNT = "(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_PLAIN = re.compile(
    "|".join(
        (
            _QQ,
            "号码|账号|帐号|会员号|号",
            r"@qq\.com",
            # For how long, and of what.
            rf"(?:{_COUNT}\s*(?:年半|年|个?半?月|个?季度?|周|天)(?![0-9])|半年|年|季度?|月|周)(?:卡|费|度|期)?(?:会员|vip)?",
            "会员卡?|vip|讲稿|机器人|资料|套餐|订阅|包(?=[年月季])",
            "(?:请|麻烦|帮忙?|给|我)*(?:开通?|续费?|充值?|办理?|买|购买|订阅?|升级)(?:一下|下)?",
            # The plain amount that was paid, with its sign.
            r"[¥￥][0-9]{1,4}(?:\.[0-9]{1,2})?(?![0-9])|(?<![0-9])[0-9]{1,4}(?:\.[0-9]{1,2})?元",
            rf"(?:发[到至给]?|加)我?的?(?={_QQ})",
            rf"(?:发到?|发给?)?我?的?邮箱是?[:：]?(?=\s*{ACCOUNT_DIGITS}@qq)",
            "(?:不用|不要|不必|无需)(?:发|寄)?(?:快递|物流|发货|纸质版?)|电子版|申请(?=[加进入]群)|好(?=[\\s,，。!！]|$)",
            "已付款|已拍下?|已下单|刚拍的?|拍了|想要|我要|要|想",
            # Courtesy, and the words around.
            "你好|您好|在吗|谢谢|多谢|感谢|麻烦|辛苦|劳烦|拜托|尽快|早点|及时|快点|发货|处理",
            # Whom one speaks to; 客服12345678 is somebody's.
            r"(?:老板|老师|客服|店主|店家|卖家|商家|掌柜)(?=\s*(?:[,，。.;；!！~～]|$|[你您]?好|谢谢|辛苦|麻烦))",
            "新客户|老客户|新用户|老用户|老会员|新会员|本人|我自己|自己|自用|我们?|亲+",
            "如下|以下|这个|这是|就是|请|的|了|啊|哦|呢|哈|吧|呀|是|为|给|用|填",
            # Into the group: not right before the number, which would be the group's.
            rf"(?:请|麻烦|然后|再|并)?(?:拉我?|加我?|我)?(?:进|入|加|拉)群(?=\s*(?:[,，。;；!！、)）(（\s]|$|{_QQ}))",
            # The same account elsewhere.
            "(?:和|跟|与)?(?:微信|v信|vx|wx|手机|电话)号?码?(?:也|都|是)*(?:同号|同步|一样|相同|同|同一个)",
            r"(?:同|也是)(?:微信|vx|wx)号?",
        )
    )
)
_BETWEEN = re.compile(r"[\s,，。、.;；:：!！~～()（）\[\]【】<>《》“”\"'‘’`·|/\\=&*…#@+_—–−―-]*")
_WECHAT = re.compile(r"(?:微信|v信|vx|wx)号?[\s:：是]*[a-z][-_a-z0-9]{1,19}(?![-_a-z0-9])")


def account_in(cell: str) -> str:
    """Returns the account in a cell of accounts, be there a few plain words beside it. Raises UnclearCell."""
    text = written_out(re.sub(r"^qq号?码?[:：]?", "", "".join(_folded(cell).split())), "QQ 号")
    if not text:
        raise UnclearCell("没有写 QQ 号")
    if _ACCOUNT.fullmatch(text):
        return text
    plain = _plain(cell)
    found = dict.fromkeys(_NUMBER.findall(plain))
    account = next(iter(found), "")
    if len(found) != 1 or _SIGNED.match(plain) or _left(plain, account, is_called_qq=True):
        raise UnclearCell(f"{quoted(cell, SHOWN)}不是 QQ 号")
    return account


def account_in_remark(cell: str) -> str:
    """Returns the one account in a buyer's words. Raises UnclearCell where there is none, or more than one,
    where it rather is another number, and where the words say more than whose account it is."""
    text = _plain(cell)
    found = dict.fromkeys(_NUMBER.findall(text))
    if not found:
        raise UnclearCell("买家留言里没有 QQ 号")
    if len(found) > 1:
        raise UnclearCell(f"买家留言里不止一个号码（{'、'.join(list(found)[:3])}）")
    account: str = next(iter(found))
    is_called_qq = account in called_qq(cell)
    if not is_called_qq:
        _require_like_an_account(account)
    left = _left(text, account, is_called_qq=is_called_qq)
    if left:
        raise UnclearCell(
            f"看不准买家留言里的 {account} 是不是要开通的 QQ 号（还写着{quoted(left, SHOWN)}），"
            "请加一列 QQ 号写明"
        )
    return account


def names_a_number(cell: str) -> bool:
    """Returns whether a buyer's words have a number in them that may be an account."""
    return bool(_NUMBER.search(_plain(cell)))


def called_qq(cell: str) -> set[str]:
    """Returns the numbers in a buyer's words that are called QQ's."""
    text = _plain(cell)
    behind = {first or second for first, second in _BEHIND.findall(text)}
    return behind | set(_LABELLED.findall(text))


def is_mobile(number: str) -> bool:
    """Returns whether a number looks like a mobile phone's."""
    return bool(_MOBILE.fullmatch(number))


def _folded(cell: str) -> str:
    return simplified(folded(cell)).lower()


def _plain(cell: str) -> str:
    return _IN_GROUPS.sub(_without_blanks, _folded(cell))


def _without_blanks(match: re.Match[str]) -> str:
    number = "".join(filter(None, match.groups()[1:]))
    return match[0] if _is_day(number) else match[1] + number


def _is_day(number: str) -> bool:
    return bool(_SHORT_DAY.fullmatch(number) and _DAYS_OF.match(number))


def _require_like_an_account(number: str) -> None:
    """Raises UnclearCell for a bare number that rather is something else."""
    if is_mobile(number):
        raise UnclearCell(f"买家留言里的 {number} 像手机号")
    if _is_day(number):
        raise UnclearCell(f"买家留言里的 {number} 像日期")
    if _ONE_DIGIT.fullmatch(number):
        raise UnclearCell(f"买家留言里的 {number} 不像 QQ 号，是的话请加一列 QQ 号写明")


def _left(text: str, account: str, *, is_called_qq: bool) -> str:
    """Returns the first words of a remark that are neither the account nor what people write beside it; ""
    where there are none."""
    at = 0
    while at < len(text):
        if text.startswith(account, at):
            at += len(account)
            continue
        elsewhere = _WECHAT.match(text, at) if is_called_qq else None
        match = elsewhere or _PLAIN.match(text, at) or _BETWEEN.match(text, at)
        if match is None or match.end() == at:
            return text[at:]
        at = match.end()
    return ""
