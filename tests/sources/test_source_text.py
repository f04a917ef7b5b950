"""What is read of a file, and what is said of one that isn't."""

from __future__ import annotations

from pathlib import Path

from word_files import package, paragraph

from jianggao.sources.files import read_source
from jianggao.sources.source_text import RefusedFile, SourceText


def test_problems_of_a_document_come_with_its_text(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(package(paragraph('<w:r><w:sym w:font="X" w:char="E001"/></w:r>')))
    (source,) = read_source(tmp_path / "a.docx")
    assert source == SourceText("a.docx", "□", "docx", {}, ("第 1 自然段有认不出的符号，写成了 □",))


def test_a_refusal_is_final_and_of_no_other_kind_unless_it_says_so() -> None:
    assert not RefusedFile("a", "坏了").passing and not RefusedFile("a", "坏了").other_kind
