"""Computes exactly, in whole numbers, how probable it is that coin throws agree with a reading this well
(docs/tracing.md, Whom it points to)."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=256)
def _tails(throws: int) -> tuple[int, ...]:
    """Returns how many of the 2**throws ways have at least k heads, for k = 0 … throws + 1; falling."""
    ways, total = 1, 0
    rising = [0]
    for heads in range(throws, -1, -1):
        total += ways
        rising.append(total)
        ways = ways * heads // (throws - heads + 1)
    return tuple(reversed(rising))


def tail(throws: int, heads: int) -> Fraction:
    """Returns P(at least `heads` heads in `throws` throws of a fair coin)."""
    return Fraction(_tails(throws)[min(max(heads, 0), throws + 1)], 1 << throws)


@lru_cache(maxsize=4096)
def fewest_heads(throws: int, limit: Fraction) -> int:
    """Returns the fewest heads that `throws` fair throws reach with a probability of at most `limit`; throws
    + 1 if even all heads are more probable."""
    allowed = (limit.numerator << throws) // limit.denominator
    tails = _tails(throws)
    return bisect_left(tails, -allowed, key=lambda ways: -ways)
