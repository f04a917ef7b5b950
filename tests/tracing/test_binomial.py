"""Tails of coin throws are exact."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.tracing.binomial import fewest_heads, tail


@pytest.mark.parametrize("throws", [0, 1, 2, 7, 12])
def test_the_tail_counts_every_way_the_coins_fall(throws: int) -> None:
    ways = [sum(one) for one in product((0, 1), repeat=throws)]
    for heads in range(throws + 2):
        assert tail(throws, heads) == Fraction(sum(w >= heads for w in ways), 2**throws)


@given(
    st.integers(0, 600),
    st.fractions(Fraction(1, 10**30), Fraction(1)),
)
def test_fewest_heads_is_the_first_within_the_limit(throws: int, limit: Fraction) -> None:
    heads = fewest_heads(throws, limit)
    assert heads == throws + 1 or tail(throws, heads) <= limit
    assert heads == 0 or tail(throws, heads - 1) > limit
    if 0 < heads <= throws:
        assert tail(throws, heads) == Fraction(
            sum(comb(throws, k) for k in range(heads, throws + 1)), 2**throws
        )
