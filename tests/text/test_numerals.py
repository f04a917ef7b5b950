"""Numbers of headings, as they are written."""

from __future__ import annotations

import pytest

from jianggao.text.numerals import exact_number_of, number_of, numeral_of


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


def test_every_number_is_read_as_it_is_written() -> None:
    assert [numeral_of(number) for number in (5, 10, 15, 20, 105, 110, 1_005, 1_050, 1_500, 7_305)] == [
        "五",
        "十",
        "十五",
        "二十",
        "一百零五",
        "一百一十",
        "一千零五",
        "一千零五十",
        "一千五百",
        "七千三百零五",
    ]
    assert all(exact_number_of(numeral_of(number)) == number for number in range(1, 10_000))
    assert exact_number_of("两百") == 200 and exact_number_of("两千两百零二") == 2_202


@pytest.mark.parametrize(
    "written",
    ["", "零", "一百八", "一千五", "一百十五", "一十五", "三六五", "二〇", "十十", "百", "15", "拾"],
)
def test_a_numeral_of_doubtful_meaning_is_no_exact_number(written: str) -> None:
    assert exact_number_of(written) is None
