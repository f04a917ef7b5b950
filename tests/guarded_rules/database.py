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
    Rule(
        "deliveries are settled once",
        "jianggao/database/migrations/0011_append_only.sql",
        "WHEN OLD.outcome <> 'recorded' OR NEW.outcome = 'recorded'",
        "WHEN 0",
        "tests/database/test_append_only.py",
    ),
    Rule(
        "of a delivery only the outcome is written later",
        "jianggao/database/migrations/0011_append_only.sql",
        "    ON deliveries\nBEGIN",
        "    ON deliveries WHEN 0\nBEGIN",
        "tests/database/test_append_only.py",
    ),
    Rule(
        "deliveries are never deleted",
        "jianggao/database/migrations/0011_append_only.sql",
        "CREATE TRIGGER deliveries_never_deleted BEFORE DELETE ON deliveries",
        "CREATE TRIGGER deliveries_never_deleted BEFORE DELETE ON deliveries WHEN 0",
        "tests/database/test_append_only.py",
    ),
    Rule(
        "deliveries are never replaced",
        "jianggao/database/migrations/0011_append_only.sql",
        "WHEN EXISTS (SELECT 1 FROM deliveries WHERE id = NEW.id)",
        "WHEN 0",
        "tests/database/test_append_only.py",
    ),
    Rule(
        "looks are never changed",
        "jianggao/database/migrations/0011_append_only.sql",
        "CREATE TRIGGER looks_never_updated BEFORE UPDATE ON looks",
        "CREATE TRIGGER looks_never_updated BEFORE UPDATE ON looks WHEN 0",
        "tests/database/test_append_only.py",
    ),
    Rule(
        "looks are never deleted",
        "jianggao/database/migrations/0011_append_only.sql",
        "CREATE TRIGGER looks_never_deleted BEFORE DELETE ON looks",
        "CREATE TRIGGER looks_never_deleted BEFORE DELETE ON looks WHEN 0",
        "tests/database/test_append_only.py",
    ),
    Rule(
        "looks are never replaced",
        "jianggao/database/migrations/0011_append_only.sql",
        "WHEN EXISTS (SELECT 1 FROM looks WHERE id = NEW.id)",
        "WHEN 0",
        "tests/database/test_append_only.py",
    ),
    Rule(
        "files of the database are private",
        "jianggao/database/connection.py",
        "            private_file(path)\n",
        "            path.touch()\n",
        "tests/database/test_private_files.py",
    ),
    Rule(
        "open files are tightened at the start",
        "jianggao/database/connection.py",
        "            tighten_database(path)\n",
        "",
        "tests/database/test_private_files.py",
    ),
    Rule(
        "backups are private",
        "jianggao/database/backup.py",
        "    private_file(temporary)\n",
        "",
        "tests/database/test_private_files.py",
    ),
    Rule(
        "the live database is no sandbox",
        "sandbox/own_folder.py",
        "    if holds or place == database.parent",
        "    if False and place == database.parent",
        "tests/sandbox/test_own_folder.py",
    ),
    Rule(
        "the sandbox takes no folder with other things",
        "sandbox/own_folder.py",
        "    if not (folder / MARKER).is_file() and not _is_free(folder):",
        "    if False:",
        "tests/sandbox/test_own_folder.py",
    ),
)
