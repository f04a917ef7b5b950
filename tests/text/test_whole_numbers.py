"""Whole numbers that people and programs write."""

from __future__ import annotations

import sys

import pytest

from jianggao.text.whole_numbers import LARGEST, whole_number


@pytest.mark.parametrize(
    ("written", "meant"), [("0", 0), ("15", 15), ("007", 7), ("１５", 15), (str(LARGEST), LARGEST)]
)
def test_digits_are_read(written: str, meant: int) -> None:
    assert whole_number(written) == meant


@pytest.mark.parametrize(
    "written",
    ["", " 1", "1\n", "-1", "+1", "1.0", "1_0", "1e3", "①", "²", "一", str(LARGEST + 1), "9" * 4_301],
)
def test_anything_else_is_none(written: str) -> None:
    assert whole_number(written) is None


def test_no_character_there_is_raises() -> None:
    found = {one for one in map(chr, range(sys.maxunicode + 1)) if whole_number(one) is not None}
    assert found == set("0123456789０１２３４５６７８９")
