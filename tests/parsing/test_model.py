"""What a parsed speech says of its sections: body, heading, the headings before it."""

from __future__ import annotations

import pytest
from parsed_texts import A, B, speech_of

from jianggao.parsing.model import ParsedSpeech, heading_line


def made() -> ParsedSpeech:
    return speech_of(
        *("在年中工作会上的讲话", "同志们：", A),
        *("一、看清路", "（一）远处", B, "（二）近处", A, "二、迈开步", "一是快。", "二是稳。水来了。"),
        *("同志们，" + B,),
    )


def test_labels_are_the_innermost_headings_with_their_marks() -> None:
    speech = made()
    labels = [speech.heading_label(section) for section in speech.sections]
    assert labels == ["", "（一）远处", "（二）近处", "二、迈开步", ""]


def test_bodies_have_no_blanks_around_them() -> None:
    speech = made()
    bodies = [speech.body(section) for section in speech.sections]
    assert bodies == [A, B, A, "一是快。\n二是稳。水来了。", "同志们，" + B]


def test_leads_are_the_headings_directly_before_a_body() -> None:
    speech = made()
    leads = [[heading.text for heading in speech.leads(section)] for section in speech.sections]
    assert leads == [[], ["看清路", "远处"], ["近处"], ["迈开步"], []]


def test_every_heading_outside_of_bodies_leads_one_section() -> None:
    speech = made()
    leading = [heading for section in speech.sections for heading in speech.leads(section)]
    assert leading == [heading for heading in speech.headings if not heading.in_body]


def test_sections_are_numbered_from_one() -> None:
    assert [section.ordinal for section in made().sections] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "mark",
    [
        "一",
        "01",
        "3",
        "壹",
        "Ⅱ",
        "第一章",
        "第 1 章",
        "第十二条",
        "PART 01",
        "NO.1",
        "第 2 步",
        "第三件事",
        "第四點",
    ],
)
def test_a_blank_parts_a_bare_mark_from_its_text(mark: str) -> None:
    assert heading_line(mark, "人才的来路") == f"{mark} 人才的来路"
    assert heading_line(mark, "") == mark


@pytest.mark.parametrize(
    "mark",
    [
        "一、",
        "（一）",
        "1.",
        "①",
        "一是",
        "第一要",
        "第一点是",
        "首先，",
        "首先",
        "最後",
        "第一，",
        "【一】",
        "",
    ],
)
def test_other_marks_stand_directly_before_it(mark: str) -> None:
    assert heading_line(mark, "人才的来路") == f"{mark}人才的来路"


def test_a_blank_parts_a_number_and_its_point_from_digits() -> None:
    assert heading_line("1.", "6万元怎么分") == "1. 6万元怎么分"
    assert heading_line("1、", "6万元怎么分") == "1、6万元怎么分"


def test_a_section_is_shown_with_the_sum_that_its_heading_names() -> None:
    titles = ("6万元修闸", "300块钱换锁", "9月以前修完")
    texts = [line for at, title in enumerate(titles, 1) for line in (f"{at}.  {title}", A)]
    speech = speech_of("在年中工作会上的讲话", "同志们：", B, *texts)
    labels = [speech.heading_label(section) for section in speech.sections]
    assert labels == ["", "1. 6万元修闸", "2. 300块钱换锁", "3. 9月以前修完"]
    assert all(label in speech.text for label in labels)


def test_the_speaker_is_known_where_the_head_says_so() -> None:
    speech = speech_of("在年中工作会上的讲话", "县长 方 大 川", "同志们：", A, B)
    assert (speech.speaker, speech.occasion) == ("方大川", "县长 方 大 川")
    assert made().speaker == ""
