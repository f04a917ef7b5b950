"""What is remembered of a file while its texts are stored."""

from __future__ import annotations

from dataclasses import replace

from jianggao.library.file_texts import FileTexts
from jianggao.library.preparation import PreparedSource
from jianggao.library.scan import FoundFile


def test_refusals_and_passing_reasons_are_noted() -> None:
    texts = FileTexts(FoundFile("甲.zip", 1, 1, "甲.zip"), [])
    refused = PreparedSource("甲.zip/一.txt", (), None, "坏了")
    texts.note(refused, refused)
    assert texts.kept == texts.refused == {"甲.zip/一.txt"} and not texts.passing
    texts.note(refused, replace(refused, passing=True))
    assert texts.passing
