"""Finds the dates that a text itself gives: with which it was signed at its foot, and, in minutes, on which the
meeting was held.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.parsing.dates import first_date, is_bare_date, without_dates, written_dates
from jianggao.parsing.notices import LineKind, line_kind
from jianggao.parsing.quotations import is_signed_inside_quotation
from jianggao.parsing.speech_lines import is_customary_closing, is_list_item, is_sentence
from jianggao.text.simplified import simplified

_LAST_LINES = 3
_LONGEST = 50
_LONGEST_BELOW = 30
"""Characters of a line below a signature that is no note: a name, a place, thanks."""
_NOTE = re.compile(r"附(?:件|表|录|图|注)?\s?[\d一二三四五六七八九十]{0,2}\s?[：:]|注[：:]|\[\d|[（(【①-⑳*※]")
_NOT_SIGNED = re.compile(
    r"印发|发布|发表|刊[发登载]|登载|出版|更新|上传|下载|打印|修订|施行|生效|实施|起|前|[止。；，？！：:]"
)
"""Words and marks with which a last line with a date is no signature: （2025年4月2日印发）, a sentence."""
_MINUTES = re.compile(r"纪要|会议记录|会议实录|会议综述|座谈记录")
# 2025年4月2日下午，镇长主持召开…会议
_MEETING_HELD = re.compile(r".{0,80}?(?:召开|举行|主持|举办|会议)")
_FIRST_CHARACTERS = 6
"""The date stands so near the beginning of the first sentence: 会议于2025年4月2日…."""


def minutes_dates(title: str, body: Sequence[str]) -> list[str]:
    """Returns the date with which minutes (by their title) begin, where it is the day of the meeting."""
    if not body or not _MINUTES.search(simplified(title)):
        return []
    first = body[0][:200]
    return [
        first[start:end]
        for start, end in written_dates(first)[:1]
        if start <= _FIRST_CHARACTERS and _MEETING_HELD.match(simplified(first[end:]))
    ]


def signature_dates(body: Sequence[str]) -> list[str]:
    """Returns the lines at the foot of a body that are a date or a date with a name or a place beside it.

    罗小满 / 2025年4月2日, 2025年4月2日于松坪镇, but no sentence with a date in it. The last one comes first.
    """
    if len(body) < 2:
        return []
    foot = range(len(body) - 1, max(0, len(body) - 1 - _LAST_LINES), -1)
    found = []
    for at in foot:
        if _is_signed_date(body[at]) and not is_signed_inside_quotation(body, at):
            found.append(body[at])
        elif not _may_stand_below(body[at]):
            break
    return found


def _may_stand_below(line: str) -> bool:
    """Returns whether a line can stand below a signature: its other lines, notes, attachments, short thanks,
    what may be a vendor's. A sentence goes on with the text, and the date above it is that of something in it."""
    if _NOTE.match(line) or is_list_item(line) or line_kind(line) is not LineKind.TEXT:
        return True
    if len(line) > _LONGEST_BELOW:
        return False
    return is_customary_closing(line) or not (is_sentence(line) or "，" in line)


def _is_signed_date(line: str) -> bool:
    if len(line) > _LONGEST or first_date([line], compact=False) is None:
        return False
    return is_bare_date(line) or (
        not _NOT_SIGNED.search(line) and len(without_dates(line)) <= _LONGEST // 2 and _at_an_edge(line)
    )


def _at_an_edge(line: str) -> bool:
    """Returns whether the date begins or ends the line: 罗小满 2025年4月2日, but not a heading around one."""
    left = without_dates(line).strip("（()）〔〕[] ")
    return not left or line.strip("（()）〔〕[] ").startswith(left) or line.rstrip("）)〕] ").endswith(left)
