"""Which of several accusations counts, and how sure it is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from jianggao.tracing.accusations import (
    ALPHA_LEAD,
    ALPHA_STRONG,
    RULE_FACTORS,
    Accusation,
    Confidence,
    Rule,
    confidence_of,
    grade,
    surest,
)

LEAD = Accusation("20001", Confidence.LEAD, Fraction(1, 2_000), Rule.ALL, 30, 28, 100, Fraction(1))
SURE = replace(LEAD, confidence=Confidence.STRONG, probability=Fraction(1, 10**7), rule=Rule.BREAKS)


def test_of_each_suspect_the_surest_counts_and_the_surest_of_all_stands_first() -> None:
    other = replace(LEAD, suspect="20002", probability=Fraction(1, 5_000))
    assert surest([LEAD, other, SURE]) == [SURE, other]
    assert surest([other, LEAD]) == [other, LEAD]
    assert surest([]) == []


def test_equal_chances_are_ordered_by_account_so_that_an_answer_is_the_same_each_time() -> None:
    other = replace(LEAD, suspect="10001")
    assert surest([LEAD, other]) == surest([other, LEAD]) == [other, LEAD]


def test_the_verdict_is_that_of_the_first() -> None:
    assert confidence_of([SURE, LEAD]) is Confidence.STRONG
    assert confidence_of([]) is Confidence.CANNOT_TELL


@pytest.mark.parametrize(
    ("chance", "factors", "confidence"),
    [
        (ALPHA_STRONG, None, Confidence.STRONG),
        (ALPHA_STRONG * 2, None, Confidence.LEAD),
        (ALPHA_STRONG, {"20001": 64}, Confidence.LEAD),
        (ALPHA_STRONG / 64, {"20001": 64}, Confidence.STRONG),
        (ALPHA_STRONG, {"20002": 64}, Confidence.STRONG),
        (ALPHA_LEAD, {"20001": 64}, Confidence.LEAD),
    ],
)
def test_who_was_a_lead_before_must_be_surer_to_be_strong(
    chance: Fraction, factors: dict[str, int] | None, confidence: Confidence
) -> None:
    assert grade(chance, "20001", ALPHA_STRONG, factors) is confidence


def test_the_shares_of_the_rules_leave_something_for_earlier_leads() -> None:
    assert sum((1 / factor for factor in RULE_FACTORS.values()), Fraction(0)) == 1 - Fraction(1, 32)
