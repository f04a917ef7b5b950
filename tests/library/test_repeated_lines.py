"""Doubtful lines that repeat over checked files are told once, and trouble nobody file by file."""

from __future__ import annotations

from doubtful_texts import CUSTOM, OFFER, ONLY_FOR

from jianggao.library.reading_notes import NotedLine, ReadingNote
from jianggao.library.repeated_lines import RepeatedLine, repeated_lines, repeated_told, without_repeated
from jianggao.text.normal_form import normal_form


def text(title: str, *doubtful: str) -> ReadingNote:
    return ReadingNote(
        f"{title}.txt", title=title, characters=900, headings=1, doubtful=tuple(map(NotedLine, doubtful))
    )


def test_three_texts_make_a_line_a_notice_and_two_do_not() -> None:
    notes = [text("晒谷", OFFER), text("渡口", OFFER, ONLY_FOR), text("夜校", OFFER, ONLY_FOR)]
    repeated = repeated_lines(notes)
    assert repeated == {normal_form(OFFER): RepeatedLine(OFFER, 3)}
    assert without_repeated(notes[0], repeated).urgency == 0
    assert [line.written for line in without_repeated(notes[1], repeated).doubtful] == [ONLY_FOR]
    assert repeated_told(repeated) == [
        "几篇都有的行（1），导入时当作广告去掉：",
        f"  “{OFFER}”（3 篇）",
    ]


def test_drafts_of_one_speech_and_customary_closings_make_none() -> None:
    assert repeated_lines([text("晒谷", OFFER)] * 5) == {}
    assert repeated_lines([text(title, CUSTOM) for title in "甲乙丙丁"]) == {}
    assert repeated_lines([text(f"村史讲稿{title}", "村史讲稿") for title in "甲乙丙丁"]) == {}
    assert repeated_told({}) == []


def test_many_lines_are_cut_short() -> None:
    notes = [text(title, *(f"{OFFER}{line}" for line in range(25))) for title in "甲乙丙"]
    told = repeated_told(repeated_lines(notes))
    assert len(told) == 22 and told[-1] == "  …… 另有 5 行"
