"""Leaks of one leaker become one reading a text, without public text."""

from __future__ import annotations

import pytest
from suspected_copies import reading, suspects_of
from traced_texts import seeded

from jianggao.tracing.attribution import (
    accuse,
)
from jianggao.tracing.evidence import combined


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
