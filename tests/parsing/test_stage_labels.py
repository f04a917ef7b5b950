"""Labels of the stages of a host's script or a lesson."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, B, speech_of

from jianggao.parsing.stage_labels import begins_stage, is_cue

SCRIPT = "松坪镇春季植树启动仪式主持词"


@pytest.mark.parametrize(
    "line",
    [
        *(
            "【会前提醒】",
            "【会前】",
            "【会中】",
            "【开场】",
            "【开场白】",
            "【正式开始】",
            "【大会开始】",
            "【来宾入场】",
        ),
        *("【第一环节】", "【大会第二项：植树】", "【导入】", "【PPT第1页】", "【播放短片】", "〖开场〗"),
        "【会前提醒】请大家先坐好。",
    ],
)
def test_stages(line: str) -> None:
    assert begins_stage(line)
    speech = speech_of(SCRIPT, "2025年3月12日", line, "请大家往前坐。", "同志们：", A, B)
    assert (speech.title, speech.occasion, speech.salutation) == (SCRIPT, "2025年3月12日", "同志们：")
    body = speech.text.removeprefix(f"{SCRIPT}\n2025年3月12日\n")
    assert body.replace("\n", "").startswith(f"{line}请大家往前坐。同志们：{A}")
    assert "请大家往前坐。" in "".join(speech.body(section) for section in speech.sections)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "【松坪镇文稿】",
            "【2025年3月18日】",
            "【在植树会上的讲话】",
            "【会前学法】",
            "【播放量2万】",
            "【方大川】",
        ),
        *("【会前学法】把树种到沟边", "【开场】把树种到沟边", "会前提醒", "开场"),
    ],
)
def test_what_is_no_stage(line: str) -> None:
    assert not begins_stage(line)


@pytest.mark.parametrize(
    "spoken", ["请大家往前坐。", "各位来宾，离开会还有一小会儿，请大家把手机调到静音，后排的同志往前坐一坐。"]
)
def test_the_salutation_behind_the_words_of_an_earlier_stage(spoken: str) -> None:
    speech = speech_of(SCRIPT, "【会前提醒】", spoken, "【正式开始】", "尊敬的各位来宾，同志们：", A, B)
    assert (speech.title, speech.occasion) == (SCRIPT, "")
    assert speech.salutation == "尊敬的各位来宾，同志们："
    assert (
        speech.text == f"{SCRIPT}\n【会前提醒】\n{spoken}\n【正式开始】\n尊敬的各位来宾，同志们：\n{A}\n{B}\n"
    )
    # The first words behind it stand on a line of their own, as under any salutation.
    speech = speech_of(SCRIPT, "【会前提醒】", spoken, "【正式开始】", f"同志们：{A}", B)
    assert speech.salutation == "同志们："
    assert f"\n同志们：\n{A}\n" in speech.text


def test_a_call_in_the_midst_of_a_speech_is_no_salutation() -> None:
    speech = speech_of(TITLE, A, "【第二环节】", "同志们：", B)
    assert (speech.title, speech.salutation) == (TITLE, "")


def test_the_body_of_a_script_without_a_salutation() -> None:
    speech = speech_of(SCRIPT, "【开场】", "（播放短片）", A, B)
    assert (speech.title, speech.occasion) == (SCRIPT, "")
    assert speech.text == f"{SCRIPT}\n【开场】\n（播放短片）\n{A}\n{B}\n"


def test_cues_are_no_headings() -> None:
    assert is_cue("【PPT第3页】")
    assert is_cue("【翻页】")
    assert not is_cue("【开场】")
    speech = speech_of(
        TITLE, "同志们：", A, "【PPT第3页】", A + B, "【翻页】", A + B, "【幻灯片12-14】", A + B
    )
    assert not speech.headings
