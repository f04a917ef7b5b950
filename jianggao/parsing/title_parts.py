"""Takes the title of a speech apart: what stands before 在…会上的讲话, and what stands behind it on the line.

All examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.dates import without_dates

_LONGEST = 120
_LONGEST_OF_SOMEBODY = 60
_POLITE = ("同志", "先生", "女士")
_SPEAKS = re.compile(
    r"^(.{2,30}?)(?:同志|先生|女士)?(?:在|于).{2,50}(?:讲话|致辞|致词|发言|报告|演讲|党课|上|时)(?:稿|摘要|提纲|要点|节选|全文|实录)?$"
)
_SPEECH_OF = re.compile(r"^(.{2,30}?)(?:同志|先生|女士)的?(?:讲话|致辞|致词|发言|报告|演讲)")
_BEHIND_SPEECH = re.compile(
    # 讲话（摘要）, 讲话提纲（送审稿）, 讲话（2025年3月18日 渠首礼堂）, 讲话：让路灯亮到村口
    r"(?:讲话|致辞|致词|发言|报告|演讲|党课|讲座|汇报)(?:稿|提纲|摘要|要点|节选|全文|实录)?"
    r"(?P<behind>\s?(?:[（(][^（()）]{1,30}[）)]\s?){0,2}(?:(?:[：:]|—{1,4})\s?.{2,60})?)$"
)
_MOTTO = re.compile(r"([一-鿿“”]{4,14})[，,]\s?([一-鿿“”]{4,14})")
_VERB_LAST = re.compile(
    r"(?:推进|推动|开[好展创]|[做办抓搞打讲上写过]好|召开|迎接|筹[备办]|组织|落实|建设|打造|谋划|部署|完成|参[加与]|学习|贯彻|宣传|实施"
    r"|加强|提[升高]|服务|保障|助力|深化|强化|抓[实紧]|喜迎|总结|安排|安[好全]|确保|支持|创建|巩固|拓展|构建|优化|促进|健全|完善|办[实成])$"
)
"""What leaves a title open for what it is done to."""
_VERB_FIRST = re.compile(
    r"[让把为以向从在用的和与及]|[开办上讲打做走抓建写]好|迎接|召开|推进|落实|组织|参加|走进|建[设成]|喜迎|献[礼给]|写给|致敬"
)
_WHOSE = (
    # 2025年, 二〇二五届, 第三届
    r"(?:20\d\d\s?[年届级]|[一二][〇○零一二三四五六七八九]{3}[年届级]|第[一二三四五六七八九十\d]{1,3}[届次期]"
    # 渠水县, 县委党校, 全县
    r"|[一-鿿]{1,12}?(?:[县市省区镇乡村局厅厂]|街道|党校|学校|中学|小学|大学|学院|医院|公司|集团|支部|[党团]委|工会|合作社)"
    r"|全[国省市县区镇乡村校院局])"
)
_OCCASION = re.compile(
    rf"{_WHOSE}[^，。；：！？]{{0,30}}"
    r"(?:典礼|仪式|大会|会议|(?:座谈|动员|推进|交流|报告|表彰|年|例|现场|家长|恳谈|学习|启动|总结)会|[培轮集]训班|研[修讨]班"
    r"|第[一二三四五六七八九十\d]{1,3}[课讲]|公开课|[党团]课|讲座|讲[堂坛]|课堂|夜校|论坛)"
    r"(?:上?的?(?:讲话|致辞|致词|发言|报告|演讲|讲稿|讲义|主持词|寄语)(?:稿|提纲|摘要)?)?"
)


def named_before_speech(title: str) -> tuple[str, bool]:
    """Returns what stands before the speech in a title, without a date, and whether it is polite: (县长方大川, True) for
    县长方大川同志2025年3月18日在年中会上的讲话. "" where the title has no such part."""
    match = _SPEECH_OF.match(title[:_LONGEST_OF_SOMEBODY]) or _SPEAKS.match(title[:_LONGEST])
    if match is None:
        return "", False
    if title[match.end(1) :].startswith(_POLITE):
        return without_dates(match[1]), True
    named = without_dates(match[1])
    return (named[: -len(_POLITE[0])], True) if named.endswith(_POLITE) else (named, False)


def without_addition(title: str) -> str:
    """Returns the title of a speech without brackets or a theme behind it: 县长方大川在年中会上的讲话（摘要），
    …的讲话：让路灯亮到村口."""
    addition = _BEHIND_SPEECH.search(title[:_LONGEST])
    return title[: addition.start("behind")] if addition else title


def is_occasion_below_motto(motto: str, line: str) -> bool:
    """Returns whether a line says of itself at which occasion a speech was given, below a title of two halves that
    needs nothing behind it: 水是命根子，路是脸面 / 渠水县2025年春季农技夜校第一课.

    加强领导，扎实推进 / 全县植树工作会议 may be one title, which the verb leaves open.
    """
    halves = _MOTTO.fullmatch(motto)
    if halves is None or abs(len(halves[1]) - len(halves[2])) > 1 or _VERB_LAST.search(halves[2]):
        return False
    return (
        len(line) <= _LONGEST_OF_SOMEBODY and bool(_OCCASION.fullmatch(line)) and not _VERB_FIRST.match(line)
    )
