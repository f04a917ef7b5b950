"""The text of a Word paragraph: symbols, objects, form fields, breaks, placeholders."""

from __future__ import annotations

import pytest
from word_files import cell, package, paragraph, run, table

from jianggao.sources.word import read_word


def lines_of(body: str) -> list[str]:
    return [line for line in read_word(package(body)).lines if line.strip()]


def problems_of(body: str) -> tuple[str, ...]:
    return read_word(package(body)).problems


def symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0A8", "□"),
        ("Wingdings 2", "F050", "✓"),
        ("Symbol", "F061", "α"),
        ("Symbol", "F0B3", "≥"),
        ("宋体", "33A1", "㎡"),
    ],
)
def test_symbols_are_real_characters(font: str, code: str, shown: str) -> None:
    body = paragraph(run("验收合格 ") + symbol(font, code))
    assert lines_of(body) == [f"验收合格 {shown}"]
    assert problems_of(body) == ()


@pytest.mark.parametrize("code", ["F0B7B7B7", "", "E123", "D800", "0007", "zz"])
def test_a_symbol_that_nobody_knows_is_a_square_and_a_problem(code: str) -> None:
    body = paragraph("上一段说路。") + paragraph(
        run("牌子上写着") + symbol("Tibetan Machine", code) + run("两个字")
    )
    assert lines_of(body)[1] == "牌子上写着□两个字"
    assert problems_of(body) == ("第 2 自然段有认不出的符号，写成了 □",)


def test_private_codes_in_plain_text_follow_their_font() -> None:
    font = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    assert lines_of(paragraph(run("\uf0fc", font) + run("已办"))) == ["✓已办"]
    # A rare character of a name, which its own font alone draws.
    assert lines_of(paragraph(run("村民\ue863家"))) == ["村民\ue863家"]


def test_old_formulas_and_other_programs_objects_are_named() -> None:
    def embedded(program: str) -> str:
        return f'<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="{program}"/></w:object></w:r>'

    body = paragraph("水量这样算：") + paragraph(run("令 ") + embedded("Equation.3") + run(" 为流量。"))
    assert lines_of(body)[1] == "令 □ 为流量。"
    assert problems_of(body) == ("第 2 自然段有公式（旧格式），没有读出文字",)
    assert problems_of(paragraph(embedded("Excel.Sheet.12"))) == (
        "第 1 自然段有嵌入的对象（Excel.Sheet.12），没有读出文字",
    )
    assert problems_of(paragraph(embedded("坏名字 <>".replace("<>", "")))) == (
        "第 1 自然段有嵌入的对象，没有读出文字",
    )


def test_many_problems_of_a_kind_are_one_line() -> None:
    body = "".join(paragraph(run(f"第{at}处") + symbol("X", "E001")) for at in range(9))
    assert problems_of(body) == ("第 1、2、3、4、5 自然段等 9 处有认不出的符号，写成了 □",)


def test_form_fields_show_what_was_chosen() -> None:
    def field(inner: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>'

    ticked = field('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>')
    empty = field('<w:checkBox><w:default w:val="0"/></w:checkBox>')
    entries = '<w:listEntry w:val="东片"/><w:listEntry w:val="西片"/>'
    listed = field(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>')
    assert lines_of(paragraph(ticked + run("到会") + empty + run("请假，") + listed)) == ["☑到会☐请假，西片"]


def test_what_asks_to_be_filled_in_is_left_out_and_what_was_filled_in_stays() -> None:
    asking = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = (
        paragraph(run("主持：") + asking.format(run("单击此处输入文字")))
        + asking.format(paragraph("单击此处输入正文"))
        + paragraph(
            run("记录：")
            + f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('柳溪')}</w:sdtContent></w:sdt>"
        )
    )
    assert lines_of(body) == ["主持：", "记录：柳溪"]


def test_readings_soft_hyphens_and_results_of_fields() -> None:
    ruby = (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('yù')}</w:rt><w:rubyBase>{run('峪')}</w:rubyBase></w:ruby></w:r>"
    )
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("三月")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    hyphens = "<w:r><w:t>水</w:t><w:softHyphen/><w:t>渠4</w:t><w:noBreakHyphen/><w:t>5段</w:t><w:tab/><w:t>修</w:t></w:r>"
    assert lines_of(paragraph(ruby + run("口") + field + hyphens)) == ["峪口三月水渠4-5段\t修"]


def test_comments_of_web_pages_go_and_an_open_one_stays() -> None:
    body = (
        paragraph("开头<!-- 第一行".replace("<", "&lt;"))
        + paragraph("第二行 -->中间".replace(">", "&gt;"))
        + paragraph("写网页用 &lt;!-- 起头")
    )
    assert lines_of(body) == ["开头中间", "写网页用 <!-- 起头"]


def test_cells_keep_their_places() -> None:
    wide, first, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        cell("片区", first) + cell("长度", wide) + cell("时限"),
        cell("", goes_on) + cell("干渠") + cell("支渠") + cell(""),
        cell("南湾") + cell("") + cell("") + cell("3月20日"),
        cell("合计", wide) + cell("60") + cell("", '<w:gridSpan w:val="999999999"/>'),
        cell("") + cell("") + cell("") + cell(""),
    )
    assert lines_of(body) == [
        "片区 | 长度 | | 时限",
        "| 干渠 | 支渠 |",
        "南湾 | | | 3月20日",
        "合计 | | 60 |",
    ]


def test_a_frame_of_text_is_no_table_and_a_table_in_a_cell_is_a_part_of_its_line() -> None:
    inner = table(cell("东岭") + cell("320"), cell("西坡") + cell("450"))
    assert lines_of(table(cell(paragraph("一段。") + paragraph("两段。")))) == ["一段。", "两段。"]
    assert lines_of(table(cell("") + cell(paragraph("一段。") + paragraph("两段。")))) == ["一段。", "两段。"]
    assert lines_of(table(cell(inner))) == ["东岭 | 320", "西坡 | 450"]
    assert lines_of(table(cell("进度") + cell(inner))) == ["进度 | 东岭 320；西坡 450"]


def test_a_large_first_letter_belongs_to_its_paragraph() -> None:
    frame = '<w:framePr w:dropCap="drop" w:lines="2"/>'
    assert lines_of(paragraph("春", frame) + paragraph("天的渠水最金贵。")) == ["春天的渠水最金贵。"]


def test_a_row_that_was_deleted_is_gone() -> None:
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('旧')}{cell('2')}</w:tr>"
    assert lines_of(f"<w:tbl><w:tr>{cell('新')}{cell('1')}</w:tr>{deleted}</w:tbl>") == ["新 | 1"]
