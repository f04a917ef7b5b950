"""Word's automatic lists: how levels count, what is written around the numbers, and in which digits."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from jianggao.sources.word_numbering import ListLevel, Numbering, format_number


@pytest.mark.parametrize(
    ("number_format", "written"),
    [
        ("decimal", ["1", "10", "11", "21", "100"]),
        ("chineseCounting", ["一", "十", "十一", "二十一", "一〇〇"]),
        ("chineseCountingThousand", ["一", "十", "十一", "二十一", "一〇〇"]),
        ("chineseLegalSimplified", ["壹", "拾", "拾壹", "贰拾壹", "壹零零"]),
        ("ideographDigital", ["一", "一〇", "一一", "二一", "一〇〇"]),
        ("ideographTraditional", ["甲", "癸", "11", "21", "100"]),
        ("decimalFullWidth", ["１", "１０", "１１", "２１", "１００"]),
        ("decimalEnclosedCircle", ["①", "⑩", "⑪", "21", "100"]),
        ("decimalEnclosedParen", ["⑴", "⑽", "⑾", "21", "100"]),
        ("decimalEnclosedFullstop", ["1.", "10.", "11.", "21.", "100."]),
        ("decimalZero", ["01", "10", "11", "21", "100"]),
        ("upperRoman", ["I", "X", "XI", "XXI", "XXXXXXXXXX"]),
        ("lowerRoman", ["i", "x", "xi", "xxi", "xxxxxxxxxx"]),
        ("upperLetter", ["A", "J", "K", "U", "V"]),
        ("lowerLetter", ["a", "j", "k", "u", "v"]),
        ("what nobody uses", ["1", "10", "11", "21", "100"]),
    ],
)
def test_formats(number_format: str, written: list[str]) -> None:
    assert [format_number(number, number_format) for number in (1, 10, 11, 21, 100)] == written


@pytest.mark.parametrize(
    "number_format", ["chineseCounting", "ideographTraditional", "decimalEnclosedCircle", "upperRoman"]
)
def test_no_number_makes_a_long_mark(number_format: str) -> None:
    for number in (0, 1_001, 10**9 - 1):
        assert len(format_number(number, number_format)) <= 10


def level(
    pattern: str, number_format: str = "chineseCounting", start: int = 1, *, only_digits: bool = False
) -> ListLevel:
    return ListLevel(number_format, pattern, start, only_digits)


def numbering(*levels: ListLevel, **lists: str) -> Numbering:
    return Numbering({"0": dict(enumerate(levels))}, lists or {"1": "0"})


def test_levels_count_and_inner_ones_start_anew() -> None:
    made = numbering(level("%1、"), level("（%2）"), level("%3.", "decimal"))
    marks = [made.next_mark("1", depth) for depth in (0, 1, 1, 2, 2, 0, 1, 2)]
    assert marks == ["一、", "（一）", "（二）", "1.", "2.", "二、", "（一）", "1."]


def test_numbers_of_outer_levels_stand_in_the_marks_of_inner_ones() -> None:
    made = numbering(level("%1", "decimal"), level("%1.%2", "decimal"))
    assert [made.next_mark("1", depth) for depth in (0, 1, 1, 0, 1)] == ["1 ", "1.1 ", "1.2 ", "2 ", "2.1 "]


def test_an_outer_level_that_has_not_counted_stands_at_its_start() -> None:
    made = numbering(level("%1、", start=3), level("%1.%2"))
    assert made.next_mark("1", 1) == "三.一 "


def test_a_legal_level_is_written_in_digits() -> None:
    made = numbering(level("%1、"), level("%1.%2", only_digits=True))
    assert [made.next_mark("1", depth) for depth in (0, 1)] == ["一、", "1.1 "]


def test_a_mark_that_ends_with_a_letter_or_digit_is_set_apart() -> None:
    assert numbering(level("第%1章")).next_mark("1", 0) == "第一章 "
    assert numbering(level("第%1章：")).next_mark("1", 0) == "第一章："


@pytest.mark.parametrize("number_format", ["bullet", "none"])
def test_bullets_are_no_marks(number_format: str) -> None:
    assert numbering(level("●", number_format)).next_mark("1", 0) == ""


def test_lists_and_levels_that_are_not_defined_have_no_marks() -> None:
    made = numbering(level("%1、"))
    assert made.next_mark("2", 0) == made.next_mark("1", 5) == ""
    assert made.next_mark("1", 0) == "一、"


def test_lists_made_from_the_same_one_count_on_together() -> None:
    made = numbering(level("%1、"), **{"1": "0", "2": "0"})
    assert [made.next_mark(number, 0) for number in ("1", "2", "1")] == ["一、", "二、", "三、"]


def test_a_list_may_start_anew_once() -> None:
    made = Numbering({"0": {0: level("%1、")}}, {"1": "0", "2": "0"}, {("2", 0): 1})
    assert [made.next_mark(number, 0) for number in ("1", "1", "2", "2")] == ["一、", "二、", "一、", "二、"]


def numbering_xml(content: str) -> Any:
    return parse_xml(f"<w:numbering {nsdecls('w')}>{content}</w:numbering>")


LEVEL = '<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def test_a_document_without_lists() -> None:
    assert Numbering.of(None).next_mark("1", 0) == ""


def test_the_numbering_of_a_document() -> None:
    outer = LEVEL.format(depth=0, start=3, form="chineseCounting", text="%1、")
    inner = LEVEL.format(depth=1, start=1, form="decimal", text="%2.")
    root = numbering_xml(
        f'<w:abstractNum w:abstractNumId="7">{outer}{inner}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    made = Numbering.of(root)
    assert [made.next_mark("1", depth) for depth in (0, 1, 1, 0, 1)] == ["三、", "5.", "6.", "四、", "1."]


def test_a_list_that_names_a_style_has_the_levels_of_the_one_that_defines_it() -> None:
    defined = LEVEL.format(depth=0, start=1, form="chineseCounting", text="（%1）")
    root = numbering_xml(
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="条"/>{defined}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="条"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="2"/></w:num>'
    )
    assert Numbering.of(root).next_mark("9", 0) == "（一）"


@pytest.mark.parametrize("depth", ["9", "-1", "x", ""])
def test_levels_beyond_the_nine_are_passed_over(depth: str) -> None:
    bad = LEVEL.format(depth=depth, start=1, form="decimal", text="%1.")
    good = LEVEL.format(depth=0, start=1, form="decimal", text="%1.")
    root = numbering_xml(
        f'<w:abstractNum w:abstractNumId="1">{bad}{good}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert Numbering.of(root).next_mark("1", 0) == "1."


def test_what_is_written_around_a_number_is_cut() -> None:
    long = LEVEL.format(depth=0, start=1, form="decimal", text="渠" * 5_000 + "%1")
    root = numbering_xml(
        f'<w:abstractNum w:abstractNumId="1">{long}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert len(Numbering.of(root).next_mark("1", 0)) <= 41
