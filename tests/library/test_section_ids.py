"""Ids carry the material date, so that rows stand in date order; audiences that nobody writes show
nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.library.section_ids import (
    EVERY_ID,
    Audience,
    day_of,
    first_id,
    id_range,
    last_id,
    month_of,
    number_of,
    speech_key,
    whole_months,
)

DAYS = st.dates(min_value=date(1, 1, 2), max_value=date(9999, 12, 30))


@given(DAYS)
def test_days_follow_each_other_without_a_gap(day: date) -> None:
    assert first_id(day) == last_id(day - timedelta(days=1)) + 1
    assert first_id(day) < last_id(day)
    assert day_of(first_id(day)) == day_of(last_id(day)) == day
    assert EVERY_ID[0] < first_id(day) and last_id(day) < EVERY_ID[1]


@given(DAYS, st.integers(1, (1 << 24) - 1))
def test_a_key_carries_day_and_number(day: date, number: int) -> None:
    key = speech_key(day, number)
    assert day_of(key) == day and number_of(key) == number


def test_a_range_holds_both_of_its_days() -> None:
    first, last = id_range(date(2025, 3, 1), date(2025, 3, 31))
    assert first == first_id(date(2025, 3, 1)) and last == last_id(date(2025, 3, 31))


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2025, 3, 1), date(2025, 3, 31), [date(2025, 3, 1)]),
        (date(2025, 3, 2), date(2025, 5, 31), [date(2025, 4, 1), date(2025, 5, 1)]),
        (date(2025, 3, 1), date(2025, 5, 30), [date(2025, 3, 1), date(2025, 4, 1)]),
        (date(2024, 2, 1), date(2024, 2, 28), []),
        (date(2025, 3, 10), date(2025, 3, 20), []),
        (date(2024, 12, 1), date(2025, 1, 31), [date(2024, 12, 1), date(2025, 1, 1)]),
    ],
)
def test_whole_months_hold_every_day(first: date, last: date, months: list[date]) -> None:
    since, until = whole_months(first_id(first), last_id(last))
    assert list(range(since, until + 1)) == list(map(month_of, months))


def test_all_ids_hold_every_month() -> None:
    since, until = whole_months(*EVERY_ID)
    assert since == month_of(date.min) and until == month_of(date.max)


@pytest.mark.parametrize(("stored", "audience"), [(0, 0), (1, 1), (2, 2), (3, 2), (-1, 2), (99, 2)])
def test_an_unknown_audience_is_the_narrowest(stored: int, audience: int) -> None:
    assert Audience.stored(stored) is Audience(audience)
