"""The normal form: what counts, what becomes what, and where each character came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.text import normal_form as module
from jianggao.text.normal_form import MASK, normal_form, normal_positions, spaced_normal_form


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("渠水，来了！", "渠水来了"),
        ("ＡＢＣ abc", "abcabc"),
        ("１２３", "123"),
        ("鄉村振興", "乡村振兴"),
        ("二○二五年 二◯二五年", "二〇二五年二〇二五年"),
        ("××县", "××县"),
        ("①㈠", "1一"),
        ("İ", "i"),
        ("“”、。 \n\t—…", ""),
        ("🔒", ""),
        ("", ""),
    ],
)
def test_normal_forms(text: str, normal: str) -> None:
    assert normal_form(text) == normal


def test_the_mask_is_kept() -> None:
    assert normal_form(f"{MASK}{MASK}县") == f"{MASK}{MASK}县"


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_whole_is_its_parts_put_together(left: str, right: str) -> None:
    assert normal_form(left + right) == normal_form(left) + normal_form(right)
    assert normal_form(normal_form(left)) == normal_form(left)


@given(st.text(max_size=60))
def test_positions_lead_back_to_the_characters(text: str) -> None:
    normal, places = normal_positions(text)
    assert normal == normal_form(text)
    assert len(places) == len(normal) and places == sorted(places)
    assert all(normal[at] in normal_form(text[place]) for at, place in enumerate(places))


@given(st.text(max_size=60))
def test_blanks_stand_for_what_does_not_count(text: str) -> None:
    assert "".join(spaced_normal_form(text).split()) == normal_form(text)


def test_words_end_at_what_does_not_count() -> None:
    assert spaced_normal_form("渠水，来了") == "渠水 来了"


def test_long_texts_are_translated_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "渠水，來了！" * 10
    whole = normal_form(text)
    monkeypatch.setattr(module, "_AT_ONCE", 7)
    assert normal_form(text) == whole


def test_only_common_characters_are_cached() -> None:
    normal_form("\U00020000渠")
    assert ord("渠") in module._TABLE
    assert 0x20000 not in module._TABLE
