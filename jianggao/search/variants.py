"""Finds other ways to write a run that must not hide a hit: years, percentages and amounts in Chinese or Arabic
numerals, masked values.

Speeches write 2025年 and 二〇二五年, 四万亿 and 4万亿, and where a place or a figure was taken out ××县, XX县 or
**县, all of them in one library.
"""

from __future__ import annotations

import re

from jianggao.text.normal_form import MASK, normal_form
from jianggao.text.numerals import number_of

# 一二三四 is no year and 12025 holds none: only 18xx to 20xx, with no further digit before or behind, are
# years.
_NUMERALS = "〇一二三四五六七八九"
_TO_ARABIC = str.maketrans(_NUMERALS + "零", "01234567890")
_CHINESE_YEAR = re.compile(
    rf"(?<![{_NUMERALS}零])(?:一[八九]|二[〇零])[{_NUMERALS}零]{{2}}(?![{_NUMERALS}零])"
)
_ARABIC_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_FULL_DATE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})[日号]")
_WITH_ZERO = "零一二三四五六七八九"
_CHINESE_PERCENT = re.compile(rf"百分之([{_NUMERALS}零十百点]{{1,9}})")
_PERCENT_IN_DIGITS = re.compile(r"百分之(\d{1,2}(?:\.\d{1,3})?)(?![\d.])")
_ROUND_A_PERCENTAGE = (
    ["增长", "下降", "上升", "提高", "降低", "增速", "占比"],
    ["左右", "以上", "以内"],
)
"""What stands before and behind a percentage, and hardly ever at a number of something else: no more than a concept may
have runs for, with the percentage in words and in digits."""
_ARABIC_PERCENT = re.compile(r"(?<![\d.])(\d{1,2})(?:\.(\d{1,3}))?[%％]")
_CHINESE_AMOUNT = re.compile(
    rf"(?<![{_NUMERALS}零两十百千万亿点几数])([{_NUMERALS}零两十百千]{{1,8}})(?=万亿|[万亿](?![{_NUMERALS}两万]))"
)
_ARABIC_AMOUNT = re.compile(r"(?<![\d.])([1-9]\d{0,3})(?=[万亿])")
_WITH_TWO = re.compile(r"(?<![一三四五六七八九十百零])二(?=[百千万亿])")
"""二 that people mostly say as 两: of 二百万, not of 一百零二万."""
_MASKS = re.compile(r"[xX×＊*○〇]+")
_LETTERS = re.compile(r"[0-9A-Za-z]")
_MASK_SIGNS = (MASK, "x", "〇")


def variants(typed: str) -> list[str]:
    """Returns the normal forms of other ways to write `typed`, without its own, sorted."""
    own = normal_form(typed)
    found = {
        *_year_variants(own),
        *(f"{date[1]}{int(date[2]):02}{int(date[3]):02}" for date in [_FULL_DATE.fullmatch(own)] if date),
        *(normal_form(form) for form in _percent_variants(typed)),
        # A point is lost in the normal form: 1.5万 would be 15万.
        *(normal_form(form) for form in amount_variants(typed if "." in typed else own)),
        *(form for mask in _mask_variants(typed) for form in (mask, *_year_variants(mask))),
    }
    return sorted(found - {own, ""})


def _percent_variants(typed: str) -> list[str]:
    """Returns what was typed with its percentages as 6.3% and as 百分之六点三."""
    with_sign = _PERCENT_IN_DIGITS.sub(r"\1%", typed)
    digits = _CHINESE_PERCENT.sub(_with_sign, with_sign)
    written = _ARABIC_PERCENT.sub(lambda match: f"百分之{_in_chinese(match[1], match[2])}", with_sign)
    digit = normal_form(digits)
    if len(digit) == 1 and typed != digits:
        # 7 of 百分之七 stands in every text: it is looked for beside what goes with a percentage.
        return [written, *percentages_of(digit)]
    return [digits if len(digit) > 1 else "", written]


def percentages_of(digit: str) -> list[str]:
    """Returns runs in which a single digit is a percentage: 增长3, 3左右."""
    before, behind = _ROUND_A_PERCENTAGE
    return [*(word + digit for word in before), *(digit + word for word in behind)]


