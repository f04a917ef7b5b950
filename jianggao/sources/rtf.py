"""Reads Rich Text (.rtf) as lines of text, the way a reader of the page sees them.

Rows of tables, numbers of lists, notes, text boxes and headings are kept, which the libraries for this format lose.
Deleted and hidden text and comments are left out, headers and footers kept apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from jianggao.sources.document_text import (
    PICTURES_ALONE,
    TOO_DEEP,
    UNKNOWN_SIGN,
    DocumentProblems,
    DocumentText,
    UnreadableDocument,
    without_comments,
    without_title_marks,
)
from jianggao.sources.page_margins import typed_margin
from jianggao.sources.raised_text import LOWERED, RAISED, settled, sign_of_height
from jianggao.sources.rtf_state import USUAL_SIZE, RtfPlace, RtfState, paired
from jianggao.sources.rtf_tables import RtfTables
from jianggao.sources.rtf_tokens import (
    APART,
    ENDS,
    KEPT,
    LEFT_OUT,
    MARGINS,
    NAMED,
    SIGNS,
    RtfToken,
    TokenKind,
    tokens,
)
from jianggao.sources.table_rows import row_lines
from jianggao.sources.word_symbols import UNKNOWN_SYMBOL

_DEEPEST = 500
_HEADING_LEVELS = 9
_UP = 6
"""Half points that \\up and \\dn mean without a number."""


def read_rtf(content: bytes) -> DocumentText:
    """Returns the text of a Rich Text file. Raises DocumentTooLarge and UnreadableDocument."""
    return _RtfReader().read(content)


class _RtfReader:
    """Reads one file, token by token."""

    def __init__(self) -> None:
        self._state = RtfState()
        self._outer: list[RtfState] = []
        self._tables = RtfTables()
        self._bytes = bytearray()
        """Text that came and isn't decoded yet: a character may come in two tokens."""
        self._to_skip = 0
        self._starred = False
        self._places = [RtfPlace()]
        self._notes: list[tuple[str, RtfPlace]] = []
        """Mark and text of each note; the mark is "" where the author wrote his own."""
        self._numbered = 0
        self._is_marked = False
        """Whether the number of a note stood in the text in hand."""
        self._text = DocumentText()
        self._problems = DocumentProblems()
        self._paragraphs = 0
        self._pictures = 0

    def read(self, content: bytes) -> DocumentText:
        for token in tokens(content):
            self._take(token)
            if token.kind is TokenKind.CLOSE and not self._outer:
                break  # behind the last brace stands padding
        self._flush()
        del self._places[1:]  # a file may have been cut off in a note
        page = self._places[0]
        self._end(page)
        for line in page.lines:
            self._text.add(line)
        for mark, note in self._notes:
            self._text.add_note(mark, note.lines)
        self._text.lines = without_comments(self._text.lines)
        self._text.problems = self._problems.sentences()
        if self._pictures and not any(map(str.strip, self._text.lines)):
            raise UnreadableDocument(PICTURES_ALONE)
        return self._text

    # --- tokens ---------------------------------------------------------------------------------------------

    def _take(self, token: RtfToken) -> None:
        if token.kind is TokenKind.BYTES:
            self._take_bytes(token.text)
        elif token.kind is TokenKind.OPEN:
            self._flush()
            if len(self._outer) >= _DEEPEST:
                raise UnreadableDocument(TOO_DEEP)
            self._outer.append(self._state)
            self._state = replace(self._state, apart="")
            self._starred, self._to_skip = False, 0
        elif token.kind is TokenKind.CLOSE:
            self._close()
        elif token.kind is TokenKind.SIGN:
            self._take_sign(token.text)
        else:
            self._take_word(token.text.decode("ascii"), token.number)

    def _close(self) -> None:
        self._flush()
        self._to_skip = 0
        if self._state.apart and len(self._places) > 1:
            self._leave_place(self._state.apart)
        if self._outer:
            self._state = self._outer.pop()

    def _take_bytes(self, text: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(text))
            self._to_skip -= skipped
            text = text[skipped:]
        if self._state.table == "fonttbl":
            self._tables.name_font(text)
        elif self._state.table == "stylesheet":
            self._tables.name_style(text)
        elif text and not self._state.is_unseen:
            self._bytes += text

    def _take_sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in b"\\{}":
            self._take_bytes(sign)
        elif sign in b"\r\n":
            self._flush()
            self._end_paragraph(self._places[-1])
        else:
            self._flush()
            self._write({b"~": "\u00a0", b"_": "-"}.get(sign, ""))

    def _take_word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        self._flush()
        if self._to_skip and word != "u":
            self._to_skip -= 1
        if word in LEFT_OUT or (starred and word not in KEPT):
            self._leave_out(word)
        elif word in APART and not self._state.is_unseen:
            self._enter_place(word)
        elif word in SIGNS:
            self._write(SIGNS[word])
        elif self._state.left_out and word in ENDS:
            return
        elif word in _WORDS:
            _WORDS[word](self, number)

    def _leave_out(self, word: str) -> None:
        """Leaves out the group whose first word this is; tables of fonts and styles are read for themselves."""
        if not (self._state.is_unseen or self._places[-1].is_margin):
            self._pictures += word == "pict"
            if word in NAMED:
                self._problems.note(NAMED[word], self._paragraphs + 1)
                self._write(UNKNOWN_SIGN)
        table = word if word in ("fonttbl", "stylesheet") else self._state.table
        self._state = replace(self._state, left_out=True, table=table)

    # --- places ---------------------------------------------------------------------------------------------

    def _enter_place(self, word: str) -> None:
        if word == "footnote":
            self._numbered += self._is_marked
            mark = f"[{self._numbered}]" if self._is_marked else ""
            self._write(mark)
            self._notes.append((mark, RtfPlace()))
            self._places.append(self._notes[-1][1])
        else:
            self._places.append(RtfPlace(is_margin=word in MARGINS or self._places[-1].is_margin))
        self._state = replace(self._state, apart=word, in_table=False, outline=-1, style=-1)

    def _leave_place(self, word: str) -> None:
        place = self._places.pop()
        if word in ("listtext", "pntext"):
            mark = settled("".join(place.paragraph)).strip()
            # Bullets are decoration; "1" would run into the text behind it, 一、 doesn't.
            if any(map(str.isalnum, mark)):
                self._places[-1].begin_item(mark + " " if mark[-1:].isalnum() else mark)
            return
        self._end(place)
        if word == "footnote":
            self._is_marked = False
        elif word in MARGINS:
            self._text.margins += typed_margin(place.lines)
        else:
            self._places[-1].lines += place.lines  # before the paragraph that carries the text box

    def _end(self, place: RtfPlace) -> None:
        if place.paragraph:
            self._end_paragraph(place)
        self._end_row(place)

    # --- text -----------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        """Writes the bytes that came, by the code page of their font."""
        if not self._bytes:
            return
        taken, self._bytes = bytes(self._bytes), bytearray()
        if self._tables.has_symbols(self._state.font):
            self._write("".join(map(self._symbol, taken)))
        else:
            self._write(self._tables.decoded(self._state.font, taken))

    def _symbol(self, code: int) -> str:
        """Returns the real character of a code of the symbol font in hand."""
        known = self._tables.symbol(self._state.font, code)
        if not known:
            self._problems.note(UNKNOWN_SYMBOL, self._paragraphs + 1)
        return known or UNKNOWN_SIGN

    def _write(self, text: str) -> None:
        state, place = self._state, self._places[-1]
        if not text or state.is_unseen:
            return
        beside = place.size if place.paragraph else 0
        sign = state.raised or sign_of_height(state.height, state.size, beside)
        place.write(text, sign)
        if not sign:
            place.size = state.size

    def _end_paragraph(self, place: RtfPlace) -> None:
        """Ends a paragraph: it is a line of the cell in hand, or of the place."""
        text = settled(paired("".join(place.paragraph)))
        place.paragraph.clear()
        if self._state.in_table:
            place.cell.append(text)
            return
        self._end_row(place)
        if place is self._places[0]:
            if not self._paragraphs:
                text = without_title_marks(text, [mark for mark, _ in self._notes])
            self._paragraphs += bool(text.strip())
            level = self._level()
            if level and text.strip():
                self._text.set_heading(text.split("\n")[0], level)
        place.lines.append(text)

    def _level(self) -> int:
        """Returns 1–9 for a heading, else 0: the paragraph's own outline level, or that of its style."""
        outline = self._state.outline
        if outline < 0:
            outline = self._tables.level(self._state.style)
        return outline + 1 if 0 <= outline < _HEADING_LEVELS else 0

    def _end_row(self, place: RtfPlace) -> None:
        if place.cell:
            place.cells.append(place.cell)
            place.cell = []
        if place.cells:
            place.lines += row_lines(place.cells)
            self._paragraphs += 1
            place.cells = []

    # --- control words --------------------------------------------------------------------------------------

    def _unicode(self, number: int | None) -> None:
        code = (number or 0) % 0x10000 if (number or 0) < 0x10000 else number or 0
        if self._tables.has_symbols(self._state.font):
            self._write(self._symbol(code) if not self._state.is_unseen else "")
        elif 0x20 <= code <= 0x10FFFF:
            self._write(chr(code))
        self._to_skip = self._state.skip

    def _end_cell(self, number: int | None) -> None:
        place = self._places[-1]
        if place.paragraph or not place.cell:
            place.cell.append(settled(paired("".join(place.paragraph))))
            place.paragraph.clear()
        place.cells.append(place.cell)
        place.cell = []

    def _font(self, number: int | None) -> None:
        font = -1 if number is None else number
        self._tables.define(font) if self._state.table == "fonttbl" else self._set(font=font)

    def _charset(self, number: int | None) -> None:
        if self._state.table == "fonttbl" and number is not None:
            self._tables.set_charset(number)

    def _style(self, number: int | None) -> None:
        style = -1 if number is None else number
        self._tables.define(style) if self._state.table == "stylesheet" else self._set(style=style)

    def _outline(self, number: int | None) -> None:
        level = _HEADING_LEVELS if number is None else number
        self._tables.set_level(level) if self._state.table == "stylesheet" else self._set(outline=level)

    def _set_default_font(self, number: int | None) -> None:
        self._tables.default_font = -1 if number is None else number
        self._set(font=self._tables.default_font)

    def _plain(self, number: int | None) -> None:
        self._state = replace(
            self._state,
            hidden=False,
            deleted=False,
            raised="",
            height=0,
            size=USUAL_SIZE,
            font=self._tables.default_font,
        )

    def _unset_paragraph(self, number: int | None) -> None:
        self._set(in_table=False, style=-1, outline=-1)

    def _note_number(self, number: int | None) -> None:
        self._is_marked = True

    def _set(self, **changes: bool | int | str) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]


