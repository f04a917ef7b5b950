"""A copy says what the text says: all but a few breaks and pauses is the same."""

from __future__ import annotations

import pytest

from jianggao.tracing.same_text import says_the_same


@pytest.mark.parametrize(
    ("clean", "copy"),
    [
        ("修渠。运沙", "修渠。\n运沙"),
        ("修渠！运沙", "修渠！\n运沙"),
        ("修渠。二是运沙", "修渠；\n二是运沙"),
        ("修渠；运沙", "修渠。运沙"),
        ("今年，我们修渠", "今年我们修渠"),
        ("今年我们修渠", "今年，我们修渠"),
        ("“渠”“沙”", "“渠”、“沙”"),
    ],
)
def test_what_plans_do_change_says_the_same(clean: str, copy: str) -> None:
    assert says_the_same(clean, copy)


@pytest.mark.parametrize(
    ("clean", "copy"),
    [
        ("修渠三里", "挖渠三里"),  # a word
        ("修渠三里", "修渠三 里"),  # a blank
        ("共花1，200元", "共花1200元"),  # a number
        ("共花1，200元", "共花1、200元"),
        ("去看《春、秋》", "去看《春秋》"),  # a title
        ("他说“来，坐”", "他说“来坐”"),  # a quotation
        ("修渠，运沙", "修渠。运沙"),  # a pause that no plan puts there
        ("修渠！运沙", "修渠。运沙"),
        ("修渠，运沙", "修渠，\n运沙"),  # a break within a sentence
        ("修渠。运沙", "修渠。\n\n运沙"),
        ("修渠。\n运沙", "修渠。运沙"),  # a break of the text that is gone
        ("修渠。\n运沙", "修渠；\n运沙"),
        ("修渠", ""),
    ],
)
def test_anything_else_says_something_else(clean: str, copy: str) -> None:
    assert not says_the_same(clean, copy)


def test_a_mistyped_pause_beside_a_free_one_stays_as_it_is() -> None:
    assert says_the_same("修渠，；运沙", "修渠，。运沙")
    assert not says_the_same("修渠，；运沙", "修渠；。运沙")


def test_a_text_says_the_same_as_itself_whatever_is_in_it() -> None:
    for text in ("", "\n\n", "“没有合上，\n《也没有", "，。；、\n", "1，2、3"):
        assert says_the_same(text, text)
