"""Dates: how they are written, where they are looked for, and which of them count."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.parsing.dates import (
    MaterialDate,
    first_date,
    is_bare_date,
    is_day_of_year,
    is_labelled_date,
    material_date,
    without_dates,
    written_dates,
)

DAY = date(2025, 3, 18)
TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    "written",
    [
        "2025年3月18日",
        "2025 年 3 月 18 日",
        "2025-03-18",
        "2025.3.18",
        "2025/3/18",
        "2025_03_18",
        "２０２５年３月１８日",
        "20250318",
        "二〇二五年三月十八日",
        "二○二五年三月十八日",
        "二0二五年三月十八日",
        "二Ｏ二五年三月十八日",
        "2025年三月十八日",
        "二〇二五年3月18日",
        "2025年3月十八號",
        "二〇二五年三月18号",
        "民国114年3月18日",
        "民國 114 年 3 月 18 日",
        "中華民國一一四年三月十八日",
        "民國一百一十四年三月十八日",
    ],
)
def test_ways_to_write_a_date(written: str) -> None:
    assert first_date([written]) == DAY
    assert first_date([f"（{written}，在渠边）"]) == DAY


@pytest.mark.parametrize(
    ("numerals", "day"),
    [
        ("一", 1),
        ("九", 9),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("二十九", 29),
        ("三十", 30),
        ("三十一", 31),
    ],
)
def test_days_in_chinese(numerals: str, day: int) -> None:
    assert first_date([f"二〇二五年十二月{numerals}日"]) == date(2025, 12, day)


@pytest.mark.parametrize(
    "written",
    [
        "2025年2月30日",
        "2025年13月1日",
        "20251301",
        "1825年3月18日",
        "2025年3月",
        "12025031812",
        "二〇二五年二月三十日",
        "癸卯年三月十八日",
        "民国〇年三月十八日",
        "民国百百年三月十八日",
        "国民114年3月18日",
        "渠",
    ],
)
def test_what_is_no_date(written: str) -> None:
    assert first_date([written]) is None


def test_the_first_years_of_the_republic() -> None:
    assert first_date(["民国元年一月一日"]) == date(1912, 1, 1)
    assert first_date(["民国廿三年十月卅一日"]) == date(1934, 10, 31)
    assert first_date(["民国九十九年十二月廿一日"]) == date(2010, 12, 21)


def test_a_date_that_does_not_exist_is_passed_over() -> None:
    assert first_date(["2025年2月30日，2025年3月18日"]) == DAY
    assert first_date(["2025年2月30日", "2025年3月18日"]) == DAY


def test_eight_digits_count_where_they_are_asked_for() -> None:
    assert first_date(["20250318"], compact=True) == DAY
    assert first_date(["20250318"], compact=False) is None


@pytest.mark.parametrize(
    "line",
    [
        "日期：2025-03-18",
        "讲话时间: 2025年3月18日",
        " 成文日期 ：二〇二五年三月十八日 ",
        "时 间：2025年3月18日 14:30",
        "【时间】：2025/3/18",
        "发布日期：2025.3.18",
        "会议时间：2025年3月18日上午",
    ],
)
def test_labelled_dates(line: str) -> None:
    assert is_labelled_date(line)


@pytest.mark.parametrize(
    "line", ["2025-03-18", "日期：待定", "日期：2025-02-30", "开渠时间到了", "日期：2025-03-18" + " " * 40]
)
def test_what_is_no_labelled_date(line: str) -> None:
    assert not is_labelled_date(line)


@pytest.mark.parametrize(
    "line",
    [
        "2025年3月18日",
        "（2025年3月18日）",
        "〔二〇二五年三月十八日〕",
        "2025年3月",
        "2025年",
        "20××年×月×日",
        "2025.3.18",
        "2025年3月18日上午",
        "2025/3/18 星期二",
        "2025年3月18日（星期二）上午9时30分",
        "2025年3月18日 14:30",
        "2025-03-18 10:22:33",
        "2025年3月18日至20日",
        "二〇二五年三月十八日下午三时",
        "民國一一四年三月十八日",
        "2025年三月十八日",
    ],
)
def test_bare_dates(line: str) -> None:
    assert is_bare_date(line)


@pytest.mark.parametrize(
    "line", ["2025年3月18日在渠边", "三月", "3月18日", "2025", "", "2025年3月18日" + " " * 40]
)
def test_what_is_no_bare_date(line: str) -> None:
    assert not is_bare_date(line)


def test_the_line_goes_before_the_file_name_and_that_before_the_title() -> None:
    line, name, title = ["日期：2025-03-18"], "讲话/2024-01-02 讲话.txt", ["2023年7月1日"]
    assert material_date(line, name, title, TODAY) == MaterialDate(DAY, "line")
    assert material_date([], name, title, TODAY) == MaterialDate(date(2024, 1, 2), "file name")
    assert material_date([], "讲话.txt", title, TODAY) == MaterialDate(date(2023, 7, 1), "under title")
    assert material_date([], "讲话.txt", [], TODAY) == MaterialDate(None, "")


def test_a_signature_goes_behind_all_else() -> None:
    signed = ["二〇二二年五月六日"]
    assert material_date([], "讲话.txt", [], TODAY, signed) == MaterialDate(date(2022, 5, 6), "at the end")
    assert material_date([], "讲话.txt", ["2023年7月1日"], TODAY, signed).day == date(2023, 7, 1)
    assert material_date([], "讲话.txt", [], TODAY, ["20220506"]).day is None


def test_only_the_name_of_a_path_counts() -> None:
    assert material_date([], "2024-01-02/讲话.txt", [], TODAY).day is None


def test_the_number_of_a_document_under_the_title_is_no_date() -> None:
    assert material_date([], "讲话.txt", ["县发20230701号"], TODAY).day is None
    assert material_date([], "20230701.txt", [], TODAY).day == date(2023, 7, 1)


def test_a_date_in_the_future_is_reported_and_passed_over() -> None:
    dated = material_date(["日期：2026-03-19"], "20250318.txt", [], TODAY)
    assert (dated.day, dated.origin) == (DAY, "file name")
    assert dated.problems == ("日期 2026-03-19 在未来，没有采用。请改正源文件里或文件名里的日期",)
    assert material_date(["日期：2026-03-18"], "", [], TODAY).day == TODAY


def test_all_dates_in_the_future_leave_none() -> None:
    dated = material_date(["日期：2027-01-01"], "20270102.txt", ["2027年1月3日"], TODAY)
    assert (dated.day, dated.origin, len(dated.problems)) == (None, "", 3)


@pytest.mark.parametrize(
    "written",
    ["二〇二五年十十月三日", "二〇二五年二月二一十日", "二〇二五年十月十二三日", "二〇二五年十〇十月一日"],
)
def test_numerals_that_are_no_number_make_no_date(written: str) -> None:
    assert first_date([written]) is None


def test_every_day_of_a_month_is_read_in_chinese_numerals() -> None:
    numerals = "一二三四五六七八九"
    days = [
        *numerals,
        "十",
        *(f"十{n}" for n in numerals),
        "二十",
        *(f"二十{n}" for n in numerals),
        "三十",
        "三十一",
    ]
    assert [first_date([f"二〇二五年十月{day}日"]) for day in days] == [
        date(2025, 10, n) for n in range(1, 32)
    ]


@pytest.mark.parametrize(
    "line", ["3月18日", "（3月18日上午）", "三月十八日", "3月18日至20日", "3月18日14:30"]
)
def test_days_without_a_year(line: str) -> None:
    assert is_day_of_year(line)
    assert first_date([line]) is None


@pytest.mark.parametrize("line", ["2025年3月18日", "3月", "3月18日在渠边", "", "3月18日" + " " * 40])
def test_what_is_no_day_without_a_year(line: str) -> None:
    assert not is_day_of_year(line)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("方大川 2025年3月18日", "方大川"),
        ("2025/3/18 星期二 方大川", "方大川"),
        ("方大川", "方大川"),
        ("二〇二五年三月十八日上午", ""),
        ("3月18日", ""),
        ("民國一一四年三月十八日 於老倉庫", "於老倉庫"),
    ],
)
def test_lines_without_their_dates(line: str, left: str) -> None:
    assert without_dates(line) == left


def test_where_dates_stand_in_a_text() -> None:
    text = "2025年3月18日开工，二〇二五年四月二日通水，2025年2月30日没有。"
    assert [text[start:end] for start, end in written_dates(text)] == ["2025年3月18日", "二〇二五年四月二日"]
    assert written_dates("在2025-03-18。") == [(1, 11)]
    assert written_dates("3月18日") == []
