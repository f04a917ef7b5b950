"""Rows of tables as lines."""

from __future__ import annotations

import pytest

from jianggao.sources.table_rows import inner_table, row_lines


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        ([["村"], ["渠"]], ["村 | 渠"]),
        ([["南湾"], [""], ["3月20日"]], ["南湾 | | 3月20日"]),
        ([[], [], ["末"]], ["| | 末"]),
        ([["首"], [], []], ["首 | |"]),
        ([[], [], []], [""]),
        ([[]], [""]),
        ([["一段。", "二段。"]], ["一段。", "二段。"]),
        ([[], ["一段。", "二段。"]], ["一段。", "二段。"]),
        ([["左"], ["一段。", "", " 二  段。"]], ["左 | 一段。 二 段。"]),
    ],
)
def test_a_row_is_a_line_unless_it_frames_a_text(cells: list[list[str]], lines: list[str]) -> None:
    assert row_lines(cells) == lines


def test_a_wide_cell_keeps_the_places_behind_it() -> None:
    assert row_lines([["合计"], ["60"], ["尾"]], [2, 1, 3]) == ["合计 | | 60 | 尾"]
    assert row_lines([["合计"], ["60"]], [10**9, 1])[0].count("|") == 63


def test_a_table_in_a_cell_is_a_part_of_its_line() -> None:
    assert inner_table([[["东"], ["3"]], [["西"], []], [[], []]]) == "东 3；西"
