"""Which month is asked for."""

from __future__ import annotations

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from jianggao.errors import WrongForm, WrongUse
from jianggao.membership.months import Month, parse_month

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("", Month(2026, 3)),
        ("本月", Month(2026, 3)),
        ("上月", Month(2026, 2)),
        ("上个月", Month(2026, 2)),
        ("2025-10", Month(2025, 10)),
        ("2025年10月", Month(2025, 10)),
        ("２０２５ 年 ９ 月", Month(2025, 9)),
        ("2026-03", Month(2026, 3)),
        ("2000/1", Month(2000, 1)),
        ("3月", Month(2026, 3)),
        ("12月份", Month(2025, 12)),
    ],
)
def test_months_are_read_in_these_forms(typed: str, month: Month) -> None:
    assert parse_month(typed, TODAY) == month


@pytest.mark.parametrize(
    "typed", ["10", "2025", "2025-13", "2025-00", "1999-12", "今年", "2025-10-1", "0000-01"]
)
def test_another_form_is_refused_with_the_right_one(typed: str) -> None:
    with pytest.raises(WrongForm, match="2026-10"):
        parse_month(typed, TODAY)


@pytest.mark.parametrize("typed", ["2026-04", "9999-12"])
def test_a_month_that_has_not_begun_is_refused(typed: str) -> None:
    with pytest.raises(WrongUse, match="还没有到"):
        parse_month(typed, TODAY)


def test_months_follow_each_other() -> None:
    month = Month(2025, 12)
    for _ in range(30):
        assert month.after.before == month and month < month.after
        month = month.after
    assert month == Month(2028, 6)


def test_its_moments_are_those_of_the_zone() -> None:
    start, end = Month(2026, 2).moments(ZoneInfo("Asia/Shanghai"))
    assert (start, end) == (
        datetime(2026, 1, 31, 16, tzinfo=timezone.utc),
        datetime(2026, 2, 28, 16, tzinfo=timezone.utc),
    )


def test_it_holds_its_days_alone() -> None:
    assert date(2026, 2, 28) in Month(2026, 2)
    assert date(2026, 3, 1) not in Month(2026, 2) and date(2025, 2, 1) not in Month(2026, 2)
