"""NFKC of texts of any length."""

from __future__ import annotations

import unicodedata

import pytest

from jianggao.text.folding import PIECE, nfkc


@pytest.mark.parametrize(
    ("text", "normal"), [("ＡＢ１２", "AB12"), ("①", "1"), ("ﬁ", "fi"), ("e\u0301", "é"), ("", "")]
)
def test_normal_forms(text: str, normal: str) -> None:
    assert nfkc(text) == normal


def test_long_texts_are_normalized_to_their_end() -> None:
    text = "Ａ" * (3 * PIECE + 1)
    assert nfkc(text) == "A" * (3 * PIECE + 1)


def test_an_accent_behind_a_seam_stays_apart() -> None:
    within = "a" * (PIECE - 2) + "e\u0301" + "a"
    across = "a" * (PIECE - 1) + "e\u0301"
    assert nfkc(within) == unicodedata.normalize("NFKC", within)
    assert nfkc(across) == across


def test_what_is_as_long_as_a_piece_is_normalized_whole() -> None:
    assert nfkc("a" * (PIECE - 2) + "e\u0301") == "a" * (PIECE - 2) + "é"
