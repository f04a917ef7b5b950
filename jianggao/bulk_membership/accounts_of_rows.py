"""Says whose a row is: by a column of accounts, or by what the buyer wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.bulk_membership.cell_values import UnclearCell
from jianggao.bulk_membership.columns import Column, ColumnRole
from jianggao.bulk_membership.remarks import (
    account_in,
    account_in_remark,
    called_qq,
    is_mobile,
    names_a_number,
)
from jianggao.bulk_membership.row_cells import RowCells, named

_TAKEN_BACK = re.compile("[错改换]|不是|别的号|另一个号|弄混")
"""What a remark without a number has that speaks of another account than the one beside it."""


def account_of(cells: RowCells, *, is_of_orders: bool = False) -> tuple[str, bool, str]:
    """Returns the account, whether a buyer's remark names it, and what the operator should know of it, "" for
    nothing. Raises UnclearCell.

    Beside orders 会员号 is rather the shop's own number of its customer: there a column must say QQ.
    """
    columns = _in_columns(cells, is_of_orders=is_of_orders)
    if len(columns) > 1:
        raise UnclearCell(f"这一行有两个不同的 QQ 号（{'、'.join(list(columns)[:3])}）")
    remarks = [cell for _, cell in cells.of(ColumnRole.REMARK)]
    if columns:
        account, column = next(iter(columns.items()))
        doubts = _doubts(account, column, remarks)
        is_sure = not is_of_orders or column.may_be_qq or column.is_of_buyer
        if not is_sure and not any(account in called_qq(remark) for remark in remarks):
            raise UnclearCell(f"{named(column)}是 {account}，不一定是 QQ 号；是的话，把列名改成 QQ 再发")
        return account, False, doubts
    if not remarks:
        raise UnclearCell("没有写 QQ 号")
    found = dict.fromkeys(account_in_remark(cell) for cell in remarks if names_a_number(cell))
    if not found:
        raise UnclearCell("买家留言里没有 QQ 号")
    if len(found) > 1:
        raise UnclearCell(f"留言里不止一个号码（{'、'.join(list(found)[:3])}）")
    if any(_TAKEN_BACK.search(cell) for cell in remarks if not names_a_number(cell)):
        raise UnclearCell("留言里说号码有变，请加一列 QQ 号写明")
    return next(iter(found)), True, ""


def _in_columns(cells: RowCells, *, is_of_orders: bool) -> dict[str, Column]:
    """Returns the accounts in columns of accounts. Raises UnclearCell where one isn't understood; beside orders
    only in columns that say QQ."""
    found: dict[str, Column] = {}
    for column, cell in cells.of(ColumnRole.ACCOUNT):
        try:
            found[account_in(cell)] = column
        except UnclearCell:
            if not is_of_orders or column.may_be_qq or column.is_of_buyer:
                raise
    return found


def _doubts(account: str, column: Column, remarks: Sequence[str]) -> str:
    """Returns what is odd about an account that a column names. Raises UnclearCell where it rather is somebody
    else's, or a number of something else."""
    for remark in remarks:
        others = called_qq(remark) - {account}
        try:
            others |= {account_in_remark(remark)} - {account}
            is_plain = True
        except UnclearCell:
            is_plain = False
        if others and (is_plain or not column.is_called_qq):
            other = sorted(others)[0]
            raise UnclearCell(f"{named(column)}是 {account}，买家留言里是 {other}，对不上，请改成一样的再发")
        if others:
            return f"留言里另有 QQ {sorted(others)[0]}，请核对"
    if is_mobile(account):
        if not column.is_called_qq:
            raise UnclearCell(f"{named(column)}是 {account}，像手机号；是 QQ 号的，把列名改成 QQ 再发")
        return "像手机号，请核对"
    return ""
