"""The numbers of lists are written as a browser shows them."""

from __future__ import annotations

import pytest

from jianggao.sources.html_pages import fragment_text


def items(page: str) -> list[str]:
    return [line for line in fragment_text(page).text.split("\n") if line]


@pytest.mark.parametrize(
    ("opening", "marks"),
    [
        ("<ol>", ["1. ", "2. "]),
        ("<ol start=4>", ["4. ", "5. "]),
        ("<ol type=a>", ["a. ", "b. "]),
        ("<ol type=I>", ["I. ", "II. "]),
        ("<ol reversed>", ["2. ", "1. "]),
        ('<ol style="list-style-type: cjk-ideographic">', ["一、", "二、"]),
        ('<ol style="list-style:none">', ["", ""]),
        ("<ul>", ["", ""]),
        ("<ol start=99999999999999999999>", ["1. ", "2. "]),
    ],
)
def test_marks_of_lists(opening: str, marks: list[str]) -> None:
    assert items(f"{opening}<li>看水<li>看人") == [marks[0] + "看水", marks[1] + "看人"]


def test_values_of_items_and_lists_in_lists() -> None:
    page = "<ol><li>看渠<ol type=a><li>看水</li><li value=5>看人</li></ol></li><li><p>看账</p><p>贴账</p></li></ol>"
    assert items(page) == ["1. 看渠", "a. 看水", "e. 看人", "2. 看账", "贴账"]


def test_an_item_that_is_numbered_by_hand_gets_no_second_number() -> None:
    assert items("<ol><li>一、看水<li>（2）看人<li>第三条 看账<li>2025年的账</ol>") == [
        "一、看水",
        "（2）看人",
        "第三条 看账",
        "4. 2025年的账",
    ]


def test_footnotes_have_the_marks_that_the_text_refers_to() -> None:
    assert items('<ol><li id="fn1"><p>四十里。</p></li><li id="fn2">六个人。</li></ol>') == [
        "[1] 四十里。",
        "[2] 六个人。",
    ]
