"""Reads an OpenDocument text (.odt, .ott, .fodt) as lines, the way a reader of the page sees them.

Deleted text, comments and the table of contents are left out, headers and footers kept apart; the marks of numbered
lists are written out; notes stand behind the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jianggao.sources.document_text import (
    PICTURES_ALONE,
    UNKNOWN_SIGN,
    DocumentProblems,
    DocumentText,
    DocumentTooLarge,
    UnreadableDocument,
    without_comments,
    without_title_marks,
)
from jianggao.sources.odt_lists import LEVELS, ODT_NAMESPACE, list_levels, list_mark, odt_name
from jianggao.sources.odt_package import OdtPackage, opened_odt
from jianggao.sources.raised_text import LEVEL, settled, sign_of_position
from jianggao.sources.table_rows import MOST_COLUMNS, inner_table, row_lines
from jianggao.sources.word_numbering import behind_mark
from jianggao.sources.word_symbols import UNKNOWN_SYMBOL, without_private
from jianggao.text.whole_numbers import whole_number

_LINK = "{http://www.w3.org/1999/xlink}href"
_MATH = "{http://www.w3.org/1998/Math/MathML}math"
_FORMULA = "公式，没有读出文字"
_OBJECT = "嵌入的对象，没有读出文字"
_DEEPEST_TABLES = 20
_MOST_BLANKS = 1_000
_LONGEST_REPEATED = 20
"""Characters of a cell that stands again beside itself."""
_BLANKS = re.compile(r"[ \t\r\n]+")


# Deleted text, comments, indexes, declarations, alternative texts, the reading aid above a character.
_SKIPPED = frozenset(
    map(
        odt_name,
        (
            *("text:tracked-changes", "office:annotation", "office:annotation-end", "text:table-of-content"),
            *("text:alphabetical-index", "text:illustration-index", "text:sequence-decls", "text:ruby-text"),
            *("text:variable-decls", "text:user-field-decls", "office:forms", "text:note-citation"),
            *("text:table-index", "text:object-index", "text:user-index", "text:bibliography"),
        ),
    )
)
_COVERED = odt_name("table:covered-table-cell")
"""A place that a merged cell covers, from the left or from above."""


@dataclass(slots=True)
class _OdtList:
    """A list that the reader is in: the name of its style, its depth from 1, its numbers by depth."""

    style: str
    depth: int
    numbers: dict[int, int] = field(default_factory=dict)


def read_odt(content: bytes) -> DocumentText:
    """Returns the text of an OpenDocument text, packed or flat.

    Raises DocumentTooLarge, UnreadableDocument, and whatever zipfile and lxml raise for a broken file.
    """
    return _OdtReader(opened_odt(content)).read()


def _text_properties(styles: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yields the name and the text properties of each style."""
    for source in styles:
        for style in source.iter(odt_name("style:style")):
            for part in style.iterchildren(odt_name("style:text-properties")):
                yield style.get(odt_name("style:name"), ""), part


