"""Tells what stands in the margins of a document's pages: headers and footers, which are no part of its text.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jianggao.sources.left_out import LeftOut, told
from jianggao.sources.markup import DroppedLine
from jianggao.text.characters import collapse_blanks, remove_invisible

PAGE_MARGIN = "页眉、页脚"
"""Why such a line is left out, as operators read it."""
_NUMBERS = re.compile(r"\d{1,9}|[ivxlc]{1,8}(?![a-z])", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[-—–－·\s第(（]{0,6}#[-—–－·\s页/)）共,，]{0,8}(?:#[-—–－·\s页)）]{0,6})?")
_LONGEST_SHOWN = 200
"""Characters of a line that are told."""


def without_numbers(text: str) -> str:
    """Returns the text with # for each number: a margin says another one on each page."""
    return _NUMBERS.sub("#", text)


def is_page_number(text: str) -> bool:
    """Returns whether a line of a margin is the number of a page and nothing else: — 3 —, 第3页 共8页."""
    return _PAGE_NUMBER.fullmatch(without_numbers(text)) is not None


def typed_margin(lines: Iterable[str]) -> list[str]:
    """Returns the lines of a margin that somebody typed: neither rules nor numbers of pages, which the program writes."""
    return [line for line in lines if any(map(str.isalnum, line)) and not is_page_number(line)]


def margins_told(lines: Iterable[str]) -> tuple[DroppedLine, ...]:
    """Returns the lines of margins as operators read of them, each once, whatever its numbers."""
    distinct: dict[str, str] = {}
    for line in lines:
        shown = collapse_blanks(remove_invisible(line[:_LONGEST_SHOWN]))
        distinct.setdefault(without_numbers(shown), shown)
    found = [LeftOut(0, shown, PAGE_MARGIN, is_whole=True) for shown in distinct.values() if shown]
    return tuple(DroppedLine(line.place, line.text, line.reason) for line in told(found))
