"""Reads documents that are embedded whole in a Word file (`w:altChunk`), as programs make them that turn web pages
into .docx."""

from __future__ import annotations

from jianggao.sources.encodings import decode
from jianggao.sources.html_pages import decode_page, html_text
from jianggao.sources.kinds import FileKind, kind_of
from jianggao.sources.rtf import read_rtf
from jianggao.sources.web_archives import page_in

_DOCUMENT = "embedded.doc"
"""A name that lets the bytes say what they are."""


def chunk_lines(content: bytes) -> list[str] | None:
    """Returns the lines of an embedded web page, Rich Text or plain text; None for what isn't read."""
    kind = kind_of(content, _DOCUMENT)
    if kind is FileKind.RTF:
        return read_rtf(content).lines
    if kind in (FileKind.HTML, FileKind.MHTML):
        page = decode_page((page_in(content) or b"") if kind is FileKind.MHTML else content)
        return None if page is None else html_text(page[0]).text.split("\n")
    plain = decode(content) if kind is FileKind.TEXT and content.strip() else None
    return None if plain is None else plain[0].splitlines()
