"""Finds the year that a title or a file's name gives: 1954年政府工作报告, 政府工作报告（2006）, gov1988.txt.

A year counts where it says when something was said. The end of a plan, a range, the year of something that is
remembered and numbers of other things don't. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from jianggao.parsing.dates import ZEROS, MaterialDate, year_in_digits
from jianggao.parsing.file_titles import without_versions
from jianggao.text.folding import nfkc
from jianggao.text.numerals import number_of
from jianggao.text.simplified import simplified

TITLE_YEAR, NAME_YEAR = "year in title", "year in file name"
"""The origins of dates of which only the year is known."""
_LONGEST = 255
"""Characters that are looked at; a name in an archive can have 65,535."""
_AROUND = 24
"""Characters before and behind a year that say what it is the year of."""
_MASK = "\0"

_DIGITS = r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d{3})(?!\d)"
_NUMERALS = rf"(?:一九|二[{ZEROS}])[{ZEROS}一二三四五六七八九]{{2}}"
_TO = r"\s?(?:--|——|[-—–~〜至到、,和与及暨/])\s?"
_END_OF_YEAR = r"\s?(?:年度?|学年度?)?(?:\s?\d{1,2}\s?月份?)?"
# 2021—2025年, 2021年至2025年, 2021、2022年, 2023-24学年, 2019年1月—2021年6月
_RANGE = re.compile(
    rf"(?:{_DIGITS}|{_NUMERALS}){_END_OF_YEAR}"
    rf"(?:{_TO}(?:{_DIGITS}|{_NUMERALS}|\d\d(?=\s?(?:年|学年))){_END_OF_YEAR}){{1,9}}"
)
# 县发〔2021〕12号, 2021年第12号: it isn't said whose document that is, nor how old
_DOCUMENT_NUMBER = re.compile(
    r"[〔\[(【]\s?(?:19|20)\d\d\s?年?\s?[〕\])】]\s?第?\s?\d{1,5}\s?[号期]"
    r"|(?:19|20)\d\d\s?年\s?第?\s?\d{1,5}\s?号"
)
_WRITTEN = re.compile(rf"({_DIGITS}|{_NUMERALS})\s?年")
_BRACKETED = re.compile(rf"[(\[〔【]\s?({_DIGITS})\s?[)\]〕】]")
# 2019新年贺词, 在全县2021春季…: a bare number is a year where this follows
_BARE_BEFORE = re.compile(
    rf"(?<![A-Za-z])({_DIGITS})\s?(?=新年|新春|春节|元旦|元宵|春[季运]|[秋夏冬]季|[寒暑]假|暑期|年[终末中]|全[国省市区县州乡镇村校院厂]|[省市区县]?政府工作报告"
    r"|[一二三四]季度|第[一二三四]季度|[上下]半年)"
)
# 2006 政府工作报告, 2019.3 在…, at the end 政府工作报告 2006, 在…的讲话2019
_BARE_AT_EDGE = re.compile(
    rf"^({_DIGITS})(?:[.\-_]\d{{1,2}})?(?:\s+|\s*[_—–-]+\s*)(?=[一-鿿《“])"
    r"|(?:(?<=[一-鿿》”)\]])[\s_—–-]{1,3}|(?<=讲话)|(?<=[致贺][辞词])|(?<=发言)|(?<=报告)|(?<=演讲)|(?<=党课)|(?<=总结)|(?<=寄语)|(?<=讲稿)|(?<=会)|(?<=会议)"
    r"|(?<=典礼)|(?<=仪式))"
    rf"({_DIGITS})$"
)
# In a file's name: gov1988, report-2006-final, 讲话_2019_终稿
_BARE_IN_NAME = re.compile(rf"(?<![^\s_\-(\[A-Za-z])({_DIGITS})(?![^\s_\-)\]A-Za-z])")
_WORD_BEFORE = re.compile(r"([A-Za-z]+|[一-鿿]+)[\s_\-.]*$")
_LETTERS_BEFORE, _LETTERS_BEHIND = re.compile(r"[A-Za-z\d]*$"), re.compile(r"[A-Za-z\d]*")
_HASH = re.compile(r"[a-fA-F]{3,}")
# What cameras, scanners, pages and people number: IMG_2019, doc2001, 范文1999, 编号2003
_COUNTED = re.compile(
    r"(?:img|image|pic|photo|dsc|dscn|dscf|pxl|mvimg|vid|video|mov|audio|rec|voice|scan|scanner|doc|docx|document|file|page|pages|text|txt|pdf"
    r"|no|num|nr|id|aid|cid|tid|pid|uid|bid|sid|qq|wx|tel|mmexport|msg|tmp|temp|test|new|copy|item|news|info|art|article|arti|content|post|list"
    r"|show|view|index|html?|thread|topic|book|chapter|part|section|vol|volume|sample|speech|data|word|excel|ppt|office|windows|win|wps|iso|gb|gbt"
    r"|rfc|python|[a-z])",
    re.IGNORECASE,
)
_COUNTED_HAN = re.compile(
    r"(?:第|总|号|编号|序号|房间?|楼|文档|文本|图片|照片|截图|录音|录像|视频|扫描件?|扫描|范文|样文|例文|材料|素材|文件|附件|文章|稿件|讲稿|网页|页面|帖子?|段|篇|页|期|卷|章|条)$"
)
_FEWEST_LETTERS = 2
# 到2030年, 自2018年以来, 重温1949年, 民国…
_OTHER_BEFORE = re.compile(
    r"(?:民国|公元前|第|N[oO]\.?|№|#|[到至自从由]|截[至止]|面向|迈向|展望|走向|奔向|通向|瞄准|对标|决胜|力争|确保|实现|争取|距今|始于|写在"
    r"|重[温返走回]|走进|回[顾望忆到眸]|追[忆寻思]|难忘|铭记|[牢谨]记|记[住得]|想起|纪念|怀念|致敬|告别|再见|[我你他她]们?的"
    r"|那个|建[城县市州制省区校厂国]|设[县市州郡]|开埠|立[县国]|申办|申报|筹办)[“\"《]?$"
)
# 2018年以来, 2030年前, 2035年远景目标, 1990年代, 2018年修订, 2021年级
_OTHER_BEHIND = re.compile(
    r"(?:[以之][来前后]|[底末]?前(?![一二三四五六七八九十两几半\d期沿])|后(?![勤备续进期])|[底末]之?前|间?代(?![表理办建收])|远景|愿景|议程"
    r"|级|版(?![权面画])|出生|生人|修[订正]|[颁公]布|施行|[印制]发|规划(?!局|和自然|工作|委|建设|编制|部门|处|院|设计)|纲要"
    r"|目标(?!管理|考核|责任|任务|绩效|考评|完成)|(?:基本|全面|如期)?(?:实现|建成)|的(?:今天|那|[春夏秋冬]天|故事|记忆|雪|雨|风|我)"
    r"|[^年会]{1,8}(?<!讲话)(?<!大)精神)"
)
_PLAN = re.compile(r"规划|计划|纲要|目标|远景|愿景|战略|行动|议程|达峰|中和|实现|建成|展望|奋斗")
# A text that remembers: the year is as likely that of what happened then.
_REMEMBERS = re.compile(
    r"周年|[华诞]诞|年庆|百年|纪念(?![日馆碑塔园章品币邮])|逝世|殉难|就义|回眸|追忆|回忆|往事|记忆|年前的"
)
_ANNIVERSARY = re.compile(
    r"(\d{1,3}|[一二三四五六七八九十百]{1,5})\s?(?:周年|华诞|年庆|年大庆)|(?<!\d)(百)年"
)


def with_year(dated: MaterialDate, titles: Iterable[str], file_name: str, today: date) -> MaterialDate:
    """Returns a material date that isn't known with the first day of the year that a title or the file's name gives.

    The first of the `titles` that gives a year counts before the name. Of several different years none counts, and
    `problems` say so. A date that is known stays as it is.
    """
    if dated.day is not None:
        return dated
    told: list[str] = []
    in_title = next(
        filter(None, (_past(years_of_title(each, today), each, today, told, "题目") for each in titles)), []
    )
    stem = PurePosixPath(file_name).stem
    in_name = _past(years_of_name(stem, today), stem, today, told, "文件名")
    year, origin = _chosen(in_title, in_name)
    if year is None:
        told += [_several("题目", in_title)] if len(in_title) > 1 else []
        told += [_several("文件名", in_name)] if len(in_name) > 1 else []
    elif origin == TITLE_YEAR and in_name and year not in in_name:
        told.append(f"题目里的年份是 {year}，文件名里的是 {_listed(in_name)}，用了题目里的。{_HOW}")
    problems = (*dated.problems, *dict.fromkeys(told))
    if year is None:
        return replace(dated, problems=problems)
    return MaterialDate(date(year, 1, 1), origin, problems)


def is_year_alone(origin: str) -> bool:
    """Returns whether of a date with this origin only the year is known."""
    return origin in (TITLE_YEAR, NAME_YEAR)


_HOW = "不对就在正文前加一行“日期：年-月-日”"


def _chosen(in_title: Sequence[int], in_name: Sequence[int]) -> tuple[int | None, str]:
    """Returns the year that counts, and its origin; None where there is none, or several."""
    if len(in_title) == 1:
        return in_title[0], TITLE_YEAR
    # 2025年总结和2026年计划 in 2025年报告.txt: the name says which of the title's years it is.
    if len(in_name) == 1 and (not in_title or in_name[0] in in_title):
        return in_name[0], NAME_YEAR
    return None, ""


def _several(where: str, years: Sequence[int]) -> str:
    return f"{where}里有几个年份（{_listed(years)}），没有采用。请在正文前加一行“日期：年-月-日”"


def _listed(years: Sequence[int]) -> str:
    return "、".join(map(str, years))


def _past(years: Sequence[int], text: str, today: date, told: list[str], where: str) -> list[int]:
    """Returns the years that aren't in the future; others go to `told`, unless the text is about a plan."""
    ahead = [year for year in years if year > today.year]
    if ahead and not _PLAN.search(simplified(text[:_LONGEST])):
        told.append(f"{where}里的年份 {_listed(ahead)} 在未来，没有采用。请改正源文件里或文件名里的年份")
    return [year for year in years if year <= today.year]


