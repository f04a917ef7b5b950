"""Dashes at the beginning and the end of a line."""

from __future__ import annotations

import pytest

from jianggao.parsing.dashes import dash_before, dash_behind


@pytest.mark.parametrize(
    "dash", ["——", "──", "――", "－－", "--", "—", "–", "‒", "⸺", "━━", "-", "−−", "～～", "~~", "───", "—— "]
)
def test_dashes_before_a_subtitle(dash: str) -> None:
    assert dash_before(dash + "在渠边的讲话") == len(dash)


@pytest.mark.parametrize(
    "line",
    [
        "— 01 —",
        "——一——",
        "-- 3 --",
        "-5℃的夜里",
        "－3月的账",
        "——",
        "~渠边",
        "在渠边——",
        "",
        "----------------渠",
    ],
)
def test_what_is_no_dash_before_a_subtitle(line: str) -> None:
    assert dash_before(line) == 0


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("让路灯亮到村口——", 7),
        ("让路灯亮到村口 ──", 7),
        ("让路灯亮到村口--", 7),
        ("渠水-", 3),
        ("渠水", 2),
        ("", 0),
    ],
)
def test_dashes_behind_a_title(line: str, end: int) -> None:
    assert dash_behind(line) == end
