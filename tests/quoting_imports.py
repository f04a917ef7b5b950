"""Texts about imported tables, each with somebody's words in the places of headings, names of sheets and cells."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from jianggao.bulk_membership.cell_values import UnclearCell, account_in
from jianggao.bulk_membership.columns import find_columns
from jianggao.bulk_membership.imports import DryRun
from jianggao.bulk_membership.member_rows import ReadLines, RefusedLine
from jianggao.errors import WrongUse
from jianggao.spreadsheets.table import SheetRow


def unclear(words: str) -> str:
    """Returns why a cell isn't understood. What happens to be a number is understood."""
    try:
        account_in(f"x{words}")
    except UnclearCell as error:
        return str(error)
    raise AssertionError("words behind a letter are no account")


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


SHOWING: dict[str, Callable[[str], str]] = {"plugins.bulk_membership.texts.dry_run": dry_run}
ELSEWHERE: dict[str, Callable[[str], str]] = {
    "jianggao.bulk_membership.cell_values": unclear,
    "jianggao.bulk_membership.columns": no_columns,
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
}
"""Texts of the plugin `bulk_membership` that show numbers and words of our own alone."""
