"""Simplified characters."""

from __future__ import annotations

from jianggao.text.simplified import simplified


def test_traditional_characters_become_simplified() -> None:
    assert simplified("在渠邊的講話") == "在渠边的讲话"
    assert simplified("渠边，1") == "渠边，1"


def test_half_a_surrogate_pair_is_no_error() -> None:
    assert simplified("講\ud800話") == "讲?话"
