"""How accounts are labelled, and what is left of a name before it is stored."""

from __future__ import annotations

import pytest
from hostile_words import hidden_in, hostile, outside_quotes

from jianggao.people.names import LONGEST_NAME, KnownPerson, clean_name, label


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        (KnownPerson("20001"), "20001"),
        (KnownPerson("20001", nickname="张三"), "20001（“张三”）"),
        (KnownPerson("20001", nickname="小张", card="甲县 张三"), "20001（“甲县 张三”）"),
        (KnownPerson("20001", note="甲单位办公室"), "20001（备注“甲单位办公室”）"),
        (KnownPerson("20001", nickname="张三", note="甲单位"), "20001（“张三”，备注“甲单位”）"),
    ],
)
def test_a_label_begins_with_the_account(person: KnownPerson, shown: str) -> None:
    assert label("20001", {"20001": person}) == shown


def test_an_account_of_which_nothing_is_known_stands_alone() -> None:
    assert label("20001", {}) == "20001"


@pytest.mark.parametrize("words", hostile())
def test_no_name_or_note_reads_like_the_bots_own_words(words: str) -> None:
    for person in (KnownPerson("20001", nickname=words), KnownPerson("20001", note=words)):
        shown = label("20001", {"20001": person})
        assert not hidden_in(shown)
        assert outside_quotes(shown) in ("20001（“”）", "20001（备注“”）", "20001（）", "20001（备注）")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("  张\u202e三\u200b \n李四\x00 ", "张三 李四"),
        ("\ud800好", "好"),
        (None, ""),
        (12, ""),
        ("\u202e", ""),
    ],
)
def test_what_can_not_be_seen_is_left_out(words: object, kept: str) -> None:
    assert clean_name(words) == kept


def test_a_name_is_short_whatever_was_sent() -> None:
    assert len(clean_name("长" * 1_000_000)) == LONGEST_NAME


def test_no_name_gets_into_a_log() -> None:
    assert "张三" not in repr(KnownPerson("20001", nickname="张三"))
