"""A writer's own notes below a speech: they stay, are told, and head nothing."""

from __future__ import annotations

from datetime import date

import pytest
from parsed_texts import HEAD, TODAY, A, B, outline, speech_of, tree

from jianggao.parsing.known_notices import KnownNotices
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.parsing.writers_notes import writers_notes
from jianggao.text.normal_form import normal_form

BODY = ("一、看清路", A, "二、迈开步", B, "谢谢大家！")
SIGNED = ("罗小满", "二〇二五年四月二日")
NOTES = [
    ("待办", "1. 亩数找水利站核一遍", "2. 送方站长过目"),
    ("待办：", "亩数找水利站核一遍", "渠史要问老支书"),
    ("待办：亩数找水利站核一遍",),
    ("【待核数据】", "亩数", "渠长（42？43？）"),
    ("我的批注", "- 修渠一段太长，念的时候跳过去", "- 古语查出处"),
    ("小方的批注：", "修渠一段太长"),
    ("修改记录", "3月1日 初稿", "3月4日 方站长改第二段"),
    ("领导修改意见：", "第二段再压一压。"),
    ("## 版本历史", "v1 老方起草", "v2 站长改过"),
    ("TODO", "- [ ] 亩数（42？43？）", "- [x] 送站长"),
    ("To do list:", "亩数"),
    ("备忘", "话筒要试音"),
    ("备注：", "渠史一段等老支书看"),
    ("【备注】渠长请水利站核实",),
    ("—— 改稿说明 ——", "例子换成东坡的"),
    ("待办：", "亩数", "修改意见", "第二段再压一压"),
]


@pytest.mark.parametrize("notes", NOTES)
def test_notes_at_the_end_stay_and_are_told_and_head_nothing(notes: tuple[str, ...]) -> None:
    speech = speech_of(*HEAD, *BODY, *SIGNED, *notes)
    assert speech.doubtful == notes
    assert speech.removed == ()
    assert [text for _, _, text in tree(speech)] == ["看清路", "迈开步"]
    assert (speech.date, speech.date_origin) == (date(2025, 4, 2), "at the end")


def test_notes_that_the_source_sets_as_a_heading() -> None:
    text = "\n".join([*HEAD, *BODY, "待办", "亩数找水利站核一遍"])
    speech = parse(text, "a.txt", TODAY, {"待办": 2, "一、看清路": 2, "二、迈开步": 2})
    assert isinstance(speech, ParsedSpeech)
    assert [text for _, _, text in tree(speech)] == ["看清路", "迈开步"]
    assert speech.doubtful == ("待办", "亩数找水利站核一遍")


def test_footnotes_and_a_signature_below_them_are_none() -> None:
    body = (A + "[1]", B, "待办", "亩数", "[1] 见《渠水志》。")
    assert writers_notes(body, lambda line: False) == range(2, 4)
    speech = speech_of(*HEAD, *BODY, "待办：", "亩数", *SIGNED)
    assert speech.doubtful == ("待办：", "亩数")
    assert speech.date == date(2025, 4, 2)


def test_a_note_that_the_speech_has_too_is_not_told() -> None:
    assert speech_of(*HEAD, "看清路", B, "待办", "看清路", "亩数").doubtful == ("待办", "亩数")


def test_what_the_operator_says_of_the_label_counts_more() -> None:
    known = KnownNotices(kept=frozenset({normal_form("待办")}))
    speech = parse("\n".join([*HEAD, B, "待办", "亩数"]), "a.txt", TODAY, None, known)
    assert isinstance(speech, ParsedSpeech)
    assert speech.doubtful == ()


@pytest.mark.parametrize(
    "body",
    [
        ("一、待办事项清零", A, "二、备注栏要写满", B, "三、修改意见要听得进", "少说话。"),
        ("待办事项清零", "说到就要做到。"),
        ("四、修改意见", "说到就要做到。"),
        ("待办", A),
        ("待办", "亩数", B),
        ("墙上贴着两个字：", "待办"),
        ("备注", "同志们，干吧！"),
        ("修改意见", "谢谢大家！"),
        ("备注",),
        ("备注：以上亩数截至六月底。",),
        ("序号 | 备注", "1 | 待办", "2 | 待核"),
        ("批注是读书人的老办法", "看得细，才写得下。"),
    ],
)
def test_what_is_no_block_of_notes(body: tuple[str, ...]) -> None:
    assert not writers_notes((A, *body), lambda line: False)
    assert speech_of(*HEAD, B, *body).doubtful == ()


def test_headings_of_a_speech_with_such_words_stay() -> None:
    headings = outline("一、待办事项清零", A, "二、备注栏要写满", B, "三、修改意见要听得进", A)
    assert [text for _, _, text in headings] == ["待办事项清零", "备注栏要写满", "修改意见要听得进"]
    assert outline(A, "待办事项清零", B) == [(1, "", "待办事项清零")]


@pytest.mark.parametrize(
    "spoken",
    [
        ("今年的待办", "第一，东坡通水。", "第二，水表换新。", "第三，秋前验收。"),
        ("修改记录", "三月一日，改了两处。", "三月三日，改了五处。", "这就是老档案员留下的话。"),
        ("待办", "东坡要通水。", "南坡要修路。"),
    ],
)
def test_whole_sentences_below_such_a_word_are_the_speakers(spoken: tuple[str, ...]) -> None:
    assert speech_of(*HEAD, *BODY, *spoken).doubtful == ()
