"""Reads the text of a Word paragraph: its runs with fields, symbols, formulas, form fields and note marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jianggao.sources.document_text import UNKNOWN_SIGN
from jianggao.sources.raised_text import marked, settled
from jianggao.sources.word_formulas import formula_text
from jianggao.sources.word_heights import WordHeights
from jianggao.sources.word_names import qn
from jianggao.sources.word_notes import WordNotes
from jianggao.sources.word_numbering import value_of
from jianggao.sources.word_symbols import UNKNOWN_SYMBOL, symbol, without_private
from jianggao.text.whole_numbers import whole_number

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""Repeats a text box for older programs."""
# Deleted and moved text, properties, the reading aid above a character, field codes.
_SKIPPED_NAMES = (
    *("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:rt", "w:instrText", "w:delText", "w:tblPr", "w:sdtPr"),
)
SKIPPED = frozenset(map(qn, _SKIPPED_NAMES)) | {FALLBACK}
_BREAKS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_FALSE = ("0", "false", "off")
_EQUATIONS = re.compile(r"equation|mathtype", re.IGNORECASE)
_PROGRAM = re.compile(r"[A-Za-z0-9.]{1,40}")
OLD_FORMULA = "公式（旧格式），没有读出文字"
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,6}")


class RunReader:
    """Reads paragraphs one after the other; `problem` is told what couldn't be read."""

    def __init__(self, notes: WordNotes, heights: WordHeights, problem: Callable[[str], None]) -> None:
        self._notes = notes
        self._heights = heights
        self._problem = problem
        self._font = ""
        """The font of the run in hand."""
        self._raised = ""
        """The sign of `raised_text` for the run in hand."""
        self.marks: list[str] = []
        """The marks of notes that were written since the caller emptied the list."""
        self._writers: Mapping[str, Callable[[Any], str]] = {
            qn("w:t"): self._plain,
            qn("w:sym"): self._symbol,
            qn("w:footnoteReference"): self._note_mark,
            qn("w:endnoteReference"): self._note_mark,
            qn("w:fldChar"): _form_field,
            qn("w:object"): self._object,
            qn("w:drawing"): lambda element: "",
            qn("w:pict"): lambda element: "",
            f"{_MATH}oMath": formula_text,
        }

    def paragraph_text(self, paragraph: Any) -> str:
        """Returns the visible text of a paragraph, without that of text boxes."""
        self._heights.begin_paragraph(paragraph)
        return settled("".join(self.texts(paragraph)))

    def texts(self, element: Any) -> Iterator[str]:
        """Yields the visible text of a paragraph or of an element in it, without that of text boxes."""
        for child in element.iterchildren():
            tag = child.tag
            if tag in SKIPPED or tag == qn("w:txbxContent"):
                continue
            if tag == qn("w:r"):
                if _is_hidden(child):
                    continue
                self._font = _font_of(child)
                self._raised = self._heights.sign(child)
            if tag in self._writers:
                yield self._writers[tag](child)
            elif tag in _BREAKS:
                yield _BREAKS[tag]
            elif tag != qn("w:sdt") or not is_placeholder(child):
                yield from self.texts(child)

    def _plain(self, element: Any) -> str:
        text, unknown = without_private(element.text or "", self._font)
        if unknown:
            self._problem(UNKNOWN_SYMBOL)
        return marked(text, self._raised)

    def _symbol(self, element: Any) -> str:
        code = element.get(qn("w:char"), "")
        known = _HEXADECIMAL.fullmatch(code) and symbol(element.get(qn("w:font"), ""), int(code, 16))
        if not known:
            self._problem(UNKNOWN_SYMBOL)
        return known or UNKNOWN_SIGN

    def _note_mark(self, reference: Any) -> str:
        mark = self._notes.mark(reference)
        if mark:
            self.marks.append(mark)
        return mark

    def _object(self, element: Any) -> str:
        """Returns the sign for a formula of Word's old editors, or for another program's object; names both.

        An object without its program is a picture or a form field of old files, which holds no text.
        """
        found = next(element.iter(_OLE), None)
        if found is None:
            return ""
        program = found.get("ProgID", "")
        if _EQUATIONS.match(program):
            self._problem(OLD_FORMULA)
        else:
            named = f"（{program}）" if _PROGRAM.fullmatch(program) else ""
            self._problem(f"嵌入的对象{named}，没有读出文字")
        return UNKNOWN_SIGN


def is_placeholder(control: Any) -> bool:
    """Returns whether a content control (`w:sdt`) shows what to write there, as nobody has written yet."""
    properties = control.find(qn("w:sdtPr"))
    shown = None if properties is None else properties.find(qn("w:showingPlcHdr"))
    return shown is not None and shown.get(qn("w:val")) not in _FALSE


def _is_hidden(run: Any) -> bool:
    properties = run.find(qn("w:rPr"))
    vanish = None if properties is None else properties.find(qn("w:vanish"))
    return vanish is not None and vanish.get(qn("w:val")) not in _FALSE


def _font_of(run: Any) -> str:
    properties = run.find(qn("w:rPr"))
    fonts = None if properties is None else properties.find(qn("w:rFonts"))
    if fonts is None:
        return ""
    return fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or ""


def _form_field(element: Any) -> str:
    """Returns what a form field of old files shows: ☑ or ☐, or the entry of a list; "" for other fields."""
    box = element.find(f"{qn('w:ffData')}/{qn('w:checkBox')}")
    if box is not None:
        state = box.find(qn("w:checked"))
        state = box.find(qn("w:default")) if state is None else state
        return "☐" if state is None or state.get(qn("w:val")) in _FALSE else "☑"
    listed = element.find(f"{qn('w:ffData')}/{qn('w:ddList')}")
    if listed is None:
        return ""
    entries = [entry.get(qn("w:val"), "") for entry in listed.iterchildren(qn("w:listEntry"))]
    chosen = whole_number(value_of(listed, "w:result")) or 0
    return entries[chosen] if chosen < len(entries) else ""
