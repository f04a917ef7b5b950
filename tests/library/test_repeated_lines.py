"""Doubtful lines that repeat over checked files are told once, and trouble nobody file by file."""

from __future__ import annotations

from doubtful_texts import CUSTOM, OFFER, ONLY_FOR

from jianggao.library.reading_notes import NotedLine, ReadingNote
from jianggao.library.repeated_lines import (
    RepeatedLine,
    TextEdges,
    repeated_lines,
    repeated_told,
    with_repeated,
)
from jianggao.text.normal_form import normal_form


def text(title: str, *doubtful: str) -> ReadingNote:
    return ReadingNote(
        f"{title}.txt", title=title, characters=900, headings=1, doubtful=tuple(map(NotedLine, doubtful))
    )


def edges(*notes: ReadingNote) -> list[TextEdges]:
    return [TextEdges(note.path, note.title, [line.written for line in note.doubtful]) for note in notes]


def test_three_texts_make_a_line_a_notice_and_two_do_not() -> None:
    notes = [text("晒谷", OFFER), text("渡口", OFFER, ONLY_FOR), text("夜校", OFFER, ONLY_FOR)]
    repeated = repeated_lines(edges(*notes))
    assert repeated == {normal_form(OFFER): RepeatedLine(OFFER, 3, True)}
    assert with_repeated(notes[0], (), repeated).urgency == 0
    assert [line.written for line in with_repeated(notes[1], (), repeated).doubtful] == [ONLY_FOR]
    assert repeated_told(repeated) == [
        "几篇都有的行（1），导入时当作广告去掉：",
        f"  “{OFFER}”（3 篇）",
    ]


def test_drafts_of_one_speech_and_customary_closings_make_none() -> None:
    assert repeated_lines(edges(*[text("晒谷", OFFER)] * 5)) == {}
    assert repeated_lines(edges(*(text(title, CUSTOM) for title in "甲乙丙丁"))) == {}
    assert repeated_lines(edges(*(text(f"村史讲稿{title}", "村史讲稿") for title in "甲乙丙丁"))) == {}
    assert repeated_told({}) == []


def test_many_lines_are_cut_short() -> None:
    notes = [text(title, *(f"{OFFER}{line}" for line in range(25))) for title in "甲乙丙"]
    told = repeated_told(repeated_lines(edges(*notes)))
    assert len(told) == 22 and told[-1] == "  …… 另有 5 行"


def test_a_line_taken_for_the_title_of_several_texts_is_one_of_them() -> None:
    texts = [TextEdges(f"{name}.txt", "听雨轩伴您登台", ("听雨轩伴您登台",)) for name in "甲乙丙"]
    assert [line.texts for line in repeated_lines(texts).values()] == [3]
    assert repeated_lines(texts[:2]) == {}


def test_a_repeated_line_without_a_vendor_is_told_in_each_text_as_in_doubt() -> None:
    motto = "写字人的炉边"
    texts = [TextEdges(f"{name}.txt", name, (motto,)) for name in "甲乙丙"]
    repeated = repeated_lines(texts)
    assert list(repeated) == [motto] and repeated_told(repeated) == []
    assert with_repeated(text("甲"), (motto,), repeated).doubtful == (NotedLine(motto),)
    assert with_repeated(text("甲"), (motto,), {}).doubtful == ()
