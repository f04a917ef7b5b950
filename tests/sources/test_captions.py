"""Captions of pictures: sure ones go and are told, others are text, and none is a heading."""

from __future__ import annotations

from datetime import date

import pytest
from page_texts import FIRST, SECOND, THIRD, TITLE

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.read_sources import parse_source
from jianggao.sources.captions import is_signed_caption, may_be_caption
from jianggao.sources.html_pages import html_text
from jianggao.sources.markdown import read_markdown
from jianggao.sources.markup import MarkupText
from jianggao.sources.source_text import SourceText

SURE = [
    "看渠的人们（方川 摄）",
    "看渠的人们（方川　摄影）",
    "看渠的人们（县融媒体中心供图）",
    "（资料图）",
    "▲看渠的人们",
    "图为看渠的人们。方川/摄",
    "图为方守渠在渠边讲话。",
    "渠边的灯（图源：青禾水务）",
    "看渠的人们 方川 摄",
    "看渠的人们　摄影/方川",
    "看渠的人们 图：方川",
]


def page_with(caption: str) -> MarkupText:
    return html_text(
        f'<h1>{TITLE}</h1><p>各位乡亲：</p><p>{FIRST}</p><p><img src="a.jpg"></p>'
        f'<p style="text-align:center"><span>{caption}</span></p><p>{SECOND}</p><p>{THIRD}</p>'
    )


def markdown_with(caption: str, between: str = "\n\n") -> MarkupText:
    return read_markdown(
        f"# {TITLE}\n\n各位乡亲：\n\n{FIRST}\n\n![图](a.jpg){between}{caption}\n\n{SECOND}\n\n{THIRD}\n"
    )


def speech_of(text: MarkupText) -> ParsedSpeech:
    source = SourceText("a.md", text.text, "utf-8", text.headings, (), tuple(text.dropped))
    parsed = parse_source(source, date(2026, 3, 18))[0].parsed
    assert isinstance(parsed, ParsedSpeech)
    return parsed


@pytest.mark.parametrize("caption", SURE)
def test_a_sure_caption_goes_and_is_told(caption: str) -> None:
    for text in (page_with(caption), markdown_with(caption), markdown_with(caption, "\n")):
        speech = speech_of(text)
        assert caption.replace("　", " ") in [line.replace("　", " ") for line in speech.removed]
        assert speech.removed_because == ("图片说明",)
        assert "看渠的人们" not in speech.text and FIRST in speech.text and SECOND in speech.text


def test_a_line_that_may_be_a_caption_is_text_and_no_heading() -> None:
    for text in (
        page_with("方守渠在渠边"),
        markdown_with("方守渠在渠边"),
        markdown_with("方守渠在渠边", "\n"),
    ):
        speech = speech_of(text)
        assert "方守渠在渠边" in speech.text
        assert speech.headings == () and speech.removed == ()


def test_a_heading_below_a_picture_stays_one() -> None:
    for heading in ("<strong>再清账目</strong>", "<b>二、再清账目</b>"):
        speech = speech_of(page_with(heading))
        assert [found.text for found in speech.headings] == ["再清账目"]
    assert [found.text for found in speech_of(markdown_with("**再清账目**")).headings] == ["再清账目"]


def test_captions_that_the_page_calls_so() -> None:
    figure = "<figure>{}<figcaption>看渠的人们</figcaption></figure>"
    page = f"<h1>{TITLE}</h1><p>{FIRST}</p>{{}}<p>{SECOND}</p>"
    pictured = html_text(page.format(figure.format('<img src="a.jpg">')))
    assert "看渠的人们" not in pictured.text
    assert [(line.text, line.reason) for line in pictured.dropped] == [("看渠的人们", "图片说明")]
    # The source of a quotation, the name of a table.
    quoted = html_text(page.format(figure.format("<blockquote>水利万物。</blockquote>")))
    assert "看渠的人们" in quoted.text and quoted.dropped == []


def test_a_paragraph_without_a_picture_above_it_is_no_caption() -> None:
    page = f"<h1>{TITLE}</h1><p>{FIRST}</p><p>▲看渠的人们</p><p>{SECOND}</p>"
    assert "▲看渠的人们" in html_text(page).text
    assert not is_signed_caption(FIRST) and not may_be_caption(FIRST)
