"""Columns are aligned on a terminal, where a Chinese character takes two of them."""

from __future__ import annotations

from jianggao.benchmarks.table import table


def test_columns_stand_under_each_other_with_chinese_in_them() -> None:
    assert table([["名", "a"], ["长名字", "12"]]) == ["名       a", "长名字  12"]


def test_the_first_column_is_aligned_left_and_the_others_right() -> None:
    rows = [["kind", "p50", "p99"], ["a", "1", "10"], ["long kind", "100", "2"]]
    assert table(rows) == ["kind       p50  p99", "a            1   10", "long kind  100    2"]


def test_no_line_ends_in_blanks() -> None:
    assert table([["检索", ""], ["随机", "1"]]) == ["检索", "随机  1"]
