"""Editors' remarks and captions within a speech."""

from __future__ import annotations

from datetime import date

import pytest
from parsed_texts import HEAD, A, B, outline, speech_of, tree

from jianggao.parsing.asides import is_aside
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.parsing.unnumbered_headings import looks_like_heading
from jianggao.sources.captions import is_signed_caption
from jianggao.text.characters import collapse_blanks

REMARKS = [
    "【编注：水量待核】",
    "【小方注：这一句可删】",
    "【编者注】",
    "【此处播放短片】",
    "【这里停一停】",
    "【本段可删】",
    "【待补充】",
    "【水费数字待核】",
    "[待补充东坡的例子]",
    "【请水利站核实亩数】",
    "【以统计站口径为准】",
    "【年底数为准】",
    "【播放修渠视频】",
    "【热烈的掌声】",
    "【原文有删节】",
    "【PPT第3页】",
    "【配图】",
]
CAPTIONS = [
    "渠首开闸（方大川 摄）",
    "渠首开闸的早晨 方大川/摄",
    "渠首开闸（资料图）",
    "渠首开闸 水利站供图",
    "渠首开闸（图片来源：水利站）",
    "▲渠首开闸",
    "图为渠首开闸",
    "图1 渠首开闸的那天早上",
    "上图：渠首开闸",
    "渠首开闸　摄影/方川",
    "渠首开闸的早晨 摄影：罗小满",
    "渠首开闸 图｜方 川",
    "渠首开闸 图/方川、罗小满",
    "渠首开闸。图：水利站",
    "图/方川",
]


@pytest.mark.parametrize("line", REMARKS)
def test_remarks_are_no_headings(line: str) -> None:
    assert is_aside(line) and not looks_like_heading(line)
    assert outline(A, line, B) == outline("一、看清路", A, line, B, "二、迈开步", A)[2:] == []


@pytest.mark.parametrize("line", CAPTIONS)
def test_captions_are_no_headings(line: str) -> None:
    line = collapse_blanks(line)
    assert is_signed_caption(line) and not looks_like_heading(line)
    assert outline(A, line, B, line, A, line, B) == []
    assert outline(A, line, "修渠的由来", B) == [(1, "", "修渠的由来")]


@pytest.mark.parametrize("picture", ["图片", "[图片]", "图片 图片", "【配图】", "[图1]", "[image]"])
def test_a_short_line_below_the_place_of_a_picture_is_no_heading(picture: str) -> None:
    lines = (A, picture, "", "开闸那天的姐妹们", B, "修渠的由来", A)
    assert outline(*lines) == [(1, "", "修渠的由来")]
    speech = speech_of(*HEAD, *lines)
    assert "开闸那天的姐妹们" in speech.text.split("\n")
    # A number proves a heading also there.
    assert [text for _, _, text in outline(A, picture, "一、看清路", B, "二、迈开步", A)] == [
        "看清路",
        "迈开步",
    ]


def test_the_word_for_a_picture_within_a_sentence_is_no_picture() -> None:
    assert outline(A + "看图片：", "修渠的由来", B, "图片里的渠", A) == [
        (1, "", "修渠的由来"),
        (1, "", "图片里的渠"),
    ]


@pytest.mark.parametrize("line", [REMARKS[0], CAPTIONS[0]])
def test_a_style_makes_none_of_them_a_heading(line: str) -> None:
    text = "\n".join([*HEAD, "修渠的由来", A, line, B])
    speech = parse(text, "a.txt", date(2026, 3, 18), {"修渠的由来": 1, line: 1})
    assert isinstance(speech, ParsedSpeech)
    assert tree(speech) == [(1, "", "修渠的由来")]


@pytest.mark.parametrize(
    "line",
    [
        "【分水的规矩】",
        "【看清路】",
        "【待人要诚】",
        "【图书馆的灯】",
        "【这里停着一条船】",
        "【本节要点】",
        "【请到田头来】",
        "图个心里踏实",
        "图一时痛快要不得",
        "拍摄渠首的那个人",
        "画好一张图：从渠首画起",
        "蓝图 图：一张画到底",
        "守好渠 图长远",
    ],
)
def test_headings_that_look_a_little_like_them(line: str) -> None:
    assert not is_aside(line) and not is_signed_caption(line)
    assert [text for _, _, text in outline(A, line, B)] == [line]
