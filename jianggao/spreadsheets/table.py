"""Defines what a table that somebody sent is: rows of texts, with the numbers that their program shows."""

from __future__ import annotations

from dataclasses import dataclass

MAX_BYTES = 5_000_000
"""Bytes of a file."""
MAX_ROWS = 5_000
"""Rows below the header that have anything in them."""
MOST_READ = MAX_ROWS + 20
"""Rows that are read: a header and a title above it come on top."""
MAX_COLUMNS = 200
MAX_CELL = 500
"""Characters of a cell that means anything; of a longer one this many and one more are kept, so that whoever
uses it can tell."""
UNCOMPUTED = "=（没有算好的结果）"
"""Stands for a formula without a result: no program has computed the workbook since it was made."""
MERGED = "=（和上面合并的单元格）"
"""Stands for a cell without a value of its own that is merged with one above."""
MAX_CHARACTERS = 1_000_000
"""Characters of all cells."""

TOO_MANY_ROWS = f"表格超过 {MAX_ROWS} 行，没有读。请拆成几份，一份一份导入。"
TOO_MANY_COLUMNS = f"表格超过 {MAX_COLUMNS} 列，没有读。请只留下要用的列再发。"
TOO_MUCH_TEXT = f"表格里的文字超过 {MAX_CHARACTERS // 10_000} 万字，没有读。请只留下要用的列再发。"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that isn't blank."""

    number: int
    """As a spreadsheet program counts it, from 1; of a text file the line that the row begins in."""
    cells: tuple[str, ...]
    """From the first column on, without blanks around them; a number as it is typed, a day as 2026-03-18."""
    is_hidden: bool = False
    """Whether its program doesn't show it, as when a filter leaves it out."""


@dataclass(frozen=True, slots=True)
class SentTable:
    """A table as it was read."""

    rows: tuple[SheetRow, ...]
    left_out: tuple[str, ...] = ()
    """The names of further sheets that aren't blank and weren't read."""
