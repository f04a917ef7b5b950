"""Characters that nobody sees, and blanks of every kind."""

from __future__ import annotations

import pytest

from jianggao.text.characters import BROKEN, collapse_blanks, remove_invisible


@pytest.mark.parametrize("character", ["\ufeff", "\u200b", "\u200d", "\u00ad", "\ufe0f", "\u202e"])
def test_invisible_characters_go(character: str) -> None:
    assert remove_invisible(f"渠{character}水{character}") == "渠水"


@pytest.mark.parametrize("text", ["渠 水", "渠\t水\n", "渠　水", f"渠{BROKEN}水", ""])
def test_all_else_stays(text: str) -> None:
    assert remove_invisible(text) == text


@pytest.mark.parametrize(
    ("line", "tidy"),
    [
        ("　　渠水  来了 ", "渠水 来了"),
        ("渠\t\xa0　水", "渠 水"),
        ("渠\n水", "渠 水"),
        (" 　\t", ""),
        ("", ""),
    ],
)
def test_blanks_count_as_one(line: str, tidy: str) -> None:
    assert collapse_blanks(line) == tidy
