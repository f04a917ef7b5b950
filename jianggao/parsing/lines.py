"""A source text as lines: one paragraph each, whatever the file made of them.

Pages pasted from the web bring entities and tags; old text files break their lines at a column; texts pasted through a
chat window come without any line end. Characters stay: only blanks and line ends change.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from jianggao.parsing.heading_numbers import POINTS, read_mark
from jianggao.text.characters import collapse_blanks, remove_invisible

_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_ENDLESS_ENTITY = re.compile(r"&#[0-9]{20,};?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_CHARACTER = "\ufffd"
_LINE_TAG = re.compile(r"<(?:br|/?p|/?div|/?h[1-6]|/?li|/?ul|/?ol|hr)\b[^<>\n]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:span|strong|em|b|i|u|font|a|center)\b[^<>\n]{0,300}>", re.IGNORECASE)
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INDENTED_INSIDE = re.compile(r"(?<=[。！？：；”）])　{2,}(?=\S)")
"""Two full-width blanks behind a sentence: a paragraph began here before its line end was lost."""

_NARROWEST, _WIDEST = 40, 100
_FULL_SHARE = 0.4
_FEWEST_WRAPPED = 6
_SLACK = 3
_INDENT, _WIDEST_INDENT = 2, 4
_OPEN_END = re.compile(r"[。！？；：…!?;:]['”’」』）)]*$")
_SENTENCE_END = re.compile(r"[。！？…!?]['”’」』）)]*$")
_CLOSED = re.compile(r"[。！？；：…!?;:”）)】》]$")

_UNBROKEN = 200
_BREAKS = re.compile(
    r"(?<=讲话|致辞|致词|发言|报告|讲稿)(?=(?:同志们|各位|尊敬的)[^。\n]{0,40}?[：:！])"
    r"|(?<=\S)\s+(?=(?:同志们|各位|尊敬的|亲爱的)[^。\n]{0,40}?[：:！])"
    r"|(?<=\S)\s+(?=[（(〔]?(?:19|20)\d\d年\d{1,2}月\d{1,2}日[）)〕]?\s)|(?<=日[）)〕])\s+|(?<=\S)\s+(?=——)"
    r"|(?<=[。！？；：”）)])\s*(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]+(?:部分|章|节)\s)"
    r"|(?<=[。！？；：”）)])\s*(?=\d{1,2}[.．、](?!\d))"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line that says something: its text without blanks around, the number of the source's line, whether it
    stands behind a blank line, and in columns (a Han character takes two) its width and how far blanks indent it."""

    text: str
    place: int
    after_blank: bool
    indent: int
    width: int

    @property
    def indented(self) -> bool:
        """Whether a paragraph may begin here."""
        return self.indent >= _INDENT


@dataclass(slots=True)
class Lines:
    """The lines of a text being sorted; `removed` keeps what was taken out, with its place in the source."""

    kept: list[str] = field(default_factory=list)
    removed: list[tuple[int, str]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Sequence[TextLine], removed: Sequence[TextLine]) -> Lines:
        """Lines to sort, and those already taken out."""
        return cls(
            [line.text for line in lines],
            [(line.place, line.text) for line in removed],
            [line.place for line in lines],
        )

    def remove(self, chosen: Sequence[int]) -> None:
        """Take out the kept lines with these indexes."""
        out = set(chosen)
        self.removed += [(self.places[at], self.kept[at]) for at in out]
        self.kept = [line for at, line in enumerate(self.kept) if at not in out]
        self.places = [place for at, place in enumerate(self.places) if at not in out]

    def split(self, at: int, length: int) -> None:
        """Part a kept line behind its first `length` characters."""
        line = self.kept[at]
        self.kept[at : at + 1] = [line[:length].rstrip(), line[length:].lstrip()]
        self.places.insert(at, self.places[at])


def plain_text(text: str) -> str:
    """The text without invisible characters, entities and tags, with LF as its line end."""
    if _ENTITY.search(text):
        text = html.unescape(_ENDLESS_ENTITY.sub(_NO_CHARACTER, text))  # int() refuses 4,300 digits
    text = _SURROGATE.sub(_NO_CHARACTER, text)
    text = _TAG.sub("", _LINE_TAG.sub("\n", text))
    text = _LINE_ENDS.sub("\n", remove_invisible(text))
    return _INDENTED_INSIDE.sub("\n　　", text)


