"""The list of rules to take out keeps up with the code: each stands where it says, and its tests exist."""

from __future__ import annotations

from pathlib import Path

import pytest
from guarded_rules import RULES, Rule
from rules_taken_out import ROOT


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_rule_stands_where_the_list_says(rule: Rule) -> None:
    assert (ROOT / rule.file).read_text("utf-8").count(rule.stands) == 1
    assert rule.stands != rule.taken_out
    paths = [Path(word) for word in rule.tests.split() if word.startswith("tests/")]
    assert paths and all((ROOT / path).exists() for path in paths)
