"""Texts about imported tables, each with somebody's words in the places of headings, names of sheets and cells."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import date

from jianggao.bulk_membership.cell_durations import duration_in
from jianggao.bulk_membership.cell_values import UnclearCell, day_in
from jianggao.bulk_membership.columns import Column, ColumnRole, find_columns
from jianggao.bulk_membership.imports import DryRun
from jianggao.bulk_membership.member_rows import ReadLines, RefusedLine, read_lines
from jianggao.bulk_membership.order_states import require_paid
from jianggao.bulk_membership.remarks import account_in
from jianggao.bulk_membership.row_cells import named
from jianggao.errors import WrongUse
from jianggao.spreadsheets.table import SentTable, SheetRow


def unclear(words: str) -> str:
    """Returns why a cell isn't understood. What happens to be a number is understood."""
    try:
        account_in(f"x{words}")
    except UnclearCell as error:
        return str(error)
    raise AssertionError("words behind a letter are no account")


def unclear_day(words: str) -> str:
    """Returns why a day isn't understood."""
    try:
        day_in(f"x{words}")
    except UnclearCell as error:
        return str(error)
    raise AssertionError("these words are no day")


def odd_column(words: str) -> str:
    """Returns why a cell without a value of its own isn't read."""
    return f"{named(Column(0, ColumnRole.DURATION, words))}是空的"


def no_columns(words: str) -> str:
    """Returns why a table without the columns that are needed isn't read."""
    try:
        find_columns((SheetRow(1, ("QQ", f"x{words}", f"y{words}")), SheetRow(2, ("20001", "1", "2"))))
    except WrongUse as error:
        return str(error)
    raise AssertionError("these headings say nothing")


def dry_run(words: str) -> str:
    read = ReadLines((), (RefusedLine(2, unclear(words)),), (f"x{words}",), (f"x{words}",), (f"x{words}",))
    shown: str = importlib.import_module("plugins.bulk_membership.texts").dry_run(DryRun(None, (), read))
    return shown


def unclear_duration(words: str) -> str:
    """Returns why a duration isn't understood."""
    try:
        duration_in(f"x{words}")
    except UnclearCell as error:
        return str(error)
    raise AssertionError("these words say no duration")


def unknown_state(words: str) -> str:
    """Returns why an order isn't known to be paid."""
    try:
        require_paid(f"未{words}")
    except UnclearCell as error:
        return str(error)
    raise AssertionError("these words are no state")


def other_sheets(words: str) -> str:
    """Returns why a table isn't read whose first sheet has no header."""
    try:
        read_lines(SentTable((SheetRow(1, ("x",)),), (f"x{words}",)), date(2026, 3, 18))
    except WrongUse as error:
        return str(error)
    raise AssertionError("this sheet has no header")


def no_table(words: str) -> str:
    """导入会员 repeats the line that is no table."""
    shown: str = importlib.import_module("plugins.bulk_membership.texts").no_table(words)
    return shown


def waiting_for_table(words: str) -> str:
    shown: str = importlib.import_module("plugins.bulk_membership.texts").waiting_for_table(words)
    return shown


SHOWING: dict[str, Callable[[str], str]] = {
    "plugins.bulk_membership.texts.dry_run": dry_run,
    "plugins.bulk_membership.texts.waiting_for_table": waiting_for_table,
    "plugins.bulk_membership.texts.no_table": no_table,
}
ELSEWHERE: dict[str, Callable[[str], str]] = {
    "jianggao.bulk_membership.cell_values": unclear_day,
    "jianggao.bulk_membership.remarks": unclear,
    "jianggao.bulk_membership.row_cells": odd_column,
    "jianggao.bulk_membership.columns": no_columns,
    "jianggao.bulk_membership.cell_durations": unclear_duration,
    "jianggao.bulk_membership.order_states": unknown_state,
    "jianggao.bulk_membership.member_rows": other_sheets,
}
SILENT = {
    "confirmed",
    "details_not_sent",
    "dropped",
    "dry_run_file",
    "effect_kind",
    "file_sent",
    "ledger_file",
    "members_file",
    "no_entries",
    "remark",
    "undone",
}
"""Texts of the plugin `bulk_membership` that show numbers and words of our own alone."""
