"""Which lines above the body make the title."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE

from jianggao.parsing.title_choice import goes_on, repetitions, title_lines


@pytest.mark.parametrize(
    ("lines", "chosen"),
    [
        ([TITLE, "方大川"], [0]),
        (["方大川", TITLE], [1]),
        (["2025年3月18日", "乡党委书记 卞青禾", TITLE], [2]),
        (["方大川同志", TITLE], [0, 1]),
        (["听雨文稿", TITLE], [1]),
        (["在全县水利冬修", "动员会", "上的讲话", "方大川"], [0, 1, 2]),
        (["让路灯亮到村口", TITLE], [0]),
        (["让路灯亮到村口", "松坪乡人民政府"], [0]),
        (["让路灯亮到村口", "在松坪乡推进会上"], [0]),
        (["让路灯亮到村口", "服务片区：东坡"], [0]),
        (["在年中会上的讲话稿", "（二）", "方大川"], [0, 1]),
        (["主题：让路灯亮到村口", "主讲：方大川"], [0]),
        (["——" + TITLE], [0]),
        (["【让路灯亮到村口】", "方大川"], [0]),
        (["渠边夜话", "渠边夜话"], [0]),
        (["方大川", "2025年3月18日"], []),
        ([], []),
    ],
)
def test_lines_of_the_title(lines: list[str], chosen: list[int]) -> None:
    assert title_lines(lines, (), (), {}) == chosen


def test_a_label_decides() -> None:
    assert title_lines(["渠边夜话", "让路灯亮到村口", "村村有账"], (), [1], {}) == [1]


def test_a_style_decides() -> None:
    assert title_lines(["松坪乡党委", "让路灯亮到村口"], (), (), {"让路灯亮到村口": 1}) == [1]
    assert title_lines([TITLE, "让路灯亮到村口"], (), (), {"让路灯亮到村口": 1}) == [0]
    two = ["让路灯亮到村口", "让晚归的人看得清"]
    assert title_lines(two, (), (), {two[0]: 1, two[1]: 1}) == [0, 1]
    assert title_lines(two, (), (), {two[0]: 1, two[1]: 2}) == [0]


def test_an_editors_note_is_no_title() -> None:
    assert title_lines(["编者按", "这次会开过以后", "渠边夜话"], {0, 1}, (), {}) == [2]


def test_a_name_and_a_part_of_an_open_title() -> None:
    assert goes_on(["在全县水利冬修"], "动员会")
    assert not goes_on(["渠边夜话"], "方大川")
    assert not goes_on(["渠边夜话"], "在松坪乡推进会上")


def test_repetitions_of_the_title() -> None:
    lines = [TITLE, "方大川", "《" + TITLE + "》", "在年中", "工作会上的讲话"]
    assert repetitions(lines, [0], ()) == [2, 3, 4]
    assert repetitions(lines, [0], (2,)) == [3, 4]
    assert repetitions(lines, [], ()) == []
