"""Builds marking plans as the first release did (form 1), for comparison.

They have fewer kinds of punctuation as carriers, and breaks after any sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jianggao.tracing.mark_plan import Carrier, CarrierKind, MarkPlan, Strength, build_plan, readable
from jianggao.tracing.protected_spans import Protection, Span

_KINDS = (CarrierKind.BETWEEN_QUOTED, CarrierKind.AFTER_OPENER, CarrierKind.BETWEEN_ITEMS)
_LEAST_LENGTH = {Strength.LIGHT: 60, Strength.STRONG: 40}
"""Characters of a paragraph that a break may leave."""
_SENTENCE_END = re.compile(r"[。！？]+")


def plan_of_form_1(text: str, strength: Strength, *, protected: Sequence[Span] = ()) -> MarkPlan:
    """Returns the plan that form 1 had for a text."""
    plan = build_plan(text, strength, protected=protected)
    kept = [carrier for carrier in plan.carriers if carrier.kind in _KINDS]
    breaks = _breaks(text, Protection(text, protected), _LEAST_LENGTH[strength])
    carriers = sorted([*kept, *breaks], key=lambda carrier: (carrier.offset, carrier.end))
    return replace(plan, carriers=tuple(readable(text, carriers)))


def _breaks(text: str, protection: Protection, least: int) -> Iterator[Carrier]:
    start = 0
    for line in text.split("\n"):
        last, end = start, start + len(line)
        for sentence_end in _SENTENCE_END.finditer(text, start, end):
            at = sentence_end.end()
            if at - last >= least and end - at >= least and protection.allows(at, at):
                yield Carrier(CarrierKind.BREAK, at, "", "\n")
                last = at
        start = end + 1
