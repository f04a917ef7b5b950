"""Writes the parts of an official document that are the same for every speech: styles, fonts, settings,
footers.

They are XML, written out: python-docx has no words for half of it (East Asian fonts, indents in characters,
the grid, outline levels, fields), its own template would have to be taken out first, and 170 paragraphs take
it 220 ms instead of 2. The tests read with it what is written here. Children stand in the order of the schema
(ISO/IEC 29500, wml.xsd).
"""

from __future__ import annotations

from functools import cache

from jianggao.documents.official_style import (
    BODY,
    BODY_POINTS,
    BOTTOM,
    CHARACTER_PITCH,
    CLOSER,
    END_NOTICE,
    FANGSONG,
    FONTS,
    FOOTER,
    GRID_SPACE,
    HEADINGS,
    INNER,
    LATIN,
    LINE_PITCH,
    NOTICE,
    NUMBER_LINE,
    NUMBER_POINTS,
    OUTER,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SONGTI,
    STYLES,
    TOP,
    Style,
)

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = f'xmlns:w="{_WORD}" xmlns:r="{_RELATIONS}"'
HINT = 'w:hint="eastAsia"'
"""Gives what both scripts use (“ ” … — ×) to the Chinese font: whole characters wide. Word looks for it on
the run."""
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CORE = "docProps/core.xml"
DOCUMENT = "word/document.xml"
_DEPENDENT = {
    "styles": "styles",
    "fontTable": "fontTable",
    "settings": "settings",
    "odd": "footer",
    "even": "footer",
}
"""The types of the parts in word/, by their names."""


@cache
def fixed_parts() -> dict[str, str]:
    """Returns every part but the document itself and its properties, by its name in the package."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("document", f"{_RELATIONS}/officeDocument", DOCUMENT),
            ("properties", f"{_PACKAGE}/relationships/metadata/core-properties", CORE),
        ),
        "word/_rels/document.xml.rels": _relations(
            *((name, f"{_RELATIONS}/{kind}", f"{name}.xml") for name, kind in _DEPENDENT.items())
        ),
        "word/styles.xml": _styles(),
        "word/fontTable.xml": _font_table(),
        "word/settings.xml": _settings(),
        "word/odd.xml": _footer("right"),
        "word/even.xml": _footer("left"),
    }
    return {name: DECLARATION + xml for name, xml in parts.items()}


def _content_types() -> str:
    overrides = {
        f"/{DOCUMENT}": f"{_TYPE}.document.main+xml",
        f"/{CORE}": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"/word/{name}.xml": f"{_TYPE}.{kind}+xml" for name, kind in _DEPENDENT.items()},
    }
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
        + "</Types>"
    )


def _relations(*entries: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{id_}" Type="{kind}" Target="{to}"/>' for id_, kind, to in entries)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


# --- the section --------------------------------------------------------------------------------------------


def section() -> str:
    """Returns the properties of the only section, as XML: paper, margins, grid, and which footer stands on
    which pages."""
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>'
        f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{TOP}" w:right="{OUTER}" w:bottom="{BOTTOM}" w:left="{INNER}" '
        f'w:header="{TOP // 2}" w:footer="{FOOTER}" w:gutter="0"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{LINE_PITCH}" w:charSpace="{GRID_SPACE}"/></w:sectPr>'
    )


def _footer(side: str) -> str:
    """Returns a page's footer (§7.5): `— 1 —` in 四号 宋体, one character from the outer edge: the right of odd
    pages, the left of even ones."""
    look = f'<w:rPr><w:rFonts {HINT} w:ascii="{SONGTI}" w:eastAsia="{SONGTI}" w:hAnsi="{SONGTI}"/></w:rPr>'
    return (
        f'<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="{NUMBER_LINE}"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r>{look}<w:t xml:space="preserve">— </w:t></w:r>'
        f'<w:fldSimple w:instr=" PAGE "><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'
        f'<w:r>{look}<w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def _settings() -> str:
    """Returns the settings: odd and even footers; the binding edge inside, as §6 has both sides printed;
    Chinese typesetting as Word has it."""
    return (
        f'<w:settings {NAMESPACES}><w:mirrorMargins/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:useFELayout/>"
        # Without it Word opens the file in compatibility mode, as one of Word 2007.
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _font_table() -> str:
    entries = "".join(
        f'<w:font w:name="{font.name}"><w:altName w:val="{font.other}"/><w:panose1 w:val="{font.panose}"/>'
        f'<w:charset w:val="86"/><w:family w:val="{font.family}"/><w:pitch w:val="variable"/></w:font>'
        for font in FONTS
    )
    return f"<w:fonts {NAMESPACES}>{entries}</w:fonts>"


# --- styles -------------------------------------------------------------------------------------------------


def spacing(before: int, after: int) -> str:
    """Returns the exact height of a line, and the space around the paragraph in twips, as XML."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{LINE_PITCH}" w:lineRule="exact"/>'


