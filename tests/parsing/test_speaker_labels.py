"""Labels of those who speak."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, A, B, outline, speech_of

from jianggao.parsing.speaker_labels import begins_turn, is_speaker_line

LABELS = [
    "问：",
    "答：",
    "【问】",
    "Q：",
    "A：",
    "Q1：",
    "记者：",
    "记者（渠水日报）：",
    "【记者】",
    "主持人：",
    "主持人方某：",
    "网友甲：",
    "张某：",
    "张某某：",
    "【张某】",
    "×××：",
    "李局长：",
    "村支书：",
    "老周：",
    "嘉宾1：",
]


@pytest.mark.parametrize("label", LABELS)
def test_labels(label: str) -> None:
    assert is_speaker_line(label + "渠什么时候修")
    assert is_speaker_line(label)
    assert outline(A, label + "渠什么时候修", B, label, A, label + B) == []


@pytest.mark.parametrize(
    "line", ["问题在哪里", "答卷要写好：" + A, "看清路", "记者来过三次，" + A, "老把式的话", ""]
)
def test_what_is_no_label(line: str) -> None:
    assert not is_speaker_line(line)


def test_a_turn_is_a_question_with_its_answer() -> None:
    assert begins_turn(["问：路呢？", "答：在修。", A, "问：水呢？", "答：" + B]) == [
        True,
        False,
        False,
        True,
        False,
    ]
    assert begins_turn(["方大川：水。", A, "李小渠：路。", "方大川：好。"]) == [True, False, False, True]
    assert begins_turn(["张某：水。", A, "李某：路。"]) == [True, False, True]
    assert begins_turn(["问：路呢？", A, B]) == [False, False, False]


def test_sections_break_before_questions() -> None:
    turns = [line for _ in range(4) for line in ("问：渠什么时候修？", "答：" + A * 6, B * 2)]
    speech = speech_of(*HEAD, *turns)
    bodies = [speech.body(section) for section in speech.sections]
    assert len(bodies) == 4
    assert all(body.startswith(("问：", A)) and body.endswith(B) for body in bodies)


def test_a_question_in_a_heading_style_is_none() -> None:
    assert outline("问：渠什么时候修", A) == []


def test_questions_of_an_interview_are_no_headings_also_of_one_who_asks_once() -> None:
    body = (
        "问：水为什么分不匀？",
        "答：" + A,
        "方阿婆：我家的田谁来浇？",
        "答：" + B,
        "问：夜里谁看闸？",
        "答：" + A,
    )
    assert outline(*body) == []
    asked = ("水为什么分不匀？", A + B, "方阿婆：我家的田谁来浇？", A + B, "夜里谁看闸？", B + A)
    assert outline(*(line for line in asked if not line.startswith("方阿婆"))) == []
