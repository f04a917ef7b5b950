"""Words of texts, how the index stores them, and which of them say what a text is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import (
    MAX_WORD,
    cut_lengths,
    dictionary_words,
    is_listed,
    keywords,
    load_weights,
    rarity,
    rejoin,
    words,
)

SPEECH = "乡村振兴要修渠，修渠要靠水利。水利修好了，乡村振兴就有了底气，企业也愿意来。" * 3


def test_words_end_at_punctuation() -> None:
    assert words("乡村振兴，水利。") == ["乡村", "振兴", "水利"]
    assert words("") == words("，。") == []


def test_longer_runs_are_cut() -> None:
    assert [len(word) for word in words("9" * (2 * MAX_WORD + 1))] == [MAX_WORD, MAX_WORD, 1]


@given(st.text(max_size=80))
def test_words_put_together_are_the_normal_form(text: str) -> None:
    cut = words(text)
    assert "".join(cut) == normal_form(text)
    assert all(0 < len(word) <= MAX_WORD for word in cut)


@given(st.text(max_size=80))
def test_a_stored_cut_gives_the_words_again(text: str) -> None:
    cut = words(text)
    stored = cut_lengths(cut)
    assert len(stored) == len(cut)
    assert rejoin(normal_form(text), stored) == cut


def test_keywords_are_words_of_two_or_more_letters() -> None:
    found = keywords(SPEECH + "2025 2025 2025 了 了 了")
    assert {"乡村", "水利"} <= set(found)
    assert all(len(word) > 1 and any(map(str.isalpha, word)) for word in found)
    assert "2025" not in found


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_keywords_are_limited(limit: int) -> None:
    assert len(keywords(SPEECH, limit)) == limit
    assert keywords(SPEECH, limit) == keywords(SPEECH, 3)[:limit]


def test_rarity_is_larger_for_words_of_few_matters() -> None:
    assert rarity("企业") < rarity("水利") < rarity("防汛")
    assert rarity("没有这个词") == rarity("也没有那个词")


def test_a_text_without_words_has_no_keywords() -> None:
    assert keywords("") == keywords("，。！") == []


@pytest.mark.parametrize("word", ["水利", "灌溉", "择校", "班子"])
def test_words_of_the_dictionary_are_listed(word: str) -> None:
    assert is_listed(word) and rarity(word) != rarity("没有这个词")


@pytest.mark.parametrize("word", ["", "修渠队长", "水利 灌溉", "飞碟学", "2025"])
def test_other_runs_are_not_listed_and_neither_common_nor_telling(word: str) -> None:
    assert not is_listed(word)
    assert rarity("工作") < rarity(word) == rarity("没有这个词") < rarity("防汛")


@given(st.text(max_size=20))
def test_every_text_has_a_rarity(text: str) -> None:
    assert 0 < rarity(text) < 15
    assert is_listed(text) or rarity(text) == rarity("没有这个词")


def test_dictionary_words_leave_new_words_in_characters() -> None:
    new = "闫小渠"
    assert dictionary_words(f"{new}，水利") == ["闫", "小", "渠", "水利"]
    assert dictionary_words("") == dictionary_words("，。") == []


@given(st.text(max_size=80))
def test_dictionary_words_put_together_are_the_normal_form(text: str) -> None:
    assert "".join(dictionary_words(text)) == normal_form(text)


def test_weights_loaded_beforehand_are_those_that_count() -> None:
    load_weights()
    before = rarity("水利"), is_listed("水利"), keywords(SPEECH)
    load_weights()
    assert (rarity("水利"), is_listed("水利"), keywords(SPEECH)) == before
