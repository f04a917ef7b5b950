"""Shares out the error that is stated for twelve months among the examinations of leaks (alpha spending).

Whoever may send in leaks can send forged ones until one of them fits an innocent member. So each examination
gets a share of what is stated, and all shares together make no more than one, however many examinations there
are and whoever asks for them (docs/tracing.md, What twelve months of guessing can do):

- three quarters belong to what operators examine of their own accord, one quarter to what reporters send in.
  Nothing that reporters send takes from the operators' part;
- the reporters' quarter is divided among the reporters, first come first served, and each reporter's part
  among the examinations of what he sent. So who sends much blunts his own examinations;
- of any part the first gets three quarters, and the others share the rest (`part_weight`).

A share is free again after twelve months. So within any twelve months no share is used twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

OPERATORS = ""
"""The source of what operators examine of their own accord; a reporter's source is his account."""
_OPERATORS_LINE = 0


@dataclass(frozen=True, slots=True)
class Share:
    """The share of one examination: the `number`-th, from 1, of `line`. Line 0 is the operators', each other
    line one reporter's."""

    source: str
    line: int
    number: int

    @property
    def weight(self) -> Fraction:
        """What the chances of this examination are multiplied by: one divided by its share of the whole."""
        if self.line == _OPERATORS_LINE:
            return Fraction(4, 3) * part_weight(self.number)
        return 4 * part_weight(self.line) * part_weight(self.number)


def part_weight(number: int) -> Fraction:
    """Returns one divided by the part that the `number`-th of any row gets: 4/3, 16, 16, then 96 four times,
    384 eight times …

    The numbers with k binary digits are 2**(k-1); for k > 1 they share 1/4 · 1/(k(k-1)) evenly, and the sum
    of 1/(k(k-1)) over all k > 1 is one. It grows nearly as slowly as anything with a finite sum can: the
    hundredth pays 13 bits.
    """
    digits = number.bit_length()
    return Fraction(4, 3) if digits < 2 else Fraction(4 * digits * (digits - 1) << (digits - 1))


def next_share(taken: Iterable[Share], sources: Sequence[str]) -> Share:
    """Returns the largest share that is free for one of `sources`, given those `taken` in the last twelve
    months. Without a source it is one of the operators'."""
    used = list(taken)
    return min((_next_of(used, source) for source in sources or [OPERATORS]), key=lambda share: share.weight)


def affordable(greatest: Sequence[Fraction], weight: Fraction) -> list[int]:
    """Returns the numbers of the judgements that an examination of this weight makes, rising.

    `greatest` has for each judgement the greatest weight with which it could name anybody. Each of the n that
    are made gets n times the examination's weight. So as many are made as can still name somebody then: one
    that could name nobody would cost the others in vain.
    """
    falling = sorted(range(len(greatest)), key=lambda number: -greatest[number])
    return sorted(number for count, number in enumerate(falling, 1) if greatest[number] >= count * weight)


def _next_of(used: Sequence[Share], source: str) -> Share:
    """Returns the first free share of a source, in its line; a reporter without a line gets the first free
    one."""
    line = next((share.line for share in reversed(used) if share.source == source), None)
    if line is None:
        line = _OPERATORS_LINE if source == OPERATORS else _first_free({share.line for share in used})
    return Share(source, line, _first_free({share.number for share in used if share.line == line}))


def _first_free(numbers: set[int]) -> int:
    """Returns the smallest number from 1 that isn't taken."""
    return next(number for number in range(1, len(numbers) + 2) if number not in numbers)
