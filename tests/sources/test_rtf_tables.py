"""Fonts and styles of Rich Text."""

from __future__ import annotations

import pytest

from jianggao.sources.rtf_tables import RtfTables


def test_fonts_have_code_pages_or_codes_of_their_own() -> None:
    tables = RtfTables()
    tables.set_code_page(1252)
    for font, charset, name in ((1, 134, b"SimSun;"), (2, 2, b"Wingdings;"), (3, 0, b"Times;")):
        tables.define(font)
        tables.set_charset(charset)
        tables.name_font(name)
        tables.name_font(b"another name")
    assert tables.decoded(1, "渡口".encode("gb18030")) == "渡口"
    assert tables.decoded(3, b"caf\xe9") == tables.decoded(99, b"caf\xe9") == "café"
    assert [tables.has_symbols(font) for font in (1, 2, 3, 99)] == [False, True, False, False]
    assert (tables.symbol(2, 0xFC), tables.symbol(2, 0xFF)) == ("✓", "")


@pytest.mark.parametrize(
    ("pieces", "level"),
    [
        ([b"heading 2;"], 1),
        ([b"Heading", b" 4", b";"], 3),
        (["标题 1;".encode("gb18030")], 0),
        ([b"Body;"], -1),
    ],
)
def test_a_heading_style_is_known_by_its_name(pieces: list[bytes], level: int) -> None:
    tables = RtfTables()
    tables.define(7)
    for piece in pieces:
        tables.name_style(piece)
    assert tables.level(7) == level


def test_a_level_that_is_told_goes_before_the_name() -> None:
    tables = RtfTables()
    tables.define(7)
    tables.set_level(9)
    tables.name_style(b"heading 2;")
    assert tables.level(7) == 9
