"""Headers and footers of documents are no part of the text, and are told."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from odt_files import NAMES, odt_file, p

from jianggao.sources.files import SourceText, read_source
from jianggao.sources.page_margins import is_page_number, margins_told, typed_margin

WORDS = "磨坊的水轮一天转一万圈，第一圈总是最费劲的那一圈。"


def in_word() -> bytes:
    document = Document()
    document.add_paragraph(WORDS)
    document.sections[0].header.paragraphs[0].text = "水磨乡内部材料"
    inside = "<w:p><w:r><w:t>会后收回</w:t></w:r></w:p>"
    box = f"<w:r {nsdecls('w')}><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></w:r>"
    document.sections[0].header.paragraphs[0]._p.append(parse_xml(box))
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def in_odt() -> bytes:
    margins = (
        f"<office:document-styles {NAMES}><style:master-page>"
        f"<style:header>{p('水磨乡内部材料')}</style:header><style:footer>{p('会后收回')}{p('第1页')}</style:footer>"
        "</style:master-page></office:document-styles>"
    )
    return odt_file(p(WORDS), members={"styles.xml": margins})


def in_rtf() -> bytes:
    def coded(words: str) -> str:
        return "".join(f"\\'{byte:02x}" for byte in words.encode("gbk"))

    header = rf"{{\header\pard {coded('水磨乡内部材料')}{{\pict 00ff}}\par}}"
    footer = rf"{{\footerr {coded('会后收回')}\par - 1 -\par}}"
    return (r"{\rtf1\ansi\ansicpg936 " + header + footer + coded(WORDS) + r"\par}").encode("ascii")


@pytest.mark.parametrize(("suffix", "make"), [("docx", in_word), ("odt", in_odt), ("rtf", in_rtf)])
def test_margins_are_told_and_no_text(tmp_path: Path, suffix: str, make: object) -> None:
    assert callable(make)
    (tmp_path / f"磨坊.{suffix}").write_bytes(make())
    (source,) = read_source(tmp_path / f"磨坊.{suffix}")
    assert isinstance(source, SourceText)
    assert source.text.strip() == WORDS
    told = [(line.row, line.text, line.reason) for line in source.dropped]
    assert told == [(0, "水磨乡内部材料", "页眉、页脚"), (0, "会后收回", "页眉、页脚")]


@pytest.mark.parametrize("number", ["3", "— 3 —", "第3页 共8页", "（3/8）", "iv", "- 12 -"])
def test_numbers_of_pages_are_no_typed_margin(number: str) -> None:
    assert is_page_number(number)
    assert typed_margin([number, "", "——", "水磨乡简报 第3期"]) == ["水磨乡简报 第3期"]


@pytest.mark.parametrize("line", ["第3期", "3月8日", "磨坊", "2025年"])
def test_other_numbers_are_no_numbers_of_pages(line: str) -> None:
    assert not is_page_number(line)


def test_a_margin_is_told_once_whatever_its_page_and_never_without_end() -> None:
    assert [line.text for line in margins_told(["第1页", "水磨", "第2页", "水磨", " "])] == ["第1页", "水磨"]
    assert len(margins_told(f"磨{'水' * at}" for at in range(2_000))) <= 300
