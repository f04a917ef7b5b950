"""Writes out the numbers that a browser sets before the items of a web page's lists."""

from __future__ import annotations

import re
from typing import Any

from jianggao.sources.word_numbering import format_number
from jianggao.text.whole_numbers import whole_number

_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
"""The attribute `type` of `<ol>`; anything else counts in digits."""
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_LONGEST_STYLE = 2_000
_CHINESE = frozenset({"cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "cjk-decimal"})
_STYLES = {
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-latin": "lowerLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_NO_NUMBERS = frozenset({"none", "disc", "circle", "square"})
# 一、 （一） 第三条 1. (2) ① : the author has numbered the item by hand.
_OWN_NUMBER = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十百零〇\d]{1,4}[）)、.．:：]|第[一二三四五六七八九十百零〇\d]{1,6}[条章节项点]"
    r"|[①-⑳⑴-⒇㈠-㈩])"
)
_NOTE_ID = re.compile(r"(?:user-content-)?(?:fn|footnote|cite_note)[-_:]?\w", re.IGNORECASE)
_LOOKED_AT = 40
"""Characters at the beginning of an item that are looked at for a number of its own."""


class ListNumbers:
    """Counts the items of the lists that are open, and gives the mark of the item that has just begun."""

    def __init__(self) -> None:
        self._lists: list[_List] = []
        self._pending = ""

    def open_list(self, element: Any, tag: str) -> None:
        """Opens an `<ol>` or a list without numbers."""
        self._lists.append(_List(element) if tag == "ol" else _List(None))

    def close_list(self) -> None:
        """Closes the innermost list."""
        if self._lists:
            self._lists.pop()
        self._pending = ""

    def open_item(self, element: Any) -> None:
        """Opens an item of the innermost list."""
        self._pending = self._lists[-1].mark_of(element) if self._lists else ""

    def marked(self, line: str) -> str:
        """Returns a line with the mark of the item that it begins.

        A number that the author wrote by hand stands for the list's own, which such a page doesn't show.
        """
        mark, self._pending = self._pending, ""
        return line if _OWN_NUMBER.match(line[:_LOOKED_AT]) else mark + line


class _List:
    """An open list; one without numbers is given no element."""

    def __init__(self, element: Any | None) -> None:
        self._numbered = element is not None
        self._format, self._delimiter = "decimal", ". "
        self._next, self._step = 1, 1
        if element is not None:
            self._read(element)

    def _read(self, element: Any) -> None:
        self._format = _FORMATS.get(element.get("type") or "", "decimal")
        start = _number(element.get("start"))
        if element.get("reversed") is not None:
            self._step = -1
            self._next = len(element) if start is None else start
        elif start is not None:
            self._next = start
        style = _STYLE.search((element.get("style") or "")[:_LONGEST_STYLE])
        name = style[1].lower() if style else ""
        if name in _CHINESE:
            self._format, self._delimiter = "chineseCounting", "、"
        elif name in _NO_NUMBERS:
            self._numbered = False
        else:
            self._format = _STYLES.get(name, self._format)

    def mark_of(self, item: Any) -> str:
        if not self._numbered:
            return ""
        value = _number(item.get("value"))
        number = self._next if value is None else value
        self._next = number + self._step
        if _NOTE_ID.match(item.get("id") or ""):
            return f"[{number}] "  # as the text refers to it
        return format_number(number, self._format) + self._delimiter if number >= 0 else ""


def _number(written: str | None) -> int | None:
    return whole_number((written or "").strip())
