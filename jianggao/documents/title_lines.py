"""Breaks a long title into even lines, between words (GB/T 9704-2012 §7.3.1: 词意完整，排列对称)."""

from __future__ import annotations

import math
from itertools import accumulate

import rjieba

from jianggao.documents.official_style import LINE_WIDTH, TITLE_POINTS

LINE_LIMIT = LINE_WIDTH // (TITLE_POINTS * 20)
"""Characters of 二号 that fit into a line: 20."""
_NEVER_FIRST = "的上中"
"""Words that belong to what stands before them."""


def even_width(title: str) -> int | None:
    """Returns how many characters a line of the title should hold; None if the title fits into one line.

    That is the smallest width at which every line ends with a word and no further line is needed; where there
    is none, the width of even lines.
    """
    total = _width(title)
    if total <= LINE_LIMIT:
        return None
    lines = math.ceil(total / LINE_LIMIT)
    ends = _word_ends(title)
    evenest = math.ceil(total / lines)
    for width in range(evenest, LINE_LIMIT + 1):
        if all(width * line in ends for line in range(1, lines)):
            return width
    return evenest


def _width(text: str) -> float:
    """Returns the width in characters; digits and Latin letters are half of one."""
    return sum(0.5 if character < "\x7f" else 1 for character in text)


def _word_ends(title: str) -> set[float]:
    """Returns where a line may end, in characters from the title's start."""
    words = rjieba.cut(title)
    ends = accumulate(_width(word) for word in words)
    return {end for end, following in zip(ends, words[1:], strict=False) if following not in _NEVER_FIRST}
