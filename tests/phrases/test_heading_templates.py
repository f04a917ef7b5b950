"""Frames of headings: what a writer would take over, and nothing where there is no frame."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project_root import ROOT

from jianggao.library.check import check_paths
from jianggao.phrases.heading_templates import (
    GAP,
    PatternCount,
    count_patterns,
    heading_pattern,
    is_worth_taking,
    patterns_worth_taking,
)

SAMPLE = ROOT / "data" / "speeches"
PIECES = [
    *"坚持把在以从让要是不，、：？…“”一三（）渠路人心上下为到 ",
    "作为",
    "既要",
    "也要",
    "下功夫",
    "夯实",
    "……",
    "——",
]


@pytest.mark.parametrize(
    ("heading", "pattern"),
    [
        ("既要赶工期，也要守底线", "既要……，也要……"),
        ("不仅要修得快，更要用得久", "不仅要……，更要……"),
        ("不是把渠修完，而是把水引来", "不是……，而是……"),
        ("只有走进院子，才能听见真话", "只有……，才能……"),
        ("与其等客上门，不如送货下乡", "与其……，不如……"),
        ("宁可多跑几趟，不让老人白等", "宁可……，不……"),
        ("少开长会，多下田头", "少……，多……"),
        ("越是缺水的年份，越要算细账", "越……，越……"),
        ("不问栽了几棵，只问活了几棵", "不问……，只问……"),
        ("问活了几棵，不问栽了几棵", "问……，不问……"),
        ("谁占了渠道，就请谁清出来", "谁……，就……谁……"),
        ("水站靠管，水价靠谈", "……靠……，……靠……"),
    ],
)
def test_frames_over_two_clauses(heading: str, pattern: str) -> None:
    assert heading_pattern(heading) == pattern


@pytest.mark.parametrize(
    ("heading", "pattern"),
    [
        ("把蓄水作为头等大事", "把……作为……"),
        ("把账目贴在祠堂门口", "把……贴在……"),
        ("把钥匙交给管水的人", "把……交给……"),
        ("把闸口守牢", "把……守牢"),
        ("把零散的水塘串联起来", "把……联起来"),
        ("把力量凝聚起来", "把……凝聚起来"),
        ("在“实”字上下功夫", "在……上下功夫"),
        ("在管护机制上实现新突破", "在……上实现……"),
        ("以节水为先，以用水户为本", "以……为……，以……为……"),
        ("以小水渠带动大产业", "以……带动……"),
        ("从单打独斗到抱团取暖", "从……到……"),
        ("水费要从按亩摊变成按方收", "……要从……变成……"),
        ("变大水漫灌为细水滴灌", "变……为……"),
        ("让种田的人更省心", "让……更……"),
        ("让老水闸重新转起来", "让……"),
        ("为夏灌提供可靠水源", "为……提供……"),
        ("给管水员撑腰", "给……撑腰"),
        ("水账就是人心账", "……就是……"),
        ("节水是一门手艺", "……是……"),
        ("别让水在路上漏光", "别让……"),
        ("水泵房不准堆杂物", "……不准……"),
    ],
)
def test_frames_within_a_clause(heading: str, pattern: str) -> None:
    assert heading_pattern(heading) == pattern


@pytest.mark.parametrize(
    ("heading", "pattern"),
    [
        ("坚持党建引领，夯实基层基础", "坚持……，夯实……"),
        ("聚焦用水难题，一户一户上门", "聚焦……，……"),
        ("全力破除等靠思想，在抢墒播种上见真功", "全力破除……，在……上见真功"),
        ("加强和改善水费征收", "加强和改善……"),
        ("进一步压实管护责任", "进一步压实……"),
        ("强化责任、突出重点、狠抓落实", "强化……、突出……、狠抓……"),
        ("讲规矩、强本领、作表率", "讲……、强……、作……"),
        ("促增收，保饮水", "促……，保……"),
        ("建设节水型灌区", "建设……"),
    ],
)
def test_leading_verbs(heading: str, pattern: str) -> None:
    assert heading_pattern(heading) == pattern


def test_frames_come_before_verbs_and_verbs_before_a_word_in_the_middle() -> None:
    assert heading_pattern("在深化改革上求突破") == "在……上求突破"
    assert heading_pattern("压实水库尤其是病险水库的责任") == "压实……"
    assert heading_pattern("建设单位是第一道关") == "……是……"
    assert heading_pattern("学习能力是一辈子的本钱") == "……是……"


@pytest.mark.parametrize(
    ("heading", "pattern"),
    [
        ("为什么年年修渠年年堵？", "为什么……？"),
        ("如何把水送到渠尾", "如何……？"),
        ("谁来管好最后一里渠？", "谁来……？"),
        ("渠尾的人缺的是什么？", "……是什么？"),
        ("水价谈拢了没有？", "……？"),
        ("修什么？怎么修？", "……，怎么……？"),
    ],
)
def test_questions(heading: str, pattern: str) -> None:
    assert heading_pattern(heading) == pattern


def test_four_characters_side_by_side() -> None:
    assert heading_pattern("凝心聚力，久久为功") == "四字，四字"
    assert heading_pattern("知水懂水 爱水惜水 管水用水") == "四字，四字，四字"
    assert heading_pattern("强化责任，狠抓落实") == "强化……，狠抓……"
    assert heading_pattern("久久为功") is None


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "  ",
        "…",
        "？",
        "三年来的工作回顾",
        "关于水费问题",
        "柳河边的四个小时",
        "渠尾的水要算到户",
        "农机修在下田之前",
        "一、",
    ],
)
def test_no_frame(heading: str) -> None:
    assert heading_pattern(heading) is None


@pytest.mark.parametrize("mark", ["一、", "（二）", "3.", "第一，", "第二部分 ", "①", "三是"])
def test_the_mark_does_not_count(mark: str) -> None:
    assert heading_pattern(f"{mark}坚持党建引领，夯实基层基础。") == "坚持……，夯实……"


@pytest.mark.parametrize(
    ("heading", "pattern"),
    [
        ("坚持党建引领，夯实基层…", "坚持……，夯实……"),
        ("坚持党建引领，夯实…", "坚持……，夯实……"),
        ("坚持党建引领，夯…", "坚持……，……"),
        ("坚持党建引领，…", "坚持……，……"),
        ("坚持党建引领，夯实基层基础……", "坚持……，夯实……"),
        ("既要赶工期，也要…", "既要……，也要……"),
        ("既要赶工期，…", "既要……，……"),
        ("在“实”字上…", "在……上……"),
        ("把账目贴…", "把……"),
        ("凝心聚力，久久…", "四字，四字"),
        ("把蓄水作为头…", "把……作为……"),
    ],
)
def test_a_heading_cut_short_shows_what_its_beginning_shows(heading: str, pattern: str) -> None:
    assert heading_pattern(heading) == pattern


def test_counts_are_most_frequent_first_and_ties_by_first_appearance() -> None:
    headings = [
        "让老水闸重新转起来",
        "把蓄水作为头等大事",
        "关于水费问题",
        "夯实水利家底",
        "把节水作为长久之计",
        "让新渠早日通水",
        "把管水作为一门学问",
    ]
    assert count_patterns(headings) == [
        PatternCount("把……作为……", 3, "把蓄水作为头等大事"),
        PatternCount("让……", 2, "让老水闸重新转起来"),
    ]
    assert count_patterns(iter([])) == []


@pytest.mark.parametrize(
    "heading",
    [
        "既要赶工期，也要守底线",
        "不是把渠修完，而是把水引来",
        "少开长会，多下田头",
        "不问栽了几棵，只问活了几棵",
        "水站靠管，水价靠谈",
        "把蓄水作为头等大事",
        "在“实”字上下功夫",
        "以小水渠带动大产业",
        "从单打独斗到抱团取暖",
        "让种田的人更省心",
        "给管水员撑腰",
        "为什么年年修渠年年堵？",
        "渠尾的水在哪里？",
        "强化责任、突出重点、狠抓落实",
        "讲规矩、强本领、作表率",
        "促增收，保饮水",
        "凝心聚力，久久为功",
        "聚焦用水难题，在抢墒播种上见真功",
    ],
)
def test_frames_that_a_writer_would_take_over(heading: str) -> None:
    assert is_worth_taking(heading_pattern(heading) or "")


@pytest.mark.parametrize(
    "heading",
    [
        "加强水费征收",
        "加强和改善水费征收",
        "必须坚持节水优先",
        "切实加强水利工作",
        "坚持党建引领，夯实基层基础",
        "加强水利建设，促进农民增收",
        "三要把握好放水的时机，必须看天放水",
        "节水是一门手艺",
        "产业要认准一样，家底要理清",
        "让老水闸重新转起来",
        "水泵房不准堆杂物",
        "水价谈拢了没有？",
        "如何把水送到渠尾",
    ],
)
def test_frames_that_every_speech_has(heading: str) -> None:
    assert not is_worth_taking(heading_pattern(heading) or "……")


def test_a_heading_that_comes_every_year_counts_once() -> None:
    yearly = ["一、把蓄水作为头等大事", "二、把蓄水作为头等大事"]
    assert patterns_worth_taking(yearly) == []
    assert patterns_worth_taking([*yearly, "加强水费征收", "加强渠道管护", "把节水作为长久之计"]) == [
        PatternCount("把……作为……", 2, "一、把蓄水作为头等大事")
    ]


def test_most_headings_of_the_sample_library_that_open_with_a_frame_have_it() -> None:
    headings = [
        heading["text"]
        for record in check_paths([SAMPLE], date(2026, 11, 1))
        for heading in record["headings"]
    ]
    opening = [heading for heading in headings if heading.startswith(("把", "让", "别让", "从"))]
    assert len(opening) >= 20
    assert all(heading_pattern(heading) for heading in opening)
    assert {one.pattern for one in count_patterns(headings)} >= {"让……", "……要从……变成……"}


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_a_frame_has_gaps_and_the_headings_own_words(heading: str) -> None:
    pattern = heading_pattern(heading)
    if pattern is None or pattern.startswith("四字"):
        return
    assert GAP in pattern
    assert set(pattern) <= set(heading) | set("…，、？")


@given(st.text())
def test_any_text_will_do(text: str) -> None:
    assert heading_pattern(text) is None or "\ue000" not in str(heading_pattern(text))
    assert all(one.count > 1 for one in count_patterns([text, text]))
