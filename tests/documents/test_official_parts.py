"""The parts of every official document: well-formed, named once, and the same for all."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from jianggao.documents.official_parts import (
    DECLARATION,
    NAMESPACES,
    fixed_parts,
    run_in_style,
    section,
    spacing,
)
from jianggao.documents.official_style import FONTS, HEADINGS, LINE_PITCH, STYLES

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def read(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(fixed_parts()[name].encode())


@pytest.mark.parametrize("name", list(fixed_parts()))
def test_each_part_is_xml_with_its_declaration(name: str) -> None:
    assert fixed_parts()[name].startswith(DECLARATION)
    read(name)


def test_each_part_has_a_type_and_each_typed_part_is_there() -> None:
    typed = {
        override.get("PartName", "").lstrip("/")
        for override in read("[Content_Types].xml").iter(f"{TYPES}Override")
    }
    fixed = {name for name in fixed_parts() if not name.endswith(".rels") and name != "[Content_Types].xml"}
    assert typed - fixed == {"word/document.xml", "docProps/core.xml"} and fixed <= typed


def test_relations_lead_to_parts() -> None:
    targets = {relation.get("Target") for relation in read("word/_rels/document.xml.rels")}
    assert {f"word/{target}" for target in targets} <= set(fixed_parts())
    ids = [relation.get("Id") for relation in read("word/_rels/document.xml.rels")]
    assert len(ids) == len(set(ids)) and {"odd", "even"} <= set(ids)


def test_styles_have_each_id_once_and_refer_to_one_another() -> None:
    styles = {style.get(f"{WORD}styleId"): style for style in read("word/styles.xml").iter(f"{WORD}style")}
    declared = [style.get(f"{WORD}styleId") for style in read("word/styles.xml").iter(f"{WORD}style")]
    assert len(declared) == len(styles)
    assert {style.id for style in STYLES} | {run_in_style(style.level) for style in HEADINGS} <= set(styles)
    for style in styles.values():
        for relation in ("basedOn", "next", "link"):
            found = style.find(f"{WORD}{relation}")
            assert found is None or found.get(f"{WORD}val") in styles


def test_a_heading_and_its_run_in_style_are_linked_both_ways() -> None:
    links = {
        style.get(f"{WORD}styleId"): link.get(f"{WORD}val")
        for style in read("word/styles.xml").iter(f"{WORD}style")
        for link in style.iter(f"{WORD}link")
    }
    for style in HEADINGS:
        assert links[style.id] == run_in_style(style.level) and links[run_in_style(style.level)] == style.id


def test_the_page_number_stands_outside_on_both_sides() -> None:
    sides = {}
    for name in ("odd", "even"):
        (justification,) = read(f"word/{name}.xml").iter(f"{WORD}jc")
        sides[name] = justification.get(f"{WORD}val")
    assert sides == {"odd": "right", "even": "left"}


def test_every_font_has_another_to_take_its_place() -> None:
    fonts = list(read("word/fontTable.xml").iter(f"{WORD}font"))
    assert [font.get(f"{WORD}name") for font in fonts] == [font.name for font in FONTS]
    for font in fonts:
        (other,) = font.iter(f"{WORD}altName")
        assert 0 < len(other.get(f"{WORD}val") or "") <= 31, "the longest name that Word reads"


def test_the_section_refers_to_both_footers() -> None:
    found = ElementTree.fromstring(f"<root {NAMESPACES}>{section()}</root>")
    references = {reference.get(f"{WORD}type") for reference in found.iter(f"{WORD}footerReference")}
    assert references == {"default", "even"}


def test_lines_have_an_exact_height() -> None:
    found = ElementTree.fromstring(f"<root {NAMESPACES}>{spacing(3, 4)}</root>")[0]
    assert {name.removeprefix(WORD): value for name, value in found.items()} == {
        "before": "3",
        "after": "4",
        "line": str(LINE_PITCH),
        "lineRule": "exact",
    }
