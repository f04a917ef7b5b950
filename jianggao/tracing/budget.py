"""How the error stated for twelve months is shared out among the leaks that are looked at in them.

Whoever may send in leaks can send forged ones until one of them fits an innocent member. So each look gets a share of
what is stated, and all shares together make no more than one, however many looks there are and whoever asks for them:

- three quarters belong to what operators look at of their own accord, a quarter to what reporters send in. Nothing that
  reporters send takes from the operators' part;
- the reporters' quarter is divided among the reporters, first come first served, and each reporter's part among the looks
  at what he sent. So who sends much blunts his own looks;
- of any part the first gets three quarters, and the rest is divided by `weight`, whose shares add up to one.

A share is used again when twelve months have passed. So within any twelve months no share is used twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

OPERATORS = ""
"""The source of what operators look at of their own accord; a reporter's source is his account."""
_OPERATORS_LINE = 0


@dataclass(frozen=True, slots=True)
class Share:
    """The share of one look: the `number`-th of `line`. Line 0 is the operators', each other one a reporter's."""

    source: str
    line: int
    number: int

    @property
    def weight(self) -> Fraction:
        """What the chances of this look are multiplied by; one divided by its part of the whole."""
        if self.line == _OPERATORS_LINE:
            return Fraction(4, 3) * weight(self.number)
        return 4 * weight(self.line) * weight(self.number)


def weight(number: int) -> Fraction:
    """One divided by the part that the `number`-th of any row gets: 4/3, 16, 16, then 96 four times, 384 eight times …

    The numbers with k binary digits are 2**(k-1); for k > 1 they share 1/4 · 1/(k(k-1)) evenly, and the sum of
    1/(k(k-1)) over all k > 1 is one. It grows nearly as slowly as anything with a finite sum can: the hundredth pays
    13 bits.
    """
    digits = number.bit_length()
    return Fraction(4, 3) if digits < 2 else Fraction(4 * digits * (digits - 1) << (digits - 1))


def next_share(taken: Iterable[Share], sources: Sequence[str]) -> Share:
    """The largest share that is free for one of `sources`, given those `taken` in the last twelve months."""
    used = list(taken)
    return min((_next_of(used, source) for source in sources or [OPERATORS]), key=lambda one: one.weight)


def affordable(most: Sequence[Fraction], weight: Fraction) -> list[int]:
    """Which of the judgements of a look of this weight are made, by their numbers; `most` says for each the greatest
    weight with which it could name anybody. As many as could still name somebody where all that are made share what
    the look may spend: each of n has n times the weight, and one that could name nobody would cost the others in vain.
    """
    falling = sorted(range(len(most)), key=lambda number: -most[number])
    return sorted(number for count, number in enumerate(falling, 1) if most[number] >= count * weight)


def _next_of(used: Sequence[Share], source: str) -> Share:
    line = next((one.line for one in reversed(used) if one.source == source), None)
    if line is None:
        line = _OPERATORS_LINE if source == OPERATORS else _first_free({one.line for one in used})
    return Share(source, line, _first_free({one.number for one in used if one.line == line}))


def _first_free(numbers: set[int]) -> int:
    return next(number for number in range(1, len(numbers) + 2) if number not in numbers)
