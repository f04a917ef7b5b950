"""Reads a Word file (.docx, .docm, .dotx) as lines of text, the way a reader of the page sees them.

The marks of automatic lists are written out; of tracked changes the new text counts; hidden text, comments, field
codes and the table of contents are left out, headers and footers kept apart; text boxes stand before the paragraph that
carries them, notes behind the whole text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jianggao.sources.document_text import (
    PICTURES_ALONE,
    DocumentProblems,
    DocumentText,
    DocumentTooLarge,
    UnreadableDocument,
    without_comments,
    without_title_marks,
)
from jianggao.sources.page_margins import typed_margin
from jianggao.sources.table_rows import MOST_COLUMNS, inner_table, row_lines
from jianggao.sources.word_chunks import chunk_lines
from jianggao.sources.word_graphics import WordGraphics
from jianggao.sources.word_heights import WordHeights
from jianggao.sources.word_names import qn
from jianggao.sources.word_notes import WordNotes
from jianggao.sources.word_numbering import Numbering, behind_mark, value_of
from jianggao.sources.word_package import WordPackage
from jianggao.sources.word_runs import SKIPPED, RunReader, is_placeholder
from jianggao.sources.word_styles import WordStyles, heading_depth
from jianggao.text.whole_numbers import whole_number

_DEEPEST_TABLES = 20
_HARDLY_ANY = 100
"""Characters: a file with pictures and no more text than this is one of pictures."""
_MOSTLY_PICTURES = "文档里主要是图片，图片里的文字没有读"
_EMBEDDED = "嵌入的另一份文档，没有读。请用 Word 打开后另存一份"
_PASSED_THROUGH = frozenset(
    (
        *map(qn, ("w:ins", "w:moveTo", "w:customXml", "w:smartTag")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice",
    )
)
_BESIDE_THE_TEXT = SKIPPED | {qn("w:txbxContent")}
_MATH_PARAGRAPH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMathPara"


def read_word(content: bytes) -> DocumentText:
    """Returns the text of a Word file.

    Raises DocumentTooLarge, UnreadableDocument, and whatever zipfile and lxml raise for a broken file.
    """
    return _WordReader(WordPackage(content)).read()


class _WordReader:
    """Reads one document; `_in_box`, `_in_cells` and `_tables` say where in it the reader is."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._chunks: set[str] = set()
        """The embedded documents that were read."""
        body = package.document.find(qn("w:body"))
        self._body = package.document if body is None else body
        self._styles = WordStyles(package.part("styles"))
        self._numbering = Numbering.of(package.part("numbering"))
        self._notes = WordNotes(package.part("footnotes"), package.part("endnotes"))
        self._runs = RunReader(self._notes, WordHeights(self._styles), self._note_problem)
        self._graphics = WordGraphics(package, self._note_problem)
        self._text = DocumentText()
        self._problems = DocumentProblems()
        self._paragraphs = 0
        """The paragraphs that had text so far."""
        self._in_box = False
        self._in_cells = False
        """Whether the reader is in a row of several cells, which becomes one line."""
        self._tables = 0
        self._initial = ""
        """A large first letter that stands in a frame of its own before its paragraph."""

    def read(self) -> DocumentText:
        for line in self._blocks(self._body):
            self._text.add(line)
        for mark, note in self._notes.referred():
            self._text.add_note(mark, self._blocks(note))
        self._text.lines = without_comments(self._text.lines)
        self._text.problems = self._problems.sentences() + self._about_pictures()
        self._text.margins = typed_margin(self._in_margins())
        return self._text

    def _in_margins(self) -> Iterator[str]:
        """Yields the lines of the headers and footers that the text's pages have, each of these once."""
        references = self._package.document.iter(qn("w:headerReference"), qn("w:footerReference"))
        for relation_id in dict.fromkeys(reference.get(qn("r:id"), "") for reference in references):
            margin = self._package.related(relation_id)
            for paragraph in () if margin is None else margin.iter(qn("w:p")):
                yield "".join(text.text or "" for text in _own(paragraph, qn("w:t"), _BESIDE_THE_TEXT))

    def _about_pictures(self) -> tuple[str, ...]:
        """Returns the problem of a file that is nearly all pictures. Raises UnreadableDocument if it is all."""
        characters = sum(len("".join(line.split())) for line in self._text.lines)
        if self._chunks and not characters:
            raise UnreadableDocument(f"正文是{_EMBEDDED}")
        if not self._graphics.pictures or characters > _HARDLY_ANY:
            return ()
        if not characters:
            raise UnreadableDocument(PICTURES_ALONE)
        return (_MOSTLY_PICTURES,)

    def _note_problem(self, what: str) -> None:
        self._problems.note(what, self._paragraphs + 1)

    def _blocks(self, parent: Any) -> Iterator[str]:
        """Yields the lines of the paragraphs and tables in `parent`, in order."""
        for child in parent.iterchildren():
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag == qn("w:sdt"):
                content = child.find(qn("w:sdtContent"))
                if content is not None and not _is_contents_block(child) and not is_placeholder(child):
                    yield from self._blocks(content)
            elif child.tag == _MATH_PARAGRAPH:
                yield self._runs.paragraph_text(child)
            elif child.tag == qn("w:altChunk"):
                yield from self._chunk(child.get(qn("r:id"), ""))
            elif child.tag in _PASSED_THROUGH:
                yield from self._blocks(child)

    def _chunk(self, relation_id: str) -> Iterator[str]:
        """Yields the lines of a document that is embedded here, once."""
        content = self._package.embedded(relation_id) if relation_id not in self._chunks else b""
        self._chunks.add(relation_id)
        lines = chunk_lines(content) if content else None
        if lines is None:
            self._note_problem(_EMBEDDED)
        yield from lines or ()

    # --- tables ---------------------------------------------------------------------------------------------

    def _table(self, table: Any) -> Iterator[str]:
        """Yields the lines of a table; a table in a row of several cells is one line, a part of that row."""
        self._tables += 1
        if self._tables > _DEEPEST_TABLES:
            raise DocumentTooLarge(f"表格套表格超过 {_DEEPEST_TABLES} 层。请把文字复制到一份新的文档里")
        rows = [row for row in _own(table, qn("w:tr")) if not _is_deleted(row)]
        if self._in_cells:
            yield inner_table([[lines for lines, _ in self._cells(row)] for row in rows])
        else:
            for row in rows:
                cells = self._cells(row)
                yield from row_lines([lines for lines, _ in cells], [width for _, width in cells])
        self._tables -= 1

    def _cells(self, row: Any) -> list[tuple[list[str], int]]:
        """Returns the lines of each cell of a row, and how many columns it spans.

        A cell that goes on a merged one above is empty: its text stands in the row where it begins.
        """
        elements = list(_own(row, qn("w:tc")))
        outer = self._in_cells
        self._in_cells = outer or len(elements) > 1
        cells = [
            ([] if _goes_on(cell) else list(self._blocks(cell)), _property(cell, "w:gridSpan") or 1)
            for cell in elements
        ]
        self._in_cells = outer
        before = _property(row, "w:gridBefore", "w:trPr")
        return [([], 1)] * min(before, MOST_COLUMNS) + cells if cells else []

    # --- paragraphs -----------------------------------------------------------------------------------------

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        """Yields the lines of a paragraph behind those of its text boxes, and notes its heading style."""
        own = paragraph.find(qn("w:pPr"))
        chain = list(self._styles.chain(own))
        if any(style.is_contents for style in chain):
            return
        yield from self._boxes(paragraph)
        properties = [own, *(style.properties for style in chain)]
        text = self._written(paragraph, properties)
        if _is_initial(own):
            self._initial += text.strip()
            return
        text, self._initial = self._initial + text, ""
        self._paragraphs += bool(text.strip())
        lines = text.split("\n")
        depth = heading_depth(properties, chain)
        if depth:
            self._text.set_heading(lines[0], depth)
        yield from lines

    def _boxes(self, paragraph: Any) -> Iterator[str]:
        """Yields the lines of the text boxes that hang on a paragraph, and of its diagrams."""
        # A text box in a text box is read with the outer one, as a part of its blocks.
        if not self._in_box and next(paragraph.iter(qn("w:txbxContent")), None) is not None:
            for box in _own(paragraph, qn("w:txbxContent"), SKIPPED):
                self._in_box = True
                yield from self._blocks(box)
                self._in_box = False
        yield from self._graphics.lines(paragraph)

    def _written(self, paragraph: Any, properties: Sequence[Any]) -> str:
        """Returns the text of a paragraph behind its list mark."""
        self._runs.marks.clear()
        text = self._runs.paragraph_text(paragraph)
        mark = self._list_mark(properties) if text.strip() else ""
        if not self._paragraphs:
            text = without_title_marks(text, self._runs.marks)
        return behind_mark(mark, text.lstrip()) if mark else text

    def _list_mark(self, properties: Sequence[Any]) -> str:
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


