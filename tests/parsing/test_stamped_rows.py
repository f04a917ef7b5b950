"""A page's moment and its count of readers under the title: the day stays, the rest goes."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse

BODY = "各位乡亲：\n修渠的人还在，看渠的人也在，渠水就不会断。去年的账我看了三遍，有几笔要当面说清楚。\n谢谢大家。\n"
DAY = date(2025, 3, 18)


def speech(row: str) -> ParsedSpeech:
    parsed = parse(f"在看渠会上的讲话\n{row}\n{BODY}", "a.txt", date(2026, 3, 18))
    assert isinstance(parsed, ParsedSpeech)
    return parsed


@pytest.mark.parametrize(
    ("row", "day", "gone"),
    [
        ("2025-03-18 浏览次数：33", "2025-03-18", "浏览次数：33"),
        ("2025年3月18日 阅读量：3.3万", "2025年3月18日", "阅读量：3.3万"),
        ("2025-03-18 08:30 点击数：[1024]", "2025-03-18", "08:30 点击数：[1024]"),
        (
            "2025年03月18日 15:37  作者：县水务局  摄影：方川  点击：[128]",
            "2025年03月18日",
            "15:37 作者：县水务局 摄影：方川 点击：[128]",
        ),
    ],
)
def test_the_day_stays(row: str, day: str, gone: str) -> None:
    found = speech(row)
    assert found.date == DAY and found.occasion == day
    assert found.removed == (gone,) and found.removed_because == ("网页栏目",)


def test_a_row_without_a_day_goes() -> None:
    for row in ("15:37 作者：县水务局 点击：[128]", "点击：[128]", "浏览：（33）次"):
        assert speech(row).occasion == ""


def test_an_author_who_is_a_person_stays() -> None:
    found = speech("2025-03-18 09:20 作者：方守渠 浏览次数：33")
    assert found.speaker == "方守渠" and found.date == DAY
    assert "09:20" in found.removed and "浏览次数：33" in found.removed


def test_what_says_more_than_a_page_does_stays() -> None:
    for row in ("2025-03-18 县礼堂 点击：12", "2025-03-18 地点：县礼堂 点击：12", "09:30 县礼堂"):
        assert "县礼堂" in speech(row).occasion
