"""A workbook holds what it was given, and nothing in it is computed."""

from __future__ import annotations

import io
from datetime import date, datetime

from openpyxl import load_workbook

from jianggao.spreadsheets.writing import Sheet, make_workbook


def test_texts_numbers_and_days_come_back_as_they_were() -> None:
    content = make_workbook(
        [Sheet("会员群 700001", ("QQ 号", "有效期至", "次数"), [("020001", date(2026, 3, 18), 3)])]
    )
    workbook = load_workbook(io.BytesIO(content))
    assert workbook.sheetnames == ["会员群 700001"]
    rows = list(workbook.active.values)
    assert rows == [("QQ 号", "有效期至", "次数"), ("020001", datetime(2026, 3, 18), 3)]  # noqa: DTZ001


def test_a_name_that_begins_like_a_formula_stays_a_name() -> None:
    content = make_workbook([Sheet("名", ("名",), [("=1+1",), ("+86",), ("-1",), ("@某人",)])])
    cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert all(cell.quotePrefix for cell in cells)