def amount_variants(typed: str) -> list[str]:
    """Returns other ways to write the amounts in what was typed: 4万亿, 四万亿; 200万, 二百万, 两百万."""
    in_digits = _CHINESE_AMOUNT.sub(_amount_in_digits, typed)
    in_chinese = _ARABIC_AMOUNT.sub(lambda match: _amount_in_chinese(int(match[1])), in_digits)
    as_said = _WITH_TWO.sub("两", in_chinese)
    return [form for form in dict.fromkeys((in_digits, in_chinese, as_said)) if form != typed]


def _amount_in_digits(amount: re.Match[str]) -> str:
    """Returns 四 of 四万亿 as 4; as it stands where it is no number: 千 of 千万."""
    return str(number_of(amount[1].replace("两", "二").replace("〇", "零")) or amount[1])


def _amount_in_chinese(number: int) -> str:
    """Returns 1 … 9999 in numerals: 105 is 一百零五, 115 一百一十五, 15 alone 十五."""
    hundreds, rest = divmod(number, 100)
    parts = [
        f"{_WITH_ZERO[count]}{unit}" if count else ""
        for count, unit in zip(divmod(hundreds, 10), "千百", strict=True)
    ]
    written = "".join(parts)
    if not rest:
        return written
    zero = "零" if written and (rest < 10 or not parts[1]) else ""
    ten = "一" if written and 10 <= rest < 20 else ""
    return f"{written}{zero}{ten}{_in_chinese(str(rest), None)}"


def _with_sign(percentage: re.Match[str]) -> str:
    """Returns 百分之六十三点五 as 63.5%; as it stands where it is no number."""
    whole, _, decimals = percentage[1].partition("点")
    number = 100 if whole == "百" else number_of(whole)
    digits = decimals.translate(_TO_ARABIC)
    if not (number or whole in ("〇", "零")) or (digits and not digits.isdecimal()):
        return percentage[0]
    return f"{number}{'.' if digits else ''}{digits}%"


def _in_chinese(whole: str, decimals: str | None) -> str:
    """Returns 63 and 5 as 六十三点五."""
    tens, ones = divmod(int(whole), 10)
    written = _WITH_ZERO[ones] if not tens else ("" if tens == 1 else _WITH_ZERO[tens]) + "十"
    written += _WITH_ZERO[ones] if tens and ones else ""
    return written + ("点" + "".join(_WITH_ZERO[int(digit)] for digit in decimals) if decimals else "")


def with_arabic_years(run: str) -> str:
    """Returns a run with its years as 2005."""
    return _CHINESE_YEAR.sub(lambda match: match[0].translate(_TO_ARABIC), run)


def _year_variants(run: str) -> list[str]:
    """Returns the run with its years as 2005, as 二〇〇五 and as 二零零五."""
    arabic = with_arabic_years(run)
    chinese = _ARABIC_YEAR.sub(lambda match: "".join(_NUMERALS[int(digit)] for digit in match[0]), arabic)
    return [arabic, chinese, _ARABIC_YEAR.sub(_with_zero, arabic)]


def _with_zero(match: re.Match[str]) -> str:
    return "".join("零" if digit == "0" else _NUMERALS[int(digit)] for digit in match[0])


def _mask_variants(typed: str) -> list[str]:
    """Returns the run with its masks written with each sign, as often as typed and once.

    `XX县`, `**县` and `○○县` are ways to write `××县`, and so is `×县`. An x inside letters or digits is no
    mask (taxi, 4x4), and neither is one that stands alone.
    """

    def masked(sign: str, *, once: bool) -> str:
        def put(match: re.Match[str]) -> str:
            around = typed[max(0, match.start() - 1) : match.start()] + typed[match.end() : match.end() + 1]
            if not around or _LETTERS.search(around):
                return match[0]
            return sign if once else sign * len(match[0])

        return normal_form(_MASKS.sub(put, typed))

    if not _MASKS.search(typed):
        return []
    return [masked(sign, once=once) for sign in _MASK_SIGNS for once in (False, True)]
