"""Where the head of a text ends: at its salutation, or where its body begins."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, B

from jianggao.parsing.head_end import HEAD_LINES, find_body, find_salutation, split_salutation_line
from jianggao.parsing.known_notices import NO_NOTICES
from jianggao.parsing.lines import Lines, source_lines


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([TITLE, "同志们：", A], (1, 2)),
        ([TITLE, "尊敬的各位来宾，", "乡亲们：", A], (1, 3)),
        ([TITLE, "各位老师，", A], (1, 2)),
        ([TITLE, A, "同志们：", B], None),
        ([TITLE, "参会代表：方大川", A], None),
        ([TITLE, "一、看清路", "同志们：", B], None),
        ([TITLE, *["水利站"] * HEAD_LINES, "同志们：", B], None),
    ],
)
def test_the_salutation_that_opens_a_speech(lines: list[str], found: tuple[int, int] | None) -> None:
    assert find_salutation(lines, (), {}) == found


def test_a_salutation_before_the_first_words_is_a_line_of_its_own() -> None:
    lines = Lines.of(source_lines(f"{TITLE}\n同志们：{A}"), [])
    split_salutation_line(lines, (), {})
    assert list(lines.kept) == [TITLE, "同志们：", A]


@pytest.mark.parametrize(
    ("lines", "begins"),
    [
        ([TITLE, "（2025年3月18日）", A, B], 2),
        ([TITLE, "一、看清路", A, "二、迈开步", B], 1),
        ([A, B], 0),
        ([TITLE, "水从山上来", "人往田里去", "渠在脚下走"], 1),
    ],
)
def test_where_a_text_without_salutation_begins(lines: list[str], begins: int) -> None:
    assert find_body(lines, (), {}, NO_NOTICES) == begins
