"""How sections and outlines read."""

from __future__ import annotations

import importlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jianggao.access.verdicts import Locked, LockReason, Shown
from jianggao.phrases.heading_templates import PatternCount
from jianggao.reading.views import OutlineLine, OutlineView, SectionView, ThemeOutlines
from jianggao.settings import Settings

VIEW = SectionView("12.3", "题目", date(2025, 3, 4), "一、甲", None, Shown())
OUTLINE = OutlineView(
    12,
    "题目",
    date(2025, 3, 4),
    (
        OutlineLine(0, "开头", ((1, False),)),
        OutlineLine(1, "一、甲", ()),
        OutlineLine(2, "（一）乙", ((2, True), (3, False))),
    ),
)


@pytest.fixture
def texts(plugins: None) -> Any:
    return importlib.import_module("plugins.excerpts.texts")


def test_a_locked_section_has_its_heading_the_reason_and_help(texts: Any) -> None:
    locked = Locked(LockReason.FREE_GROUP)
    assert texts.locked_section(VIEW, locked, Settings()).split("\n") == [
        "12.3《题目》　一、甲",
        "🔒 免费群只看节选",
        "私聊我可看全部。",
    ]


def test_a_section_beyond_the_allowance_has_its_heading(texts: Any) -> None:
    assert texts.spent(replace(VIEW, heading="")).startswith("12.3《题目》\n今天的段落额度用完了")


def test_an_outline_names_the_sections_at_each_heading(texts: Any) -> None:
    assert texts.outline(OUTLINE).split("\n") == [
        "12《题目》2025-03-04",
        "开头　12.1",
        "一、甲",
        "　（一）乙　12.2 🔒 12.3",
    ]


def test_an_outline_says_why_headings_are_cut(texts: Any) -> None:
    assert texts.whole_outline(OUTLINE) == texts.outline(OUTLINE)
    assert texts.whole_outline(replace(OUTLINE, allowance_spent=True)).endswith(texts.HEADINGS_CUT)
    unwritable = texts.whole_outline(replace(OUTLINE, allowance_spent=True, unwritable="磁盘满了"))
    assert "磁盘满了" in unwritable and texts.HEADINGS_CUT not in unwritable


def test_of_several_outlines_it_is_told_how_much_of_each_is_left_out(texts: Any) -> None:
    long = replace(OUTLINE, number=13, left_out=46)
    found = texts.theme_outlines(ThemeOutlines("水利", (OUTLINE, long), (), 2)).split("\n")
    assert len(found) == 2 * 4 + 1
    assert found[-1] == "…另有 46 条，发“提纲 13”看全部" and "提纲 12" not in "".join(found)


def test_patterns_of_headings_have_their_count_and_an_example(texts: Any) -> None:
    patterns = (PatternCount("坚持…", 4, "坚持节水优先"),)
    found = texts.theme_outlines(ThemeOutlines("水利", (OUTLINE,), patterns, 9)).split("\n")
    assert found[-2:] == ["常见的标题句式（看了 9 篇）：", "坚持…　4 处，如“坚持节水优先”"]


def test_without_a_speech_on_the_theme_near_topics_are_named(texts: Any) -> None:
    nothing = ThemeOutlines("水理", (), (), 0, ("水利",))
    assert texts.theme_outlines(nothing) == "没有“水理”方面的讲稿。\n相近的主题：水利"
    assert texts.none_on("") == "这里还没有可以看的段落。"
    assert "“水理”" in texts.none_on("水理")
