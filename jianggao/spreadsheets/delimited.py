"""Reads tables in plain text: what spreadsheet programs and shops save as CSV, and what is pasted from
them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from jianggao.errors import WrongUse
from jianggao.spreadsheets.table import (
    MAX_CELL,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MOST_READ,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    TOO_MUCH_TEXT,
    SheetRow,
)

_DELIMITERS = (",", "\t", ";", "，")
"""In the order in which one is preferred where several fit."""
_TRIED = 20
"""Rows by which the delimiter is told."""
_NAMED_DELIMITER = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
"""A first line that Excel understands."""
_BLANKS = re.compile(r"[ \t\u3000]+")
_UNPAIRED = "第 {} 行的引号没有配对，没有读。请用表格软件打开，另存为 .xlsx 再发。"


def rows_of_text(text: str) -> tuple[SheetRow, ...]:
    """Returns the rows of a text that aren't blank. Where no row has a delimiter, blanks part the cells.

    Raises WrongUse for quotes that don't pair, and for a table beyond the limits.
    """
    text = text.replace("\0", "")
    named = _NAMED_DELIMITER.match(text)
    skipped = 0
    if named:
        text, skipped = text[named.end() :], 1
    delimiter = named[1] if named else _delimiter(text)
    records = _by_blanks(text) if delimiter is None else _records(text, delimiter)
    rows: list[SheetRow] = []
    characters = 0
    for line, record in records:
        cells = tuple(cell.strip()[: MAX_CELL + 1] for cell in record)
        if not any(cells):
            continue
        characters += sum(map(len, cells))
        if len(rows) == MOST_READ:
            raise WrongUse(TOO_MANY_ROWS)
        if any(cells[MAX_COLUMNS:]):
            raise WrongUse(TOO_MANY_COLUMNS)
        if characters > MAX_CHARACTERS:
            raise WrongUse(TOO_MUCH_TEXT)
        rows.append(SheetRow(line + skipped, cells[:MAX_COLUMNS]))
    return tuple(rows)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yields each row with the number of the line that it begins in. Raises WrongUse."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins_in = 1
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # Without strictness an unpaired quote would swallow all rows behind it, unnoticed.
            raise WrongUse(_UNPAIRED.format(begins_in)) from None
        yield begins_in, record
        begins_in = reader.line_num + 1


def _by_blanks(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        yield number, _BLANKS.split(line.strip(" \t\u3000"))


def _delimiter(text: str) -> str | None:
    """Returns the delimiter by which most of the first rows have several cells, and these the most of them;
    None where there is none."""
    lines = [line for line in text[:MAX_CHARACTERS].splitlines() if line.strip()][:_TRIED]

    def fit(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        return sum(count > 0 for count in counts), sum(counts)

    best = max(_DELIMITERS, key=fit)
    return best if fit(best)[0] else None
