"""What stands for a word counts a share: synonyms nearly all, what speeches say for everyday words less and less, and the
parts of such a little."""

from __future__ import annotations

from jianggao.search.stand_ins import everyday_stand_ins, official_weight, said_for, with_synonyms
from jianggao.search.synonyms import Synonyms
from jianggao.search.word_weights import word_weight

WORDS = Synonyms(
    words={"欠薪": ("拖欠工资",), "看病难": ("看病贵",)},
    everyday={"要不到钱": ("拖欠账款", "欠薪"), "看病贵": ("医疗",)},
)


def test_the_first_word_for_an_everyday_one_counts_most_and_parts_least() -> None:
    runs = said_for(["要不到钱"], WORDS)
    assert runs["拖欠账款"] > runs["欠薪"] > runs["账款"] > 0
    assert runs["拖欠工资"] <= runs["欠薪"], "a synonym of it never counts more"


def test_the_typed_word_counts_whole_and_words_inside_a_little() -> None:
    runs, weight = everyday_stand_ins("要不到钱了", ["要不到钱"], WORDS, ["不到", "问题", "35"])
    assert runs["要不到钱了"] == runs["要不到钱"] == 1.0
    assert 0 < runs["不到"] < runs["欠薪"]
    assert not {"问题", "35"} & runs.keys(), "they tell no matter"
    assert weight == official_weight(["要不到钱"], WORDS) >= word_weight("欠薪")


def test_a_synonym_counts_nearly_whole_and_what_is_said_for_it_less() -> None:
    runs = with_synonyms("看病难", WORDS)
    assert runs["看病难"] == 1.0 > runs["看病贵"] > runs["医疗"] > 0
