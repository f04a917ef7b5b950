"""Writes the rows of tables as lines of text, in one form for every kind of document.

A row is a line with ` | ` between its cells. An empty cell keeps its place (`南湾 | | 3月20日`): without it a date
would stand where the metres were.
"""

from __future__ import annotations

from collections.abc import Sequence

CELL_BREAK = " | "
_INNER_CELL_BREAK, _INNER_ROW_BREAK = " ", "；"
MOST_COLUMNS = 63
"""Word allows no more. A cell that claims to be wider is as wide as this."""


def row_lines(cells: Sequence[Sequence[str]], widths: Sequence[int] = ()) -> list[str]:
    """Returns the lines of a row whose cells hold these lines; mostly one.

    `widths` says how many columns each cell spans, 1 for those that it doesn't name. A row of a single cell
    only frames its text, and so does a row in which one cell alone holds several paragraphs and all others
    nothing: those lines stay lines.
    """
    filled = [cell for cell in cells if any(line.strip() for line in cell)]
    if len(cells) == 1 or (len(filled) == 1 and sum(bool(line.strip()) for line in filled[0]) > 1):
        return list(filled[0]) if filled else [""]
    if not filled:
        return [""]
    columns = _columns(cells, widths)
    return ["|".join(f" {column} " if column else " " for column in columns).strip()]


def inner_table(rows: Sequence[Sequence[Sequence[str]]]) -> str:
    """Returns a table that stands in a cell of another one, as a part of that cell's line."""
    lines = (_INNER_CELL_BREAK.join(filter(None, map(_cell_text, row))) for row in rows)
    return _INNER_ROW_BREAK.join(filter(None, lines))


def _columns(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Returns the text of each column; behind a cell that spans several, the others are empty."""
    columns: list[str] = []
    owed = 0
    for at, cell in enumerate(cells):
        # At the end of a row nothing stands behind a wide cell that could come under the wrong column.
        columns += [""] * owed
        columns.append(_cell_text(cell))
        owed = min(widths[at], MOST_COLUMNS) - 1 if at < len(widths) else 0
    return columns


def _cell_text(cell: Sequence[str]) -> str:
    return " ".join(" ".join(line.split()) for line in cell if line.strip())
