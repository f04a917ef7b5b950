"""Lines, headings and problems of a document; its title without marks; comments of web pages."""

from __future__ import annotations

import pytest

from jianggao.sources.document_text import (
    DocumentProblems,
    DocumentText,
    DocumentTooLarge,
    without_comments,
    without_title_marks,
)


def test_a_document_of_too_many_lines_is_refused() -> None:
    text = DocumentText(lines=[""] * 100_000)
    with pytest.raises(DocumentTooLarge, match="超过 10 万行"):
        text.add("一")


def test_notes_have_their_mark_once() -> None:
    text = DocumentText()
    text.add_note("[1]", ["", " 一段", "二段"])
    text.add_note("", ["※ 三段"])
    assert text.lines == ["[1] 一段", "二段", "※ 三段"]


def test_problems_say_where() -> None:
    problems = DocumentProblems()
    for place in (2, 2, 5):
        problems.note("公式，没有读出文字", place)
    assert problems.sentences() == ("第 2、5 自然段有公式，没有读出文字",)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("在渡口会上的讲话[1]", "在渡口会上的讲话"),
        ("水路三十里[1]。", "水路三十里[1]。"),
        ("水" * 80 + "[1]", "水" * 80 + "[1]"),
        ("没有记号", "没有记号"),
    ],
)
def test_a_title_carries_no_mark(text: str, shown: str) -> None:
    assert without_title_marks(text, ["[1]"]) == shown


def test_comments_go_wherever_they_end() -> None:
    assert without_comments(["前<!-- 一", "二 -->后", "<!----><!-- 三 -->"]) == ["前后", ""]
    assert without_comments(["前<!-- 一", "二"]) == ["前<!-- 一", "二"]
    assert without_comments(["--> 前"]) == ["--> 前"]
