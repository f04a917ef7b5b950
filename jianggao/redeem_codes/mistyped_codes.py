"""Finds in a text what was meant as a redeem code and is none: with a slip in it, or characters too few or too
many. Pure functions.

People search for COP26 COP27 COP28 COP29, for order numbers and for names of products. What tells a code from
these are its groups, and that letters and digits follow one another in it at random: behind a digit comes a
letter again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from jianggao.redeem_codes.code_form import (
    GROUP,
    LENGTH,
    has_letters,
    letters_and_digits,
    tokens_of,
    turns_in,
)

_LONGEST = 2_000
"""Characters of a text that is looked at: nobody writes more around a code."""
_SPEAKS_OF_CODES = re.compile("卡密|兑换码|激活码|充值码|CDK|REDEEM CODE", re.IGNORECASE)
_WORDS = frozenset(["CDK", "CDKEY", "CODE", "KEY", "VIP"])
"""Words in Latin letters that shops write before a code."""
_NAMED = range(15, 25)
"""Lengths of what is taken for a code where the text speaks of codes, however it is parted."""
_LENGTHS = range(17, 24)
"""Lengths of what is taken for one by its shape alone."""
_WHOLE = range(LENGTH - 1, LENGTH + 2)
"""Lengths of what is taken for one in a single piece."""
_SIZES = (GROUP, 4, 10)
"""Characters of a group, as codes are shown and as people part them."""
_FEWEST_DIGITS = 2
_FEWEST_TURNS = 2
"""Places where a letter follows on a digit, in what isn't parted into groups of five."""
_MOST_TOKENS = 8
"""Pieces that a code is parted into."""


def find_mistyped(text: str) -> str | None:
    """Returns the letters and digits that were meant as a code, of several those whose number is nearest to a
    code's; None for a text without. The caller has looked for right codes before."""
    if len(text) > _LONGEST:
        return None
    named = _SPEAKS_OF_CODES.search(text) is not None
    found = [piece for chain in tokens_of(text) for piece in _pieces(chain, named)]
    return min(found, key=lambda piece: abs(len(piece) - LENGTH), default=None)


def is_nothing_else(text: str) -> bool:
    """Returns whether a text is only what was meant as a code."""
    pieces = [piece for chain in tokens_of(text) for piece in chain]
    return find_mistyped(text) == letters_and_digits("".join(pieces)) and text.isascii()


def _pieces(chain: Sequence[str], named: bool) -> Iterator[str]:
    """Yields what consecutive groups of letters and digits may be meant as."""
    for first in range(int(chain[0] in _WORDS), len(chain)):
        for last in range(first + 1, min(len(chain), first + _MOST_TOKENS) + 1):
            groups = chain[first:last]
            beside = {len(chain[first - 1]) if first else 0, len(chain[last]) if last < len(chain) else 0}
            if _looks_so(groups, beside, named):
                yield letters_and_digits("".join(groups))


def _looks_so(groups: Sequence[str], beside: Set[int], named: bool) -> bool:
    """`beside` are the lengths of the groups before and behind these."""
    raw = "".join(groups)
    digits = sum(character.isdigit() for character in raw)
    if not has_letters(raw) or digits < _FEWEST_DIGITS:
        return False
    turns = sum(map(turns_in, groups))
    if len(groups) == 1:
        return len(raw) in (_NAMED if named else _WHOLE) and turns >= _FEWEST_TURNS
    # More groups of the same size are another program's key, or years in a row.
    sizes = [size for size in _SIZES if size not in beside and _is_parted_by(size, groups)]
    if len(raw) in _LENGTHS and sizes:
        return turns >= (1 if GROUP in sizes else _FEWEST_TURNS)
    # A whole group is missing, or it is parted as nobody else does.
    return named and GROUP not in beside and len(raw) in _NAMED and turns >= _FEWEST_TURNS


def _is_parted_by(size: int, groups: Sequence[str]) -> bool:
    """Returns whether as many groups as a code has are all of this size, but for one that has some characters
    too few or too many."""
    return len(groups) == LENGTH // size and sum(len(group) != size for group in groups) <= 1
