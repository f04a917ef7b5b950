"""Finds words that name a day or a span of time. Behind the duration of 开通 they may be meant as the first or the
last day, or as more time: taken for a note, they would silently give something else."""

from __future__ import annotations

import re

_NUMERAL = "[〇零一二三四五六七八九十百两半几数]"
_NUMBER = f"(?:[0-9]|{_NUMERAL})"
_RELATIVE = (
    "[今明后昨前当即次][天晚日]|[今明后去前本当来次]年|[本下上这当次]个?月(?!卡)|[本下上这]个?(?:周|星期|礼拜)"
    "|[年月季][底末初中]|月内|年内"
    r"|(?:周|星期|礼拜)[一二三四五六日天末1-7](?=$|[^\w]|[前后起止内开生算付转打到之以为])"
)
_FESTIVALS = "春节|除夕|元旦|元宵|清明节|端午|中秋|国庆|过年|新年|年前|年后|开学|暑假|寒假"
_DATE = (
    r"(?<![0-9])20[0-9]{2}[-/.][0-9]{1,2}(?![0-9])|(?<![0-9])[0-9]{2,4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9])"
    r"|(?<![0-9])20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
    r"|(?<![0-9A-Za-z./-])(?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12][0-9]|3[01])(?![0-9A-Za-z./-]|元|块|折|%|万)"
    r"|(?<![0-9A-Za-z])(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9A-Za-z]|元|块)"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .]?[0-9]"
    r"|[0-9] ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_UNIT = (
    # 3月, 三个月, 10日; not 天猫, 10周年, 三年级, 1年卡, nor the bare year of 2026年补.
    rf"(?<!20)(?<!20[0-9])(?<!20[0-9]{{2}}){_NUMBER}多?(?:天(?!猫)|日|周(?!年)|年(?!级)"
    r"|个?(?:月|季|小时|钟头|星期|礼拜)|个工作日)(?!卡)"
    r"|(?<![0-9])20[0-9]{2}年(?:[0-9]|[底末初中前])"
    # 30号, but not 3号店.
    rf"|(?<![0-9A-Za-z])(?:[0-9]{{1,2}}|{_NUMERAL}{{1,3}})号(?=$|[^\w]|[前止后内到截以之当起开生算])"
    r"|[0-9] ?(?:d|w|m|y|days?|weeks?|months?|years?)(?![A-Za-z0-9])"
)
_ANY = f"{_DATE}|{_UNIT}|{_RELATIVE}|{_FESTIVALS}"
_NAMES_A_DAY = re.compile(_ANY, re.IGNORECASE)
_BOUND = re.compile(
    # 从3月, 到2027, 自明天; not 到店, 自己, 从微信.
    rf"(?:从|自|到|至|截|由|until|till?|from|since)\s*(?:第?[0-9]|二[〇零]|{_RELATIVE}|{_FESTIVALS})"
    # Not of a person: 到期会员, 过期老客户, 失效的号补开.
    r"|(?:有效|过期|到期|失效|截止|生效|起算|开始|起始)(?=$|[^\w]|[于在期日时至到为])|截至|为止|限期|延到|顺延|补齐到"
    r"|以前|之前|之内|以内",
    re.IGNORECASE,
)
_PAID = re.compile(
    rf"(?:{_ANY})[0-9年月日号]*(?:上午|下午|晚上?|中午)?(?:已|才|刚|就)?(?:(?:用|走)?(?:微信|支付宝|银行卡?|现金|对公)(?:已)?)?"
    r"(?:付|转|收|打|交|缴|汇|到账|下单|拍|红包|支付)(?!到|至)",
    re.IGNORECASE,
)
"""A day on which money came: 3月15日微信转账199."""
_PARTED = re.compile(
    rf"(?<={_NUMBER})\s+(?=个?(?:月|小时|星期|礼拜)(?!结)|天(?!猫)|日|号|周|年)|(?<=[年月])\s+(?=[0-9一二三四五六七八九十])"
)
_VARIANTS = str.maketrans("個週禮號內後過節從開終兩為", "个周礼号内后过节从开终两为")
_LOOKED_AT = 500
"""Characters; no note is as long."""


def names_a_day(words: str) -> bool:
    """Returns whether the words name a day or a span of time, or may be meant to; the day of a payment
    (3月15日付款) doesn't count. `words` is folded text."""
    together = _PARTED.sub("", words[:_LOOKED_AT].translate(_VARIANTS))
    if _BOUND.search(together):
        return True
    return _NAMES_A_DAY.search(_PAID.sub("", together)) is not None
