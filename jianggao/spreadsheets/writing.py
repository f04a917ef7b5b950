"""Writes .xlsx workbooks that a spreadsheet program opens without computing anything in them.

The few parts of a workbook are written here, in memory: people's data must not lie about in the temporary
files that libraries write, and the same content gives the same bytes. What stands in a cell is a string
(`inlineStr`), a whole number or a day. Strings have the format of texts (`@`), so that a QQ number stays as
it is, and those that begin as a formula does carry `quotePrefix`, by which Excel and LibreOffice keep them
strings also when somebody edits the cell.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import east_asian_width
from xml.sax.saxutils import escape

from jianggao.spreadsheets.workbook_parts import FIXED_PARTS, content_types, relations, workbook

CellValue = str | int | date | None
_LONGEST = 32_000
"""Characters of a cell; Excel takes 32,767."""
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML has no place for."""
_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_NARROWEST, _WIDEST = 6, 50
_EARLIEST = date(1900, 3, 1)
"""Before this day Excel counts otherwise than the calendar."""
_DAY_ZERO = date(1899, 12, 30)
_MADE = (2026, 1, 1, 0, 0, 0)
"""The time that the members of the package carry."""
# Styles by their place in workbook_parts: an ordinary number, the header, a day, a text, a text like a formula.
_NUMBER, _HEADER, _DAY, _TEXT, _QUOTED = range(5)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: a header that stays in sight, and its rows."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[CellValue]]


def make_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Returns a workbook of these sheets, at least one."""
    names = [_SHEET_NAME.sub(" ", sheet.name)[:_LONGEST_NAME] for sheet in sheets]
    parts = {
        "[Content_Types].xml": content_types(len(sheets)),
        **FIXED_PARTS,
        "xl/workbook.xml": workbook([_escaped(name) for name in names]),
        "xl/_rels/workbook.xml.rels": relations(len(sheets)),
    }
    for number, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = "".join(_sheet(sheet))
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            member = zipfile.ZipInfo(name, _MADE)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, part.encode("utf-8"))
    return package.getvalue()


def _sheet(sheet: Sheet) -> Iterator[str]:
    """Yields the XML of a sheet."""
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    yield '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    yield '<sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    widths = _widths(sheet)
    yield "<cols>"
    for at, width in enumerate(widths, 1):
        yield f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield _row(1, ((text, _HEADER) for text in sheet.header))
    for number, row in enumerate(sheet.rows, 2):
        yield _row(number, ((value, None) for value in row))
    yield "</sheetData></worksheet>"


def _row(number: int, cells: Iterable[tuple[CellValue, int | None]]) -> str:
    written = (_cell(f"{_letters(at)}{number}", value, style) for at, (value, style) in enumerate(cells))
    return f'<row r="{number}">{"".join(written)}</row>'


def _cell(place: str, value: CellValue, style: int | None) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        if style is None:
            style = _QUOTED if value.lstrip(" \n").startswith(_LIKE_FORMULA) else _TEXT
        text = f'<is><t xml:space="preserve">{_escaped(value[:_LONGEST])}</t></is>'
        return f'<c r="{place}" s="{style}" t="inlineStr">{text}</c>'
    if isinstance(value, date):
        if value < _EARLIEST:
            return _cell(place, value.isoformat(), style)
        return f'<c r="{place}" s="{_DAY}"><v>{(value - _DAY_ZERO).days}</v></c>'
    return f'<c r="{place}" s="{_NUMBER}"><v>{value}</v></c>'


def _escaped(text: str) -> str:
    # A carriage return would be read back as a line feed.
    return escape(_UNWRITABLE.sub("\ufffd", text), {"\r": "&#13;", '"': "&quot;"})


def _letters(at: int) -> str:
    """Returns the name of a column counted from 0: A, B … AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _widths(sheet: Sheet) -> list[int]:
    """Returns how wide each column is, in characters of a Latin text."""
    widths = [_width(text) for text in sheet.header]
    for row in sheet.rows[:500]:
        for at, value in enumerate(row[: len(widths)]):
            widths[at] = max(widths[at], 10 if isinstance(value, date) else _width(str(value or "")))
    return [min(max(width + 2, _NARROWEST), _WIDEST) for width in widths]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text[:_WIDEST])
