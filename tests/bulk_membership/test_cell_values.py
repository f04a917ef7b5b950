"""What stands in cells, as people and shops write it: accounts, days, orders."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.bulk_membership.cell_values import (
    UnclearCell,
    day_in,
    days_in,
    order_in,
)


@pytest.mark.parametrize("cell", ["无", "-", "/", "0", "暂无", "微信转账", "N/A", "——", ""])
def test_a_placeholder_is_no_order(cell: str) -> None:
    assert order_in(cell) == ""


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "2026-03-18",
            "2026/3/18",
            "2026.3.18",
            "2026年3月18日",
            "20260318",
            "20260318102231",
            "46099",
            "46099.5",
        ),
        *(
            "2026-03-18 10:22:31",
            "2026-03-18T10:22:31",
            "2026年3月18日 上午10:22",
            "'2026-3-18",
            "２０２６/3/18",
        ),
    ],
)
def test_a_day_however_it_is_written(cell: str) -> None:
    assert day_in(cell) == date(2026, 3, 18)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("明天", "没看懂日期"),
        ("18/3/2026", "没看懂日期"),
        ("2026-02-30", "没看懂日期"),
        ("2026", "没看懂日期"),
        ("-46099", "没看懂日期"),
        ("1900-01-01", "太早"),
        ("0000-00-00 00:00:00", "没看懂日期"),
    ],
)
def test_what_is_no_day_is_refused(cell: str, why: str) -> None:
    with pytest.raises(UnclearCell, match=why):
        day_in(cell)


@pytest.mark.parametrize(
    "cell", ["240318123456789012", "'240318123456789012", '="240318123456789012"', "240318 123456789012"]
)
def test_an_order_is_one_however_it_is_stored(cell: str) -> None:
    assert order_in(cell) == "240318123456789012"


def test_an_order_that_lost_digits_or_is_none_is_refused() -> None:
    with pytest.raises(UnclearCell, match="末尾的数字丢了"):
        order_in("2.40318E+17")
    with pytest.raises(UnclearCell, match="像是丢了"):
        order_in("2403181234567890000")
    with pytest.raises(UnclearCell, match="超过 40"):
        order_in("1" * 41)


@pytest.mark.parametrize(
    "cell", ["B1", "b1", "订单号：B1", "#B1", "B1;", "(B1)", "【订单编号】B1", "No.B1", "订單號B1"]
)
def test_an_order_has_one_form(cell: str) -> None:
    assert order_in(cell) == "B1"
    assert order_in("P240318-1234") == "P240318-1234" and order_in("NO1") == "NO1"
    with pytest.raises(UnclearCell, match="超过 40"):
        order_in("1" * 4000)


@pytest.mark.parametrize("cell", ["到2027-03-18", "至2027年3月18日", "2027-03-18止", "2027年3月18日星期四"])
def test_a_last_day_may_be_said_in_words(cell: str) -> None:
    assert days_in(cell) == (None, date(2027, 3, 18))
