"""Numbers on lines of their own: of headings, of pages, of tables."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, TITLE, A, B, parsed, speech_of, tree

from jianggao.parsing.lone_numbers import (
    counter_words,
    has_title_below,
    heading_number_lines,
    is_title_below,
    page_number_lines,
)

PAGED = (("01", "看清路", "1"), ("02", "迈开步", "2"), ("03", "走到底", "3"))
OPEN = A[:-1] + "，然后"


def test_numbers_from_one_over_short_lines_are_those_of_headings() -> None:
    lines = [A, "01", "看清路", B, "02", "迈开步", A]
    assert heading_number_lines(lines) == {1, 4}
    assert page_number_lines(lines, {1, 4}) == []


@pytest.mark.parametrize(
    "lines",
    [
        [A, "2", "看清路", B, "3", "迈开步", A],
        [A, "1", "看清路", B, "3", "迈开步", A],
        [A, "1", "看清路", B],
        [OPEN, "1", "看清路", B, "2", "迈开步", A],
        [A * 5, "1", B, A, "2", B, A],
        [A, "1", "看清路", B, "2"],
        [A, "1", "看清路", "2", "迈开步", "3", "走到底"],
    ],
)
def test_other_numbers_are_not(lines: list[str]) -> None:
    """They begin later, leave one out, stand alone, cut a sentence, follow a page, have nothing below them."""
    assert heading_number_lines(lines) == set()


def test_a_paragraph_that_ends_with_a_straight_quotation_mark_is_whole() -> None:
    lines = [A, "01", "看清路", f'{A}他说："走。"', "02", "迈开步", A]
    assert heading_number_lines(lines) == {1, 4}


def test_no_page_has_a_number_with_a_nought() -> None:
    lines = [A, "01", "看清路", OPEN, "02", "迈开步", B, "03", "走到底", A]
    assert heading_number_lines(lines) == {1, 4, 7}
    assert heading_number_lines([line.lstrip("0") for line in lines]) == set()


def test_a_number_above_the_title_is_that_of_the_page() -> None:
    lines = ["1", "看清路", B, "2", "迈开步", A]
    assert heading_number_lines(lines) == set()
    assert heading_number_lines(lines, in_body=True) == {0, 3}
    assert heading_number_lines(["1", B], {"1": 2}) == {0}


def test_numbers_of_headings_and_of_pages_in_one_text() -> None:
    halves = (A[:30], A[30:])
    parts = [(mark, text, B * 4, halves[0], page, halves[1]) for mark, text, page in PAGED]
    speech = parsed("\n".join([*HEAD, *(line for part in parts for line in part)]))
    assert speech.removed == ("1", "2", "3")
    assert tree(speech) == [(1, mark, text) for mark, text, _ in PAGED]


def test_ten_follows_nine_with_and_without_a_nought_before_it() -> None:
    for form in ("{:02}", "{}"):
        lines = [A, *(line for at in range(1, 12) for line in (form.format(at), "看清路", B))]
        assert len(heading_number_lines(lines)) == 11


def test_parts_without_a_title_begin_near_the_beginning() -> None:
    assert heading_number_lines([TITLE, "1", A, B, "2", B, A]) == {1, 4}


def test_page_numbers_stand_far_apart_or_cut_a_sentence() -> None:
    assert page_number_lines([A * 4, "1", A * 4, "2", A * 4, "3"], set()) == [1, 3, 5]
    assert page_number_lines([OPEN, "1", B, "2"], set()) == [1, 3]
    assert page_number_lines([A, "4", B, "5", A], set()) == [1, 3]
    assert page_number_lines([A, "4", B, "6", A], set()) == []


def test_the_first_column_of_a_table_stays() -> None:
    rows = ("1", "沙袋", "三百只", "2", "铁锹", "五十把", "3", "雨衣", "八十件")
    assert speech_of(*HEAD, *rows, A).removed == ()


def test_page_numbers_within_a_text_with_headings_go() -> None:
    halves = (A[:30], A[30:])
    text = "\n".join(
        [*HEAD, "一、看清路", B * 4, halves[0], "1", halves[1], "二、迈开步", B * 5, "2", B * 4, "3"]
    )
    speech = parsed(text)
    assert speech.removed == ("1", "2", "3")
    assert A in speech.text
    assert [mark for _, mark, _ in tree(speech)] == ["一、", "二、"]


@pytest.mark.parametrize("word", ["PART", "Part", "CHAPTER", "SECTION", "NO.", "No"])
def test_a_counter_word_above_its_number_is_one_mark_with_it(word: str) -> None:
    parts = [(word, f"0{at}", title, A) for at, title in enumerate(("看清路", "迈开步", "走到底"), 1)]
    speech = parsed("\n".join([*HEAD, *(line for part in parts for line in part)]))
    marks = [f"{word} 0{at}" for at in (1, 2, 3)]
    assert tree(speech) == [
        (1, mark, title) for mark, title in zip(marks, ("看清路", "迈开步", "走到底"), strict=True)
    ]
    assert f"{word} 01 看清路" in map(speech.heading_label, speech.sections)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("PART", "ONE", "看清路"), ("PART", "TWO", "迈开步")),
        (("PART", "一", "看清路"), ("PART", "二", "迈开步")),
        (("PART", "01　看清路"), ("PART", "02　迈开步")),
        (("01", "PART", "看清路"), ("02", "PART", "迈开步")),
    ],
)
def test_other_places_and_numbers_of_a_counter_word(first: tuple[str, ...], second: tuple[str, ...]) -> None:
    found = tree(speech_of(*HEAD, B, *first, A, *second, B))
    assert [(level, text) for level, _, text in found] == [(1, "看清路"), (1, "迈开步")]
    assert [mark for _, mark, _ in found] == [" ".join(part[:2]).split("　")[0] for part in (first, second)]


@pytest.mark.parametrize(
    "lines",
    [
        ["PART", "01", "看清路", A],
        ["PART", "2", "看清路", A, "PART", "3", "迈开步", A],
        ["PART", "看清路", A, "PART", "迈开步", A],
        ["Part", "12.5", A, "Part", "2.5", A],
        ["PARTNER", "1", "看清路", A, "PARTNER", "2", "迈开步", A],
    ],
)
def test_words_without_a_series_of_numbers_stay_apart(lines: list[str]) -> None:
    assert counter_words(lines) == {}


@pytest.mark.parametrize("form", ["第{}", "0{}/", "0{} —", "／0{}"])
def test_ordinals_and_numbers_with_a_sign_on_lines_of_their_own(form: str) -> None:
    numbers = "一二" if "第" in form else "12"
    marks = [form.format(number) for number in numbers]
    speech = speech_of(*HEAD, B, marks[0], "看清路", A, marks[1], "迈开步", B)
    assert tree(speech) == [(1, marks[0], "看清路"), (1, marks[1], "迈开步")]


def test_places_in_a_contest_are_no_headings() -> None:
    assert (
        tree(speech_of(*HEAD, B, "名次是这样的。", "第一", "东坡村", "第二", "西岭村", "第三", "南湾村", A))
        == []
    )


@pytest.mark.parametrize("line", ["看清路", "水从哪里来？", "“等水来”等不来水", "清到田头，清到底"])
def test_titles_below_a_number(line: str) -> None:
    assert is_title_below(line)
    assert has_title_below(["1", line, A], 0)
    assert not has_title_below(["1", line], 0)
    assert not has_title_below(["1", line, "路", A], 0)


@pytest.mark.parametrize(
    "line", ["渠修好了。", "路，", "（一）看清路", "2", "——渠边", "渠" * 46, "一，二，三"]
)
def test_what_is_no_title_below_a_number(line: str) -> None:
    assert not is_title_below(line)