def years_of_title(title: str, today: date) -> list[int]:
    """Returns the different years that a title gives as those of the speech, in its order."""
    return _years(_folded(title), (_WRITTEN, _BRACKETED, _BARE_BEFORE, _BARE_AT_EDGE), today)


def years_of_name(stem: str, today: date) -> list[int]:
    """Returns the different years that a file's name without its ending gives as those of the speech.

    Here a number parted from words is a year, too, and one behind or before letters that don't count files
    (gov1988, but not IMG_2019).
    """
    text = without_versions(_folded(stem))
    years = _years(text, (_WRITTEN, _BRACKETED, _BARE_BEFORE, _BARE_AT_EDGE), today)
    masked = _masked(text)
    bare = [
        int(match[1])
        for match in _BARE_IN_NAME.finditer(masked)
        if _stands_beside_words(masked, match) and _is_of_speech(masked, match, today)
    ]
    return list(dict.fromkeys([*years, *bare]))


def _folded(text: str) -> str:
    return simplified(nfkc(text[:_LONGEST])).strip()


def _masked(text: str) -> str:
    """Returns the text with ranges of years and numbers of documents blotted out."""
    for pattern in (_DOCUMENT_NUMBER, _RANGE):
        text = pattern.sub(lambda match: _MASK * len(match[0]), text)
    return text


