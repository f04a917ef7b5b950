"""Writes a speech as a .docx, set the way GB/T 9704-2012 (党政机关公文格式) sets official documents.

A pure function of its arguments, and a fast one (`docs/performance.md`): fit for a worker thread.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import takewhile
from xml.sax.saxutils import escape

from jianggao.documents.blocks import Block
from jianggao.documents.layout_marks import Marker
from jianggao.documents.official_parts import (
    CORE,
    DECLARATION,
    DOCUMENT,
    HINT,
    NAMESPACES,
    fixed_parts,
    run_in_style,
    section,
    spacing,
)
from jianggao.documents.official_style import (
    BODY,
    CHARACTERS,
    EDITORS_NOTE,
    END_NOTICE,
    HEADINGS,
    LINE_PITCH,
    LINE_WIDTH,
    NOTICE,
    SALUTATION,
    TITLE,
    TITLE_POINTS,
    UNDER_TITLE,
    Style,
)
from jianggao.documents.title_lines import even_width

_ILLEGAL = re.compile("[^\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold, and line ends: a block is one paragraph."""
_MEMBER_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every member of the package: a .zip knows no earlier one. When a copy was made is nobody's
business."""


def official_document(
    blocks: Sequence[Block], *, title: str, notice: str, layout: Sequence[int] | None = None
) -> bytes:
    """Returns the .docx: the notice, a paragraph for each block, the notice again.

    Each line of the notice is a paragraph; "" makes none. `title` goes into the document's properties, which
    hold nothing else. Characters that XML can't hold are left out. `layout` are the bits that its layout
    carries (`tracing.layout`). The same arguments give the same bytes.
    """
    body = "".join([*_notice(notice, NOTICE), *_paragraphs(blocks, layout), *_notice(notice, END_NOTICE)])
    document = f"<w:document {NAMESPACES}><w:body>{body}{section()}</w:body></w:document>"
    return _package(
        {**fixed_parts(), DOCUMENT: DECLARATION + document, CORE: DECLARATION + _properties(title)}
    )


def _notice(notice: str, style: Style) -> Iterator[str]:
    return (_paragraph(style, _run(line)) for line in notice.splitlines() if line.strip())


def _paragraphs(blocks: Sequence[Block], layout: Sequence[int] | None) -> Iterator[str]:
    """Yields the paragraphs of the blocks; the last line of title and occasion has an empty line behind
    it."""
    front = sum(1 for _ in takewhile(lambda block: block.kind in ("title", "line"), blocks))
    marker = None if layout is None else Marker(layout, blocks)
    for place, block in enumerate(blocks):
        changes = spacing(0, LINE_PITCH) if place == front - 1 else ""
        if block.kind == "title":
            yield _paragraph(TITLE, _run(block.text), changes + _title_indent(block.text))
        elif block.kind == "line":
            under_title = UNDER_TITLE if len(block.text) <= CHARACTERS else EDITORS_NOTE
            yield _paragraph(under_title, _run(block.text), changes)
        elif block.kind == "salutation":
            yield _paragraph(SALUTATION, _run(block.text), changes)
        elif block.kind == "heading" and not block.run_in:
            yield _paragraph(HEADINGS[block.level - 1], _marked_runs(marker, place, block.text))
        else:
            # A heading that begins its paragraph is one of the body: as a heading, Word's navigation pane
            # would show all of it. Word's own way, a hidden paragraph mark behind the sentence
            # (w:specVanish), makes two paragraphs of it wherever the text is taken out, and a copy's
            # paragraph breaks are its own.
            style = run_in_style(block.level) if block.run_in else ""
            lead = _marked_runs(marker, place, block.text[: block.run_in], style)
            rest = _marked_runs(marker, place, block.text[block.run_in :], before=block.text[: block.run_in])
            runs = (marker.bookmark(place) if marker else "") + lead + rest
            yield _paragraph(BODY, runs, changes + (marker.indent(place) if marker else ""))


def _marked_runs(marker: Marker | None, place: int, text: str, style: str = "", before: str = "") -> str:
    """Returns `text` of the block at `place`, which stands behind `before` in it, as runs that carry the
    layout's bits; as one run where there is no marker."""
    if marker is None:
        return _run(text, style)
    return "".join(_run(piece, style, closer) for piece, closer in marker.pieces(place, text, before))


def _title_indent(text: str) -> str:
    """Returns the indents of a title that takes several lines; "" for one that fits into a line.

    Both sides are drawn in so far that a line holds `even_width` characters and half of one more: not a whole
    one, and no line is broken early by rounding.
    """
    width = even_width(_legal(text))
    if width is None:
        return ""
    side = int((LINE_WIDTH - (width + 0.5) * TITLE_POINTS * 20) / 2)
    return f'<w:ind w:left="{side}" w:right="{side}"/>'


def _paragraph(style: Style, runs: str, changes: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style.id}"/>{changes}</w:pPr>{runs}</w:p>'


def _run(text: str, character_style: str = "", closer: int | None = None) -> str:
    """Returns a run. `closer` is how far apart its characters stand, in twips, where it isn't as the style
    has it."""
    style = f'<w:rStyle w:val="{character_style}"/>' if character_style else ""
    apart = "" if closer is None else f'<w:spacing w:val="{closer}"/>'
    parts = escape(_legal(text)).split("\t")
    inner = "<w:tab/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in parts)
    return f"<w:r><w:rPr>{style}<w:rFonts {HINT}/>{apart}</w:rPr>{inner}</w:r>"


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _properties(title: str) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(_legal(title))}</dc:title></cp:coreProperties>'
    )


def _package(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, xml in parts.items():
            member = zipfile.ZipInfo(name, _MEMBER_TIME)
            member.create_system = 0  # the same on every system
            archive.writestr(member, xml.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
