"""Rows of an official document's end block that say little by themselves."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, B, speech_of

from jianggao.parsing.imprints import is_below_imprint, is_recipients_row

BODY = (TITLE, "同志们：", A, B, "谢谢大家！")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("报：县委组织部。", True),
        ("送：县水利局、县农业农村局", True),
        ("发：各乡镇党委，县直各党委（党组）。", True),
        ("抄：县人大、县政协", True),
        ("呈：方县长、分管副县长", True),
        ("发至：各村民委员会", True),
        ("此件发至：各乡镇、县直各单位", True),
        ("送：一碗热饭，一句热话。", False),
        ("送：我们的心意，到每个村。", False),
        ("报：多少亩，多少人，多少钱？", False),
        ("发：芽要发在春天，苗要栽在雨前。", False),
        ("发言：县水利局", False),
    ],
)
def test_whom_a_paper_goes_to(line: str, answer: bool) -> None:
    assert is_recipients_row(line) is answer


BLOCKS = (
    ("报：县委、县政府领导同志。", "送：县直各部门。", "发：各乡镇党委。", "（共印80份）"),
    ("发：各村党支部，镇直各单位。", "渠水镇党政办公室　　2025年3月18日印发"),
    ("抄送：县水利局。", "发：各灌区管理所。"),
    ("主送：各村。", "报：县委办公室。", "抄：县农业农村局。"),
)


@pytest.mark.parametrize("block", BLOCKS)
def test_they_go_with_a_sure_row_above_or_below(block: tuple[str, ...]) -> None:
    speech = speech_of(*BODY, *block)
    assert set(speech.removed_because) == {"版记"}
    assert len(speech.removed) == len(block)
    assert speech.text.endswith("谢谢大家！\n")


def test_without_a_sure_row_they_stay_and_are_doubtful() -> None:
    rows = ("报：县委组织部。", "抄：各党支部。")
    speech = speech_of(*BODY, *rows)
    assert all(row in speech.text or row in speech.removed for row in rows)
    assert {*speech.doubtful, *speech.removed} == {*rows}
    # One alone says too little.
    alone = speech_of(*BODY, rows[1])
    assert rows[1] in alone.text and alone.doubtful == ()


@pytest.mark.parametrize(
    "end",
    [
        ("送：一碗热饭，一句热话。", "谢谢大家！"),
        ("发：各村都要发，一户不落。", "谢谢大家！", "抄送：县水利局。"),
    ],
)
def test_a_line_above_the_last_words_is_the_speakers(end: tuple[str, ...]) -> None:
    assert end[0] in speech_of(*BODY, *end).text


def test_only_rows_stand_between_it_and_the_sure_one() -> None:
    lines = ["抄送：县水利局。", "渠通了。", "报：县委组织部。"]
    assert not is_below_imprint(lines, 2, 0)
    assert is_below_imprint([lines[0], "送：水利站、各渠长。", lines[2]], 2, 0)
    assert not is_below_imprint([lines[0], "送：水利站、各渠长。", lines[2]], 2, 1)
