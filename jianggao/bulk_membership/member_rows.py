"""Reads the rows of a table as memberships to be given, and says of each other row why it is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from jianggao.bulk_membership.cell_values import (
    UnclearCell,
    account_in,
    account_in_remark,
    day_in,
    duration_in,
    folded,
    order_in,
    require_paid,
    require_single,
)
from jianggao.bulk_membership.columns import Column, ColumnRole, Columns, find_columns
from jianggao.errors import WrongUse
from jianggao.membership.durations import Duration, add
from jianggao.spreadsheets.table import MAX_CELL, SentTable, SheetRow

MAX_LINE_NOTE = 120
"""Characters of a line's note: the entry's note has the number of the import and the order too."""
_FUTURE = timedelta(days=366)
"""How far ahead a subscription may begin: a later day is rather a slip of the pen."""
_SLACK = timedelta(days=1)
"""By how much a duration and a last day may differ: whether the first day counts is a matter of taste."""
_BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+|\s+")


@dataclass(frozen=True, slots=True)
class ImportLine:
    """A row that names who is to get how much time."""

    number: int
    """The row's, as its program shows it."""
    account: str
    starts_on: date | None
    duration: Duration | None
    until: date | None
    """The last day; set where the row has one, and then it counts."""
    note: str
    order: str
    """The number of a shop's order, "" for none."""


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A row of which nothing is given."""

    number: int
    reason: str
    """In a few Chinese words, without 。"""


@dataclass(frozen=True, slots=True)
class ReadLines:
    """What a table says."""

    lines: tuple[ImportLine, ...]
    refused: tuple[RefusedLine, ...]
    used: tuple[str, ...]
    """The headings that were understood, with what they were taken for."""
    unused: tuple[str, ...]
    """The headings that weren't."""
    sheets_left_out: tuple[str, ...]


def read_lines(table: SentTable, today: date) -> ReadLines:
    """Returns the lines of a table. Raises WrongUse where it has no header, or nothing below it."""
    columns = find_columns(table.rows)
    lines: list[ImportLine] = []
    refused: list[RefusedLine] = []
    for row in _below(table, columns):
        try:
            lines.append(_line(row, columns, today))
        except UnclearCell as unclear:
            refused.append(RefusedLine(row.number, str(unclear)))
    if not lines and not refused:
        raise WrongUse(f"表格只有表头（第 {columns.header.number} 行），下面没有内容。请补上再发。")
    used = tuple(_taken_for(column) for of in columns.of.values() for column in of)
    return ReadLines(tuple(lines), tuple(refused), used, columns.unused, table.left_out)


def _below(table: SentTable, columns: Columns) -> Iterator[SheetRow]:
    """Yields the rows below the header. The header again, as on each page of some exports, is none."""
    for row in table.rows:
        if row.number > columns.header.number and row.cells != columns.header.cells:
            yield row


def _line(row: SheetRow, columns: Columns, today: date) -> ImportLine:
    """Returns what a row says. Raises UnclearCell."""
    cells = _RowCells(row, columns)
    require_paid(cells.first(ColumnRole.STATUS), cells.first(ColumnRole.REFUND))
    require_single(cells.first(ColumnRole.QUANTITY))
    order = order_in(cells.first(ColumnRole.ORDER))
    account, from_remark = _account(cells)
    if from_remark and not order:
        raise UnclearCell("没有订单号")
    starts_on = _day(cells, ColumnRole.START)
    if starts_on is not None and starts_on > today + _FUTURE:
        raise UnclearCell(f"开始日期 {starts_on.isoformat()} 太晚")
    until = _day(cells, ColumnRole.UNTIL)
    duration = _duration(cells, needed=until is None)
    _require_agreement(starts_on, duration, until)
    if until is not None and starts_on is None and until < today:
        raise UnclearCell(f"到期日 {until.isoformat()} 已过，又没有开始日期")
    return ImportLine(row.number, account, starts_on, duration, until, _note(cells), order)


def _taken_for(column: Column) -> str:
    """Returns a heading with what it was taken for, where that isn't the same word."""
    role = column.role.value
    return column.heading if column.heading == role else f"{column.heading}（{role}）"


class _RowCells:
    """The cells of a row by what their columns say."""

    def __init__(self, row: SheetRow, columns: Columns) -> None:
        self._cells = row.cells
        self._columns = columns

    def of(self, role: ColumnRole) -> Iterator[tuple[Column, str]]:
        """Yields the cells that aren't blank, the plainest column first. Raises UnclearCell."""
        for column in self._columns.of.get(role, ()):
            cell = self._cells[column.at] if column.at < len(self._cells) else ""
            if len(cell) > MAX_CELL:
                raise UnclearCell(f"“{column.heading[:20]}”一格超过 {MAX_CELL} 字")
            if folded(cell):
                yield column, cell

    def first(self, role: ColumnRole) -> str:
        """Returns the first of them, "" where there is none."""
        return next((cell for _, cell in self.of(role)), "")


def _account(cells: _RowCells) -> tuple[str, bool]:
    """Returns the account, and whether a buyer's remark names it. Raises UnclearCell."""
    accounts = dict.fromkeys(account_in(cell) for _, cell in cells.of(ColumnRole.ACCOUNT))
    if len(accounts) > 1:
        raise UnclearCell(f"这一行有两个不同的 QQ 号（{'、'.join(list(accounts)[:3])}）")
    if accounts:
        return next(iter(accounts)), False
    remarks = " ".join(cell for _, cell in cells.of(ColumnRole.REMARK))
    if not remarks:
        raise UnclearCell("没有写 QQ 号")
    return account_in_remark(remarks), True


def _day(cells: _RowCells, role: ColumnRole) -> date | None:
    """Returns the day of the plainest column: 开始 counts before 付款时间."""
    return next((day_in(cell) for _, cell in cells.of(role)), None)


def _duration(cells: _RowCells, *, needed: bool) -> Duration | None:
    """Returns the duration; None where none is understood and none is needed. Raises UnclearCell."""
    found: dict[Duration, str] = {}
    first_failure: UnclearCell | None = None
    for column, cell in cells.of(ColumnRole.DURATION):
        try:
            found.setdefault(duration_in(cell, column.unit), column.heading)
        except UnclearCell as unclear:
            first_failure = first_failure or unclear
    if len(found) > 1:
        named = "、".join(f"{heading[:10]} {duration}" for duration, heading in found.items())
        raise UnclearCell(f"几列写的时长不一样（{named}）")
    if found:
        return next(iter(found))
    if needed:
        raise first_failure or UnclearCell("没有写时长")
    return None


def _require_agreement(starts_on: date | None, duration: Duration | None, until: date | None) -> None:
    if until is None or starts_on is None:
        return
    if until < starts_on:
        raise UnclearCell(f"到期日 {until.isoformat()} 早于开始日期 {starts_on.isoformat()}")
    if duration is not None and abs(add(starts_on, duration) - until) > _SLACK:
        raise UnclearCell(f"从 {starts_on.isoformat()} 起 {duration}，和到期日 {until.isoformat()} 对不上")


def _note(cells: _RowCells) -> str:
    pieces = dict.fromkeys(_BREAKS.sub(" ", cell).strip() for _, cell in cells.of(ColumnRole.NOTE))
    note = " ".join(piece for piece in pieces if piece)
    if len(note) > MAX_LINE_NOTE:
        raise UnclearCell(f"备注超过 {MAX_LINE_NOTE} 字")
    return note
