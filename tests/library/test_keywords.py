"""Keywords tell what a text is about, and at most 5 % of its letters."""

from __future__ import annotations

import pytest

from jianggao.library.keywords import LIMIT, fitting_keywords, public_keywords
from jianggao.library.public_part import FEWEST_LETTERS_WITH_KEYWORDS
from jianggao.text.normal_form import normal_form

FILLER = "这里说的是另外一件事情并没有什么要紧的内容"


def text_of(length: int, *words: str) -> str:
    """So many letters, the words among them once each."""
    filler = FILLER * (length // len(FILLER) + 1)
    return "".join(words) + filler[: length - sum(map(len, words))]


def test_a_short_text_has_none() -> None:
    just_long_enough = text_of(FEWEST_LETTERS_WITH_KEYWORDS, "渠长")
    assert fitting_keywords(just_long_enough, ["渠长"], []) == ("渠长",)
    assert fitting_keywords(just_long_enough[:-1], ["渠长"], []) == ()


def test_what_is_public_anyway_is_no_keyword() -> None:
    letters = text_of(400, "渠长", "闸门")
    assert fitting_keywords(letters, ["渠长", "闸门"], ["渠长怎么当"]) == ("闸门",)
    assert fitting_keywords(letters, ["渠长", "闸门"], ["閘  門"]) == ("渠长",)


def test_together_they_tell_at_most_a_twentieth() -> None:
    words = [f"修{letter}" for letter in "渠闸坝堤田泵井池塘沟岸桥路村镇屋墙门窗灯"]
    letters = text_of(400, *words)
    chosen = fitting_keywords(letters, words, [])
    assert chosen == tuple(words[: 400 // 20 // 2])


def test_all_places_of_a_word_count() -> None:
    letters = text_of(400, "渠长", "渠长", "渠长", "闸门")
    assert fitting_keywords(letters, ["渠长", "闸门"], []) == (
        "闸门",
    )  # 6 of 20 letters are more than a quarter


def test_the_order_is_that_of_the_words_and_the_number_is_bounded() -> None:
    words = [f"{verb}{letter}" for verb in "修查看" for letter in "渠闸坝堤田泵井池塘沟岸桥路村镇屋墙门窗灯"]
    letters = text_of(4_000, *words)
    assert fitting_keywords(letters, words, []) == tuple(words[:LIMIT])


@pytest.mark.parametrize("word", ["", "，", "不在这里"])
def test_a_word_without_letters_costs_nothing_and_one_that_is_not_there_neither(word: str) -> None:
    chosen = fitting_keywords(text_of(400, "渠长"), [word, "渠长"], [])
    assert chosen == (("渠长",) if not normal_form(word) else (word, "渠长"))


def test_words_of_the_text_are_chosen_by_how_much_they_tell() -> None:
    text = "渠长们守着闸门。" + "大家都说，这样的事情，我们要做好。" * 30
    chosen = public_keywords(text, [])
    assert "闸门" in chosen and "我们" not in chosen
    letters = normal_form(text)
    assert sum(letters.count(word) * len(word) for word in map(normal_form, chosen)) <= len(letters) / 20
