"""Puts the lines of a PDF together to paragraphs, and finds its headings by the size of their characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from jianggao.sources.document_text import DocumentText
from jianggao.sources.pdf_lines import PdfLine
from jianggao.sources.table_rows import CELL_BREAK

_INDENT = 0.9
"""Heights of a character: a line that begins so far to the right begins a paragraph."""
_SHORT = 2.4
"""The same: a line that ends so far before the margin ends a paragraph; punctuation may not begin the next one,
so that a full line can end two characters early."""
_NARROWEST = 12
"""Heights of a character: what is narrower is no column of text."""
_GAP = 1.3
"""How many times the usual distance of lines parts paragraphs."""
_EXACT = 0.7
"""Heights of a character: so near to the margin ends a line that is full to the last place."""
_SMALLER = 0.95
"""How small notes are beside the text."""
_NOTE = re.compile(r"\[\d{1,3}\]|[①-⑳]|[*＊※†]|\d{1,3}(?=[ \u4e00-\u9fff])")
_PLAIN_NUMBER = re.compile(r"(\d{1,3}) ?(?=[\u4e00-\u9fff“《（])")
_BULLET = re.compile(r"[•▪❖➢]\s*")
"""Decoration, as in Word's lists."""
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十百]{1,4}[）)、.．]|第[一二三四五六七八九十百\d]{1,5}[条章节编]"
    r"|[（(]?\d{1,3}[）)、.．](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,2}是|附件|[•▪❖➢●■◆]"
)
_STOPS = tuple("。！？；：”）")
_LARGER = 1.12
"""How much larger than the text a heading is set at least."""
_SAME_SIZE = 0.06
_LONGEST_HEADING = 40
_SHARE_OF_HEADINGS = 0.15
"""Of the characters: where more is set large, the size says nothing."""
_SENTENCE_ENDS = tuple("。！？；：，、…")
_CHINESE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
_ONE_BLANK = re.compile(r"[一-鿿（）()“”《》、]{1,30} [一-鿿“《][一-鿿“”《》（）()、]{0,30}")
"""二 看清路, 县委书记 方大川: one blank in a short line without a clause is the writer's own."""
_BEHIND_ORDINAL = re.compile(r"第 ?[一二三四五六七八九十百\d]{1,4} ?[一-鿿]{1,3} (?=[一-鿿“《])")
"""第 2 段 夜里谁守闸：…: so is one behind what counts the parts, if it is the line's only one."""
_BLANKS_BETWEEN = re.compile(rf"(?<=[{_CHINESE}]) (?=[{_CHINESE}])")
_FEW_LINES = 12
_COLUMN_LINES = 6
"""So many lines beside one another make columns; fewer may be a table."""


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where the lines of a column begin and end."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with the margins of its column and the number of its page."""

    line: PdfLine
    margins: _Margins
    page: int

    @property
    def is_full(self) -> bool:
        """Whether it ends near the right margin."""
        if self.margins.right - self.margins.left < _NARROWEST * self.line.size:
            return False
        return self.line.right >= self.margins.right - _SHORT * self.line.size

    @property
    def indent(self) -> float:
        """How far it begins from the left margin, in heights of a character."""
        return (self.line.left - self.margins.left) / (self.line.size or 1.0)


def paragraphs_of(pages: Sequence[Sequence[PdfLine]]) -> DocumentText:
    """Returns the paragraphs of a document, each one line, and the headings if they are surely some.

    Notes at the foot of pages stand behind the whole text.
    """
    usual = _usual_size(line for page in pages for line in page)
    texts, notes = _without_notes(pages, usual)
    groups = _groups(texts)
    text = DocumentText()
    for group in groups:
        text.add(_BULLET.sub("", _joined(group), count=1) if _BULLET.match(group[0].text) else _joined(group))
    for note in _notes(notes):
        text.add(_numbered(_joined(note)))
    for heading, level in _headings(groups, usual):
        text.set_heading(heading, level)
    return text


