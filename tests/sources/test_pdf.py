"""PDFs: their text, and what is said of scans, scrambled fonts, passwords and broken files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt
from pdf_files import Written, pdf_file, set_paragraphs

from jianggao.sources.document_readers import read_document
from jianggao.sources.document_text import UnreadableDocument
from jianggao.sources.files import SourceText, read_source
from jianggao.sources.kinds import FileKind
from jianggao.sources.pdf import read_pdf
from jianggao.sources.source_text import RefusedFile

FIRST = "灯会要办得热闹，更要办得平安。往年的经验是，人最多的不是灯最亮的地方，而是卖汤圆的巷口，那里最容易挤作一团。"
SECOND = "所以今年把巷口的摊位往里挪二十步，留出一条能走担架的路，值班的人站在台阶上，看得见，也喊得着。"


def test_the_lines_of_a_pdf_are_paragraphs_again(tmp_path: Path) -> None:
    page = [Written("在灯会筹备会上的讲话", 190, 790, 20), *set_paragraphs(["同志们：", FIRST, SECOND])]
    (tmp_path / "讲话.pdf").write_bytes(pdf_file([page]))
    (source,) = read_source(tmp_path / "讲话.pdf")
    assert isinstance(source, SourceText)
    assert source.text.split("\n") == ["在灯会筹备会上的讲话", "同志们：", FIRST, SECOND]
    assert (source.encoding, source.problems) == ("pdf", ())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf_file([[], []], picture=True), "是扫描件（图片），没有文字"),
        (pdf_file([[Written("— 1 —", 280, 40)]] * 3, picture=True), "是扫描件（图片），没有文字"),
        (pdf_file([[]]), "没有文字（多半转成了图形）"),
        (pdf_file([set_paragraphs([FIRST])], known=False), "乱码"),
        (pdf_file([set_paragraphs(["äöüßéèñ¢¥®µ¶" * 9])]), "乱码"),
        (pdf_file([set_paragraphs([FIRST])], locked=True), "加了密码"),
        (b"%PDF-1.4\n", "不是完好的 PDF"),
        (b"%PDF-1.7\n" + b"1 0 obj <<" * 5_000, "不是完好的 PDF"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read_pdf(content)
    refused = read_document(content, "a.pdf", FileKind.PDF)
    assert isinstance(refused, RefusedFile) and reason in refused.reason


def test_a_page_that_is_a_picture_is_named_beside_others_of_text() -> None:
    found = read_pdf(pdf_file([set_paragraphs([FIRST]), [], set_paragraphs([SECOND])], picture=True))
    assert found.problems == ("第 2 页是图片，没有读出文字",)
    assert found.lines == [FIRST, SECOND]


def test_text_whose_font_is_not_there_is_told() -> None:
    """The library passes over single characters whose width it can't know."""
    alone = [Written(letter, 90 + 12 * at, 700) for at, letter in enumerate("灯挂起来")]
    found = read_pdf(
        pdf_file([[*set_paragraphs([FIRST]), *[Written(one.text, one.left, 400) for one in alone * 30]]])
    )
    assert found.problems == ("第 1 页有些字没有读出来（PDF 里没有嵌入字体）",)


def test_cells_of_a_table_and_marks_of_lists() -> None:
    page = [
        *(Written("村名", 90, 700), Written("亩数", 200, 700), Written("时限", 320, 700)),
        *(Written("南湾", 90, 680), Written("320", 200, 680), Written("三月", 320, 680)),
        *(Written("1.", 90, 640), Written("先把灯挂稳", 130, 640)),
        *(Written("2.", 90, 620), Written("5万元灯笼", 130, 620)),
    ]
    rows = ["村名 | 亩数 | 时限", "南湾 | 320 | 三月"]
    assert read_pdf(pdf_file([page])).lines == [*rows, "1.先把灯挂稳", "2. 5万元灯笼"]


def test_room_between_chinese_and_digits_is_no_blank_and_between_words_it_is() -> None:
    page = [
        *(Written("2025", 90, 700), Written("年的灯会", 117, 700)),
        *(Written("Lantern", 90, 680), Written("Fair", 90 + 7 * 6 + 3, 680)),
    ]
    assert read_pdf(pdf_file([page])).lines == ["2025年的灯会", "Lantern Fair"]


def test_small_numbers_are_marks_of_notes_or_powers() -> None:
    page = [
        *(Written("灯会共三场", 90, 700), Written("1", 150, 705, 6), Written("，场地八百m", 153, 700)),
        *(Written("2", 219, 705, 6), Written("以上。", 222, 700)),
    ]
    assert read_pdf(pdf_file([page])).lines == ["灯会共三场[1]，场地八百m²以上。"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (libreoffice-writer-nogui)")
def test_a_pdf_that_an_office_made_is_read_as_its_source(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("在灯会筹备会上的讲话", style="Title")
    for heading in ("一、挪开巷口的摊位", "二、站上看得见的台阶"):
        document.add_heading(heading, 1)
        for at in range(9):
            words = f"第{at}件事要说的是，{FIRST}{SECOND}"
            document.add_paragraph(words).paragraph_format.first_line_indent = Pt(22)
    document.sections[0].header.paragraphs[0].text = "灯会筹备材料"
    document.save(str(tmp_path / "a.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [
            "soffice",
            "--headless",
            profile,
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "a.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    (of_word,) = read_source(tmp_path / "a.docx")
    (of_pdf,) = read_source(tmp_path / "a.pdf")
    assert isinstance(of_word, SourceText) and isinstance(of_pdf, SourceText)
    assert of_pdf.text == of_word.text
    for source in (of_word, of_pdf):
        assert [(line.text, line.reason) for line in source.dropped] == [("灯会筹备材料", "页眉、页脚")]
    assert list(of_pdf.headings) == ["一、挪开巷口的摊位", "二、站上看得见的台阶"]
