"""Entries of short lists, which are no headings."""

from __future__ import annotations

import pytest
from parsed_texts import A, B, outline

from jianggao.parsing.heading_lists import without_short_lists
from jianggao.parsing.heading_numbers import read_mark


@pytest.mark.parametrize(
    "entries",
    [
        ("三条渠各有多长：", "1. 东渠 2.1 里；", "2. 西渠 3.4 里；", "3. 南渠 1.8 里。"),
        ("闸口还剩两处没有修。", "（1）桥头那一处；", "（2）学校后面那一处。"),
        ("食堂几时开门：", "① 早饭六点半", "② 午饭十一点"),
        ("食堂开门了。", "1. 早饭六点半", "2. 午饭十一点"),
        ("村史写了九章，我先念三章：", "第一章 老井", "第二章 水碾", "第三章 新渠"),
        ("巡渠的分工是这样定的。", "（一）东段归老陶；", "（二）西段归小何。"),
        ("守闸要做到：", "一、人不离闸；", "二、闸不离水。"),
        ("今天的议程有两项：", "一、听水费的账", "二、选管水员"),
        ("今天的议程有三项：", "一是听水费的账；", "二是选管水员；", "三是书记讲话。"),
        ("分三路去看：", "一是看东渠，", "二是看西渠，", "三是看南渠。"),
    ],
)
def test_entries_of_a_short_list_are_no_headings(entries: tuple[str, ...]) -> None:
    assert outline(B, *entries, A, B) == []


@pytest.mark.parametrize("marks", ["[1] ,[2] ", "〔1〕,〔2〕", "①,②"])
@pytest.mark.parametrize(
    "behind", [(), ("村 | 亩", "东坡 | 45"), ("（水站供稿，2025年4月5日）",)], ids=["end", "table", "source"]
)
def test_notes_are_no_headings(marks: str, behind: tuple[str, ...]) -> None:
    notes = [
        mark + text for mark, text in zip(marks.split(","), ("这是水站量的。", "闸口在桥下。"), strict=True)
    ]
    assert outline(A, B, *notes, *behind) == []
    assert outline(A, B, notes[0], *behind) == []


def test_a_single_number_before_a_sentence_is_no_heading_and_two_over_texts_are() -> None:
    assert outline(B, "1. 这是水站量的。", A) == []
    assert [text for _, _, text in outline("[1] 渠要先清。", A, "[2] 闸要快修。", B)] == [
        "渠要先清",
        "闸要快修",
    ]


def test_a_list_is_a_whole_series_without_a_text_between_its_lines() -> None:
    texts = [text for _, _, text in outline("我讲两点：", "一、看清路", A, "二、迈开步", B)]
    assert texts == ["看清路", "迈开步"]
    texts = [text for _, _, text in outline("1. 看清路", "2. 迈开步", A, "3. 守好闸", B)]
    assert texts == ["看清路", "迈开步", "守好闸"]
    texts = [text for _, _, text in outline("一、看清路；", "二、迈开步。", A)]
    assert texts == ["看清路", "迈开步"]
    # Numerals without a colon above them, and a heading with further ones below it.
    texts = [text for _, _, text in outline("一、看清路", "二、迈开步", A)]
    assert texts == ["看清路", "迈开步"]
    texts = [text for _, _, text in outline("1. 看清路", "2. 迈开步", "（1）先迈左脚", A, "（2）再迈右脚", B)]
    assert "迈开步" in texts


def test_the_headings_that_repeat_an_announced_list_stay() -> None:
    listed = ("今天讲两个问题：", "一、水从哪里来", "二、水到哪里去")
    found = outline(*listed, A, "一、水从哪里来", A, "二、水到哪里去", B)
    assert [mark for _, mark, _ in found] == ["一、", "二、"]


def test_points_that_a_colon_announces_are_headings_only_with_more_to_say() -> None:
    listed = ("今天讲两个问题：", "一是水从哪里来；", "二是水到哪里去。")
    found = outline(*listed, "一、水从哪里来", A, "二、水到哪里去", B)
    assert [mark for _, mark, _ in found] == ["一、", "二、"]
    said = ("渠上要做到两条：", f"一是勤看。{A}", f"二是勤修。{B}", A)
    assert [mark for _, mark, _ in outline(*said)] == ["一是", "二是"]


def test_what_the_source_sets_as_headings_stays() -> None:
    lines = ["1. 早饭六点半", "2. 午饭十一点", A]
    marks = {at: mark for at, line in enumerate(lines) if (mark := read_mark(line)) is not None}
    assert without_short_lists(lines, marks, [0, 0, 0]) == {}
    assert without_short_lists(lines, marks, [2, 2, 0]) == marks
