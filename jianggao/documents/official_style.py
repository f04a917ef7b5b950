"""Holds how GB/T 9704-2012 (党政机关公文格式) sets a page: measures, fonts and paragraph styles.

§ is the standard's clause. Millimetres and points here; twips (1/20 pt) where a name says so, as the files
have them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal


def twips(millimetres: float) -> int:
    """Returns a length in twips, rounded to the nearest."""
    return round(millimetres / 25.4 * 1440)


# --- the page -----------------------------------------------------------------------------------------------

PAGE_WIDTH, PAGE_HEIGHT = twips(210), twips(297)
"""§5.1: A4."""
TOP, BOTTOM, INNER, OUTER = twips(37), twips(35), twips(28), twips(26)
"""§5.2.1: 天头 37 mm, 订口 28 mm, type area 156 × 225 mm; the other two margins are what remains of the
page."""
LINES, CHARACTERS = 22, 28
"""§5.2.3: lines on a page, characters in a line."""
BODY_POINTS, TITLE_POINTS, NUMBER_POINTS, NOTICE_POINTS = 16, 22, 14, 10.5
"""三号 (§5.2.2), 二号 (§7.3.1), 四号 (§7.5), and 五号 for the notice, which the standard doesn't know."""

LINE_WIDTH = PAGE_WIDTH - INNER - OUTER
LINE_PITCH = (PAGE_HEIGHT - TOP - BOTTOM) // LINES
"""579 twips, 28.95 pt: the greatest pitch of which 22 fit into 225 mm. Lines have it as their exact height: a
grid alone gives two of its lines to a font with tall metrics, and substitutes have these."""
GRID_SPACE = math.floor((LINE_WIDTH / 20 / CHARACTERS - BODY_POINTS) * 4096)
"""28 characters of 16 pt would be 158 mm wide: they stand closer by a fifth of a point. So the grid has it:
the pitch less the Normal style's size, in 1/4096 pt (w:charSpace). Word's page setup then says 28 characters,
22 lines."""
CLOSER = math.floor(LINE_WIDTH / CHARACTERS) - BODY_POINTS * 20 - 1
"""So the text has it, -6 twips with one to spare for rounding; justified lines fill the width. The text is
off the grid, for LibreOffice (7.4) draws a grid that is closer than its characters twice as wide as they
are."""
CHARACTER_PITCH = BODY_POINTS * 20 + CLOSER
NUMBER_LINE = NUMBER_POINTS * 20
FOOTER = BOTTOM - twips(7) - NUMBER_LINE // 2
"""§7.5: the dashes at a page number stand 7 mm below the type area. They run through the middle of the
number's line."""

# --- fonts --------------------------------------------------------------------------------------------------

FANGSONG, HEITI, KAITI, SONGTI, BIAOSONG = "仿宋", "黑体", "楷体", "宋体", "方正小标宋简体"
"""The first four under the names by which Windows and Office for Mac bring them. The older 仿宋_GB2312 and
楷体_GB2312 came with Windows XP last and hold 6,763 characters. Nothing brings 小标宋: offices install it
themselves."""
LATIN = "Times New Roman"
"""Digits and Latin letters: half a character wide as those of 仿宋, and there on every machine."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font, and what to take where it is missing: the other name first, else one of that family and look
    (PANOSE).

    Word reads `other` as one name of at most 31 characters, whatever the standard says of lists (MS-OI29500
    2.1.262).
    """

    name: str
    other: str
    family: Literal["modern", "swiss", "script", "roman"]
    panose: str


FONTS = (
    Font(FANGSONG, "仿宋_GB2312", "modern", "02010609060101010101"),
    Font(HEITI, "SimHei", "swiss", "02010609060101010101"),
    Font(KAITI, "楷体_GB2312", "script", "02010609060101010101"),
    Font(SONGTI, "SimSun", "roman", "02010600030101010101"),
    Font(
        BIAOSONG, "华文中宋", "roman", "02010600040101010101"
    ),  # comes with Office, and is nearest in weight
)

# --- paragraphs ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; `name` is Word's own where it has one, so that its panes and its translations work.

    `indent` of the first line in characters, space `before` and `after` in twips, `level` in the outline (0:
    none), `rule`: a thin line on that side.
    """

    id: str
    name: str
    font: str = FANGSONG
    points: float = BODY_POINTS
    bold: bool = False
    align: Literal["both", "center", "left"] = "both"
    indent: int = 0
    before: int = 0
    after: int = 0
    level: int = 0
    rule: Literal["", "top", "bottom"] = ""


BODY = Style("BodyText", "Body Text", indent=2)
TITLE = Style("Title", "Title", BIAOSONG, TITLE_POINTS, align="center")
UNDER_TITLE = Style("Subtitle", "Subtitle", KAITI, align="center")
EDITORS_NOTE = Style("EditorsNote", "编者按", KAITI, indent=2)
"""A line under the title that takes several lines: centred, a whole paragraph could not be read."""
SALUTATION = Style("Salutation", "Salutation")
HEADINGS = (
    Style("Heading1", "heading 1", HEITI, indent=2, level=1),
    Style("Heading2", "heading 2", KAITI, indent=2, level=2),
    # §7.3.3 has 仿宋 for the third and the fourth. The third is bold besides, as offices have it: nobody
    # could tell else where a heading ends that begins its paragraph.
    Style("Heading3", "heading 3", bold=True, indent=2, level=3),
    Style("Heading4", "heading 4", indent=2, level=4),
)
RULE = 30
"""Twips that a rule takes: it is half a point thick, and a point away from the text."""
_APART = LINE_PITCH - RULE
NOTICE = Style("Notice", "声明", KAITI, NOTICE_POINTS, align="left", after=_APART, rule="bottom")
END_NOTICE = Style("EndNotice", "文末声明", KAITI, NOTICE_POINTS, align="left", before=_APART, rule="top")
STYLES = (BODY, TITLE, UNDER_TITLE, EDITORS_NOTE, SALUTATION, *HEADINGS, NOTICE, END_NOTICE)
