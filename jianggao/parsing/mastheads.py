"""Reads the masthead of a bulletin above a speech: its number in a year, and the day on which it came out.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.parsing.dates import first_date, is_bare_date, without_dates
from jianggao.parsing.page_layout import is_bulletin_name, is_issue_number

_LONGEST = 60
_NUMBER_OF_YEAR = re.compile(
    # 〔2025〕14号, （2025年第14期）
    r"[〔\[（(【]\s?20\d\d\s?[〕\]）)】]\s?第?\s?\d{1,4}\s?[期号]"
    r"|[〔\[（(]?20\d\d\s?年\s?第\s?\d{1,3}\s?[期号](?:\s?[（(].{1,12}[）)])?[〕\]）)]?"
)
_OFFICE = re.compile(
    r"[一-鿿]{2,30}(?:办公室|编委会|编辑部|研究室|委员会|秘书[处科组]|宣传部|组织部|党委|党组|政府|局|委|办)"
    r"(?:主办|编印?|编发|印发?)?"
)
_AROUND_OFFICE = " |｜丨（()）\t\u3000"


def numbers_of_year(lines: Sequence[str]) -> list[int]:
    """Returns which lines are a bulletin's number in its year, directly below its name: 渠水县工作通报 / 〔2025〕14号."""
    return [
        at
        for at in range(1, len(lines))
        if len(lines[at]) <= _LONGEST
        and _NUMBER_OF_YEAR.fullmatch(lines[at])
        and is_bulletin_name(lines[at - 1])
    ]


def numbered_mastheads(lines: Sequence[str]) -> set[int]:
    """Returns which lines are a bulletin's name with its number below it, and the number: 渠水县工作通报 / 第14期."""
    numbers = {at for at in range(1, len(lines)) if is_issue_number(lines[at])} | {*numbers_of_year(lines)}
    # 关于渠首灌区用水的情况通报 is a title.
    named = {
        at
        for at in numbers
        if is_bulletin_name(lines[at - 1]) and not lines[at - 1].startswith(("在", "关于"))
    }
    return named | {at - 1 for at in named}


def days_of_issue(above_title: Sequence[str], removed: Sequence[str]) -> set[str]:
    """Returns the lines above a title that say when a bulletin came out: 中共渠水县委办公室 2025年4月10日.

    A date alone is one where the bulletin's name or number has been taken out (`removed`) and nothing, or an office,
    stands above it: elsewhere it is as likely the day of the speech.
    """
    has_masthead = any(is_issue_number(line) or is_bulletin_name(line) for line in removed)
    found = set()
    for at, line in enumerate(above_title):
        if len(line) > _LONGEST or first_date([line], compact=False) is None:
            continue
        if is_bare_date(line):
            below_office = at > 0 and _OFFICE.fullmatch(above_title[at - 1]) is not None
            is_issue = not line.startswith(("（", "(")) and has_masthead and (at == 0 or below_office)
        else:
            is_issue = _OFFICE.fullmatch(without_dates(line).strip(_AROUND_OFFICE)) is not None
        if is_issue:
            found.add(line)
    return found
