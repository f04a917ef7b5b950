"""Works out the marks of Word's automatic lists (一、 （一） 1.), which stand in no paragraph's text.

A paragraph names a list (`numId`) and a level; numbering.xml says how each level counts and what is written
around the number (ECMA-376 part 1, 17.9). Bullets are decoration: they become no mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jianggao.sources.word_names import qn
from jianggao.text.number_joints import makes_another_number
from jianggao.text.whole_numbers import whole_number

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MOST_ROMAN = 1_000
"""Higher numbers are written in digits: their letters could become millions."""
_LARGEST_START = 10**9 - 1
_DEPTHS = frozenset("012345678")
"""Lists have nine levels; a file that was made to do harm may name any."""
_LONGEST_MARK = 40
"""Characters that a list may write around its number. It writes them before every paragraph, so that a file
of a few kilobytes could make gigabytes of text."""
_PLACE = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list counts and is written."""

    number_format: str
    """`w:numFmt`, such as `chineseCounting`."""
    pattern: str
    """`w:lvlText`: the mark with %1 for the number of the outermost level, %2 for the next (`（%1）`,
    `%1.%2`)."""
    start: int
    only_digits: bool
    """`w:isLgl`: the numbers of all levels are written in digits in this level's mark."""


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    levels: Mapping[str, Mapping[int, ListLevel]] = field(default_factory=dict)
    """abstractNumId -> depth -> level."""
    lists: Mapping[str, str] = field(default_factory=dict)
    """numId -> abstractNumId: lists made from the same one count on together."""
    starts: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """(numId, depth) -> the number at which this list starts anew, once."""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, element: Any) -> Numbering:
        """Returns the numbering of a document from the root of its numbering.xml (None: it has no lists)."""
        if element is None:
            return cls()
        levels = {
            abstract.get(qn("w:abstractNumId")): dict(_levels(abstract))
            for abstract in element.iterchildren(qn("w:abstractNum"))
        }
        _follow_links(element, levels)
        lists, starts = {}, {}
        for number in element.iterchildren(qn("w:num")):
            number_id = number.get(qn("w:numId"))
            lists[number_id] = value_of(number, "w:abstractNumId")
            for override in number.iterchildren(qn("w:lvlOverride")):
                start = whole_number(value_of(override, "w:startOverride"), _LARGEST_START)
                depth = override.get(qn("w:ilvl"), "0")
                if start is not None and depth in _DEPTHS:
                    starts[number_id, int(depth)] = start
        return cls(levels, lists, starts)

    def next_mark(self, number_id: str, depth: int) -> str:
        """Counts one on in this list at this depth (0 is the outermost) and returns the mark that Word shows.

        Returns "" for lists and depths that the document doesn't define.
        """
        abstract = self.lists.get(number_id, "")
        levels = self.levels.get(abstract, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if (number_id, depth) in self.starts and (number_id, depth) not in self._started:
            self._started.add((number_id, depth))
            counts[depth] = self.starts[number_id, depth]
        else:
            counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        # （一） starts anew below each 一、.
        for deeper in [counted for counted in counts if counted > depth]:
            del counts[deeper]
        return _written(levels, counts, depth)


def _follow_links(element: Any, levels: dict[str, dict[int, ListLevel]]) -> None:
    """Gives a list that only names a list style the levels of the list that defines the style."""
    abstracts = list(element.iterchildren(qn("w:abstractNum")))
    defined = {
        value_of(abstract, "w:styleLink"): abstract.get(qn("w:abstractNumId")) for abstract in abstracts
    }
    for abstract in abstracts:
        # "-" is no name of a style: a list that names none must not meet those that define none ("").
        target = defined.get(value_of(abstract, "w:numStyleLink") or "-")
        if target is not None:
            levels[abstract.get(qn("w:abstractNumId"))] = levels[target]


def _levels(abstract: Any) -> Iterator[tuple[int, ListLevel]]:
    for level in abstract.iterchildren(qn("w:lvl")):
        start = whole_number(value_of(level, "w:start"), _LARGEST_START)
        depth = level.get(qn("w:ilvl"), "0")
        if depth not in _DEPTHS:
            continue
        yield (
            int(depth),
            ListLevel(
                value_of(level, "w:numFmt") or "decimal",
                value_of(level, "w:lvlText")[:_LONGEST_MARK],
                1 if start is None else start,
                level.find(qn("w:isLgl")) is not None,
            ),
        )


def value_of(element: Any, name: str) -> str:
    """Returns the `w:val` of a child element, "" if there is none."""
    child = element.find(qn(name))
    return "" if child is None else child.get(qn("w:val")) or ""


def _written(levels: Mapping[int, ListLevel], counts: Mapping[int, int], depth: int) -> str:
    """Returns the mark of a level at this count; an outer level that hasn't counted yet stands at its
    start."""
    level = levels[depth]
    if level.number_format in ("bullet", "none"):
        return ""

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        count = counts.get(at, levels[at].start if at in levels else 1)
        return format_number(
            count, "decimal" if level.only_digits or at not in levels else levels[at].number_format
        )

    mark = _PLACE.sub(number, level.pattern)
    # "1" and "第一章" would run into the text behind them; 一、 doesn't.
    return mark + " " if mark[-1:].isalnum() else mark


def behind_mark(mark: str, text: str) -> str:
    """Returns an item's text behind its mark, with a blank where they would be read as one number: 1.5万元."""
    return f"{mark} {text}" if makes_another_number(mark, text) else mark + text


def format_number(number: int, number_format: str) -> str:
    """Returns the number in Word's format (`chineseCounting` …), in digits for unknown formats."""
    return _FORMATS.get(number_format, str)(number)


def _counted(number: int, digits: str = _DIGITS, ten: str = "十") -> str:
    """Returns 一 … 九十九; numbers beyond are written digit by digit (一〇〇)."""
    if number >= 100 or number < 1:
        return "".join(digits[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    head = "" if not tens else ten if tens == 1 else digits[tens] + ten
    return head + (digits[ones] if ones else "")


def _formal(number: int) -> str:
    return _counted(number, _FORMAL, "拾")


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _stem(number: int) -> str:
    return _STEMS[number - 1] if 1 <= number <= len(_STEMS) else str(number)


def _sign(first: int, limit: int) -> Callable[[int], str]:
    """Returns a format of single signs (①) from the code point `first` on, in digits over `limit`."""
    return lambda number: chr(first + number - 1) if 1 <= number <= limit else str(number)


def _roman(number: int) -> str:
    if number > _MOST_ROMAN:
        return str(number)
    letters = ""
    for value, letter in _ROMAN:
        while number >= value:
            letters, number = letters + letter, number - value
    return letters


def _letter(number: int) -> str:
    # Word writes AA behind Z; a text that needs it is no speech, and A again does no harm.
    return chr(ord("A") + (number - 1) % 26)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"), _counted
    ),
    **dict.fromkeys(("taiwaneseCountingThousand", "koreanCounting", "ideographEnclosedCircle"), _counted),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"), _formal),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _digit_by_digit),
    "ideographTraditional": _stem,
    "decimalFullWidth": lambda number: str(number).translate(
        {code: code + 0xFEE0 for code in range(0x30, 0x3A)}
    ),
    "decimalFullWidth2": lambda number: str(number).translate(
        {code: code + 0xFEE0 for code in range(0x30, 0x3A)}
    ),
    "decimalEnclosedCircle": _sign(0x2460, 20),
    "decimalEnclosedCircleChinese": _sign(0x2460, 20),
    "decimalEnclosedParen": _sign(0x2474, 20),
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
}
