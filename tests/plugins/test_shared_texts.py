"""What several plugins say: a section as it is shown, and why a list shows less."""

from __future__ import annotations

import importlib
from datetime import date
from typing import Any

import pytest

from jianggao.access.verdicts import Shown
from jianggao.reading.views import SectionView


@pytest.fixture
def shared(plugins: None) -> Any:
    return importlib.import_module("plugins.shared_texts")


@pytest.mark.parametrize(
    ("unwritable", "spent", "begins"),
    [("", False, []), ("", True, ["今天的段落额度"]), ("磁盘满了", True, ["数据库暂时写不进去（磁盘满了）"])],
)
def test_a_list_says_once_why_text_is_missing(
    shared: Any, unwritable: str, spent: bool, begins: list[str]
) -> None:
    lines = shared.what_is_missing(unwritable, spent)
    assert len(lines) == len(begins)
    assert all(line.startswith(start) for line, start in zip(lines, begins, strict=True))


@pytest.mark.parametrize(("heading", "first"), [("一、甲", "12.3　一、甲"), ("", "12.3")])
def test_a_section_is_shown_with_where_it_is_from(shared: Any, heading: str, first: str) -> None:
    view = SectionView("12.3", "题目", date(2025, 3, 4), heading, "正文。", Shown())
    assert shared.section_text(view) == f"{first}\n正文。\n——《题目》2025-03-04"


def test_a_speechs_number_where_a_sections_is_needed(shared: Any) -> None:
    for command in ("段落", "相近"):
        shown = shared.which_section(12, command)
        assert f"例如：{command} 12.1。" in shown and "提纲 12" in shown