def _years(text: str, patterns: Iterable[re.Pattern[str]], today: date) -> list[int]:
    masked = _masked(text)
    found = sorted(
        (match.start(), int(year_in_digits(next(filter(None, match.groups())))))
        for pattern in patterns
        for match in pattern.finditer(masked)
        if _is_of_speech(masked, match, today)
    )
    return list(dict.fromkeys(year for _, year in found))


def _is_of_speech(text: str, match: re.Match[str], today: date) -> bool:
    """Returns whether the words around a year leave it that of the speech."""
    if match.re is _BRACKETED:
        return True
    group = next(at for at in range(1, len(match.groups()) + 1) if match[at])
    before, behind = (
        text[max(0, match.start(group) - _AROUND) : match.start(group)],
        text[match.end() :][:_AROUND],
    )
    if _OTHER_BEFORE.search(before.rstrip()) or (
        match.re is not _WRITTEN and _COUNTED_HAN.search(before.rstrip())
    ):
        return False
    if match.re is _WRITTEN and _OTHER_BEHIND.match(behind.lstrip()):
        return False
    if not _REMEMBERS.search(text):
        return True
    # 2019年庆祝…成立七十周年: what is remembered can't have happened in 2019.
    count = _ANNIVERSARY.search(text)
    return count is not None and int(year_in_digits(match[group])) + number_of_years(count) > today.year


def number_of_years(count: re.Match[str]) -> int:
    """Returns how many years an anniversary counts, 0 where that is no number."""
    return 100 if count[2] else number_of(count[1])


def _stands_beside_words(name: str, match: re.Match[str]) -> bool:
    """Returns whether a number in a file's name stands beside words, and counts nothing."""
    start, end = match.span(1)
    joined_before = _LETTERS_BEFORE.search(name[:start][-_AROUND:])
    joined_behind = _LETTERS_BEHIND.match(name[end:][:_AROUND])
    assert joined_before is not None and joined_behind is not None
    letters = joined_before[0] + joined_behind[0]
    # d98cb1988, abcd1999: a hash
    if any(letter.isdigit() for letter in letters) or _HASH.fullmatch(letters):
        return False
    before = _WORD_BEFORE.search(name[:start][-_AROUND:])
    if before and (_COUNTED.fullmatch(before[1]) or _COUNTED_HAN.search(before[1])):
        return False
    # 在万达1958.txt, 1958广场.txt: a number that runs into other words is a name's.
    words = re.findall(r"[A-Za-z]{2,}|[一-鿿]{2,}", name[:start] + " " + name[end:])
    return any(not _COUNTED.fullmatch(word) for word in words)
