"""Headings without a number: their shape, and what stands around them."""

from __future__ import annotations

import pytest
from parsed_texts import A, B, outline

from jianggao.parsing.unnumbered_headings import looks_like_heading, unnumbered_places

SHORT = "路上要过十一道闸，每一道都有人守着，夜里不能睡。"


def places(*paragraphs: str) -> set[int]:
    return unnumbered_places(paragraphs, [None] * len(paragraphs))


@pytest.mark.parametrize(
    "line",
    [
        "修渠为什么慢",
        "【分水的规矩】",
        "2024年的四件事",
        "AI 怎么用到窗口",
        "“等等看”看不来水",
        "“闸”字怎么写",
        "“不知道”少说",
    ],
)
def test_shapes_of_headings(line: str) -> None:
    assert looks_like_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        *("渠修好了。", "路", "渠" * 31, "——在渠边", "（渠边）", "2025年3月18日", "渠，", "附件"),
        *("“水从东坡来”", "“水清”“渠清”", "“水路”、“财路”", "“渠通了”老陶喊", "“水是命”——老人的话"),
        *("“没有关上的话", "“水”呀"),
    ],
)
def test_other_shapes(line: str) -> None:
    assert not looks_like_heading(line)


def test_a_heading_stands_over_a_long_paragraph_and_behind_a_closed_one() -> None:
    assert places(A, "修渠为什么慢", B) == {1}
    assert places("渠水清清", "流过东坡", B) == set()
    assert places(A, "修渠为什么慢", "不慢。") == set()


def test_headings_may_begin_with_a_quotation_and_a_single_one_may_be_a_saying() -> None:
    quoted = ("“等等看”看不来水", A, "“差不多”差得多", B)
    assert places(*quoted) == {0, 2}
    assert places(*quoted[:2], "修渠为什么慢", B) == {0, 2}
    assert places(B, *quoted[:2]) == set()
    assert places(A, "“清”字写在渠上", "“公”字写在闸上", B, "修渠为什么慢", A) == {4}
    verse = (A, "“水清”流过东坡", "“渠清”流过西岭", "“人清”守在闸上", B)
    assert places(*verse) == set()


def test_three_over_short_paragraphs_prove_each_other() -> None:
    in_turn = ("修渠为什么慢", SHORT, "分水为什么乱", SHORT)
    assert places(*in_turn) == set()
    assert places(*in_turn, "守闸靠什么人", SHORT) == {0, 2, 4}
    assert places(*in_turn, "守闸靠什么人", "不知道") == set()


def test_a_bracketed_line_that_comes_again_names_a_speaker() -> None:
    assert places("【修渠】", A, "【分水】", B) == {0, 2}
    assert places("【方大川】", A, "【方大川】", B) == set()
    assert places("【方大川】", A, "【李小渠】", B, "【方大川】", A) == set()
    assert places("【主持人】", A, "【记者】", B) == set()


def test_three_short_questions_are_headings_and_one_is_rhetoric() -> None:
    questions = ("水不够怎么办？", A, "钱不够怎么办？", B, "人不够怎么办？", A)
    assert places(*questions) == {0, 2, 4}
    assert places(*questions[:4]) == set()
    assert places("问：水不够怎么办？", A, "问：钱呢？", B, "问：人不够怎么办？", A) == set()


def test_lines_behind_an_ornament_are_headings_over_paragraphs_and_entries_without() -> None:
    lines = ("◆修渠的由来", A, "◆ 分水的规矩", B, "◆守闸的人", A)
    assert places(*lines) == {0, 2, 4}
    assert places(*lines[:4]) == set()
    assert places("◆修渠的由来", "◆分水的规矩", "◆守闸的人", A) == set()


def test_weaker_signs_count_where_no_heading_has_a_number() -> None:
    lines = ("修渠为什么慢", SHORT, "分水为什么乱", SHORT, "守闸靠什么人", SHORT)
    assert len(unnumbered_places(lines, [None] * 6)) == 3
    assert unnumbered_places(lines, [None] * 6, has_numbers=True) == set()


def test_points_inside_leave_headings_without_a_number_as_they_are() -> None:
    point = "一是快。" + A
    lines = [line for title in ("修渠为什么慢", "分水为什么乱", "守闸靠什么人") for line in (title, SHORT)]
    assert [text for _, _, text in outline(A, *lines, point, "二是稳。" + B)][:3] == lines[::2]


def test_a_name_that_comes_again_is_who_speaks() -> None:
    lines = ("方大川：渠什么时候修", A, "李小渠：水从哪里来", B, "方大川：账怎么算", A)
    assert 0 not in places(*lines) and 4 not in places(*lines)


def test_words_that_frame_a_text_are_headings_though_they_are_short() -> None:
    assert places("前言", A, "结语", B) == {0, 2}
    assert places("前言", "短", A) == set()


def test_questions_with_labels_do_not_count_among_questions() -> None:
    long = A + B
    assert places("水为什么少？", long, "谁来守闸？", long, "分水凭什么？", long) == {0, 2, 4}
    assert places("水为什么少？", long, "问：谁来守闸？", long, "问：分水凭什么？", long) == set()
