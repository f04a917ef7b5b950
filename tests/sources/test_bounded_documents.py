"""Documents of every kind are read in a time that grows with them, however they are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from growth import too_steep
from hostile_texts import Make
from odt_files import odt_file, p
from word_files import cell, note, package, paragraph, reference, run, table

from jianggao.sources.document_text import DocumentTooLarge, UnreadableDocument, without_comments
from jianggao.sources.odt import read_odt
from jianggao.sources.pdf_lines import PdfLine, without_margins
from jianggao.sources.pdf_paragraphs import paragraphs_of
from jianggao.sources.rtf import read_rtf
from jianggao.sources.word import read_word


def again(unit: str) -> Make:
    return lambda size: unit * (size // len(unit) + 1)


def refused(read: Callable[[bytes], object]) -> Callable[[bytes], object]:
    def reading(content: bytes) -> object:
        try:
            return read(content)
        except (DocumentTooLarge, UnreadableDocument):
            return None

    return reading


POWER = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
WORD: Mapping[str, Make] = {
    "runs": again(run("渠")),
    "paragraphs": again(paragraph("渠")),
    "symbols that nobody knows": again(paragraph('<w:r><w:sym w:font="X" w:char="E001"/></w:r>')),
    "references to one note": lambda size: paragraph(
        reference("footnote", 2) * (size // 60) + run("渠" * 80)
    ),
    "diagrams shown again": again(
        paragraph('<w:r><w:drawing><dgm:relIds r:dm="diagramData"/></w:drawing></w:r>')
    ),
    "boxes": again(
        paragraph(f"<w:r><w:pict><w:txbxContent>{paragraph('框')}</w:txbxContent></w:pict></w:r>")
    ),
    "cells": lambda size: table(cell("渠") * (size // 80)),
    "wide cells": lambda size: table(cell("渠", '<w:gridSpan w:val="999999"/>') * (size // 120)),
    "rows": lambda size: table(*[cell("渠") + cell("")] * (size // 160)),
    "formulas": lambda size: paragraph(
        "<m:oMath>"
        + "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
        * (size // 120)
        + "</m:oMath>"
    ),
    "comments that open": again(paragraph("&lt;!--")),
    "large letters": again(paragraph("渠", '<w:framePr w:dropCap="drop"/>')),
}
RTF: Mapping[str, Make] = {
    repr(unit): again(unit)
    for unit in (
        *(
            "{",
            "}",
            "{}",
            "{a}",
            "\\",
            "\\'b0",
            "\\'",
            "\\u1?",
            "\\uc9\\u1 ",
            "\\par ",
            "\\cell ",
            "\\row ",
            "a\\cell\\row ",
        ),
        *(
            "{\\footnote a}",
            "{\\footnote ",
            "{\\listtext a}",
            "{\\shptxt a\\par}",
            "{\\object}",
            "\\bin9",
            "\\v ",
            "\r\n",
        ),
        *(
            "{\\fonttbl{\\f1 a;}}",
            "\\f1 ",
            "\\intbl a\\par ",
            "\\'c4\\u20320?",
            "{\\*\\x ",
            "\\chftn{\\footnote a}",
        ),
    )
}
ODT: Mapping[str, Make] = {
    "paragraphs": again(p("渠")),
    "notes": again(p("渠<text:note><text:note-body><text:p>注</text:p></text:note-body></text:note>")),
    "boxes": again(p(f"<draw:frame><draw:text-box>{p('框')}</draw:text-box></draw:frame>")),
    "formulas": again(p("<draw:frame><draw:object/></draw:frame>")),
    "items": lambda size: (
        "<text:list>" + f"<text:list-item>{p('件')}</text:list-item>" * (size // 50) + "</text:list>"
    ),
    "cells": lambda size: (
        "<table:table><table:table-row>"
        + f"<table:table-cell>{p('格')}</table:table-cell>" * (size // 60)
        + "</table:table-row></table:table>"
    ),
}


@pytest.mark.parametrize("name", WORD)
def test_word(name: str) -> None:
    parts = {"footnotes": note("footnote", 2, "注" * 50), "diagramData": "<a:p><a:t>图</a:t></a:p>"}
    slow = too_steep(
        refused(read_word),
        texts={name: WORD[name]},
        prepare=lambda body: package(body, parts),
        largest=1 << 17,
    )
    assert [str(one) for one in slow] == []


def test_rtf() -> None:
    def made(body: str) -> bytes:
        return b"{\\rtf1\\ansicpg936 " + body.encode("gb18030")

    assert [str(one) for one in too_steep(refused(read_rtf), texts=RTF, prepare=made)] == []


def test_odt() -> None:
    assert [
        str(one) for one in too_steep(refused(read_odt), texts=ODT, prepare=odt_file, largest=1 << 17)
    ] == []


def _lines(text: str) -> list[list[PdfLine]]:
    lines = [
        PdfLine(text[at : at + 30], 90.0, 450.0, 18.0 * (at // 30 % 40), 12.0)
        for at in range(0, len(text), 30)
    ]
    return [lines[at : at + 40] for at in range(0, len(lines), 40)]


def test_pdf() -> None:
    assert [str(one) for one in too_steep(without_margins, prepare=_lines, texts=TEXTS)] == []
    assert [str(one) for one in too_steep(paragraphs_of, prepare=_lines, texts=TEXTS)] == []


TEXTS: Mapping[str, Make] = {
    unit: again(unit) for unit in ("渠", "1", "一、渠。", "[1] 注", " | ", "\u00ad", "a b", "渠 ")
}


@pytest.mark.parametrize("unit", ["<!--", "-->", "<!---->", "<!-- 渠 -->", "\n<!--"])
def test_comments(unit: str) -> None:
    slow = too_steep(
        without_comments, texts={unit: again(unit)}, prepare=lambda text: text.split("\n"), largest=1 << 17
    )
    assert [str(one) for one in slow] == []
