"""Drawings of Word: diagrams, charts, WordArt, text boxes, files that are all pictures."""

from __future__ import annotations

import pytest
from word_files import package, paragraph, run

from jianggao.sources.document_text import UnreadableDocument
from jianggao.sources.word import read_word

PICTURE = "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"


def drawing(inner: str) -> str:
    return f"<w:r><w:drawing><a:graphic>{inner}</a:graphic></w:drawing></w:r>"


def point(text: str, kind: str = "node") -> str:
    return f'<dgm:pt type="{kind}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'


def test_a_diagram_stands_as_lines_before_its_paragraph_once() -> None:
    shown = drawing('<dgm:relIds r:dm="diagramData"/>')
    data = f"<dgm:ptLst>{point('清淤')}{point('衬砌')}{point('布局', 'pres')}</dgm:ptLst>"
    found = read_word(
        package(paragraph(run("三步走：") + shown) + paragraph(shown + run("完。")), {"diagramData": data})
    )
    assert found.lines == ["清淤", "衬砌", "三步走：", "完。"]
    assert found.problems == ()


def test_of_a_chart_the_title_is_read_and_its_figures_are_a_problem() -> None:
    chart = "<c:chart><c:title><a:p><a:r><a:t>三年来水量</a:t></a:r></a:p></c:title></c:chart>"
    found = read_word(
        package(paragraph(drawing('<c:chart r:id="chart"/>') + run("见图。")), {"chart": chart})
    )
    assert found.lines == ["三年来水量", "见图。"]
    assert found.problems == ("第 1 自然段有图表，没有读出数字",)


def test_old_word_art_is_text() -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="春灌动员"/></v:shape></w:pict></w:r>'
    assert read_word(package(paragraph(art + run("同志们：")))).lines == ["春灌动员", "同志们："]


def test_boxes_of_both_kinds_and_in_groups_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('框里的话')}</w:txbxContent>"
    new = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:group><v:shape>{box}</v:shape><v:shape>{box}</v:shape></v:group></w:pict></w:r>"
    assert read_word(package(paragraph(new + run("外面")))).lines == ["框里的话", "外面"]
    assert read_word(package(paragraph(old + run("外面")))).lines == ["框里的话", "框里的话", "外面"]


def test_a_file_of_pictures_says_so() -> None:
    with pytest.raises(UnreadableDocument, match="主要是图片"):
        read_word(package(paragraph(PICTURE) + paragraph(PICTURE)))
    assert read_word(package(paragraph(PICTURE) + paragraph("第一页"))).problems == (
        "文档里主要是图片，图片里的文字没有读",
    )
    assert read_word(package(paragraph(PICTURE) + paragraph("渠水要到田头才算数。" * 20))).problems == ()
