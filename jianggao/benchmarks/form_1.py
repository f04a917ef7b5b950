"""The plans of form 1, with which the benchmark compares: fewer kinds of punctuation, breaks after any sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jianggao.tracing.plan import Carrier, CarrierKind, MarkPlan, Strength, build_plan, readable
from jianggao.tracing.protected import Protection, Span

_KINDS = (CarrierKind.BETWEEN_QUOTED, CarrierKind.AFTER_OPENER, CarrierKind.BETWEEN_ITEMS)
_SHORTEST = {Strength.LIGHT: 60, Strength.STRONG: 40}
_SENTENCE_END = re.compile(r"[。！？]+")


def plan_of_form_1(text: str, strength: Strength, *, protected: Sequence[Span] = ()) -> MarkPlan:
    """The plan that form 1 would have had."""
    plan = build_plan(text, strength, protected=protected)
    kept = [one for one in plan.carriers if one.kind in _KINDS]
    breaks = _breaks(text, Protection(text, protected), _SHORTEST[strength])
    carriers = sorted([*kept, *breaks], key=lambda one: (one.offset, one.end))
    return replace(plan, carriers=tuple(readable(text, carriers)))


def _breaks(text: str, protection: Protection, shortest: int) -> Iterator[Carrier]:
    start = 0
    for line in text.split("\n"):
        last, end = start, start + len(line)
        for found in _SENTENCE_END.finditer(text, start, end):
            at = found.end()
            if at - last >= shortest and end - at >= shortest and protection.allows(at, at):
                yield Carrier(CarrierKind.BREAK, at, "", "\n")
                last = at
        start = end + 1
