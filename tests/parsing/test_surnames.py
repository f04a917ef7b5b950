"""Surnames, single and double."""

from __future__ import annotations

import pytest

from jianggao.parsing.surnames import BEGIN_WORDS, SURNAMES, begins_with_surname


@pytest.mark.parametrize("text", ["方大川", "欧阳春", "歐陽春", "陳明", "安全"])
def test_what_begins_with_a_surname(text: str) -> None:
    assert begins_with_surname(text)


@pytest.mark.parametrize("text", ["", "的", "渠首开闸", "把路修好"])
def test_what_does_not(text: str) -> None:
    assert not begins_with_surname(text)


def test_what_often_begins_a_word_is_a_surname_all_the_same() -> None:
    assert BEGIN_WORDS <= SURNAMES
