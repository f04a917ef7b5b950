"""The first heading below a title where no salutation stands between them."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, B, speech_of, tree

from jianggao.parsing.first_heading import first_heading, first_line_is_heading, lecture_number

NAMELESS = ("修渠为什么慢", A, "分水为什么乱", B, "守闸靠什么人", A)
EXPECTED = [(1, "", "修渠为什么慢"), (1, "", "分水为什么乱"), (1, "", "守闸靠什么人")]


def found(*lines: str) -> int | None:
    return first_heading(lines, lambda line: line.endswith("讲话"), lambda line: line.startswith("——"))


def test_a_short_line_below_the_title_is_a_heading_if_others_follow() -> None:
    assert found(TITLE, *NAMELESS) == 1
    assert found(TITLE, "——渠水县水利局", *NAMELESS) == 2
    assert found(TITLE, "修渠为什么慢", A, B) is None
    assert found(TITLE, A, *NAMELESS) is None


def test_the_second_line_of_a_title_is_no_heading() -> None:
    assert found("让账本走到墙上", "让乡亲看得见", A, *NAMELESS) is None
    assert found("在全县水利", "冬修会上的讲话", A, *NAMELESS) is None
    assert found("渠水县的三本账", *NAMELESS) == 1
    assert found("闸口日记选", "三月一日晴", A, "三月二日阴", B, "三月三日雨", A) == 1


def test_who_speaks_is_no_heading() -> None:
    assert found(TITLE, "渠水县水利局", A, *NAMELESS) is None


def test_a_heading_over_numbered_ones() -> None:
    year = ("一、路", A, "二、水", B)
    assert found(TITLE, "过去一年的事", *year, "今后一年的事", *year) == 1
    assert found(TITLE, "渠水县水利系统", *year) == 2


@pytest.mark.parametrize(
    "front",
    [
        (),
        ("——县水利局局长的一课",),
        ("2025年3月18日",),
        ("（2025年3月18日）", "方大川"),
        ("县水利局局长 方大川",),
        ("时间：2025年3月18日",),
    ],
)
def test_the_first_heading_below_title_and_occasion(front: tuple[str, ...]) -> None:
    speech = speech_of(TITLE, *front, *NAMELESS)
    assert (speech.title, tree(speech)) == (TITLE, EXPECTED)
    assert speech.occasion.split("\n") == list(front or ("",))


def test_headings_over_short_paragraphs_below_the_title() -> None:
    short = "路上要过十一道闸，每一道都有人守着，夜里不能睡。"
    lines = [line for _, _, text in EXPECTED for line in (text, short)]
    assert tree(speech_of(TITLE, *lines)) == EXPECTED


def test_a_lecture_and_its_number_are_the_title() -> None:
    lecture = ("第三讲 分水的规矩", "一、水从哪里来", A, "二、水到哪里去", B)
    assert not first_line_is_heading(lecture)
    assert speech_of(*lecture).title.startswith("第三讲")
    assert first_line_is_heading(("第三讲 分水的规矩", A, "第四讲 守闸的人", B))
    assert first_line_is_heading(("一、水从哪里来", A, "（一）雪水", B))
    assert not first_line_is_heading(("一、水从哪里来", A, B))


def test_who_speaks_first_begins_the_body() -> None:
    minutes = ("渠水县水价座谈会纪要", "2025年4月2日", "【方大川】", A, "【李小渠】", B, "【方大川】", A)
    speech = speech_of(*minutes)
    assert (speech.occasion, speech.headings) == ("2025年4月2日", ())
    assert speech.body(speech.sections[0]).startswith("【方大川】")


@pytest.mark.parametrize("number", [("第三讲 分水的规矩",), ("第3讲", "分水的规矩"), ("第 3 课",)])
@pytest.mark.parametrize("call", [("乡亲们：",), ()])
def test_the_number_of_a_lecture_below_the_title_belongs_to_it(
    number: tuple[str, ...], call: tuple[str, ...]
) -> None:
    lines = ("渠水村史讲稿", *number, *call, A, "一、水从哪里来", A, "二、水到哪里去", B)
    speech = speech_of(*lines)
    assert speech.salutation == "".join(call)
    assert [mark for _, mark, _ in tree(speech)] == ["一、", "二、"]
    assert lecture_number(lines) == 1
    assert lecture_number((*lines, "第四讲 守闸的人", A)) is None


def test_a_text_can_begin_with_a_heading_and_have_no_title() -> None:
    alike = ("修渠为什么慢", A, "分水为什么乱", B, "守闸为什么难", A)
    assert first_line_is_heading(alike)
    assert [text for _, _, text in tree(speech_of(*alike, name="三问.txt"))] == list(alike[::2])
    assert not first_line_is_heading(("渠水县的三本账", A, "分水为什么乱", B, "守闸为什么难", A))
    assert not first_line_is_heading(alike[:4])
    for marks in (("一 ", "二 "), ("一\n", "二\n"), ("第一章", "第二章"), ("一、", "二、")):
        text = f"{marks[0]}水从哪里来\n{A}\n{marks[1]}水到哪里去\n{B}".split("\n")
        speech = speech_of(*text, name="渠水两问.txt")
        assert (speech.title, len(speech.headings)) == ("渠水两问", 2)


def test_poems_and_agendas_stay_as_they_were() -> None:
    poem = ("渠水谣", "渠水清清过东坡", "老人坐在渠边说", "一滴一滴都是账", "半夜开闸不点灯")
    agenda = ("冬修会议程", "会议开始", "各乡镇发言", "局长讲话", "会议结束")
    assert speech_of(*poem).headings == ()
    assert speech_of(*agenda).headings == ()
