"""Lines that say when, where, by whom and on what occasion a speech was given."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, speech_of

from jianggao.parsing.occasion_lines import (
    is_form_line,
    is_meeting,
    is_occasion,
    is_paragraph,
    is_reporter,
    is_surely_occasion,
    is_unknown_entry,
    is_whole_in_brackets,
)


@pytest.mark.parametrize(
    "line",
    [
        "2025年3月18日",
        "3月18日上午",
        "──在年中工作会上",
        "（讲话提纲）",
        "〔2025〕12号",
        "地点：三楼会议室",
        "对象：全县村干部",
        "方大川（2025年3月18日）",
        "县委书记 方大川",
        "方大川",
        "×××",
        "××市市长 ×××",
        "（根据录音整理，未经本人审阅）",
    ],
)
def test_what_stands_beside_a_title_anywhere(line: str) -> None:
    assert is_surely_occasion(line) and is_occasion(line)


@pytest.mark.parametrize(
    "line", ["高峰", "松坪乡大礼堂", "中共松坪乡委员会", "周文 罗小满", "【在年中会上的发言】"]
)
def test_what_stands_beside_a_title_only_below_it(line: str) -> None:
    assert is_occasion(line) and not is_surely_occasion(line)


@pytest.mark.parametrize(
    "line",
    [
        TITLE,
        "2025年3月18日在年中工作会上的讲话",
        "在年中工作会上的讲话（2025年3月18日）",
        "动员会",
        "让路灯亮到村口",
        "讲话",
        "水从哪里来？",
        A,
    ],
)
def test_what_is_no_occasion(line: str) -> None:
    assert not is_occasion(line)


def test_entries_of_forms() -> None:
    assert is_form_line("时长：四十分钟")
    assert not is_form_line("标题：让路灯亮到村口")
    # A paragraph that begins with such a word is text.
    assert not is_form_line("背景：" + A)
    assert is_unknown_entry("服务片区：东坡")
    assert not is_unknown_entry("今天讲三句话：")
    assert not is_unknown_entry("先说一句：路修通了。")


def test_meetings() -> None:
    assert is_meeting("在松坪乡路灯管护推进会上")
    assert not is_meeting("在希望的田野上") and not is_meeting(TITLE)


def test_lines_whole_in_brackets() -> None:
    assert is_whole_in_brackets("（根据录音整理）")
    assert not is_whole_in_brackets("（一）看清路（二）迈开步")
    assert not is_whole_in_brackets("（）") and not is_whole_in_brackets("")


def test_paragraphs() -> None:
    assert is_paragraph(A)
    assert not is_paragraph("渠修好了。")
    assert not is_paragraph("编者按：" + A)
    assert not is_paragraph("（" + A[:-1] + "。）")


@pytest.mark.parametrize(
    "line",
    [
        "本报记者　罗小满",
        "■本刊特约记者　罗小满　通讯员　周文",
        "记者　罗小满",
        "本报评论员 罗小满",
        "新华社柳湾3月5日电（记者 罗小满）",
    ],
)
def test_reporters_and_datelines_stand_beside_the_title(line: str) -> None:
    speech = speech_of("让路灯亮到村口", line, A)
    assert (speech.title, speech.occasion) == ("让路灯亮到村口", line.replace("　", " "))


@pytest.mark.parametrize(
    "line",
    ["记者眼里的渠", "记者", "通讯员的本分 在腿上在心上在纸上", "记者　要 走 到 渠 边 去 看 一看才写", ""],
)
def test_what_is_no_reporter(line: str) -> None:
    assert not is_reporter(line)


def test_the_title_stands_behind_a_dateline() -> None:
    speech = speech_of("新华社柳湾3月5日电（记者 罗小满）题：让路灯亮到村口", A)
    assert speech.title == "让路灯亮到村口"
    assert speech.occasion == "新华社柳湾3月5日电（记者 罗小满）"


@pytest.mark.parametrize(
    "line", ["对话松坪镇党委书记：路灯的八年", "松坪乡乡长：水往哪里流？", "专访柳湾村村主任：方大川"]
)
def test_the_title_of_an_interview_is_no_office_with_a_name(line: str) -> None:
    assert not is_surely_occasion(line)
    speech = speech_of(line, "本报记者 陆远", "记者：路灯是谁修的？", "方大川：是大家修的。", A)
    assert (speech.title, speech.occasion) == (line, "本报记者 陆远")


@pytest.mark.parametrize("line", ["县长：方大川", "松坪乡乡长：×××", "市委书记：阿依·古丽", "〔2025〕第4次"])
def test_offices_with_a_name_and_numbers_of_a_series_are_occasions(line: str) -> None:
    assert is_surely_occasion(line)
