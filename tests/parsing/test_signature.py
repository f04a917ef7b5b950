"""Signatures at the foot of a text: which of them give its date."""

from __future__ import annotations

from datetime import date

import pytest
from parsed_texts import TODAY, A, B

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.parsing.signature import signature_dates

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
    ],
)
def test_what_is_no_signed_date(foot: list[str]) -> None:
    assert _parsed(*foot).date is None


def test_the_last_signature_counts_first() -> None:
    assert signature_dates([A, "2025年4月1日", "2025年4月2日"]) == ["2025年4月2日", "2025年4月1日"]
    assert signature_dates(["2025年4月2日"]) == []
