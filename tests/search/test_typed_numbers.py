"""Digits stand in a text as the number that was typed, or as a part of another."""

from __future__ import annotations

import pytest

from jianggao.search.query import parse_query
from jianggao.search.typed_numbers import (
    count_number,
    count_whole,
    holds_number,
    percentage_in,
    stand_as_numbers,
)


@pytest.mark.parametrize(
    ("digits", "text", "is_percentage", "count"),
    [
        ("20", "占20用了20吨", False, 2),
        ("20", "占20用了20吨", True, 1),
        ("20", "2019年120户203人", False, 0),
        ("20", "20比20高过20", False, 3),
        ("20", "", False, 0),
    ],
)
def test_digits_count_as_a_number_alone(digits: str, text: str, is_percentage: bool, count: int) -> None:
    assert count_number(digits, text, 8, is_percentage=is_percentage) == count
    assert count_number(digits, text, 1, is_percentage=is_percentage) == min(count, 1)


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("涨幅3左右", True),
        ("增长3比上年快", True),
        ("3加快建设", False),
        ("增长35", False),
        ("走了三里", False),
        ("上升3个百分点", False),
        ("仓库完成3等", True),
    ],
)
def test_a_percentage_of_one_digit_needs_what_stands_around_it(text: str, is_there: bool) -> None:
    assert percentage_in(text, "3") is is_there


@pytest.mark.parametrize(
    ("typed", "text", "is_there"),
    [
        ("23%", "荒了占23剩下的", True),
        ("23%", "铺面23间罚了23万元", False),  # 间 and 万 are measures
        ("公路", "公路", True),
        ("2300", "12300人", False),
        ("2300", "2300人", True),
        ("百分之二十三", "铺面23间", False),
        ("百分之二十三", "荒了百分之二十三剩下的", True),
        ("23%", "降了百分之二十三点五", False),
        ("3%", "近3年来", False),
        ("3%", "降至3以下", True),
        ("23%", "增长23人均两万元", True),  # behind 增长 it is no measure
        ("百分之三", "增长32", False),
        ("百分之三", "增长3比去年", True),
        ("2月15日", "12月15日", False),
        ("2月15日", "到2月15日", True),
        ("88年", "1988年", True),
    ],
)
def test_a_text_holds_the_number_that_was_typed(typed: str, text: str, is_there: bool) -> None:
    (term,) = parse_query(typed).terms
    assert holds_number(term, text) is is_there


@pytest.mark.parametrize(
    ("run", "text", "count"),
    [
        ("百分之三", "百分之三的项目落后百分之三", 2),
        ("百分之三", "百分之三十七和百分之三点五", 0),
        ("增长3", "增长3比上年快", 1),
        ("增长3", "增长32", 0),
        ("3左右", "涨幅3左右", 1),
        ("3左右", "涨幅13左右", 0),
        ("2月15日", "12月15日和2月15日", 1),
        ("2025年", "2025年3月", 1),
    ],
)
def test_a_number_at_an_end_of_a_run_is_no_part_of_another(run: str, text: str, count: int) -> None:
    assert count_whole(run, text, 8) == count
    assert count_whole(run, text, 1) == min(count, 1)


def test_of_terms_those_that_stand_there_must_be_numbers_of_their_own() -> None:
    terms = parse_query("23% 公路 渠道").terms
    assert stand_as_numbers(terms, "占23的公路") and stand_as_numbers(terms, "公路")
    assert not stand_as_numbers(terms, "2023年的公路")
