"""Dates in the text itself: signatures at its foot, and the day of the meeting in minutes."""

from __future__ import annotations

from datetime import date

import pytest
from parsed_texts import TODAY, A, B

from jianggao.parsing.dates_in_text import minutes_dates, signature_dates
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse

FRONT = ["让路灯亮到村口", "同志们：", A]


def _parsed(*foot: str) -> ParsedSpeech:
    speech = parse("\n".join([*FRONT, B, *foot]), "讲话.txt", TODAY)
    assert isinstance(speech, ParsedSpeech)
    return speech


@pytest.mark.parametrize(
    "foot",
    [
        ["2025年4月2日"],
        ["二〇二五年四月二日"],
        ["（2025年4月2日）"],
        ["罗小满", "2025年4月2日"],
        ["松坪镇水利站", "罗小满", "二〇二五年四月二日"],
        ["罗小满 2025年4月2日"],
        ["2025年4月2日于松坪镇"],
        ["2025年4月2日", "罗小满"],
        ["罗小满", "2025.4.2"],
        ["民國一一四年四月二日"],
        ["二〇二五年4月2日", "（根据录音整理）"],
        ["罗小满", "2025年4月2日", "附件：路灯清单"],
        ["罗小满", "2025年4月2日", "注：路灯数以镇里的账为准。"],
        ["罗小满", "2025年4月2日", "谢谢大家！"],
        ["最后送大家一句话：", "灯亮人心亮", "罗小满", "2025年4月2日"],
    ],
)
def test_a_signed_date_is_the_date_where_there_is_no_other(foot: list[str]) -> None:
    speech = _parsed(*foot)
    assert (speech.date, speech.date_origin) == (date(2025, 4, 2), "at the end")
    assert all(line in speech.text for line in foot)


@pytest.mark.parametrize(
    "foot",
    [
        ["2025年4月2日印发"],
        ["发布时间 2025年4月2日"],
        ["这条渠是2025年4月2日通的水。"],
        ["自2025年4月2日起施行"],
        ["2025年4月"],
        ["4月2日"],
        ["县发20250402号"],
        ["三、2025年4月2日前后的安排"],
        ["2025年4月2日", "水来了。", "树也活了。", "路也通了。"],
        ["2025年4月2日", "那一天，水来了。"],
        ["照片背面有两行字：", "罗小满摄", "2025年4月2日", "码头没有了，桥还在。"],
        ["照片背面有三行字：", "松坪码头", "罗小满摄", "2025年4月2日"],
        ["信是这样结尾的：", "女儿 小满", "2025年4月2日", "信就这么短。"],
    ],
)
def test_what_is_no_signed_date(foot: list[str]) -> None:
    assert _parsed(*foot).date is None


def test_the_last_signature_counts_first() -> None:
    assert signature_dates([A, "2025年4月1日", "2025年4月2日"]) == ["2025年4月2日", "2025年4月1日"]
    assert signature_dates(["2025年4月2日"]) == []


@pytest.mark.parametrize(
    "first",
    [
        "2025年4月2日上午，镇长罗小满在水利站主持召开路灯管护协调会。",
        "会议于二〇二五年四月二日在镇礼堂举行，各村支书到会。",
        "二〇二五年4月2日，柳湾村召开村民会议。",
    ],
)
def test_minutes_begin_with_the_day_of_their_meeting(first: str) -> None:
    speech = parse(f"路灯管护协调会纪要\n{first}\n{A}\n{B}", "纪要.txt", TODAY)
    assert isinstance(speech, ParsedSpeech)
    assert (speech.date, speech.date_origin) == (date(2025, 4, 2), "under title")
    assert minutes_dates("在路灯管护协调会上的讲话", [first]) == []


@pytest.mark.parametrize(
    "first",
    [
        "路灯装好以后，2025年4月2日停过一次电，会议说了这件事。",
        "2025年4月2日，渠里来了水。",
        "4月2日，柳湾村召开村民会议。",
    ],
)
def test_other_dates_in_minutes_say_nothing(first: str) -> None:
    assert minutes_dates("路灯管护协调会纪要", [first, A]) == []
    assert minutes_dates("路灯管护协调会纪要", []) == []


@pytest.mark.parametrize(
    "foot",
    [
        ["（授课时间：2025年4月2日上午）"],
        ["（讲课日期：2025年4月2日）"],
        ["授课时间：2025-04-02"],
        ["讲话时间：二〇二五年四月二日  地点：渠首礼堂"],
        ["主讲：罗小满", "党课时间：2025年4月2日", "地点：渠首礼堂"],
        ["（授课时间：2025年4月2日上午）", "[1] 渠水县志编写组：《渠水县志》。"],
    ],
)
def test_the_labelled_day_of_delivery_at_the_end(foot: list[str]) -> None:
    speech = _parsed(*foot)
    assert (speech.date, speech.date_origin) == (date(2025, 4, 2), "line")
    assert speech.text.endswith("\n".join(" ".join(line.split()) for line in foot) + "\n")
    # It goes before the day on which a page has put the text up.
    put_up = parse("\n".join([FRONT[0], "发布时间：2025-05-06", *FRONT[1:], B, *foot]), "20250607.txt", TODAY)
    assert isinstance(put_up, ParsedSpeech)
    assert put_up.date == date(2025, 4, 2)


@pytest.mark.parametrize(
    "foot",
    [
        ["下次授课时间：2025年4月2日"],
        ["发布时间：2025年4月2日"],
        ["会议时间：2025年4月2日"],
        ["授课时间：另行通知"],
        ["授课时间：从2025年4月2日起改在下午。"],
    ],
)
def test_labels_of_other_days_at_the_end(foot: list[str]) -> None:
    assert _parsed(*foot).date is None


def test_a_labelled_day_of_delivery_in_brackets_under_the_title() -> None:
    speech = parse("\n".join([FRONT[0], "（授课时间：2025年4月2日）", *FRONT[1:]]), "20250607.txt", TODAY)
    assert isinstance(speech, ParsedSpeech)
    assert (speech.date, speech.date_origin) == (date(2025, 4, 2), "line")
