"""The limits of a table are those that the operator reads of."""

from __future__ import annotations

from jianggao.spreadsheets import table


def test_refusals_name_the_limits() -> None:
    assert str(table.MAX_ROWS) in table.TOO_MANY_ROWS
    assert str(table.MAX_COLUMNS) in table.TOO_MANY_COLUMNS
    assert f"{table.MAX_CHARACTERS // 10_000} 万字" in table.TOO_MUCH_TEXT
