"""Encodings, kinds of files, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from speech_texts import FULL
from word_files import package, paragraph

from jianggao.sources import files
from jianggao.sources.files import RefusedFile, SourceText, read_source


def only(path: Path) -> SourceText | RefusedFile:
    found = read_source(path)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, newline: str) -> None:
    (tmp_path / "a.txt").write_bytes(FULL.replace("\n", newline).encode(encoding))
    source = only(tmp_path / "a.txt")
    assert isinstance(source, SourceText)
    assert source.text.lstrip("\ufeff") == FULL


def test_a_short_gbk_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("同志们：\n干吧。".encode("gbk"))
    source = only(tmp_path / "a.txt")
    assert isinstance(source, SourceText)
    assert source.text == "同志们：\n干吧。"


def test_markdown_and_docx(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 题目\n\n## 一、看**清**路\n\n- 第一件\n\n1. 一步\n", encoding="utf-8")
    source = only(tmp_path / "a.md")
    assert isinstance(source, SourceText)
    assert [line for line in source.text.split("\n") if line] == ["题目", "一、看清路", "第一件", "1. 一步"]
    document = Document()
    document.add_paragraph("题目")
    document.add_table(1, 2).rows[0].cells[0].text = "格子"
    document.add_paragraph("正文")
    document.save(str(tmp_path / "a.docx"))
    source = only(tmp_path / "a.docx")
    assert isinstance(source, SourceText)
    assert source.text.split("\n")[0] == "题目"
    assert "格子" in source.text


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "空文件"),
        ("a.txt", b" \n\t", "空文件"),
        ("a.txt", bytes(range(256)) * 40, "不是文本"),
        ("a.txt", b"\x00" * 999, "不是文本"),
        ("a.docx", b"PK\x03\x04 broken", "不是完好"),
        ("a.zip", b"PK broken", "不是完好"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    refusal = only(tmp_path / name)
    assert isinstance(refusal, RefusedFile)
    assert reason in refusal.reason and "请" in refusal.reason


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE", 100)
    (tmp_path / "a.txt").write_bytes(b"x" * 101)
    refusal = only(tmp_path / "a.txt")
    assert isinstance(refusal, RefusedFile)
    assert "MB" in refusal.reason


def test_problems_of_a_document_come_with_its_text(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(package(paragraph('<w:r><w:sym w:font="X" w:char="E001"/></w:r>')))
    (source,) = read_source(tmp_path / "a.docx")
    assert source == SourceText(
        "a.docx", "□", "docx", {}, ("第 1 自然段有认不出的符号，写成了 □",), written=None
    )
