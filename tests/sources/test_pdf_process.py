"""PDFs are read in a process of their own: what one does to it costs that PDF alone."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from pdf_files import pdf_file, set_paragraphs

from jianggao.sources import pdf_process
from jianggao.sources.document_readers import read_document
from jianggao.sources.document_text import UnreadableDocument
from jianggao.sources.files import RefusedFile, SourceText, read_source
from jianggao.sources.kinds import FileKind
from jianggao.sources.pdf_process import TOO_HEAVY, answer_for, read_pdf_apart

WORDS = "苗圃今年育了三万株樟子松，最好的一垄不在大棚里，在老韩家的后坡上，那里风大，苗反而长得结实，移走也不怕冷。"


def calls_itself() -> bytes:
    """Returns a PDF whose one form draws itself three times, and so on without an end."""
    form = b"/X Do /X Do /X Do (a) Tj"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 3 0 R>>>>/Length %d>>stream\n%b\n"
        b"endstream" % (len(form), form),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</X 3 0 R>>>>/Contents 3 0 R>>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    content += b"xref\n0 5\n0000000000 65535 f \n" + table
    return content + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start


def test_a_pdf_is_read_in_another_process() -> None:
    assert read_pdf_apart(pdf_file([set_paragraphs(["苗圃的话", WORDS])])).lines == ["苗圃的话", WORDS]


def test_what_is_wrong_with_a_pdf_comes_through_the_pipe() -> None:
    with pytest.raises(UnreadableDocument, match="扫描件"):
        read_pdf_apart(pdf_file([[]], picture=True))
    assert answer_for(b"%PDF-1.4 broken") == {"unreadable": "不是完好的 PDF。请重新导出，或另存为 .docx"}


def test_a_form_that_calls_itself_costs_this_pdf_alone_also_in_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "苗圃.zip", "w") as packed:
        packed.writestr("坏.pdf", calls_itself())
        packed.writestr("好.txt", f"苗圃的话\n同志们：\n{WORDS}")
    bad, good = read_source(tmp_path / "苗圃.zip")
    assert isinstance(bad, RefusedFile) and bad.reason == TOO_HEAVY
    assert not bad.passing  # as long as the file stays as it is, no import tries it again
    assert isinstance(good, SourceText) and good.text.endswith(WORDS)


def test_a_process_that_takes_too_long_is_ended() -> None:
    with pytest.raises(UnreadableDocument, match="太久或太占内存"):
        read_pdf_apart(pdf_file([set_paragraphs([WORDS])]), clock=0.05)


def test_where_no_process_starts_the_file_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process.sys, "executable", "/nowhere/python")
    refused = read_document(pdf_file([set_paragraphs([WORDS])]), "苗圃.pdf", FileKind.PDF)
    assert isinstance(refused, RefusedFile) and refused.passing and "没有读成" in refused.reason
