"""Workbooks that are sent hold what was given, and nothing in them is ever computed."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from jianggao.spreadsheets.workbooks import read_workbook
from jianggao.spreadsheets.writing import CellValue, Sheet, make_workbook

HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://example.invalid","点我")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
    'DDE("cmd";"/C calc";"x")',
    "{=1+1}",
)


def opened(content: bytes) -> Worksheet:
    sheet = load_workbook(io.BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def column(*values: CellValue) -> bytes:
    return make_workbook([Sheet("会员", ["备注"], [[value] for value in values])])


def test_strings_numbers_and_days_come_back_as_such() -> None:
    sheet = opened(
        make_workbook([Sheet("会员", ["QQ", "天", "到期", "空"], [["10001", 365, date(2026, 3, 18), None]])])
    )
    assert [cell.value for cell in sheet[2]] == ["10001", 365, datetime(2026, 3, 18), None]  # noqa: DTZ001  # as Excel has it
    assert sheet["A2"].data_type == "s" and sheet["A2"].number_format == "@"
    assert sheet["C2"].is_date and sheet.title == "会员"


def test_the_header_is_bold_and_stays_in_sight() -> None:
    sheet = opened(column("x"))
    assert sheet["A1"].font.bold and sheet.freeze_panes == "A2"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula(text: str) -> None:
    cell = opened(column(text))["A2"]
    assert cell.data_type == "s" and cell.value == text
    if text.lstrip().startswith(("=", "+", "-", "@")):
        assert cell.quotePrefix


IN_UTF8 = "csv:Text - txt - csv (StarCalc):44,34,76"
OFFICE = shutil.which("soffice")
CALC = OFFICE is not None and (Path(OFFICE).resolve().parent / "libsclo.so").exists()


@pytest.mark.skipif(not CALC, reason="no LibreOffice Calc here (libreoffice-calc-nogui)")
def test_libreoffice_computes_none_of_it(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(column(*HOSTILE))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        str(OFFICE),
        profile,
        "--headless",
        "--convert-to",
        IN_UTF8,
        "--outdir",
        str(tmp_path),
        str(book),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with (tmp_path / "book.csv").open(encoding="utf-8", newline="") as file:
        rows = [row[0] for row in csv.reader(file)]
    assert [row.strip() for row in rows[1:]] == [text.strip() for text in HOSTILE]


def test_what_xml_has_no_place_for_is_replaced() -> None:
    assert opened(column("a\0b\x08\ud800c<&>\"'\ufffe"))["A2"].value == "a\ufffdb\ufffd\ufffdc<&>\"'\ufffd"


def test_what_is_too_long_is_cut_and_early_days_are_texts() -> None:
    sheet = opened(column("长" * 40_000, date(1899, 1, 1)))
    assert len(str(sheet["A2"].value)) == 32_000 and sheet["A3"].value == "1899-01-01"


def test_many_columns_and_sheets_and_names_that_excel_refuses() -> None:
    wide = Sheet("a/b[c]:*?很长" + "长" * 40, [str(n) for n in range(30)], [list(range(30))])
    book = load_workbook(io.BytesIO(make_workbook([wide, Sheet("二", ["x"], [])])))
    assert book.worksheets[0]["AD2"].value == 29 and len(book.sheetnames) == 2
    assert len(book.sheetnames[0]) <= 31


def test_the_same_content_gives_the_same_bytes() -> None:
    assert column("a", date(2026, 3, 18)) == column("a", date(2026, 3, 18))


def test_what_was_written_can_be_read_again() -> None:
    assert [row.cells for row in read_workbook(column("=1+1", date(2026, 3, 18), 5)).rows] == [
        ("备注",),
        ("=1+1",),
        ("2026-03-18",),
        ("5",),
    ]
