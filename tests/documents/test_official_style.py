"""Every measure of GB/T 9704-2012 in an official document, read back by python-docx."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips
from official_documents import attribute, make, reopen

MOST_ROUNDING = Mm(0.05)


@pytest.fixture(scope="module")
def document() -> Opened:
    return reopen(make())


# --- the page -----------------------------------------------------------------------------------------------------


def test_paper_and_type_area(document: Opened) -> None:
    (section,) = document.sections
    measures = {
        section.page_width: 210,
        section.page_height: 297,
        section.top_margin: 37,
        section.bottom_margin: 35,
        section.left_margin: 28,
        section.right_margin: 26,
        section.page_width - section.left_margin - section.right_margin: 156,
        section.page_height - section.top_margin - section.bottom_margin: 225,
    }
    for length, millimetres in measures.items():
        assert abs(length - Mm(millimetres)) <= MOST_ROUNDING, millimetres
    assert section.gutter == 0
    assert document.settings.element.xpath("w:mirrorMargins")


def test_twenty_two_lines_of_twenty_eight_characters(document: Opened) -> None:
    (section,) = document.sections
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    pitch = Twips(int(grid.get(qn("w:linePitch"))))
    height = section.page_height - section.top_margin - section.bottom_margin
    assert height // pitch == 22
    assert Pt(28) <= pitch <= Pt(30)
    width = section.page_width - section.left_margin - section.right_margin
    by_grid = Pt(16 + int(grid.get(qn("w:charSpace"))) / 4096)
    assert width // by_grid == 28
    closer = int(attribute(document.styles["Normal"].element, "w:rPr/w:spacing", "w:val") or 0)
    by_text = Pt(16) + Twips(closer)
    assert width // by_text == 28
    assert Pt(15.5) < by_text < Pt(16)
    assert document.styles["Normal"].paragraph_format.line_spacing == pitch
    assert document.styles["Normal"].paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert not document.styles["Normal"].paragraph_format.widow_control


@pytest.mark.parametrize(("odd", "side"), [(True, "right"), (False, "left")])
def test_page_numbers_at_the_outer_edge(document: Opened, odd: bool, side: str) -> None:
    assert document.settings.odd_and_even_pages_header_footer
    (section,) = document.sections
    (paragraph,) = (section.footer if odd else section.even_page_footer).paragraphs
    properties = paragraph._p.pPr
    assert attribute(properties, "w:jc", "w:val") == side
    assert attribute(properties, "w:ind", f"w:{side}Chars") == "100"
    assert attribute(properties, "w:ind", f"w:{side}") == str(14 * 20)
    assert attribute(paragraph._p, "w:fldSimple", "w:instr") == " PAGE "
    assert "".join(text.text for text in paragraph._p.xpath(".//w:t")) == "— 1 —"
    for fonts in paragraph._p.xpath(".//w:rFonts"):
        assert [fonts.get(qn(f"w:{slot}")) for slot in ("eastAsia", "ascii", "hAnsi")] == ["宋体"] * 3
        assert fonts.get(qn("w:hint")) == "eastAsia"
    assert paragraph.style is not None and paragraph.style.font.size == Pt(14)


def test_the_dashes_stand_seven_millimetres_below_the_type_area(document: Opened) -> None:
    (section,) = document.sections
    line = document.styles["Footer"].paragraph_format.line_spacing
    assert isinstance(line, int) and line == Pt(14)
    dashes = section.footer_distance + line // 2
    assert abs(section.bottom_margin - dashes - Mm(7)) <= MOST_ROUNDING


# --- styles -------------------------------------------------------------------------------------------------------

LEFT, CENTRE, BOTH = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


@pytest.mark.parametrize(
    ("name", "font", "points", "bold", "alignment", "characters", "outline"),
    [
        ("Title", "方正小标宋简体", 22, None, CENTRE, None, None),
        ("Subtitle", "楷体", 16, None, CENTRE, None, None),
        ("Salutation", "仿宋", 16, None, BOTH, None, None),
        ("Body Text", "仿宋", 16, None, BOTH, "200", None),
        ("Heading 1", "黑体", 16, None, BOTH, "200", "0"),
        ("Heading 2", "楷体", 16, None, BOTH, "200", "1"),
        ("Heading 3", "仿宋", 16, True, BOTH, "200", "2"),
        ("Heading 4", "仿宋", 16, None, BOTH, "200", "3"),
        ("声明", "楷体", 10.5, None, LEFT, None, None),
        ("文末声明", "楷体", 10.5, None, LEFT, None, None),
    ],
)
def test_styles(
    document: Opened,
    name: str,
    font: str,
    points: float,
    bold: bool | None,
    alignment: WD_ALIGN_PARAGRAPH,
    characters: str | None,
    outline: str | None,
) -> None:
    style = document.styles[name]
    fonts = style.element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == font
    assert {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "cs")} == {"Times New Roman"}
    assert (style.font.size, style.font.bold, style.font.italic) == (Pt(points), bold, None)
    assert style.font.color.rgb is None
    assert style.paragraph_format.alignment == alignment
    indents = style.element.xpath("w:pPr/w:ind")
    assert [indent.get(qn("w:firstLineChars")) for indent in indents] == [characters] * len(indents)
    assert bool(indents) == bool(characters)
    if characters:
        assert (
            Pt(31) <= style.paragraph_format.first_line_indent <= Pt(32)
        )  # two characters, as this page sets them
    levels = [level.get(qn("w:val")) for level in style.element.xpath("w:pPr/w:outlineLvl")]
    assert levels == ([] if outline is None else [outline])


def test_what_all_paragraphs_share(document: Opened) -> None:
    normal = document.styles["Normal"].element
    assert normal.xpath("w:pPr/w:kinsoku") and normal.xpath("w:pPr/w:overflowPunct")
    assert attribute(normal, "w:pPr/w:autoSpaceDE", "w:val") == "0"
    defaults = document.styles.element
    assert attribute(defaults, "w:docDefaults//w:lang", "w:eastAsia") == "zh-CN"
    assert attribute(document.settings.element, "w:themeFontLang", "w:eastAsia") == "zh-CN"
    mode = "w:compat/w:compatSetting[@w:name='compatibilityMode']"
    assert attribute(document.settings.element, mode, "w:val") == "15"


def test_nothing_of_a_default_template(document: Opened) -> None:
    assert {style.name for style in document.styles} == {
        *(
            "Normal",
            "Body Text",
            "Title",
            "Subtitle",
            "Salutation",
            "编者按",
            "声明",
            "文末声明",
            "Footer",
            "Default Paragraph Font",
        ),
        *(f"Heading {level}" for level in range(1, 5)),
        *(f"heading {level} Char" for level in range(1, 5)),
    }


def test_missing_fonts_are_looked_for_under_another_name() -> None:
    with zipfile.ZipFile(io.BytesIO(make())) as archive:
        table = archive.read("word/fontTable.xml").decode()
        styles = archive.read("word/styles.xml").decode()
    others = dict(re.findall(r'<w:font w:name="([^"]+)"><w:altName w:val="([^"]+)"/>', table))
    assert others["仿宋"] == "仿宋_GB2312"
    assert others["方正小标宋简体"] == "华文中宋"
    assert set(re.findall(r'w:eastAsia="([^"]+)" w:hAnsi', styles)) <= set(others)
    assert all(len(name) <= 31 for name in others.values())
