"""A text as letters and gaps: what makes no difference between a copy and its leak, and how a place is found
again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.text.normal_form import normal_form
from jianggao.tracing.letters import BREAK, MAYBE_BREAK, Letters, letters_before, locate, pauses_of


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("渠水，清了。", "渠水 ， 清了。"),
        ("渠水，清了。", "渠\u200b水，\u2060清\ufeff了。"),
        ("渠水，清了。", "渠水,清了｡"),
        ("ABC；12", "ａｂｃ;１２"),
        ("发展", "發展"),
        ("修渠\n护林", "修渠\r\n护林"),
        ("修渠\n护林", "修渠\u2028护林"),
    ],
)
def test_width_blanks_and_invisible_characters_make_no_difference(text: str, same: str) -> None:
    assert Letters.of(text) == Letters.of(same)


def test_a_gap_keeps_pauses_and_line_ends() -> None:
    letters = Letters.of("修渠；\n护林、清淤")
    assert letters.letters == "修渠护林清淤"
    assert [letters.pauses_at(place) for place in (2, 4, 5)] == [pauses_of("；"), "、", ""]
    assert [letters.breaks_at(place) for place in (2, 4)] == [1, 0]


def test_other_marks_are_no_pauses_and_are_not_forgotten() -> None:
    assert Letters.of("修渠！护林").pauses_at(2) == ""
    assert Letters.of("修渠！护林") != Letters.of("修渠护林")


def test_a_line_end_of_a_wrap_tells_neither() -> None:
    letters = Letters.of(f"修渠。{MAYBE_BREAK}护林")
    assert letters.breaks_at(2) is None
    assert Letters.of(f"修渠{MAYBE_BREAK}{BREAK}护林").breaks_at(2) == 1


@given(st.text(alphabet="渠水，。\n ａ1", max_size=60), st.lists(st.integers(0, 60), max_size=8))
def test_letters_before_are_those_of_the_normal_form(text: str, places: list[int]) -> None:
    offsets = sorted(min(place, len(text)) for place in places)
    assert letters_before(text, offsets) == [len(normal_form(text[:offset])) for offset in offsets]


ORIGINAL = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄"


def test_a_place_is_found_by_the_letters_on_both_sides() -> None:
    assert locate("某某" + ORIGINAL, ORIGINAL, 10) == [12]
    assert locate(ORIGINAL[4:16], ORIGINAL, 10) == [6]
    assert locate(ORIGINAL[5:16], ORIGINAL, 10) == [], "five letters on one side are too few"
    assert locate("", ORIGINAL, 10) == []


def test_an_edited_letter_on_one_side_hides_no_place() -> None:
    edited = ORIGINAL[:16] + "某" + ORIGINAL[17:]
    assert locate(edited, ORIGINAL, 14) == [14]


def test_surroundings_that_stand_twice_in_the_text_tell_nothing() -> None:
    twice = ORIGINAL + ORIGINAL
    assert locate(ORIGINAL, twice, 10) == []


def test_a_text_that_was_pasted_several_times_has_several_places() -> None:
    length = len(ORIGINAL)
    assert locate(ORIGINAL * 3, ORIGINAL, 13) == [13, 13 + length, 13 + 2 * length]
    assert len(locate(ORIGINAL * 50, ORIGINAL, 13)) == 50
    assert locate(ORIGINAL * 51, ORIGINAL, 13) == []
