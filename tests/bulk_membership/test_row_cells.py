"""The cells of a row by what their columns say."""

from __future__ import annotations

import pytest

from jianggao.bulk_membership.cell_values import UnclearCell
from jianggao.bulk_membership.columns import ColumnRole, find_columns
from jianggao.bulk_membership.row_cells import RowCells, named
from jianggao.spreadsheets.table import MERGED, UNCOMPUTED, SheetRow

HEADER = SheetRow(1, ("QQ", "时长", "备注", "姓名"))


def cells(*texts: str) -> RowCells:
    return RowCells(SheetRow(2, texts), find_columns([HEADER]))


def test_cells_come_by_the_plainest_column_without_blanks() -> None:
    row = cells("20001", "", "老客户", "甲")
    assert [cell for _, cell in row.of(ColumnRole.NOTE)] == ["老客户", "甲"]
    assert list(row.of(ColumnRole.DURATION)) == list(row.of(ColumnRole.UNTIL)) == []
    (duration,) = row.columns(ColumnRole.DURATION)
    assert not row.has(duration) and named(duration) == "“时长”"


def test_a_row_may_be_shorter_than_its_header() -> None:
    assert list(cells("20001").of(ColumnRole.NOTE)) == []


@pytest.mark.parametrize(
    ("cell", "why"),
    [(MERGED, "“时长”这一格和上面的合并了"), (UNCOMPUTED, "公式"), ("长" * 501, "超过 500 字")],
)
def test_what_is_no_value_is_refused(cell: str, why: str) -> None:
    with pytest.raises(UnclearCell, match=why):
        list(cells("20001", cell).of(ColumnRole.DURATION))


def test_a_note_that_is_merged_with_one_above_is_none() -> None:
    assert list(cells("20001", "1年", MERGED).of(ColumnRole.NOTE)) == []
