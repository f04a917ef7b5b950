"""A file's name and its text say how its marks are taken out."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_texts import FIRST, NEWS, SALUTATION, SECOND, THIRD, TITLE
from speech_texts import FULL, PLAIN

from jianggao.sources.files import RefusedFile, SourceText, read_source
from jianggao.sources.marked_texts import book_text, unmarked


def read(folder: Path, name: str, content: bytes) -> SourceText | RefusedFile:
    (folder / name).write_bytes(content)
    return read_source(folder / name)[0]


@pytest.mark.parametrize("text", [FULL, PLAIN, "1. 看水\n2. 看人\n* 看账\n> 看渠\n_看_ #1 楼\n#看渠#\n"])
def test_a_plain_text_stays_as_it_is_to_the_letter(text: str) -> None:
    assert unmarked(text, ".txt").text == text


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml", "另存的网页.txt"])
def test_pages_by_their_suffix_or_their_look(tmp_path: Path, name: str) -> None:
    source = read(tmp_path, name, NEWS.encode())
    assert isinstance(source, SourceText)
    assert "<" not in source.text and source.headings["一、漏眼在哪里"] == 2


def test_markdown_has_two_suffixes(tmp_path: Path) -> None:
    for name in ("a.md", "a.markdown"):
        source = read(tmp_path, name, f"##{TITLE}\n{FIRST}\n".encode())
        assert isinstance(source, SourceText)
        assert source.text == f"{TITLE}\n{FIRST}\n" or source.text == f"{TITLE}\n\n{FIRST}\n"


def test_a_page_with_a_million_characters_of_script_is_no_long_text(tmp_path: Path) -> None:
    page = f"<html><body><script>{'x=1;' * 500_000}</script><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    source = read(tmp_path, "a.html", page.encode())
    assert isinstance(source, SourceText)
    assert source.text == f"{FIRST}\n\n{SECOND}\n"


def test_a_page_without_any_text_is_an_empty_file(tmp_path: Path) -> None:
    source = read(tmp_path, "a.html", b"<html><body><img src=a.png></body></html>")
    assert isinstance(source, RefusedFile) and source.reason.startswith("空文件。请")


def test_a_broken_book_says_so() -> None:
    assert book_text(b"PK\x03\x04 no book") == "不是完好的电子书（.epub）。请重新下载或导出"


def test_mojibake_is_restored_and_told(tmp_path: Path) -> None:
    mangled = "\n".join([TITLE, SALUTATION, FIRST, THIRD]).encode().decode("latin-1")
    source = read(tmp_path, "a.txt", mangled.encode())
    assert isinstance(source, SourceText)
    assert source.text == "\n".join([TITLE, SALUTATION, FIRST, THIRD])
    assert source.problems == ("文字原是乱码（UTF-8 当成西文存的），已还原。请核对",)


def test_lost_mojibake_is_refused_with_that_word(tmp_path: Path) -> None:
    lost = FULL.encode("gbk").decode("utf-8", "replace").encode().decode("gbk", "replace")
    source = read(tmp_path, "a.txt", lost.encode())
    assert isinstance(source, RefusedFile) and source.reason.startswith("是乱码")


@pytest.mark.parametrize("text", [FULL, PLAIN])
@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_no_letter_of_a_speech_is_lost_by_a_reader_of_markup(text: str, suffix: str) -> None:
    marked = text if suffix == ".md" else "".join(f"<p>{line}</p>" for line in text.split("\n"))
    letters = [character for character in unmarked(marked, suffix).text if character.isalnum()]
    assert letters == [character for character in text if character.isalnum()]
