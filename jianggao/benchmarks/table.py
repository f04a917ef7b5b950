"""Tables for a terminal, in which a Chinese character takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_GAP = "  "


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines, the first being the names of the columns; the first column stands left, the others right."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [_blanks(cell, width) + cell for cell, width in zip(row, widths, strict=True)]
        cells[0] = row[0] + _blanks(row[0], widths[0])
        lines.append(_GAP.join(cells).rstrip())
    return lines


def _blanks(cell: str, width: int) -> str:
    return " " * (width - _width(cell))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
