"""Writes the rows of a web page's tables as lines; an empty cell keeps its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jianggao.text.whole_numbers import whole_number

CELL_BREAK = " | "
"""What stands between two cells of a table's row; an empty cell is nothing between two of them."""
_MOST_SPANNED = 50
"""Columns and rows that a cell may take; a page can claim millions."""
_MOST_EMPTY = 100
"""Columns up to which a row gets empty cells for those that take several: two thousand cells that each claim
fifty rows and columns would else make millions of them."""


def tag_of(element: Any) -> str:
    """Returns an element's name without its namespace, in small letters; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def table_rows(table: Any, cell_text: Callable[[Any], str | None]) -> list[str] | None:
    """Returns the rows of a table without tables in it, a line each, None if it is no table of figures.

    `cell_text` returns what a cell holds; None for a part of the page's text.
    """
    rows: list[list[str]] = []
    captions: list[str] = []
    still_spanned: dict[int, int] = {}
    for element in table.iter():
        tag = tag_of(element)
        if tag == "caption":
            captions.append(cell_text(element) or "")
        elif tag == "tr":
            rows.append(_pass_spanned([], still_spanned))
        elif tag in ("td", "th"):
            text = cell_text(element)
            if text is None:
                return None
            if not rows:
                rows.append([])
            _put_cell(rows[-1], element, text, still_spanned)
    if max(map(len, rows), default=0) < 2:
        return None
    lines = [CELL_BREAK.join(row) for row in rows if any(row)]
    return [*filter(None, captions), *lines]


def _put_cell(row: list[str], cell: Any, text: str, still_spanned: dict[int, int]) -> None:
    """Adds a cell to its row, with an empty one for each further column and row that it takes."""
    columns = min(whole_number((cell.get("colspan") or "1").strip()) or 1, _MOST_SPANNED)
    below = min(whole_number((cell.get("rowspan") or "1").strip()) or 1, _MOST_SPANNED) - 1
    for at in range(max(1, min(columns, _MOST_EMPTY - len(row)))):
        if below:
            still_spanned[len(row)] = below
        row.append("" if at else text)
    _pass_spanned(row, still_spanned)


def _pass_spanned(row: list[str], still_spanned: dict[int, int]) -> list[str]:
    """Returns the row, with an empty cell added where a cell of a row above still reaches down."""
    while len(row) < _MOST_EMPTY and still_spanned.get(len(row), 0) > 0:
        still_spanned[len(row)] -= 1
        row.append("")
    return row
