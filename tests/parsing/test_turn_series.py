"""Series of headings within one speaker's turn, in minutes and interviews."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, A, B, outline, speech_of, tree

POINTS = ("一是电费" + "。" + A, "二是人工。" + B, "三是修渠。" + A)
ENTRIES = ("一是先浇远处的田。", "二是夜里也放水，各组自己派人看闸。", "三是水费月底贴出来。")
OTHERS = ("王水根：" + A, "方大川：" + B, "王水根：好。")


def bodies(*lines: str) -> list[tuple[str, str]]:
    speech = speech_of("分水座谈会发言", *lines)
    return [(speech.heading_label(section), speech.body(section)) for section in speech.sections]


@pytest.mark.parametrize(
    ("speaks", "others"),
    [
        ("方大川：账我讲三笔。", OTHERS),
        ("李会计（东坡村会计）：账我讲三笔。", ("王水根（用水户代表）：" + A, "李会计：" + B)),
        ("答：账有三笔。", ("问：谁来看？", "答：" + B)),
        ("【方大川】", ("【王水根】", A, "【方大川】", B)),
        ("张某某：账有三笔。", ("李某：" + A, "王某：" + B)),
        ("方大川：账有三笔。", ("窗口小李：" + A, "方大川：" + B)),
    ],
)
def test_the_next_speaker_ends_the_last_point(speaks: str, others: tuple[str, ...]) -> None:
    found = bodies("问：账呢？" if speaks[0] == "答" else "记者：账呢？", speaks, *POINTS, *others)
    last = next(body for label, body in found if label == "三是修渠")
    assert last == A
    assert found[-1][0] == "" and found[-1][1].startswith(others[0])


@pytest.mark.parametrize(
    "marks", [("一是", "二是", "三是"), ("第一，", "第二，", "第三，"), ("1、", "2、", "3、")]
)
def test_sentences_without_a_text_of_their_own_are_a_list(marks: tuple[str, ...]) -> None:
    entries = [mark + entry[2:] for mark, entry in zip(marks, ENTRIES, strict=True)]
    assert outline("方大川：三条。", *entries, *OTHERS) == []
    assert outline("问：怎么分？", "答：三条。", *entries, "问：谁定的？", "答：" + A) == []
    assert outline("问：怎么分？", "答：三条。" + entries[0], *entries[1:], "问：谁定的？", "答：" + A) == []


def test_one_with_a_text_shows_that_all_are_headings() -> None:
    found = outline("方大川：三条。", ENTRIES[0], A, *ENTRIES[1:], *OTHERS)
    assert [mark for _, mark, _ in found] == ["一是", "二是", "三是"]


def test_what_runs_across_turns_heads_them() -> None:
    lines = (
        "主持人：今天谈两件事。",
        "一、水怎么分",
        "方大川：" + A,
        "王水根：" + B,
        "二、路怎么修",
        *OTHERS,
    )
    speech = speech_of(*HEAD, *lines)
    assert tree(speech) == [(1, "一、", "水怎么分"), (1, "二、", "路怎么修")]
    assert speech.heading_label(speech.sections[-1]) == "二、路怎么修"


def test_a_title_directly_over_the_turns_heads_them() -> None:
    lines = ("主持人：先念情况。", "一、账上的数", A, "二、大家怎么说", *OTHERS)
    speech = speech_of(*HEAD, *lines)
    assert speech.heading_label(speech.sections[-1]) == "二、大家怎么说"


def test_later_turns_stand_under_the_heading_above_the_points() -> None:
    lines = (
        "一、水怎么分",
        "方大川：三条。",
        *POINTS,
        "王水根：" + A * 2,
        "二、路怎么修",
        "王水根：" + B,
        "方大川：" + A,
    )
    speech = speech_of(*HEAD, *lines)
    assert tree(speech) == [
        (1, "一、", "水怎么分"),
        (2, "一是", "电费"),
        (2, "二是", "人工"),
        (2, "三是", "修渠"),
        (1, "二、", "路怎么修"),
    ]
    labels = [(speech.heading_label(section), speech.body(section)[:4]) for section in speech.sections]
    assert ("一、水怎么分", "王水根：") in labels and labels[-1][0] == "二、路怎么修"


def test_points_of_the_next_speaker_do_not_stand_below_those_of_the_last() -> None:
    titles = ("一、水", A, "二、渠", B)
    speech = speech_of(*HEAD, "方大川：我说两块。", *titles, "王水根：我说三条。", *POINTS, *OTHERS)
    assert [level for level, _, _ in tree(speech)] == [1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    "lines",
    [
        # Labels of prose and salutations that come twice are no speakers.
        ("成绩：今年有三条。", *ENTRIES, "不足：也有两条。", A, "成绩：" + A, "不足：" + B),
        ("同志们：", *ENTRIES, "同志们：", A),
        # One person's own list, nobody else speaks.
        ("今年有三条。", *ENTRIES, A),
    ],
)
def test_points_of_one_speech_stay(lines: tuple[str, ...]) -> None:
    assert [mark for _, mark, _ in outline(*lines)] == ["一是", "二是", "三是"]
