"""Figures of speech: which a sentence has, how many points each is worth, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.phrases.figures_of_speech import (
    FigureKind,
    clauses_of,
    find_figures,
    has_rhythm,
    likeness,
    without_quotes,
)


def kinds(sentence: str) -> set[FigureKind]:
    return {figure.kind for figure in find_figures(without_quotes(sentence))}


def points(sentence: str, kind: FigureKind) -> float:
    return next(
        (figure.points for figure in find_figures(without_quotes(sentence)) if figure.kind is kind), 0.0
    )


def test_quotes_brackets_and_blanks_are_not_heard() -> None:
    assert without_quotes("“渠”（水）《来》　了。") == "渠水来了。"


def test_clauses_end_at_any_mark() -> None:
    assert clauses_of("渠通了，水来了；人笑了——好！") == ["渠通了", "水来了", "人笑了", "好"]
    assert clauses_of("。，") == []


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("渠要修，水要管，人要勤。", FigureKind.PARALLELISM),
        ("渠修在地上，路修在心上。", FigureKind.ANTITHESIS),
        ("渠在东边，水往西流；人在西边，心往东走。", FigureKind.ANTITHESIS),
        ("不等不靠，不推不拖，一抓到底。", FigureKind.FOUR_CHARACTERS),
        ("与其等雨，不如修渠。", FigureKind.APHORISM),
    ],
)
def test_figures(sentence: str, kind: FigureKind) -> None:
    assert kind in kinds(sentence)


@pytest.mark.parametrize(
    "sentence", ["会议听取了水利局的汇报。", "全县上下忙了一个冬天。", "", "。", "，，，"]
)
def test_plain_sentences_have_none(sentence: str) -> None:
    assert find_figures(sentence) == []


def test_the_strongest_figure_comes_first_and_each_kind_once() -> None:
    figures = find_figures("渠要修，水要管，人要勤；与其等雨，不如修渠。")
    assert [figure.points for figure in figures] == sorted(
        (figure.points for figure in figures), reverse=True
    )
    assert len({figure.kind for figure in figures}) == len(figures) >= 2


def test_a_figure_that_fills_its_sentence_is_worth_more() -> None:
    saying = "与其等雨，不如修渠"
    inside = saying + "，这是老渠长在村口的大树底下对新来的年轻人说的第一句话"
    assert points(saying + "。", FigureKind.APHORISM) > points(inside + "。", FigureKind.APHORISM) > 0


def test_a_list_of_things_is_no_run_of_four_characters() -> None:
    assert FigureKind.FOUR_CHARACTERS not in kinds("水库干渠、泵站闸门、机井管道。")
    assert FigureKind.FOUR_CHARACTERS in kinds("有问有答、有头有尾、善作善成。")
    assert FigureKind.FOUR_CHARACTERS not in kinds("不等不靠，不推不拖。")
    assert FigureKind.FOUR_CHARACTERS not in kinds("渠通了吗，水来了吗，人笑了吗。")


@pytest.mark.parametrize(
    ("sentence", "rhythmic"),
    [
        ("渠通了，水来了。", True),
        ("渠通了，水终于流进了田里。", False),
        ("渠要修，水要管，人要勤。", True),
        ("全县上下忙了整整一个冬天，大渠小渠都通到了田间地头，水来了。", True),
        ("水来了，全县上下忙了整整一个冬天，大渠小渠都通到了田间地头。", False),
        ("渠通了。", False),
        ("", False),
    ],
)
def test_rhythm(sentence: str, rhythmic: bool) -> None:
    assert has_rhythm(sentence) is rhythmic


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("渠要修", "水要管"),  # a frame at the same place
        ("大处着眼", "小处着手"),  # contrasts and the same frame
        ("把渠修到田头", "把水送到老乡的田头"),  # alike at both ends
    ],
)
def test_clauses_built_alike(left: str, right: str) -> None:
    assert 0 < likeness(left, right) <= 36
    assert likeness(left, right) == likeness(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("渠通了水", "人笑开颜"),  # nothing in common
        ("把渠修到田头去", "把渠修到田头了"),  # nearly the same words
        ("渠通", "水来"),  # too short
        ("渠" * 17, "水" * 17),  # too long
        ("把渠修好", "把全县每一条大渠小渠修好"),  # of different lengths
        ("大渠修好了呀", "小李走过来吧"),  # one contrast by chance
    ],
)
def test_clauses_not_built_alike(left: str, right: str) -> None:
    assert likeness(left, right) == 0


def test_longer_clauses_are_compared_where_asked_for() -> None:
    left, right = "要让渠水流到每一户老乡的田头上去", "要让灯光照到每一户老乡的心头上来"
    long_left, long_right = left + "才算好", right + "才算好"
    assert likeness(long_left, long_right) == 0 < likeness(long_left, long_right, 40)


@given(st.text("渠水要修管人勤不是在，；。、", max_size=60))
def test_figures_have_bounded_points(text: str) -> None:
    for figure in find_figures(text):
        assert 0 < figure.points <= 45
