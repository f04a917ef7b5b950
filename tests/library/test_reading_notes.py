"""What a note says of a text, and whether somebody should look at it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from doubtful_texts import OFFER, speech_of
from stored_speeches import prepared

from jianggao.library.reading_notes import (
    DOUBTFUL,
    ODD,
    PROBLEM,
    REFUSED,
    NotedLine,
    ReadingNote,
    known_fields,
    note_of,
)
from jianggao.parsing.contents_table import CONTENTS
from jianggao.parsing.page_layout import DIVIDER, END_MARK
from jianggao.parsing.volume_parts import OF_VOLUME
from jianggao.sources.captions import CAPTION_DROPPED
from jianggao.sources.left_out import FRAME
from jianggao.text.normal_form import normal_form

FINE = {"path": "甲.txt", "title": "晒谷", "headings": 3, "sections": 4, "characters": 2_000}


def note(**fields: Any) -> ReadingNote:
    return ReadingNote(**{**FINE, **fields})


def test_an_ordinary_text_needs_no_look() -> None:
    assert note().urgency == 0 and note().concerns == ()
    assert note(removed=(NotedLine("— 3 —", "页码"),)).urgency == 0


@pytest.mark.parametrize(
    ("fields", "urgency", "words"),
    [
        ({"refusal": "只有一行，没有正文。"}, REFUSED, "没有读入：只有一行，没有正文"),
        ({"problems": ("日期在将来。",)}, PROBLEM, "日期在将来"),
        ({"doubtful": (NotedLine("更多文稿"),)}, DOUBTFUL, "有 1 行拿不准，没有去掉"),
        ({"headings": 0, "characters": 3_000}, ODD, "3,000 字没有认出小标题"),
        ({"characters": 119}, ODD, "正文只有 119 字"),
        ({"removed": (NotedLine("长" * 700),)}, ODD, "去掉的 1 行声明、广告占了全文不少"),
    ],
)
def test_what_somebody_should_look_at(fields: dict[str, Any], urgency: int, words: str) -> None:
    assert note(**fields).urgency == urgency and note(**fields).concerns[0].startswith(words)


@pytest.mark.parametrize(
    "removed",
    [
        tuple(NotedLine("防汛会上的讲话" * 6, CONTENTS) for _ in range(30)),
        tuple(NotedLine("石门公社大会讲话汇编" * 6, OF_VOLUME) for _ in range(20)),
        (NotedLine("—" * 400, DIVIDER), NotedLine("（完）".center(400, "—"), END_MARK)),
        tuple(NotedLine("首页 新闻 公告 服务 互动 " * 4, "网页栏目") for _ in range(20)),
        tuple(NotedLine("首页 政务公开 办事服务 互动交流 " * 4, FRAME) for _ in range(20)),
        tuple(
            NotedLine("渠首开闸的那天早上，全村的人都来了（方大川 摄）" * 2, CAPTION_DROPPED)
            for _ in range(20)
        ),
        tuple(NotedLine("更多文稿请关注渠边", "声明、广告") for _ in range(100)),
    ],
)
def test_contents_menus_and_short_lines_that_went_are_no_text(removed: tuple[NotedLine, ...]) -> None:
    assert note(removed=removed).urgency == 0


def test_short_texts_without_headings_are_ordinary() -> None:
    assert note(headings=0, characters=2_999).urgency == 0


def test_json_gives_the_same_note_back() -> None:
    stored = note(
        speech=7,
        doubtful=(NotedLine("更多文稿", number=3),),
        removed=(NotedLine("— 3 —", "页码", 4),),
        problems=("没有找到标题",),
    )
    assert ReadingNote.from_json(stored.to_json()) == stored


def test_a_note_of_another_release_can_be_read() -> None:
    other = {"path": "甲.txt", "mood": "good", "removed": [{"written": "x", "colour": "red"}]}
    assert ReadingNote.from_json(json.dumps(other)) == ReadingNote("甲.txt", removed=(NotedLine("x"),))


def test_fields_that_are_not_known_are_left_out() -> None:
    assert known_fields(NotedLine, {"written": "x", "other": 1}) == {"written": "x"}


def test_a_note_is_made_of_what_was_read() -> None:
    speech = prepared(speech_of("晒谷", OFFER) + "— 3 —\n")
    numbers = {normal_form(OFFER): 5, "3": 6}
    made = note_of("甲.txt", speech, speech.characters, number=9, line_numbers=numbers)
    assert (made.speech, made.title, made.day) == (9, "在晒谷现场会上的讲话", "2025-03-04")
    assert made.doubtful == (NotedLine(OFFER, "", 5),)
    assert [(line.written, line.number) for line in made.removed] == [("— 3 —", 6)]


def test_a_text_without_a_date_has_that_of_its_import() -> None:
    speech = prepared(speech_of("晒谷").replace("（2025年3月4日）\n", ""))
    made = note_of("甲.txt", speech, speech.characters, day=date(2026, 3, 18))
    assert (made.day, made.date_origin) == ("2026-03-18", "")
