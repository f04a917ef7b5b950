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
