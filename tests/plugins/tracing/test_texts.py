"""The words of the dialogue of 溯源."""

from __future__ import annotations

import importlib
from typing import Any

import pytest


@pytest.fixture
def texts(plugins: None) -> Any:
    return importlib.import_module("plugins.tracing.texts")


def test_what_was_taken_is_counted_and_the_next_step_told(texts: Any) -> None:
    assert texts.taken(3) == "收到 3 份。还有就接着发，发完说“完成”。"


def test_after_a_restart_what_is_still_there_is_counted(texts: Any) -> None:
    answer = texts.reopened(2)
    assert "2 件都在" in answer and "发“完成”" in answer and "发“取消”" in answer


def test_every_sentence_says_what_to_do(texts: Any) -> None:
    for words in (
        texts.IN_PRIVATE,
        texts.SEND_IT,
        texts.STOPPED,
        texts.NOTHING_YET,
        texts.LOST,
        texts.ENOUGH,
    ):
        assert any(step in words for step in ("发“溯源”", "“完成”", "发来"))
        assert "！" not in words
