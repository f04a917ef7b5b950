"""Marks of headings: which kind and number each has, how much of the line it takes, and what is none."""

from __future__ import annotations

import pytest

from jianggao.parsing.heading_numbers import POINTS, HeadingNumber, NumberKind, inline_mark, read_mark

KINDS = NumberKind


@pytest.mark.parametrize(
    ("paragraph", "kind", "number", "text"),
    [
        ("第一部分 看清路", KINDS.PART, 1, "看清路"),
        ("第十二章：看清路", KINDS.PART, 12, "看清路"),
        ("第二节 看清路", KINDS.CHAPTER_SECTION, 2, "看清路"),
        ("Ⅲ、看清路", KINDS.ROMAN, 3, "看清路"),
        ("IV. 看清路", KINDS.ROMAN, 4, "看清路"),
        ("一、看清路", KINDS.CHINESE, 1, "看清路"),
        ("二十三、看清路", KINDS.CHINESE, 23, "看清路"),
        ("十．看清路", KINDS.CHINESE, 10, "看清路"),
        ("叁、看清路", KINDS.CHINESE, 3, "看清路"),
        ("貳、看清路", KINDS.CHINESE, 2, "看清路"),
        ("參、看清路", KINDS.CHINESE, 3, "看清路"),
        ("参、看清路", KINDS.CHINESE, 3, "看清路"),
        ("陸．看清路", KINDS.CHINESE, 6, "看清路"),
        ("柒、看清路", KINDS.CHINESE, 7, "看清路"),
        ("捌 看清路", KINDS.CHINESE, 8, "看清路"),
        ("拾壹、看清路", KINDS.CHINESE, 11, "看清路"),
        ("（參）看清路", KINDS.BRACKETED_CHINESE, 3, "看清路"),
        ("【貳】看清路", KINDS.BOXED_CHINESE, 2, "看清路"),
        ("第貳部分 看清路", KINDS.PART, 2, "看清路"),
        ("（四）看清路", KINDS.BRACKETED_CHINESE, 4, "看清路"),
        ("( 四 )、看清路", KINDS.BRACKETED_CHINESE, 4, "看清路"),
        ("㈤看清路", KINDS.BRACKETED_CHINESE, 5, "看清路"),
        ("6. 看清路", KINDS.ARABIC, 6, "看清路"),
        ("１２、看清路", KINDS.ARABIC, 12, "看清路"),
        ("1.2 看清路", KINDS.DECIMAL, 2, "看清路"),
        ("1.2.3 看清路", KINDS.DEEP_DECIMAL, 3, "看清路"),
        ("（7）看清路", KINDS.BRACKETED_ARABIC, 7, "看清路"),
        ("7）看清路", KINDS.BRACKETED_ARABIC, 7, "看清路"),
        ("⑻看清路", KINDS.BRACKETED_ARABIC, 8, "看清路"),
        ("⑨看清路", KINDS.CIRCLED, 9, "看清路"),
        ("B. 看清路", KINDS.LETTER, 2, "看清路"),
        ("一是看清路", KINDS.POINT_IS, 1, "看清路"),
        ("其二，看清路", KINDS.POINT_IS, 2, "看清路"),
        ("三要看清路", KINDS.POINT_NEED, 3, "看清路"),
        ("第四，看清路", KINDS.POINT_ORDINAL, 4, "看清路"),
        ("第五个问题：看清路", KINDS.POINT_ORDINAL, 5, "看清路"),
        ("第六是看清路", KINDS.POINT_ORDINAL, 6, "看清路"),
        ("首先，看清路", KINDS.POINT_FIRST, 1, "看清路"),
        ("其次要看清路", KINDS.POINT_FIRST, 2, "要看清路"),
        ("最后，看清路", KINDS.POINT_FIRST, 9, "看清路"),
    ],
)
def test_marks(paragraph: str, kind: NumberKind, number: int, text: str) -> None:
    mark = read_mark(paragraph)
    assert mark is not None
    assert (mark.kind, mark.number, paragraph[mark.length :]) == (kind, number, text)


