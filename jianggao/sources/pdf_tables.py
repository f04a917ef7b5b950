"""Gives the empty cells of a PDF's tables their places back: a PDF doesn't know that there are any.

Which column a cell belongs to is seen by comparing it with the fullest row of its table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from jianggao.sources.pdf_lines import PdfLine
from jianggao.sources.table_rows import CELL_BREAK, row_lines

_Span = tuple[float, float]
"""Where a cell begins and ends, in points."""


def with_empty_cells(page: Sequence[PdfLine]) -> list[PdfLine]:
    """Returns the lines of a page; rows of tables have all columns of their table."""
    lines: list[PdfLine] = []
    for table in _tables(page):
        columns = max((line.cells for line in table), key=len)
        lines += [_in_columns(line, columns) if line.cells else line for line in table]
    return lines


def _tables(page: Sequence[PdfLine]) -> Iterator[list[PdfLine]]:
    """Yields the lines in runs: rows of one table, or lines of none."""
    run: list[PdfLine] = []
    for line in page:
        if run and bool(line.cells) != bool(run[-1].cells):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _in_columns(line: PdfLine, columns: Sequence[_Span]) -> PdfLine:
    """Returns a row with its cells in these columns; as it is where they don't fit in."""
    places = [_column_of(cell, columns) for cell in line.cells]
    if len(columns) == len(places) or any(after <= before for before, after in pairwise(places)):
        return line
    texts = dict(zip(places, line.text.split(CELL_BREAK), strict=True))
    (text,) = row_lines([[texts.get(at, "")] for at in range(len(columns))])
    return replace(line, text=text)


def _column_of(cell: _Span, columns: Sequence[_Span]) -> int:
    """Returns the number of the column that a cell overlaps most, or else is nearest to."""

    def fit(at: int) -> float:
        left, right = columns[at]
        return min(right, cell[1]) - max(left, cell[0])

    return max(range(len(columns)), key=fit)