def source_lines(text: str) -> list[TextLine]:
    """The lines of a plain text; one that runs on without line ends is broken where headings begin."""
    rows = text.split("\n")
    if sum(1 for row in rows if row.strip()) <= 3:
        rows = [part for row in rows for part in (_BREAKS.split(row) if len(row) > _UNBROKEN else [row])]
    lines = []
    blank = False
    for place, row in enumerate(rows):
        line = collapse_blanks(row)
        if line:
            indent = row[: len(row) - len(row.lstrip())].replace("　", "  ").replace("\t", "    ")
            lines.append(TextLine(line, place, blank, len(indent), _columns(row.rstrip())))
        blank = not line
    return lines


def _columns(row: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in row)


def join_wrapped_lines(lines: Sequence[TextLine], pages: Sequence[int]) -> list[TextLine]:
    """Paragraphs out of lines that were broken at a column or by a page number; `pages` are the places where page
    numbers stood."""
    column = _column(lines)
    indents = sum(line.indented for line in lines) >= max(2, len(lines) // 20)
    pages = sorted(pages)
    whole: list[_JoinedParagraph] = []
    previous: TextLine | None = None
    for line in lines:
        wrapped = column is not None and previous is not None and _goes_on(previous, line, column, indents)
        if previous is not None and (wrapped or _over_page(whole[-1], previous, line, pages)):
            whole[-1].add(line)
        else:
            whole.append(_JoinedParagraph(line))
        previous = line
    return [paragraph.line() for paragraph in whole]


def _column(lines: Sequence[TextLine]) -> int | None:
    """The column at which the text was broken; None if it wasn't."""
    widths = sorted(line.width for line in lines)
    if len(widths) < _FEWEST_WRAPPED:
        return None
    column = widths[-1 - len(widths) // 40]
    full = [line for line in lines if _reach(line) >= column - _SLACK]
    is_wrapped = (
        _NARROWEST <= column <= _WIDEST
        and len(full) >= _FULL_SHARE * len(lines)
        and sum(not _OPEN_END.search(line.text) for line in full) >= len(full) / 2
    )
    return column if is_wrapped else None


def _reach(line: TextLine) -> int:
    """How far the line reaches; files that count characters give a first line with half-width blanks less room."""
    return line.width + min(line.indent, _WIDEST_INDENT)


def _goes_on(previous: TextLine, line: TextLine, column: int, indents: bool) -> bool:
    """Whether a line of a wrapped text goes on with the paragraph of the line before."""
    if _reach(previous) < column - _SLACK or line.after_blank or (indents and line.indented):
        return False
    mark = read_mark(line.text)
    if mark is None or mark.loose:
        return True
    ended = _OPEN_END if mark.kind in POINTS else _SENTENCE_END
    return not ended.search(previous.text)


def _over_page(paragraph: _JoinedParagraph, previous: TextLine, line: TextLine, pages: Sequence[int]) -> bool:
    """Whether a page number cut a sentence in two here; `pages` rise."""
    behind = bisect_right(pages, previous.place)
    if behind == len(pages) or pages[behind] >= line.place:
        return False
    is_heading = read_mark(paragraph.first.text) is not None and not paragraph.has_sentence
    begins_anew = line.indented or read_mark(line.text) is not None or is_heading
    return not begins_anew and len(previous.text) >= 20 and not _CLOSED.search(previous.text)


class _JoinedParagraph:
    """A paragraph that lines are being added to. Its text is put together once, at the end: done with every line, that
    would copy what is there already again and again."""

    def __init__(self, first: TextLine) -> None:
        self.first = first
        self._last = first
        self._parts = [first.text]
        self.has_sentence = _ends_inside(first.text)

    def add(self, line: TextLine) -> None:
        """Go on with this line."""
        before, after = self._last.text[-1], line.text[0]
        latin = before.isascii() and after.isascii() and before.isalpha() and after.isalpha()
        self._parts += [" ", line.text] if latin else [line.text]
        self._last = line
        self.has_sentence = self.has_sentence or _ends_inside(line.text)

    def line(self) -> TextLine:
        """The whole of it, as one line."""
        return replace(self.first, text="".join(self._parts), width=self._last.width)


def _ends_inside(text: str) -> bool:
    return any(end in text for end in "。！？")
