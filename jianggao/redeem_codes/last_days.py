"""Reads the last day and the note of new codes. What names a day or a span of time is understood as the last
day or refused: taken for a note, it would make codes that are valid for ever."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from jianggao.errors import WrongForm
from jianggao.membership.durations import Duration, add, parse_duration
from jianggao.text.folding import nfkc
from jianggao.text.numerals import exact_number_of

_LONGEST = 500
"""Characters that are read; a note has far fewer."""
_MOST_WORDS = 10
"""Words that a day is written in at most: 2027 年 6 月 30 日 以 前."""
_NUMERAL = "[〇零一二三四五六七八九十百两]"
_NUMBER = "[0-9〇零一二三四五六七八九十百廿卅两半几数]"
_ENDS = r"(?!\S)"
_BEGINS = r"(?<!\S)"
_NAME = (
    r"(?!活动|促销|大促|特惠|优惠|赠(?!完)|专[场享属]|团购|礼(?!拜)|福|款|版|卡|会(?=\W|$|[赠抽礼奖现专送])|庆|级"
    r"|报(?!废)|刊|头条|无理由|质保|保修|体验|达|度(?!过)|套餐|客户|班|届|猫|常)"
)
"""Not before what makes a name of a span or a day: 7天无理由, 双11活动, 今日头条, 1年卡."""
_MARK = "有效|过期|到期|失效|作废|截止|截至|为止|限期"
"""What says that a day is meant, wherever it stands."""
_FESTIVALS = (
    "(?:春节|除夕|元旦|元宵|清明|端午|中秋|国庆|重阳|七夕|圣诞|跨年|过年|新年|大年|黑五|立[春夏秋冬]|[夏冬]至|双(?:11|12|十一|十二)"
    rf"|{_BEGINS}(?:五一|六一|十一|618){_ENDS}|季[度内末底初中]|廿|节(?=[前后内日当止假]|{_ENDS})|暑假|寒假|学期|开学)"
    + _NAME
)
_LATIN = "(?<![A-Za-z])(?:{})(?![A-Za-z])"
_ENGLISH = _LATIN.format(
    "until|till|before|expir[a-z]*|valid|deadline|today|tomorrow|tonight|weekend|eo[ymd]|q[1-4]|h[12]"
    "|days?|weeks?|months?|quarters?|years?|hours?"
    "|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?"
    "|sat(?:urday)?|sun(?:day)?"
)
_MONTH_AND_DAY = r"(?:0?[1-9]|1[0-2])[-/. ~](?:0?[1-9]|[12][0-9]|3[01])"
_NAMES_A_DAY = re.compile(
    rf"{_MARK}|{_FESTIVALS}|(?:前|之内|以内|[天日周月年期hH]内|止){_ENDS}"
    rf"|{_BEGINS}(?:截|到|至|直到|等到)(?=\S*(?:{_NUMBER}|年(?!卡)|[月日号周天季节底末内前后完光止停满]))"
    # 30天, 三个月, 十日; not 天猫, 10周年, 三年级, 1年卡.
    rf"|{_NUMBER}多?(?:天|日|周(?!年)|年|个?(?:月|季|旬|小时|钟头|星期|礼拜)|个工作日|分钟|昼夜){_NAME}"
    rf"|{_NUMBER}个?月{_NUMBER}|{_NUMBER}点[钟整半前后]|年(?:三十|30)|[今当连]夜|零点|凌晨|午夜"
    # 30号, but not 3号店.
    rf"|(?<![0-9A-Za-z])(?:[0-9]{{1,2}}|{_NUMERAL}{{1,3}})号(?=[^\w]|[前止后内到截以之当有兑过失]|{_ENDS})"
    r"|[0-9](?:点|时(?![代尚]))|[0-9]:[0-9]"
    # 2027-6, 27.6.30, 6.30, 9.9, but not 9.9元, v2.0 and order numbers.
    r"|(?<![0-9])20[0-9]{2}[-/. ~][0-9]{1,2}(?![0-9])"
    r"|(?<![0-9])20[0-9]{2}[-/. ~]?[01][0-9][-/. ~]?[0-3][0-9](?![0-9])"
    r"|(?<![0-9])20[0-9]{2}年?(?:[上下]半|[QqHh][1-4]|[春夏秋冬])"
    r"|[0-9]{1,2}[-/. ~][0-9]{1,2}[-/. ~][0-9]"
    rf"|(?<![0-9A-Za-z./~¥$-]){_MONTH_AND_DAY}(?![0-9A-Za-z./~-]|\s?(?:元|块|折|%|万))"
    rf"|{_BEGINS}(?:20[0-9]{{2}}|(?:[0-9]{{2}})?(?:0?[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])){_ENDS}"
    rf"|(?:[今明后昨当][天晚]|[今明后昨次当即]日|[今明后去本当来次]年|[本下上这当次]个?月|[本下上这]个?(?:周|星期|礼拜)){_NAME}"
    rf"|(?:周|星期|礼拜)[一二三四五六日天末1-7]{_NAME}|[年月季旬][底末初中]|年[前后]|半年|[正腊冬元]月|[上中下]旬|近期"
    rf"|旬[内底末]|(?<![0-9A-Za-z.-])[0-9]+ ?[dhwmy](?![A-Za-z0-9])"
    rf"|[0-9](?:days?|weeks?|months?|years?|hours?){_ENDS}"
    rf"|{_ENGLISH}",
    re.IGNORECASE,
)
"""What names a day or a span, anywhere in the words."""
_OF_A_PERSON = re.compile(rf"{_BEGINS}[^\W\d_限约共满到至在于仅{_NUMERAL[1:-1]}]{_NUMERAL}日{_ENDS}")
"""王二日: such a day would have its month before it."""

_TO = (
    "(?:(?:有效期限?|期限|最后兑换日|截止日期?|到期日期?|过期日期?|有效日期|日期|截至|截止"
    "|最晚|最迟|直到|到|至|在|于|限):?){0,2}"
)
_BY = "(?:以前|之前|前|为止|止|截止)?(?:到期|过期|失效|作废|有效|兑换|使用|可用)?"
_WITHIN = "(?:有效期限?|期限|有效|限期?|在)?:?(?:为|是)?"
_USABLE = "(?:有效|兑换|使用|可用)?"
_END = "(?:底|末)"

_WORD = re.compile(r"""(?:[^\s,，、;；()（）【】\[\]。…!！?？“”"']|(?<=\d)[,，、。;；](?=\d))+""")
_NOTE = re.compile(r"(?:^|[\s,，、;；。])备注(?:[:：]\s*|\s+|$)")
_RUN = re.compile(f"{_NUMERAL}+")
_SIGN_IN_DATE = re.compile(r"(?<=[0-9])(?:[^\w\s.:/+*×÷%&@#$¥=<>~()]|[_ー一])+(?=[0-9])")
"""What people and their keyboards set for the hyphens of a date: dashes of all kinds, points, commas."""
_BLANKS_AROUND_SIGN = re.compile(r"(?<=\d)\s*((?![,，、;；。])[^\w\s()（）【】\[\]#@￥¥$])\s*(?=\d)")
"""2027 - 06 - 30."""
_UNIT = re.compile(r"(?:个|天(?!猫)|日|号|周|月|年|小时|星期|礼拜)")
_EMPTY = re.compile(r"[(（【\[]\s*[)）】\]]")
_EDGES = " ,，、;；。"
_REPEATED = re.compile(r"([,，、;；])[\s,，、;；]+")
_VARIANTS = str.maketrans(
    {
        **dict(
            zip(
                "個週禮號內後過節時壹贰貳叁參肆伍陆陸柒捌玖拾佰",
                "个周礼号内后过节时一二二三三四五六六七八九十百",
                strict=True,
            )
        ),
        "俩": "两个",
        "倆": "两个",
        "仨": "三个",
    }
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is judged, and where it stands in the text."""

    folded: str
    start: int
    end: int


def read_last_day(text: str, today: date) -> tuple[date | None, str]:
    """Returns the last day that the words behind number and duration name, if any, and the rest, which is the
    note; all that stands behind 备注 is note. Raises WrongForm for words that name a day or a span and aren't
    understood, and for two days."""
    if len(text) > _LONGEST:
        raise WrongForm("备注太长了，没有生成。请写短一些。")
    text = _BLANKS_AROUND_SIGN.sub(r"\1", text)
    behind = _NOTE.search(text)
    note = "" if behind is None else text[behind.end() :]
    text = text if behind is None else text[: behind.start()]
    words = [_Word(_folded(found.group()), *found.span()) for found in _WORD.finditer(text)]
    last_day, rest, left = None, list[_Word](), list[str]()
    at, read_to = 0, 0
    while at < len(words):
        day, behind_day = _day_at(text, words, at, today)
        if day is None:
            rest.append(words[at])
            at += 1
            continue
        if last_day is not None:
            raise WrongForm("最后兑换日写了两个。")
        last_day = day
        left.append(text[read_to : words[at].start])
        at, read_to = behind_day, words[behind_day - 1].end
    if names_a_day(_joined(rest)):
        raise _not_understood()
    return last_day, " ".join([*_without_gaps(left, text[read_to:]).split(), *note.split()])


def names_a_day(words: str) -> bool:
    """Returns whether words name a day or a span of time, or may be meant to."""
    folded = _joined([_Word(_folded(found.group()), *found.span()) for found in _WORD.finditer(words)])
    return _NAMES_A_DAY.search(_OF_A_PERSON.sub("", folded)) is not None


def parse_day(words: str, today: date) -> date:
    """Returns the last day that words mean, as 2027-06-30前, 6.30, 30号, 月底 or 30天内. A day without its
    year or month is the next one. Raises WrongForm."""
    day = _meant(_joined([_Word(_folded(word), 0, 0) for word in words.split()]), today)
    if day is None:
        raise _not_understood()
    return day


def _not_understood() -> WrongForm:
    return WrongForm("没看懂最后兑换日，没有生成。请写成 2027-06-30前；是备注就写“备注 ”再接内容。")


def _day_at(text: str, words: Sequence[_Word], first: int, today: date) -> tuple[date | None, int]:
    """Returns the day that the words from `first` on mean, as many as make one up, and the place behind
    them. Raises WrongForm for a day that there isn't."""
    for last in reversed(range(first, min(first + _MOST_WORDS, len(words)))):
        # Signs between words part them: 2027-06-30，前台.
        if text[words[first].start : words[last].end].split() and not _is_parted(
            text, words[first : last + 1]
        ):
            day = _meant(_joined(words[first : last + 1]), today)
            if day is not None:
                return day, last + 1
    return None, first


def _is_parted(text: str, words: Sequence[_Word]) -> bool:
    return any(text[before.end : word.start].strip() for before, word in pairwise(words))


def _meant(joined: str, today: date) -> date | None:
    """Returns the day that joined words mean; None if they have no form of one. Raises WrongForm for a day that
    there isn't."""
    compact = _RUN.sub(_in_digits, joined)
    for pattern, meaning in _FORMS:
        match = re.fullmatch(pattern, compact)
        if match is not None:
            try:
                return meaning(match, today)
            except (ValueError, OverflowError, WrongForm):
                raise _not_understood() from None
    return None


def _folded(word: str) -> str:
    """Returns a word with plain digits, characters and signs."""
    return _SIGN_IN_DATE.sub("-", nfkc(word).translate(_VARIANTS))


def _joined(words: Sequence[_Word]) -> str:
    """Returns words with blanks between them, but where a blank only parts what belongs together: 6 月 30 日,
    三 个 月, 到 2027-06-30 前."""
    return "".join(_with_gaps([word.folded for word in words]))


def _with_gaps(words: Sequence[str]) -> Iterator[str]:
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        if before and not _belong_together(before, word):
            yield " "
        yield word


def _belong_together(before: str, word: str) -> bool:
    if before[-1].isdigit() and word[0].isdigit():
        return False
    short = any(len(one) == 1 and not one.isascii() for one in (before, word))
    parts = bool(re.search(f"{_NUMBER}$", before)) and bool(_UNIT.match(word))
    to = bool(re.fullmatch(_TO, before)) or bool(re.fullmatch(f"(?:内|以内|之内|{_BY})", word))
    return short or parts or to or (before[-1] in "年月" and bool(re.match(_NUMBER, word)))


def _without_gaps(left: Sequence[str], rest: str) -> str:
    """Returns what stands around the day, without the brackets and commas that were only for it."""
    if not left:
        return rest
    note = _EMPTY.sub("", " ".join([*left, rest]))
    return _REPEATED.sub(r"\1", note).strip(_EDGES)


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


_LAST_HOUR = "(?: ?(?:23:59(?::59)?|24:00|24[点时]))?"
_SPAN = "((?:[0-9]+(?:天|日|周|个?(?:星期|礼拜|月)|年半?)|半年))"
_YEARS = {"今": 0, "本": 0, "": 0, "明": 1, "后": 2}
_Meaning = Callable[[re.Match[str], date], date]
_FORMS: tuple[tuple[str, _Meaning], ...] = (
    (
        rf"{_TO}(20\d\d)(?:[-/. 年](\d{{1,2}})[-/. 月](\d{{1,2}})[日号]?|(\d\d)(\d\d)){_LAST_HOUR}{_BY}",
        lambda match, _: date(*(int(part) for part in match.groups() if part)),
    ),
    (
        # 9.9 alone is a price as well.
        rf"{_TO}(\d{{1,2}})(?:月(\d{{1,2}})[日号]?|(?:[-/]|\.(?!\d$))(\d{{1,2}})){_LAST_HOUR}{_BY}",
        lambda match, today: _next(today, int(match[1]), int(match[2] or match[3])),
    ),
    (
        rf"{_TO}([今本明后])年(\d{{1,2}})月(\d{{1,2}})[日号]?{_BY}",
        lambda match, today: date(today.year + _YEARS[match[1]], int(match[2]), int(match[3])),
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
