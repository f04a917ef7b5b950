"""The parts of a workbook name as many sheets as there are."""

from __future__ import annotations

from jianggao.spreadsheets.workbook_parts import content_types, relations, workbook


def test_each_sheet_is_named_in_every_part() -> None:
    assert workbook(["甲", "乙"]).count("<sheet ") == 2
    for part in (content_types(2), relations(2)):
        assert "sheet1.xml" in part and "sheet2.xml" in part and "sheet3.xml" not in part
