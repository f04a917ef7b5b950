"""Documents of every kind: broken ones, those in another's clothes, those that take too much."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from odt_files import odt_file, p
from pdf_files import pdf_file, set_paragraphs
from word_files import package, paragraph

from jianggao.sources import archives, document_readers
from jianggao.sources.document_readers import read_document
from jianggao.sources.document_text import TOO_DEEP, DocumentText
from jianggao.sources.files import RefusedFile, SourceText, read_sent_file, read_source
from jianggao.sources.kinds import FileKind

WORDS = "渡口的船老大说，水路三十里，一里一个脾气，摸熟了才敢夜里走。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)
SLIDES = io.BytesIO()
with zipfile.ZipFile(SLIDES, "w") as packed:
    packed.writestr("[Content_Types].xml", "")
    packed.writestr("ppt/presentation.xml", "")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        ("a.docx", SLIDES.getvalue(), "演示文稿或表格"),
        ("a.docx", b"PK\x03\x04 broken", "不是完好的 Word 文档"),
        ("a.docx", bytes(range(256)) * 9, "里面不是 .docx 文档，也不是文字"),
        ("a.doc", b"", "空文件"),
        ("a.pdf", b"\x00\x01\xfe\xff" * 99, "里面不是 .pdf 文档，也不是文字"),
        ("a.odt", odt_file("<text:p>"), "不是完好的文档"),
        ("a.docx", package("<w:tbl><w:tr><w:tc>" * 100 + "</w:tc></w:tr></w:tbl>" * 100), TOO_DEEP),
        (
            "a.odt",
            odt_file("<text:list><text:list-item>" * 200 + "</text:list-item></text:list>" * 200),
            TOO_DEEP,
        ),
        ("a.rtf", b"{\\rtf1 " + b"{" * 900 + b"a" + b"}" * 901, TOO_DEEP),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    (refused,) = read_source(tmp_path / name)
    assert isinstance(refused, RefusedFile) and reason in refused.reason


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.rtf", "a.pdf"])
def test_plain_text_under_a_documents_name_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(f"渡口的话\n{WORDS}".encode("gb18030"))
    (source,) = read_source(tmp_path / name)
    assert isinstance(source, SourceText) and source.text == f"渡口的话\n{WORDS}"


@pytest.mark.parametrize("kind", [FileKind.WORD, FileKind.ODT])
def test_a_document_that_unpacks_to_too_much_is_refused(
    monkeypatch: pytest.MonkeyPatch, kind: FileKind
) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBER", 100_000)
    content = package(paragraph(WORDS * 9_000)) if kind is FileKind.WORD else odt_file(p(WORDS * 9_000))
    refused = read_document(content, "a", kind)
    assert isinstance(refused, RefusedFile) and "解开后太大" in refused.reason


def test_a_reader_that_needs_too_much_memory_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(content: bytes) -> DocumentText:
        raise MemoryError

    monkeypatch.setattr(document_readers, "read_rtf", hungry)
    refused = read_document(b"{\\rtf1}", "a.rtf", FileKind.RTF)
    assert isinstance(refused, RefusedFile) and "太占内存" in refused.reason


@pytest.mark.parametrize("kind", [FileKind.WORD, FileKind.ODT, FileKind.RTF, FileKind.PDF])
def test_damaged_files_of_each_kind_are_read_or_refused(kind: FileKind) -> None:
    """Bytes are changed, taken away and doubled at random places; nothing may raise."""
    whole = {
        FileKind.WORD: package(paragraph(WORDS)),
        FileKind.ODT: odt_file(p(WORDS)),
        FileKind.RTF: b"{\\rtf1\\ansicpg936{\\fonttbl{\\f0\\fcharset134 a;}}\\uc1\\u20462?\\par{\\footnote a}\\row}",
        FileKind.PDF: pdf_file([set_paragraphs([WORDS])]),
    }[kind]
    chance = random.Random(20260318)
    # Each PDF is read in a process of its own.
    for _ in range(50 if kind is FileKind.PDF else 200):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(damaged) or 1)
            end = min(len(damaged), at + chance.randint(1, 40))
            damaged[at:end] = chance.choice((b"", bytes([chance.randrange(256)]), damaged[at:end] * 2))
        assert isinstance(read_document(bytes(damaged), "a", kind), (DocumentText, RefusedFile))


def test_of_documents_that_people_send_those_of_word_are_read() -> None:
    assert isinstance(read_sent_file(package(paragraph(WORDS)), "a"), SourceText)
    for content in (pdf_file([set_paragraphs([WORDS])]), b"{\\rtf1 a}", OLE):
        refused = read_sent_file(content, "a.txt")
        assert isinstance(refused, RefusedFile) and "另存为 .docx" in refused.reason
