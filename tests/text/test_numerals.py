"""Numbers of headings, as they are written."""

from __future__ import annotations

import pytest

from jianggao.text.numerals import number_of


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("一百", 100),
        ("一百零三", 103),
        ("一百一十", 110),
        ("一百二十三", 123),
        ("一千零一", 1001),
        ("二〇", 20),
        ("一〇三", 103),
        ("叁", 3),
        ("参", 3),
        ("拾", 10),
        ("拾贰", 12),
        ("⑫", 12),
        ("⒊", 3),
        ("㈤", 5),
        ("❸", 3),
        ("Ⅳ", 4),
        ("VIII", 8),
        ("THREE", 3),
        ("two", 2),
        ("C", 3),
        ("h", 8),
        ("01", 1),
        ("１２", 12),
        ("首先", 1),
        ("最后", 9),
    ],
)
def test_numbers(written: str, number: int) -> None:
    assert number_of(written) == number


@pytest.mark.parametrize(
    "written", ["一二", "十十", "百一", "百", "零", "〇一", "IIII", "XYZ", "Z", "00", "渠"]
)
def test_what_is_no_number(written: str) -> None:
    assert number_of(written) == 0