def _goes_on(cell: Any) -> bool:
    """Returns whether a cell only continues a merged one above it."""
    properties = cell.find(qn("w:tcPr"))
    merged = None if properties is None else properties.find(qn("w:vMerge"))
    return merged is not None and merged.get(qn("w:val")) != "restart"


def _is_deleted(row: Any) -> bool:
    """Returns whether a row was deleted while changes were tracked."""
    properties = row.find(qn("w:trPr"))
    return properties is not None and properties.find(qn("w:del")) is not None


def _property(element: Any, name: str, properties_name: str = "w:tcPr") -> int:
    """Returns a number among the properties of a cell or a row, 0 if there is none."""
    properties = element.find(qn(properties_name))
    return 0 if properties is None else whole_number(value_of(properties, name)) or 0


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


def _is_initial(properties: Any) -> bool:
    """Returns whether a paragraph is one large letter, set into the lines of the next one."""
    frame = None if properties is None else properties.find(qn("w:framePr"))
    return frame is not None and frame.get(qn("w:dropCap")) in ("drop", "margin")


def _is_contents_block(block: Any) -> bool:
    """Returns whether a content control (`w:sdt`) is the table of contents that Word made."""
    properties = block.find(qn("w:sdtPr"))
    galleries = () if properties is None else properties.iter(qn("w:docPartGallery"))
    return any(gallery.get(qn("w:val")) == "Table of Contents" for gallery in galleries)
