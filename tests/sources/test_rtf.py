"""Rich Text as lines: code pages, tables, lists, notes, boxes, headings, what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.sources.document_text import UnreadableDocument
from jianggao.sources.files import SourceText, read_source
from jianggao.sources.rtf import read_rtf

FONTS = (
    r"{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\froman\fcharset0 Times;}{\f2\fnil\fcharset2 Wingdings;}"
    r"{\f3\fnil\fcharset136 PMingLiU;}}"
)


def coded(text: str, encoding: str = "gb18030") -> str:
    """Text as bytes of a code page."""
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def rtf(body: str, head: str = r"\ansi\ansicpg936\deff0") -> bytes:
    return f"{{\\rtf1{head}{FONTS}{body}}}".encode("latin-1")


def lines_of(body: str, head: str = r"\ansi\ansicpg936\deff0") -> list[str]:
    return read_rtf(rtf(body, head)).lines


@pytest.mark.parametrize("name", ["讲话.rtf", "讲话.doc"])
def test_a_file_is_read_by_its_bytes(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(
        rtf(coded("桥头会上的讲话") + r"\par " + coded("桥要修在水来之前。") + r"\par")
    )
    (source,) = read_source(tmp_path / name)
    assert isinstance(source, SourceText)
    assert (source.text, source.encoding) == ("桥头会上的讲话\n桥要修在水来之前。", "rtf")


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (coded("修桥"), "修桥"),
        (r"\f1 " + coded("修桥"), "修桥"),  # programs in China write charset 0 for Chinese text
        (r"{\f3 " + coded("橋樑", "big5") + "}", "橋樑"),
        (r"\uc1\u20462?\u26725?", "修桥"),
        (r"\uc2\u20462" + coded("修") + r"\u26725" + coded("桥"), "修桥"),
        (r"\uc0\u20462 \u26725 ", "修桥"),
        (r"\uc1\u-10174?\u-8273?", "𠮯"),
        (r"\f2\'fe" + r"\f0 " + coded("已办"), "☑已办"),
        (r"{\f2\u-3842?}" + coded("已办"), "☑已办"),
        (coded("一") + "\r\n" + coded("二"), "一二"),
        (coded("一")[:4] + "\r\n" + coded("一")[4:], "一"),
        (r"a\~b\_c\{d\}\\\emdash\ldblquote e\rdblquote", "a\u00a0b-c{d}\\—“e”"),
        (coded("左") + r"\tab " + coded("右"), "左\t右"),
        (r"\bin4 \par" + coded("后"), "后"),
    ],
)
def test_characters(body: str, line: str) -> None:
    assert lines_of(body + r"\par") == [line]


def test_a_western_document_keeps_its_letters() -> None:
    assert lines_of(r"\f1 caf\'e9\par", r"\ansi\ansicpg1252") == ["café"]


def test_chinese_that_calls_itself_western_is_put_right(tmp_path: Path) -> None:
    words = "桥要修在水来之前，路要铺在车来之前，话要说在人来之前。"
    (tmp_path / "a.rtf").write_bytes(
        rtf(r"\f1 " + coded(words) + r"\par " + coded(words) + r"\par", r"\ansi\ansicpg1252")
    )
    (source,) = read_source(tmp_path / "a.rtf")
    assert isinstance(source, SourceText)
    assert source.text.split("\n") == [words, words]


def test_what_nobody_sees_is_left_out() -> None:
    body = (
        r"{\info{\title T}}{\header H\par}{\footerr F\par}{\*\generator G;}{\pict 00ff}{\*\unheardof U}"
        r"{\field{\*\fldinst DATE}{\fldrslt " + coded("三月") + r"}}"
        r"{\v "
        + coded("暗")
        + r"}{\deleted "
        + coded("删")
        + r"}{\*\annotation "
        + coded("批")
        + r"\par}"
        + coded("明")
        + r"\par"
    )
    assert lines_of(body) == ["三月明"]


def test_rows_of_tables() -> None:
    def row(*cells: str) -> str:
        return (
            r"\trowd\cellx1000\cellx2000\pard\intbl "
            + "".join(coded(cell) + r"\cell " for cell in cells)
            + r"\row"
        )

    body = (
        coded("见表：")
        + r"\par"
        + row("村", "米", "时限")
        + row("南湾", "", "三月")
        + r"\pard "
        + coded("完。")
        + r"\par"
    )
    assert lines_of(body) == ["见表：", "村 | 米 | 时限", "南湾 | | 三月", "完。"]


def test_numbers_of_lists_stay_and_bullets_go() -> None:
    body = (
        r"{\listtext\pard\plain " + coded("一、") + r"\tab}" + coded("看清路") + r"\par"
        r"{\listtext\pard\plain 1\tab}"
        + coded("远处")
        + r"\par{\pntext\f2\'6c\tab}"
        + coded("近处")
        + r"\par"
    )
    assert lines_of(body) == ["一、看清路", "1 远处", "近处"]


def test_a_mark_and_the_digits_behind_it_stay_two_numbers() -> None:
    item = r"{\listtext\pard\plain {}.\tab}"
    body = (
        item.replace("{}", "1") + "6" + coded("万元修闸") + r"\par" + item.replace("{}", "2") + coded("换锁")
    )
    assert lines_of(body + r"\par 1.{\b 5}" + coded("万元") + r"\par") == [
        "1. 6万元修闸",
        "2.换锁",
        "1.5万元",
    ]


def test_notes_stand_behind_the_text() -> None:
    note = r"{\super\chftn{\*\footnote\pard\plain\chftn " + "{}" + r"}}"
    own = coded("※") + r"{\footnote " + coded("※ 录音。") + "}"
    body = (
        coded("桥头讲话")
        + note.replace("{}", coded("整理稿。"))
        + r"\par"
        + coded("桥长")
        + note.replace("{}", coded("含引桥。") + r"\par " + coded("不含匝道。"))
        + coded("三里")
        + own
        + coded("。")
        + r"\par"
    )
    assert lines_of(body) == [
        *("桥头讲话", "桥长[2]三里※。", "[1] 整理稿。", "[2] 含引桥。", "不含匝道。", "※ 录音。"),
    ]


def test_boxes_stand_before_their_paragraph_once() -> None:
    box = (
        r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt "
        + coded("框里")
        + r"\par}}{\shprslt "
        + coded("框里")
        + "}}"
    )
    assert lines_of(coded("外") + box + coded("面") + r"\par") == ["框里", "外面"]


def test_headings_by_their_own_level_and_by_their_style() -> None:
    styles = (
        r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 some style;}{\s2\snext0 "
        + coded("标题")
        + r" 3;}{\s3 heading;}}"
    )
    texts = ((1, "看路"), (0, "路远。"), (2, "看桥"), (3, "桥窄。"))
    body = styles + "".join(rf"\pard\s{style} {coded(text)}\par" for style, text in texts)
    body += r"\pard\outlinelevel1 " + coded("迈步") + r"\par"
    assert read_rtf(rtf(body)).headings == {"看路": 1, "看桥": 3, "迈步": 2}


def test_objects_and_formulas_are_named() -> None:
    found = read_rtf(
        rtf(coded("令") + r"{\object{\*\objdata 00}}" + coded("为水") + r"{\mmath{\*\moMath x}}\par")
    )
    assert found.lines == ["令□为水□"]
    assert found.problems == ("第 1 自然段有嵌入的对象，没有读出文字", "第 1 自然段有公式，没有读出文字")


def test_files_of_pictures_and_groups_without_end_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="主要是图片"):
        read_rtf(rtf(r"{\pict 00ff}\par"))
    with pytest.raises(UnreadableDocument, match="嵌套太深"):
        read_rtf(rtf("{" * 10_000))


def test_a_file_that_was_cut_off_keeps_what_is_there() -> None:
    assert lines_of(coded("前半句") + r"{\footnote " + coded("注"))[0] == "前半句"
