"""Backups can be used, and a restore loses nothing."""

from __future__ import annotations

from guarded_rules.rule import Rule

_VERBS = "tests/cli/test_backup_verbs.py"
_RESTORE = "tests/cli/test_backup_verbs_restore.py"

RULES = (
    Rule(
        "a restore keeps what it replaces",
        "jianggao/database/restore_exchange.py",
        "                shutil.move(path, self.kept / path.name)",
        "                path.unlink()",
        _RESTORE,
    ),
    Rule(
        "each restore keeps its own",
        "jianggao/database/restore_exchange.py",
        "        if not os.path.lexists(place.with_name(name)):\n            return name",
        "        if True:\n            return name",
        "tests/database/test_restore_exchange.py",
    ),
    Rule(
        "the keys that a restore replaces are kept",
        "jianggao/database/restore_exchange.py",
        "            if replaced or (new.exists() and new.read_bytes() != key.read_bytes()):",
        "            if False:",
        _RESTORE,
    ),
    Rule(
        "a restore that was cut off is finished by the next start",
        "jianggao/database/connection.py",
        "        finish_restore(path)\n",
        "",
        "tests/database/test_restore_exchange.py",
    ),
    Rule(
        "a backup of another database isn't restored unasked",
        "jianggao/backups/restoration.py",
        "            if not other_database:",
        "            if False:",
        "tests/doctor/test_backups.py",
    ),
    Rule(
        "no backup of another database is named as the way back",
        "jianggao/doctor/backups.py",
        "        return not are_of_another(own, named.current.values()) and there",
        "        return there",
        "tests/doctor/test_backups.py",
    ),
    Rule(
        "a wrong key by the backup forbids its restore",
        "jianggao/backups/restoration.py",
        "        elif place.exists():",
        "        elif False:",
        _RESTORE,
    ),
    Rule(
        "a missing key forbids a restore",
        "jianggao/backups/restoration.py",
        "        elif wanted in named.current.values():",
        "        elif False:",
        _RESTORE,
    ),
    Rule(
        "keys are looked at before anything is touched",
        "jianggao/backups/restoration.py",
        "    examined = examine_backup(backup_file, database_file)\n    with explaining_errors(database_file):",
        "    with explaining_errors(database_file):\n        database_file.unlink(missing_ok=True)\n"
        "        examined = examine_backup(backup_file, database_file)",
        _RESTORE,
    ),
    Rule(
        "a changed byte of a backup is found",
        "jianggao/backups/restoration.py",
        "    if manifest is not None and not hmac.compare_digest(digest, manifest.sha256):",
        "    if False:",
        _VERBS,
    ),
    Rule(
        "a changed byte of the ledger in a backup is found",
        "jianggao/backups/restoration.py",
        "    if broken is not None:",
        "    if False:",
        _VERBS,
    ),
    Rule(
        "a changed byte of the manifest is found",
        "jianggao/backups/restoration.py",
        "    if not is_sealed(backup_file, codes) or manifest.ledger",
        "    if manifest.ledger",
        _VERBS,
    ),
    Rule(
        "a changed byte of the live ledger is found",
        "jianggao/backups/checks.py",
        "    if broken is None:",
        "    if True:",
        _VERBS,
    ),
    Rule(
        "a backup overwrites nothing but an earlier one",
        "jianggao/backups/target.py",
        "        _require_earlier_backup(target, own)\n    for",
        "        pass\n    for",
        _VERBS,
    ),
    Rule(
        "a backup overwrites no other database's keys",
        "jianggao/backups/target.py",
        "        if named not in own:",
        "        if False:",
        _VERBS,
    ),
    Rule(
        "a database that lost acknowledged entries is not backed up",
        "jianggao/backups/backup.py",
        "            acknowledged_entries.require_entries_in_copy(written, noted, work.database_file)\n",
        "",
        "tests/backups/test_backup.py",
    ),
    Rule(
        "half a change is in no backup",
        "jianggao/database/inspection.py",
        '    return "rw" if beside(path, "-journal").exists() else "ro"',
        '    return "ro&immutable=1"',
        "tests/backups/test_backup.py",
    ),
    Rule(
        "a changed byte of a key file is found",
        "jianggao/backups/restoration.py",
        "        if path.parent == backup_file.parent and wanted and not hmac.compare_digest(sha256_of(path), wanted):",
        "        if False:",
        "tests/backups/test_restoration.py",
    ),
    Rule(
        "a backup without its keys is none",
        "jianggao/backups/backup.py",
        "        elif wanted in named.current.values():",
        "        elif False:",
        _VERBS,
    ),
    Rule(
        "a backup is opened and folded before it counts",
        "jianggao/backups/backup.py",
        "            holds = work.check_contents(written)",
        "            holds = {}",
        "tests/chat/test_daily_backups.py",
    ),
    Rule(
        "backups of another database are never deleted",
        "jianggao/backups/folder.py",
        "            if stored.manifest.database_id == newest.manifest.database_id",
        "            if stored.manifest",
        "tests/backups/test_folder.py",
    ),
    Rule(
        "other things in a backup's folder stay",
        "jianggao/backups/folder.py",
        "    if set(place.iterdir()) <= set(own):",
        "    if True:",
        "tests/backups/test_folder.py",
    ),
)
