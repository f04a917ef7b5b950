"""The tables at the beginning of Rich Text: its fonts with their code pages, its styles with their levels."""

from __future__ import annotations

from jianggao.sources.rtf_tokens import CHINESE, charset_page, code_page
from jianggao.sources.word_styles import HEADING_NAME
from jianggao.sources.word_symbols import symbol

SYMBOL_CHARSET = 2
_LONGEST_NAME = 60


class RtfTables:
    """What a file says of its fonts and styles; it fills while the file is read."""

    def __init__(self) -> None:
        self.default_font = -1
        self._code_page = CHINESE
        self._charsets: dict[int, int] = {}
        self._font_names: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._defined = -1
        """The font or style that is being defined."""
        self._name = b""
        """What came so far of a style's name."""

    # --- what the file says ---------------------------------------------------------------------------------

    def set_code_page(self, number: int) -> None:
        """Takes the document's own code page."""
        self._code_page = code_page(number)

    def define(self, number: int) -> None:
        """Begins the definition of a font or a style."""
        self._defined = number

    def set_charset(self, charset: int) -> None:
        """Takes the character set of the font that is being defined."""
        self._charsets[self._defined] = charset

    def set_level(self, level: int) -> None:
        """Takes the outline level, from 0, of the style that is being defined."""
        self._levels[self._defined] = level

    def name_font(self, text: bytes) -> None:
        """Takes a piece of a font's name; the first one says enough."""
        name = text.decode("latin-1").strip(" ;")
        if name and self._defined >= 0:
            self._font_names.setdefault(self._defined, name[:_LONGEST_NAME])

    def name_style(self, text: bytes) -> None:
        """Takes a piece of a style's name. LibreOffice's heading styles have no level but in their name."""
        self._name = (self._name + text)[-_LONGEST_NAME:]
        if self._name.endswith(b";"):
            named = HEADING_NAME.fullmatch(self._name[:-1].decode(self._code_page, "replace").strip())
            if named:
                self._levels.setdefault(self._defined, int(named[1]) - 1)
            self._name = b""

    # --- what that means ------------------------------------------------------------------------------------

    def has_symbols(self, font: int) -> bool:
        """Returns whether a font has codes of its own."""
        return self._charsets.get(font) == SYMBOL_CHARSET

    def symbol(self, font: int, code: int) -> str:
        """Returns the real character of a code of a symbol font, "" if nobody knows it."""
        return symbol(self._font_names.get(font, ""), code)

    def decoded(self, font: int, text: bytes) -> str:
        """Returns text that is written in the code page of a font."""
        return text.decode(charset_page(self._charsets.get(font, 1), self._code_page), "replace")

    def level(self, style: int) -> int:
        """Returns the outline level of a style, from 0; -1 if it has none."""
        return self._levels.get(style, -1)