def _without_notes(
    pages: Sequence[Sequence[PdfLine]], usual: float
) -> tuple[list[Sequence[PdfLine]], list[PdfLine]]:
    """Returns the lines of each page without its notes, and the notes: small lines from a mark on to the end."""
    texts: list[Sequence[PdfLine]] = []
    notes: list[PdfLine] = []
    for page in pages:
        start = len(page)
        while start and page[start - 1].size < usual * _SMALLER:
            start -= 1
        marked = next((at for at in range(start, len(page)) if _NOTE.match(page[at].text)), len(page))
        texts.append(page[:marked])
        notes += page[marked:]
    return texts, notes


def _notes(lines: Sequence[PdfLine]) -> list[list[PdfLine]]:
    """Returns the lines of each note, which begins with its mark."""
    notes: list[list[PdfLine]] = []
    for line in lines:
        if notes and not _NOTE.match(line.text):
            notes[-1].append(line)
        else:
            notes.append([line])
    return notes


def _groups(pages: Sequence[Sequence[PdfLine]]) -> list[list[PdfLine]]:
    """Returns the lines of each paragraph."""
    placed = list(_with_margins(pages))
    usual = _pitch(placed)
    is_indented = _is_indented(placed)
    groups: list[list[PdfLine]] = []
    before: _Placed | None = None
    for now in placed:
        if before is not None and _goes_on(before, now, usual, is_indented=is_indented):
            groups[-1].append(now.line)
        else:
            groups.append([now.line])
        before = now
    return groups


def _is_indented(placed: Sequence[_Placed]) -> bool:
    """Returns whether the paragraphs of a document begin two characters to the right.

    So do those of most speeches; in others a line that ends as a sentence may end the paragraph.
    """
    begins = [now for last, now in pairwise(placed) if not last.is_full]
    return sum(1.4 < now.indent < 2.8 for now in begins) * 2 > len(begins)


def _goes_on(before: _Placed, now: _Placed, usual: float, *, is_indented: bool) -> bool:
    """Returns whether a line goes on the paragraph of the line before it."""
    last, line = before.line, now.line
    if abs(line.size - last.size) > _SAME_SIZE * last.size or CELL_BREAK in last.text + line.text:
        return False
    is_below = before.page == now.page and line.down > last.down
    if not before.is_full or (is_below and line.down - last.down > _GAP * max(usual, last.size)):
        return False
    if now.indent > _INDENT:
        # The lines of a list item hang under its text, and not under its mark.
        hangs = abs(line.left - last.left) < 0.3 * last.size or (
            line.left > last.left and _NUMBERED.match(last.text) is not None
        )
        # What begins in the right half is a signature and its date, each a line of its own.
        is_left = line.left < (now.margins.left + now.margins.right) / 2
        return hangs and is_left and is_below and not _is_centred(before)
    ends = last.text.endswith(_STOPS)
    if ends and (not is_indented or _NUMBERED.match(line.text)):
        # A line that just happens to end as a sentence ends at the very margin.
        return last.right >= before.margins.right - _EXACT * last.size and not _NUMBERED.match(line.text)
    return True


def _pitch(placed: Sequence[_Placed]) -> float:
    """Returns the usual distance of lines inside a paragraph, in points; 0 where there is none."""
    distances = [
        now.line.down - last.line.down
        for last, now in pairwise(placed)
        if last.page == now.page and last.is_full and now.indent < _INDENT
        if now.line.down > last.line.down and not last.line.text.endswith(_STOPS)
    ]
    return median(distances) if distances else 0.0


def _is_centred(placed: _Placed) -> bool:
    before, behind = placed.line.left - placed.margins.left, placed.margins.right - placed.line.right
    return before > placed.line.size and abs(before - behind) < placed.line.size


def _numbered(note: str) -> str:
    """Returns a note with its number in the form in which the text refers to it."""
    number = _PLAIN_NUMBER.match(note)
    return f"[{number[1]}] {note[number.end() :]}" if number else note


def _joined(lines: Sequence[PdfLine]) -> str:
    """Returns lines as one: words of Latin letters with a blank between them, Chinese without."""
    joined = ""
    parts: list[str] = []
    for line in lines:
        if joined.endswith("\u00ad"):
            parts[-1] = parts[-1][:-1]
        elif joined and joined[-1:].isascii() and line.text[:1].isascii():
            parts.append(" ")
        parts.append(line.text)
        joined = line.text
    if len(lines) == 1 and _ONE_BLANK.fullmatch(lines[0].text):
        return lines[0].text
    whole = "".join(parts).replace("\u00ad", "-")
    ordinal = _BEHIND_ORDINAL.match(whole)
    kept = ordinal.end() if ordinal and len(_BLANKS_BETWEEN.findall(lines[0].text)) == 1 else 0
    # Blanks between Chinese characters are how a program set the line to its full width.
    return whole[:kept] + _BLANKS_BETWEEN.sub("", whole[kept:])