@pytest.mark.parametrize(
    "paragraph",
    [
        "",
        "看清路",
        "第一部分的路最难走",
        "第一节课讲的是水",
        "三 月 的 风",
        "1.5亿元投下去",
        "2.5 个百分点",
        "1.15 元一斤",
        "2.0.1 beta",
        "5 个村",
        "A.B.两组",
        "一是二是三是",
        "十十、看清路",
        "最后是，水来了",
        "2024年",
        "陆 大 川",
        "陸 大川",
        "伍 川",
        "参加的人都在渠边",
        "參 會 須 知",
        "參加的人都在渠邊",
    ],
)
def test_what_is_no_mark(paragraph: str) -> None:
    assert read_mark(paragraph) is None


def test_a_year_may_stand_behind_a_mark() -> None:
    mark = read_mark("1.2024年的账")
    assert mark is not None and (mark.kind, mark.number, mark.length) == (NumberKind.ARABIC, 1, 2)


def test_traditional_characters_count_as_simplified_ones() -> None:
    assert read_mark("第一節 看清路") == read_mark("第一节 看清路")
    assert read_mark("第二個問題：看清路") == read_mark("第二个问题：看清路")


@pytest.mark.parametrize("paragraph", ["一 看清路", "1 看清路", "一", "第一章看清路", "1.2 看清路"])
def test_marks_without_a_delimiter_are_loose(paragraph: str) -> None:
    mark = read_mark(paragraph)
    assert mark is not None and mark.loose


@pytest.mark.parametrize("paragraph", ["一、看清路", "1.看清路", "（一）看清路", "第一，看清路"])
def test_marks_with_a_delimiter_are_not(paragraph: str) -> None:
    mark = read_mark(paragraph)
    assert mark is not None and not mark.loose


def test_kinds_are_in_the_order_of_official_documents() -> None:
    marks = [read_mark(text + "看清路") for text in ("第一章 ", "一、", "（一）", "1.", "（1）", "①", "一是")]
    kinds = [mark.kind for mark in marks if mark is not None]
    assert len(kinds) == 7 and kinds == sorted(kinds)
    assert all(kind < point for kind in kinds[:-1] for point in POINTS)


POINT = HeadingNumber(NumberKind.POINT_IS, 2, 2)


def test_a_point_inside_a_paragraph_stands_behind_a_sentence_or_a_colon() -> None:
    for paragraph in ("今年抓三件事。一是看清路。", "今年抓三件事：一是看清路。"):
        found = inline_mark(paragraph, POINT, 1)
        assert found is not None
        offset, mark = found
        assert paragraph[offset:] == "一是看清路。"
        assert (mark.kind, mark.number) == (NumberKind.POINT_IS, 1)


@pytest.mark.parametrize(
    "paragraph", ["今年抓三件事，一是看清路。", "一是看清路。", "今年抓三件事。二是看清路。", ""]
)
def test_what_is_no_point_inside(paragraph: str) -> None:
    assert inline_mark(paragraph, POINT, 1) is None


@pytest.mark.parametrize("number", [0, -1, 10, 11])
def test_points_inside_have_numbers_from_one_to_nine(number: int) -> None:
    assert inline_mark("今年抓三件事。一是看清路。", POINT, number) is None


def test_only_points_are_looked_for_inside() -> None:
    assert inline_mark("今年抓三件事。一、看清路。", HeadingNumber(NumberKind.CHINESE, 2, 2), 1) is None


def test_of_steps_only_the_first_is_looked_for_inside() -> None:
    step = HeadingNumber(NumberKind.POINT_FIRST, 3, 3)
    assert inline_mark("要做三件事。首先，看清路。", step, 1) is not None
    assert inline_mark("要做三件事。其次，看清路。", step, 2) is None


@pytest.mark.parametrize(
    "paragraph",
    [
        "一、二、三产业要捆在一起办，缺一样都不行。",
        "七、八两个月水最大，闸口日夜要有人。",
        "十一、十二两个组的渠还没有修。",
        "三、二、一，开闸！",
        "一、二、三，三个数字记着三代人的渠。",
        "（一）、（二）两条是硬规矩，谁也不能破。",
        "①②两处闸口今年修好。",
        "第一、第二产业都要用水。",
        "第一、二、三季度的水费都收齐了。",
    ],
)
def test_numbers_in_a_row_are_no_mark(paragraph: str) -> None:
    assert read_mark(paragraph) is None


def test_a_mark_before_a_number_is_still_one() -> None:
    for paragraph in (
        "一、三条渠同时开工",
        "十、十一月底以前完工",
        "（一）两个村先通水",
        "第一，第二产业要用水。",
    ):
        assert read_mark(paragraph) is not None
