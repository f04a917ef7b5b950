"""Time runs from the day that a row plainly names, under whatever heading, and from no other."""

from __future__ import annotations

from datetime import date

import pytest
from sent_tables import csv_of

from jianggao.bulk_membership.member_rows import ReadLines, read_lines
from jianggao.spreadsheets.reading import read_table


def read(header: str, row: str) -> ReadLines:
    return read_lines(read_table(csv_of(row, header=header)), date(2026, 3, 18))


@pytest.mark.parametrize("heading", ["日期", "登记时间", "交钱日期", "最近续费", "付费时间", "从", "付款于"])
def test_the_only_column_of_days_is_the_first_day(heading: str) -> None:
    found = read(f"QQ,姓名,{heading},年限", "20001,张,2024-05-01,1")
    assert found.lines[0].starts_on == date(2024, 5, 1) and heading not in found.unused


@pytest.mark.parametrize("heading", ["生日", "承诺发货时间", "最后发言时间", "原到期日"])
def test_days_of_something_else_are_none(heading: str) -> None:
    assert read(f"QQ,{heading},年限", "20001,2024-05-01,1").lines[0].starts_on is None


@pytest.mark.parametrize(
    "headings", ["登记日期,交钱日期", "入会时间,续费时间", "首次开通,付款时间", "开始日期,缴费时间"]
)
def test_two_first_days_that_differ_give_nothing(headings: str) -> None:
    (refused,) = read(f"QQ,{headings},时长", "20001,2024-03-01,2026-03-01,1年").refused
    assert "看不出从哪天算" in refused.reason and all(each in refused.reason for each in headings.split(","))


def test_two_days_of_one_order_or_a_later_start_are_no_two_first_days() -> None:
    (line,) = read("QQ,下单时间,付款时间,时长", "20001,2026-03-01,2026-03-03,1年").lines
    assert line.starts_on == date(2026, 3, 3)
    (line,) = read("QQ,开始日期,付款时间,时长", "20001,2026-04-01,2026-03-03,1年").lines
    assert line.starts_on == date(2026, 4, 1)


def test_with_a_last_day_the_first_ones_may_differ() -> None:
    (line,) = read("QQ,首次开通,续费时间,到期", "20001,2024-03-01,2026-03-01,2027-03-01").lines
    assert line.until == date(2027, 3, 1)


def test_nothing_said_is_no_day() -> None:
    (line,) = read("QQ,开始,时长,到期日", "20001,-,1年,无").lines
    assert (line.starts_on, line.until) == (None, None)
