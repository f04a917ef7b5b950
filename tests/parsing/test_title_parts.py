"""What stands before and behind the name of a speech in its title."""

from __future__ import annotations

from datetime import date

import pytest
from parsed_texts import TITLE, A, B, speech_of

from jianggao.parsing.title_parts import without_addition

NAMED = "镇长罗小满在全镇春灌大会上的讲话"


@pytest.mark.parametrize(
    "line",
    [
        NAMED,
        f"{NAMED}（摘要）",
        f"{NAMED}（节选）",
        f"{NAMED}（全文）",
        f"{NAMED}提纲（送审稿）",
        f"{NAMED}：先把闸门修好",
        f"{NAMED}——先把闸门修好",
        "镇长罗小满2025年3月18日在全镇春灌大会上的讲话",
        "镇长罗小满同志二〇二五年三月十八日在全镇春灌大会上的讲话（摘要）",
    ],
)
def test_whom_a_title_names_whatever_stands_behind_it(line: str) -> None:
    speech = speech_of(line, "同志们：", A, B)
    assert (speech.title, speech.speaker, speech.occasion) == (line, "罗小满", "")


def test_whom_a_subtitle_names() -> None:
    speech = speech_of("先把闸门修好", f"——{NAMED}（摘要）", "同志们：", A, B)
    assert (speech.title, speech.speaker) == ("先把闸门修好", "罗小满")


@pytest.mark.parametrize(
    "aside",
    [
        "（2025年3月18日）",
        "（2025-03-18）",
        "(2025.3.18)",
        "（2025年3月18日 镇礼堂）",
        "（二〇二五年三月十八日上午，镇礼堂）",
        "（2025年3月18日，根据录音整理）",
    ],
)
@pytest.mark.parametrize("title", [NAMED, TITLE, "学生代表罗小满在开学典礼上的发言"])
def test_a_date_in_brackets_behind_a_title(title: str, aside: str) -> None:
    speech = speech_of(title + aside, "同志们：", A, B)
    assert (speech.title, speech.occasion, speech.date) == (title, aside, date(2025, 3, 18))
    assert speech.speaker == ("罗小满" if "罗小满" in title else "")


def test_a_subtitle_keeps_its_date() -> None:
    below = f"——{NAMED}（2025年3月18日）"
    speech = speech_of("先把闸门修好", below, "同志们：", A, B)
    assert (speech.title, speech.occasion, speech.speaker) == ("先把闸门修好", below, "罗小满")
    # Without the dash it is no part of the theme either.
    speech = speech_of("先把闸门修好", below.removeprefix("——"), "同志们：", A, B)
    assert (speech.title, speech.date) == ("先把闸门修好", date(2025, 3, 18))


@pytest.mark.parametrize("line", ["方案在春灌会上的报告：先把闸门修好", "水利局在春灌会上的发言（摘要）"])
def test_no_speaker_where_none_is_named(line: str) -> None:
    speech = speech_of(line, "同志们：", A, B)
    assert (speech.title, speech.speaker) == (line, "")


def test_without_addition() -> None:
    assert without_addition(f"{NAMED}稿（一）（全文）") == f"{NAMED}稿"
    assert without_addition("报告：先把闸门修好") == "报告"
    assert without_addition("先把闸门修好（摘要）") == "先把闸门修好（摘要）"
