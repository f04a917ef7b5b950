"""What the dictionary knows of the parts of a query."""

from __future__ import annotations

import pytest

from jianggao.search import typed_words


@pytest.mark.parametrize(
    ("run", "known"), [("石榴", True), ("栗子", True), ("欠新", False), ("石榴栗子", False), ("树", False)]
)
def test_words_of_the_dictionary(run: str, known: bool) -> None:
    assert typed_words.is_known(run) is known


def test_characters_that_belong_to_no_word() -> None:
    assert typed_words.count_loose("社区食汤") == 2 and typed_words.count_loose("社区食堂") == 0
    assert typed_words.leaves_loose("官寮主义") and not typed_words.leaves_loose("浇水的老乡")


def test_names_are_told_from_words() -> None:
    assert typed_words.names_in("湖北种茶") == [(0, 2)]
    assert typed_words.is_unlisted_name("秦玉洁") and not typed_words.is_unlisted_name("水库")
    assert not typed_words.is_unlisted_name("孙悟空")  # in the dictionary, as people of stories are
    assert typed_words.is_person("秦玉洁") and typed_words.is_person("张铁柱")
    assert not typed_words.is_person("养老院") and not typed_words.is_person("高速公路")


def test_other_numbers_are_no_misspelling() -> None:
    assert typed_words.changes_number("2031年报告", "2021年报告")
    assert typed_words.changes_number("第三条", "第五条")
    assert not typed_words.changes_number("2031年报高", "2031年报告")


def test_words_that_share_how_they_are_written() -> None:
    assert typed_words.alike_in_writing("公鹿", "公路")
    assert not typed_words.alike_in_writing("石榴", "十六")
    assert not typed_words.alike_in_writing("再见", "再奖")
    assert not typed_words.alike_in_writing("李子", "例子")  # 子 ends words of any sense


def test_what_tells_and_what_it_weighs() -> None:
    assert (
        typed_words.is_telling("渠道")
        and not typed_words.is_telling("进行")
        and not typed_words.is_telling("渠")
    )
    assert typed_words.is_telling("网格员")  # in no dictionary: a name for a matter of its own
    assert typed_words.weight("官僚主义") > typed_words.weight("发展") > typed_words.weight("的") == 0.0
    assert typed_words.weight("修渠道的") == typed_words.weight("修") + typed_words.weight("渠道")
    assert typed_words.is_commoner("公路", "公鹿") and not typed_words.is_commoner("放火", "公路")


@pytest.mark.parametrize(
    "run", ["干部不下乡", "别谈乡村振兴", "禁止种粮", "削弱基层治理", "没有食堂", "难就业"]
)
def test_a_word_that_denies_is_known(run: str) -> None:
    assert typed_words.is_negated(run) and typed_words.words_that_turn(run)


@pytest.mark.parametrize("run", ["乡村振兴", "别人的果园", "特别好", "不断增长", "未来五年", "无锡"])
def test_other_words_deny_nothing(run: str) -> None:
    assert not typed_words.is_negated(run) and not typed_words.words_that_turn(run)


def test_a_character_may_turn_the_sense_or_be_left_of_a_slip() -> None:
    assert typed_words.words_that_turn("免养老") == ["免"] and not typed_words.is_negated("免养老")


@pytest.mark.parametrize(
    ("run", "parts"),
    [
        ("干部不下乡", ["不下乡"]),
        ("不要信访", ["不要信访"]),
        ("粮食产量停止增长", ["停止"]),
        ("难就业", ["难就业"]),
        ("群众不", ["不"]),
        ("乡村振兴", []),
    ],
)
def test_what_turns_the_sense_goes_with_the_word_behind_it(run: str, parts: list[str]) -> None:
    assert typed_words.turned_parts(run) == parts


def test_a_matter_that_is_denied_is_told_from_one_with_such_a_word() -> None:
    assert typed_words.denies_matter("禁止种粮") and typed_words.denies_matter("干部不下乡")
    assert not typed_words.denies_matter("防溺水") and not typed_words.denies_matter("办事难")


@pytest.mark.parametrize(
    ("run", "other", "changed"),
    [
        ("社区食汤", "社区食堂", [("食汤", "食堂")]),
        ("谎话穿上西装", "谎话船上西装", [("穿上", "船上")]),
        ("社区食堂", "社区食堂", []),
        ("社区食", "社区食堂", []),
        ("shequ", "社区食堂", []),
    ],
)
def test_what_was_changed_of_a_run(run: str, other: str, changed: list[tuple[str, str]]) -> None:
    assert typed_words.changed_words(run, other) == changed


def test_what_keeps_a_word_that_everybody_uses() -> None:
    assert typed_words.keeps_common("太高", "抬高") and typed_words.keeps_common("穿上", "船上")
    assert not typed_words.keeps_common("食汤", "食堂") and not typed_words.keeps_common("积按", "积案")
