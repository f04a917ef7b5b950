"""Which words say what a text is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.text.normal_form import spaced_normal_form
from jianggao.text.telling_words import telling_words


def told(text: str) -> dict[str, int]:
    """The telling words of a text, and in how many places they stand."""
    return {word: found.places for word, found in telling_words(spaced_normal_form(text)).items()}


def test_matters_tell() -> None:
    found = told("水库的闸门锈死了，闸门要换；撂荒的田，三农的账，二氧化硫的数。")
    assert found["闸门"] == 2
    assert {"水库", "撂荒", "三农", "二氧化硫"} <= set(found)


@pytest.mark.parametrize(
    "text",
    [
        "2024年，二〇二四年三月十五日，第三季度",
        "百分之三十，3.5%，两成，五个百分点",
        "三百亿元，十五个，六万多人次，每吨，平方米，公里",
        "今年、去年、今晚、白天、每年、年底、上月、同期",
        "村里、门口、桌上、县里、全市、各县区",
        "我们、大家、谁家、同志们、各位",
        "一家人、两件事、几句话、一模一样、五所、每季度",
        "切实、必须、进一步、不必、非常",
        "同比、环比、总额、人次、增幅",
    ],
)
def test_numbers_times_units_and_words_of_any_matter_tell_nothing(text: str) -> None:
    assert told(text) == {}


def test_a_word_tells_more_the_rarer_it_is_and_less_as_a_place_or_a_verb() -> None:
    found = telling_words(spaced_normal_form("财政、闸门、杭州、撂荒"))
    assert found["财政"].weight < found["闸门"].weight
    assert found["杭州"].is_place_name and found["杭州"].weight < found["撂荒"].weight < found["闸门"].weight
    assert not found["闸门"].is_place_name


@given(st.text(max_size=60))
def test_every_text_has_telling_words_of_its_own_letters(text: str) -> None:
    normal = spaced_normal_form(text)
    assert all(normal.count(word) >= places for word, places in told(text).items())
