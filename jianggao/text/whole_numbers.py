"""Reads whole numbers that people and programs write.

`str.isdigit` alone won't do: it takes signs (`፩`, `①`) that `int` doesn't. Nor will `int` alone: it raises
for numbers of some thousand digits.
"""

from __future__ import annotations

import re

LARGEST = 10**9 - 1
"""The largest number that people type for a page, days or a record."""
ACCOUNT_DIGITS = "[1-9][0-9]{4,10}"
"""A pattern of the QQ numbers that people type."""
_MOST_DIGITS = 15
_WHOLE = re.compile(rf"[0-9０-９]{{1,{_MOST_DIGITS}}}")


def whole_number(text: str, limit: int = LARGEST) -> int | None:
    """Returns the number that digits write, narrow (12) or full-width ones (１２).

    Returns None for anything else, and for numbers over `limit`.
    """
    if not _WHOLE.fullmatch(text):
        return None
    number = int(text)
    return number if number <= limit else None
