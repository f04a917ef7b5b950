"""Leaks of one leaker become one reading a text, without public text."""

from __future__ import annotations

import random

import pytest
from traced_texts import seeded

from jianggao.tracing.attribution import (
    accuse,
)
from jianggao.tracing.evidence import Reading, combined
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


def test_the_same_text_leaked_twice_counts_once() -> None:
    suspects = suspects_of(100, 17, seeded())
    leak = reading([*suspects["m7"]["1"]])
    assert combined([leak, leak, leak]) == [leak]
    assert accuse([leak, leak, leak], suspects) == []


def test_two_thirds_of_a_text_are_put_together_and_contradictions_left_out() -> None:
    one, other = reading([1, 0, None, None, 1]), reading([None, 0, 1, None, 0])
    assert combined([one, other]) == [reading([1, 0, 1, None, None])]
    with pytest.raises(ValueError, match="different plans"):
        combined([one, reading([1])])


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (2, 0, 1)])
def test_where_two_leaks_differ_a_third_says_nothing_either(order: tuple[int, ...]) -> None:
    suspects = suspects_of(100, 60, seeded())
    leaks = [reading([*suspects[f"m{member}"]["1"]]) for member in (7, 8, 9)]
    together = combined([leaks[number] for number in order])
    same = [
        values[0] if len(set(values)) == 1 else None
        for values in zip(*(one.values for one in leaks), strict=True)
    ]
    assert together == [reading(same)] and same.count(None) > 30
    named = accuse([leaks[number] for number in order], suspects)
    assert {one.suspect for one in named} == {"m7", "m8", "m9"}
