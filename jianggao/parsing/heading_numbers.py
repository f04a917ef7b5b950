"""Reads the marks that headings begin with (一、 （一） 1. 第一章 一是 第一， 首先) and their numbers.

A mark is the number with its brackets and delimiter, as it is written. All examples in the comments are made
up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from jianggao.text.numerals import BRANCHES, FORMAL, LARGE_NUMERAL, NUMERAL, STEMS, number_of
from jianggao.text.remembered_lines import remembered

_TIMES = "年月日号时点分秒个只条人名户元万亿次天周岁亩吨里米层楼栋组"
"""What a number with a blank behind it counts: `3 月`, `2 个` begin no heading, or only one whose series proves
it (三 人才的来路)."""
_COUNTED = "亿万元％%‰℃米公亩吨斤两升里度倍折级寸尺"
"""What a decimal number measures: 1.5亿元, 2.5公里."""
COUNTED_BY_TWO = (
    r"(?:一、二|二、三|三、四|三、五|四、五|五、六|六、七|七、八|八、九)"
    r"(?:产|[期年月日天周个级类线次层楼批轮季等号组区班环名位条岁点把杯句家户人里亩斤米元成万亿千百十])"
)
"""Two numerals that are one number or one name: 三、五年内, 二、三产业, 一、二期工程."""
ROW_OF_NUMERALS = rf"[{NUMERAL}]{{1,3}}、[{NUMERAL}]{{1,3}}(?:、|[和与及两])"
"""Numerals in a row: 一、二、三产业, 五、四、三、二、一, 十、十一两个组."""


class NumberKind(IntEnum):
    """The kinds of headings, outermost first, as official documents nest them.

    The order 一、 （一） 1. （1） is that of GB/T 9704 (format of official documents); the kinds around it
    were put where speeches use them.
    """

    PART = 0  # 第一部分, 第 1 章, PART ONE
    CHAPTER_SECTION = 1  # 第一节
    UNNUMBERED_OUTER = 2
    ROMAN = 3  # Ⅰ、
    BOXED_CHINESE = 4  # 【一】
    LONE_CHINESE = 5  # 一 on a line of its own
    LONE_ARABIC = 6  # 01 on a line of its own
    CHINESE = 7  # 一、
    ARTICLE = 8  # 第一条 of rules
    UNNUMBERED_INNER = 9
    BRACKETED_CHINESE = 10  # （一）
    ARABIC = 11  # 1.
    BOXED_ARABIC = 12  # 【1】
    DECIMAL = 13  # 1.1
    DEEP_DECIMAL = 14  # 1.1.1
    BRACKETED_ARABIC = 15  # （1）
    CIRCLED = 16  # ①
    LETTER = 17  # A.
    STEM = 18  # 甲、
    BRANCH = 19  # 子、
    POINT_IS = 20  # 一是, 其一，
    POINT_NEED = 21  # 一要
    POINT_ORDINAL = 22  # 第一，
    POINT_FIRST = 23  # 首先，


POINTS = (NumberKind.POINT_IS, NumberKind.POINT_NEED, NumberKind.POINT_ORDINAL, NumberKind.POINT_FIRST)
"""Kinds whose marks are words of a sentence. They nest in no fixed order: they stand below what they stand
under."""
_OF_ORDINALS = "点|条|项|步|招|件事|句话|方面|问题|个问题|个方面|个重点|个关键词|层意思|个层面"

_NAMED = "关键词|问题|难题|故事|镜头|任务|建议|感悟|体会|案例|画面|场景|经验|短板|瞬间"
"""What speakers number by its name, each part of a speech one: 问题一：, 【故事二】."""

_FORMAL_NUMBER = rf"拾?[{FORMAL}]"
"""壹, 拾, 拾贰; 貳 and 參 are turned into 贰 and 叁 beforehand."""
_NEXT_BRACKET = rf"[、和与及至][（(][{LARGE_NUMERAL}0-9０-９]{{1,3}}[）)]"
_SURNAME = r"(?!(?<=[伍陆] )[一-鿿] ?[一-鿿]?$)"
"""伍 川 and 陆 大 川 are names; as headings they need others of their series."""
_ORDINAL = rf"第 ?([{LARGE_NUMERAL}]{{1,7}}|{_FORMAL_NUMBER}|[0-9０-９]{{1,3}}) ?"
"""第一 and 第 12; the number is the group."""
LATIN_COUNTER = r"(?:PART|Part|part|CHAPTER|Chapter|SECTION|Section|UNIT|Unit|STEP|Step|LESSON|Lesson)"
"""What slides and web pages set before or above a number."""
_LATIN_PART = rf"{LATIN_COUNTER} ?[.．·]? ?"
ENGLISH_NUMBER = r"[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT"
_WHAT_GOES_ON = "的是课中里内将讲说写和与及、，。；）)》”文章程辑"
"""What follows the name of a part in a sentence about it: 第一章里…, 第二篇文章."""

# The first pattern that matches decides; the number stands in group 1.
_MARKS: tuple[tuple[NumberKind, re.Pattern[str]], ...] = (
    (
        NumberKind.PART,
        re.compile(
            rf"{_ORDINAL}(?:大?部分|章|编|篇|板块|讲|单元|回|课|集|卷|辑|幕|模块|专题)(?:\s*[、：:．.]\s*|\s+|$)"
        ),
    ),
    # 第一部分看清路, but not 第一部分的路，… or 第一章里…
    # 【第一堂】坐得住
    (
        NumberKind.PART,
        re.compile(
            rf"【\s*{_ORDINAL}(?:[堂问关步站幕集辑场招难题棒笔层程声件句]|节课|堂课|件事|句话)\s*】\s*(?=\S)"
        ),
    ),
    (NumberKind.PART, re.compile(rf"{_ORDINAL}(?:部分|章|编|篇)(?=[^{_WHAT_GOES_ON}])")),
    (
        NumberKind.PART,
        re.compile(rf"[【\[〔（(]\s*{_ORDINAL}(?:部分|章|编|篇|板块|讲|单元|回|课)\s*[】\]〕）)]\s*"),
    ),
    (
        NumberKind.PART,
        re.compile(
            rf"{_LATIN_PART}([0-9]{{1,2}}|{ENGLISH_NUMBER}|[IVX]{{1,4}}|[Ⅰ-Ⅻ]|[{NUMERAL}]{{1,3}})"
            r"(?:\s*[.．、：:|｜—-]\s*|\s+|$)"
        ),
    ),
    # 01 PART, the text below it
    (NumberKind.PART, re.compile(rf"([0-9]{{1,2}}) {LATIN_COUNTER}$")),
    (NumberKind.CHAPTER_SECTION, re.compile(rf"{_ORDINAL}节(?:\s*[、：:．.]\s*|\s+|$)")),
    # 第一节远路, but not 第一节课
    (NumberKind.CHAPTER_SECTION, re.compile(rf"{_ORDINAL}节(?=[^{_WHAT_GOES_ON}])")),
    # 第一条 为了管好渠水，… and 第一条（目的）…, but not 第一条，… of a speaker's points
    (NumberKind.ARTICLE, re.compile(rf"{_ORDINAL}条(?:\s+|$|(?=[（(【〔]))")),
    (NumberKind.ROMAN, re.compile(r"([Ⅰ-Ⅻⅰ-ⅻ]|[IVX]{1,4})\s*[.．、:：]\s*(?=\S)")),
    (NumberKind.ROMAN, re.compile(r"([Ⅰ-Ⅻ])(?:\s+|$)")),
    # 一、看清路, but not the name of a day (五·四), a number (二、三产业) or a row (一、二、三产业)
    (
        NumberKind.CHINESE,
        re.compile(
            rf"(?!{COUNTED_BY_TWO}|{ROW_OF_NUMERALS})([{LARGE_NUMERAL}]{{1,7}}|{_FORMAL_NUMBER}|参(?=[、﹑､．]))"
            rf"\s*(?:[、﹑､．.：]|[·・](?![{NUMERAL}]))\s*"
        ),
    ),
    (NumberKind.LONE_CHINESE, re.compile(rf"([{LARGE_NUMERAL}]{{1,7}}|{_FORMAL_NUMBER})$")),
    # 一 看清路, but neither 三 月 的 风 nor the name 陆 大 川
    (
        NumberKind.CHINESE,
        re.compile(rf"([{LARGE_NUMERAL}]{{1,7}}|{_FORMAL_NUMBER}(?! \S )) (?![{_TIMES}]){_SURNAME}"),
    ),
    (
        NumberKind.BOXED_CHINESE,
        re.compile(rf"[【〔\[［]\s*([{LARGE_NUMERAL}]{{1,7}}|{_FORMAL_NUMBER})\s*[】〕\]］]\s*[、.．]?\s*"),
    ),
    # （一）看清路, but not the row （一）、（二）两条
    (
        NumberKind.BRACKETED_CHINESE,
        re.compile(rf"[（(]?\s*([{LARGE_NUMERAL}]{{1,7}})\s*[）)](?!{_NEXT_BRACKET})\s*[、.．]?\s*"),
    ),
    (NumberKind.BRACKETED_CHINESE, re.compile(rf"[（(]\s*({_FORMAL_NUMBER})\s*[）)]\s*[、.．]?\s*")),
    (NumberKind.BRACKETED_CHINESE, re.compile(r"([㈠-㈩㊀-㊉])\s*")),
    (NumberKind.BOXED_ARABIC, re.compile(r"[【〔\[［]\s*([0-9０-９]{1,2})\s*[】〕\]］]\s*[、.．]?\s*")),
    (
        NumberKind.BRACKETED_ARABIC,
        re.compile(rf"[（(]?\s*([0-9０-９]{{1,2}})\s*[）)](?!{_NEXT_BRACKET})\s*[、.．]?\s*"),
    ),
    (NumberKind.BRACKETED_ARABIC, re.compile(r"([⑴-⒇])\s*")),
    (NumberKind.CIRCLED, re.compile(r"([①-⑳❶-❿➀-➉➊-➓⓵-⓾])(?![、和与]?[①-⑳])\s*")),
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
    (NumberKind.ARABIC, re.compile(r"([0-9０-９]{1,2})\s*[.．、﹑､](?:\s+|(?![0-9０-９](?!\d{3}年)))")),
    (NumberKind.ARABIC, re.compile(r"([⒈-⒛])\s*")),
    # 1 看清路, but not 5 个村
    (NumberKind.ARABIC, re.compile(rf"([0-9]{{1,2}}) (?=[一-鿿“《])(?![{_TIMES}])")),
    (NumberKind.LETTER, re.compile(r"([A-Ha-h])\s*[.．、]\s*(?![A-Za-z0-9])")),
    # 甲、看清路 and （甲）看清路, but not the row 甲、乙、丙三方
    (NumberKind.STEM, re.compile(rf"([{STEMS}])\s*[、.．]\s*(?![{STEMS}])(?=\S)")),
    (NumberKind.STEM, re.compile(rf"[（(]\s*([{STEMS}])\s*[）)]\s*[、.．]?\s*(?=\S)")),
    (NumberKind.BRANCH, re.compile(rf"([{BRANCHES}])\s*[、.．]\s*(?![{BRANCHES}])(?=\S)")),
    # 一是看清路, but not the row 一是二是三是
    (NumberKind.POINT_IS, re.compile(rf"其?([{NUMERAL}]{{1,3}})(?:是|则)(?![{NUMERAL}]是)[，,：:]?")),
    (NumberKind.POINT_NEED, re.compile(rf"([{NUMERAL}]{{1,3}})要[，,：:]?")),
    (NumberKind.POINT_IS, re.compile(rf"其([{NUMERAL}])(?:[，,：:、.]\s*|\s+)")),
    # 第一，看清路, but neither 第一、第二产业 nor 第一、二、三产业
    (
        NumberKind.POINT_ORDINAL,
        re.compile(
            rf"{_ORDINAL}(?!、第?[{NUMERAL}](?:、|产|[期章节条组季]))"
            rf"(?:(?:{_OF_ORDINALS})?[，,、：:]|(?:{_OF_ORDINALS}) )\s*"
        ),
    ),
    (NumberKind.POINT_ORDINAL, re.compile(rf"第([{NUMERAL}]{{1,3}})(?:{_OF_ORDINALS})?(?:是|要)[，,：:]?")),
    # 首先是看清路, 首先要看清路, but not 最后是，…
    (
        NumberKind.POINT_FIRST,
        re.compile(r"(首先|其次|再次|再者|此外|最后)(?:[，,：:]|是(?=[^，。])|(?=要[^，。]))"),
    ),
)
# What only a whole series proves to be marks.
_DOUBTFUL: tuple[tuple[NumberKind, re.Pattern[str]], ...] = (
    # 1.1看清路, but not 1.1亿元
    (NumberKind.DECIMAL, re.compile(rf"[0-9]{{1,2}}\.([0-9]{{1,2}})(?=[一-鿿])(?![{_COUNTED}{_TIMES}])")),
    # 01, １, — 01 —, 01/, ONE, 第一 on a line of its own
    (NumberKind.LONE_ARABIC, re.compile(rf"({ENGLISH_NUMBER})$")),
    (NumberKind.LONE_ARABIC, re.compile(r"([0-9０-９]{1,2})$")),
    (NumberKind.LONE_ARABIC, re.compile(r"[—\-–/|／｜「『·# ]{0,4}(0[1-9])[—\-–/|／｜」』· ]{0,4}$")),
    (NumberKind.LONE_CHINESE, re.compile(rf"第 ?([{NUMERAL}]{{1,3}})$")),
    # 1｜看清路, 01看清路, NO.1 看清路
    (
        NumberKind.LONE_ARABIC,
        re.compile(r"([0-9０-９]{1,2}) ?[|｜丨/／—-] ?(?=[一-鿿“《A-Za-z])(?![^|｜丨]*[|｜丨])"),
    ),
    (NumberKind.LONE_ARABIC, re.compile(r"(0[1-9])(?=[一-鿿“《])(?!丨)")),
    (NumberKind.LONE_ARABIC, re.compile(r"N[oOº]\.? ?([0-9]{1,2})(?:\s*[.．、：:|｜]\s*|\s+|$)")),
    # 1、4G和5G怎么一起用, 1.5G网络建设, 1.3年内通到乡
    (NumberKind.ARABIC, re.compile(r"([0-9０-９]{1,2})\s*、\s*(?=[0-9０-９])")),
    (
        NumberKind.ARABIC,
        re.compile(rf"([0-9０-９]{{1,2}})\s*[.．]\s*(?=[0-9０-９])(?![0-9０-９]+(?:\.|[ ]?[{_COUNTED}]))"),
    ),
    # 二、三产业怎么融合, between 一、 and 三、
    (NumberKind.CHINESE, re.compile(rf"(?={COUNTED_BY_TWO}|{ROW_OF_NUMERALS})([{NUMERAL}]{{1,3}})、")),
    # 三 人才的来路, 3 人才的来路, but not 三 月 的 风
    (
        NumberKind.CHINESE,
        re.compile(rf"([{LARGE_NUMERAL}]{{1,7}}|{_FORMAL_NUMBER}) (?!\S )(?![亿元亩吨秒栋岁个])"),
    ),
    (
        NumberKind.ARABIC,
        re.compile(r"([0-9]{1,2}) (?=[一-鿿“《])(?!\S )(?![亿万元亩吨秒栋岁]|个(?![人体性别]))"),
    ),
    # 1 5G网络, 2 AI应用
    (NumberKind.ARABIC, re.compile(r"([0-9]{1,2}) (?=[A-Z]|[0-9]{1,2}[A-Z])")),
    # 【关键词一】守住, 问题一：河边的砂场还在响
    (
        NumberKind.PART,
        re.compile(rf"【\s*(?:{_NAMED})\s*([{NUMERAL}]{{1,3}}|[0-9０-９]{{1,2}})\s*】\s*[：:]?\s*(?=\S)"),
    ),
    (
        NumberKind.PART,
        re.compile(rf"(?:{_NAMED})([{NUMERAL}]{{1,3}}|[0-9０-９]{{1,2}})\s*[：:｜|]\s*(?=\S)"),
    ),
    # 第一件，把账念完。 and 第一本账：去年的水, but not 第一个月，…
    (
        NumberKind.POINT_ORDINAL,
        re.compile(
            rf"{_ORDINAL}(?!个月|个年|个星期|个季|个小时|道题)[件个本笔桩类种样道层句把张块幅堂关份封门口项]"
            r"[一-鿿]{0,2}[，,：:]\s*"
        ),
    ),
    # 一，看清路 and 1：看清路
    (NumberKind.CHINESE, re.compile(rf"([{NUMERAL}]{{1,3}})[，,。]\s*(?=[一-鿿“《])")),
    (NumberKind.ARABIC, re.compile(r"([0-9０-９]{1,2})\s*[：:，,。]\s*(?=[一-鿿“《])")),
)
_LOOSE = re.compile(
    rf"(?:[{LARGE_NUMERAL}{FORMAL}]+|[Ⅰ-Ⅻ]|[0-9]+(?:\.[0-9]+)*) $|[{LARGE_NUMERAL}{FORMAL}]+$"
    rf"|{_ORDINAL}(?:部分|章|编|篇|节)|{_LATIN_PART}\w+\s*"
)
FRAME_WORDS = re.compile(r"(?:前言|引言|序|序言|导言|绪论|写在前面|开场白|结语|结束语|尾声|后记|小结)")
"""Headings that frame the numbered ones and stand on their level."""
LONGEST_OWN_LINE = 60
"""Characters of a heading that has a line of its own; what is longer is a sentence."""
_FIRST_CHARACTER = re.compile(
    rf"[关问难故镜任建感体案画场经短瞬第{STEMS}{BRANCHES}{LARGE_NUMERAL}{FORMAL}貳貮弍參叄参陸首其再此最0-9０-９A-IL-PS-VXa-hp【〔\[［（(①-⒛Ⅰ-ⅿ⓵-⓾㈠-㈩㊀-㊉❶-➓■◆●▲★☆▶►◇□※—\-–/|／｜「『·#]"
)
"""What the marks of all kinds begin with: most paragraphs are prose, and need no other pattern."""
_ORNAMENT = re.compile(r"[■◆●▲★☆▶►◇□※]\s?")
"""What some put before a number: ■一、看清路. Before a point (●一是…) it makes an entry of a list."""
_LONGEST_MARK = 24
"""Characters of a paragraph that its mark is looked for in."""
_SIMPLIFIED = str.maketrans(
    "後節編則塊講單項問題個關鍵詞層點條課輯專貳貮弍參叄陸",
    "后节编则块讲单项问题个关键词层点条课辑专贰贰贰叁叁陆",
)


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """The mark of a paragraph: its kind, its number, and how many characters of the paragraph it takes.

    A `loose` mark has no delimiter (`一 看清路`, `第一章看清路`). It counts on short lines alone. A `proven` one
    counts wherever it stands: the marks around it show that it is a heading's.
    """

    kind: NumberKind
    number: int
    length: int
    loose: bool = False
    proven: bool = False


@remembered
def read_mark(paragraph: str) -> HeadingNumber | None:
    """Returns the mark that a paragraph begins with, None if it begins with none."""
    return next(iter(_marks(paragraph, doubtful=False)), None)


def read_doubtful_marks(paragraph: str) -> list[HeadingNumber]:
    """Returns what could be the mark of the paragraph if others of its series stand around it, likeliest
    first: 1、4G和5G怎么一起用, 三 人才的来路, 01."""
    return list(_marks(paragraph, doubtful=True))


def _marks(paragraph: str, *, doubtful: bool) -> Sequence[HeadingNumber]:
    """Returns the marks by the patterns that match, in their order."""
    return _marks_of(paragraph[:_LONGEST_MARK], doubtful) if _FIRST_CHARACTER.match(paragraph) else ()


@lru_cache(maxsize=256)
def _marks_of(beginning: str, doubtful: bool) -> tuple[HeadingNumber, ...]:
    """Returns the marks of paragraphs with this beginning. Many short lines of a text are the same."""
    beginning = beginning.translate(_SIMPLIFIED)
    ornament = _ORNAMENT.match(beginning)
    start = ornament.end() if ornament else 0
    found = []
    for kind, pattern in _DOUBTFUL if doubtful else _MARKS:
        match = pattern.match(beginning, start)
        if match and (number := number_of(match[1])) and not (start and kind in POINTS):
            found.append(HeadingNumber(kind, number, match.end(), bool(_LOOSE.fullmatch(match[0]))))
    return tuple(found)


def inline_mark(paragraph: str, mark: HeadingNumber, number: int) -> tuple[int, HeadingNumber] | None:
    """Returns where a point with this number stands inside the paragraph, and its mark; None if it doesn't.

    It must stand behind a sentence or a colon (…三件事：一是…). `mark` is another one of its series.
    """
    if mark.kind not in POINTS or not 0 < number < len(NUMERAL):
        return None
    starts = {
        NumberKind.POINT_IS: rf"其?{NUMERAL[number - 1]}(?:是|则|[，,：:])",
        NumberKind.POINT_NEED: rf"{NUMERAL[number - 1]}要",
        NumberKind.POINT_ORDINAL: rf"第{NUMERAL[number - 1]}",
        NumberKind.POINT_FIRST: "首先" if number == 1 else "(?!)",  # 其次 inside a paragraph may be any step
    }
    for match in re.finditer(rf"(?<=[。：:；！？])\s*(?={starts[mark.kind]})", paragraph):
        inner = read_mark(paragraph[match.end() : match.end() + _LONGEST_MARK])
        if inner is not None and inner.kind is mark.kind and inner.number == number:
            return match.end(), inner
    return None
