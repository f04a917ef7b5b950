"""Says which rows of a shop's table may be given: orders that are known to be paid, with nothing paid back."""

from __future__ import annotations

import re

from jianggao.bulk_membership.cell_values import UnclearCell
from jianggao.bulk_membership.columns import ColumnRole
from jianggao.bulk_membership.order_states import (
    is_final,
    is_of_delivery,
    is_of_member,
    require_not_at_the_door,
    require_not_unpaid,
    require_nothing_against,
    require_nothing_back,
    require_nothing_odd,
    require_nothing_said_back,
    require_paid,
    require_single,
)
from jianggao.bulk_membership.row_cells import RowCells, named

_PAID_AT = re.compile("[付支收缴]|成交")
"""What headings of days have that tell when an order was paid."""
_OF_NAMES = re.compile("名|称呼|客户$|单位|name", re.IGNORECASE)
"""Headings of notes that only name somebody."""
_OF_BUYERS = re.compile("买家|客户留|用户|附言|^留言|订单留")
_OF_SELLERS = re.compile("标签|标记|旗|备注|备忘|跟进|处理|记录|说明|客服|卖家|商家|登记")
_OF_DELIVERY = frozenset({"发货状态"})


def require_sold(cells: RowCells, *, is_order: bool, has_last_day: bool = False) -> None:
    """Raises UnclearCell for an order that isn't known to be paid for, that is or may be paid back, or has
    several pieces."""
    is_known_paid, is_settled = False, False
    states = list(cells.of(ColumnRole.STATUS))
    for column, cell in states:
        if column.heading in _OF_DELIVERY and is_of_delivery(cell):
            continue
        require_paid(cell, is_order=is_order)
        is_known_paid = True
        is_settled = is_settled or is_final(cell)
    for column, cell in cells.of(ColumnRole.REFUND):
        require_nothing_back(cell, named(column))
    for column, cell in cells.of(ColumnRole.PAYMENT):
        if not is_order and is_of_member(cell, column.heading):
            continue
        require_not_unpaid(cell, named(column), is_known_paid=is_known_paid)
    for column, cell in (*cells.of(ColumnRole.REMARK), *cells.of(ColumnRole.NOTE)):
        require_nothing_said_back(cell, named(column))
        if not _OF_NAMES.search(column.heading):
            by_hand = (is_order or not has_last_day) and not _OF_BUYERS.search(column.heading)
            require_nothing_against(cell, named(column), is_done_by_hand=by_hand)
    for column, cell in cells.of(ColumnRole.QUANTITY):
        require_single(cell, "数量" if column.heading == "数量" else named(column))
    if is_order:
        for heading, cell in cells.unused():
            require_nothing_odd(cell, heading, is_known_paid=is_settled)
            if not is_settled:
                require_not_at_the_door(cell, heading)
            if _OF_SELLERS.search(heading):
                require_nothing_against(cell, heading, is_done_by_hand=True)
        _require_told_paid(cells, is_settled=is_settled)


def _require_told_paid(cells: RowCells, *, is_settled: bool) -> None:
    """Raises UnclearCell for an order whose table has columns that tell whether it was paid, all blank for
    it; and for one on its way without its day of payment, which may be paid at the door."""
    columns = (*cells.columns(ColumnRole.STATUS), *cells.columns(ColumnRole.PAYMENT))
    paid_at = [column for column in cells.columns(ColumnRole.START) if _PAID_AT.search(column.heading)]
    telling = [column for column in columns if column.heading not in _OF_DELIVERY] or paid_at
    if not is_settled and paid_at and not any(cells.has(column) for column in paid_at):
        telling = paid_at
    if telling and not any(cells.has(column) for column in telling):
        names = "、".join(map(named, telling[:3]))
        raise UnclearCell(f"{names}是空的，看不出付没付款")
