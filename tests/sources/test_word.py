"""A .docx is read as a person reads the page: list marks written out, tracked changes applied, no margins."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from jianggao.parsing.parser import parse
from jianggao.sources.files import SourceText, read_source
from jianggao.sources.word import read_word
from jianggao.sources.word_numbering import format_number

BODY = "库房里的老账本翻到最后一页，还能看见当年记账人的指印，这样的认真劲今天一点也不能少，少了就要在别处加倍补回来。"


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def add_list(document: Any, number_id: int, *levels: tuple[str, str], restart: int | None = None) -> None:
    """A list whose levels are (number format, text around the number)."""
    numbering = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number_id}">{inner}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    add_number(document, number_id, number_id, restart)


def add_number(document: Any, number_id: int, abstract_id: int, restart: int | None = None) -> None:
    override = (
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{restart}"/></w:lvlOverride>' if restart else ""
    )
    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number_id}"><w:abstractNumId w:val="{abstract_id}"/>{override}</w:num>'
        )
    )


def numbered(document: Any, text: str, number_id: int, depth: int = 0) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number_id}"/></w:numPr>'
        )
    )


def lines_of(document: Any) -> list[str]:
    return [line for line in read_word(saved(document)).lines if line.strip()]


def test_marks_of_automatic_lists_are_written_out() -> None:
    document = Document()
    add_list(
        document, 71, ("chineseCountingThousand", "%1、"), ("japaneseCounting", "（%2）"), ("decimal", "%3.")
    )
    numbered(document, "看清路", 71)
    numbered(document, "远处", 71, 1)
    numbered(document, "山", 71, 2)
    numbered(document, "水", 71, 2)
    numbered(document, "近处", 71, 1)
    numbered(document, "田", 71, 2)
    document.add_paragraph(BODY)
    numbered(document, "迈开步", 71)
    numbered(document, "左脚", 71, 1)
    assert lines_of(document) == [
        "一、看清路",
        "（一）远处",
        "1.山",
        "2.水",
        "（二）近处",
        "1.田",
        BODY,
        "二、迈开步",
        "（一）左脚",
    ]


def test_a_mark_and_the_digits_behind_it_stay_two_numbers() -> None:
    document = Document()
    add_list(document, 71, ("decimal", "%1."), ("decimal", "%2、"))
    for text, depth in (("6万元修闸", 0), ("换锁", 0), ("300块钱", 1)):
        numbered(document, text, 71, depth)
    assert lines_of(document) == ["1. 6万元修闸", "2.换锁", "1、300块钱"]


def test_lists_restart_and_go_on_as_word_counts_them() -> None:
    document = Document()
    add_list(document, 71, ("decimal", "（%1）"), ("decimal", "%1.%2"))
    add_number(document, 72, 71, restart=1)
    add_number(document, 73, 71)
    for number_id in (71, 71, 72, 72, 73):
        numbered(document, "一件", number_id)
    numbered(document, "一步", 73, 1)
    assert lines_of(document) == ["（1）一件", "（2）一件", "（1）一件", "（2）一件", "（3）一件", "3.1 一步"]


def test_bullets_and_lists_that_are_nowhere_defined_give_no_mark() -> None:
    document = Document()
    add_list(document, 71, ("bullet", "●"))
    numbered(document, "一件", 71)
    numbered(document, "两件", 999)
    numbered(document, "三件", 0)
    assert lines_of(document) == ["一件", "两件", "三件"]


def test_a_list_can_hang_on_a_style() -> None:
    document = Document()
    add_list(document, 71, ("chineseCounting", "%1、"))
    style = document.styles["Heading 1"]
    style.element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="71"/></w:numPr>')
    )
    document.add_heading("看清路", 1)
    document.add_paragraph(BODY)
    document.add_heading("迈开步", 1)
    found = read_word(saved(document))
    assert found.lines == ["一、看清路", BODY, "二、迈开步"]
    assert found.headings == {"一、看清路": 1, "二、迈开步": 1}


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (10, "chineseCounting", "十"),
        (11, "chineseCountingThousand", "十一"),
        (20, "japaneseCounting", "二十"),
        (35, "chineseCounting", "三十五"),
        (10, "ideographDigital", "一〇"),
        (2, "chineseLegalSimplified", "贰"),
        (3, "ideographTraditional", "丙"),
        (12, "decimalFullWidth", "１２"),
        (3, "decimalEnclosedCircle", "③"),
        (4, "decimalEnclosedParen", "⑷"),
        (9, "upperRoman", "IX"),
        (4, "lowerRoman", "iv"),
        (2, "upperLetter", "B"),
        (7, "decimalZero", "07"),
        (7, "somethingNew", "7"),
    ],
)
def test_number_formats(number: int, form: str, written: str) -> None:
    assert format_number(number, form) == written


def test_the_new_text_of_tracked_changes_counts() -> None:
    document = Document()
    paragraph = document.add_paragraph("渠要")._p
    paragraph.append(
        parse_xml(f"<w:del {nsdecls('w')} w:id='1'><w:r><w:delText>慢</w:delText></w:r></w:del>")
    )
    paragraph.append(parse_xml(f"<w:ins {nsdecls('w')} w:id='2'><w:r><w:t>快</w:t></w:r></w:ins>"))
    paragraph.append(parse_xml(f"<w:moveFrom {nsdecls('w')} w:id='3'><w:r><w:t>旧</w:t></w:r></w:moveFrom>"))
    paragraph.append(parse_xml(f"<w:moveTo {nsdecls('w')} w:id='4'><w:r><w:t>修。</w:t></w:r></w:moveTo>"))
    assert lines_of(document) == ["渠要快修。"]


def test_margins_hidden_text_and_field_codes_are_left_out() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    run = document.add_paragraph("看得见").add_run("看不见")
    run.font.hidden = True
    document.paragraphs[-1].add_run("的字")
    document.paragraphs[-1]._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:instrText>PAGE</w:instrText></w:r>"))
    assert lines_of(document) == ["看得见的字"]


def test_line_breaks_controls_and_boxes_keep_their_text() -> None:
    document = Document()
    document.add_paragraph("上一行").add_run().add_break()
    document.paragraphs[-1].add_run("下一行")
    body = document.element.body
    body.insert(
        1,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>控件里</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    box = f"<w:txbxContent {nsdecls('w')}><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent>"
    document.add_paragraph("框外").runs[0]._r.append(
        parse_xml(f"<w:pict {nsdecls('w')}><w:shape>{box}</w:shape></w:pict>")
    )
    assert lines_of(document) == ["上一行", "下一行", "控件里", "框里", "框外"]


def test_words_own_table_of_contents_is_left_out() -> None:
    document = Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("看清路\t1", style="toc 1")
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
            "</w:sdtPr><w:sdtContent><w:p><w:r><w:t>目录</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    document.add_paragraph("正文")
    assert lines_of(document) == ["正文"]


def test_tables_stand_where_they_stand_and_frames_are_no_tables() -> None:
    document = Document()
    document.add_paragraph("上面")
    table = document.add_table(2, 2)
    for at, text in enumerate(("村", "渠", "东坡", "三里\n半")):
        table.cell(at // 2, at % 2).text = text
    document.add_paragraph("下面")
    frame = document.add_table(1, 1).cell(0, 0)
    frame.text = "框里第一段"
    frame.add_paragraph("框里第二段")
    assert lines_of(document) == ["上面", "村 | 渠", "东坡 | 三里 半", "下面", "框里第一段", "框里第二段"]


def test_merged_cells_are_read_once() -> None:
    document = Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "合"
    table.cell(0, 1).text = "甲"
    table.cell(1, 1).text = "乙"
    assert lines_of(document) == ["合 | 甲", "| 乙"]


def test_heading_styles_make_headings_without_a_mark(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("在年中工作会上的讲话", style="Title")
    document.add_paragraph("同志们：")
    document.add_paragraph(BODY)
    document.add_heading("路", 1)
    document.add_heading("远处的路要亮", 2)
    document.add_paragraph(BODY)
    document.add_heading("步", 1)
    document.add_paragraph("短短一句。")
    document.save(str(tmp_path / "a.docx"))
    source = read_source(tmp_path / "a.docx")[0]
    assert isinstance(source, SourceText)
    speech = parse(source.text, source.path, date(2026, 3, 18), source.headings)
    assert not isinstance(speech, str)
    assert [(h.level, h.mark, h.text) for h in speech.headings] == [
        (1, "", "路"),
        (2, "", "远处的路要亮"),
        (1, "", "步"),
    ]


def test_an_outline_level_of_the_paragraph_counts_as_a_style() -> None:
    document = Document()
    document.add_paragraph("看清路")._p.get_or_add_pPr().append(
        parse_xml(f"<w:outlineLvl {nsdecls('w')} w:val='1'/>")
    )
    document.add_paragraph("正文")._p.get_or_add_pPr().append(
        parse_xml(f"<w:outlineLvl {nsdecls('w')} w:val='9'/>")
    )
    assert document.element.body.find(qn("w:p")) is not None
    assert read_word(saved(document)).headings == {"看清路": 2}


@pytest.mark.parametrize("odd", ["፩", "①", "-1", "one", "9" * 4_301])
def test_numbers_that_are_none_cost_no_text(odd: str) -> None:
    document = Document()
    add_list(document, 70, ("decimal", "%1."))
    paragraph = document.add_paragraph("正文在这里")
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{odd}"/><w:numId w:val="70"/></w:numPr>')
    )
    properties.append(parse_xml(f"<w:outlineLvl {nsdecls('w')} w:val='{odd}'/>"))
    numbering = document.part.numbering_part.element
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="71"><w:abstractNumId w:val="70"/><w:lvlOverride w:ilvl="{odd}">'
            f'<w:startOverride w:val="3"/></w:lvlOverride></w:num>'
        )
    )
    assert any("正文在这里" in line for line in lines_of(document))