_WORDS: Mapping[str, Callable[[_RtfReader, int | None], None]] = {
    "u": _RtfReader._unicode,
    "uc": lambda reader, number: reader._set(skip=1 if number is None else max(number, 0)),
    "par": lambda reader, number: reader._end_paragraph(reader._places[-1]),
    "sect": lambda reader, number: reader._end_paragraph(reader._places[-1]),
    "cell": _RtfReader._end_cell,
    "row": lambda reader, number: reader._end_row(reader._places[-1]),
    "intbl": lambda reader, number: reader._set(in_table=True),
    "pard": _RtfReader._unset_paragraph,
    "plain": _RtfReader._plain,
    "v": lambda reader, number: reader._set(hidden=number != 0),
    "deleted": lambda reader, number: reader._set(deleted=number != 0),
    "super": lambda reader, number: reader._set(raised="" if number == 0 else RAISED),
    "sub": lambda reader, number: reader._set(raised="" if number == 0 else LOWERED),
    "nosupersub": lambda reader, number: reader._set(raised=""),
    "up": lambda reader, number: reader._set(height=_UP if number is None else number),
    "dn": lambda reader, number: reader._set(height=-(_UP if number is None else number)),
    "fs": lambda reader, number: reader._set(size=number or USUAL_SIZE),
    "f": _RtfReader._font,
    "fcharset": _RtfReader._charset,
    "s": _RtfReader._style,
    "outlinelevel": _RtfReader._outline,
    "ansicpg": lambda reader, number: reader._tables.set_code_page(number or 0),
    "deff": _RtfReader._set_default_font,
    "chftn": _RtfReader._note_number,
}
