"""Files that are made to cost much are refused with the reason, or read in a time that grows with them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from parsed_texts import TODAY, parsed
from word_files import word_file

from jianggao.parsing.parser import parse
from jianggao.sources import marked_texts
from jianggao.sources.files import RefusedFile, SourceText, read_sent_file, read_source
from jianggao.sources.markdown import read_markdown
from jianggao.sources.word_numbering import format_number

TABLE, END = b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>"
PARAGRAPH = "<w:p><w:r><w:t>同志们</w:t></w:r></w:p>".encode()


def seconds(function: object, *arguments: object) -> float:
    assert callable(function)
    started = time.thread_time()
    function(*arguments)
    return time.thread_time() - started


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (TABLE * 60 + PARAGRAPH + END * 60, "表格套表格超过 20 层"),
        (b"<w:p/>" * 100_001, "超过 10 万行"),
        (b"<w:p><w:r>" + b"<w:br/>" * 100_001 + b"</w:r></w:p>", "超过 10 万行"),
        (b"<w:p/>" * 2_000_000, "解开后太大"),
    ],
)
def test_documents_of_no_speech_are_refused(body: bytes, reason: str) -> None:
    found = read_sent_file(word_file(body), "a.docx")
    assert isinstance(found, RefusedFile) and reason in found.reason


def test_tables_in_tables_are_read_so_far() -> None:
    """Eighteen levels with fifty rows each took the square of the levels."""
    rows = (b"<w:tr><w:tc>" + PARAGRAPH + b"</w:tc></w:tr>") * 50
    body = PARAGRAPH
    for _ in range(18):
        body = b"<w:tbl>" + rows + b"<w:tr><w:tc>" + body + b"</w:tc></w:tr></w:tbl>"
    found = read_sent_file(word_file(body), "a.docx")
    assert isinstance(found, SourceText)
    assert found.text.count("同志们") == 18 * 50 + 1


@pytest.mark.parametrize("text", ["a\n" * 100_001, "\n" * 100_001 + "字"])
def test_texts_of_more_lines_than_a_speech_has_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    found = read_source(tmp_path / "a.txt")[0]
    assert isinstance(found, RefusedFile) and "超过 10 万行" in found.reason


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_the_length_is_judged_before_any_pattern_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def must_not_run(text: str) -> bool:
        raise AssertionError("a pattern ran over a text that is too long")

    monkeypatch.setattr(marked_texts, "looks_like_markdown", must_not_run)
    monkeypatch.setattr(marked_texts, "read_markdown", must_not_run)
    (tmp_path / name).write_text("[" * 8_000_001, "utf-8")
    found = read_source(tmp_path / name)[0]
    assert isinstance(found, RefusedFile) and "超过 800 万字" in found.reason


def test_what_people_send_is_no_volume(tmp_path: Path) -> None:
    """A file of the library may be a volume of 8,000,000 characters, a leaked text no longer than a speech."""
    text = "字" * 1_000_001
    found = read_sent_file(text.encode(), "a.txt")
    assert isinstance(found, RefusedFile) and "超过 100 万字" in found.reason
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert isinstance(read_source(tmp_path / "a.txt")[0], SourceText)


def test_a_volume_has_as_many_lines_as_its_speeches(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(("字" * 20 + "\n") * 150_000, "utf-8")
    assert isinstance(read_source(tmp_path / "a.txt")[0], SourceText)


@pytest.mark.parametrize("name", ["a.md", "a.txt", "没有后缀"])
def test_what_people_send_is_never_read_as_markdown(name: str) -> None:
    text = "# 题目\n\n看**清**[路](http://a)\n"
    found = read_sent_file(text.encode(), name)
    assert isinstance(found, SourceText) and found.text == text


def test_links_of_markdown_that_never_close() -> None:
    """400,000 of them held the interpreter for minutes."""
    assert seconds(read_markdown, "[" * 400_000) < 2
    assert seconds(read_markdown, "# a\n" + "![a](" * 80_000) < 2


def test_twenty_thousand_full_stops() -> None:
    """They took 7.7 seconds of `sections`."""
    assert seconds(parse, "题目\n同志们：\n" + "。" * 20_000, "a.txt", TODAY) < 2


def test_the_marks_of_links_and_stars_go() -> None:
    marked = "看[路](http://a/b_(c))，![图](x.png)**清**楚，__想__明白，***都***好，** 不是 **，[a](b"
    assert read_markdown(marked).text == "看路，清楚，想明白，都好，** 不是 **，[a](b\n"


def test_half_a_pair_and_an_endless_entity_are_text() -> None:
    speech = parsed("题目\n同志们：\n渠\ud800修好了，&amp;&#" + "1" * 5_000 + ";大家都看到了。\n")
    assert "渠\ufffd修好了，&\ufffd大家都看到了。" in speech.text


def test_a_roman_number_beyond_all_lists_is_in_digits() -> None:
    assert format_number(10**9, "upperRoman") == "1000000000"
