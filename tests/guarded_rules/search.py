"""What a search may tell."""

from __future__ import annotations

from guarded_rules.rule import Rule

RULES = (
    Rule(
        "1 a guess's words are words in sight",
        "jianggao/library/search/guesses.py",
        "found.get(word, 2) > rank and self._is_word(word)",
        "found.get(word, 2) > rank",
        "tests/membership/test_two_libraries.py",
    ),
    Rule(
        "1 similar sections are told by what is seen",
        "jianggao/membership/finding.py",
        "whole = desk.reads_beyond_previews(row) and desk.searchable is not None",
        "whole = True",
        "tests/membership/test_two_libraries.py",
    ),
    Rule(
        "1 quotes are of what may be shown here",
        "jianggao/membership/finding.py",
        "    condition = desk.access.condition()",
        '    condition = ("1", ())',
        "tests/membership/test_two_libraries.py tests/search/test_themes.py",
    ),
)
