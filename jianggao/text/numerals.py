"""Reads numbers as they are written, above all those of headings: 十二, 一百零三, 二〇, ０１, ⑫, Ⅳ, TWO.

All examples in the comments are made up.
"""

from __future__ import annotations

NUMERAL = "一二三四五六七八九十"
LARGE_NUMERAL = NUMERAL + "百千零〇"
"""The letters of numbers beyond 99: 一百零三, 二〇."""
FORMAL = "壹贰叁肆伍陆柒捌玖拾"
"""The letters of amounts on cheques, which some headings use."""
_ROWS_OF_SIGNS = ("①-⑳", "⑴-⒇", "⒈-⒛", "㈠-㈩", "㊀-㊉", "Ⅰ-Ⅻ", "ⅰ-ⅻ", "❶-❿", "➀-➉", "➊-➓", "⓵-⓾")
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
"""The letters of the sexagenary cycle, with which older speeches number their parts."""
_VALUES = {numeral: value for value, numeral in enumerate(NUMERAL, 1)}
_PLAIN = str.maketrans(FORMAL + "参", NUMERAL + "三")
"""The formal numerals as plain ones; 参 is what converters make of the traditional 參."""
_SIGNS = {
    chr(ord(first) + at): at + 1
    for first, last in (row.split("-") for row in _ROWS_OF_SIGNS)
    for at in range(ord(last) - ord(first) + 1)
}
# 最后 comes behind any number of steps.
_STEPS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "此外": 4, "最后": 9}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_ENGLISH = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN")
_WORDS = {
    **_STEPS,
    **{word: value for row in (_ROMAN, _ENGLISH, STEMS, BRANCHES) for value, word in enumerate(row, 1)},
}
_LETTERS = "ABCDEFGH"
_UNITS = {"千": 1000, "百": 100, "十": 10}


def number_of(written: str) -> int:
    """Returns the number that a mark holds, 0 where it is none."""
    if written in _SIGNS:
        return _SIGNS[written]
    if written.upper() in _WORDS:
        return _WORDS[written.upper()]
    if written.isascii() and written.isalpha():
        return _LETTERS.find(written.upper()) + 1 if len(written) == 1 else 0
    return int(written) if written.isdecimal() else _chinese_number(written.translate(_PLAIN))


def exact_number_of(written: str) -> int | None:
    """Returns the number, up to 9,999, of Chinese digits that write it as it is to be written: 十五, 一百零五,
    两百. None for anything else, as for 一百八, which may be 108 or 180."""
    plain = written.replace("两", "二")
    number = _chinese_number(plain)
    return number if number and numeral_of(number) == plain else None


def numeral_of(number: int) -> str:
    """Returns how a number from 1 to 9,999 is written: 105 is 一百零五, 15 is 十五."""
    digits = "零一二三四五六七八九"
    written = ""
    for unit, value in (*_UNITS.items(), ("", 1)):
        digit = number // value % 10
        if digit:
            written += digits[digit] + unit
        elif written and not written.endswith("零"):
            written += "零"
    written = written.rstrip("零")
    return written[1:] if written.startswith("一十") else written


def _chinese_number(written: str) -> int:
    """Returns 一 … 九千九百九十九 as a number, 0 for numerals that are none (一二, 十十, 百一)."""
    if len(written) == 1:
        return _VALUES.get(written, 0)
    if "〇" in written and not set(written) & set("十百千零"):  # 二〇, 一〇三: digit by digit
        digits = ["〇一二三四五六七八九".find(numeral) for numeral in written]
        return 0 if digits[0] <= 0 or min(digits) < 0 else int("".join(map(str, digits)))
    total, rest = 0, written
    for unit, value in _UNITS.items():
        before, found, behind = rest.partition(unit)
        if not found:
            continue
        ten_alone = not before and unit == "十" and not total  # 十二, but 一百一十二
        count = 1 if ten_alone else _digit(before)
        if not count:
            return 0
        total, rest = total + count * value, behind.removeprefix("零")
    if not rest:
        return total
    return total + _digit(rest) if total and _digit(rest) else 0


def _digit(written: str) -> int:
    """Returns 一 … 九 as a number, 0 for anything else."""
    value = _VALUES.get(written.removeprefix("零"), 0)
    return value if value < 10 else 0
