"""Imports from tables, and the exports."""

from __future__ import annotations

from guarded_rules.rule import Rule

RULES = (
    Rule(
        "an import is confirmed only as it was shown",
        "jianggao/bulk_membership/imports.py",
        "    if changed:\n",
        "    if False:\n",
        "tests/bulk_membership/test_imports.py",
    ),
    Rule(
        "an import is decided once",
        "jianggao/bulk_membership/imports.py",
        "    if found.decided_at is not None:\n",
        "    if False:\n",
        "tests/bulk_membership/test_imports.py",
    ),
    Rule(
        "a dry run can be confirmed for a day",
        "jianggao/bulk_membership/imports.py",
        "    if act.at - proposed.at > VALID_FOR:\n",
        "    if False:\n",
        "tests/bulk_membership/test_imports.py",
    ),
    Rule(
        "one message confirms one import",
        "jianggao/bulk_membership/imports.py",
        "    await ledger_store.require_unused(connection, entries[0].message)\n",
        "",
        "tests/bulk_membership/test_imports.py",
    ),
    Rule(
        "an import that would do something else is taken back",
        "jianggao/bulk_membership/imports.py",
        "    if any(states[account].valid_until != valid_until for account, valid_until in promised.items()):\n",
        "    if False:\n",
        "tests/bulk_membership/test_imports.py",
    ),
    Rule(
        "an order is granted once",
        "jianggao/bulk_membership/dry_run.py",
        "    if granted is not None:\n",
        "    if False:\n",
        "tests/bulk_membership/test_dry_run.py",
    ),
    Rule(
        "an order whose entry was undone isn't granted again",
        "jianggao/bulk_membership/dry_run.py",
        "    if granted is not None and granted.undone_by is not None:\n",
        '    if granted is not None and granted.undone_by is not None:\n        return ""\n    if False:\n',
        "tests/bulk_membership/test_dry_run.py",
    ),
    Rule(
        "an order that wasn't paid for gives nothing",
        "jianggao/bulk_membership/member_rows.py",
        "    require_paid(cells.first(ColumnRole.STATUS), cells.first(ColumnRole.REFUND))\n",
        "",
        "tests/bulk_membership/test_member_rows.py",
    ),
    Rule(
        "an account in a remark needs an order",
        "jianggao/bulk_membership/member_rows.py",
        "    if from_remark and not order:\n",
        "    if False:\n",
        "tests/bulk_membership/test_member_rows.py",
    ),
    Rule(
        "of two accounts in a remark none is taken",
        "jianggao/bulk_membership/cell_values.py",
        '    if len(found) > 1:\n        raise UnclearCell(f"买家',
        '    if False:\n        raise UnclearCell(f"买家',
        "tests/bulk_membership/test_cell_values.py",
    ),
    Rule(
        "a number that lost digits is no account and no order",
        "jianggao/bulk_membership/cell_values.py",
        "    if len(digits) - 1 != exponent:\n",
        "    if False:\n",
        "tests/bulk_membership/test_cell_values.py",
    ),
    Rule(
        "a table has so many rows and no more",
        "jianggao/spreadsheets/delimited.py",
        "        if len(rows) == MOST_READ:\n",
        "        if False:\n",
        "tests/spreadsheets/test_delimited.py",
    ),
    Rule(
        "a workbook has so many rows and no more",
        "jianggao/spreadsheets/workbooks.py",
        "        if len(rows) == MOST_READ:\n",
        "        if False:\n",
        "tests/spreadsheets/test_workbooks.py",
    ),
    Rule(
        "what unpacks to too much isn't unpacked",
        "jianggao/spreadsheets/workbooks.py",
        "    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_UNPACKED:\n",
        "    if False:\n",
        "tests/spreadsheets/test_workbooks.py",
    ),
    Rule(
        "a text like a formula is quoted",
        "jianggao/spreadsheets/writing.py",
        "            style = _QUOTED if value",
        "            style = _TEXT if value",
        "tests/spreadsheets/test_writing.py",
    ),
    Rule(
        "members are exported for superusers alone",
        "plugins/bulk_membership/commands.py",
        '    "导出会员",\n    scope=Scope.SUPERUSER,\n',
        '    "导出会员",\n',
        "tests/plugins/bulk_membership/test_commands.py",
    ),
    Rule(
        "an import is confirmed by superusers alone",
        "plugins/bulk_membership/commands.py",
        '    "确认导入",\n    scope=Scope.SUPERUSER,\n',
        '    "确认导入",\n',
        "tests/plugins/bulk_membership/test_commands.py",
    ),
)
