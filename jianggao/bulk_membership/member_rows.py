"""Reads the rows of a table as memberships to be given, and says of each other row why it is none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jianggao.bulk_membership.accounts_of_rows import account_of
from jianggao.bulk_membership.cell_durations import duration_in, duration_in_title
from jianggao.bulk_membership.cell_values import SHOWN, UnclearCell, days_in, order_in, says_nothing
from jianggao.bulk_membership.codes_in_cells import holds_code
from jianggao.bulk_membership.columns import Column, ColumnRole, Columns, find_columns
from jianggao.bulk_membership.first_days import first_day_of, with_days_by_sight
from jianggao.bulk_membership.kinds import is_plain_kind, sells_otherwise
from jianggao.bulk_membership.paid_rows import require_sold
from jianggao.bulk_membership.row_cells import LONGEST_NAME, RowCells, named
from jianggao.errors import WrongUse
from jianggao.membership.durations import Duration, add
from jianggao.spreadsheets.table import MAX_ROWS, TOO_MANY_ROWS, SentTable, SheetRow
from jianggao.text.quoting import quoted

MAX_LINE_NOTE = 120
"""Characters of a line's note: the entry's note has the number of the import and the order too."""
_FUTURE = timedelta(days=366)
"""How far ahead a subscription may begin: a later day is rather a slip of the pen."""
_SLACK = timedelta(days=1)
"""By how much a duration and a last day may differ: whether the first day counts is a matter of taste."""
_MOST_OF_TITLE = 60
_MOST_SHEETS = 10
_UNNAMED = "（名字里有卡密）"
_HIDDEN = "这一行在表格里是隐藏的（筛选掉的？）"
_NO_ORDER = "没有订单号，再导入认不出来"
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
    remark: str = ""
    """What the operator should know of the row, in a few Chinese words without 。"""
    more_orders: tuple[str, ...] = ()
    """The further numbers of the same order, as that of the part beside that of the whole."""
    sold: str = ""
    """What the row says is sold, for the dry run alone: it isn't stored."""

    @property
    def orders(self) -> tuple[str, ...]:
        """All numbers by which the order is known."""
        return (self.order, *self.more_orders) if self.order else ()


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
    is_payment_untold: bool = False
    """Whether orders are to be given, and no column tells whether they are paid."""


def read_lines(table: SentTable, today: date, needless: Collection[str] = ()) -> ReadLines:
    """Returns the lines of a table. `needless` are accounts that need no membership: the bot's and superusers'.
    Raises WrongUse where the table has no header, or nothing below it."""
    left_out = tuple(_UNNAMED if holds_code([name]) else name for name in table.left_out)
    try:
        columns = find_columns(table.rows)
    except WrongUse as wrong:
        raise WrongUse(f"{wrong}{_other_sheets(left_out)}") from None
    lines: list[ImportLine] = []
    refused: list[RefusedLine] = []
    rows = list(_below(table, columns))
    columns = with_days_by_sight(columns, rows)
    if len(rows) > MAX_ROWS:
        raise WrongUse(TOO_MANY_ROWS)
    for row in rows:
        try:
            line = _line(row, columns, today)
            if line.account in needless:
                raise UnclearCell(f"{line.account} 是机器人或管理员的号，用不着会员")
            lines.append(line)
        except UnclearCell as unclear:
            refused.append(RefusedLine(row.number, str(unclear)))
    if not lines and not refused:
        alone = f"表格只有表头（第 {columns.header.number} 行），下面没有内容。"
        raise WrongUse(f"{alone}{_other_sheets(left_out) or '请补上再发。'}")
    used = tuple(_taken_for(column) for of in (*columns.of.values(), columns.days_by_sight) for column in of)
    untold = not columns.of.keys() & {ColumnRole.STATUS, ColumnRole.PAYMENT}
    has_orders = any(line.order for line in lines)
    return ReadLines(tuple(lines), tuple(refused), used, columns.unused, left_out, untold and has_orders)


def _other_sheets(names: Sequence[str]) -> str:
    """Returns what to say of the sheets that weren't read where the first has no list; "" where there are
    none."""
    if not names:
        return ""
    each = "、".join(quoted(name, LONGEST_NAME) for name in names[:_MOST_SHEETS])
    return f"\n只看了第一张工作表，没看：{each}。名单在别的表上的，请把它移到最前再发。"


def _below(table: SentTable, columns: Columns) -> Iterator[SheetRow]:
    """Yields the rows below the header. The header again, as on each page of some exports, is none."""
    for row in table.rows:
        if row.number > columns.header.number and row.cells != columns.header.cells:
            yield row


def _line(row: SheetRow, columns: Columns, today: date) -> ImportLine:
    """Returns what a row says. Raises UnclearCell."""
    if holds_code(row.cells):
        raise UnclearCell("这一行里有卡密，没有导入；卡密请让本人兑换，别放在表格里")
    cells = RowCells(row, columns)
    orders = tuple(dict.fromkeys(filter(None, (order_in(cell) for _, cell in cells.of(ColumnRole.ORDER)))))
    order = orders[0] if orders else ""
    has_last_day = any(_names_days(cell) for _, cell in cells.of(ColumnRole.UNTIL))
    require_sold(cells, is_order=bool(orders), has_last_day=has_last_day)
    is_of_orders = ColumnRole.ORDER in columns.of
    account, from_remark, doubts = account_of(cells, is_of_orders=is_of_orders)
    if from_remark and not order:
        raise UnclearCell("没有订单号")
    begins, until = _days(cells)
    starts_on = first_day_of(cells, columns.days_by_sight, has_last_day=until is not None)
    if begins is not None and starts_on is not None and abs(begins - starts_on) > _SLACK:
        raise UnclearCell(f"开始日期 {starts_on.isoformat()} 和有效期里的 {begins.isoformat()} 对不上")
    starts_on = begins or starts_on
    if starts_on is not None and starts_on > today + _FUTURE:
        raise UnclearCell(f"开始日期 {starts_on.isoformat()} 太晚")
    duration, is_total = _duration(cells, needed=until is None)
    _require_agreement(starts_on, duration, until, is_total=is_total)
    if until is not None and starts_on is None and until < today:
        raise UnclearCell(f"到期日 {until.isoformat()} 已过，又没有开始日期")
    remarks = [_HIDDEN] if row.is_hidden else []
    remarks += [doubts] if doubts else []
    if is_of_orders and not order:
        remarks.append(_NO_ORDER)
    return ImportLine(
        *(row.number, account, starts_on, duration, until, _note(cells), order),
        "，".join(remarks),
        orders[1:],
        _sold(cells),
    )


