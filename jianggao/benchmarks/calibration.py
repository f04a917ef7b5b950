"""Measures whether random readings, which have to do with nobody, name somebody no more often than stated."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from fractions import Fraction

from jianggao.benchmarks.forgers import is_within
from jianggao.tracing.attribution import judge
from jianggao.tracing.evidence import Reading
from jianggao.tracing.mark_plan import MarkPlan

Echo = Callable[[str], None]

STATED = (Fraction(1, 10), Fraction(1, 100), Fraction(1, 1_000))
"""Stated probabilities of naming an innocent that are large enough to be counted."""
MANY_SUSPECTS, FEW_SUSPECTS = 100, 30
"""Suspects for the plan with the fewest carriers, and for that with the most, which takes longest."""
_TEXT_ID = "1"


def is_calibrated(plans: Sequence[MarkPlan], readings: int, rng: random.Random, echo: Echo) -> bool:
    """Returns whether random readings, which have to do with nobody, name somebody no more often than stated.

    Measured with the fewest and the most carriers of all plans, at errors large enough to be counted;
    prints the measured rates.
    """
    by_size = sorted(plans, key=lambda plan: len(plan.carriers))
    settings = [(by_size[0], MANY_SUSPECTS), (by_size[-1], FEW_SUSPECTS)] if plans else []
    is_held = True
    for plan, count in settings:
        least = [_least_probability(plan, count, rng) for _ in range(readings)]
        measured = [
            sum(probability <= stated for probability in least) / max(1, readings) for stated in STATED
        ]
        is_held = is_held and all(
            is_within(rate, float(stated), max(1, readings))
            for rate, stated in zip(measured, STATED, strict=True)
        )
        pairs = ", ".join(f"{float(s):g}: {m:.5f}" for s, m in zip(STATED, measured, strict=True))
        echo(
            f"calibration, {readings} unrelated readings of {len(plan.carriers)} carriers, "
            f"{count} suspects; stated: measured {pairs}"
        )
    return is_held


def _least_probability(plan: MarkPlan, count: int, rng: random.Random) -> Fraction:
    """Returns the least error probability at which random bits name one of `count` suspects; 1 if they name
    nobody."""
    throws = [_random_bits(len(plan.carriers), rng) for _ in range(count + 1)]
    suspects = {str(number): {_TEXT_ID: received} for number, received in enumerate(throws[1:])}
    accusations = judge([Reading.of(_TEXT_ID, plan, throws[0])], suspects, limit=STATED[0])
    return accusations[0].probability if accusations else Fraction(1)


def _random_bits(count: int, rng: random.Random) -> list[int]:
    return [rng.getrandbits(1) for _ in range(count)]
