"""Finds in a text what was meant as a redeem code and is none: with a slip in it, or characters too few or too
many. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jianggao.redeem_codes.code_form import GROUP, LENGTH, letters_and_digits, tokens_of

_LONGEST = 2_000
"""Characters of a text that is looked at: nobody writes more around a code."""
_SPEAKS_OF_CODES = re.compile("卡密|密钥|兑换|激活|充值码|序列号|CDK|REDEEM", re.IGNORECASE)
_WORDS = frozenset(["CDK", "CDKEY", "CODE", "KEY", "VIP"])
"""Words in Latin letters that shops write before a code."""
_NAMED = range(12, 29)
"""Lengths of what is taken for a code where the text speaks of codes."""
_GROUPED = range(17, 24)
"""Lengths of what is taken for one by its groups alone."""
_WHOLE = range(LENGTH - 1, LENGTH + 2)
"""Lengths of what is taken for one in a single piece."""
_FEWEST_LETTERS = 3
"""Letters, and beside them digits, of what may be a code."""
_FEWEST_DIGITS = 2
_FEWEST_GROUPS = 2
"""Groups of five among them, and groups of both letters and digits."""
_MOST_TOKENS = 8
"""Pieces that a code is parted into."""


def find_mistyped(text: str) -> str | None:
    """Returns the letters and digits that were meant as a code, of several those whose number is nearest to a
    code's; None for a text without. Words and numbers are none: both letters and digits must be among them, as
    in four groups or in one piece of about 20. The caller has looked for right codes before.
    """
    if len(text) > _LONGEST:
        return None
    named = _SPEAKS_OF_CODES.search(text) is not None
    found = [piece for chain in tokens_of(text) for piece in _pieces(chain, named)]
    return min(found, key=lambda piece: abs(len(piece) - LENGTH), default=None)


def _pieces(chain: list[str], named: bool) -> Iterator[str]:
    """Yields what consecutive groups of letters and digits may be meant as."""
    for first in range(int(chain[0] in _WORDS), len(chain)):
        for last in range(first + 1, min(len(chain), first + _MOST_TOKENS) + 1):
            groups = chain[first:last]
            if _looks_so(groups, named):
                yield letters_and_digits("".join(groups))


def _looks_so(groups: list[str], named: bool) -> bool:
    raw = "".join(groups)
    letters = sum(character.isalpha() for character in raw)
    if letters < _FEWEST_LETTERS or len(raw) == letters:
        return False
    whole = sum(len(group) == GROUP for group in groups)
    if named and len(raw) in _NAMED and (whole >= _FEWEST_GROUPS or len(groups) == 1):
        return True
    if whole == len(groups) == LENGTH // GROUP:
        return True
    if len(raw) - letters < _FEWEST_DIGITS:
        return False
    if len(groups) == 1:
        return len(raw) in _WHOLE
    mixed = sum(not group.isalpha() and not group.isdigit() for group in groups)
    return len(raw) in _GROUPED and whole >= _FEWEST_GROUPS and mixed >= _FEWEST_GROUPS
