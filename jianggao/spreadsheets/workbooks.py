"""Reads .xlsx workbooks as rows of texts: the values that Excel last computed, never a formula."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from lxml.etree import XMLSyntaxError
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from jianggao.errors import WrongUse
from jianggao.spreadsheets.table import (
    MAX_CELL,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MERGED,
    MOST_READ,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    TOO_MUCH_TEXT,
    UNCOMPUTED,
    SentTable,
    SheetRow,
)

_MOST_UNPACKED = 60_000_000
"""Bytes of all that is packed in a workbook; 5,000 rows take less than a tenth of it."""
_MOST_MEMBERS = 2_000
_EXACT = 10**15
"""From here on Excel keeps 15 digits of a number alone: those behind them are lost."""
_ROW = re.compile(rb"<(?:[a-z]{1,8}:)?row\b([^>]{0,2000})>")
_ROW_NUMBER = re.compile(rb"\br=[\x22']([0-9]{1,7})[\x22']")
_ROW_HIDDEN = re.compile(rb"\bhidden=[\x22'](?:1|true)[\x22']")
_MERGED = re.compile(
    rb"<(?:[a-z]{1,8}:)?mergeCell\b[^>]{0,200}\bref=[\x22']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})[\x22']"
)
_MOST_MERGED = 20_000
"""Rows of merged ranges that are looked at."""
_FORMULA = re.compile(rb"<(?:[a-z]{1,8}:)?f[ >/]")
_FAILURES = (
    *(
        InvalidFileException,
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        ParseError,
        XMLSyntaxError,
        OSError,
    ),
    *(
        EOFError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RuntimeError,
        AssertionError,
    ),
)
"""openpyxl has no error of its own for a damaged workbook: it raises what its code comes upon."""
_BROKEN = (
    "这个 .xlsx 打不开（文件坏了，或不是 Excel 工作簿）。请用 Excel 或 WPS 打开，另存为 .xlsx 或 CSV 再发。"
)
_TOO_LARGE = "这个 .xlsx 解开后太大，没有读。请只留下要用的行和列，另存为 CSV 再发。"


def read_workbook(content: bytes) -> SentTable:
    """Returns the first visible sheet that isn't blank. Raises WrongUse for what is no workbook or beyond the
    limits."""
    _check_package(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they quote cells, and would end up in the log
            return _first_sheet(content)
    except (WrongUse, MemoryError):
        raise
    except _FAILURES:
        raise WrongUse(_BROKEN) from None


def _first_sheet(content: bytes) -> SentTable:
    book = _opened(content, computed=True)
    rows: tuple[SheetRow, ...] = ()
    left_out: list[str] = []
    for place, sheet in enumerate(book.worksheets):
        if sheet.sheet_state != "visible":
            continue
        sheet.reset_dimensions()  # the file's own word for its size is often wrong
        if not rows:
            looks = _looked_into(sheet)
            values = sheet.iter_rows(values_only=True)
            rows = _rows(_with_formulas(values, content, place) if looks.has_formulas else values, looks)
        elif _has_anything(sheet.iter_rows(values_only=True)):
            left_out.append(sheet.title)
    return SentTable(rows, tuple(left_out))


def _opened(content: bytes, *, computed: bool) -> Workbook:
    return load_workbook(io.BytesIO(content), read_only=True, data_only=computed, keep_links=False)


@dataclass(frozen=True, slots=True)
class _Looks:
    """What openpyxl doesn't say of a workbook that it only reads."""

    hidden: frozenset[int] = frozenset()
    """The numbers of the rows that aren't shown."""
    has_formulas: bool = False
    merged: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """By the numbers of rows, the places of the cells that are merged with one above."""


def _looked_into(sheet: Any) -> _Looks:
    with sheet._get_source() as source:
        text = source.read()
    hidden: set[int] = set()
    number = 0
    for match in _ROW.finditer(text):
        named = _ROW_NUMBER.search(match[1])
        number = int(named[1]) if named else number + 1
        if _ROW_HIDDEN.search(match[1]):
            hidden.add(number)
    return _Looks(frozenset(hidden), _FORMULA.search(text) is not None, _merged(text, number))


def _merged(text: bytes, last: int) -> dict[int, frozenset[int]]:
    """Returns the cells that are merged with one above, up to the row `last`."""
    merged: dict[int, frozenset[int]] = {}
    ranges = (match.groups() for match in _MERGED.finditer(text))
    cells = (
        (row, places)
        for left, top, right, bottom in ranges
        for places in [frozenset(range(_column(left), min(_column(right) + 1, MAX_COLUMNS)))]
        for row in range(int(top) + 1, min(int(bottom), last) + 1)
    )
    for row, places in islice(cells, _MOST_MERGED):
        merged[row] = merged.get(row, frozenset()) | places
    return merged


def _column(letters: bytes) -> int:
    """Returns the place of a column, counted from 0: A is 0, AA 26."""
    place = 0
    for letter in letters:
        place = 26 * place + letter - 64
    return place - 1


def _with_formulas(
    values: Iterable[tuple[object, ...]], content: bytes, place: int
) -> Iterator[tuple[object, ...]]:
    """Yields the rows with UNCOMPUTED where a cell has a formula and no result."""
    sheet = _opened(content, computed=False).worksheets[place]
    sheet.reset_dimensions()
    for row, typed in zip(values, sheet.iter_rows(values_only=True), strict=True):
        yield tuple(
            UNCOMPUTED if value is None and formula is not None else value
            for value, formula in zip(row, typed, strict=True)
        )


def _check_package(content: bytes) -> None:
    """Raises WrongUse for what is no workbook by its members, and for what unpacks to more than a table
    may."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            names = {member.filename for member in members}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise WrongUse(_BROKEN) from None
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise WrongUse("这是压缩包或别的文档，不是表格。请发 .xlsx 或 CSV 文件。")
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_UNPACKED:
        raise WrongUse(_TOO_LARGE)


def _rows(values: Iterable[tuple[object, ...]], looks: _Looks) -> tuple[SheetRow, ...]:
    rows: list[SheetRow] = []
    characters = 0
    for number, row in enumerate(values, 1):
        if not any(value is not None for value in row):
            continue
        cells = [_text(value)[: MAX_CELL + 1] for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        characters += sum(map(len, cells))
        if len(rows) == MOST_READ:
            raise WrongUse(TOO_MANY_ROWS)
        if len(cells) > MAX_COLUMNS:
            raise WrongUse(TOO_MANY_COLUMNS)
        if characters > MAX_CHARACTERS:
            raise WrongUse(TOO_MUCH_TEXT)
        for place in sorted(looks.merged.get(number, ())):
            cells += [""] * (place + 1 - len(cells))
            cells[place] = cells[place] or MERGED
        rows.append(SheetRow(number, tuple(cells), number in looks.hidden))
    return tuple(rows)


def _has_anything(values: Iterable[tuple[object, ...]]) -> bool:
    return any(_text(value) for row in values for value in row)


def _text(value: object) -> str:
    """Returns a value as somebody would type it: an account that is stored as the number 10001.0 is 10001."""
    if value is None:
        return ""
    if isinstance(value, int | float) and abs(value) >= _EXACT:
        return f"{value:E}"  # as Excel shows it: that digits are lost must remain to be seen
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).strip()
