"""Cuts Rich Text into its tokens, and knows its code pages and destinations (RTF 1.9.1)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,40})(-?\d{1,10})? ?"  # a control word with its number
    rb"|((?:\\'[0-9a-fA-F]{2}){1,4000})"  # bytes of the font's code page
    rb"|\\([^a-zA-Z])"  # a control symbol
    rb"|([{}])"
    rb"|([^\\{}\r\n]{1,4000})"
)
CHINESE = "gb18030"
_MULTIBYTE = frozenset({CHINESE, "big5hkscs", "cp932", "cp949", "utf-8"})
_CODE_PAGES: Mapping[int, str] = {
    **{936: CHINESE, 54936: CHINESE, 950: "big5hkscs", 932: "cp932", 949: "cp949", 65001: "utf-8"},
    **{10000: "mac-roman", 10008: CHINESE},
}
_CHARSETS: Mapping[int, str] = {
    **{77: "mac-roman", 128: "cp932", 129: "cp949", 134: CHINESE, 136: "big5hkscs", 161: "cp1253"},
    **{162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251"},
    **{222: "cp874", 238: "cp1250"},
}
"""The code page of each \\fcharset; others are the document's own."""
# Destinations whose text is none of the page's. All that begin with \* are left out too, but for those in KEPT.
LEFT_OUT = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "fldinst"),
        *("filetbl", "listtable", "do"),
        *("listoverridetable", "revtbl", "rsidtbl", "generator", "themedata", "colorschememapping"),
        *("latentstyles", "datastore", "xmlnstbl", "annotation", "atnid", "atnauthor", "ftnsep", "ftnsepc"),
        *(
            "ftncn",
            "aftnsep",
            "aftnsepc",
            "aftncn",
            "pnseclvl",
            "bkmkstart",
            "bkmkend",
            "nonshppict",
            "mmath",
        ),
        *("tc", "xe", "rxe", "template", "shprslt", "sn", "sv", "pgdsctbl", "nesttableprops", "ud"),
    )
)
KEPT = frozenset({"shptxt", "shppict", "shpinst", "fldrslt", "pntext", "listtext", "footnote", "dptxbxtext"})
SIGNS: Mapping[str, str] = {
    **{"line": "\n", "page": "\n", "column": "\n", "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•"},
    **{"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": "　", "enspace": " "},
    **{"qmspace": " ", "nestcell": " ", "nestrow": "；"},
}
NAMED: Mapping[str, str] = {
    "object": "嵌入的对象，没有读出文字",
    "mmath": "公式，没有读出文字",
}
"""Destinations that hold what can't be read, with their problem."""
ENDS = frozenset({"par", "sect", "cell", "row"})
"""Words that end something, which in a header or a comment is none of the page's."""
MARGINS = frozenset(f"{edge}{pages}" for edge in ("header", "footer") for pages in ("", "l", "r", "f"))
"""Destinations that stand in the margins of pages: of all, of left or right ones, of the first."""
APART = MARGINS | {"footnote", "listtext", "pntext", "shptxt", "dptxbxtext"}
"""Destinations whose text goes to a place of its own."""


class TokenKind(Enum):
    """What a token is."""

    WORD = "word"
    SIGN = "sign"
    BYTES = "bytes"
    OPEN = "{"
    CLOSE = "}"


@dataclass(frozen=True, slots=True)
class RtfToken:
    """A control word with its number, a control symbol, the bytes of text, or a brace."""

    kind: TokenKind
    text: bytes = b""
    number: int | None = None


def tokens(content: bytes) -> Iterator[RtfToken]:
    """Yields the tokens of a file; what follows \\bin is passed over, since it may hold any byte."""
    at = 0
    while (match := _TOKEN.search(content, at)) is not None:
        at = match.end()
        word, number, codes, sign, brace, plain = match.groups()
        if word is not None:
            token = RtfToken(TokenKind.WORD, word, None if number is None else int(number))
            if word == b"bin":
                at += max(token.number or 0, 0)
            yield token
        elif codes is not None:
            yield RtfToken(TokenKind.BYTES, bytes.fromhex(codes.replace(b"\\'", b"").decode("ascii")))
        elif plain is not None:
            yield RtfToken(TokenKind.BYTES, plain)
        elif brace is not None:
            yield RtfToken(TokenKind.OPEN if brace == b"{" else TokenKind.CLOSE)
        else:
            yield RtfToken(TokenKind.SIGN, sign)


def code_page(number: int) -> str:
    """Returns Python's name of a Windows code page; Chinese for one that it doesn't know."""
    if number in _CODE_PAGES:
        return _CODE_PAGES[number]
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return CHINESE


def charset_page(charset: int, document: str) -> str:
    """Returns the code page of a font's \\fcharset in a document of that code page.

    Charset 0 is Western, but programs in China write it for fonts whose text is Chinese.
    """
    if charset == 0 and document not in _MULTIBYTE:
        return "cp1252"
    return _CHARSETS.get(charset, document)
