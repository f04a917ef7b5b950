"""Random readings name somebody about as often as stated, and a judge that names too often is noticed."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from traced_texts import LIBRARY

from jianggao.benchmarks import calibration
from jianggao.benchmarks.calibration import is_calibrated
from jianggao.benchmarks.tracing import long_texts
from jianggao.tracing.accusations import Accusation, Confidence, Rule
from jianggao.tracing.mark_plan import MarkPlan, Strength, build_plan


@pytest.fixture(scope="module")
def plans() -> list[MarkPlan]:
    return [build_plan(text, strength) for text in long_texts(LIBRARY).values() for strength in Strength][:4]


def test_random_readings_name_no_more_often_than_stated(plans: list[MarkPlan]) -> None:
    lines: list[str] = []
    assert is_calibrated(plans, 200, random.Random(3), lines.append)
    fewest, greatest = (find(len(plan.carriers) for plan in plans) for find in (min, max))
    assert f"200 unrelated readings of {fewest} carriers, 100 suspects" in lines[0]
    assert f"200 unrelated readings of {greatest} carriers, 30 suspects" in lines[1]


def test_a_judge_that_names_at_too_small_a_probability_is_noticed(
    plans: list[MarkPlan], monkeypatch: pytest.MonkeyPatch
) -> None:
    def names_the_first(*_: object, **__: object) -> list[Accusation]:
        return [Accusation("0", Confidence.STRONG, Fraction(1, 10**9), Rule.ALL, 40, 40, 100, Fraction(1))]

    monkeypatch.setattr(calibration, "judge", names_the_first)
    assert not is_calibrated(plans, 50, random.Random(3), lambda line: None)


def test_without_plans_nothing_is_measured() -> None:
    lines: list[str] = []
    assert is_calibrated([], 50, random.Random(3), lines.append) and lines == []
