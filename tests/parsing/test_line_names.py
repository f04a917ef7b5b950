"""Lines named as a person finds them in the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from volume_texts import DROUGHT, FLOOD_SPEECH

from jianggao.library.check import check_paths
from jianggao.parsing.line_names import row_namer

TEXT = f"{FLOOD_SPEECH}\n\n在抗旱会上的讲话\n{DROUGHT}\n"


def test_a_plain_text_has_the_numbers_of_its_rows() -> None:
    assert row_namer("")("分水", 6) == "第 7 行“分水”"


def test_marks_of_markdown_are_passed_over() -> None:
    named = row_namer("标题: 看水\n\n## 分水\n\n**守闸**\n\n护林\n护林\n")
    assert named("分水", 0) == "第 3 行“分水”" and named("守闸", 0) == "第 5 行“守闸”"
    assert named("护林", 0) == "“护林”这一行"


def test_a_document_has_no_numbers() -> None:
    assert row_namer(None)("分水", 6) == "“分水”这一行"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.txt", TEXT, "第 7 行“在抗旱会上的讲话”像是"),
        ("a.md", "---\ntags: 水\n---\n\n" + TEXT, "第 11 行“在抗旱会上的讲话”像是"),
        (
            "a.html",
            f"<p>{TEXT}</p>".replace("\n\n", "</p><p>").replace("\n", "<br>"),
            "“在抗旱会上的讲话”这一行像是",
        ),
    ],
)
def test_problems_name_lines_as_an_editor_shows_them(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    (record,) = check_paths([tmp_path / name], date(2026, 3, 18))
    assert record["problems"][0].startswith(told)
