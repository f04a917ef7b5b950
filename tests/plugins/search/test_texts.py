"""How answers to 检索, 金句 and 相近 read, line by line."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import Any

import pytest

from jianggao.access.verdicts import Locked, LockReason, Private, Shown
from jianggao.reading.views import (
    QuotesPage,
    QuoteView,
    SearchPage,
    SectionHitView,
    SimilarPage,
    SpeechHitView,
)
from jianggao.search import HitGroup, Suggestion, parse_query
from jianggao.settings import Settings

SETTINGS = Settings(subscribe_text="请联系文稿社")
LOCKED = Locked(LockReason.NOT_A_MEMBER)
HIT = SectionHitView(12, 3, "题目", "", "一、甲\n（一）乙", "先修【水利】", Shown(), section=123)
SPEECH = SpeechHitView(14, "另一篇", "", Shown(), found_by=("水利",))
PAGE = SearchPage(parse_query("水利"), 7, True, 1, 2, (HIT,), (), (), ())


@pytest.fixture
def texts(plugins: None) -> Any:
    return importlib.import_module("plugins.search.texts")


def lines(texts: Any, page: SearchPage) -> list[str]:
    answer: str = texts.answer(page, SETTINGS)
    return answer.split("\n")


def test_a_page_of_hits(texts: Any) -> None:
    assert lines(texts, PAGE) == [
        "共 7 段，第 1/2 页",
        "12.3《题目》",
        "一、甲 › （一）乙",
        "先修【水利】",
        "发“段落 编号”看整段，“下一页”接着看。",
    ]
    last = lines(texts, replace(PAGE, page=2, exact=False))
    assert last[0] == "共 7+ 段，第 2/2 页" and last[-1] == "发“段落 编号”看整段。"


def test_a_speech_is_found_as_a_whole(texts: Any) -> None:
    page = replace(PAGE, hits=(SPEECH, replace(SPEECH, speech=15, verdict=LOCKED)))
    found = lines(texts, page)
    assert found[1] == "14 《另一篇》 题目或关键词有“水利”"
    assert found[2] == "15 《另一篇》 🔒 正文谈到“水利”"
    assert found[-1] == "请联系文稿社"


def test_what_may_not_stand_here_says_why(texts: Any) -> None:
    here = replace(HIT, heading="", snippet=None)
    page = replace(PAGE, hits=(replace(here, verdict=LOCKED), replace(here, verdict=Private()), here))
    assert lines(texts, page)[1:4] == ["12.3《题目》 🔒 会员可看", "12.3《题目》（私聊可看）", "12.3《题目》"]


def test_hits_on_synonyms_follow_and_are_counted_apart(texts: Any) -> None:
    by_synonym = replace(HIT, instead=("水渠",), group=HitGroup.SYNONYM)
    page = replace(PAGE, hits=(HIT, by_synonym), following=4, by_synonyms=4, synonyms=("水渠", "灌渠"))
    found = lines(texts, page)
    assert found[0] == "共 7 段，近义的另有 4 段，第 1/2 页"
    assert found.index("也查了：水渠、灌渠") == 4
    alone = lines(texts, replace(page, total=0, hits=(by_synonym,)))
    assert alone[:2] == ["没有找到“水利”。", "也查了：水渠、灌渠"]


def test_where_nothing_is_found_what_comes_near_is_offered_by_kind(texts: Any) -> None:
    page = replace(
        PAGE,
        total=0,
        pages=1,
        hits=(),
        near=(
            replace(HIT, instead=("水力",), missing=("水利",), group=HitGroup.SUGGESTED),
            replace(HIT, missing=("水利",), group=HitGroup.PARTIAL),
            replace(SPEECH, group=HitGroup.PARTIAL),
        ),
        suggestions=(Suggestion("水力", (), 3, True), Suggestion("水理", (), 200, False)),
        topics=("水利冬修",),
    )
    found = lines(texts, page)
    assert found[:3] == [
        "没有找到“水利”。",
        "也许想找：“水力”（3 段）、“水理”（200+ 段）",
        "“水力”的前几段：",
    ]
    near = found.index("没有找到全部词，相近的有：")
    assert near > 3 and found[near + 1] == "12.3《题目》（没有“水利”）"
    assert found[-2:] == ["相近的主题：水利冬修", "发“段落 编号”看整段，“提纲 篇号”看提纲。"]


def test_behind_few_hits_stand_those_with_some_of_the_words(texts: Any) -> None:
    some = replace(HIT, missing=("水利",), group=HitGroup.PARTIAL)
    found = lines(texts, replace(PAGE, near=(some,), synonyms=("水渠",)))
    assert found[0].startswith("共 7 段")
    at = found.index("只有其中几个词的：（也查了：水渠）")
    assert found[at + 1] == "12.3《题目》（没有“水利”）"


def test_what_was_searched_for_instead_of_the_typed_words_is_said(texts: Any) -> None:
    assert lines(texts, replace(PAGE, read_as="水利"))[:2] == ["按“水利”找：", "共 7 段，第 1/2 页"]
    nothing = lines(texts, replace(PAGE, total=0, hits=(), read_as="冬修"))
    assert nothing[:2] == ["按“冬修”找：", "没有找到“冬修”。"]


def test_a_speech_that_was_named_says_so(texts: Any) -> None:
    named = replace(SPEECH, by_title=True)
    found = lines(texts, replace(PAGE, hits=(named, replace(named, speech=15, verdict=LOCKED))))
    assert found[1:3] == ["14 《另一篇》 题目里有“水利”", "15 《另一篇》 🔒 题目里有“水利”"]


def test_a_pasted_paragraph_is_shown_with_its_sources(texts: Any) -> None:
    pasted = replace(PAGE.query, is_paragraph=True)
    reworked = replace(HIT, speech=13, group=HitGroup.REWORKED)
    same = replace(HIT, speech=14, group=HitGroup.SAME_MATTER)
    found = lines(texts, replace(PAGE, query=pasted, hits=(HIT, reworked), near=(same,)))
    places = [found.index(line) for line in (texts.WORD_FOR_WORD, texts.REWORKED, texts.SAME)]
    assert places == sorted(places) and found[places[1] + 1].startswith("13.3《")
    assert lines(texts, replace(PAGE, query=pasted, total=0, hits=(), near=(same,)))[0] == texts.NO_SOURCE


def test_where_nothing_comes_near_another_wording_is_suggested(texts: Any) -> None:
    page = replace(PAGE, total=0, hits=())
    assert lines(texts, page) == ["没有找到“水利”。", "换个说法，或少写一个词再试。"]


def test_an_answer_that_was_cut_short_or_lacks_text_says_so(texts: Any) -> None:
    assert lines(texts, replace(PAGE, cut_short=True))[-1] == texts.CUT_SHORT
    assert "额度用完" in lines(texts, replace(PAGE, allowance_spent=True))[-1]
    assert "磁盘满了" in lines(texts, replace(PAGE, unwritable="磁盘满了", allowance_spent=True))[-1]


def test_similar_sections_name_the_words_they_share(texts: Any) -> None:
    page = SimilarPage(
        "8.3", "题目", "上级\n一是渠老了", (replace(HIT, heading="", shared=("干渠", "漏水")),)
    )
    assert texts.similar(page, SETTINGS).split("\n") == [
        "和 8.3“一是渠老了” 相近的段落：",
        "12.3《题目》",
        "都谈到：干渠、漏水",
        "先修【水利】",
    ]
    assert "没有和 8.3 讲同一件事" in texts.similar(replace(page, hits=()), SETTINGS)


def test_quotes_have_their_number_and_source(texts: Any) -> None:
    page = QuotesPage("水利", 1, 2, (QuoteView("8.1", "题目", 2024, "渠水有声，人心有秤。"),))
    assert texts.quotes(page).split("\n") == [
        "8.1　渠水有声，人心有秤。",
        "——《题目》（2024）",
        "“下一页”接着看。",
    ]
    assert texts.quotes(replace(page, quotes=(), pages=0)).startswith("没有“水利”方面可以摘的句子")
    spent = texts.quotes(replace(page, quotes=(), pages=1, allowance_spent=True))
    assert spent.startswith("今天的段落额度用完了")


def test_where_nothing_is_missing_in_the_first_hit_the_list_says_so(texts: Any) -> None:
    """Of 教师节大会 待遇 the title has the one word and the section the other."""
    whole, part = (
        replace(HIT, group=HitGroup.PARTIAL),
        replace(HIT, missing=("水利",), group=HitGroup.PARTIAL),
    )
    page = replace(PAGE, total=0, pages=1, hits=(), near=(whole, part))
    assert lines(texts, page)[:2] == ["没有找到“水利”。", "最接近的："]
    assert lines(texts, replace(page, near=(part, whole)))[:2] == [
        "没有找到“水利”。",
        "没有找到全部词，相近的有：",
    ]


def test_of_a_word_in_the_title_nothing_is_said_of_the_text(texts: Any) -> None:
    titled = replace(SPEECH, title="水利会上的讲话", verdict=LOCKED)
    partly = replace(titled, found_by=("水利", "闸门"))
    found = lines(texts, replace(PAGE, hits=(titled, partly)))
    assert found[1] == "14 《水利会上的讲话》 🔒 题目里有“水利”"
    assert found[2] == "14 《水利会上的讲话》 🔒 题目或关键词有“水利”、“闸门”"


def test_who_asks_for_quotes_is_told_the_command(texts: Any) -> None:
    page = replace(PAGE, query=parse_query("水利的金句"), read_as="水利")
    assert "发“金句 水利”摘句子" in lines(texts, page)[-1]
    assert "金句" not in lines(texts, PAGE)[-1]
