"""Gives the cells of a row by what their columns say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jianggao.bulk_membership.cell_values import UnclearCell, folded
from jianggao.bulk_membership.columns import Column, ColumnRole, Columns
from jianggao.spreadsheets.table import MAX_CELL, MERGED, UNCOMPUTED, SheetRow
from jianggao.text.quoting import quoted

LONGEST_NAME = 20
"""Characters of a heading or a sheet's name that an answer repeats."""


class RowCells:
    """The cells of a row by what their columns say."""

    def __init__(self, row: SheetRow, columns: Columns) -> None:
        self._cells = row.cells
        self._columns = columns

    def columns(self, role: ColumnRole) -> Sequence[Column]:
        """Returns the columns of a role, the plainest first."""
        return self._columns.of.get(role, ())

    def has(self, column: Column) -> bool:
        """Returns whether a column isn't blank."""
        return column.at < len(self._cells) and bool(folded(self._cells[column.at]))

    def unused(self) -> Iterator[tuple[str, str]]:
        """Yields the cells of columns that mean nothing to us, each behind its heading as answers name it."""
        known = {column.at for columns in self._columns.of.values() for column in columns}
        for at, (heading, cell) in enumerate(zip(self._columns.header.cells, self._cells, strict=False)):
            if at not in known and heading and cell and len(cell) <= MAX_CELL:
                yield quoted(heading, LONGEST_NAME), cell

    def of(self, role: ColumnRole) -> Iterator[tuple[Column, str]]:
        """Yields the cells that aren't blank, the plainest column first. Raises UnclearCell."""
        return self.at(self._columns.of.get(role, ()))

    def at(self, columns: Sequence[Column]) -> Iterator[tuple[Column, str]]:
        """Yields the cells of columns that aren't blank. Raises UnclearCell."""
        for column in columns:
            cell = self._cells[column.at] if column.at < len(self._cells) else ""
            if cell == MERGED:
                if column.role is ColumnRole.NOTE:
                    continue
                raise UnclearCell(f"{named(column)}这一格和上面的合并了，请取消合并、每行都填上再发")
            if len(cell) > MAX_CELL:
                raise UnclearCell(f"{named(column)}一格超过 {MAX_CELL} 字")
            if cell == UNCOMPUTED:
                raise UnclearCell(f"{named(column)}这一格是公式，表格里没有算好的结果，请另存一次再发")
            if folded(cell):
                yield column, cell


def named(column: Column) -> str:
    """Returns a column's heading as answers name it."""
    return quoted(column.heading, LONGEST_NAME)
