"""How words are read, which sounds are alike, and letters typed for words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.text.pinyin import (
    LONGEST_LETTERS,
    LONGEST_WORD,
    fold,
    folded_reading,
    is_word,
    pinyin_reading,
    possible_readings,
    split_letters,
    syllables,
)


@pytest.mark.parametrize("text", ["乡村", "乡村振兴", "渠" * LONGEST_WORD])
def test_words_of_the_vocabulary(text: str) -> None:
    assert is_word(text)


@pytest.mark.parametrize("text", ["", "渠", "渠" * (LONGEST_WORD + 1), "渠a", "渠1", "ab", "渠 水"])
def test_what_is_no_word_of_the_vocabulary(text: str) -> None:
    assert not is_word(text)


@pytest.mark.parametrize(
    ("word", "reading"), [("乡村振兴", "xiang cun zhen xing"), ("银行", "yin hang"), ("行走", "xing zou")]
)
def test_readings_are_those_of_the_whole_word(word: str, reading: str) -> None:
    assert pinyin_reading(word) == reading


@pytest.mark.parametrize(
    ("left", "right"), [("农村", "龙村"), ("生产", "森惨"), ("民情", "明勤"), ("上山", "桑三")]
)
def test_sounds_that_people_mix_up_are_the_same(left: str, right: str) -> None:
    assert folded_reading(left) == folded_reading(right)


@pytest.mark.parametrize(("left", "right"), [("渠水", "清水"), ("山", "上")])
def test_other_sounds_are_not(left: str, right: str) -> None:
    assert (folded_reading(left) == folded_reading(right)) is (left == "山")


@pytest.mark.parametrize(
    ("syllable", "folded"),
    [
        ("zhang", "zan"),
        ("chong", "cong"),
        ("sheng", "sen"),
        ("ning", "lin"),
        ("qu", "qu"),
        ("hong", "hong"),
        ("er", "er"),
    ],
)
def test_folded_syllables(syllable: str, folded: str) -> None:
    assert fold(syllable) == folded
    assert fold(folded) == folded


def test_possible_readings_begin_with_that_of_the_word() -> None:
    assert possible_readings("银行")[0] == "yin hang"
    assert {"xing", "hang"} <= set(possible_readings("行"))
    assert len(possible_readings("行" * 10)) == len(set(possible_readings("行" * 10))) <= 4


@pytest.mark.parametrize(("run", "reading"), [("治霾", "zhi mai"), ("巡河", "xun he"), ("率", "lv")])
def test_readings_of_today_are_possible(run: str, reading: str) -> None:
    assert reading in possible_readings(run)


@pytest.mark.parametrize(("run", "reading"), [("治霾", "zhi li"), ("巡河", "yan he")])
def test_readings_that_no_word_has_today_are_not(run: str, reading: str) -> None:
    assert reading not in possible_readings(run)


@pytest.mark.parametrize("run", ["", "ab", "渠a", "渠 水"])
def test_only_han_characters_have_possible_readings(run: str) -> None:
    assert possible_readings(run) == []


def test_syllables_have_letters_alone() -> None:
    assert {"xiang", "cun", "er", "lv"} <= syllables()
    assert all(syllable.isascii() and syllable.isalpha() for syllable in syllables())


def test_letters_are_split_in_every_way_the_fewest_syllables_first() -> None:
    ways = split_letters("xian")
    assert ways[0] == ["xian"] and ["xi", "an"] in ways
    assert split_letters("xiangcun")[0] == ["xiang", "cun"]


@pytest.mark.parametrize("letters", ["", "v", "qx", "Xian", "xi an", "渠", "a" * (LONGEST_LETTERS + 1)])
def test_letters_that_are_no_syllables(letters: str) -> None:
    assert split_letters(letters) == []


@given(st.lists(st.sampled_from(["xi", "an", "qu", "shui", "zhuang", "er"]), min_size=1, max_size=8))
def test_split_letters_are_the_letters(typed: list[str]) -> None:
    ways = split_letters("".join(typed))
    assert ways and len(ways) <= 8
    assert all("".join(way) == "".join(typed) and set(way) <= syllables() for way in ways)
    assert [len(way) for way in ways] == sorted(len(way) for way in ways)
