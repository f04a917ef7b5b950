"""Puts the lines of a PDF together to paragraphs, and finds its headings by the size of their characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from jianggao.sources.document_text import DocumentText
from jianggao.sources.pdf_lines import PdfLine, pitch

_INDENT = 0.9
"""Heights of a character: a line that begins so far to the right begins a paragraph."""
_SHORT = 2.4
"""The same: a line that ends so far before the margin ends a paragraph; punctuation may not begin the next one,
so that a full line can end two characters early."""
_GAP = 1.6
"""How many times the usual distance of lines parts paragraphs."""
_LARGER = 1.12
"""How much larger than the text a heading is set at least."""
_SAME_SIZE = 0.06
_LONGEST_HEADING = 40
_SHARE_OF_HEADINGS = 0.15
"""Of the characters: where more is set large, the size says nothing."""
_SENTENCE_ENDS = tuple("。！？；：，、…")
_CHINESE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
_BLANKS_BETWEEN = re.compile(rf"(?<=[{_CHINESE}]) (?=[{_CHINESE}])")
_FEW_LINES = 12
_COLUMN_LINES = 6
"""So many lines beside one another make columns; fewer may be a table."""


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where the lines of a column begin and end."""

    left: float
    right: float


def paragraphs_of(pages: Sequence[Sequence[PdfLine]]) -> DocumentText:
    """Returns the paragraphs of a document, each one line, and the headings if they are surely some."""
    text = DocumentText()
    lines = list(_with_margins(pages))
    usual_pitch = pitch(pages)
    usual = _usual_size(line for line, _, _ in lines)
    groups: list[list[PdfLine]] = []
    before: tuple[PdfLine, _Margins, int] | None = None
    for line, margins, page in lines:
        if before is not None and _goes_on(before, (line, margins, page), usual_pitch):
            groups[-1].append(line)
        else:
            groups.append([line])
        before = line, margins, page
    for group in groups:
        text.add(_joined(group))
    for heading, level in _headings(groups, usual):
        text.set_heading(heading, level)
    return text


def _goes_on(before: tuple[PdfLine, _Margins, int], now: tuple[PdfLine, _Margins, int], usual: float) -> bool:
    """Returns whether a line goes on the paragraph of the line before it."""
    (last, last_margins, last_page), (line, margins, page) = before, now
    size = max(last.size, 1.0)
    if abs(line.size - last.size) > _SAME_SIZE * size:
        return False
    if line.left > margins.left + _INDENT * size:
        # The lines of a list item hang under its text, and not under its mark.
        if not (abs(line.left - last.left) < 0.3 * size and _is_full(last, last_margins, size)):
            return False
        return last_page == page and not _is_apart(last, line, usual) and not _is_centred(last, last_margins)
    if not _is_full(last, last_margins, size):
        return False
    is_same_column = last_page == page and line.down > last.down
    return not (is_same_column and _is_apart(last, line, usual))


def _is_full(line: PdfLine, margins: _Margins, size: float) -> bool:
    return line.right >= margins.right - _SHORT * size


def _is_apart(last: PdfLine, line: PdfLine, usual: float) -> bool:
    return line.down - last.down > _GAP * max(usual, last.size)


def _is_centred(line: PdfLine, margins: _Margins) -> bool:
    before, behind = line.left - margins.left, margins.right - line.right
    return before > line.size and abs(before - behind) < line.size


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
    # Blanks between Chinese characters are how a program set the line to its full width.
    return _BLANKS_BETWEEN.sub("", "".join(parts).replace("\u00ad", "-"))


# --- margins ------------------------------------------------------------------------------------------------


def _with_margins(
    pages: Sequence[Sequence[PdfLine]],
) -> Iterator[tuple[PdfLine, _Margins, int]]:
    """Yields the lines of all pages, each with the margins of its column and the number of its page."""
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
            yield line, margins[line], at


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

    What stands before the first line of text is the title and what belongs to it.
    """
    sizes = [max(line.size for line in group) for group in groups]
    start = next((at for at, size in enumerate(sizes) if size < usual * _LARGER), len(groups))
    found = [
        (_joined(group), round(size))
        for group, size in zip(groups[start:], sizes[start:], strict=True)
        if size >= usual * _LARGER
    ]
    letters = sum(len(line.text) for group in groups for line in group)
    if len(found) < 2 or sum(len(line) for line, _ in found) > _SHARE_OF_HEADINGS * letters:
        return []
    if any(len(line) > _LONGEST_HEADING or line.endswith(_SENTENCE_ENDS) for line, _ in found):
        return []
    order = sorted({size for _, size in found}, reverse=True)
    return [(line, order.index(size) + 1) for line, size in found]
