"""Marks that others around them prove."""

from __future__ import annotations

import pytest
from parsed_texts import A, B, outline

from jianggao.parsing.heading_proof import proven_marks


def proven(*paragraphs: str, styled: int | None = None) -> list[int]:
    """The paragraphs whose doubtful marks are proven."""
    depths = [int(place == styled) for place in range(len(paragraphs))]
    return [
        at for at, mark in enumerate(proven_marks(paragraphs, depths)) if mark is not None and mark.proven
    ]


def test_a_surer_line_with_the_same_number_refutes_a_doubtful_one() -> None:
    assert proven("1.看渠", "2.5G怎么建", B, "3.守闸") == [1]
    assert proven("1.看渠", "2.5G信号到了渠首，" + A, "2.守闸", B) == []
    assert proven("1、看渠", "2、3个人守闸", B, "2、守闸", A) == []


def test_a_sentence_that_counts_needs_a_gap_in_the_series() -> None:
    sentence = "二、三产业要合起来。" + A
    assert proven("一、看渠", sentence, "三、守闸", B) == [1]
    assert proven("一、看渠", sentence, B) == []
    assert proven("1、看渠", "2、3个月见水。" + A, "3、守闸", B) == [1]
    assert proven("1、看渠", "2、3个月见水。" + A, B) == []


def test_a_third_line_that_begins_with_three_is_no_decimal() -> None:
    assert proven("1.看渠。" + A, "2.守闸。" + B, "3.3天一轮。" + A) == [2]
    assert proven("1.看渠。" + A, "2.守闸。" + B, "3.5天一轮。" + A) == []
    assert proven("1.看渠。" + A, "2.4天一轮。" + B) == []


def test_articles_with_a_colon_are_articles_among_others() -> None:
    kinds = [
        mark.kind.name
        for mark in proven_marks(["第一条 爱水。", "第二条：护渠。", "第三条 让路。"], [0] * 3)
        if mark
    ]
    assert kinds == ["ARTICLE"] * 3
    assert [mark.kind.name for mark in proven_marks(["第二条：护渠。"], [0]) if mark] == ["POINT_ORDINAL"]


def test_doubtful_lines_alone_prove_each_other_with_text_between_them() -> None:
    assert proven("1、4G怎么用", A, "2、5G怎么建", B) == [0, 2]
    assert proven("1、4G怎么用", "2、5G怎么建", B) == []
    assert proven("1、4G怎么用。" + A, "2、5G怎么建。" + B) == [0, 1]
    assert proven("1、2月水少。" + A, "2、3月水多。" + B) == []
    assert proven("2、4G怎么用", A, "3、5G怎么建", B) == []


def test_three_sentences_behind_numbers_without_a_delimiter_prove_each_other() -> None:
    for marks in (("一 ", "二 ", "三 "), ("1 ", "2 ", "3 "), ("01 ", "02 ", "03 ")):
        lines = [mark + "渠要清到底。" + A for mark in marks]
        assert proven(*lines) == [0, 1, 2]
        assert proven(*lines[:2], B) == []
    assert proven("第一章写渠。" + A, "第二章写水。" + B, "第三章写人。" + A) == []
    assert proven("1、5G先通到乡 " + A, "2、4K后装到村 " + B) == [0, 1]


def test_series_of_different_forms_do_not_prove_each_other() -> None:
    assert proven("1）看渠", A, "2、5G怎么建", B) == []
    assert proven("1.看渠", A, "2、5G怎么建", B) == [2]


def test_a_series_may_begin_anew() -> None:
    lines = ("1、5G先通", A, "2、机房后建", B, "1、4G留着", A, "2、基站共用", B)
    assert proven(*lines) == [0, 4]


def test_a_number_of_a_later_series_is_no_rival() -> None:
    later = ("1、5月见水", A, "2、8月算账", B, "3、守闸", A)
    assert proven("1.看渠", A, "2.修闸", B, "3.3天一轮", A, *later) == [4, 6, 8]


def test_a_style_proves_a_mark() -> None:
    assert proven("3、5G怎么建", A) == []
    assert proven("3、5G怎么建", A, styled=0) == [0]
    assert proven("4", A, styled=0) == [0]


@pytest.mark.parametrize("rows", [("1 | 沙袋 | 300", "2 | 铁锹 | 50"), ("1｜沙袋", "2｜铁锹")])
def test_rows_of_a_table_are_none(rows: tuple[str, str]) -> None:
    assert proven(A, *rows, B) == []


def test_parts_that_are_numbered_by_a_name_prove_each_other() -> None:
    words = outline("【关键词一】守住", A, "【关键词二】放开", B, "【关键词三】记牢", A)
    assert words == [(1, "【关键词一】", "守住"), (1, "【关键词二】", "放开"), (1, "【关键词三】", "记牢")]
    stories = outline("故事1：一把锁", A, "故事2：两本账", B)
    assert stories == [(1, "故事1：", "一把锁"), (1, "故事2：", "两本账")]
    inner = outline("一、看清问题", "问题一：砂场还在响。" + A, "问题二：矿口没有封。" + A, "二、定下办法", B)
    assert [level for level, _, _ in inner] == [1, 2, 2, 1]
    assert outline("问题一：谁来管？" + A, B) == []
    assert outline("问题一：砂场还在响。", "问题二：矿口没有封。", A) == []


def test_ordinals_of_things_prove_each_other() -> None:
    assert proven("第一本账：水账。" + A, "第二本账：人账。" + B) == [0, 1]
    assert proven("第一件，看清路。" + A, "第二件，迈开步。" + B) == [0, 1]
    assert proven("第一个月，我跟着走渠。" + A, "第二个月，我自己走渠。" + B) == []
    assert proven("第一封信，是去年写的。" + A, B) == []


def test_sentences_of_several_clauses_behind_a_number_and_a_blank_are_a_list() -> None:
    told = (
        "头一回是夏天，水来得急，闸没关上。",
        "后来是秋天，渠里长草，水走不动。",
        "去年是开春，渠裂了，谁也没看见。",
    )
    assert proven(*(f"{number} {line}{A}" for number, line in enumerate(told, 1))) == []
    assert proven(*(f"{number}，{line}{A}" for number, line in enumerate(told, 1))) == [0, 1, 2]
