"""What stands in an official document and in its file, read back by python-docx."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from hypothesis import given
from hypothesis import strategies as st
from official_documents import NOTICE, SPEECH, attribute, make, reopen
from speech_blocks import lines_of, speech_in

from jianggao.documents import official_parts
from jianggao.documents.blocks import Block
from jianggao.documents.official import official_document
from jianggao.sources.files import SourceText, read_source

PARTS = {
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
    "word/_rels/document.xml.rels",
    "word/document.xml",
    "word/even.xml",
    "word/fontTable.xml",
    "word/odd.xml",
    "word/settings.xml",
    "word/styles.xml",
}


@pytest.fixture(scope="module")
def document() -> Opened:
    return reopen(make())


def paragraph_with(document: Opened, text: str) -> Paragraph:
    (found,) = [paragraph for paragraph in document.paragraphs if paragraph.text.startswith(text)]
    return found


# --- paragraphs ---------------------------------------------------------------------------------------------------


def test_headings_are_real_ones(document: Opened) -> None:
    headings = [
        (p.style.name, p.text) for p in document.paragraphs if p.style and p.style.name.startswith("Heading")
    ]
    assert headings == [
        ("Heading 1", "一、认清账本，知道为什么修"),
        ("Heading 1", "二、分清轻重，知道先修哪里"),
        ("Heading 2", "（一）先修卡脖子的闸"),
        ("Heading 2", "（二）再修漏水的段"),
    ]


def test_only_the_first_sentence_is_set_as_a_run_in_heading(document: Opened) -> None:
    paragraph = paragraph_with(document, "一是渠老了。")
    assert paragraph.style is not None and paragraph.style.name == "Body Text"
    lead, rest = paragraph.runs
    assert (lead.text, lead.style.name) == ("一是渠老了。", "heading 3 Char")
    assert rest.text.startswith("全县×公里干渠") and rest.style.name == "Default Paragraph Font"
    heading, character = document.styles["Heading 3"].element, document.styles["heading 3 Char"].element
    assert attribute(heading, "w:link", "w:val") == character.styleId
    assert attribute(character, "w:link", "w:val") == heading.styleId


def test_marks_of_both_scripts_are_set_in_the_chinese_font(document: Opened) -> None:
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    assert runs
    assert {run._r.rPr.rFonts.get(qn("w:hint")) for run in runs} == {"eastAsia"}


def test_the_notice_stands_at_the_head_and_the_end(document: Opened) -> None:
    first, last = document.paragraphs[0], document.paragraphs[-1]
    assert first.text == last.text == NOTICE
    assert first.style is not None and last.style is not None
    assert (first.style.name, last.style.name) == ("声明", "文末声明")
    assert first.style.element.xpath("w:pPr/w:pBdr/w:bottom") and last.style.element.xpath(
        "w:pPr/w:pBdr/w:top"
    )


def test_each_line_of_a_notice_is_a_paragraph_and_none_is_none() -> None:
    several = reopen(official_document([Block("text", "正文")], title="", notice="甲\n\n乙\n"))
    assert [p.text for p in several.paragraphs] == ["甲", "乙", "正文", "甲", "乙"]
    none = reopen(official_document([Block("text", "正文")], title="", notice=""))
    assert [p.text for p in none.paragraphs] == ["正文"]


def test_an_empty_line_parts_the_front_from_the_body() -> None:
    front = [Block("title", "讲话"), Block("line", "3月1日"), Block("line", "某人")]
    document = reopen(official_document([*front, Block("text", "正文")], title="", notice=""))
    after = [paragraph.paragraph_format.space_after for paragraph in document.paragraphs]
    assert after == [None, None, document.styles["Normal"].paragraph_format.line_spacing, None]


def test_an_editors_note_is_set_as_a_paragraph_and_a_date_in_the_middle() -> None:
    note = "编者按：这篇讲话印发以后，各村照着做了三个月，竹坪村做得最早，别处的干部都来看过。"
    lines = [Block("line", "（2025年4月2日）"), Block("line", note)]
    document = reopen(official_document([Block("title", "讲话"), *lines], title="", notice=""))
    _, date, paragraph = document.paragraphs
    assert (date.style.name, date.style.paragraph_format.alignment) == ("Subtitle", WD_ALIGN_PARAGRAPH.CENTER)
    assert paragraph.style.name == "编者按"
    assert paragraph.style.paragraph_format.alignment != WD_ALIGN_PARAGRAPH.CENTER


def test_a_title_of_two_lines_is_drawn_in_evenly() -> None:
    title = "在全市优化营商环境暨民营经济高质量发展大会上的讲话"
    document = reopen(official_document([Block("title", title)], title=title, notice=""))
    layout = document.paragraphs[0].paragraph_format
    (section,) = document.sections
    room = section.page_width - section.left_margin - section.right_margin
    assert layout.left_indent is not None and layout.left_indent == layout.right_indent
    assert (room - 2 * layout.left_indent) // Pt(22) == 14  # 在全市优化营商环境暨民营经济


def test_the_paragraphs_are_the_text(document: Opened) -> None:
    assert [p.text for p in document.paragraphs] == [NOTICE, *lines_of(SPEECH.text), NOTICE]


def test_the_library_reads_its_own_document(tmp_path: Path) -> None:
    (tmp_path / "讲话.docx").write_bytes(make())
    (source,) = read_source(tmp_path / "讲话.docx")
    assert isinstance(source, SourceText)
    again = speech_in(source.text)
    assert (again.text, again.title, again.headings) == (SPEECH.text, SPEECH.title, SPEECH.headings)


# --- the file -----------------------------------------------------------------------------------------------------


def test_properties_tell_the_title_alone(document: Opened) -> None:
    properties = document.core_properties
    assert properties.title == SPEECH.title
    for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category", "version"):
        assert getattr(properties, name) == "", name
    assert properties.created is properties.modified is properties.last_printed is None


def test_no_trace_of_when_and_by_what_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(make())) as archive:
        assert set(archive.namelist()) == PARTS
        assert archive.testzip() is None
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(archive.read(name) for name in PARTS)
    assert not re.search(rb"python|rsid|dcterms|Application", everything)


def test_the_same_speech_gives_the_same_bytes() -> None:
    first = make()
    official_parts.fixed_parts.cache_clear()
    assert make() == first


KINDS = st.sampled_from(["title", "line", "salutation", "text"])
CHARACTERS = st.text(
    st.characters(exclude_categories=[]), max_size=80
)  # surrogates and control characters too
ODD = st.one_of(
    CHARACTERS, st.sampled_from(["", "\x00", "\ud800", "\ufffe", "a\tb", "]]>", "<w:p>&", "×" * 500, " 讲 "])
)
HEADINGS = ODD.flatmap(
    lambda text: st.builds(
        Block, st.just("heading"), st.just(text), st.integers(1, 4), st.integers(0, max(0, len(text) - 1))
    )
)


@given(
    blocks=st.lists(st.one_of(st.builds(Block, KINDS, ODD), HEADINGS), max_size=6),
    title=ODD,
    notice=ODD,
)
def test_any_text_makes_a_document(blocks: list[Block], title: str, notice: str) -> None:
    document = reopen(official_document(blocks, title=title, notice=notice))
    kept = [re.sub("[^\t -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", block.text) for block in blocks]
    head = (len(document.paragraphs) - len(kept)) // 2
    assert [p.text for p in document.paragraphs[head : head + len(kept)]] == kept
