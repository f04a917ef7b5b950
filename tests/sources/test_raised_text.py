"""Raised and lowered numbers keep their place in every kind of document."""

from __future__ import annotations

import pytest
from odt_files import odt_file, p
from pdf_files import Written, pdf_file
from word_files import package, paragraph, run

from jianggao.sources.html_pages import fragment_text
from jianggao.sources.markdown_inline import inline_text
from jianggao.sources.odt import read_odt
from jianggao.sources.pdf import read_pdf
from jianggao.sources.raised_text import (
    LOWERED,
    RAISED,
    marked,
    settled,
    sign_of_position,
    without_small_tags,
)
from jianggao.sources.rtf import read_rtf
from jianggao.sources.word import read_word

WRITTEN = "林场管着3×10⁴亩松林，一年吸走的CO₂够装满八千m³的窑。"
TAGGED = "林场管着3×10<sup>4</sup>亩松林，一年吸走的CO<sub>2</sub>够装满八千m<sup>3</sup>的窑。"


def up(text: str) -> str:
    return marked(text, RAISED)


@pytest.mark.parametrize(
    ("marked_text", "written"),
    [
        (f"每毫升10{up('-')}{up('1')}{up('2')}克", "每毫升10⁻¹²克"),
        (f"Ca{up('2+')}和SO{marked('4', LOWERED)}{up('2-')}", "Ca²⁺和SO₄²⁻"),
        (f"松林要管好。{up('1')}再说窑。{up('[2]')}", "松林要管好。[1]再说窑。[2]"),
        (f"“管好”{up('1,3')}，松林{up('①')}", "“管好”[1,3]，松林①"),
        (f"{up('1')}林场的数。", "[1] 林场的数。"),
        (f"{up('14')}C测得的年头", "¹⁴C测得的年头"),
        (f"第21{up('st')}届，a{up('n')}", "第21st届，an"),
        (f"整句都抬高了{up('2025年的松林')}", "整句都抬高了2025年的松林"),
        (f"没有合上的{RAISED}4", "没有合上的⁴"),
    ],
)
def test_numbers_are_small_and_all_else_stays(marked_text: str, written: str) -> None:
    assert settled(marked_text) == written


def test_where_numbers_behind_words_are_notes_units_have_powers_all_the_same() -> None:
    text = f"松林{up('1')}有八十里{up('2')}"
    assert settled(text, notes_behind_words=True) == "松林[1]有八十里²"
    assert settled(text) == "松林¹有八十里²"


def test_a_page_and_what_is_pasted_from_one() -> None:
    assert fragment_text(f"<p>{TAGGED}</p>").text == WRITTEN + "\n"
    assert fragment_text('<p>10<span style="vertical-align: super">4</span>亩。<sup>1</sup></p>').text == (
        "10⁴亩。[1]\n"
    )
    assert without_small_tags(TAGGED) == inline_text(TAGGED) == WRITTEN
    assert inline_text("10^4^亩，H~2~O，~~旧~~") == "10⁴亩，H₂O，旧"


def test_word() -> None:
    raised, lowered = ('<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>')
    body = run("林场管着3×10") + run("4", raised) + run("亩松林，一年吸走的CO") + run("2", lowered)
    body += run("够装满八千m") + run("3", raised) + run("的窑。")
    assert read_word(package(paragraph(body))).lines == [WRITTEN]


def test_rich_text_that_sets_digits_above_and_below_the_line() -> None:
    body = (
        r"{\rtf1\ansi 10{\up8\fs14 4} m, CO{\dn4 2}, 10\up6 6\up0  m, H\dn 2\plain O, {\up 2}2 men.{\fs12\up9 1}\par"
        r"{\fs20\up2 12} months, x {\dn1 12} months\par}"
    )
    assert read_rtf(body.encode()).lines == ["10⁴ m, CO₂, 10⁶ m, H₂O, 22 men.[1]", "12 months, x 12 months"]


def test_rich_text() -> None:
    body = r"{\rtf1\ansi 10{\super 4} m, CO{\sub 2}, 10\super 6\nosupersub  m, H\sub 2\plain O\par}"
    assert read_rtf(body.encode()).lines == ["10⁴ m, CO₂, 10⁶ m, H₂O"]


def test_opendocument() -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties'
        f' style:text-position="{place}"/></style:style>'
        for name, place in (("up", "super 58%"), ("down", "-33% 58%"))
    )
    inner = TAGGED.replace("<sup>", '<text:span text:style-name="up">')
    inner = inner.replace("<sub>", '<text:span text:style-name="down">')
    inner = inner.replace("</sup>", "</text:span>").replace("</sub>", "</text:span>")
    assert read_odt(odt_file(p(inner), styles)).lines == [WRITTEN]
    assert [sign_of_position(place) for place in ("33% 58%", "0% 100%", "")] == [RAISED, "", ""]


def test_pdf() -> None:
    page = [
        *(Written("松林10", 90, 700), Written("4", 126, 705, 6), Written("亩，吸走CO", 129, 700)),
        *(Written("2", 189, 698, 6), Written("不少。", 192, 700)),
    ]
    assert read_pdf(pdf_file([page])).lines == ["松林10⁴亩，吸走CO₂不少。"]
