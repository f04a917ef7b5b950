"""Documents that are embedded whole in a Word file."""

from __future__ import annotations

import io
import zipfile

import pytest
from word_files import package, paragraph

from jianggao.sources.document_text import UnreadableDocument
from jianggao.sources.word import read_word
from jianggao.sources.word_chunks import chunk_lines

WORDS = "堤坝是一锹一锹垒起来的，巡堤的人要比水勤快。"
PAGE = f"<html><body><p>{WORDS}</p></body></html>"
MAIL = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="c"\n\n--c\nContent-Type: text/html\n\n'
CHUNK = '<w:altChunk r:id="aFChunk"/>'


def with_chunk(body: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package(body, {"aFChunk": ""}))) as old,
        zipfile.ZipFile(made, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == "word/aFChunk.xml" else old.read(name))
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        PAGE.encode(),
        MAIL + PAGE.encode() + b"\n--c--\n",
        b"{\\rtf1\\ansicpg936 " + WORDS.encode("gb18030") + b"\\par}",
        WORDS.encode("gb18030"),
    ],
)
def test_the_lines_of_an_embedded_document_stand_at_its_place_once(content: bytes) -> None:
    found = read_word(with_chunk(paragraph("巡堤讲话") + CHUNK + paragraph("完。") + CHUNK, content))
    assert [line for line in found.lines if line] == ["巡堤讲话", WORDS, "完。"]


def test_one_that_is_not_read_is_a_problem_or_a_refusal() -> None:
    content = with_chunk(paragraph("巡堤讲话") + CHUNK, package(paragraph(WORDS)))
    assert read_word(content).problems == ("第 2 自然段有嵌入的另一份文档，没有读。请用 Word 打开后另存一份",)
    with pytest.raises(UnreadableDocument, match="嵌入的另一份文档"):
        read_word(with_chunk(CHUNK, b"\x00\x01\x02"))
    assert chunk_lines(b" ") is None
