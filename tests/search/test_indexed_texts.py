"""Sections and speeches from the index can be told apart and put in the order of their dates."""

from __future__ import annotations

from datetime import date

from jianggao.library.section_ids import first_id, speech_key
from jianggao.search.indexed_texts import IndexedSection, IndexedSpeech

DAY = date(2025, 3, 4)


def section(id_: int, speech: int) -> IndexedSection:
    return IndexedSection(id_, speech, True, "一甲", "乙", b"", b"")


def test_a_speech_and_its_sections_are_different_texts() -> None:
    speech = IndexedSpeech(speech_key(DAY, 3), "甲", "甲\n乙")
    texts = [speech, section(first_id(DAY) + 1, 3), section(first_id(DAY) + 2, 3)]
    assert len({text.identity for text in texts}) == 3
    assert {text.speech for text in texts} == {3}


def test_newer_texts_have_larger_date_keys() -> None:
    older, newer = date(2025, 3, 4), date(2025, 3, 5)
    assert section(first_id(older) + 9, 1).date_key < IndexedSpeech(speech_key(newer, 1), "", "").date_key
    assert IndexedSpeech(speech_key(older, 9), "", "").date_key < section(first_id(newer), 1).date_key


def test_all_that_is_seen_of_a_section_is_its_headings_and_its_body() -> None:
    assert section(1, 1).text == "一甲乙"
