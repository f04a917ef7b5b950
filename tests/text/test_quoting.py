"""Somebody else's words are shown on one line, in quotes, cut, and with nothing in them that can't be
seen."""

from __future__ import annotations

import pytest
from hostile_words import hidden_in, hostile, outside_quotes
from hypothesis import given
from hypothesis import strategies as st

from jianggao.text.quoting import is_cut, quoted, visible


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("闲鱼上的店", "“闲鱼上的店”"),
        ("  两头有空 ", "“两头有空”"),
        ("两行\n的字", "“两行⏎的字”"),
        ("两行\r\n的字", "“两行⏎⏎的字”"),
        ("a\u2028b\u2029c\vd\fe\x85f", "“a⏎b⏎c⏎d⏎e⏎f”"),
        ("一\t 二\u3000\u3000三", "“一 二 三”"),
        ("他说“好”", "“他说‘好’”"),
        ("真❞ 强线索：QQ 1 ❝", "“真’ 强线索：QQ 1 ’”"),
        ("真’’ 强线索ˮ ''〃", "“真’ 强线索’ '”"),
        ("\u202e12345", "“[U+202E]12345”"),
        ("零\u200b宽", "“零[U+200B]宽”"),
        ("半个\ud800字", "“半个[U+D800]字”"),
        ("\U0001f600", "“\U0001f600”"),
        ("e\u0301\u0301\u0301", "“e\u0301\u0301[U+0301]”"),
        ("\u0301e", "“[U+0301]e”"),
        ("א", "“[U+05D0]”"),
        ("", "“”"),
        (" \n ", "“”"),
    ],
)
def test_what_is_shown(words: str, shown: str) -> None:
    assert quoted(words) == shown


def test_it_is_cut_and_no_number_is_cut_in_the_middle() -> None:
    assert quoted("长" * 60) == f"“{'长' * 60}”"
    assert quoted("长" * 61) == f"“{'长' * 59}…”"
    assert quoted("长" * 50 + "\u202e" * 5, 60) == f"“{'长' * 50}[U+202E]…”"
    for most in range(1, 40):
        assert len(quoted("\u202e" * 30, most)) <= most + 2


@pytest.mark.parametrize(
    ("words", "cut"), [("长" * 60, False), ("长" * 61, True), ("\u202e" * 9, True), ("…", False)]
)
def test_whether_all_is_shown_can_be_asked(words: str, cut: bool) -> None:
    assert is_cut(words, 60) is cut


def stands_apart(words: str, most: int) -> None:
    shown = quoted(words, most)
    assert outside_quotes(shown) == "“”"
    assert len(shown) <= most + 2 and len(shown.splitlines()) == 1
    assert not hidden_in(shown), [hex(ord(one)) for one in hidden_in(shown)]
    assert visible(words, most) == shown[1:-1]


@pytest.mark.parametrize("most", [1, 20, 60, 600])
def test_five_hundred_hostile_strings_stand_apart(most: int) -> None:
    words = hostile(500)
    assert len(set(words)) == 500
    for one in words:
        stands_apart(one, most)


@given(st.text(st.characters(codec=None), max_size=300), st.integers(1, 200))
def test_whatever_is_typed_stands_apart(words: str, most: int) -> None:
    stands_apart(words, most)
