"""Splits a source text into lines of one paragraph each.

Pages pasted from the web bring HTML entities and tags; texts copied through a chat window come without any line
end. (`wrapped_lines` puts lines together that were broken at a column.) Only blanks, line ends and markup change:
no other character is added or lost.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from jianggao.sources.stray_markup import without_tags
from jianggao.text.characters import BROKEN, collapse_blanks, remove_invisible

_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_ENDLESS_ENTITY = re.compile(r"&#[0-9]{20,};?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INDENTED_INSIDE = re.compile(r"(?<=[。！？：；”）])　{2,}(?=\S)")
"""Two full-width blanks behind a sentence: a paragraph began here before its line end was lost."""

_INDENT = 2
"""Columns."""
_BLANKS_INSIDE = re.compile(r"\s+")
_LONGEST_BEGINNING = 100
"""Characters of a row whose wide blanks are remembered."""
_UNBROKEN = 200
"""A row of more characters is broken up where the text has hardly any line ends."""
_FEWEST_ROWS = 3
_BREAKS = re.compile(
    # 在年中工作会上的讲话|同志们：…  and  …修渠！ |同志们：…
    r"(?<=讲话|致辞|致词|发言|报告|讲稿)(?=(?:同志们|各位|尊敬的)[^。\n]{0,40}?[：:！])"
    r"|(?<=\S)\s+(?=(?:同志们|各位|尊敬的|亲爱的)[^。\n]{0,40}?[：:！])"
    # 讲话 |（2025年3月18日） |方大川 |——在渠边
    r"|(?<=\S)\s+(?=[（(〔]?(?:19|20)\d\d年\d{1,2}月\d{1,2}日[）)〕]?\s)|(?<=日[）)〕])\s+|(?<=\S)\s+(?=——)"
    # …看清路。|二、迈开步  and  |（一）  and  |第二部分
    r"|(?<=[。！？；：”）)])\s*(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|第[一二三四五六七八九十]+(?:部分|章|节)\s)"
    # …看清路。|2.迈开步
    r"|(?<=[。！？；：”）)])\s*(?=\d{1,2}[.．、](?!\d))"
    # …看清路。|2、4G留着  and  …看清路。 |2、3年内修完
    r"|(?<=[。！？；：”）)])\s*(?=\d{1,2}[.．、]\d{1,2}[A-Z])|(?<=[。！？；：”）)])\s+(?=\d{1,2}、\d)"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line with text, without the blanks around it.

    `place` is its index among the source's lines, `after_blank` whether a blank line stands before it.
    `indent` (of its first character) and `width` (up to its end, with the indent) are in columns.
    `wide_blanks` are the places in `text` of blanks that were wider than one in the source.
    """

    text: str
    place: int
    after_blank: bool
    indent: int
    width: int
    wide_blanks: tuple[int, ...] = ()

    @property
    def indented(self) -> bool:
        """Whether a paragraph may begin here."""
        return self.indent >= _INDENT


@dataclass(slots=True)
class Lines:
    """The lines of a text while they are sorted into speech and boilerplate.

    `kept` are the lines of the speech and `places` where each stood in the source; `removed` are the lines
    taken out, each with its place and the reason (Chinese). `wide_blanks` are by place in the source those of
    `TextLine`.
    """

    kept: list[str] = field(default_factory=list)
    removed: list[tuple[int, str, str]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    wide_blanks: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Sequence[TextLine], removed: Sequence[tuple[TextLine, str]]) -> Lines:
        """Returns `lines` as the kept ones and `removed` as those already taken out, each with its reason."""
        return cls(
            [line.text for line in lines],
            [(line.place, line.text, reason) for line, reason in removed],
            [line.place for line in lines],
            {line.place: line.wide_blanks for line in lines if line.wide_blanks},
        )

    def remove(self, chosen: Mapping[int, str]) -> None:
        """Takes out the kept lines with these indexes, each for the reason (Chinese) behind its index."""
        self.removed += [(self.places[at], self.kept[at], reason) for at, reason in chosen.items()]
        self.kept = [line for at, line in enumerate(self.kept) if at not in chosen]
        self.places = [place for at, place in enumerate(self.places) if at not in chosen]

    def wide_blanks_from(self, start: int) -> dict[int, tuple[int, ...]]:
        """Returns `wide_blanks` of the kept lines from `start` on, by their index among these."""
        places = enumerate(self.places[start:])
        return {at: self.wide_blanks[place] for at, place in places if place in self.wide_blanks}

    def split(self, at: int, length: int) -> None:
        """Splits the kept line `at` behind its first `length` characters."""
        line = self.kept[at]
        self.kept[at : at + 1] = [line[:length].rstrip(), line[length:].lstrip()]
        self.places.insert(at, self.places[at])
        self.wide_blanks.pop(self.places[at], None)


def plain_text(text: str) -> str:
    """Returns the text without invisible characters, HTML entities and tags, with LF as its only line end."""
    if _ENTITY.search(text):
        # int() refuses more than 4,300 digits, and html.unescape passes on what it raises.
        text = html.unescape(_ENDLESS_ENTITY.sub(BROKEN, text))
    text = _SURROGATE.sub(BROKEN, text)
    text = without_tags(text)
    text = _LINE_ENDS.sub("\n", remove_invisible(text))
    return _INDENTED_INSIDE.sub("\n　　", text)


def source_lines(text: str) -> list[TextLine]:
    """Returns the lines of a plain text that are not blank.

    A text of at most three rows has lost its line ends: its long rows are broken where a salutation, a date
    or a numbered heading begins.
    """
    rows = text.split("\n")
    if sum(1 for row in rows if row.strip()) <= _FEWEST_ROWS:
        rows = [part for row in rows for part in (_BREAKS.split(row) if len(row) > _UNBROKEN else [row])]
    lines = []
    blank = False
    for place, row in enumerate(rows):
        line = collapse_blanks(row)
        if line:
            indent = row[: len(row) - len(row.lstrip())].replace("　", "  ").replace("\t", "    ")
            width = _columns(row.rstrip())
            lines.append(TextLine(line, place, blank, len(indent), width, _wide_blanks(row.strip())))
        blank = not line
    return lines


def _wide_blanks(row: str) -> tuple[int, ...]:
    """Returns the places that the row's wide blanks (full-width ones, tabs, two or more) have once each is
    collapsed to one; only those near its beginning, where a blank may part a heading from its body."""
    places, shorter = [], 0
    for found in _BLANKS_INSIDE.finditer(row[:_LONGEST_BEGINNING]):
        if len(found[0]) > 1 or found[0] in "　\t":
            places.append(found.start() - shorter)
        shorter += len(found[0]) - 1
    return tuple(places)


def _columns(row: str) -> int:
    return sum(map(_width, row))


@lru_cache(maxsize=8_192)
def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1
