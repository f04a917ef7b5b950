"""Whole numbers that people and programs write, read in one place: `str.isdigit` takes signs (`፩`, `①`) that `int`
doesn't, and `int` refuses numbers of some thousand digits."""

from __future__ import annotations

import re

LARGEST = 10**9 - 1
"""Of the numbers that people type: pages, days, records."""
_MOST_DIGITS = 15
_WHOLE = re.compile(rf"[0-9０-９]{{1,{_MOST_DIGITS}}}")


def whole_number(text: str, most: int = LARGEST) -> int | None:
    """What digits say, narrow or as wide as Chinese characters; None for anything else, and for more than `most`."""
    if not _WHOLE.fullmatch(text):
        return None
    number = int(text)
    return number if number <= most else None
