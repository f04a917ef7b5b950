"""Says which rows of a shop's table may be given: orders that are known to be paid, with nothing paid back."""

from __future__ import annotations

import re

from jianggao.bulk_membership.cell_values import UnclearCell
from jianggao.bulk_membership.columns import ColumnRole
from jianggao.bulk_membership.order_states import (
    require_not_unpaid,
    require_nothing_back,
    require_nothing_odd,
    require_nothing_said_back,
    require_paid,
    require_single,
)
from jianggao.bulk_membership.row_cells import RowCells, named

_PAID_AT = re.compile("[付支收缴]|成交")
"""What headings of days have that tell when an order was paid."""
_OF_DELIVERY = frozenset({"发货状态"})


def require_sold(cells: RowCells, *, is_order: bool) -> None:
    """Raises UnclearCell for an order that isn't known to be paid for, that is or may be paid back, or has
    several pieces."""
    is_known_paid = False
    for _, cell in cells.of(ColumnRole.STATUS):
        require_paid(cell)
        is_known_paid = True
    for column, cell in cells.of(ColumnRole.REFUND):
        require_nothing_back(cell, named(column))
    for column, cell in cells.of(ColumnRole.PAYMENT):
        require_not_unpaid(cell, named(column), is_known_paid=is_known_paid)
    for column, cell in (*cells.of(ColumnRole.REMARK), *cells.of(ColumnRole.NOTE)):
        require_nothing_said_back(cell, named(column))
    for column, cell in cells.of(ColumnRole.QUANTITY):
        require_single(cell, "数量" if column.heading == "数量" else named(column))
    if is_order:
        for heading, cell in cells.unused():
            require_nothing_odd(cell, heading, is_known_paid=is_known_paid)
        _require_told_paid(cells)


def _require_told_paid(cells: RowCells) -> None:
    """Raises UnclearCell for an order whose table has columns that tell whether it was paid, all blank for
    it."""
    columns = (*cells.columns(ColumnRole.STATUS), *cells.columns(ColumnRole.PAYMENT))
    paid_at = [column for column in cells.columns(ColumnRole.START) if _PAID_AT.search(column.heading)]
    telling = [column for column in columns if column.heading not in _OF_DELIVERY] or paid_at
    if telling and not any(cells.has(column) for column in telling):
        names = "、".join(map(named, telling[:3]))
        raise UnclearCell(f"{names}是空的，看不出付没付款")
