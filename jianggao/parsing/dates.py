"""Finds the material date of a speech: in a `日期：` line, the file's name, the lines under the title or the
signature at the end.

The order is set down in docs/rules.md, Library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from jianggao.parsing.labelled_lines import LabelKind, read_label
from jianggao.text.folding import nfkc
from jianggao.text.numerals import number_of
from jianggao.text.remembered_lines import remembered

ZEROS = "〇○零◯O0ОΟ"
"""What people type for 〇: circles, the Latin, Cyrillic and Greek letter, the digit."""
_DIGITS = {numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    ZEROS, "0"
)
# 2025年3月18日, 2025.3.18, 2025-03-18
_WRITTEN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[年.\-/_]\s*(\d{1,2})\s*[月.\-/_]\s*(\d{1,2})(?!\d)")
# 20250318
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
# 民国114年, 中華民國一一四年, 民国一百一十四年, 民国元年
_REPUBLIC = rf"(?:中[华華])?民[国國]\s*(?:元|\d{{1,3}}|[{ZEROS}一二三四五六七八九十百廿卅]{{1,6}})"
# 二〇二五年三月十八日, 2025年三月十八日, 民国114年3月18號
_NUMBER = r"\d{1,2}|[一二三四五六七八九十廿卅]{1,3}"
_CHINESE = re.compile(
    rf"((?<!\d)(?:19|20)\d\d|[一二][{ZEROS}一二三四五六七八九]{{3}}|{_REPUBLIC})\s*年"
    rf"\s*({_NUMBER})\s*月\s*({_NUMBER})\s*[日号號]"
)
_FIRST_YEAR_OF_REPUBLIC = 1912
# 1 9 9 8 年3 月5 日, as letters were spaced out
_SPACED_YEAR = re.compile(r"(?<!\d)([12]) ([09]) (\d) (\d)(?= ?年)")
_YEAR = rf"(?:(?:19|20)\d\d|[一二][{ZEROS}一二三四五六七八九]{{3}}|{_REPUBLIC}|20[×xX*]{{2}}|[×xX*]{{1,4}})"
_PART = r"[\d一二三四五六七八九十廿卅×xX*]{1,3}"
_LONGEST_LINE = 40
"""Characters of a line that is a date and nothing else."""
_LONGEST_LABELLED = 60
_LAST_LINES = 8
"""Behind a date of delivery there may stand sources, notes and a page's lines."""
_DELIVERY = ("授课", "讲课", "讲话", "演讲", "发言", "宣讲", "报告", "致辞", "致词", "党课", "讲座")
_LONGEST_SEARCHED = 100
"""Characters of a line from which dates are taken out."""
# （星期三）上午9时30分, 周五晚, 14:30
_HOUR = r"[\d一二三四五六七八九十]{1,3}"
_TIME_OF_DAY = (
    r"(?:\s*[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?)?"
    r"(?:\s*(?:[上下]午|早上|早晨|清晨|凌晨|中午|傍晚|晚上?|夜))?"
    rf"(?:\s*{_HOUR}\s*[:：时点]\s*(?:半|整|{_HOUR}(?:\s*[:：分]\s*(?:{_HOUR}\s*秒?)?)?)?许?)?"
)
_TO = r"\s*(?:[-—–~～至到]|--|——)\s*"
# 2025年4月2日上午, 2025年4月2日至4日, 20××年×月×日, 2025/4/2 星期三
_BARE_DATE = re.compile(
    rf"[（(【\[〔]?\s*{_YEAR}\s*"
    rf"(?:年\s*(?:{_PART}\s*月\s*)?(?:{_PART}\s*[日号號]\s*)?"
    rf"(?:{_TO}(?:{_YEAR}\s*年\s*)?(?:{_PART}\s*月\s*)?{_PART}\s*[日号號])?"
    r"|[-./]\s*\d{1,2}(?:[-./]\d{1,2})?)"
    rf"{_TIME_OF_DAY}\s*[）)】\]〕]?"
)
# 4月2日上午, 4月2日至4日
_DAY_OF_YEAR = re.compile(
    rf"[（(【\[〔]?\s*{_PART}\s*月\s*{_PART}\s*[日号號](?:{_TO}(?:{_PART}\s*月\s*)?{_PART}\s*[日号號])?"
    rf"{_TIME_OF_DAY}\s*[）)】\]〕]?"
)
_DATE_INSIDE = re.compile(
    rf"(?:{_YEAR}\s*年\s*{_PART}\s*月(?:\s*{_PART}\s*[日号號])?"
    r"|(?<!\d)(?:19|20)\d\d\s*[.\-/_]\s*\d{1,2}\s*[.\-/_]\s*\d{1,2}(?!\d)"
    rf"|{_PART}\s*月\s*{_PART}\s*[日号號]){_TIME_OF_DAY}"
)


