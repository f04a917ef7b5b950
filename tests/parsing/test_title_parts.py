"""What stands before and behind the name of a speech in its title."""

from __future__ import annotations

from datetime import date

import pytest
from parsed_texts import TITLE, A, B, speech_of

from jianggao.parsing.title_parts import is_occasion_below_motto, without_addition

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


MOTTOES = ("水是命根子，路是脸面", "把灯点到村口，把账晒到墙上", "挑着难题来，装着办法走")
OCCASIONS = (
    "渠水县2025年春季农技夜校第一课",
    "县委党校秋季学期开学第一课",
    "2025年渠首镇支部书记培训班讲稿",
    "全镇村务公开工作会议发言",
    "云麓中学2025级新生开学典礼",
)


@pytest.mark.parametrize("motto", MOTTOES)
@pytest.mark.parametrize("line", OCCASIONS)
def test_a_motto_and_its_occasion_are_title_and_subtitle(motto: str, line: str) -> None:
    assert is_occasion_below_motto(motto, line)
    speech = speech_of(motto, "", line, "", "各位学员：", "", A, B)
    assert (speech.title, speech.occasion) == (motto, line)


@pytest.mark.parametrize(
    "lines",
    [
        ("加强领导，扎实推进", "全县植树工作会议"),
        ("加强领导，压实责任", "扎实做好全县防汛工作"),
        ("凝心聚力，真抓实干", "奋力开创渠水县工作新局面"),
        ("统一思想，提高认识", "开好全县党代会"),
        ("修渠引水，造福子孙", "渠水县2025年春修水利的做法和体会"),
        ("渠水县2025年，春季农田水利", "建设现场会讲话"),
        ("以水为脉，以路为骨，", "渠水县2025年水利工作会议讲话"),
        ("松坪镇春灌动员", "大会讲话"),
    ],
)
def test_lines_that_only_together_make_a_title_join(lines: tuple[str, str]) -> None:
    assert not is_occasion_below_motto(*lines)
    assert speech_of(*lines, "同志们：", A, B).title == "".join(lines)
