"""Lays out tables for a terminal, in which a Chinese character takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_GAP = "  "
"""What separates columns."""


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Returns rows as lines of one table; the first row has the headings. The first column is aligned left,
    the others right."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [_padding(cell, width) + cell for cell, width in zip(row, widths, strict=True)]
        cells[0] = row[0] + _padding(row[0], widths[0])
        lines.append(_GAP.join(cells).rstrip())
    return lines


def _padding(cell: str, width: int) -> str:
    return " " * (width - _width(cell))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
