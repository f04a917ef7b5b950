"""Recognises the labels that a host's script or a lesson has at its stages, each on a line or before its words:
【会前提醒】, 【开场】, 【正式开始】, 【PPT第1页】.

They begin the body and never stand beside the title. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from jianggao.parsing.salutation import is_salutation, whole_salutation
from jianggao.text.remembered_lines import remembered
from jianggao.text.simplified import simplified

_NUMBER = r"[一二三四五六七八九十\d]{1,3}"
_STAGE = (
    # 会前提醒, 会中; but not 会前学法, a column above a title
    r"[会课赛演典]前(?:温馨)?(?:提醒|提示|播报|广播|准备|暖场|须知|通知|说明|介绍|互动|导入|热身|音乐)?|[会课赛]中|[会课赛]后(?:提醒|提示|安排)?"
    # 正式开始, 大会开始, 来宾入场
    r"|[一-鿿]{0,6}?(?:开始|开场|入场|候场)|开场(?:白|语|词|前|部分|环节|导入|致辞|视频|音乐|舞蹈)|正式(?:开会|会议|议程|环节|进行)"
    r"|(?:新课|课堂|情景|情境|话题|案例|视频|课程)?导入|引入(?:新课)?|暖场(?:环节|视频|音乐|提示)?|开篇语?|序幕|串[词场](?:[一二三四五六七八九十\d]{1,3})?"
    # 大会第一项, 第二环节：颁奖, 环节一
    rf"|(?:大会|会议|议程|活动|仪式)?第{_NUMBER}(?:项|个?环节|阶段|幕)(?:议程|内容)?(?:[：:\s][^【】]{{1,12}})?|环节{_NUMBER}(?:[：:\s][^【】]{{1,12}})?"
)
_CUE = (
    # PPT第3页, 幻灯片 12-14, 翻页, 播放短片; but not 播放量
    r"(?:PPT|幻灯片?|课件|投影片?)\s?(?:翻页|切换|展示|播放|封面|首页|(?:第\s?)?[一二三四五六七八九十百\d]{1,4}(?:\s?[-—~～至到]\s?\d{1,3})?\s?[页张]?)?"
    r"|[翻切换下]一?[页屏]|切换?(?:PPT|幻灯片?)|下一张(?:PPT|幻灯片?)?|(?:播放|展示|出示|插播)(?![量次数器列])[^【】\d]{1,10}"
)
_IN_BRACKETS = r"[【\[〖［]\s?(?:{})\s?[】\]〗］]"
_STAGE_LABEL = re.compile(_IN_BRACKETS.format(f"{_STAGE}|{_CUE}"), re.IGNORECASE)
_CUE_LABEL = re.compile(_IN_BRACKETS.format(_CUE), re.IGNORECASE)
_LONGEST_LABEL = 24
_SPOKEN = ("。", "！", "？", "：", "；", "…")


@remembered
def begins_stage(line: str) -> bool:
    """Returns whether a line is the label of a stage, or words behind one: 【会前提醒】, 【开场】请大家就座。"""
    label = _STAGE_LABEL.match(simplified(line[:_LONGEST_LABEL]))
    # 【开场】让路灯亮到村口 may be a title.
    return label is not None and (label.end() == len(line) or line.endswith(_SPOKEN))


def is_cue(line: str) -> bool:
    """Returns whether the line only tells the speaker what to show: 【PPT第3页】, 【翻页】."""
    return len(line) <= _LONGEST_LABEL and bool(_CUE_LABEL.fullmatch(simplified(line)))


def first_stage(lines: Sequence[str], stop: int, notes: Collection[int]) -> int | None:
    """Returns the first line below the first one and above `stop` that begins a stage, None where none does."""
    return next((at for at in range(1, stop) if at not in notes and begins_stage(lines[at])), None)


def below_stages(lines: Sequence[str], first: int | None) -> Iterator[int]:
    """Yields the lines directly below the labels of stages, from the label `first` on: there a script calls on the
    audience, though the words of an earlier stage stand above. None yields nothing."""
    places = range(len(lines) if first is None else first, len(lines) - 1)
    return (at + 1 for at in places if begins_stage(lines[at]))


def salutation_of_stage(lines: Sequence[str], first: int | None) -> tuple[int, int] | None:
    """Returns the span of the salutation directly below the label of a stage, from the label `first` on, None if
    there is none."""
    called = (at for at in below_stages(lines, first) if is_salutation(lines[at]))
    return next((whole_salutation(lines, at) for at in called), None)
