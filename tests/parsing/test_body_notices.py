"""Notices in the body of a speech, and the lines that may be some."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, TITLE, A, B, speech_of

from jianggao.parsing.body_notices import RUNNING_TITLE, clean_body
from jianggao.parsing.head import Head
from jianggao.parsing.known_notices import NO_NOTICES
from jianggao.parsing.lines import Lines, source_lines
from jianggao.parsing.text_end import NOTICE, WEB

ROWS = (
    "农机站 nongji.example.com 2024年3月开通 查农具",
    "卫生院 weisheng.example.cn 2024年5月开通 能挂号",
    "文化站 wenhua.example.net 2024年9月开通 可借书",
)
ENTRIES = ("1. 值班QQ：100200300", "2. 报修电话：13900001234", "3. 账目网址：www.example.com")


def test_rows_and_lists_with_addresses_and_numbers_stay_wherever_they_stand() -> None:
    for lines in (ROWS, ENTRIES, tuple(row.replace(" ", " | ") for row in ROWS)):
        assert speech_of(*HEAD, *lines, B).removed == ()
        assert speech_of(*HEAD, B, *lines).removed == ()
        assert speech_of(TITLE, A, *lines, B).removed == ()


def test_what_goes_from_the_middle_and_why() -> None:
    notice, furniture = "听雨文稿公众号：tingyu2020", "预览时标签不可点"
    speech = speech_of(*HEAD, notice, B, furniture, A, TITLE, B, "阅读原文")
    assert speech.removed == (notice, furniture, TITLE, "阅读原文")
    assert speech.removed_because == (NOTICE, WEB, RUNNING_TITLE, WEB)


def test_doubtful_lines_stand_at_the_edges_alone() -> None:
    doubtful = "更多讲话稿，尽在听雨。"
    assert speech_of(*HEAD, B, doubtful).doubtful == (doubtful,)
    assert speech_of(TITLE, doubtful, A, B).doubtful == (doubtful,)
    assert speech_of(*HEAD, doubtful, B, A).doubtful == ()
    assert speech_of(*HEAD, B, doubtful, "谢谢大家！").doubtful == ()


def test_a_vendors_name_goes_wherever_it_comes_again_and_a_button_does_not() -> None:
    speech = speech_of("听雨书屋", "内部资料 请勿外传", *HEAD, "听雨书屋", B)
    assert speech.removed == ("听雨书屋", "内部资料 请勿外传", "听雨书屋")
    speech = speech_of(TITLE, "分享", "来源：云岭日报", "同志们：", A, "分享", B)
    assert speech.removed == ("分享", "来源：云岭日报")


def test_a_yearly_title_is_not_doubtful() -> None:
    assert speech_of("会员日寄语", "同志们：", A, B).doubtful == ()
    assert speech_of("会员服务月", "启动仪式上的讲话", "同志们：", A, B).doubtful == ()


def test_the_body_begins_where_the_head_says() -> None:
    lines = Lines.of(source_lines("听雨文稿整理\n" + A + "\n听雨文稿整理"), [])
    assert clean_body(lines, Head(body_start=1), NO_NOTICES) == ["听雨文稿整理"]
    assert lines.kept == ["听雨文稿整理", A]
    assert lines.removed == [(2, "听雨文稿整理", NOTICE)]


def test_a_title_that_is_quoted_or_ends_the_speech_is_no_running_title() -> None:
    assert speech_of(*HEAD, "请柬上印的是：", TITLE, B).removed == ()
    assert speech_of(*HEAD, B, TITLE).removed == ()
    assert speech_of(*HEAD, TITLE, B).removed_because == (RUNNING_TITLE,)


def test_a_short_title_that_names_no_speech_is_a_refrain() -> None:
    title = "水到渠成"
    assert speech_of(title, "同志们：", A, title, B, title).removed == ()
    # A page's end cuts a sentence, or has a number.
    cut = "水要从山上引下来，渠要从岭背后绕过去，一锹一锹"
    assert speech_of(title, "同志们：", A, cut, title, B).removed == (title,)
    assert speech_of(title, "同志们：", A, "— 3 —", title, B).removed == ("— 3 —", title)


def test_headings_that_look_like_labels_of_a_page() -> None:
    headings = ("收听：从一段渠声开始", "阅读：从一页账本开始", "分享：从一席话开始")
    speech = speech_of(*HEAD, headings[0], B, headings[1], A, headings[2], B)
    assert (speech.removed, speech.doubtful) == ((), ())
    assert speech_of(*HEAD, B, "阅读：128", "分享：微信 微博").removed == ("阅读：128", "分享：微信 微博")


@pytest.mark.parametrize(
    "line", ["本文由听雨文稿网收集整理，转载请注明出处", "听雨范文网 版权所有", "加入会员享全部资源"]
)
def test_a_vendors_phrase_in_the_middle_is_told_and_heads_nothing(line: str) -> None:
    for lines in ((A, line, B), ("一、看清路", A, line, B, "二、迈开步", A)):
        speech = speech_of(*HEAD, *lines)
        assert speech.doubtful == (line,) and line in speech.text
        assert line not in [heading.text for heading in speech.headings]


@pytest.mark.parametrize("line", ["把会员的心留住", "整理好每一份资料", "转载时代的歌"])
def test_a_heading_with_a_vendors_word_heads(line: str) -> None:
    speech = speech_of(*HEAD, "让群众满意", A, line, B)
    assert line in [heading.text for heading in speech.headings] and speech.doubtful == ()
