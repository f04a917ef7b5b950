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
