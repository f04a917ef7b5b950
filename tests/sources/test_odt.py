"""OpenDocument texts as lines: headings, notes, tables, boxes, what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from odt_files import flat_odt, odt_file, p

from jianggao.sources.document_text import DocumentTooLarge, UnreadableDocument
from jianggao.sources.files import SourceText, read_source
from jianggao.sources.odt import read_odt

WORDS = "麦场上的灯亮到后半夜，脱粒机一停，全村都听得见蛐蛐叫。"


def lines_of(body: str, styles: str = "") -> list[str]:
    return read_odt(odt_file(body, styles)).lines


@pytest.mark.parametrize("suffix", [".odt", ".fodt", ".doc"])
def test_packed_and_flat_files_are_read_by_their_bytes(tmp_path: Path, suffix: str) -> None:
    body = p("在夏收会上的讲话") + p(WORDS)
    content = flat_odt(body).encode() if suffix == ".fodt" else odt_file(body)
    (tmp_path / f"a{suffix}").write_bytes(content)
    (source,) = read_source(tmp_path / f"a{suffix}")
    assert isinstance(source, SourceText)
    assert (source.text, source.encoding) == (f"在夏收会上的讲话\n{WORDS}", "odt")


def test_headings_blanks_breaks_and_spans() -> None:
    body = '<text:h text:outline-level="2">颗粒<text:span>归</text:span>仓</text:h>' + p(
        'a\n  b<text:s text:c="2"/>c<text:tab/>d<text:line-break/>e'
    )
    found = read_odt(odt_file(body))
    assert found.lines == ["颗粒归仓", "a b  c\td", "e"]
    assert found.headings == {"颗粒归仓": 2}


def test_notes_stand_behind_the_text() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>{}</text:p></text:note-body></text:note>"
    )
    body = p("夏收讲话" + note.format("录音整理。")) + p("亩产" + note.format("按晒干后计。") + "八百斤。")
    assert lines_of(body) == ["夏收讲话", "亩产[2]八百斤。", "[1] 录音整理。", "[2] 按晒干后计。"]


def test_what_nobody_sees_is_left_out() -> None:
    hidden = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>删了</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        + "<text:table-of-content><text:index-body><text:p>目录</text:p></text:index-body></text:table-of-content>"
        + p(
            '看<text:span text:style-name="H">不见</text:span>得见'
            "<office:annotation><text:p>批注</text:p></office:annotation>"
        )
        + p("整段不见", "H")
        + '<text:section text:display="none"><text:p>整节不见</text:p></text:section>'
    )
    assert lines_of(body, hidden) == ["看得见"]


def test_tables_are_rows_of_cells() -> None:
    def cell(inner: str, more: str = "") -> str:
        return f"<table:table-cell{more}>{p(inner)}</table:table-cell>"

    covered = "<table:covered-table-cell/>"
    rows = [
        cell("村") + cell("亩数") + cell("时限"),
        cell("南湾") + '<table:table-cell table:number-columns-repeated="1"/>' + cell("3月20日"),
        cell("合计", ' table:number-columns-spanned="2"') + covered + cell("60"),
        cell("全表说明", ' table:number-columns-spanned="3"') + covered * 2,
    ]
    table = (
        f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>"
    )
    assert lines_of(table) == ["村 | 亩数 | 时限", "南湾 | | 3月20日", "合计 | | 60", "全表说明"]


def test_boxes_stand_before_their_paragraph_and_formulas_are_named() -> None:
    box = f"<draw:frame><draw:text-box>{p('框里')}</draw:text-box></draw:frame>"
    assert lines_of(p(f"外{box}面")) == ["框里", "外面"]
    formula = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    found = read_odt(odt_file(p(f"按{formula}算"), members={"Object 1/content.xml": "<math/>"}))
    assert (found.lines, found.problems) == (["按□算"], ("第 1 自然段有公式，没有读出文字",))


def test_codes_of_symbol_fonts_are_real_characters() -> None:
    style = '<style:style style:name="W"><style:text-properties style:font-name="Wingdings"/></style:style>'
    assert lines_of(p('<text:span text:style-name="W">\uf0fe</text:span>已晒'), style) == ["☑已晒"]


def test_files_of_pictures_and_of_tables_in_tables_without_end_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="主要是图片"):
        read_odt(odt_file(p("<draw:frame><draw:image/></draw:frame>")))
    deep = p("底")
    for _ in range(25):
        cell = f"<table:table-cell>{deep}</table:table-cell>"
        deep = f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
    with pytest.raises(DocumentTooLarge):
        read_odt(odt_file(deep))


def test_a_cell_that_claims_to_stand_there_a_million_times() -> None:
    row = f'<table:table-cell table:number-columns-repeated="1000000">{p(WORDS)}</table:table-cell>'
    short = '<table:table-cell table:number-columns-repeated="1000000"/>'
    table = f"<table:table><table:table-row>{row}{short}</table:table-row></table:table>"
    (line,) = lines_of(table)
    assert line.count(WORDS) == 1 and len(line) < 300
