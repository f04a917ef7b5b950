"""How deep headings stand."""

from __future__ import annotations

import pytest
from parsed_texts import A, B, outline, speech_of, tree

from jianggao.parsing.heading_levels import heading_levels
from jianggao.parsing.heading_numbers import NumberKind
from jianggao.parsing.headings import ParagraphHeading


def test_all_levels_of_a_document() -> None:
    assert outline(
        *("第一部分 路", "第一节 远路", "一、看清路", "（一）远处", "1．山。" + B, "（1）石。" + A),
        *("①泥。" + B, "②沙。" + A, "（2）土。" + B, "2．水。" + A, "（二）近处", B, "二、迈开步", A),
        *("第二节 近路", B, "第二部分 步", A),
    ) == [
        (1, "第一部分", "路"),
        (2, "第一节", "远路"),
        (3, "一、", "看清路"),
        (4, "（一）", "远处"),
        (5, "1．", "山"),
        (6, "（1）", "石"),
        (7, "①", "泥"),
        (7, "②", "沙"),
        (6, "（2）", "土"),
        (5, "2．", "水"),
        (4, "（二）", "近处"),
        (3, "二、", "迈开步"),
        (2, "第二节", "近路"),
        (1, "第二部分", "步"),
    ]


def test_words_that_frame_a_text_stand_beside_its_headings() -> None:
    assert outline("开头的话", B + A, "一、看清路", B, "二、迈开步", A, "结束语", B + A) == [
        (1, "", "开头的话"),
        (1, "一、", "看清路"),
        (1, "二、", "迈开步"),
        (1, "", "结束语"),
    ]
    speech = speech_of(
        *("水利志编修讲义", "前言", B + A, "第一章 为什么修", "一、看清路", B, "二、迈开步", A),
        *("第二章 怎样修", B, "结语", A + B),
    )
    assert [(level, text) for level, _, text in tree(speech)] == [
        (1, "前言"),
        (1, "为什么修"),
        (2, "看清路"),
        (2, "迈开步"),
        (1, "怎样修"),
        (1, "结语"),
    ]


def test_headings_without_a_mark_hold_series_that_restart() -> None:
    assert [
        (level, text)
        for level, _, text in outline(
            *("去年的路是这样走的", B),
            *("一、看远", B, "二、看近", A),
            *("今年的路要这样走", A),
            *("一、左脚", B, "二、右脚", A),
        )
    ] == [
        (1, "去年的路是这样走的"),
        (2, "看远"),
        (2, "看近"),
        (1, "今年的路要这样走"),
        (2, "左脚"),
        (2, "右脚"),
    ]


def test_points_that_hold_numbered_headings_go_on_behind_them() -> None:
    assert outline("一是看清路。" + B, "1.远处。" + A, "2.近处。" + B, "二是迈开步。" + A) == [
        (1, "一是", "看清路"),
        (2, "1.", "远处"),
        (2, "2.", "近处"),
        (1, "二是", "迈开步"),
    ]


def test_decimal_numbers_nest() -> None:
    assert outline("1 看清路", "1.1 远处", B, "1.2 近处", A, "2 迈开步", "2.1 左脚", B, "2.2 右脚", A) == [
        (1, "1", "看清路"),
        (2, "1.1", "远处"),
        (2, "1.2", "近处"),
        (1, "2", "迈开步"),
        (2, "2.1", "左脚"),
        (2, "2.2", "右脚"),
    ]


@pytest.mark.parametrize(
    ("outer", "inner"), [(("（一）", "（二）"), ("一、", "二、")), (("1.", "2."), ("（一）", "（二）"))]
)
def test_levels_the_other_way_round(outer: tuple[str, str], inner: tuple[str, str]) -> None:
    assert outline(
        f"{outer[0]}看清路",
        f"{inner[0]}远处",
        B,
        f"{inner[1]}近处",
        A,
        f"{outer[1]}迈开步",
        f"{inner[0]}左脚",
        B,
        f"{inner[1]}右脚",
        A,
    ) == [
        (1, outer[0], "看清路"),
        (2, inner[0], "远处"),
        (2, inner[1], "近处"),
        (1, outer[1], "迈开步"),
        (2, inner[0], "左脚"),
        (2, inner[1], "右脚"),
    ]


def test_numbers_that_skip_restart_or_leave_out_a_level() -> None:
    assert outline(
        "一、看清路", "1.远处", "（1）山", B, "（2）水", A, "2.近处", B, "三、走到底", "1.左脚", A
    ) == [
        (1, "一、", "看清路"),
        (2, "1.", "远处"),
        (3, "（1）", "山"),
        (3, "（2）", "水"),
        (2, "2.", "近处"),
        (1, "三、", "走到底"),
        (2, "1.", "左脚"),
    ]


