"""Splits a source text into lines of one paragraph each.

Three kinds of sources need it: pages pasted from the web bring HTML entities and tags; old text files break
their lines at a fixed column; texts copied through a chat window come without any line end. Only blanks, line
ends and markup change: no other character is added or lost.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from jianggao.parsing.heading_numbers import POINTS, read_mark
from jianggao.parsing.labelled_lines import LabelKind, read_label
from jianggao.parsing.lone_numbers import lone_number
from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.web_furniture import is_wechat_line
from jianggao.sources.stray_markup import without_tags
from jianggao.text.characters import BROKEN, collapse_blanks, remove_invisible

_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_ENDLESS_ENTITY = re.compile(r"&#[0-9]{20,};?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INDENTED_INSIDE = re.compile(r"(?<=[。！？：；”）])　{2,}(?=\S)")
"""Two full-width blanks behind a sentence: a paragraph began here before its line end was lost."""

# Columns are those of a terminal: a Han character takes two. Files are wrapped at 40 to 100 of them (20 to 50
# Han characters); a text counts as wrapped if 40 % of its lines reach the widest column, give or take _SLACK
# (a line breaks earlier where it would begin with a mark such as ，), and half of these don't end a sentence.
_NARROWEST, _WIDEST = 40, 100
_FULL_SHARE = 0.4
_FEWEST_WRAPPED = 6
_SLACK = 3
_INDENT, _WIDEST_INDENT = 2, 4
_OPEN_END = re.compile(r"[。！？；：…!?;:]['”’」』）)]*$")
_SENTENCE_END = re.compile(r"[。！？…!?]['”’」』）)]*$")
_CLOSED = re.compile(r"[。！？；：…!?;:”）)】》]$")

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


def join_wrapped_lines(lines: Sequence[TextLine], pages: Sequence[int]) -> list[TextLine]:
    """Returns one line for each paragraph that was broken at a column or by a page number.

    `pages` are the places in the source where page numbers stood (they are no longer among the lines).
    """
    column = _wrap_column(lines)
    # In a text that indents its paragraphs an indented line always begins one. A few indented lines don't
    # make such a text: a centred title or a signature set to the right is indented, too.
    indents = sum(line.indented for line in lines) >= max(2, len(lines) // 20)
    pages = sorted(pages)
    paragraphs: list[_JoinedParagraph] = []
    previous: TextLine | None = None
    for line in lines:
        wrapped = column is not None and previous is not None and _continues(previous, line, column, indents)
        if previous is not None and (wrapped or _continues_over_page(paragraphs[-1], previous, line, pages)):
            paragraphs[-1].add(line)
        else:
            paragraphs.append(_JoinedParagraph(line))
        previous = line
    return [paragraph.line() for paragraph in paragraphs]


def _wrap_column(lines: Sequence[TextLine]) -> int | None:
    """Returns the column at which the text was broken into lines, None if it wasn't."""
    widths = sorted(line.width for line in lines)
    if len(widths) < _FEWEST_WRAPPED:
        return None
    # Not the widest line: the one in forty that is wider still may be a long title or a table's row.
    column = widths[-1 - len(widths) // 40]
    full = [line for line in lines if _reach(line) >= column - _SLACK]
    is_wrapped = (
        _NARROWEST <= column <= _WIDEST
        and len(full) >= _FULL_SHARE * len(lines)
        # A text of short paragraphs of equal length (a poem, an oath) has full lines too, but each ends with
        # a mark.
        and sum(not _OPEN_END.search(line.text) for line in full) >= len(full) / 2
    )
    return column if is_wrapped else None


def _reach(line: TextLine) -> int:
    """Returns how far the line reaches, in columns.

    Programs that count characters, not columns, leave less room on a first line that half-width blanks
    indent: these blanks are counted once more.
    """
    return line.width + min(line.indent, _WIDEST_INDENT)


def _continues(previous: TextLine, line: TextLine, column: int, indents: bool) -> bool:
    """Returns whether `line` of a wrapped text goes on with the paragraph of the line before it."""
    if _reach(previous) < column - _SLACK or line.after_blank or (indents and line.indented):
        return False
    # 以下文章来源于渠水之声，作者方川 can be as long as a wrapped line.
    if is_wechat_line(previous.text):
        return False
    if lone_number(line.text) is not None and _SENTENCE_END.search(previous.text):
        return False
    mark = read_mark(line.text)
    # A wrapped line can begin with "一 " by chance ("…修了十 / 一 条渠"): a mark without a delimiter proves
    # nothing.
    if mark is None or mark.loose:
        return True
    # "…要记住：/ 一是快；/ 二是稳。" are points in a row, each on a line of its own: a ； or ： ends the line
    # before a point. Before 二、 only the end of a sentence does: "…见附表一、/ 二、三。" goes on.
    ended = _OPEN_END if mark.kind in POINTS else _SENTENCE_END
    return not ended.search(previous.text)


def _continues_over_page(
    paragraph: _JoinedParagraph, previous: TextLine, line: TextLine, pages: Sequence[int]
) -> bool:
    """Returns whether a page number (`pages`, rising) cut a sentence in two between `previous` and `line`.

    "…渠修好了，水 / — 3 — / 就来了。" comes together; a heading at the foot of a page and the body on the
    next page don't, and neither does anything behind a short line or a closed sentence.
    """
    behind = bisect_right(pages, previous.place)
    if behind == len(pages) or pages[behind] >= line.place or is_wechat_line(previous.text):
        return False
    is_heading = read_mark(paragraph.first.text) is not None and not paragraph.has_sentence
    begins_anew = line.indented or read_mark(line.text) is not None or is_heading or _opens_text(line.text)
    return not begins_anew and len(previous.text) >= 20 and not _CLOSED.search(previous.text)


def _opens_text(line: str) -> bool:
    """Returns whether a line begins an editor's note or calls on the audience: no sentence goes on in it."""
    label = read_label(line)
    return is_salutation(line) or (label is not None and label.kind is LabelKind.NOTE)


class _JoinedParagraph:
    """A paragraph that lines are being added to.

    Its text is put together once, at the end: with every line it would be copied again and again, in a time
    that grows with the square of its length.
    """

    def __init__(self, first: TextLine) -> None:
        self.first = first
        self._last = first
        self._parts = [first.text]
        self.has_sentence = _has_sentence(first.text)

    def add(self, line: TextLine) -> None:
        """Adds a line, with a blank only between two letters of Latin script."""
        before, after = self._last.text[-1], line.text[0]
        latin = before.isascii() and after.isascii() and before.isalpha() and after.isalpha()
        self._parts += [" ", line.text] if latin else [line.text]
        self._last = line
        self.has_sentence = self.has_sentence or _has_sentence(line.text)

    def line(self) -> TextLine:
        """Returns the whole paragraph as one line."""
        return replace(self.first, text="".join(self._parts), width=self._last.width)


def _has_sentence(text: str) -> bool:
    return any(end in text for end in "。！？")