def _taken_for(column: Column) -> str:
    """Returns a heading with what it was taken for, where that isn't the same word."""
    role = column.role.value
    return column.heading if column.heading == role else f"{column.heading}（{role}）"


def _days(cells: RowCells) -> tuple[date | None, date | None]:
    """Returns the first and the last day by the columns of last days, or of durations where these name days.
    Raises UnclearCell, also where two last days differ."""
    found: dict[date, tuple[Column, date | None]] = {}
    for column, cell in (*cells.of(ColumnRole.UNTIL), *cells.of(ColumnRole.DURATION)):
        if says_nothing(cell):
            continue
        try:
            begins, until = days_in(cell)
        except UnclearCell:
            if column.role is ColumnRole.UNTIL and not _is_duration(cell):
                raise
            continue
        found.setdefault(until, (column, begins))
    if not found:
        return None, None
    if max(found) - min(found) > _SLACK:
        each = "、".join(f"{named(column)} {until.isoformat()}" for until, (column, _) in found.items())
        raise UnclearCell(f"有两个不同的到期日（{each}），请只留要用的一列")
    until, (_, begins) = next(iter(found.items()))
    return begins, until


def _is_duration(cell: str) -> bool:
    try:
        duration_in(cell)
    except UnclearCell:
        return False
    return True


def _names_days(cell: str) -> bool:
    try:
        days_in(cell)
    except UnclearCell:
        return False
    return True


def _duration(cells: RowCells, *, needed: bool) -> tuple[Duration | None, bool]:
    """Returns the duration, and whether a column of durations names it rather than a kind; None where none is
    understood and none is needed. Raises UnclearCell.

    A title is asked only where no other column says anything: it is there to praise, not to count. So a kind
    that isn't understood refuses the row.
    """
    found: dict[Duration, str] = {}
    unclear: list[UnclearCell] = []
    for column, cell in (*cells.of(ColumnRole.DURATION), *cells.of(ColumnRole.UNTIL)):
        if _names_days(cell) or says_nothing(cell):
            continue
        try:
            found.setdefault(duration_in(cell, column.unit), column.heading)
        except UnclearCell as failure:
            if needed and column.role is ColumnRole.DURATION:
                raise
            unclear.append(failure)
    is_total = bool(found)
    for column, cell in cells.of(ColumnRole.SPEC):
        if is_plain_kind(cell):
            continue
        try:
            found.setdefault(duration_in(cell, column.unit), column.heading)
        except UnclearCell:
            if sells_otherwise(cell):
                raise
            unclear.append(
                UnclearCell(f"{named(column)}是{quoted(cell, SHOWN)}，看不出卖的是多久，请加一列时长写明")
            )
    if not found and not unclear:
        for column, cell in cells.of(ColumnRole.TITLE):
            try:
                found.setdefault(duration_in_title(cell), column.heading)
            except UnclearCell as failure:
                unclear.append(failure)
    if len(found) > 1:
        each = "、".join(f"{quoted(heading, 10)} {duration}" for duration, heading in found.items())
        raise UnclearCell(f"几列写的时长不一样（{each}）")
    if found:
        return next(iter(found)), is_total
    if needed:
        raise unclear[0] if unclear else UnclearCell("没有写时长")
    return None, False


def _require_agreement(
    starts_on: date | None, duration: Duration | None, until: date | None, *, is_total: bool
) -> None:
    """Raises UnclearCell where a duration and a last day contradict each other. Whoever has renewed a yearly
    kind has more than a year."""
    if until is None or starts_on is None:
        return
    if until < starts_on:
        raise UnclearCell(f"到期日 {until.isoformat()} 早于开始日期 {starts_on.isoformat()}")
    ends = None if duration is None else add(starts_on, duration)
    if ends is not None and (abs(ends - until) if is_total else ends - until) > _SLACK:
        raise UnclearCell(f"从 {starts_on.isoformat()} 起 {duration}，和到期日 {until.isoformat()} 对不上")


def _sold(cells: RowCells) -> str:
    """Returns the titles and kinds of a row, in short."""
    every = (pair for role in (ColumnRole.TITLE, ColumnRole.SPEC) for pair in cells.of(role))
    return "；".join(_BREAKS.sub(" ", cell).strip()[:_MOST_OF_TITLE] for _, cell in every)


def _note(cells: RowCells) -> str:
    pieces = dict.fromkeys(_BREAKS.sub(" ", cell).strip() for _, cell in cells.of(ColumnRole.NOTE))
    note = " ".join(piece for piece in pieces if piece)
    if len(note) > MAX_LINE_NOTE:
        raise UnclearCell(f"备注超过 {MAX_LINE_NOTE} 字")
    return note
