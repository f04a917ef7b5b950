"""Paragraph styles of Word: a file without any, circles, the default style."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from jianggao.sources.word_styles import WordStyles, heading_depth


def styles(*inner: str) -> WordStyles:
    return WordStyles(parse_xml(f"<w:styles {nsdecls('w')}>{''.join(inner)}</w:styles>"))


def style(name: str, based_on: str = "", default: bool = False) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}" w:default="{int(default)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/></w:style>'
    )


def named(style_id: str) -> object:
    return parse_xml(f'<w:pPr {nsdecls("w")}><w:pStyle w:val="{style_id}"/></w:pPr>')


def test_a_file_without_styles_has_none() -> None:
    assert list(WordStyles(None).chain(None)) == []


def test_a_paragraph_without_a_style_has_the_default_one() -> None:
    assert [one.name for one in styles(style("标题 2", default=True)).chain(None)] == ["标题 2"]


def test_styles_in_a_circle_end() -> None:
    found = list(styles(style("甲", "乙"), style("乙", "甲")).chain(named("甲")))
    assert {one.name for one in found} == {"甲", "乙"} and len(found) <= 20


def test_a_heading_is_one_by_its_styles_name_or_that_of_the_style_it_is_based_on() -> None:
    known = styles(style("heading 2"), style("我的标题", "heading 2"), style("toc 1"))
    assert heading_depth([None], list(known.chain(named("我的标题")))) == 2
    assert next(known.chain(named("toc 1"))).is_contents
    assert not next(known.chain(named("heading 2"))).is_contents
