"""Lines under a title that belong to the head or begin the body."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, speech_of

from jianggao.parsing.body_start import is_styled_heading, speaks_at_once, stands_above_body


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ([TITLE], "主题：把灯管明白。"),
        ([TITLE], "（根据录音整理，未经本人审阅，" + A[:-1] + "）"),
        ([TITLE], "现将讲话全文刊发如下："),
        ([TITLE], "（二）"),
        (["渠往哪里修，"], "水往哪里流？"),
    ],
)
def test_what_stands_above_the_body(above: list[str], line: str) -> None:
    assert stands_above_body(above, line)


@pytest.mark.parametrize(
    ("above", "line"),
    [([TITLE], A), ([TITLE], "（一）"), (["渠边夜话"], "水往哪里流？"), ([TITLE], "今天讲三句话：")],
)
def test_what_begins_the_body(above: list[str], line: str) -> None:
    assert not stands_above_body(above, line)


def test_headings_by_their_style() -> None:
    lines = ["渠边夜话", "看灯", A, "听风", A]
    assert is_styled_heading(lines, 1, (), {"看灯": 1, "听风": 1})
    assert is_styled_heading(lines, 1, (), {"渠边夜话": 1, "看灯": 2, "听风": 2})
    assert not is_styled_heading(lines, 0, (), {"渠边夜话": 1, "看灯": 2, "听风": 2})
    # Bold letters alone make no heading here.
    assert not is_styled_heading(lines, 1, (), {"看灯": 7})


def test_a_styled_title_or_subtitle_is_no_heading() -> None:
    assert not is_styled_heading(["松坪乡党委", "让路灯亮到村口", A], 1, (), {"让路灯亮到村口": 1, "看灯": 2})
    assert not is_styled_heading(["让路灯亮到村口", TITLE, A], 1, (), {"让路灯亮到村口": 1, TITLE: 2})
    assert not is_styled_heading(["2025年3月18日", "让路灯亮到村口", A], 1, (), {"让路灯亮到村口": 1})
    assert not is_styled_heading(
        ["在全县水利冬修", "动员会上", A], 1, (), {"在全县水利冬修": 1, "动员会上": 1}
    )


def test_words_without_punctuation_are_the_body_and_never_the_title() -> None:
    spoken = "乡亲们好我今天就讲一件事桥墩立起来了十二个还差八个差的这八个要靠大家一起想办法"
    below = "钱在路上水也在路上人不能在路上都要到工地上来早来一天早通一天"
    speech = speech_of(spoken, below)
    assert speech.problems
    assert speech.text == f"{spoken}\n{below}\n"
    assert speech.text[speech.sections[0].start :] == f"{spoken}\n{below}\n"
    titled = speech_of("在桥头的讲话", spoken, below)
    assert (titled.title, titled.occasion) == ("在桥头的讲话", "")


@pytest.mark.parametrize(
    "line",
    [
        "我们今天怎样修渠",
        "大家好才是真的好",
        "大家好日子都在后头呢",
        "在我们今天的庆功会上作的关于全县水利冬修工作的报告",
    ],
)
def test_titles_that_say_we(line: str) -> None:
    assert not speaks_at_once(line)


@pytest.mark.parametrize("above", [(), ("渠水县水利工作通报", "第14期", "渠水县水利局编 2025年3月20日")])
@pytest.mark.parametrize("subtitle", [(), ("——在全县水利冬修推进会上的讲话",)])
def test_a_title_in_two_lines_of_one_style_is_no_heading(
    above: tuple[str, ...], subtitle: tuple[str, ...]
) -> None:
    halves = ["让水听话，让塘", "记账"]
    lines = [*above, *halves, *subtitle, "（2025年3月12日）", "同志们：", A]
    styled = dict.fromkeys(halves, 1)
    for at in range(len(above), len(above) + 2):
        assert not is_styled_heading(lines, at, (), styled)
