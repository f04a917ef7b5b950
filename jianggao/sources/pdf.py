"""Reads a PDF that holds text as paragraphs; says so where there is none (scans), or where it is scrambled.

A PDF knows characters and places alone. Lines are put together to paragraphs by what one sees: where they begin,
where they end, how far apart they stand, how large they are.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from jianggao.sources.document_text import DocumentText, DocumentTooLarge, UnreadableDocument
from jianggao.sources.pdf_blanks import PassedOver, blanks_between, passed_over
from jianggao.sources.pdf_lines import PdfLine, without_margins, without_print_margins
from jianggao.sources.pdf_paragraphs import paragraphs_of
from jianggao.sources.pdf_tables import with_empty_cells
from jianggao.sources.raised_text import LOWERED, RAISED, marked, settled
from jianggao.sources.table_rows import CELL_BREAK
from jianggao.sources.word_symbols import symbol
from jianggao.text.number_joints import makes_another_number

_MOST_PAGES = 2_000
_MOST_CHARACTERS = 2_000_000
_HARDLY_ANY = 15
"""Characters of a page that shows a picture: with no more, it is a scan with a page number or a stamp."""
_SHARE_SCRAMBLED = 0.1
_SHARE_WESTERN = 0.2
"""Of letters such as ä and ¢: no Chinese text has so many, but one whose font lost its encoding does."""
_LISTED_PAGES = 5
_CELL_GAP = 2.2
_BLANK_GAP, _MIXED_GAP = 0.12, 0.27
"""Heights of a character: so far apart stand the cells of a table, two words, and a word beside Chinese."""
_CHINESE = "\u2e80"
"""The first of the East Asian characters."""
_SMALL = 0.87
"""How small a raised number is beside its line."""
_RAISED_BY, _LOWERED_BY = 0.13, 0.04
"""Heights of a line: so much a small number stands above or below it at least."""
_NUMERIC = frozenset(map(ord, "0123456789+-−"))
_LIST_MARK = re.compile(r"[（(]?[0-9A-Za-z一二三四五六七八九十]{1,4}[.．、)）]|[•●■◆▪○·➢✓❖-]")
_LONGEST_MARK = 7
_LONGEST_NAME = 100
_BULLET = 0xF0B7
_SCANNED = "是扫描件（图片），没有文字。请先做文字识别（OCR），再另存为 .docx"
_NO_TEXT = "PDF 里没有文字（多半转成了图形）。请用原来的程序重新导出，或做文字识别（OCR）"
_SCRAMBLED = "PDF 里文字的编码丢了，读出来是乱码。请用原来的程序重新导出，或做文字识别（OCR）"
_ENCRYPTED = "PDF 加了密码，没有读。请取消密码后另存一份"
_BROKEN = "不是完好的 PDF。请重新导出，或另存为 .docx"


def read_pdf(content: bytes) -> DocumentText:
    """Returns the text of a PDF. Raises DocumentTooLarge and UnreadableDocument."""
    # Its native library is loaded only by those processes that meet a PDF.
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise UnreadableDocument(_ENCRYPTED if is_locked else _BROKEN) from None
    try:
        return _PdfReader(pypdfium2.raw).read(document)
    finally:
        document.close()


@dataclass(frozen=True, slots=True)
class _Character:
    """A character of a line: its number on the page, where it begins and ends, and how large it is."""

    at: int
    text: str
    left: float
    right: float
    size: float
    """Of its font; asked for numbers alone, else 0."""
    up: float = 0.0
    """Where it stands on the page, from below, in points; asked for numbers alone."""


class _PdfReader:
    """Reads one document; `raw` is the library's interface in C."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._characters = 0
        self._scrambled = 0
        """Characters whose font doesn't say what they are."""
        self._scans: list[int] = []
        """The pages, from 1, that are pictures without text."""
        self._lost: list[int] = []
        """The pages with pieces of text that the library passed over."""
        self._passed_over = PassedOver()
        """What it passed over on the page that is being read."""

    def read(self, document: Any) -> DocumentText:
        if len(document) > _MOST_PAGES:
            raise DocumentTooLarge(f"超过 {_MOST_PAGES} 页，不像一篇讲话。请拆成单篇")
        pages = [list(self._lines(document, at)) for at in range(len(document))]
        self._refuse_unreadable(pages)
        pages, printed = without_print_margins(pages)
        pages, margins = without_margins(pages)
        text = paragraphs_of([with_empty_cells(page) for page in pages])
        text.margins = margins
        # The parser takes them out; there they cut no paragraph.
        for line in printed:
            text.add(line)
        text.problems = tuple(
            f"第 {_listed(pages)}{what}"
            for pages, what in (
                (self._scans, "是图片，没有读出文字"),
                (self._lost, "有些字没有读出来（PDF 里没有嵌入字体）"),
            )
            if pages
        )
        return text

    def _refuse_unreadable(self, pages: list[list[PdfLine]]) -> None:
        """Raises UnreadableDocument for scans and for text that nobody could read."""
        letters = "".join(line.text for page in pages for line in page if line.text.strip())
        if len("".join(letters.split())) <= _HARDLY_ANY * len(self._scans):
            raise UnreadableDocument(_SCANNED if self._scans else _NO_TEXT)
        western = sum("\x80" <= letter <= "\xff" and letter.isalpha() for letter in letters)
        if self._scrambled > _SHARE_SCRAMBLED * self._characters or western > _SHARE_WESTERN * len(letters):
            raise UnreadableDocument(_SCRAMBLED)

    def _lines(self, document: Any, at: int) -> Iterator[PdfLine]:
        """Yields the lines of a page, in the order in which they were written."""
        try:
            page = document[at]
        except Exception:  # a page that is broken takes no other with it
            return
        text_page = page.get_textpage()
        before = self._characters
        self._passed_over = passed_over(page, self._raw)
        yield from self._lines_of(text_page, page.get_height())
        if self._characters - before <= _HARDLY_ANY and self._has_picture(page):
            self._scans.append(at + 1)
        if self._passed_over.is_lost and self._passed_over.pieces > self._characters - before:
            self._lost.append(at + 1)
        text_page.close()
        page.close()

    def _has_picture(self, page: Any) -> bool:
        return any(True for _ in page.get_objects(filter=[self._raw.FPDF_PAGEOBJ_IMAGE]))

    def _lines_of(self, page: Any, height: float) -> Iterator[PdfLine]:
        raw, handle = self._raw, page.raw
        line: list[_Character] = []
        for at in range(raw.FPDFText_CountChars(handle)):
            code = raw.FPDFText_GetUnicode(handle, at)
            if code in (0x0A, 0x0D):
                yield from self._line(handle, line, height)
                line = []
            elif code == 0x20 and raw.FPDFText_IsGenerated(handle, at) == 1:
                continue  # the library's guess; `_spaced` looks at how far apart the characters stand
            else:
                box = self._box(handle, at)
                size, up = (self._size(handle, at), self._up(handle, at)) if code in _NUMERIC else (0.0, 0.0)
                line.append(_Character(at, self._character(handle, at, code), box.left, box.right, size, up))
        yield from self._line(handle, line, height)
        if self._characters > _MOST_CHARACTERS:
            raise DocumentTooLarge(f"超过 {_MOST_CHARACTERS // 10_000} 万字，不像一篇讲话。请拆成单篇")

    def _character(self, handle: Any, at: int, code: int) -> str:
        """Returns a character; notes those whose font doesn't say what they are."""
        if code in (0x02, 0xFFFE):
            return "\u00ad"  # a word is broken here, by a hyphen
        if 0xF000 <= code <= 0xF0FF:
            # The font that drew it is often another one than that of the code, which was mostly Wingdings.
            return (
                symbol(self._font(handle, at), code)
                or ("•" if code == 0xF0B7 else symbol("Wingdings", code))
                or chr(code)
            )
        if code < 0x20 or code == 0xFFFD or self._raw.FPDFText_HasUnicodeMapError(handle, at) == 1:
            self._scrambled += 1
            return "\ufffd"
        return chr(code) if code <= 0x10FFFF else "\ufffd"

    def _font(self, handle: Any, at: int) -> str:
        """Returns the name of a character's font, without what marks it as a part of one (ABCDEF+Wingdings)."""
        name = ctypes.create_string_buffer(_LONGEST_NAME)
        flags = ctypes.c_int()
        self._raw.FPDFText_GetFontInfo(handle, at, name, _LONGEST_NAME, ctypes.byref(flags))
        family = name.value.decode("utf-8", "replace").partition("+")[2] or name.value.decode(
            "utf-8", "replace"
        )
        return family.partition("-")[0]

    def _line(self, handle: Any, characters: Sequence[_Character], height: float) -> Iterator[PdfLine]:
        written = [character for character in characters if not character.text.isspace()]
        if not written:
            return
        self._characters += len(written)
        # Where several fonts share a line, some programs write one font after the other.
        ordered = sorted(characters, key=lambda character: character.left)
        size = max((self._size(handle, written[at].at) for at in (0, len(written) // 2, -1)), default=0.0)
        base = next((one for one in written if not 0 < one.size < _SMALL * size), written[0])
        up = self._up(handle, base.at)
        ordered = self._with_blanks(ordered, size, up)
        yield PdfLine(
            _spaced(ordered, size, up).strip(),
            left=min(character.left for character in written),
            right=max(character.right for character in written),
            down=height - up,
            size=size,
            cells=_cells(ordered, size),
        )

    def _with_blanks(self, ordered: list[_Character], size: float, up: float) -> list[_Character]:
        """Returns the characters of a line with the blanks that the library passed over between them."""
        places = self._passed_over.near(up, size)
        if not places:
            return ordered
        written = [(one.left, one.right) for one in ordered if not one.text.isspace()]
        blanks = blanks_between(written, places, size, _CELL_GAP)
        return sorted(
            [*ordered, *(_Character(-1, text, place, place, 0.0) for place, text in blanks)],
            key=lambda character: character.left,
        )

    def _up(self, handle: Any, at: int) -> float:
        """Returns the height of a character's foot above the page's lower edge, in points."""
        across, up = ctypes.c_double(), ctypes.c_double()
        self._raw.FPDFText_GetCharOrigin(handle, at, ctypes.byref(across), ctypes.byref(up))
        return up.value

    def _size(self, handle: Any, at: int) -> float:
        """Returns how large a character is, in points."""
        matrix = self._raw.FS_MATRIX()
        self._raw.FPDFText_GetMatrix(handle, at, ctypes.byref(matrix))
        # Some programs write everything at size 1 and enlarge the page's coordinates.
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        return round(float(self._raw.FPDFText_GetFontSize(handle, at)) * scale, 1)

    def _box(self, handle: Any, at: int) -> Any:
        """Returns the place of a character with the room around it, in points from the lower left corner."""
        box = self._raw.FS_RECTF()
        self._raw.FPDFText_GetLooseCharBox(handle, at, ctypes.byref(box))
        return box


def _listed(pages: Sequence[int]) -> str:
    shown = "、".join(map(str, pages[:_LISTED_PAGES]))
    return f"{shown} 页" + (f"等 {len(pages)} 页" if len(pages) > _LISTED_PAGES else "")


def _spaced(characters: Sequence[_Character], size: float, up: float) -> str:
    """Returns the characters of a line with what stands between them: a cell's edge, a blank, or nothing.

    Between Chinese and Latin letters programs leave a little room that nobody typed (2025年). Small numbers are
    marks of notes, or powers; `size` and `up` are the height of the line and its place.
    """
    pieces: list[str] = []
    sign = ""
    last: _Character | None = None
    for character in characters:
        if last is not None:
            gap = (character.left - last.right) / (size or 1.0)
            if gap > _room(last.text, character.text):
                if not _is_list_mark(pieces):
                    pieces.append(CELL_BREAK if gap > _CELL_GAP else " ")
                elif makes_another_number("".join(pieces), character.text):
                    pieces.append(" ")  # 1. and 5万元 are not 1.5万元
        # What stands apart from its line may be a figure of a table in smaller type.
        is_beside = last is None or character.left - last.right < _MIXED_GAP * size
        is_small = 0 < character.size < _SMALL * size and (is_beside or bool(sign))
        sign = _sign(character.up - up, size) if is_small else ""
        pieces.append(marked(character.text, sign))
        last = character
    text = settled("".join(pieces), notes_behind_words=True)
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _sign(height: float, size: float) -> str:
    """Returns the sign of `raised_text` for a small number that stands so high above its line of this size."""
    if height > _RAISED_BY * size:
        return RAISED
    return LOWERED if height < -_LOWERED_BY * size else ""


def _is_list_mark(pieces: Sequence[str]) -> bool:
    """Returns whether these characters, with which a line begins, are the mark of an item of a list."""
    return len(pieces) <= _LONGEST_MARK and _LIST_MARK.fullmatch("".join(pieces)) is not None


def _room(before: str, behind: str) -> float:
    """Returns how far apart two characters stand at most, in heights of one, if no blank is between them."""
    if before.isspace() or behind.isspace() or (before >= _CHINESE and behind >= _CHINESE):
        return _CELL_GAP
    return _BLANK_GAP if before < _CHINESE and behind < _CHINESE else _MIXED_GAP


def _cells(characters: Sequence[_Character], size: float) -> tuple[tuple[float, float], ...]:
    """Returns where the cells of a row begin and end; () for a line that is none."""
    written = [character for character in characters if not character.text.isspace()]
    breaks = [
        at
        for at, (last, character) in enumerate(pairwise(written), 1)
        if character.left - last.right > _CELL_GAP * (size or 1.0)
    ]
    if not breaks or _is_list_mark([one.text for one in written[: breaks[0]]]):
        return ()
    edges = [0, *breaks, len(written)]
    return tuple((written[start].left, written[end - 1].right) for start, end in pairwise(edges))