@dataclass(frozen=True, slots=True)
class MaterialDate:
    """The date of a speech.

    `origin` says where it was found (`line`, `file name`, `under title`, `at the end`, those of `title_years`; "" if
    nowhere),
    `problems` in Chinese which other dates were not taken.
    """

    day: date | None
    origin: str
    problems: tuple[str, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether a date was found, or a problem says why one wasn't taken."""
        return self.day is not None or bool(self.problems)


@remembered
def is_labelled_date(line: str) -> bool:
    """Returns whether the line is a date behind a label (`日期：2025-03-18`) and nothing else, in brackets where the
    label is that of a speech (`（授课时间：2025年3月18日）`)."""
    if len(line) > _LONGEST_LINE:
        return False
    if line.startswith(("（", "(")):
        return _is_delivery_date(line)
    label = read_label(line.strip())
    return (
        label is not None
        and label.kind is LabelKind.TIME
        and first_date([line.strip()[label.length :]]) is not None
    )


@remembered
def is_bare_date(line: str) -> bool:
    """Returns whether the line is a date and nothing else.

    Months alone (2025年3月) and masked dates (20××年×月×日) count, though `first_date` finds none in them.
    """
    return len(line) <= _LONGEST_LINE and bool(_BARE_DATE.fullmatch(nfkc(line).strip()))


def delivery_dates(body: Sequence[str]) -> list[str]:
    """Returns the lines at the end of a body that say when the speech was given, behind a label that can mean no
    other day: （授课时间：2025年4月2日上午）, 讲话日期：2025-04-02. 会议时间： there may be that of the next meeting."""
    return [
        line for line in body[-_LAST_LINES:] if len(line) <= _LONGEST_LABELLED and _is_delivery_date(line)
    ]


def _is_delivery_date(line: str) -> bool:
    inner = line.strip("（()）[]〔〕 ")
    label = read_label(inner)
    if label is None or label.kind is not LabelKind.TIME or not label.word.startswith(_DELIVERY):
        return False
    # 讲话时间：2025年4月2日 地点：渠首礼堂, but no sentence
    day = _WRITTEN.match(nfkc(inner[label.length :])) or _CHINESE.match(nfkc(inner[label.length :]))
    return day is not None and first_date([inner], compact=False) is not None and not inner.endswith("。")


def is_day_of_year(line: str) -> bool:
    """Returns whether the line is a day without its year (4月2日上午) and nothing else: no material date."""
    return len(line) <= _LONGEST_LINE and bool(_DAY_OF_YEAR.fullmatch(nfkc(line).strip()))


def without_dates(line: str) -> str:
    """Returns the line without the dates in it, up to 100 characters: what is left may be a name."""
    return _DATE_INSIDE.sub(" ", nfkc(line[:_LONGEST_SEARCHED])).strip()


def material_date(
    date_lines: Iterable[str],
    file_name: str,
    under_title: Iterable[str],
    today: date,
    at_the_end: Iterable[str] = (),
) -> MaterialDate:
    """Returns the first date in the order of the arguments that exists and isn't in the future.

    `at_the_end` are the lines of a signature at the foot of the text.

    A date in the future is reported and the next place is tried: a slip of the pen must not put a speech
    outside every subscription.
    """
    problems: list[str] = []
    places: Sequence[tuple[str, Iterable[str]]] = (
        ("line", date_lines),
        ("file name", [PurePosixPath(file_name).name]),
        ("under title", under_title),
        ("at the end", at_the_end),
    )
    for origin, lines in places:
        # Eight digits are a date in a file's name; in the text they are as likely the number of a document.
        day = first_date(lines, compact=origin in ("line", "file name"))
        if day is None:
            continue
        if day <= today:
            return MaterialDate(day, origin, tuple(problems))
        problems.append(f"日期 {day.isoformat()} 在未来，没有采用。请改正源文件里或文件名里的日期")
    return MaterialDate(None, "", tuple(problems))


def first_date(lines: Iterable[str], *, compact: bool = True) -> date | None:
    """Returns the first date in these lines that exists; dates of eight digits (20250318) only if
    `compact`."""
    for line in lines:
        text = _SPACED_YEAR.sub(r"\1\2\3\4", nfkc(line))
        for match in _WRITTEN.finditer(text):
            if day := _date_of(match[1], match[2], match[3]):
                return day
        for match in _CHINESE.finditer(text):
            if day := _date_of(year_in_digits(match[1]), _small_number(match[2]), _small_number(match[3])):
                return day
        for match in _COMPACT.finditer(text) if compact else ():
            if day := _date_of(match[1], match[2], match[3]):
                return day
    return None


def written_dates(text: str) -> list[tuple[int, int]]:
    """Returns where whole dates stand in a text (2025年3月18日, 二〇二五年三月十八日), in its order."""
    # 2025年3月18日 is found without its last letter, too: the longer span counts.
    ends = dict(sorted(match.span() for pattern in (_WRITTEN, _CHINESE) for match in pattern.finditer(text)))
    return [span for span in ends.items() if first_date([text[slice(*span)]]) is not None]


def year_in_digits(written: str) -> str:
    """Returns 二〇二五, 2025 or 民国一一四 in digits; for what is no year digits that make no date."""
    if "民" not in written:
        return "".join(_DIGITS.get(numeral, numeral) for numeral in written)
    count = re.sub(r"[中华華民国國\s]", "", written).replace("元", "一")
    count = count.replace("廿", "二十").replace("卅", "三十")
    if "十" in count or "百" in count:
        number = number_of("".join("零" if letter in ZEROS else letter for letter in count))
    else:
        number = int("".join(_DIGITS.get(numeral, numeral) for numeral in count))
    return str(number + _FIRST_YEAR_OF_REPUBLIC - 1) if number else "0"


def _small_number(numerals: str) -> str:
    """Returns 一 … 三十一 in digits; for what is no number digits that make no date."""
    if numerals.isdecimal():
        return numerals
    numerals = numerals.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = numerals.rpartition("十")
    digits = (tens or "一", ones or "〇") if ten else (numerals,)
    # 十十月 and 十二三日 are misprints or rough dates; the number 0 is no month and no day.
    return "".join(map(_DIGITS.__getitem__, digits)) if all(map(_DIGITS.__contains__, digits)) else "0"


def _date_of(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
