"""Workbooks are read as one sees them, and those made to do harm are refused."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress
from datetime import date, datetime
from time import monotonic

import pytest
from openpyxl import Workbook, load_workbook
from sent_tables import changed, saved, workbook_of

from jianggao.errors import WrongUse
from jianggao.spreadsheets.table import MERGED, UNCOMPUTED
from jianggao.spreadsheets.workbooks import read_workbook


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_workbook(content).rows]


def test_values_are_as_somebody_would_type_them() -> None:
    content = workbook_of(
        (10001, 10001.0, "10001", " 20001 ", 1.0001e4, 3.5, True, None),
        (date(2026, 3, 18), datetime(2026, 3, 18), datetime(2026, 3, 18, 10, 22, 31)),  # noqa: DTZ001  # as Excel has it
        (2.40318123456789e17,),
    )
    assert cells(content) == [
        ("10001", "10001", "10001", "20001", "10001", "3.5", "True"),
        ("2026-03-18", "2026-03-18", "2026-03-18 10:22:31"),
        ("2.403181E+17",),
    ]


def test_rows_keep_their_numbers_and_blank_ones_are_none() -> None:
    content = workbook_of((), ("QQ", "时长"), (None, "  "), ("20001", "1年", None, ""))
    assert [(row.number, row.cells) for row in read_workbook(content).rows] == [
        (2, ("QQ", "时长")),
        (4, ("20001", "1年")),
    ]


def test_a_merged_cell_has_its_value_once() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "会员名单"
    sheet.merge_cells("A1:C1")
    sheet.append(("QQ", "时长", "备注"))
    assert cells(saved(book)) == [("会员名单",), ("QQ", "时长", "备注")]


def test_formulas_are_not_computed() -> None:
    assert cells(workbook_of(("=1+1", "a"), (12345, None, "b"))) == [(UNCOMPUTED, "a"), ("12345", "", "b")]


@pytest.mark.parametrize("number", [10**15, 1234567890123456789, -(10**15)])
def test_a_whole_number_that_lost_digits_can_be_told(number: int) -> None:
    assert "E+" in cells(workbook_of((number,)))[0][0]
    assert cells(workbook_of((10**15 - 1,))) == [("999999999999999",)]


def test_rows_that_a_program_does_not_show_are_told() -> None:
    book = Workbook()
    for row in (("QQ",), ("20001",), ("20002",)):
        book.active.append(row)  # type: ignore[union-attr]
    book.active.row_dimensions[2].hidden = True  # type: ignore[union-attr]
    assert [row.is_hidden for row in read_workbook(saved(book)).rows] == [False, True, False]


def test_the_first_visible_sheet_with_anything_is_read_and_others_are_told() -> None:
    book = Workbook()
    for title, rows, state in (
        ("隐藏", (("x",),), "hidden"),
        ("一月", (("QQ",),), "visible"),
        ("空", (), "visible"),
        ("二月", (("QQ",),), "visible"),
    ):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
    table = read_workbook(saved(book))
    assert [row.cells for row in table.rows] == [("QQ",)] and table.left_out == ("二月",)


def test_a_wrong_dimension_hides_nothing() -> None:
    content = changed(
        workbook_of(("QQ", "时长"), ("1", "2")), "xl/worksheets/sheet1.xml", b'ref="A1:B2"', b'ref="A1"'
    )
    assert cells(content) == [("QQ", "时长"), ("1", "2")]


def package_of(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in members.items():
            package.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04" + bytes(100), "打不开"),
        (package_of({"word/document.xml": b"x", "[Content_Types].xml": b"x"}), "不是表格"),
        (package_of({"a.csv": b"QQ"}), "不是表格"),
        (package_of({"[Content_Types].xml": b"<", "xl/workbook.xml": b"<"}), "打不开"),
        (package_of({"[Content_Types].xml": b"x", "xl/workbook.bin": b"x"}), "打不开"),
        (workbook_of(("QQ", "时长"))[:-200], "打不开"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(WrongUse, match=why):
        read_workbook(content)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([("20001", "1年")] * 5_021, "超过 5000 行"),
        ([tuple("a" * 201)], "超过 200 列"),
        ([("长" * 500,) * 50] * 41, "超过 100 万字"),
    ],
)
def test_a_table_beyond_the_limits_is_refused(rows: list[tuple[str, ...]], why: str) -> None:
    with pytest.raises(WrongUse, match=why):
        read_workbook(workbook_of(*rows))


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    bomb = package_of({"[Content_Types].xml": b"x", "xl/sharedStrings.xml": bytes(70_000_000)})
    assert len(bomb) < 100_000
    with pytest.raises(WrongUse, match="解开后太大"):
        read_workbook(bomb)


def test_a_damaged_workbook_is_refused_or_read_and_nothing_else() -> None:
    content = workbook_of(("QQ", "开始", "时长"), *((20_000 + n, date(2026, 3, 18), "1年") for n in range(5)))
    chance = random.Random(5)
    for _ in range(200):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
        with suppress(WrongUse):
            read_workbook(bytes(damaged))


def test_what_the_reader_complains_of_is_not_logged(recwarn: pytest.WarningsRecorder) -> None:
    content = workbook_of(("QQ",), (date(2026, 3, 18),))
    far = changed(content, "xl/worksheets/sheet1.xml", b"<v>46099</v>", b"<v>99999999999</v>")
    with suppress(WrongUse):
        read_workbook(far)
    assert not recwarn.list


def test_cells_that_are_merged_with_one_above_are_told() -> None:
    book = load_workbook(
        io.BytesIO(workbook_of(("QQ", "到期", "备注"), (1, "甲", "a"), (2, None, "b"), (3, None, None)))
    )
    sheet = book.active
    assert sheet is not None
    sheet.merge_cells("B2:C4")
    sheet.merge_cells("D2:E2")
    assert cells(saved(book))[2:] == [("2", MERGED, MERGED), ("3", MERGED, MERGED)]


def test_ranges_that_are_merged_over_a_whole_sheet_take_no_time() -> None:
    content = workbook_of(("QQ",), *((number,) for number in range(3_000)))
    merge = b'<mergeCell ref="B1:XFD1048576"/>' * 3_000
    merged = b"<mergeCells>" + merge + b"</mergeCells>"
    far = changed(content, "xl/worksheets/sheet1.xml", b"</sheetData>", b"</sheetData>" + merged)
    begun = monotonic()
    assert len(cells(far)) == 3_001
    assert monotonic() - begun < 5
