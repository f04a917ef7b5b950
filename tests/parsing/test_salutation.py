"""Salutations: which lines call on people, and how many of them belong together."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, TITLE, A, B, speech_of

from jianggao.parsing.salutation import (
    begins_with_call,
    is_call_alone,
    is_salutation,
    names_the_speaker,
    set_close,
    whole_salutation,
)


@pytest.mark.parametrize(
    ("lines", "salutation"),
    [
        (["各位代表！"], "各位代表！"),
        (["尊敬的各位来宾、女士们、先生们："], "尊敬的各位来宾、女士们、先生们："),
        (["老师们、同学们："], "老师们、同学们："),
        (["尊敬的方书记、王县长："], "尊敬的方书记、王县长："),
        (["同 志 们："], "同志们："),
        (["尊敬的各位家长、老师们，", "亲爱的同学们："], "尊敬的各位家长、老师们，亲爱的同学们："),
        (["各位来宾：", "女士们、先生们："], "各位来宾：女士们、先生们："),
        (["同志們："], "同志們："),
        (["亲爱的青年朋友们："], "亲爱的青年朋友们："),
    ],
)
def test_salutations(lines: list[str], salutation: str) -> None:
    speech = speech_of(TITLE, *lines, A, B)
    assert speech.salutation == salutation
    assert speech.body(speech.sections[0]) == f"{A}\n{B}"


def test_a_salutation_on_the_line_of_its_speech() -> None:
    speech = speech_of(TITLE, "各位代表，同志们！" + A, B)
    assert speech.salutation == "各位代表，同志们！"
    assert speech.body(speech.sections[0]) == f"{A}\n{B}"


def test_a_call_in_the_middle_is_no_salutation() -> None:
    assert speech_of(TITLE, A, B, "同志们、朋友们：", A).salutation == ""
    assert speech_of(TITLE, A, "一、看清路", B, "同志们：", A).salutation == ""
    assert speech_of(*HEAD, "各位代表：", B).salutation == "同志们："


@pytest.mark.parametrize(
    "line", ["欢迎各位来宾！", "各位代表，现在我向大会报告工作，请各位审议！", "同志们好！"]
)
def test_a_sentence_to_the_audience_is_no_salutation(line: str) -> None:
    speech = speech_of(TITLE, line, A, B)
    assert (speech.salutation, speech.body(speech.sections[0])) == ("", "\n".join([line, A, B]))


@pytest.mark.parametrize(
    "line",
    [
        "同志们：",
        "同 志 们：",
        "同志們：",
        "各位代表！",
        "尊敬的方书记：",
        "各位来宾、方书记：",
        "老师们、同学们:",
        "大家好！",
        "亲爱的大家：",
        "在座的各位：",
        "各位：",
        "远道而来的各位老乡、各位同学：",
        "各位在场的和不在场的同事：",
        "向阳村的乡亲们：",
        "对口帮扶的同志们：",
        "希望小学的同学们：",
        "水站补给队的同志们：",
        "尊敬的马向阳书记、同志们：",
        "奋战在一线的战友们：",
        "老师和同学们：",
        "給水處的同志們：",
        "弟兄们：",
        "诸位：",
        "诸位学长：",
        "诸君：",
        "家人们！",
        "兄弟姐妹们：",
        "各位叔叔阿姨：",
        "街坊邻居们：",
        "守闸的队友们：",
        "大伙儿：",
    ],
)
def test_what_calls_on_people(line: str) -> None:
    assert is_salutation(line)


@pytest.mark.parametrize(
    "line",
    [
        "同志们",
        "渠水：",
        "欢迎各位来宾！",
        "感谢大家！",
        "同志们要做好三件事：",
        "方书记强调：",
        "对同志们提出三点要求：",
        "各位代表，现在我作报告！",
        "同志们，请大家坐好！",
        "各位" + "来宾" * 30 + "：",
        "先把话说给大家：",
        "今天的题目，先告诉大家：",
        "先问问大家：",
        "有一句话送给毕业生朋友：",
        "这笔账，要交给在座的各位：",
        "开头先提醒各位家长：",
        "今天想问问同学们：",
        "我们就跟乡亲们：",
        "丑话先说给各位代表：",
        "只求大家：",
        "這話先講給大家：",
        "先问问诸位：",
        "这笔账要交给大伙儿：",
        "今天想问问弟兄们：",
        "弟兄：",
        "邻居：",
    ],
)
def test_what_only_speaks_of_people(line: str) -> None:
    assert not is_salutation(line)


@pytest.mark.parametrize(
    ("lines", "at", "span"),
    [
        (["同志们：", "今天修渠。"], 0, (0, 1)),
        (["讲话", "各位来宾：", "女士们、先生们：", "今天修渠。"], 1, (1, 3)),
        (["讲话", "尊敬的各位家长、老师们，", "亲爱的同学们："], 2, (1, 3)),
        (["同志们：", "大家好！", "今天修渠。"], 0, (0, 1)),
        (["讲话，", "同志们："], 1, (1, 2)),
    ],
)
def test_lines_that_belong_together(lines: list[str], at: int, span: tuple[int, int]) -> None:
    assert whole_salutation(lines, at) == span


@pytest.mark.parametrize(
    ("line", "close"),
    [("同 志 们：", "同志们："), ("讲 话", "讲话"), ("方大川 讲", "方大川 讲"), ("a b", "a b"), ("", "")],
)
def test_letters_set_apart_come_together(line: str, close: str) -> None:
    assert set_close(line) == close


def test_a_call_with_a_comma_right_above_the_first_paragraph() -> None:
    speech = speech_of(TITLE, "亲爱的同学们，", A, B)
    assert (speech.title, speech.salutation) == (TITLE, "亲爱的同学们，")
    assert speech.body(speech.sections[0]) == f"{A}\n{B}"


def test_calls_with_a_comma() -> None:
    assert is_call_alone("各位老师，") and is_call_alone("同志们,")
    assert not is_call_alone("各位老师：") and not is_call_alone("渠修好了，") and not is_call_alone("")


@pytest.mark.parametrize(
    "line",
    [
        "全市广大医务工作者：",
        "全体教职员工：",
        "奋战在渠道一线的广大职工、民警：",
        "老 师 们 、 同 学 们 ：",
        "全县各族群众：",
    ],
)
def test_calls_on_all_of_a_kind(line: str) -> None:
    assert is_salutation(line)


@pytest.mark.parametrize(
    "line", ["优秀教师：", "党员：", "全县党员要做到：", "广大职工反映的问题有：", "一线工作者说："]
)
def test_people_that_a_line_speaks_of_are_not_called(line: str) -> None:
    assert not is_salutation(line)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("学生代表：方小川", "方小川"),
        ("家长代表:欧阳静", "欧阳静"),
        ("毕业生代表：方小川，2025年6月", "方小川"),
        ("村支书：罗小满", "罗小满"),
    ],
)
def test_a_role_with_a_name_behind_it_calls_nobody(line: str, name: str) -> None:
    assert names_the_speaker(line)
    speech = speech_of(TITLE, line, "同学们：", A)
    assert (speech.title, speech.salutation, speech.speaker, speech.occasion) == (
        TITLE,
        "同学们：",
        name,
        line,
    )


@pytest.mark.parametrize(
    "line", ["同学们：安静", "各位代表：方大川", "学生代表：", "老师：安静。", "学生代表：请坐好"]
)
def test_a_call_names_nobody(line: str) -> None:
    assert not names_the_speaker(line)


def test_a_paragraph_that_begins_with_a_call() -> None:
    assert all(
        map(
            begins_with_call,
            ("弟兄们，水来了。", "各位，今天说账。", "乡亲们：水来了。", "老师们、同学们，好。"),
        )
    )
    assert not any(
        map(begins_with_call, ("水来了，弟兄们。", "弟兄们的水来了，快。", "欢迎各位，请坐。", ""))
    )
