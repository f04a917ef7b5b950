"""Tells a newspaper's report from the speech that it prints: the lead above it, the report of the end below it.

本报讯 4月2日，县长方大川在全县路灯管护会上讲话。 / 方大川的讲话全文如下： / 同志们：… / 讲话结束后，方大川与村民座谈。
The lead is an editor's note: it stays above the body, and says who spoke, and when. What stands below stays in the
body, and is told. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from jianggao.parsing.dates import first_date
from jianggao.parsing.heading_numbers import read_mark
from jianggao.parsing.labelled_lines import read_label
from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.speaker import OFFICE, is_known_name, is_name
from jianggao.parsing.speech_lines import is_sentence
from jianggao.text.simplified import simplified

_LONGEST = 2_000
_MOST_PARAGRAPHS = 6
_SHORTEST_PARAGRAPH = 15
_LONGEST_TAIL = 100
_SPEECH = r"(?:讲话|致辞|致词|发言|演讲|报告|党课|宣讲|寄语|谈话)"
_PART = r"(?:的?(?:全文|原文|摘要|实录|文字实录|节选|要点|主要内容|内容))"
_ANNOUNCES = re.compile(
    # 方大川的讲话全文如下：, 全文如下：
    rf"(?:(?:{_SPEECH}{_PART}?|全文|原文|实录)(?:刊[发登载]|发布|公布|整理|摘[登发编])?如下"
    # 以下是讲话全文：, 以下为县长方大川的讲话：
    rf"|(?:以下|下面)[是为系][^。：:；]{{0,50}}{_SPEECH}{_PART}?"
    # 现全文刊发。, 现将讲话摘要刊登如下：
    r"|[现特兹][将把予]?[^。：:；]{0,40}(?:刊[发登载]|发布|公布|发表|摘[登发编])(?:如下)?)[：:。]?$"
)
# 本报讯（记者 陆远）, 新华社松坪4月2日电, 渠水网讯
_DATELINE = re.compile(
    r"(?:本[报刊网台站]|[一-鿿]{2,8}(?:社|网|报|台|中心))[一-鿿\s]{0,8}(?:\d{1,2}月\d{1,2}日)?[讯电]|[（(](?:本[报网台])?(?:首席|见习)?(?:记者|通讯员)[\s：:]"
)
_QUOTED = re.compile(r"“[^“”]{0,400}”")
_SPOKEN = re.compile(r"[我咱您]|你们|同志们|大家")
"""Words of somebody who speaks; a report has them between quotation marks alone."""
_CALL = re.compile(r"[^：:！!。？]{2,40}[：:！!]")
_CLAUSE = re.compile(r"[。；;，,：:\s]")
_SPOKE = re.compile(
    r"(?:同志|先生|女士|老师|教授)?"
    r"(?:(?:出席|到会|参加|应邀出席)[^。]{0,30}?并?|(?:来?到|赴|走进)[^。]{2,30}?|[在于][^。]{2,50}?|[以就]《?[^。]{2,40}》?为题|代表[^。]{2,20}?)?"
    rf"的?(?:发表了?|作了?|做了?|致)?了?(?:重要|主旨|总结|动员|专题|主题|讲)?的?{_SPEECH}"
)
_DAY = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")
_LATEST = timedelta(days=31)
"""A paper prints a speech no later than so many days after it was given."""
_AFTER_SPEECH = re.compile(rf"{_SPEECH}(?:结束|完毕|之)?后[，,]")
_AFTER_MEETING = re.compile(r"(?:会议|座谈会?|仪式|活动|典礼)结束后[，,]|会后[，,]|随后[，,]")
_TOOK_PART = re.compile(
    r".{4,}(?:参加|出席|列席|参与)了?(?:此次|本次|上述)?(?:会议|活动|仪式|座谈会?|典礼|调研|.{0,10}会)。"
)
_ASKS_OR_CALLS = re.compile(r"请|必须|务必|希望|要[把抓做让按]|[我咱您]|你们|同志们|大家|各位")
_HAPPENED = re.compile(r"了|进行|参加|出席|座谈|交流|合影|参观|考察|察看|观看|答复|签订|走访|慰问")
_LAST_LINES = 4


def news_lead(lines: Sequence[str]) -> range:
    """Returns which lines are a report's lead with the line that announces the speech, none if there is none.

    The speech begins right behind: with a salutation, or, under a dateline (本报讯), with any line.
    """
    for at, line in enumerate(lines[:-1]):
        if is_salutation(line):
            break
        if not _announces(line):
            continue
        first = _first_of_lead(lines, at)
        dated = bool(_DATELINE.match(lines[first]))
        # 4月2日，县长方大川在会上讲话，全文如下： is a lead of one line.
        is_whole = at > first or len(line) > _LONGEST_TAIL or dated or bool(reported_speaker([line]))
        if is_whole and (_calls(lines[at + 1]) or dated) and (first or dated):
            return range(first, at + 1)
        break
    return range(0)


def _calls(line: str) -> bool:
    """Returns whether a line is a salutation or begins with one: 同志们：今天…."""
    call = _CALL.match(line)
    return is_salutation(line) or (call is not None and is_salutation(call[0]))


def _announces(line: str) -> bool:
    """Returns whether a paper says in the line, or at its end, that the speech follows."""
    if len(line) > _LONGEST or _speaks(line):
        return False
    return bool(_ANNOUNCES.search(simplified(line[-_LONGEST_TAIL:])))


def _first_of_lead(lines: Sequence[str], at: int) -> int:
    """Returns the first paragraph of the report that ends in line `at`."""
    first = at
    while first and at - first < _MOST_PARAGRAPHS and _is_reported(lines[first - 1]):
        first -= 1
    return first


def _is_reported(line: str) -> bool:
    is_prose = _SHORTEST_PARAGRAPH < len(line) <= _LONGEST and is_sentence(line)
    return is_prose and read_mark(line) is None and read_label(line) is None and not _speaks(line)


def _speaks(line: str) -> bool:
    return bool(_SPOKEN.search(_QUOTED.sub("", simplified(line[:_LONGEST]))))


def reported_speaker(lead: Iterable[str]) -> str:
    """Returns the one whom a lead names as the speaker (县长方大川在会上讲话), "" where that isn't one person."""
    names = {name for line in lead for name in _speakers(_QUOTED.sub("", simplified(line[:_LONGEST])))}
    return names.pop() if len(names) == 1 else ""


