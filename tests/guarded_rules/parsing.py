"""Rules on what a text is read as."""

from __future__ import annotations

from guarded_rules.rule import Rule

RULES = (
    Rule(
        "a speech without a date is of the year that its title gives, not of the day of its import",
        "jianggao/parsing/parser.py",
        "    return with_year(dated, _titles(head), file_name, today)\n",
        "    return dated\n",
        "tests/parsing/test_title_years.py tests/library/test_rereading.py -k year",
    ),
    Rule(
        "the year of something that is remembered is not that of the speech",
        "jianggao/parsing/title_years.py",
        "    if not _REMEMBERS.search(text):\n",
        "    if True:\n",
        "tests/parsing/test_title_years.py -k something_else",
    ),
    Rule(
        "the end of a plan is not the year of the speech",
        "jianggao/parsing/title_years.py",
        "    if match.re is _WRITTEN and _OTHER_BEHIND.match(behind.lstrip()):\n",
        "    if False:\n",
        "tests/parsing/test_title_years.py -k something_else",
    ),
    Rule(
        "what others put above a speech makes no title",
        "jianggao/parsing/head.py",
        "if is_of_the_paper(line) or is_of_others(line)}\n",
        "if is_of_the_paper(line)}\n",
        "tests/parsing/test_others_lines.py -k make_no_title",
    ),
)
