"""A word weighs what the dictionary tells of it: how rare it is, and of what class."""

from __future__ import annotations

import pytest

from jianggao.search.word_weights import HEAVIEST, LIGHTEST, is_generic, word_weight


@pytest.mark.parametrize(
    ("telling", "other"),
    [
        ("灌溉", "问题"),
        ("看病", "外面"),
        ("欠薪", "天天"),
        ("噪声", "旁边"),
        ("医保", "看个"),
        ("彩礼", "还种"),
        ("撂荒", "工作"),
    ],
)
def test_what_tells_of_a_matter_weighs_more(telling: str, other: str) -> None:
    assert word_weight(telling) > 1.5 * word_weight(other)


def test_weights_have_bounds() -> None:
    for word in ("灌溉", "的", "秦玉洁", "欠薪", "外面", "x", "2025"):
        assert LIGHTEST <= word_weight(word) <= HEAVIEST, word
    assert is_generic("工作") and word_weight("工作") < LIGHTEST
    assert not is_generic("灌溉")


def test_names_that_no_dictionary_has_are_no_made_up_words() -> None:
    """看个 has a joint in it; 卢湾 is a name."""
    assert word_weight("卢湾") > word_weight("看个")


@pytest.mark.parametrize(
    ("compound", "part"), [("生活污水", "污水"), ("小微企业", "企业"), ("检查互认", "检查")]
)
def test_a_compound_weighs_more_than_its_parts(compound: str, part: str) -> None:
    assert word_weight(compound) > word_weight(part)
