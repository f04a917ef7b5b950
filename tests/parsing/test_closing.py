"""Where a closing begins, and the notes behind a speech."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, TODAY, A, B, outline, speech_of, tree

from jianggao.parsing.closing import closing_paragraph, notes_paragraph
from jianggao.parsing.headings import find_headings
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse


def closing_of(*body: str, salutation: str = "同志们：") -> int | None:
    return closing_paragraph(body, find_headings(body), salutation)


@pytest.mark.parametrize("last", ["同志们，干吧。" + A, "让我们一起把渠守好。" + A, "最后，祝大家丰收。" + A])
def test_a_closing_turns_to_the_audience_or_says_a_word_that_closes(last: str) -> None:
    assert closing_of("一、看清路", A, "二、迈开步", B, last) == 4


def test_there_is_none_without_headings_or_directly_below_one() -> None:
    assert closing_of(A, "同志们，干吧。" + A) is None
    assert closing_of("一、看清路", A, "二、迈开步", "同志们，干吧。" + A) is None
    assert closing_of("一、看清路", A, "二、迈开步", B, "谢谢大家！") is None


def test_a_call_that_goes_on_with_the_point_is_no_closing() -> None:
    assert closing_of("一、看清路", A, "二、迈开步", B, "同志们，账的事我多说几句。", B + A, A + B) is None
    # What follows is the end, or the call is a line of its own, or it sums up.
    assert closing_of("一、看清路", A, "二、迈开步", B, "同志们，天不早了。", B + A, "走吧！") == 4
    assert closing_of("一、看清路", A, "二、迈开步", B, "同志们：", B + A, A + B) == 4
    assert closing_of("一、看清路", A, "二、迈开步", B, "同志们，要做的就这三件。", B + A, A + B) == 4
    assert closing_of("一、看清路", A, "二、迈开步", B, "同志们，今天的会开得好。", B + A, A + B) == 4
    # The next call is the last.
    more = ("同志们，账的事我多说几句。", B + A, A + B, "同志们，干吧。")
    assert closing_of("一、看清路", A, "二、迈开步", B, *more) == 7


@pytest.mark.parametrize("who", ["校长　方大川", "护渠员 方 大 川", "（主席台上）"])
def test_a_call_below_a_heading_and_a_short_line_is_the_text_of_the_heading(who: str) -> None:
    assert closing_of("一、看清路", A, "二、迈开步", who, "同志们，我来收个尾。", A) is None


def test_dots_below_a_heading_stand_for_its_text() -> None:
    assert closing_of("一、看清路", A, "二、迈开步", "……", "同志们，会就开到这里。") == 4


@pytest.mark.parametrize("call", ["弟兄们", "诸位乡亲", "家人们", "伙伴们"])
def test_other_calls_close_too(call: str) -> None:
    assert closing_of("一、看清路", A, "二、迈开步", B, f"{call}，干吧。" + A) == 4


def test_notes_begin_with_their_word_or_are_explanations_in_a_row() -> None:
    notes = ("1.老旧渠：指四十年以上的渠。", "2.水账：指一年的用水记录。", "3.闸口：指分水的地方。")
    assert notes_paragraph([A, B, A, "附注：", *notes[:1]]) == 3
    assert notes_paragraph([A, B, A, *notes]) == 3
    assert notes_paragraph([A, B, A, *notes[:2]]) == 5


@pytest.mark.parametrize("mark", ["[1]", "〔1〕", "①"])
def test_a_note_has_its_mark_in_the_text(mark: str) -> None:
    note = f"{mark}老旧渠，指四十年以上的渠。"
    assert notes_paragraph([A, f"老旧渠{mark}要先修。" + B, note]) == 2
    assert notes_paragraph([A, B, note]) == 3


def test_entries_of_notes_are_no_headings() -> None:
    body = ("一、看清路", "老旧渠[1]和水账[2]都要看清。" + A, "二、迈开步", B)
    notes = ("[1] 老旧渠，指四十年以上的渠。" + A, "[2] 水账，指一年的用水记录。" + B)
    assert [mark for _, mark, _ in outline(*body, *notes)] == ["一、", "二、"]
    speech = speech_of(*HEAD, *body, *notes)
    assert speech.body(speech.sections[-1]).startswith("[1]")
    assert [mark for _, mark, _ in outline("[1]看清路。" + A, "[2]迈开步。" + B)] == ["[1]", "[2]"]
    assert tree(speech)[-1] == (1, "二、", "迈开步")


@pytest.mark.parametrize(
    "note",
    [
        "[1] 见《渠水县志》第3页。",
        "①数据来自水利站。",
        "② 引自方大川的工作笔记。",
        "〔2〕《松坪水利志》1987年版。",
    ],
)
def test_a_line_at_the_end_that_says_where_something_is_from_is_a_note(note: str) -> None:
    body = [A, B, A, note]
    assert notes_paragraph(body) == 3
    assert outline(B, A, note) == []
    # Between paragraphs it is none, and a heading can begin like one.
    assert notes_paragraph([A, note, B, A]) == 4
    assert notes_paragraph([A, B, A, "①数一数渠上有几道闸"]) == 4


@pytest.mark.parametrize(
    "above", ["参考文献", "主要参考文献：", "【参考资料】", "思考题", "课后思考：", "讨论题"]
)
@pytest.mark.parametrize(
    "entries",
    [["[1] 县水利志编写组：《渠水志》。", "[2] 方大川：《账本》。"], ["1. 水往哪里去？", "2.谁来守？"]],
)
def test_sources_and_questions_at_the_end_are_no_headings(above: str, entries: list[str]) -> None:
    entries = [*entries, "（授课时间：2025年3月18日）"]
    assert notes_paragraph([A, B, A, B, above, *entries]) == 4
    speech = speech_of(
        "让水听话", "各位学员：", f"一、看水。{A}", B, "二、看渠", A + B, "三、看人", A, above, *entries
    )
    assert [heading.text for heading in speech.headings] == ["看水", "看渠", "看人"]
    assert speech.text.endswith("\n".join([A, above, *entries]) + "\n")


def test_questions_and_then_sources() -> None:
    body = [A, B, A, B, A, "思考题", "1. 水往哪里去？", "参考文献", "[1] 方大川：《账本》。"]
    assert notes_paragraph(body) == 5


def test_words_behind_sources_go_on_with_the_speech() -> None:
    body = [A, B, A, "参考文献", "[1] 方大川：《账本》。", B]
    assert notes_paragraph(body) == len(body)


def test_an_attachment_in_a_headings_style_is_a_heading() -> None:
    body = [A, "附：回去要做的事", B]
    assert notes_paragraph(body) == 1
    assert notes_paragraph(body, {1}) == 3
    text = "\n".join([*HEAD, "一、看清路", *body])
    for styled, expected in (({}, ["看清路"]), ({"附：回去要做的事": 1}, ["看清路", "附：回去要做的事"])):
        speech = parse(text, "a.txt", TODAY, styled)
        assert isinstance(speech, ParsedSpeech)
        assert [title for _, _, title in tree(speech)] == expected


@pytest.mark.parametrize("note", ["[1] 本文是作者在渠首开闸仪式上的讲话。", "① 此文系根据渠水站的录音整理。"])
def test_a_note_on_the_whole_text_is_no_heading(note: str) -> None:
    assert notes_paragraph([A, B, A, note]) == 3
    assert speech_of(*HEAD, A, B, A, note).headings == ()
    assert notes_paragraph([A, B, A, note.replace("本文", "水文").replace("此文", "水文")]) == 4