def run_in_style(level: int) -> str:
    """Returns the id of the character style for a heading of that level that is the first sentence of its
    paragraph."""
    return f"{HEADINGS[level - 1].id}Char"


def _styles() -> str:
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANGSONG)}{_size(BODY_POINTS)}"
        # Digits as English: as Chinese ones, LibreOffice breaks a line inside 22 and before the sign of
        # 99.2%.
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        f"{_normal()}{_DEFAULT_CHARACTERS}{''.join(_paragraph_style(style) for style in STYLES)}"
        f"{''.join(_run_in_style(style) for style in HEADINGS)}{_footer_style()}</w:styles>"
    )


_DEFAULT_CHARACTERS = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
)


def _normal() -> str:
    """Returns the style that all paragraphs build on. It has no rules against widows: a page has its 22
    lines. A 。 may hang over the edge, so that a line has its 28 characters; no blanks between Han characters
    and digits, so that two digits take one place."""
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct/><w:autoSpaceDE w:val="0"/>'
        f'<w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>{spacing(0, 0)}<w:jc w:val="both"/></w:pPr>'
        f'<w:rPr>{_fonts(FANGSONG)}<w:spacing w:val="{CLOSER}"/>{_size(BODY_POINTS)}</w:rPr></w:style>'
    )


def _paragraph_style(style: Style) -> str:
    link = f'<w:link w:val="{run_in_style(style.level)}"/>' if style.level else ""
    keep = "<w:keepNext/>" if style.level else ""
    together = "<w:contextualSpacing/>" if style in (NOTICE, END_NOTICE) else ""
    rule = indent = outline = ""
    if style.rule:
        rule = f'<w:pBdr><w:{style.rule} w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
    if style.indent:
        width = style.indent * CHARACTER_PITCH
        indent = f'<w:ind w:firstLineChars="{style.indent * 100}" w:firstLine="{width}"/>'
    if style.level:
        outline = f'<w:outlineLvl w:val="{style.level - 1}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="{BODY.id}"/>{link}<w:uiPriority w:val="1"/><w:qFormat/>'
        f"<w:pPr>{keep}{rule}{spacing(style.before, style.after)}{indent}"
        f'{together}<w:jc w:val="{style.align}"/>{outline}</w:pPr>{_look(style)}</w:style>'
    )


def _run_in_style(style: Style) -> str:
    """Returns the character style of a run-in heading, linked to its heading style: Word takes such a run
    into a table of contents, and not the whole paragraph."""
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{run_in_style(style.level)}">'
        f'<w:name w:val="{style.name} Char"/><w:basedOn w:val="DefaultParagraphFont"/>'
        f'<w:link w:val="{style.id}"/><w:uiPriority w:val="1"/>'
        f"{_look(style)}</w:style>"
    )


def _footer_style() -> str:
    """Returns the style of footers. The line is as high as the number, so that the dashes stand where §7.5
    wants them."""
    return (
        '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>'
        '<w:uiPriority w:val="99"/><w:pPr>'
        f'<w:spacing w:line="{NUMBER_LINE}" w:lineRule="exact"/></w:pPr><w:rPr>{_size(NUMBER_POINTS)}</w:rPr></w:style>'
    )


def _look(style: Style) -> str:
    bold = "<w:b/>" if style.bold else ""
    return f"<w:rPr>{_fonts(style.font)}{bold}{_size(style.points)}</w:rPr>"


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:eastAsia="{name}" w:hAnsi="{LATIN}" w:cs="{LATIN}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{int(points * 2)}"/><w:szCs w:val="{int(points * 2)}"/>'
