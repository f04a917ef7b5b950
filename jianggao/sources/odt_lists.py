"""Works out the marks of OpenDocument's automatic lists, and names its elements.

A list style says for each level how it counts and what is written around the number (OpenDocument 1.3, 16.30).
Bullets are decoration: they become no mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jianggao.sources.word_numbering import format_number
from jianggao.text.whole_numbers import whole_number

ODT_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_FULL_NAMES = {"draw": "drawing", "fo": "xsl-fo-compatible"}
"""Namespaces that are called otherwise than their usual prefix."""
LEVELS = 10
_LONGEST_MARK = 40
_NUMBER_FORMATS: Mapping[str, str] = {
    "I": "upperRoman",
    "i": "lowerRoman",
    "A": "upperLetter",
    "a": "lowerLetter",
    "一, 二, 三, ...": "chineseCounting",
    "壹, 贰, 叁, ...": "chineseLegalSimplified",
    "①, ②, ③, ...": "decimalEnclosedCircle",
    "甲, 乙, 丙, ...": "ideographTraditional",
    "１, ２, ３, ...": "decimalFullWidth",
}
"""The formats of numbers by what OpenDocument calls them (style:num-format), as word_numbering names them."""


@dataclass(frozen=True, slots=True)
class OdtLevel:
    """How one level of a list is written: bullets have no format."""

    number_format: str
    before: str
    after: str
    start: int
    shown: int
    """How many levels the mark shows, this one with those above it."""


def odt_name(name: str) -> str:
    """Returns the qualified name of `text:p`."""
    prefix, _, local = name.partition(":")
    return f"{{{ODT_NAMESPACE}{_FULL_NAMES.get(prefix, prefix)}:1.0}}{local}"


def list_levels(style: Any) -> dict[int, OdtLevel]:
    """Returns the levels of a list style by their depths from 1."""
    levels = {}
    for element in style.iterchildren():
        depth = whole_number(element.get(odt_name("text:level"), "")) or 0
        if not 1 <= depth <= LEVELS:
            continue
        shown = whole_number(element.get(odt_name("text:display-levels"), "")) or 1
        start = whole_number(element.get(odt_name("text:start-value"), ""))
        levels[depth] = OdtLevel(
            element.get(odt_name("style:num-format"), "")
            if "number" in element.tag or "outline" in element.tag
            else "",
            element.get(odt_name("style:num-prefix"), "")[:_LONGEST_MARK],
            element.get(odt_name("style:num-suffix"), "")[:_LONGEST_MARK],
            1 if start is None else start,
            min(shown, depth),
        )
    return levels


def list_mark(levels: Mapping[int, OdtLevel], numbers: Mapping[int, int], depth: int) -> str:
    """Returns the mark of a level at this count, such as （一） or 1.2."""
    level = levels[depth]
    if not level.number_format:
        return ""
    shown = []
    for at in range(depth - level.shown + 1, depth + 1):
        form = levels[at].number_format if at in levels else ""
        if form:
            count = numbers.get(at, levels[at].start)
            shown.append(format_number(count, _NUMBER_FORMATS.get(form, "decimal")))
    mark = level.before + ".".join(shown) + level.after
    return mark + " " if mark[-1:].isalnum() else mark
