"""What each paragraph of a copy is, told by its letters alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project_root import ROOT
from real_reports import report_files
from speech_blocks import blocks_of, lines_of, speech_in
from speech_texts import FULL, PLAIN

from jianggao.documents.blocks import Block, blocks
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.sources.files import SourceText, read_source
from jianggao.text.normal_form import normal_form

LIBRARY = sorted(path for path in (ROOT / "data" / "speeches").rglob("*.*") if path.name != "README.md")


@dataclass(frozen=True)
class Written:
    """A heading as somebody wrote it down."""

    level: int
    mark: str
    text: str


def told(found: list[Block]) -> list[tuple[str, int, str]]:
    """Kind, level and the heading (or the first characters) of each block."""
    return [(block.kind, block.level, block.text[: block.run_in] or block.text[:8]) for block in found]


def test_a_speech_becomes_its_blocks() -> None:
    assert told(blocks_of(speech_in(FULL))) == [
        ("title", 0, "在全县水利冬修动"),
        ("line", 0, "（2024年11"),
        ("salutation", 0, "同志们："),
        ("text", 0, "今天开这个会，只"),
        ("heading", 1, "一、认清账本，知"),
        ("text", 0, "去年伏旱，我们有"),
        ("heading", 3, "一是渠老了。"),
        ("heading", 3, "二是人散了。"),
        ("heading", 1, "二、分清轻重，知"),
        ("heading", 2, "（一）先修卡脖子"),
        ("text", 0, "闸门锈死，上游有"),
        ("heading", 2, "（二）再修漏水的"),
        ("text", 0, "按漏损率排队，从"),
        ("text", 0, "同志们，渠水有声"),
    ]


def test_a_mark_on_its_own_line_is_a_heading_with_the_line_below() -> None:
    text = "渠水\n01\n清渠\n先清上游。\n02\n守闸\n守到天亮。"
    found = blocks(text, "渠水", [Written(1, "01", "清渠"), Written(1, "02", "守闸")])
    assert told(found)[1:] == [
        ("heading", 1, "01"),
        ("heading", 1, "清渠"),
        ("text", 0, "先清上游。"),
        ("heading", 1, "02"),
        ("heading", 1, "守闸"),
        ("text", 0, "守到天亮。"),
    ]


def test_a_speech_without_salutation_and_headings() -> None:
    assert [block.kind for block in blocks_of(speech_in(PLAIN))] == ["title", "line", "text", "text", "text"]


def test_a_marked_copy_has_the_same_headings() -> None:
    speech = speech_in(FULL)
    marked = re.sub(r"(?<=一脚泥。|胡椒面。)(?=[^\n])", "\n", speech.text)
    marked = marked.replace("渠老了。", "渠老了；").replace("二、分清轻重，知道", "二、分清轻重知道")
    found = blocks_of(speech, marked)
    assert len(found) > len(blocks_of(speech))
    assert [block.text for block in found] == lines_of(marked)

    def headings(of: list[Block]) -> list[tuple[int, str]]:
        return [(b.level, normal_form(b.text[: b.run_in or None])) for b in of if b.kind == "heading"]

    assert headings(found) == headings(blocks_of(speech))


def test_title_over_several_lines_below_its_date() -> None:
    text = "2025-03-01\n在全县春耕\n备耕工作会议上的讲话\n同志们：\n春天不等人。\n"
    found = blocks(text, "在全县春耕备耕工作会议上的讲话", occasion="2025-03-01", salutation="同志们：")
    assert [block.kind for block in found] == ["line", "title", "title", "salutation", "text"]


def test_title_that_is_not_in_the_text_is_passed_over() -> None:
    found = blocks("同志们：\n春天不等人。", "另一个题目", salutation="同志们：")
    assert [block.kind for block in found] == ["salutation", "text"]


def test_a_second_salutation_is_text() -> None:
    found = blocks("题目\n同志们：\n第一句。\n同志们：\n第二句。", "题目", salutation="同志们：")
    assert [block.kind for block in found] == ["title", "salutation", "text", "text", "text"]


def test_punctuation_alone_can_be_a_title() -> None:
    assert [block.kind for block in blocks("……\n正文。", "……")] == ["title", "text"]


def test_quotation_marks_at_the_end_belong_to_a_run_in_heading() -> None:
    (block,) = blocks("（一）念好“三字经”。字字有着落。", "", [Written(2, "（一）", "念好“三字经”")])
    assert block.text[: block.run_in] == "（一）念好“三字经”。"


def test_a_longer_sentence_that_begins_like_a_heading_is_text() -> None:
    found = blocks("一、就业创业两手抓，两手硬。说细一点。", "", [Written(1, "一、", "就业")])
    assert told(found) == [("text", 0, "一、就业创业两手")]


def test_an_unnumbered_heading_is_a_line_of_its_own() -> None:
    found = blocks("把水管住。这是老话。\n把水管住\n水不等人。", "", [Written(1, "", "把水管住")])
    assert [block.kind for block in found] == ["text", "heading", "text"]


def test_a_point_is_never_set_louder_than_the_third_level() -> None:
    text = "第一，修渠。从头修到尾。\n第二，管水。\n三、收尾。收好尾再走。"
    headings = [Written(1, "第一，", "修渠"), Written(1, "第二，", "管水"), Written(1, "三、", "收尾")]
    assert told(blocks(text, "", headings)) == [
        ("heading", 3, "第一，修渠。"),
        ("text", 0, "第二，管水。"),  # all that its paragraph says
        ("heading", 1, "三、收尾。"),
    ]


def test_a_point_on_a_line_of_its_own_is_a_heading_of_its_depth() -> None:
    assert told(blocks("第一，修渠\n从头修到尾。", "", [Written(1, "第一，", "修渠")]))[0] == (
        "heading",
        1,
        "第一，修渠",
    )


@pytest.mark.parametrize("rest", ["", "做完再说。"])
def test_a_heading_as_long_as_a_paragraph_is_text(rest: str) -> None:
    sentence = "把渠道的每一米都量过" * 8
    assert [b.kind for b in blocks(f"（一）{sentence}。{rest}", "", [Written(2, "（一）", sentence)])] == [
        "text"
    ]


def test_levels_below_the_fourth_are_set_as_the_fourth() -> None:
    assert blocks("①量水", "", [Written(6, "①", "量水")]) == [Block("heading", "①量水", 4)]


def test_a_heading_that_is_missing_hides_no_other() -> None:
    headings = [Written(1, "一、", "修渠"), Written(1, "二、", "管水"), Written(1, "三、", "收尾")]
    assert told(blocks("一、修渠\n好。\n三、收尾\n好。", "", headings)) == [
        ("heading", 1, "一、修渠"),
        ("text", 0, "好。"),
        ("heading", 1, "三、收尾"),
        ("text", 0, "好。"),
    ]


@pytest.mark.parametrize("path", [*LIBRARY, *report_files()[:200]], ids=lambda path: path.name)
def test_every_speech_of_the_library(path: Path) -> None:
    for source in read_source(path):
        assert isinstance(source, SourceText)
        speech = parse(source.text, source.path, date(2026, 1, 1))
        if not isinstance(speech, ParsedSpeech):
            continue
        found = blocks_of(speech)
        assert [block.text for block in found] == lines_of(speech.text)
        titles = "".join(block.text for block in found if block.kind == "title")
        assert normal_form(titles) == normal_form(speech.title)
        assert sum(block.kind == "salutation" for block in found) == bool(speech.salutation)
        short = [h for h in speech.headings if len(h.mark + h.text) < 50 and not h.run_in]
        assert sum(block.kind == "heading" and not block.run_in for block in found) >= len(short)


PIECES = st.sampled_from([*FULL.split("\n"), "一、", "（一）修渠。", "同志们：", "\n", " ", "×", "“。”", "①"])


@given(
    text=st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=12).map("\n".join),
    title=st.one_of(PIECES, st.text(max_size=10)),
    headings=st.lists(
        st.builds(
            Written, st.integers(0, 9), st.sampled_from(["", "一、", "一是", "①"]), st.text(max_size=10)
        ),
        max_size=4,
    ),
)
def test_every_line_is_in_exactly_one_block(text: str, title: str, headings: list[Written]) -> None:
    found = blocks(text, title, headings, occasion="（一）修渠。\n×", salutation="同志们：")
    assert [block.text for block in found] == lines_of(text)
    for block in found:
        assert (block.kind == "heading") == (1 <= block.level <= 4)
        assert 0 <= block.run_in < max(1, len(block.text))
