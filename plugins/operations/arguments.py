"""Reads what stands behind the operator's commands on the report: pages, and numbers of lines."""

from __future__ import annotations

import re

from jianggao.errors import WrongForm

_PAGE = re.compile(r"第?\s*(\d{1,6})\s*页|页\s*(\d{1,6})")
_MOST_LINES = 50
"""Lines that one command takes: as many as somebody has read before."""
_LARGEST = 2**53
_APART = re.compile(r"[\s,，、;；。]+")
_RANGE = re.compile(r"(\d{1,16})\s*(?:-|~|—|－|–|到|至)\s*(\d{1,16})")
_WRITE = "请写行的编号，就是报告里那一行前面的数字；几行用空格隔开。"


def read_page(words: str) -> int | None:
    """Returns the page that is asked for: 1 for nothing, N for 第N页; None if it is no page."""
    if not words:
        return 1
    match = _PAGE.fullmatch(words)
    number = int(match[1] or match[2]) if match else None
    return max(1, number) if number is not None else None


def read_line_numbers(words: str) -> list[int]:
    """Returns the numbers of lines: `3 5 7`, `3、5`, `3-5`. Raises WrongForm."""
    numbers: list[int] = []
    if words.strip() in ("全部", "所有", "全", "all"):
        raise WrongForm("一次全去容易误去正文，请把看过的编号写出来。")
    for part in _APART.split(words.strip()) if words.strip() else []:
        numbers += _numbers_of(re.sub(r"^第|行$", "", part))
        if len(numbers) > _MOST_LINES:
            raise WrongForm(f"一次最多 {_MOST_LINES} 行，请分几次。")
    if not numbers:
        raise WrongForm(_WRITE)
    return list(dict.fromkeys(numbers))


def _numbers_of(part: str) -> list[int]:
    """Returns the numbers that a part such as `7` or `3-5` names."""
    if not part:
        return []
    span = _RANGE.fullmatch(part)
    if span is None:
        if not part.isdecimal() or len(part) > 16 or not 0 < int(part) < _LARGEST:
            raise WrongForm(_WRITE)
        return [int(part)]
    first, last = int(span[1]), int(span[2])
    if not 0 < first <= last < _LARGEST:
        raise WrongForm("编号要从小写到大，比如 3-5。")
    if last - first >= _MOST_LINES:
        raise WrongForm(f"一次最多 {_MOST_LINES} 行，请分几次。")
    return list(range(first, last + 1))
