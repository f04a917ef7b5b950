"""Documents made so that looking at their layout, which the bot does itself, stops it or fills its memory."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from time import thread_time

import pytest
from docx import Document
from marked_documents import SHORT, document

from jianggao.sources.files import SourceText, read_sent_file
from jianggao.tracing.docx_layout import DocxLayout, Paragraph, Run, docx_layout
from jianggao.tracing.layout_watermark import (
    BITS,
    letters_in_a_unit,
    read_layouts,
    spacing,
    units,
)

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FIRST = (
    b'<Relationship Id="rId900" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" '
    b'Target="word/document.xml"/>'
)
TEXT = "会场里挂着旧地图，图上的渡口早就没有船了。"
MEGABYTE = 1_000_000
DOCUMENTS = {
    "a long address, before many attributes": f'<w:d {_WORD} xmlns:b="{"u" * 100_000}"><x '
    + " ".join(f'b:a{number}=""' for number in range(2_000))
    + "/></w:d>",
    "a long address, in a tag that is none too long": f'<w:d {_WORD} xmlns:b="{"u" * 60_000}"><x '
    + " ".join(f'b:a{number}=""' for number in range(4_000))
    + "/></w:d>",
    "many attributes": f"<w:d {_WORD} " + " ".join(f'w:a{number:x}=""' for number in range(300_000)) + "/>",
    "the same in UTF-16, with bytes that look like tags": f"<w:d {_WORD} "
    + " ".join(f'\u4e3c{number:x}=""' for number in range(300_000))
    + "/>",
    "many namespaces": f"<w:d {_WORD} "
    + " ".join(f'xmlns:a{number:x}="b"' for number in range(200_000))
    + "/>",
    "a long comment": f"<w:d {_WORD}><!--{'x' * (15 * MEGABYTE)}--></w:d>",
    "a comment with tags in it": f"<w:d {_WORD}><!--{'<x' * 1_900_000}--></w:d>",
    "many elements": f"<w:d {_WORD}>{'<x/>' * 1_900_000}</w:d>",
}
ORDINARY = f"<w:d {_WORD}>{f'<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>' * 20_000}</w:d>"


def with_text_elsewhere(layout: bytes) -> bytes:
    """A .docx that names two parts as the document: python-docx reads the text in the second, and never looks
    at `layout`, the first."""
    plain, buffer = Document(), io.BytesIO()
    plain.add_paragraph(TEXT)
    plain.save(buffer)
    made = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in ("[Content_Types].xml", "_rels/.rels"):
                content = content.replace(b"word/document.xml", b"word/text.xml")
            if name == "_rels/.rels":
                content = content.replace(b"<Relationship ", _FIRST + b"<Relationship ", 1)
            new.writestr(
                name.replace("word/document.xml", "word/text.xml").replace(
                    "/_rels/document.xml", "/_rels/text.xml"
                ),
                content,
            )
        new.writestr("word/document.xml", layout)
    return made.getvalue()


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_it_is_not_taken_apart(kind: str) -> None:
    layout = DOCUMENTS[kind].encode("utf-16" if "UTF-16" in kind else "utf-8")
    content = with_text_elsewhere(layout)
    read = read_sent_file(content, "讲话.docx")
    assert isinstance(read, SourceText) and read.text == TEXT
    found, took = timed(content)
    tracemalloc.start()
    try:
        docx_layout(content)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found is None or not found.paragraphs
    assert most < 20 * MEGABYTE, f"{most / MEGABYTE:.0f} MB"
    # Files of up to 15 MB are compared with one of 2 MB that somebody wrote: three to four times its time is usual.
    _, ordinary = timed(with_text_elsewhere(ORDINARY.encode()))
    assert took < 20 * ordinary, f"{took / ordinary:.1f} times"


def timed(content: bytes) -> tuple[DocxLayout | None, float]:
    """The layout, and the seconds of this thread that it took."""
    before = thread_time()
    found = docx_layout(content)
    return found, thread_time() - before


def test_a_text_that_fills_a_file_costs_no_more_with_twelve_editions() -> None:
    """Its letters were held for each edition, with each place that they have in it: half a gigabyte of
    400,000."""
    unit = "".join(f"第{at}年的水位记在渠首的墙上，{chr(0x4E00 + at)}家都去看过。" for at in range(30))
    filled = DocxLayout([Paragraph([Run(unit, -6 - at % 2)]) for at in range(100_000 // len(unit))])
    editions = {version: unit + "尾" * version for version in range(12)}
    tracemalloc.start()
    try:
        read_layouts(filled, editions)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 15 * MEGABYTE, f"{most / MEGABYTE:.0f} MB"


@pytest.mark.parametrize("times", [1, 2, 4])
def test_a_text_that_stands_in_a_file_a_few_times_is_read_in_each_place(times: int) -> None:
    """Each place has a vote: two of three outvote the third."""
    unit = "".join(f"第{at}年的水位记在渠首的墙上，{chr(0x4E00 + at)}家都去看过。" for at in range(60))
    layout = [at // 3 % 2 for at in range(BITS)]
    other = [1 - bit for bit in layout]
    written = [layout] * times
    right = DocxLayout([paragraph_of(unit, one) for one in written])
    assert read_layouts(right, {1: unit})[1] == layout
    outvoted = DocxLayout([paragraph_of(unit, one) for one in [other, *written][:4]])
    expected = {1: [None] * BITS, 2: layout, 4: layout}[times]
    assert read_layouts(outvoted, {1: unit})[1] == expected


def paragraph_of(text: str, layout: list[int]) -> Paragraph:
    return Paragraph(
        [Run(piece, spacing(layout, unit)) for piece, unit in units(text, 0, letters_in_a_unit(len(text)))]
    )


def test_the_list_of_parts_is_bounded_too() -> None:
    for written in (b"<R>" + b"<x/>" * 100_000, b"<!DOCTYPE x>" + b"<R/>", b"<R", b"\xff\xfe"):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            new.writestr("_rels/.rels", written)
            new.writestr("word/document.xml", f"<w:d {_WORD}><w:p/></w:d>")
        assert docx_layout(made.getvalue()) is None


@pytest.mark.parametrize(
    "target", ["word/document2.xml", "/word/document2.xml", "word/../word/document2.xml"]
)
def test_the_document_is_the_part_that_is_named_so(target: str) -> None:
    """Word on the web writes document2.xml."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        relation = _FIRST.replace(b"word/document.xml", target.encode())
        new.writestr("_rels/.rels", b"<Relationships>" + relation + b"</Relationships>")
        new.writestr("word/document2.xml", f"<w:d {_WORD}><w:p/><w:p/></w:d>")
    found = docx_layout(made.getvalue())
    assert found is not None and len(found.paragraphs) == 2


def rewritten(content: bytes, change: Callable[[str], str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            xml = old.read(name)
            new.writestr(name, change(xml.decode()).encode() if name == "word/document.xml" else xml)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04nothing",
        "只是一段文字".encode(),
        document(SHORT)[:4_000],
    ],
)
def test_what_is_no_docx_has_no_layout(content: bytes) -> None:
    assert docx_layout(content) is None


def test_hostile_documents_have_no_layout() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>'
    for xml in (entities, "<w:document>", "x" * 21 * 1024 * 1024, "<a>" * 1_000_000):
        assert docx_layout(rewritten(document(SHORT), lambda _, xml=xml: xml)) is None
