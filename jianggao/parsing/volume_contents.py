"""Finds the table of contents of a volume: the titles of its speeches, before the first of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.parsing.contents_table import entry_form
from jianggao.parsing.volume_prefaces import frame_heading
from jianggao.parsing.volume_titles import LONGEST_TITLE_LINE, title_label

_WITHIN = 400
"""Lines from the beginning in which the contents may begin."""
_MOST_ENTRIES = 2_000
_FEWEST_ENTRIES = 2
_HEADING = re.compile(r"总?\s*目\s*[录錄次]")
_DOTTED = re.compile(r".{2,60}?(?:[.…·．]{2,60}|\s{3,60})\s*\d{1,4}")
_LONGEST_ENTRY = 120
_PAGE_BEHIND = re.compile(r"[\s.…·．、—\-－_（(]{1,80}\d{1,4}[）)]?$")
_NUMBER_BEFORE = re.compile(
    r"(?:第?[一二三四五六七八九十百\d]{1,4}[篇、.．：:\s]|[（(][一二三四五六七八九十\d]{1,3}[）)])\s*"
)
_DATE_BEHIND = re.compile(r"[（(〔\[][^（()）]{1,30}[）)〕\]]$")
_SHORTEST = 3


def entries_of(line: str) -> frozenset[str]:
    """Returns what the title may be that an entry of the contents names: with its number and without."""
    title = _PAGE_BEHIND.sub("", line[:200])
    bare = _NUMBER_BEFORE.sub("", title, count=1)
    # 雨夜记（一九五一年七月三日）
    undated = _DATE_BEHIND.sub("", bare)
    # 篇二：雨夜记, where 篇二 stands alone above the title in the text
    label = title_label(title)
    labelled = label[1] if label is not None else ""
    forms = map(entry_form, (title, bare, undated, labelled))
    return frozenset(form for form in forms if len(form) >= _SHORTEST)


def _forms(line: str) -> frozenset[str]:
    """Returns what `entries_of` does, and 前言 or 跋, which are as short as a name and entries all the same."""
    frame = entry_form(frame_heading(_PAGE_BEHIND.sub("", line[:_LONGEST_ENTRY])))
    return entries_of(line) | ({frame} if frame else frozenset())


def find_contents(lines: Sequence[str]) -> tuple[int, int]:
    """Returns the first line of the contents and the line behind them; (0, 0) if there are none.

    They begin with 目录, or are three entries with page numbers. Each entry stands again further down.
    """
    start = next((at for at, line in enumerate(lines[:_WITHIN]) if _HEADING.fullmatch(line)), None)
    if start is None:
        dotted = [at for at, line in enumerate(lines[:_WITHIN]) if _is_dotted(line)]
        if len(dotted) < 3:
            return 0, 0
        start = dotted[0]
        first = start
    else:
        first = start + 1
    last_place: dict[str, int] = {}
    for at, line in enumerate(lines):
        if len(line) <= LONGEST_TITLE_LINE:
            for form in _forms(line):
                last_place[form] = at
    stop = first
    seen: set[str] = set()
    while stop < min(len(lines), first + _MOST_ENTRIES):
        forms = _forms(lines[stop])
        # A title that comes again right here is that of the first speech: the contents have ended.
        if len(lines[stop]) > _LONGEST_ENTRY or forms & seen:
            break
        if not _is_dotted(lines[stop]) and not any(last_place.get(form, 0) > stop for form in forms):
            break
        seen |= forms
        stop += 1
    return (start, stop) if stop - first >= _FEWEST_ENTRIES else (0, 0)


def _is_dotted(line: str) -> bool:
    """Returns whether the line is an entry with its page: 雨夜记……3."""
    return len(line) <= _LONGEST_ENTRY and bool(_DOTTED.fullmatch(line))
