"""Codes of symbol fonts as real characters."""

from __future__ import annotations

import pytest

from jianggao.sources.word_symbols import symbol, without_private


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        *(
            ("Wingdings", 0xFC, "✓"),
            ("wingdings ", 0xF06C, "●"),
            ("Wingdings", 0xF081, "①"),
            ("Wingdings", 0xF0D8, "➢"),
        ),
        *(("Wingdings 2", 0xF052, "☑"), ("Wingdings 3", 0xF067, "→"), ("Webdings", 0xF061, "✓")),
        *(("Symbol", 0xF0B7, "•"), ("Symbol", 0xF057, "Ω"), ("Symbol", 0x44, "Δ"), ("Symbol", 0xF0F2, "∫")),
        *(("宋体", 0x2103, "℃"), ("Wingdings", 0x2103, "℃"), ("宋体", 0x20BAF, "𠮯")),
        *(
            ("宋体", 0xF061, ""),
            ("Wingdings", 0xF0FF, ""),
            ("宋体", 0xD800, ""),
            ("宋体", 7, ""),
            ("宋体", 0x110000, ""),
        ),
    ],
)
def test_a_code_of_a_font(font: str, code: int, sign: str) -> None:
    assert symbol(font, code) == sign


def test_private_codes_in_a_text() -> None:
    assert without_private("甲\uf0fe乙", "Wingdings") == ("甲☑乙", 0)
    assert without_private("甲\uf0fe乙\uf0ff", "宋体") == ("甲□乙□", 2)
    assert without_private("甲\ue863乙", "宋体") == ("甲\ue863乙", 0)
