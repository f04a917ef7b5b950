"""Says from which day a row's time runs, also by columns of days under headings that nobody has listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from jianggao.bulk_membership.cell_values import UnclearCell, day_in, folded, is_plain_day, says_nothing
from jianggao.bulk_membership.columns import Column, ColumnRole, Columns
from jianggao.bulk_membership.row_cells import RowCells, named
from jianggao.spreadsheets.table import SheetRow

_SLACK = timedelta(days=1)
_LATER_PAID = timedelta(days=7)
"""By how much the days of one order may differ: it is paid after it was made."""
_IS_START = re.compile("开始|起始|起算|生效|^start")
_OF_ORDER = re.compile("下单|创建|付款|支付|付费|成交|购买|提交|拍下|交易|订单")
_OF_DAYS = re.compile("(?:时间|日期|日|月份|年月日|date|time)$", re.IGNORECASE)
_OTHER_DAYS = re.compile(
    "生日|出生|承诺|预约|预计|提醒|登录|发言|活跃|导出|打印|更新|修改|应|最晚|最迟|超时|截止|截至|到期|过期|失效|结束|有效|原|旧|birth",
    re.IGNORECASE,
)
"""Parts of headings of days from which no time runs."""


def with_days_by_sight(columns: Columns, rows: Sequence[SheetRow]) -> Columns:
    """Returns the columns with those of days that no heading told, where no other has first days."""
    if ColumnRole.START in columns.of:
        return columns
    known = {column.at for of in columns.of.values() for column in of}
    asked = {column.at for column in columns.of.get(ColumnRole.PAYMENT, ())}
    found = tuple(
        Column(at, ColumnRole.START, heading)
        for at, heading in enumerate(columns.header.cells)
        if heading and (at not in known or at in asked) and _has_days(heading, at, rows)
    )
    headings = {column.heading for column in found}
    unused = tuple(heading for heading in columns.unused if heading not in headings)
    return replace(columns, unused=unused, days_by_sight=found)


def first_day_of(cells: RowCells, by_sight: Sequence[Column], *, has_last_day: bool) -> date | None:
    """Returns the day of the plainest column: 开始 counts before 付款时间. Raises UnclearCell where two that differ
    may be meant, unless a last day says all."""
    found = [(column, day_in(cell)) for column, cell in cells.of(ColumnRole.START) if not says_nothing(cell)]
    if not found and not has_last_day:
        found = [(column, day_in(cell)) for column, cell in cells.at(by_sight) if not says_nothing(cell)]
    if not found:
        return None
    first, day = found[0]
    for column, other in found[1:]:
        if not _may_differ(first, day, column, other):
            if has_last_day:
                return None
            raise UnclearCell(
                f"{named(first)} {day.isoformat()} 和{named(column)} {other.isoformat()} 不一样，"
                "看不出从哪天算，请只留一列开始日期"
            )
    return day


def _may_differ(first: Column, day: date, column: Column, other: date) -> bool:
    if abs(day - other) <= _SLACK:
        return True
    if not _OF_ORDER.search(column.heading):
        return False
    if _IS_START.search(first.heading):
        return day > other  # what is paid now may begin later
    return bool(_OF_ORDER.search(first.heading)) and abs(day - other) <= _LATER_PAID


def _has_days(heading: str, at: int, rows: Sequence[SheetRow]) -> bool:
    """Returns whether a column is of days: by its heading and one of its cells, or by all of them."""
    if _OTHER_DAYS.search(heading):
        return False
    cells = [row.cells[at] for row in rows if at < len(row.cells) and folded(row.cells[at])]
    if _OF_DAYS.search(folded(heading)):
        return any(_days(cells))
    told = [cell for cell in cells if not says_nothing(cell)]
    return bool(told) and all(map(is_plain_day, told))


def _days(cells: Sequence[str]) -> Iterator[bool]:
    for cell in cells:
        try:
            day_in(cell)
        except UnclearCell:
            yield False
        else:
            yield True