def _speakers(text: str) -> Iterator[str]:
    """Yields the names behind an office, or at the beginning of a clause, of which it says that they spoke."""
    for clause in _CLAUSE.split(text):
        offices = [office.end() for office in OFFICE.finditer(clause[:_LONGEST_TAIL])]
        for start in reversed(offices):
            if name := _spoke(clause[start:], beside=True):
                yield name
                break
        else:
            bare = re.sub(r"^(?:以下|下面)[是为系]", "", clause)
            if name := _spoke(bare, beside=False):
                yield name


def _spoke(text: str, *, beside: bool) -> str:
    """Returns the name that the text begins with, if it goes on with how this person spoke."""
    for length in (3, 2, 4):
        name = text[:length]
        # 高峰的讲话全文如下：
        if (is_name(name, beside=beside) or _is_known(name)) and _SPOKE.match(
            text[length : length + _LONGEST_TAIL]
        ):
            return name
    return ""


def _is_known(name: str) -> bool:
    return is_name(name, beside=True) and is_known_name(name)


def reported_days(lead: Iterable[str], printed: Iterable[str]) -> list[str]:
    """Returns the day of the speech that a lead gives without its year (4月2日下午), with the year of the day on which
    the page was put up; none where that isn't shortly behind it."""
    page = first_date(printed)
    if page is None:
        return []
    for line in lead:
        day = _DAY.search(line[:_LONGEST_TAIL])
        if day is None:
            continue
        for year in (page.year, page.year - 1):
            written = f"{year}年{day[1]}月{day[2]}日"
            spoken = first_date([written])
            if spoken is not None and timedelta() <= page - spoken <= _LATEST:
                return [written]
        return []
    return []


def reports_at_end(body: Sequence[str], speaker: str, *, is_reported: bool) -> list[str]:
    """Returns the last lines of a body that tell what happened behind the speech: 讲话结束后，方大川与村民座谈。

    `is_reported` says that a report's lead stands above the body. A speaker says such things, too, but of what is
    to be done: 会后，请各村留十分钟。
    """
    at = max(1, len(body) - _LAST_LINES)
    for first in range(at, len(body)):
        lines = body[first:]
        if _begins_report(lines[0], speaker, is_reported=is_reported) and all(map(_is_told, lines)):
            return list(lines)
    return []


def _begins_report(line: str, speaker: str, *, is_reported: bool) -> bool:
    written = simplified(line[:_LONGEST])
    if is_reported and _TOOK_PART.fullmatch(written):
        return True
    names_speaker = bool(speaker) and speaker in line
    is_behind = _AFTER_SPEECH.match(written) or (names_speaker and _AFTER_MEETING.match(written))
    return bool(is_behind) and bool(_HAPPENED.search(written))


def _is_told(line: str) -> bool:
    return is_sentence(line) and not _ASKS_OR_CALLS.search(_QUOTED.sub("", simplified(line[:_LONGEST])))
