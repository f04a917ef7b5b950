"""Tells which lines above one that can only be a title are no part of it: a vendor's name, a column's, an account's.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.parsing.above_title import is_no_theme, looks_like_no_theme
from jianggao.parsing.column_lines import is_column
from jianggao.parsing.dashes import dash_before
from jianggao.parsing.notices import LineKind, line_kind
from jianggao.parsing.occasion_lines import is_surely_occasion
from jianggao.parsing.title_lines import (
    is_open,
    is_title_of_speech,
    names_a_speech,
    names_a_speech_first,
    speech_from,
)
from jianggao.parsing.vendor_words import may_be_vendors_name
from jianggao.parsing.web_furniture import is_put_up_at
from jianggao.text.simplified import simplified

OF_A_SPEECH = re.compile(r"讲话|致辞|致词|发言|报告|演讲|党课|讲稿|主持词|寄语|贺词|会上|仪式上")
"""Words of which the title or the occasion of a speech has one."""
# 全县水利会上的讲话, 2025年渠水镇…, 县长方大川在…
_WHOLE_SPEECH = re.compile(
    r"20\d\d年|全[县市省区镇乡村国校]|[一-鿿]{1,6}?[县市省区镇乡村校]|.{2,14}?(?<!现)(?<!存)在"
)
_BEGINS_TITLE = ("在", "关于", "《在", "《关于")
_LONGEST_ACCOUNT = 16
_BEGINNING = 16
"""Characters of a title in which it says where a speech was given."""


def doubtful_above_title(lines: Sequence[str]) -> set[int]:
    """Returns the lines above one that can only be a title that may be notices, or are no theme: they are no part
    of it."""
    # 会员服务月 / 启动仪式上的讲话 make one title: the second line names no speech by itself.
    whole = (
        at for at, line in enumerate(lines) if line.startswith(_BEGINS_TITLE) and _speech_from(lines, at)
    )
    title = next(whole, 0)
    speech = _speech_from(lines, title) if title else ""
    doubtful = {
        at
        for at in range(title)
        if may_be_vendors_name(lines[at])
        or line_kind(lines[at]) is LineKind.NOTICE
        or (is_no_theme(lines[at], speech) and not is_surely_occasion(lines[at]))
    }
    return doubtful | _no_themes_above(lines) | _accounts_above(lines)


def _names_a_speech_at_all(line: str) -> bool:
    return names_a_speech(line) or is_title_of_speech(line)


def _speech_from(lines: Sequence[str], at: int) -> str:
    """Returns what can only be a title where it begins in this line: 在年中会上的讲话, and 在年中会上 / 的 讲 话."""
    line = lines[at]
    if is_title_of_speech(line) or names_a_speech_first(line):
        return line
    return speech_from(lines, at)


def _no_themes_above(lines: Sequence[str]) -> set[int]:
    """Returns the lines above one that names a speech, however it begins, that look like no theme: ★听雨说稿★ /
    全县水利冬修会议上的讲话."""
    speech = next((at for at, line in enumerate(lines) if _names_a_speech_at_all(line)), 0)
    above = [at for at in range(speech) if not is_surely_occasion(lines[at])]
    # 渠首讲话精选 / 评选会上的讲话 may be one title.
    is_whole = speech > 0 and bool(_WHOLE_SPEECH.match(simplified(lines[speech][:_BEGINNING])))
    found = {
        at
        for at in above
        if (looks_like_no_theme(lines[at]) or (is_whole and is_column(lines[at])))
        and not (is_open(lines[at]) or names_a_speech_first(lines[at]))
    }
    # 【让路灯亮到村口】 / ——在年中会上的讲话: a subtitle has its title above it.
    return set() if found and dash_before(lines[speech]) and len(found) == len(above) else found


def _accounts_above(lines: Sequence[str]) -> set[int]:
    """Returns the lines that show an account's name twice, with the minute below at which it put the text up, where
    the title stands below: 听雨说稿 / 听雨说稿 / 2025-03-18 08:00 云南 / 让路灯亮到村口."""
    for at in range(len(lines) - 3):
        twice = lines[at] == lines[at + 1] and is_put_up_at(lines[at + 2])
        if twice and may_be_account(lines[at]) and not is_surely_occasion(lines[at + 3]):
            return {at, at + 1}
    return set()


def may_be_account(line: str) -> bool:
    """Returns whether a line above the minute at which a text was put up can be an account's name: 渠水晨报."""
    return (
        len(line) <= _LONGEST_ACCOUNT
        and not is_surely_occasion(line)
        and not OF_A_SPEECH.search(simplified(line))
        and not line.endswith(("。", "！", "？", "：", ":", "，"))
    )
