"""Rows that an office's registry leaves on a paper."""

from __future__ import annotations

import pytest

from jianggao.parsing.registry_rows import is_registry_row


@pytest.mark.parametrize(
    "line",
    [
        "签发：方大川",
        "拟稿：周文　核稿：罗小满",
        "拟稿人：周文 | 核稿人：罗小满 | 2025.3.16",
        "已阅",
        "同意印发。",
        "收文日期：2025年3月16日",
        "2025年3月16日收",
        "渠水县党政办公室 签发：已阅 罗",
        "拟稿 | 周文 | 核稿 | 罗小满",
    ],
)
def test_rows_of_a_registry(line: str) -> None:
    assert is_registry_row(line)


@pytest.mark.parametrize(
    "line",
    [
        "方大川",
        "2025年3月16日",
        "渠水县党政办公室",
        "签发：这件事要有人担起来，担起来的人要走到渠边去看一看",
        "同意的请举手。",
        "已阅过的账本放在桌上，没有阅过的放在柜里。",
        "审核要严，核得越严，老百姓越放心",
    ],
)
def test_lines_of_a_speech(line: str) -> None:
    assert not is_registry_row(line)