def test_points_in_points_and_one_series_behind_another() -> None:
    assert outline("一是看清路。" + B, "一要看远。" + A, "二要看近。" + B, "二是迈开步。" + A) == [
        (1, "一是", "看清路"),
        (2, "一要", "看远"),
        (2, "二要", "看近"),
        (1, "二是", "迈开步"),
    ]
    assert outline(
        "一、看清路", "一是看远。" + A, "二是看近。" + B, "第一，别急。" + A, "第二，别停。" + B, "二、走", A
    ) == [
        (1, "一、", "看清路"),
        (2, "一是", "看远"),
        (2, "二是", "看近"),
        (2, "第一，", "别急"),
        (2, "第二，", "别停"),
        (1, "二、", "走"),
    ]
    assert [mark for _, mark, _ in outline("一要快。" + B, "二是稳。" + A, "三要准。" + B)] == [
        "一要",
        "二是",
        "三要",
    ]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("第一章 /第一节 /第一条 /第二条 /第二节 /第三条 /第二章 /第四条 ", "12332312"),
        ("一、/（一）/第一条 /第二条 /（二）/第一条 /第二条 ", "1233233"),
        ("（一）/（二）/第一条 /第二条 ", "1122"),
        ("【一】/一、/二、/【二】/一、/二、", "122122"),
        ("一、/【1】/【2】/二、/【1】/【2】", "122122"),
        ("PART 01|/01|/02|/PART 02|/01|/02|", "122122"),
        ("01|/一、/二、/02|/一、/二、", "122122"),
        ("01 /（1）/（2）/02 /（1）/（2）", "122122"),
        ("一|/1、/2、/二|/1、/2、", "122122"),
        ("一|/（一）/（二）/二|/（一）/（二）", "122122"),
        ("1|/（1）/（2）/2|/（1）/（2）", "122122"),
        ("第 1 讲 /一 /二 /第 2 讲 /一 /二 ", "122122"),
        ("Ⅰ /A./B./Ⅱ /A./B.", "122122"),
        ("1、/（1）/①/②/（2）/2、", "123321"),
        ("1 /1.1 /1.2 /2 /2.1 /2.2 ", "122122"),
        ("1./1.1看/1.2看/2./2.1看/2.2看", "122122"),
        ("一、/1./1）/2）/2./二、", "123321"),
        ("一、/第一，/第二，/二、/首先，/其次，", "122122"),
        ("第一部分|/一、/（一）/（二）/二、/第二部分|", "123321"),
        ("【第一部分】/01|/02|/【第二部分】/01|/02|", "122122"),
    ],
)
def test_series_in_series(marks: str, expected: str) -> None:
    """A | stands for the end of the mark's line."""
    lines = [line for mark in marks.split("/") for line in (mark.replace("|", "\n") + "看清脚下的路", A)]
    assert "".join(str(level) for level, _, _ in outline(*lines)) == expected


# --- without the parser -------------------------------------------------------------------------------------------

KINDS = NumberKind


def heading(kind: NumberKind, number: int, depth: int = 0) -> ParagraphHeading:
    mark = "" if kind in (KINDS.UNNUMBERED_OUTER, KINDS.UNNUMBERED_INNER) else f"{number}"
    return ParagraphHeading(0, kind, mark, "路", False, 1, number if mark else 0, depth=depth)


def levels(*headings: tuple[NumberKind, int]) -> list[int]:
    return heading_levels([heading(kind, number) for kind, number in headings])


def test_no_headings_have_no_levels() -> None:
    assert heading_levels([]) == []


def test_kinds_nest_in_the_order_of_official_documents() -> None:
    order = (KINDS.PART, KINDS.CHINESE, KINDS.BRACKETED_CHINESE, KINDS.ARABIC, KINDS.BRACKETED_ARABIC)
    assert levels(*((kind, 1) for kind in order)) == [1, 2, 3, 4, 5]


def test_the_outermost_kind_of_a_text_has_level_one() -> None:
    assert levels((KINDS.ARABIC, 1), (KINDS.CIRCLED, 1), (KINDS.ARABIC, 2)) == [1, 2, 1]


def test_a_series_that_begins_while_another_goes_on_stands_inside_it() -> None:
    outer, inner = KINDS.BRACKETED_CHINESE, KINDS.CHINESE
    assert levels((outer, 1), (inner, 1), (inner, 2), (outer, 2), (inner, 1)) == [1, 2, 2, 1, 2]


def test_the_order_that_a_text_has_shown_holds_where_the_series_ends() -> None:
    outer, inner = KINDS.BRACKETED_CHINESE, KINDS.CHINESE
    assert levels((outer, 1), (inner, 1), (outer, 2), (inner, 1), (inner, 2)) == [1, 2, 1, 2, 2]


def test_points_stand_below_anything_and_nothing_new_below_points_that_are_over() -> None:
    assert levels((KINDS.CHINESE, 1), (KINDS.POINT_IS, 1), (KINDS.POINT_IS, 2), (KINDS.CHINESE, 2)) == [
        1,
        2,
        2,
        1,
    ]
    assert levels((KINDS.POINT_IS, 1), (KINDS.POINT_IS, 2), (KINDS.POINT_ORDINAL, 1)) == [1, 1, 1]


def test_levels_of_styles_decide_where_marks_do_not() -> None:
    first, second = (heading(KINDS.UNNUMBERED_OUTER, 0, depth) for depth in (1, 2))
    assert heading_levels([first, second, second, first]) == [1, 2, 2, 1]
    assert heading_levels([first, heading(KINDS.CHINESE, 1), heading(KINDS.CHINESE, 2)]) == [1, 2, 2]


def test_marks_go_before_styles() -> None:
    outer, inner = heading(KINDS.CHINESE, 1, depth=2), heading(KINDS.BRACKETED_CHINESE, 1, depth=1)
    assert heading_levels([outer, inner]) == [1, 2]
