"""Reads the last day and the note of 卡密. Words that name a day or a span of time are understood as the last
day or refused: taken for a note, they would make codes that are valid for ever."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from jianggao.errors import WrongForm
from jianggao.membership.durations import Duration, add, parse_duration
from jianggao.text.numerals import exact_number_of

_NUMERAL = "[〇零一二三四五六七八九十百两]"
_NUMBER = "[0-9〇零一二三四五六七八九十百廿卅两半几数]"
_MARK = "有效|过期|到期|失效|截止|截至|为止|限期"
"""What says that a day is meant, wherever it stands."""
_FESTIVALS = (
    "春节|除夕|元旦|元宵|清明|端午|中秋|国庆|重阳|七夕|圣诞|跨年|过年|新年|双(?:11|12|十一|十二)"
    "|^(?:五一|六一|十一|618)$|季度|廿|节(?=$|[前后内日当止假])|暑假|寒假|学期|开学"
)
_NAMES_A_DAY = re.compile(
    rf"{_MARK}|{_FESTIVALS}|(?:前|之内|以内|[天日周月年期]内|止)$|^(?:截|到|至|直到)"
    # 30天, 三个月, 十日; not 天猫, 10周年, 三年级, 1年卡.
    rf"|{_NUMBER}多?(?:天(?!猫)|日|周(?!年)|年(?!级)|个?(?:月|季|小时|钟头|星期|礼拜)|个工作日|分钟)(?!卡)"
    # 30号, but not 3号店.
    rf"|(?<![0-9A-Za-z])(?:[0-9]{{1,2}}|{_NUMERAL}{{1,3}})号(?=$|[^\w]|[前止后内到截以之当有兑过失])"
    r"|[0-9]点|[0-9]:[0-9]"
    # 2027-6, 27.6.30, 6.30, but not 9.9元, v2.0 and order numbers.
    r"|(?<![0-9])20[0-9]{2}[-/.][0-9]{1,2}(?![0-9])|(?<![0-9])20[0-9]{2}[-/.]?[01][0-9][-/.]?[0-3][0-9](?![0-9])"
    r"|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]"
    r"|(?<![0-9A-Za-z./-])(?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12][0-9]|3[01])(?![0-9A-Za-z./-]|元|块|折|%|万)"
    r"|^20[0-9]{2}$|^(?:0?[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$"
    r"|^[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$"
    r"|[今明后昨当][天晚]|[今明后昨次当即]日|[今明后去本当来次]年|[本下上这当次]个?月|[本下上这]个?(?:周|星期|礼拜)"
    r"|(?:周|星期|礼拜)[一二三四五六日天末1-7]|[年月季][底末初中]|年[前后]|半年|[正腊冬元]月|[上中下]旬|近期"
    r"|[0-9] ?(?:d|days?|weeks?|months?|years?)(?![A-Za-z])|today|tomorrow|until"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .]?[0-9]",
    re.IGNORECASE,
)
"""What names a day or a span, anywhere in a word."""

_TO = "(?:(?:有效期限?|期限|最后兑换日|截至|截止|最晚|最迟|直到|到|至|在|于|限):?){0,2}"
_BY = "(?:以前|之前|前|为止|止|截止)?(?:到期|过期|失效|作废|有效|兑换|使用|可用)?"
_WITHIN = "(?:有效期限?|期限|有效|限期?|在)?:?(?:为|是)?"
_USABLE = "(?:有效|兑换|使用|可用)?"
_END = "(?:底|末)"

_BEFORE = re.compile("(?:有效期限?|期限|最后兑换日|截至|截止|最晚|最迟|直到|到|至|在|于|限|有效|[:：])+")
"""A word that stands before a day: 到 2027-06-30."""
_BEHIND = re.compile("(?:以前|之前|前|为止|止|截止|到期|过期|有效|内|以内|之内)+")
_PARTED_UNIT = re.compile(
    rf"(?<={_NUMBER})\s+(?=(?:个|天(?!猫)|日|号|周|[月年](?![底末初中])))|(?<=[0-9一二三四五六七八九十][年月])\s+(?=[0-9一二三四五六七八九十])"
)
_NOTE = re.compile(r"(?:^|\s)备注(?:[:：]\s*|\s+|$)")
_RUN = re.compile(f"{_NUMERAL}+")
_VARIANTS = str.maketrans(
    {
        "個": "个",
        "週": "周",
        "禮": "礼",
        "：": ":",
        "號": "号",
        "內": "内",
        "後": "后",
        "過": "过",
        "節": "节",
    }
)


def read_last_day(text: str, today: date) -> tuple[date | None, str]:
    """Returns the last day that the words behind number and duration name, if any, and the rest, which is the
    note; all that stands behind 备注 is note. Raises WrongForm for words that name a day or a span and aren't
    understood, and for two days."""
    behind = _NOTE.search(text)
    note = [] if behind is None else text[behind.end() :].split()
    last_day, words = None, list[str]()
    for word in _words(text if behind is None else text[: behind.start()]):
        if not names_a_day(word):
            words.append(word)
        elif last_day is not None:
            raise WrongForm("最后兑换日写了两个。")
        else:
            last_day = parse_day(word, today)
    return last_day, " ".join([*words, *note])


def names_a_day(word: str) -> bool:
    """Returns whether a word names a day or a span of time, or may be meant to."""
    return _NAMES_A_DAY.search(word.translate(_VARIANTS)) is not None


def parse_day(word: str, today: date) -> date:
    """Returns the last day that a word means, as 2027-06-30前, 6.30, 30号, 月底 or 30天内. A day without its
    year or month is the next one. Raises WrongForm."""
    compact = _RUN.sub(_in_digits, "".join(word.split()).translate(_VARIANTS))
    for pattern, meaning in _FORMS:
        match = re.fullmatch(pattern, compact)
        if match is not None:
            try:
                return meaning(match, today)
            except (ValueError, OverflowError, WrongForm):
                break
    raise WrongForm("没看懂最后兑换日，没有生成。请写成 2027-06-30前；是备注就写“备注 ”再接内容。")


def _words(text: str) -> list[str]:
    """Returns the words, those of one day together: 到 2027-06-30, 6 月 30 日, 30天 内."""
    words: list[str] = []
    for word in _PARTED_UNIT.sub("", _PARTED_UNIT.sub("", text)).split():
        behind = words and _BEHIND.fullmatch(word) and names_a_day(words[-1])
        if behind or (words and _BEFORE.fullmatch(words[-1])):
            words[-1] += word
        else:
            words.append(word)
    return words


def _in_digits(run: re.Match[str]) -> str:
    """Returns a Chinese numeral in digits: 三十 as 30, 二〇二七 as 2027."""
    numeral = run.group()
    if len(numeral) == 4 and not set(numeral) & set("十百两"):
        return "".join(str("零一二三四五六七八九".index(char)) for char in numeral.replace("〇", "零"))
    number = exact_number_of(numeral)
    return numeral if number is None else str(number)


def _next(today: date, month: int, day: int) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year > today else date(today.year + 1, month, day)


def _day_of_the_month(match: re.Match[str], today: date) -> date:
    named = date(today.year, today.month, int(match[1]))
    return named if named > today else add(today.replace(day=1), Duration(months=1)).replace(day=named.day)


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _end_of_month(match: re.Match[str], today: date) -> date:
    month = int(match[1])
    return _end_of(today.year + (month < today.month), month)


def _end_of_next_month(match: re.Match[str], today: date) -> date:
    following = add(today.replace(day=1), Duration(months=1))
    return _end_of(following.year, following.month)


_SPAN = "((?:[0-9]+(?:天|日|周|个?(?:星期|礼拜|月)|年半?)|半年))"
_YEARS = {"今": 0, "本": 0, "": 0, "明": 1, "后": 2}
_Meaning = Callable[[re.Match[str], date], date]
_FORMS: tuple[tuple[str, _Meaning], ...] = (
    (
        rf"{_TO}(\d{{4}})(?:[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})[日号]?|(\d\d)(\d\d)){_BY}",
        lambda match, _: date(*(int(part) for part in match.groups() if part)),
    ),
    (
        rf"{_TO}(\d{{1,2}})(?:月(\d{{1,2}})[日号]?|[-/.](\d{{1,2}})){_BY}",
        lambda match, today: _next(today, int(match[1]), int(match[2] or match[3])),
    ),
    (
        rf"{_TO}(今|明|大?后)[天日晚](?:内|之内|以内|{_BY})",
        lambda match, today: today + timedelta(days=("今", "明", "后", "大后").index(match[1])),
    ),
    (rf"{_TO}(?:[本这当]个?月)?(\d{{1,2}})[日号](?!有效){_BY}", _day_of_the_month),
    (
        rf"{_TO}(\d{{4}})年(?:(\d{{1,2}})月份?)?{_END}{_BY}",
        lambda match, _: _end_of(int(match[1]), int(match[2] or 12)),
    ),
    (rf"{_TO}(\d{{1,2}})月份?{_END}{_BY}", _end_of_month),
    (
        rf"{_TO}(今|本|明|后|)年{_END}{_BY}",
        lambda match, today: date(today.year + _YEARS[match[1]], 12, 31),
    ),
    (rf"{_TO}(?:[本这当]个?)?月{_END}{_BY}", lambda _, today: _end_of(today.year, today.month)),
    (rf"{_TO}下个?月{_END}{_BY}", _end_of_next_month),
    # Without 底: only the whole year or month can be meant.
    (rf"{_WITHIN}(\d{{4}})年内?{_USABLE}", lambda match, _: date(int(match[1]), 12, 31)),
    (
        rf"{_WITHIN}(\d{{4}})年(\d{{1,2}})月份?内{_USABLE}",
        lambda match, _: _end_of(int(match[1]), int(match[2])),
    ),
    (rf"{_WITHIN}(\d{{1,2}})月份?内{_USABLE}", _end_of_month),
    (rf"{_WITHIN}(?:[今本]年内?|年内){_USABLE}", lambda _, today: date(today.year, 12, 31)),
    (
        rf"{_WITHIN}(?:[本这当]个?月内?|月内){_USABLE}",
        lambda _, today: _end_of(today.year, today.month),
    ),
    (
        rf"{_WITHIN}{_SPAN}(?:内|以内|之内){_USABLE}|(?:有效期限?|有效|期限|限期?):?(?:为|是)?{_SPAN}"
        rf"|{_SPAN}(?<!日)有效|{_SPAN}后(?:过期|到期|失效|作废|截止)",
        lambda match, today: add(today, parse_duration(next(filter(None, match.groups())))),
    ),
)
"""The forms of a last day in digits, and what each means."""
