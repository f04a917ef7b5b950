"""Durations: what is understood, what is refused with the right form, and calendar arithmetic."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.errors import WrongUse
from jianggao.membership.durations import Duration, add, parse_duration

days = st.dates(date(1970, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1年", Duration(years=1)),
        ("１ 年", Duration(years=1)),
        ("两年", Duration(years=2)),
        ("20年", Duration(years=20)),
        ("3个月", Duration(months=3)),
        ("3月", Duration(months=3)),
        ("六个月", Duration(months=6)),
        ("十二个月", Duration(months=12)),
        ("两個月", Duration(months=2)),
        ("半年", Duration(months=6)),
        ("一年半", Duration(years=1, months=6)),
        ("1年6个月", Duration(years=1, months=6)),
        ("1年零3个月", Duration(years=1, months=3)),
        ("2周", Duration(weeks=2)),
        ("三个星期", Duration(weeks=3)),
        ("30天", Duration(days=30)),
        ("30日", Duration(days=30)),
        ("三百六十五天", Duration(days=365)),
        ("一百零五天", Duration(days=105)),
        ("7305天", Duration(days=7305)),
    ],
)
def test_is_understood(text: str, expected: Duration) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "30",  # a unit must be said
        "0天",
        "-1年",
        "1.5年",
        "永久",
        "半个月",  # 14, 15 or 16 days
        "3月5日",  # reads like a date
        "2027年3月",
        "21年",
        "241个月",
        "7306天",
        "99999天",
        "9" * 10_000 + "年",
        "一百八天",
        "三六五天",
        "1天1年",
        "1年1年",
        "1年 备注",
        "[CQ:at,qq=all]",
    ],
)
def test_unclear_is_refused_with_the_right_form(text: str) -> None:
    with pytest.raises(WrongUse, match=r"30天.*1年") as refused:
        parse_duration(text)
    assert len(str(refused.value)) < 100


@given(st.text())
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        duration = parse_duration(text)
    except WrongUse:
        return
    assert date(2020, 1, 1) < add(date(2020, 1, 1), duration) <= date(2040, 1, 2)


@pytest.mark.parametrize(
    ("first", "duration", "last"),
    [
        (date(2026, 1, 31), Duration(months=1), date(2026, 2, 28)),
        (date(2028, 1, 31), Duration(months=1), date(2028, 2, 29)),
        (date(2028, 2, 29), Duration(years=1), date(2029, 2, 28)),
        (date(2026, 3, 18), Duration(years=1), date(2027, 3, 18)),
        (date(2026, 12, 31), Duration(weeks=1, days=1), date(2027, 1, 8)),
    ],
)
def test_calendar_arithmetic(first: date, duration: Duration, last: date) -> None:
    assert add(first, duration) == last


counts = st.integers(0, 9)


@given(
    st.builds(Duration, counts, counts, counts, counts).filter(lambda duration: duration != Duration()), days
)
def test_what_is_written_is_read_back(duration: Duration, day: date) -> None:
    assert parse_duration(str(duration)) == duration
    assert Duration.from_stored(duration.to_stored()) == duration
    assert add(day, duration) > day


def test_a_damaged_stored_duration_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="not a stored duration"):
        Duration.from_stored("1年")
