"""Copies of suspects and readings of leaks, made of bits alone."""

from __future__ import annotations

import random
from fractions import Fraction

from jianggao.tracing.accusations import RULE_FACTORS, Rule
from jianggao.tracing.evidence import Reading
from jianggao.tracing.mark_plan import CarrierKind

Suspects = dict[str, dict[str, list[int]]]


def suspects_of(count: int, places: int, chance: random.Random, texts: tuple[str, ...] = ("1",)) -> Suspects:
    return {
        f"m{at}": {text: [chance.getrandbits(1) for _ in range(places)] for text in texts}
        for at in range(count)
    }


def reading(values: list[int | None], text_id: str = "1", punctuation: int = 0) -> Reading:
    """A reading whose last `punctuation` places are no breaks."""
    kinds = [CarrierKind.BREAK] * (len(values) - punctuation) + [CarrierKind.BETWEEN_ITEMS] * punctuation
    return Reading(text_id, tuple(kinds), tuple(values))


def shared(rule: Rule, among: set[Rule]) -> Fraction:
    """By what the chance under `rule` is multiplied where only these rules can name anybody."""
    return RULE_FACTORS[rule] * sum(1 / RULE_FACTORS[one] for one in among) / Fraction(15, 16)
