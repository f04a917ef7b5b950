"""Names that are words as well: where they stand shows that they are names."""

from __future__ import annotations

import pytest
from front_forms import CALL, HeadForm, assert_read
from parsed_texts import TITLE, A, speech_of

from jianggao.parsing.placed_names import placed_name
from jianggao.parsing.speaker import find_speaker

THEME = "让路灯亮到村口"
DAY = "2025年4月2日"


@pytest.mark.parametrize(
    "name", ["李建军", "高峰", "张国强", "陈光明", "白雪", "杨柳", "程 远 志", "高 峰", "欧阳建国"]
)
@pytest.mark.parametrize(
    "lines",
    [
        (TITLE, "{name}", DAY, CALL, A),
        (TITLE, f"（{DAY}）", "{name}", CALL, A),
        (TITLE, "{name}", CALL, A),
        (THEME, "{name}", CALL, A),
        (THEME, "——在全镇路灯管护会上的讲话", "{name}", DAY, A),
    ],
    ids=lambda lines: "/".join(lines[:3]),
)
def test_names_that_are_words(name: str, lines: tuple[str, ...]) -> None:
    speech = speech_of(*(line.format(name=name) for line in lines))
    assert (speech.title, speech.speaker) == (lines[0], name.replace(" ", ""))
    assert name in speech.occasion.split("\n")


@pytest.mark.parametrize("name", ["高洁", "马力", "方圆", "许大山", "方向明", "高兴国"])
def test_a_name_that_is_another_word_stands_under_a_speech_or_beside_a_date(name: str) -> None:
    assert speech_of(TITLE, name, CALL, A).speaker == name
    assert speech_of(THEME, name, DAY, CALL, A).speaker == name
    assert speech_of(TITLE, name, DAY, A).speaker == name


@pytest.mark.parametrize(
    "line",
    [
        "祝酒词",
        "贺词",
        "党建",
        "水利",
        "节选",
        "纪要",
        "全县",
        "年轻人",
        "方向盘",
        "从今天",
        "会议室",
        "讲话",
    ],
)
def test_words_are_no_speakers_wherever_they_stand(line: str) -> None:
    for lines in ((TITLE, line, DAY, CALL, A), (TITLE, line, CALL, A), (THEME, DAY, line, CALL, A)):
        assert speech_of(*lines).speaker == ""


def test_two_names_prove_nothing() -> None:
    assert placed_name([TITLE, "高峰", DAY, "李建军"], is_called=True) is None


def test_a_title_goes_on_over_a_name() -> None:
    lines = ["在渠水", "高峰", "论坛上的讲话"]
    assert placed_name(lines, is_called=True) is None
    assert speech_of(*lines, CALL, A).title == "".join(lines)


@pytest.mark.parametrize(
    ("lines", "speaker"),
    [
        (["作者：云麓中学团委", "主讲人：高二（5）班 江晚"], "江晚"),
        (["主讲人：高二（5）班江晚"], "江晚"),
        (["演讲者：七年级3班 欧阳静"], "欧阳静"),
        (["作者：云麓中学团委"], ""),
        (["作者：松坪镇党委办公室", "镇长 方大川"], "方大川"),
        # A PDF loses the blank before the next label.
        (["作者：方大川发布时间：2025-04-02"], "方大川"),
        (["主讲：方大川地点：村文化站"], "方大川"),
        # Who spoke isn't to be known.
        (["主讲人：方某某", "镇长 方大川"], ""),
    ],
)
def test_labels_with_an_organisation_or_a_class(lines: list[str], speaker: str) -> None:
    assert find_speaker(lines) == speaker


FORMS = (
    HeadForm(
        ["作者：云麓中学团委", THEME, "主讲人：高二（5）班 江晚", CALL, A],
        THEME,
        occasion=["作者：云麓中学团委", "主讲人：高二（5）班 江晚"],
        speaker="江晚",
    ),
    HeadForm([THEME, "高洁", DAY, CALL, A], THEME, occasion=["高洁", DAY], speaker="高洁", day="2025-04-02"),
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: "/".join(form.lines[:3]))
def test_heads(form: HeadForm) -> None:
    assert_read(form)
