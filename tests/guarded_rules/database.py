"""Transactions and what is never changed."""

from __future__ import annotations

from guarded_rules.rule import Rule

RULES = (
    Rule(
        "3 ledger rows are never changed",
        "jianggao/database/migrations/0002_membership.sql",
        "CREATE TRIGGER ledger_never_updated BEFORE UPDATE ON ledger",
        "CREATE TRIGGER ledger_never_updated BEFORE UPDATE ON ledger WHEN 0",
        "tests/membership",
    ),
    Rule(
        "3 ledger rows are never deleted",
        "jianggao/database/migrations/0002_membership.sql",
        "CREATE TRIGGER ledger_never_deleted BEFORE DELETE ON ledger",
        "CREATE TRIGGER ledger_never_deleted BEFORE DELETE ON ledger WHEN 0",
        "tests/membership",
    ),
    Rule(
        "5 what is answered has been committed",
        "jianggao/database/connection.py",
        "                await _settled(self._writer.commit())",
        "                pass",
        "tests/database tests/end_to_end/test_robustness.py",
    ),
    Rule(
        "5 an exception rolls back, a cancellation too",
        "jianggao/database/connection.py",
        "                yield self._writer\n            except BaseException:",
        "                yield self._writer\n            except ValueError:",
        "tests/database",
    ),
    Rule(
        "5 one transaction at a time",
        "jianggao/database/connection.py",
        "        async with self._writing:\n            try:\n                await _settled(self._writer.execute",
        "        if True:\n            try:\n                await _settled(self._writer.execute",
        "tests/database",
    ),
)
