"""Everyday words are met in what was typed: as they stand, with fillers inside, or with other words between."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.search.everyday_words import EverydayWords, TypedRun
from jianggao.text.normal_form import normal_form

WORDS = EverydayWords(
    [
        "择校",
        "浇不上水",
        "欠钱不还",
        "政府欠钱",
        "欠钱",
        "看病",
        "看病难",
        "娃",
        "ai",
        "35岁门槛",
        "wifi",
        "一二三四五六七八九十一二三",
        "看病…远",
        "吵…睡",
        "老人…吃饭",
        "孩子…没人…管",
        "上学…难",
    ]
)


def fixed_in(typed: str) -> list[str]:
    return [match.word for match in WORDS.fixed_in(TypedRun(normal_form(typed)))]


def gapped_in(typed: str) -> list[str]:
    met = WORDS.gapped_in(TypedRun(normal_form(typed)))
    assert all(len({part.word for part in parts}) == 1 for parts in met)
    return [parts[0].word for parts in met]


# --- without gaps -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("修渠", []),
        ("择校", ["择校"]),
        ("孩子择校", ["择校"]),
        ("选择校企合作", []),
        ("地里浇不上水咋办", ["浇不上水"]),
        ("浇不上水浇不上水", ["浇不上水", "浇不上水"]),
        ("政府欠钱不还", ["政府欠钱", "欠钱不还"]),
        ("欠钱不还", ["欠钱不还"]),
        ("娃上学", ["娃"]),
        ("娃娃鱼", []),
        ("AI", ["ai"]),
        ("MAIL", []),
        ("wifi", ["wifi"]),
        ("wifibox", []),
        ("35岁门槛", ["35岁门槛"]),
        ("一二三四五六七八九十一二三", []),
    ],
)
def test_they_are_found_in_order_and_none_inside_another(typed: str, found: list[str]) -> None:
    assert fixed_in(typed) == found


@pytest.mark.parametrize("typed", ["看个病", "看了病", "去看过病", "看了个病"])
def test_fillers_between_their_characters_count_for_nothing(typed: str) -> None:
    assert fixed_in(typed) == ["看病"]


def test_a_match_with_fillers_tells_the_stretch_as_it_was_typed() -> None:
    (match,) = WORDS.fixed_in(TypedRun("老乡看个病难啊"))
    assert (match.start, match.stop, match.word) == (2, 6, "看病难")


def test_what_stands_as_it_is_goes_before_what_does_without_fillers() -> None:
    run = "欠钱不还看个病"
    assert fixed_in(run) == ["欠钱不还", "看病"]


@pytest.mark.parametrize("typed", ["个人看重病历", "看重点病房"])
def test_characters_of_words_are_no_fillers(typed: str) -> None:
    assert "看病" not in fixed_in(typed)


# --- with gaps ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "met"),
    [
        ("看病要跑老远", ["看病…远"]),
        ("看个病要跑老远", ["看病…远"]),
        ("看病远", ["看病…远"]),
        ("远处看病", []),
        ("外面吵得睡不着", ["吵…睡"]),
        ("村里老人中午吃饭没着落", ["老人…吃饭"]),
        ("孩子放学没人来管", ["孩子…没人…管"]),
        ("孩子放学没人", []),
        ("看病以前大家商量过了再说今天远", []),
    ],
)
def test_parts_stand_in_order_and_near_each_other(typed: str, met: list[str]) -> None:
    assert gapped_in(typed) == met


def test_a_part_across_words_is_not_met() -> None:
    """上学 of 马上学习 is none."""
    assert gapped_in("上学路上难走") == ["上学…难"]
    assert gapped_in("马上学习难题") == []


@pytest.mark.parametrize("typed", ["外面吵得睡不着", "楼下太吵老人没法睡", "吵，睡不好"])
def test_one_character_is_a_part_where_it_is_a_word(typed: str) -> None:
    assert gapped_in(typed) == ["吵…睡"]


@pytest.mark.parametrize("typed", ["争吵之后沉睡的村庄", "吵架的人睡眠", "看病要去远方亲戚家"])
def test_one_character_of_another_word_is_none(typed: str) -> None:
    assert gapped_in(typed) == []


def test_the_places_of_parts_are_those_of_what_was_typed() -> None:
    ((first, second),) = WORDS.gapped_in(TypedRun("看个病要跑老远"))
    assert (first.start, first.stop) == (0, 3)
    assert "看个病要跑老远"[second.start : second.stop] == "远"


@given(st.text(alphabet="看个病远吵睡了老人吃饭孩子没人管上学难欠钱不还", max_size=40))
def test_places_lie_in_order_inside_the_run(text: str) -> None:
    typed = TypedRun(text)
    fixed = WORDS.fixed_in(typed)
    assert all(0 <= match.start < match.stop <= len(text) for match in fixed)
    assert [match.start for match in fixed] == sorted(match.start for match in fixed)
    for parts in WORDS.gapped_in(typed):
        assert all(0 <= part.start < part.stop <= len(text) for part in parts)
        assert all(before.stop <= behind.start for before, behind in pairwise(parts))