class _OdtReader:
    """Reads one document."""

    def __init__(self, package: OdtPackage) -> None:
        self._body = package.body
        self._margins = package.margins
        self._formulas = package.formulas
        styles = package.styles
        self._lists = {
            style.get(odt_name("style:name"), ""): list_levels(style)
            for source in reversed(styles)
            for style in source.iter(odt_name("text:list-style"), odt_name("text:outline-style"))
        }
        looks = list(_text_properties(styles))
        self._hidden = frozenset(name for name, part in looks if part.get(odt_name("text:display")) == "none")
        self._fonts = {name: part.get(odt_name("style:font-name"), "") for name, part in looks}
        """The font of each style that names one."""
        self._raised = {
            name: sign_of_position(part.get(odt_name("style:text-position"), "")) for name, part in looks
        }
        """The sign of `raised_text` for each style."""
        self._counts: dict[str, dict[int, int]] = {}
        """How far each list style and each list that goes on has counted, by depth."""
        self._outline: dict[int, int] = {}
        self._text = DocumentText()
        self._problems = DocumentProblems()
        self._notes: list[tuple[str, Any]] = []
        self._boxes: list[str] = []
        """The lines of text boxes of the paragraph in hand."""
        self._paragraphs = 0
        self._pictures = 0
        self._in_cells = False
        self._tables = 0
        self._inline: Mapping[str, Callable[[Any], str]] = {
            odt_name("text:s"): lambda element: (
                " " * min(whole_number(element.get(odt_name("text:c"), "1")) or 1, _MOST_BLANKS)
            ),
            odt_name("text:tab"): lambda element: "\t",
            odt_name("text:line-break"): lambda element: "\n",
            odt_name("text:note"): self._note,
            odt_name("draw:frame"): self._frame,
            odt_name("draw:custom-shape"): self._shape,
            odt_name("draw:rect"): self._shape,
        }

    def read(self) -> DocumentText:
        for line in self._blocks(self._body):
            self._text.add(line)
        for mark, note in self._notes:
            self._text.add_note(mark, self._blocks(note))
        self._text.lines = without_comments(self._text.lines)
        self._text.problems = self._problems.sentences()
        self._text.margins = list(self._margins)
        if self._pictures and not any(map(str.strip, self._text.lines)):
            raise UnreadableDocument(PICTURES_ALONE)
        return self._text

    def _blocks(self, parent: Any, inside: _OdtList | None = None) -> Iterator[str]:
        """Yields the lines of the paragraphs, lists and tables in `parent`, in order."""
        for child in parent.iterchildren():
            if child.tag in (odt_name("text:p"), odt_name("text:h")):
                yield from self._paragraph(child)
            elif child.get(odt_name("text:display")) == "none":
                continue
            elif child.tag == odt_name("text:list"):
                yield from self._list(child, inside)
            elif child.tag == odt_name("table:table"):
                yield from self._table(child)
            elif child.tag in self._inline and child.tag.startswith(f"{{{ODT_NAMESPACE}drawing"):
                self._inline[child.tag](child)
                yield from self._taken_boxes()
            elif child.tag not in _SKIPPED:
                yield from self._blocks(child, inside)

    def _paragraph(self, element: Any, mark: str = "") -> Iterator[str]:
        """Yields the lines of a paragraph behind those of its text boxes, and notes its heading."""
        if element.get(odt_name("text:style-name")) in self._hidden:
            return
        notes = len(self._notes)
        text = settled("".join(self._texts(element)))
        if not self._paragraphs:
            text = without_title_marks(text, [mark for mark, _ in self._notes[notes:]])
        yield from self._taken_boxes()
        level = whole_number(element.get(odt_name("text:outline-level"), "")) or 0
        if element.tag == odt_name("text:h") and text.strip():
            mark = mark or self._outline_mark(element, level)
        if mark and text.strip():
            text = behind_mark(mark, text.lstrip())
        self._paragraphs += bool(text.strip())
        lines = text.split("\n")
        if element.tag == odt_name("text:h") and 1 <= level <= LEVELS:
            self._text.set_heading(lines[0], level)
        yield from lines

    def _taken_boxes(self) -> list[str]:
        boxes, self._boxes = self._boxes, []
        return boxes

    def _texts(self, element: Any, font: str = "") -> Iterator[str]:
        """Yields the visible text in an element. Unlike Word's, it stands between the elements as well."""
        font = self._fonts.get(element.get(odt_name("text:style-name"), ""), "") or font
        yield self._plain(element.text, font)
        for child in element.iterchildren():
            if child.tag in self._inline:
                yield self._inline[child.tag](child)
            elif child.tag not in _SKIPPED and child.get(odt_name("text:style-name")) not in self._hidden:
                sign = self._raised.get(child.get(odt_name("text:style-name"), ""), "")
                yield sign
                yield from self._texts(child, font)
                yield LEVEL if sign else ""
            yield self._plain(child.tail, font)

    def _plain(self, text: str | None, font: str) -> str:
        """Returns text with runs of blanks as one: further ones are elements (OpenDocument 1.3, 6.1.2)."""
        if not text:
            return ""
        plain, unknown = without_private(_BLANKS.sub(" ", text), font)
        if unknown:
            self._problems.note(UNKNOWN_SYMBOL, self._paragraphs + 1)
        return plain

    def _note(self, element: Any) -> str:
        body = element.find(odt_name("text:note-body"))
        if body is None:
            return ""
        mark = f"[{len(self._notes) + 1}]"
        self._notes.append((mark, body))
        return mark

    def _frame(self, element: Any) -> str:
        """Takes the text box of a frame out; names the formula or the object that it holds instead."""
        for child in element.iterchildren():
            if child.tag == odt_name("draw:text-box"):
                outer, self._boxes = self._boxes, []
                lines = list(self._blocks(child))
                self._boxes = outer + lines
            elif child.tag in (odt_name("draw:object"), odt_name("draw:object-ole")):
                is_formula = next(child.iter(_MATH), None) is not None
                is_formula |= child.get(_LINK, "").removeprefix("./") in self._formulas
                what = _FORMULA if is_formula else _OBJECT
                self._problems.note(what, self._paragraphs + 1)
                return UNKNOWN_SIGN
            elif child.tag == odt_name("draw:image"):
                self._pictures += 1
        return ""

    def _shape(self, element: Any) -> str:
        outer, self._boxes = self._boxes, []
        lines = [line for line in self._blocks(element) if line.strip()]
        self._boxes = outer + lines
        return ""

    # --- lists ----------------------------------------------------------------------------------------------

    def _list(self, element: Any, outer: _OdtList | None) -> Iterator[str]:
        """Yields the lines of a list, each item's first paragraph behind its mark."""
        style = element.get(odt_name("text:style-name")) or (outer.style if outer else "")
        going_on = element.get(odt_name("text:continue-numbering")) == "true" or element.get(
            odt_name("text:continue-list")
        )
        if outer is not None:
            numbers = outer.numbers
        elif going_on:
            numbers = self._counts.setdefault(style, {})
        else:
            numbers = self._counts[style] = {}
        here = _OdtList(style, outer.depth + 1 if outer else 1, numbers)
        for item in element.iterchildren():
            yield from self._item(item, here)

    def _item(self, item: Any, here: _OdtList) -> Iterator[str]:
        """Yields the lines of an item. One that holds an inner list alone counts for none."""
        is_first = item.tag == odt_name("text:list-item")
        for child in item.iterchildren():
            if child.tag in (odt_name("text:p"), odt_name("text:h")):
                start = whole_number(item.get(odt_name("text:start-value"), ""))
                yield from self._paragraph(child, self._mark(here, start) if is_first else "")
                is_first = False
            elif child.tag == odt_name("text:list"):
                yield from self._list(child, here)

    def _mark(self, here: _OdtList, start: int | None) -> str:
        """Counts one on in a list, or from `start`, and returns the mark of the item."""
        level = self._lists.get(here.style, {}).get(here.depth)
        if level is None:
            return ""
        for deeper in [counted for counted in here.numbers if counted > here.depth]:
            del here.numbers[deeper]
        count = here.numbers.get(here.depth, level.start - 1) + 1
        here.numbers[here.depth] = count if start is None else start
        return list_mark(self._lists[here.style], here.numbers, here.depth)

    def _outline_mark(self, element: Any, level: int) -> str:
        """Returns the mark of a numbered heading. Headings in lists get theirs from the list."""
        if element.get(odt_name("text:is-list-header")) == "true":
            return ""
        levels = self._lists.get("Outline", {})
        if level not in levels:
            return ""
        for deeper in [counted for counted in self._outline if counted > level]:
            del self._outline[deeper]
        self._outline[level] = self._outline.get(level, levels[level].start - 1) + 1
        return list_mark(levels, self._outline, level)

    # --- tables ---------------------------------------------------------------------------------------------

    def _table(self, table: Any) -> Iterator[str]:
        self._tables += 1
        if self._tables > _DEEPEST_TABLES:
            raise DocumentTooLarge(f"表格套表格超过 {_DEEPEST_TABLES} 层。请把文字复制到一份新的文档里")
        rows = _own_rows(table)
        if self._in_cells:
            yield inner_table([[lines for lines, _ in self._cells(row)] for row in rows])
        else:
            for row in rows:
                cells = self._cells(row)
                yield from row_lines([lines for lines, _ in cells], [width for _, width in cells])
        self._tables -= 1

    def _cells(self, row: Any) -> list[tuple[list[str], int]]:
        """Returns the lines and the width of each cell; of a merged one the covered places are empty."""
        elements = list(row.iterchildren(odt_name("table:table-cell"), _COVERED))
        outer = self._in_cells
        self._in_cells = outer or len(elements) > 1
        cells: list[tuple[list[str], int]] = []
        owed = 0
        for cell in elements:
            if cell.tag == _COVERED and owed:
                owed -= 1
                continue
            lines = [] if cell.tag == _COVERED else list(self._blocks(cell))
            width = whole_number(cell.get(odt_name("table:number-columns-spanned"), "")) or 1
            cells.append((lines, width))
            owed = width - 1
            # Only what is short comes again: a cell could claim to stand there a million times.
            if sum(map(len, lines)) <= _LONGEST_REPEATED:
                cells += [(lines, 1)] * (_repeated(cell) - 1)
        self._in_cells = outer
        return cells


def _own_rows(element: Any) -> Iterator[Any]:
    """Yields the rows of a table, those of its groups too, but none of a table inside."""
    for child in element.iterchildren():
        if child.tag == odt_name("table:table-row"):
            yield child
        elif child.tag in (
            odt_name("table:table-header-rows"),
            odt_name("table:table-rows"),
        ) or child.tag == odt_name("table:table-row-group"):
            yield from _own_rows(child)


def _repeated(cell: Any) -> int:
    return min(whole_number(cell.get(odt_name("table:number-columns-repeated"), "")) or 1, MOST_COLUMNS)
