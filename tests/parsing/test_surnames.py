"""Surnames, single and double."""

from __future__ import annotations

import pytest

from jianggao.parsing.surnames import BEGIN_WORDS, SURNAMES, begins_with_surname, is_familiar_name


@pytest.mark.parametrize("text", ["方大川", "欧阳春", "歐陽春", "陳明", "安全"])
def test_what_begins_with_a_surname(text: str) -> None:
    assert begins_with_surname(text)


@pytest.mark.parametrize("text", ["", "的", "渠首开闸", "把路修好"])
def test_what_does_not(text: str) -> None:
    assert not begins_with_surname(text)


def test_what_often_begins_a_word_is_a_surname_all_the_same() -> None:
    assert BEGIN_WORDS <= SURNAMES


@pytest.mark.parametrize(
    "text", ["小方", "老罗", "阿林", "办公室小方", "县委办 小方", "综合科老周", "小方同志"]
)
def test_what_colleagues_call_somebody(text: str) -> None:
    assert is_familiar_name(text)


@pytest.mark.parametrize("text", ["小编", "小站", "老屋", "方小川", "小方圆", "办公室", "听雨小筑", "", "小"])
def test_what_is_no_familiar_name(text: str) -> None:
    assert not is_familiar_name(text)
