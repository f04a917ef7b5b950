"""Reads a .docx as lines of text, the way a reader of the page sees them.

The marks of automatic lists are written out; of tracked changes the new text counts; hidden text, headers,
footers, field codes and the table of contents are left out; text boxes stand before the paragraph that
carries them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from jianggao.sources.word_numbering import Numbering, value_of
from jianggao.text.characters import collapse_blanks, remove_invisible
from jianggao.text.whole_numbers import whole_number

_HEADING_LEVELS = 9
"""Outline levels from 0 that are headings; Word's level 9 is body text."""
_LONGEST_CHAIN = 20
"""Styles that a style is based on, one on another; in a damaged file they can form a circle."""
_LONGEST_NAME = 100
"""Characters of a style's name; it is looked at for every paragraph."""
_DEEPEST_TABLES = 20
MAX_LINES = 100_000
MAX_ELEMENTS = 2_000_000
"""XML elements of one part of a document: libxml2 needs about 300 MB for so many."""
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*(?:\d|标题|heading)", re.IGNORECASE)
# Deleted and moved text, properties, the reading aid above a character, field codes; Fallback repeats a text
# box for older programs.
_SKIPPED = frozenset(
    qn(name)
    for name in (
        "w:del",
        "w:moveFrom",
        "w:pPr",
        "w:rPr",
        "w:rt",
        "w:instrText",
        "w:delText",
        "w:tblPr",
        "w:sdtPr",
    )
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


class DocumentTooLarge(Exception):
    """The document is too large for a speech; the message says so in Chinese, and what to do."""


@dataclass(slots=True)
class WordText:
    """The lines of a document, and the levels (1 is the outermost) of those set in a heading style."""

    lines: list[str] = field(default_factory=list)
    headings: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: its name, the id of the style that it is based on, its `w:pPr` element or None."""

    name: str
    based_on: str
    properties: Any


def read_word(content: bytes) -> WordText:
    """Returns the text of a .docx.

    Raises DocumentTooLarge, and whatever python-docx and its XML parser raise for a broken file.
    """
    return _WordReader(content).read()


class _WordReader:
    """Reads one document; `_in_box` and `_tables` say where in it the reader is."""

    def __init__(self, content: bytes) -> None:
        document = Document(io.BytesIO(content))
        self._body = document.element.body
        self._styles = {style.get(qn("w:styleId")): _style(style) for style in document.styles.element}
        self._default = next(
            (
                style.get(qn("w:styleId"))
                for style in document.styles.element
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")
            ),
            "",
        )
        parts = [
            rel.target_part
            for rel in document.part.rels.values()
            if rel.reltype == RELATIONSHIP_TYPE.NUMBERING
        ]
        self._numbering = Numbering.of(getattr(parts[0], "element", None) if parts else None)
        self._text = WordText()
        self._in_box = False
        self._tables = 0

    def read(self) -> WordText:
        for line in self._blocks(self._body):
            self._text.lines.append(line)
            if len(self._text.lines) > MAX_LINES:
                raise DocumentTooLarge(f"超过 {MAX_LINES // 10_000} 万行，不像一篇讲话。请拆成单篇")
        return self._text

    def _blocks(self, parent: Any) -> Iterator[str]:
        """Yields the lines of the paragraphs and tables in `parent`, in order."""
        for child in parent.iterchildren():
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag == qn("w:sdt") and not _is_contents_block(child):
                content = child.find(qn("w:sdtContent"))
                yield from self._blocks(content) if content is not None else ()
            elif child.tag in (qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")):
                yield from self._blocks(child)

    def _table(self, table: Any) -> Iterator[str]:
        """Yields a line for each row, with full-width blanks between its cells.

        A row of a single cell yields that cell's paragraphs: the table only frames the text.
        """
        self._tables += 1
        if self._tables > _DEEPEST_TABLES:
            raise DocumentTooLarge(f"表格套表格超过 {_DEEPEST_TABLES} 层。请把文字复制到一份新的文档里")
        for row in _own(table, qn("w:tr")):
            cells = [list(self._blocks(cell)) for cell in _cells(row)]
            if len(cells) == 1:
                yield from cells[0]
            else:
                joined = (" ".join(" ".join(line.split()) for line in cell if line.strip()) for cell in cells)
                yield "　".join(cell for cell in joined if cell)
        self._tables -= 1

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        """Yields the lines of a paragraph behind those of its text boxes, and notes its heading style."""
        chain = list(self._style_chain(paragraph))
        if any(_CONTENTS_NAME.match(style.name) for style in chain):
            return
        # A text box in a text box is read with the outer one, as a part of its blocks.
        has_box = not self._in_box and next(paragraph.iter(qn("w:txbxContent")), None) is not None
        if has_box:
            for box in _own(paragraph, qn("w:txbxContent"), _SKIPPED):
                self._in_box = True
                yield from self._blocks(box)
                self._in_box = False
        properties = [paragraph.find(qn("w:pPr")), *(style.properties for style in chain)]
        text = "".join(_texts(paragraph))
        mark = self._mark(properties) if text.strip() else ""
        lines = (mark + text.lstrip() if mark else text).split("\n")
        depth = _heading_depth(properties, chain)
        if depth:
            self._text.headings.setdefault(collapse_blanks(remove_invisible(lines[0])), depth)
        yield from lines

    def _style_chain(self, paragraph: Any) -> Iterator[_Style]:
        """Yields the paragraph's style and those that it is based on."""
        properties = paragraph.find(qn("w:pPr"))
        named = None if properties is None else properties.find(qn("w:pStyle"))
        style_id = self._default if named is None else named.get(qn("w:val"), "")
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = style.based_on

    def _mark(self, properties: list[Any]) -> str:
        """Returns the mark of the paragraph's automatic list, "" if it is in none.

        The paragraph's own setting comes first in `properties` and goes before its styles'. List 0 takes it
        out of the list that its style puts it in.
        """
        number_id, depth = "", ""
        for element in properties:
            numbered = None if element is None else element.find(qn("w:numPr"))
            if numbered is None:
                continue
            number_id = number_id or value_of(numbered, "w:numId")
            depth = depth or value_of(numbered, "w:ilvl")
            if number_id:
                break
        if not number_id or number_id == "0":
            return ""
        return self._numbering.next_mark(number_id, whole_number(depth) or 0)


def _style(element: Any) -> _Style:
    return _Style(
        value_of(element, "w:name")[:_LONGEST_NAME], value_of(element, "w:basedOn"), element.find(qn("w:pPr"))
    )


def _cells(row: Any) -> list[Any]:
    """Returns the cells of a row without those that continue a merged cell above."""
    cells = []
    for cell in _own(row, qn("w:tc")):
        properties = cell.find(qn("w:tcPr"))
        merged = None if properties is None else properties.find(qn("w:vMerge"))
        if merged is None or merged.get(qn("w:val")) == "restart":
            cells.append(cell)
    return cells


_TABLE_PARTS = frozenset(map(qn, ("w:tbl", "w:tr", "w:tc", "w:p")))


def _own(element: Any, tag: str, beyond: frozenset[str] = _TABLE_PARTS) -> Iterator[Any]:
    """Yields the elements of this tag in `element`, but none inside another of them or of the tags `beyond`.

    To look at all that is inside and ask of each whose it is would take a step for every level above it.
    """
    for child in element.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag not in beyond:
            yield from _own(child, tag, beyond)


def _texts(element: Any) -> Iterator[str]:
    """Yields the visible text of a paragraph or of an element in it."""
    for child in element.iterchildren():
        if child.tag in _SKIPPED or child.tag == qn("w:txbxContent"):
            continue
        if child.tag == qn("w:r") and _is_hidden(child):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        else:
            yield from _texts(child)


def _is_hidden(run: Any) -> bool:
    properties = run.find(qn("w:rPr"))
    vanish = None if properties is None else properties.find(qn("w:vanish"))
    return vanish is not None and vanish.get(qn("w:val")) not in ("0", "false")


def _is_contents_block(block: Any) -> bool:
    """Returns whether a content control (`w:sdt`) is the table of contents that Word made."""
    properties = block.find(qn("w:sdtPr"))
    galleries = () if properties is None else properties.iter(qn("w:docPartGallery"))
    return any(gallery.get(qn("w:val")) == "Table of Contents" for gallery in galleries)


def _heading_depth(properties: list[Any], chain: list[_Style]) -> int:
    """Returns 1–9 for a paragraph that a style or its outline level makes a heading, else 0."""
    for element in properties:
        level = None if element is None else whole_number(value_of(element, "w:outlineLvl"))
        if level is not None:
            return level + 1 if level < _HEADING_LEVELS else 0
    for style in chain:
        if match := _HEADING_NAME.fullmatch(style.name):
            return int(match[1])
    return 0
