"""Dates are read wherever they were typed, and a speech is of them or isn't."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.library.section_ids import speech_key
from jianggao.search.indexed_texts import IndexedSpeech
from jianggao.search.query import Term, parse_query
from jianggao.search.typed_dates import (
    dates_apart,
    dates_in,
    is_date,
    is_dated,
    is_day_of_any_year,
    is_of_date,
    is_of_dates,
    span_of,
    typed_years,
    without_dates,
)

DAY = date(2024, 1, 18)


def term_of(typed: str) -> Term:
    (term,) = parse_query(typed).terms
    return term


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("2024年读书节", {2024}),
        ("二〇一九年教师节 2021", {2019, 2021}),
        ("2024年1月信访工作会议", {2024}),
        ("12024 三农", set()),
        ("就业", set()),
    ],
)
def test_the_years_of_a_query(typed: str, years: set[int]) -> None:
    assert typed_years(parse_query(typed).terms) == years


@pytest.mark.parametrize("run", ["2024", "2024年", "二〇二四年", "2024年1月", "2024年1月18日", "2024年1月份"])
def test_a_date_is_a_year_and_nothing_else(run: str) -> None:
    assert is_date(run) and without_dates(run) == []


@pytest.mark.parametrize("run", ["就业", "2024年读书节", "2024年底", "20241", "18日"])
def test_other_runs_are_no_dates(run: str) -> None:
    assert not is_date(run)


def test_what_is_left_without_the_years() -> None:
    assert without_dates("2024年读书节") == ["读书节"]
    assert without_dates("在2023年至2024年工作会议") == ["工作会议"]


@pytest.mark.parametrize(
    ("typed", "is_own"),
    [
        ("2024年", True),
        ("二〇二四年", True),
        ("2024年1月", True),
        ("2024年1月18日", True),
        ("2024年2月", False),
        ("2024年1月17日", False),
        ("2023年", False),
        ("就业", False),
    ],
)
def test_a_day_is_in_a_year_and_a_month(typed: str, is_own: bool) -> None:
    assert is_of_date(term_of(typed), DAY) is is_own


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("2024年读书节", ["2024年", "读书节"]),
        ("读书节2024", ["读书节", "2024"]),
        ("二〇二四年读书节", ["2024年", "读书节"]),
        ("2023年度工作会议", ["2023年", "工作会议"]),
        ("2024年底", ["2024年底"]),
        ("2024年度汛", ["2024年", "度汛"]),
        ("2025年的养老", ["2025年", "养老"]),
        ("9月9日教师节", ["9月9日", "教师节"]),
        ("读书节", ["读书节"]),
        ("2024年", ["2024年"]),
        ("“2024年读书节”", ["2024年读书节"]),
    ],
)
def test_years_are_terms_of_their_own(typed: str, parts: list[str]) -> None:
    assert [part.run for part in dates_apart(term_of(typed))] == parts


def test_a_year_that_was_parted_has_its_other_ways_to_be_written() -> None:
    year, _ = dates_apart(term_of("2024年读书节"))
    assert year.runs == term_of("2024年").runs and len(year.runs) > 1


def test_a_speech_is_of_its_own_years_and_of_those_in_its_title() -> None:
    speech = IndexedSpeech(speech_key(DAY, 7), "2023年工作总结大会上的讲话", "")
    assert is_of_dates(speech, dates_in(parse_query("2023年 2024年").terms)) and is_of_dates(speech, [])
    assert not is_of_dates(speech, dates_in(parse_query("2023年 2022年").terms))
    assert is_dated(speech, term_of("2023年")) and is_dated(speech, term_of("2024年1月"))
    assert not is_dated(speech, term_of("2024年3月")) and not is_dated(speech, term_of("2022年"))


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2024年", (2024, 1, 1), (2024, 12, 31)),
        ("2024年2月", (2024, 2, 1), (2024, 2, 29)),
        ("2024年2月3日", (2024, 2, 3), (2024, 2, 3)),
        ("二〇二四年二月", (2024, 2, 1), (2024, 2, 29)),
        ("2024年12月", (2024, 12, 1), (2024, 12, 31)),
    ],
)
def test_the_days_of_a_date(typed: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert span_of(term_of(typed)) == (date(*first), date(*last))


def test_a_day_of_any_year_has_no_span() -> None:
    assert span_of(term_of("9月9日")) is None and span_of(term_of("就业")) is None
    assert is_day_of_any_year(term_of("9月9日")) and not is_day_of_any_year(term_of("2024年9月9日"))
    assert is_of_date(term_of("1月18日"), DAY) and not is_of_date(term_of("1月19日"), DAY)


@pytest.mark.parametrize("typed", ["2024年13月", "2024年2月30日", "2024年0月"])
def test_a_date_that_there_isnt_has_no_days(typed: str) -> None:
    assert span_of(term_of(typed)) is None and not is_of_date(term_of(typed), DAY)


@pytest.mark.parametrize(
    ("typed", "dates"),
    [
        ("2024年1月信访工作会议 2023年", ["2024年1月", "2023年"]),
        ("四月二十三日读书节", ["4月23日"]),
        ("二〇二五年十月养老", ["2025年10月"]),
        ("2025年一月养老", ["2025年1月"]),
        ("十一月七日", ["11月7日"]),
        ("“2024年”", []),
        ("一月份的账", []),
    ],
)
def test_dates_are_read_in_numerals_and_among_other_words(typed: str, dates: list[str]) -> None:
    assert [date.typed for date in dates_in(parse_query(typed).terms)] == dates
