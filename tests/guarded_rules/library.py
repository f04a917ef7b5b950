"""Source files and imports."""

from __future__ import annotations

from guarded_rules.rule import Rule

RULES = (
    Rule(
        "8 no path out of an archive",
        "jianggao/library/reading.py",
        "    if not is_safe_name(inner):",
        "    if False:",
        "tests/library/test_reading.py",
    ),
    Rule(
        "8 import takes paths inside the library alone",
        "jianggao/library/importer.py",
        "    if not absolute.is_relative_to(root.resolve()):\n        raise",
        "    if False:\n        raise",
        "tests/test_offline.py tests/library/test_importer.py",
    ),
    Rule(
        "9 source files are only read",
        "jianggao/library/reading.py",
        "        content = path.read_bytes()",
        "        content = path.read_bytes()\n        path.write_bytes(content.rstrip())",
        "tests/test_offline.py",
    ),
)
