"""Words that a page has around a text, and that head the parts of a speech as well."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, TITLE, TODAY, A, B, speech_of, tree

from jianggao.parsing.known_notices import KnownNotices
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.page_words import words_of_speech
from jianggao.parsing.parser import parse
from jianggao.text.normal_form import normal_form

SHORT = "树种下去要浇三年水，少一年都不行。"
TOP = ("种树三谈", "（2025年3月12日）")


@pytest.mark.parametrize(
    "words",
    [
        ("上篇", "中篇", "下篇"),
        ("前篇", "后篇"),
        ("上一篇", "这一篇", "下一篇"),
        ("上篇：种树", "下篇：浇水"),
    ],
)
@pytest.mark.parametrize("head", [HEAD, TOP])
def test_parts_of_a_speech_stay(words: tuple[str, ...], head: tuple[str, ...]) -> None:
    parts = [line for word in words[:-1] for line in (word, A)]
    speech = speech_of(*head, *parts, words[-1], SHORT)
    assert speech.removed == () and speech.doubtful == ()
    assert speech.title == head[0]


def test_headings_in_the_parts_stay() -> None:
    speech = speech_of(*HEAD, "上篇", "一、种树", A, "下篇", "一、浇水", SHORT)
    assert [text for _, _, text in tree(speech)] == ["种树", "浇水"]
    assert speech.removed == () and speech.doubtful == ()


@pytest.mark.parametrize("word", ["下篇", "下一篇", "相关阅读", "往期回顾"])
def test_a_word_above_a_numbered_heading_stays(word: str) -> None:
    speech = speech_of(*HEAD, B, word, "三、浇水", SHORT)
    assert speech.removed == () and "三、浇水" in speech.text


@pytest.mark.parametrize("word", ["上篇", "上一篇", "相关阅读", "往期回顾"])
def test_a_word_alone_under_the_title_stays_and_is_told(word: str) -> None:
    speech = speech_of(TITLE, "（2025年3月12日）", word, A, B)
    assert speech.title == TITLE and speech.occasion == "（2025年3月12日）" and word in speech.text
    assert speech.removed == () and speech.doubtful == (word,)


def test_a_set_of_buttons_stays() -> None:
    speech = speech_of(*TOP, "关注", A, "转发", B, "收藏", A)
    assert speech.removed == ()


def test_a_part_above_the_salutation_is_none_of_the_title() -> None:
    speech = speech_of("种树三谈", "上篇", "同志们：", A, "下篇", B)
    assert speech.title == "种树三谈" and "上篇" in speech.text


@pytest.mark.parametrize(
    "lines",
    [
        ("上一篇：水渠边的话", "下一篇：桥头的灯"),
        ("上篇", "水渠边的话", "下篇", "桥头的灯"),
        ("下一篇",),
        ("上一篇", "下一篇"),
        ("相关阅读", "1、水渠边的话", "2、桥头的灯"),
        ("往期回顾", "水价怎么定？我们问了村里", "桥头的灯"),
    ],
)
def test_what_a_page_has_at_the_end_goes(lines: tuple[str, ...]) -> None:
    assert speech_of(*HEAD, B, *lines).removed == lines


@pytest.mark.parametrize(
    "lines", [("上一篇", "下一篇"), ("上一篇：水渠边的话",), ("打印",), ("相关阅读", "打印")]
)
def test_what_a_page_has_above_the_text_goes(lines: tuple[str, ...]) -> None:
    assert speech_of(TITLE, "（2025年3月12日）", *lines, A, B).removed == lines


def test_what_says_that_there_is_no_other_text_shows_a_page() -> None:
    assert words_of_speech([A, "下一篇", "没有了", A, "没有了", "上一篇", A]).doubtful == ()


def test_what_the_operator_says_counts_more() -> None:
    removed = KnownNotices(frozenset({normal_form("上篇")}))
    speech = parse("\n".join([*HEAD, "上篇", A, "下篇", B]), "a.txt", TODAY, notices=removed)
    assert isinstance(speech, ParsedSpeech) and speech.removed == ("上篇",)
