"""Plans of the first release have fewer kinds of carriers, and breaks that leave no short paragraphs."""

from __future__ import annotations

import pytest
from traced_texts import LIBRARY

from jianggao.benchmarks.first_mark_plans import _LEAST_LENGTH, plan_of_form_1
from jianggao.benchmarks.tracing import long_texts
from jianggao.tracing.detection import read_bits
from jianggao.tracing.mark_plan import CarrierKind, Strength, build_plan
from jianggao.tracing.watermark import mark


@pytest.fixture(scope="module")
def text() -> str:
    return max(long_texts(LIBRARY).values(), key=len)


@pytest.mark.parametrize("strength", list(Strength))
def test_a_plan_of_form_1_has_fewer_carriers_which_can_be_read(text: str, strength: Strength) -> None:
    plan = plan_of_form_1(text, strength)
    assert 0 < len(plan.carriers) < len(build_plan(text, strength).carriers)
    assert {carrier.kind for carrier in plan.carriers} <= {
        CarrierKind.BREAK,
        CarrierKind.BETWEEN_QUOTED,
        CarrierKind.AFTER_OPENER,
        CarrierKind.BETWEEN_ITEMS,
    }
    bits = [number % 2 for number in range(len(plan.carriers))]
    assert list(read_bits(mark(text, plan, bits), text, plan)) == bits


@pytest.mark.parametrize("strength", list(Strength))
def test_a_break_leaves_paragraphs_of_the_least_length(text: str, strength: Strength) -> None:
    plan = plan_of_form_1(text, strength)
    breaks = [carrier for carrier in plan.carriers if carrier.kind is CarrierKind.BREAK]
    assert breaks
    for carrier in breaks:
        start = text.rfind("\n", 0, carrier.offset) + 1
        assert carrier.offset - start >= _LEAST_LENGTH[strength]