# --- margins ------------------------------------------------------------------------------------------------


def _with_margins(
    pages: Sequence[Sequence[PdfLine]],
) -> Iterator[_Placed]:
    """Yields the lines of all pages with their places."""
    columns = [_columns(page) for page in pages]
    whole = [line for page in columns if len(page) == 1 for line in page[0]]
    usual = _margins(whole) if whole else None
    for at, page in enumerate(columns):
        margins: dict[PdfLine, _Margins] = {}
        for column in page:
            # A page of a few lines doesn't show where lines begin.
            is_short = len(page) == 1 and len(column) < _FEW_LINES
            margins |= dict.fromkeys(column, usual if is_short and usual else _margins(column))
        for line in pages[at]:
            yield _Placed(line, margins[line], at)


def _columns(page: Sequence[PdfLine]) -> list[list[PdfLine]]:
    """Returns the lines of a page by columns; lines across both are apart."""
    middle = _gutter(page)
    if middle is None:
        return [list(page)] if page else []
    parts = (
        [line for line in page if line.right <= middle],
        [line for line in page if line.left >= middle],
        [line for line in page if line.left < middle < line.right],
    )
    return [part for part in parts if part]


def _gutter(page: Sequence[PdfLine]) -> float | None:
    """Returns where the gap between two columns is, None for a page of one."""
    if len(page) < 2 * _COLUMN_LINES:
        return None
    middle = (min(line.left for line in page) + max(line.right for line in page)) / 2
    left = [line for line in page if line.right <= middle]
    right = [line for line in page if line.left >= middle]
    across = len(page) - len(left) - len(right)
    if min(len(left), len(right)) < _COLUMN_LINES or across > len(page) / 4:
        return None
    return middle


def _margins(lines: Sequence[PdfLine]) -> _Margins:
    """Returns the margins of a column: where several lines begin and end, else the outermost place."""
    size = median(line.size for line in lines) or 1.0
    lefts = Counter(round(line.left / size * 2) for line in lines)
    rights = Counter(round(line.right / size * 2) for line in lines)
    often = 1 if len(lines) < _FEW_LINES else max(2, len(lines) // 50)
    left = min((place for place, count in lefts.items() if count >= often), default=min(lefts))
    right = max((place for place, count in rights.items() if count >= often), default=max(rights))
    return _Margins(left * size / 2, right * size / 2)


# --- headings -----------------------------------------------------------------------------------------------


def _usual_size(lines: Iterable[PdfLine]) -> float:
    """Returns the size of most characters, to half a point."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _headings(groups: Sequence[Sequence[PdfLine]], usual: float) -> list[tuple[str, int]]:
    """Returns the lines that are set larger than the text, with their levels; none unless it is sure.

    What stands before the first line of text is the title and what belongs to it; only right before it may stand
    the first heading, of a size that comes again.
    """
    sizes = [round(max(line.size for line in group)) for group in groups]
    body = next((at for at, size in enumerate(sizes) if size < usual * _LARGER), len(groups))
    later = max((size for size in sizes[body:] if size >= usual * _LARGER), default=0)
    found = [
        (_joined(group), size)
        for at, (group, size) in enumerate(zip(groups, sizes, strict=True))
        if size >= usual * _LARGER and (at > body or (at == body - 1 and size == later))
    ]
    letters = sum(len(line.text) for group in groups for line in group)
    if len(found) < 2 or not _are_short([line for line, _ in found], letters):
        return []
    order = sorted({size for _, size in found}, reverse=True)
    return [(line, order.index(size) + 1) for line, size in found]


def _are_short(lines: Sequence[str], letters: int) -> bool:
    """Returns whether all lines look like headings of a text of so many letters."""
    return sum(map(len, lines)) <= _SHARE_OF_HEADINGS * letters and not any(
        len(line) > _LONGEST_HEADING or line.endswith(_SENTENCE_ENDS) for line in lines
    )
