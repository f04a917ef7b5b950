"""Reads the marks that headings begin with (一、 （一） 1. 第一章 一是 第一， 首先) and their numbers.

A mark is the number with its brackets and delimiter, as it is written. All examples in the comments are made
up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

_NUMERAL = "一二三四五六七八九十"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_VALUES = {numeral: value for row in (_NUMERAL, _FORMAL) for value, numeral in enumerate(row, 1)}
_SIGNS = {
    chr(first + at): at + 1
    for first, many in ((0x2460, 20), (0x2474, 20), (0x3220, 10), (0x2160, 12))
    for at in range(many)
}
"""① ⑴ ㈠ Ⅰ and their rows."""
# 最后 comes behind any number of steps.
_FIRST_VALUES = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "此外": 4, "最后": 9}
_ROMAN = dict(zip(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"), range(1, 11), strict=True))
_TIMES = "年月日号时点分秒个只条人名户元万亿次天周岁亩吨里米层楼栋组"
"""What a number with a blank behind it counts: `3 月`, `2 个` begin no heading."""


class NumberKind(IntEnum):
    """The kinds of headings, outermost first, as official documents nest them.

    The order 一、 （一） 1. （1） is that of GB/T 9704 (format of official documents); the kinds around it
    were put where speeches use them.
    """

    PART = 0  # 第一部分, 第一章
    CHAPTER_SECTION = 1  # 第一节
    UNNUMBERED_OUTER = 2
    ROMAN = 3  # Ⅰ、
    CHINESE = 4  # 一、
    UNNUMBERED_INNER = 5
    BRACKETED_CHINESE = 6  # （一）
    ARABIC = 7  # 1.
    DECIMAL = 8  # 1.1
    DEEP_DECIMAL = 9  # 1.1.1
    BRACKETED_ARABIC = 10  # （1）
    CIRCLED = 11  # ①
    LETTER = 12  # A.
    POINT_IS = 13  # 一是, 其一，
    POINT_NEED = 14  # 一要
    POINT_ORDINAL = 15  # 第一，
    POINT_FIRST = 16  # 首先，


POINTS = (NumberKind.POINT_IS, NumberKind.POINT_NEED, NumberKind.POINT_ORDINAL, NumberKind.POINT_FIRST)
"""Kinds whose marks are words of a sentence. They nest in no fixed order: they stand below what they stand
under."""
_OF_ORDINALS = "点|条|项|步|招|件事|句话|方面|问题|个问题|个方面|个重点|个关键词|层意思|个层面"

# The first pattern that matches decides; the number stands in group 1.
_MARKS: tuple[tuple[NumberKind, re.Pattern[str]], ...] = (
    (NumberKind.PART, re.compile(rf"第([{_NUMERAL}]+)(?:部分|章|编|篇|板块|讲|单元)(?:[ 、：:]\s*|$)")),
    # 第一部分看清路, but not 第一部分的路，… or 第一章里…
    (NumberKind.PART, re.compile(rf"第([{_NUMERAL}]+)(?:部分|章|编|篇)(?=[^的是中里将，。])")),
    (NumberKind.CHAPTER_SECTION, re.compile(rf"第([{_NUMERAL}]+)节(?:[ 、：:]\s*|$)")),
    # 第一节远路, but not 第一节课
    (NumberKind.CHAPTER_SECTION, re.compile(rf"第([{_NUMERAL}]+)节(?=[^的是课中里将，。])")),
    (NumberKind.ROMAN, re.compile(r"([Ⅰ-Ⅻ]|[IVX]{1,4})\s*[.．、:：]\s*(?=\S)")),
    (NumberKind.CHINESE, re.compile(rf"([{_NUMERAL}]+|[{_FORMAL}])\s*[、．.：]\s*")),
    # 一 看清路 and 一 on a line of its own, but not 三 月 的 风
    (NumberKind.CHINESE, re.compile(rf"([{_NUMERAL}]+)(?:$| (?![{_TIMES}]))")),
    (NumberKind.BRACKETED_CHINESE, re.compile(rf"[（(]\s*([{_NUMERAL}]+)\s*[）)]\s*[、.．]?\s*")),
    (NumberKind.BRACKETED_CHINESE, re.compile(r"([㈠-㈩])\s*")),
    (NumberKind.BRACKETED_ARABIC, re.compile(r"[（(]?\s*([0-9０-９]{1,2})\s*[）)]\s*[、.．]?\s*")),
    (NumberKind.BRACKETED_ARABIC, re.compile(r"([⑴-⒇])\s*")),
    (NumberKind.CIRCLED, re.compile(r"([①-⑳])\s*")),
    # 1.1.1 左脚, but not the version 2.0.1 beta
    (
        NumberKind.DEEP_DECIMAL,
        re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.([0-9]{1,2})(?: (?![a-zA-Z%])|[、.．])\s*"),
    ),
    # 1.1 远处, but not 2.5 个百分点 or 1.15 元
    (
        NumberKind.DECIMAL,
        re.compile(rf"[0-9]{{1,2}}\.([0-9]{{1,2}})(?: (?![a-zA-Z%{_TIMES}])|[、.．](?![0-9]))\s*"),
    ),
    # 1.看清路 and 1.2024年的账 (a year behind the mark), but not 1.5亿元
    (NumberKind.ARABIC, re.compile(r"([0-9０-９]{1,2})\s*[.．、]\s*(?![0-9０-９](?!\d{3}年))")),
    # 1 看清路, but not 5 个村
    (NumberKind.ARABIC, re.compile(rf"([0-9]{{1,2}}) (?=[一-鿿“《])(?![{_TIMES}])")),
    (NumberKind.LETTER, re.compile(r"([A-Ha-h])\s*[.．、]\s*(?![A-Za-z0-9])")),
    # 一是看清路, but not the row 一是二是三是
    (NumberKind.POINT_IS, re.compile(rf"其?([{_NUMERAL}]{{1,3}})(?:是|则)(?![{_NUMERAL}]是)[，,：:]?")),
    (NumberKind.POINT_NEED, re.compile(rf"([{_NUMERAL}]{{1,3}})要[，,：:]?")),
    (NumberKind.POINT_IS, re.compile(rf"其([{_NUMERAL}])[，,：:]")),
    (
        NumberKind.POINT_ORDINAL,
        re.compile(rf"第([{_NUMERAL}]{{1,3}})(?:(?:{_OF_ORDINALS})?[，,、：:]|(?:{_OF_ORDINALS}) )\s*"),
    ),
    (NumberKind.POINT_ORDINAL, re.compile(rf"第([{_NUMERAL}]{{1,3}})(?:{_OF_ORDINALS})?(?:是|要)[，,：:]?")),
    # 首先是看清路, 首先要看清路, but not 最后是，…
    (
        NumberKind.POINT_FIRST,
        re.compile(r"(首先|其次|再次|再者|此外|最后)(?:[，,：:]|是(?=[^，。])|(?=要[^，。]))"),
    ),
)
_LOOSE = re.compile(
    rf"(?:[{_NUMERAL}]+|[0-9]+(?:\.[0-9]+)*) $|[{_NUMERAL}]+$|第[{_NUMERAL}]+(?:部分|章|编|篇|节)"
)
FRAME_WORDS = re.compile(r"(?:前言|引言|序|序言|导言|绪论|写在前面|开场白|结语|结束语|尾声|后记|小结)")
"""Headings that frame the numbered ones and stand on their level."""
LONGEST_OWN_LINE = 60
"""Characters of a heading that has a line of its own; what is longer is a sentence."""
_LETTERS = "ABCDEFGH"
_LONGEST_MARK = 24
"""Characters of a paragraph that its mark is looked for in."""
_SIMPLIFIED = str.maketrans("後節編則塊講單項問題個關鍵詞層點條", "后节编则块讲单项问题个关键词层点条")


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """The mark of a paragraph: its kind, its number, and how many characters of the paragraph it takes.

    A `loose` mark has no delimiter (`一 看清路`, `第一章看清路`). It counts on short lines alone.
    """

    kind: NumberKind
    number: int
    length: int
    loose: bool = False


def read_mark(paragraph: str) -> HeadingNumber | None:
    """Returns the mark that a paragraph begins with, None if it begins with none."""
    beginning = paragraph[:_LONGEST_MARK].translate(_SIMPLIFIED)
    for kind, pattern in _MARKS:
        match = pattern.match(beginning)
        if match:
            number = _number(match[1])
            if number:
                return HeadingNumber(kind, number, match.end(), bool(_LOOSE.fullmatch(match[0])))
    return None


def inline_mark(paragraph: str, mark: HeadingNumber, number: int) -> tuple[int, HeadingNumber] | None:
    """Returns where a point with this number stands inside the paragraph, and its mark; None if it doesn't.

    It must stand behind a sentence or a colon (…三件事：一是…). `mark` is another one of its series.
    """
    if mark.kind not in POINTS or not 0 < number < len(_NUMERAL):
        return None
    starts = {
        NumberKind.POINT_IS: rf"其?{_NUMERAL[number - 1]}(?:是|则|[，,：:])",
        NumberKind.POINT_NEED: rf"{_NUMERAL[number - 1]}要",
        NumberKind.POINT_ORDINAL: rf"第{_NUMERAL[number - 1]}",
        NumberKind.POINT_FIRST: "首先" if number == 1 else "(?!)",  # 其次 inside a paragraph may be any step
    }
    for match in re.finditer(rf"(?<=[。：:；！？])\s*(?={starts[mark.kind]})", paragraph):
        inner = read_mark(paragraph[match.end() : match.end() + _LONGEST_MARK])
        if inner is not None and inner.kind is mark.kind and inner.number == number:
            return match.end(), inner
    return None


def _number(written: str) -> int:
    """Returns the number of a mark, 0 where it is none."""
    if written in _FIRST_VALUES:
        return _FIRST_VALUES[written]
    if written in _SIGNS:
        return _SIGNS[written]
    if written.isascii() and written.isalpha():
        return _ROMAN.get(written, _LETTERS.find(written.upper()) + 1)
    if written[0] in _VALUES:
        return _chinese_number(written)
    return int(written)


def _chinese_number(written: str) -> int:
    """Returns 一 … 九十九 as a number, 0 for numerals that are none (一二, 十十)."""
    if len(written) == 1:
        return _VALUES[written]
    tens, ten, ones = written.partition("十")
    if not ten or len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    return (_VALUES[tens] if tens else 1) * 10 + (_VALUES[ones] if ones else 0)
