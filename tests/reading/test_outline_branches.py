"""Of a long heading tree the branches on a theme are shown, and how much of the tree isn't is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.reading.outline_branches import TREE_LINES, below, branch_view, is_on, lines_on
from jianggao.reading.views import OutlineLine, OutlineView
from jianggao.search import Term

TREE = [
    (0, "开头"),
    (1, "一、过去一年怎么走过来的"),
    (2, "（一）保住了饭碗"),
    (2, "（二）修通了六条断头路"),
    (2, "（三）管住了一条河"),
    (1, "二、今年的事"),
    (2, "（一）让地里多打粮"),
    (3, "1.换种子"),
    (3, "2.修水渠"),
    (4, "（1）先修漏水的渠段"),
    (3, "3.把机手请回来"),
    (2, "（二）让厂里多接单"),
    (3, "1.带着样品出门"),
    (3, "2.把水价降下来"),
    (2, "（三）让家门口多几张课桌"),
    (3, "1.新办两所小学"),
    (1, "三、干部的事"),
    (2, "（一）少开会"),
    (0, "结尾"),
]


def view_of(tree: Sequence[tuple[int, str]]) -> OutlineView:
    lines = tuple(OutlineLine(level, text, ((at, False),)) for at, (level, text) in enumerate(tree))
    return OutlineView(12, "在全市工作会议上的报告", date(2025, 3, 4), lines)


def terms_of(*words: str) -> list[Term]:
    return [Term(word, (word,)) for word in words]


def branch(*words: str) -> list[str]:
    return [line.text for line in branch_view(view_of(TREE), terms_of(*words)).lines]


def test_a_heading_on_the_theme_has_those_above_and_below_it() -> None:
    assert branch("打粮") == [
        "二、今年的事",
        "（一）让地里多打粮",
        "1.换种子",
        "2.修水渠",
        "（1）先修漏水的渠段",
        "3.把机手请回来",
    ]


def test_every_branch_on_the_theme_is_shown() -> None:
    assert branch("水") == [
        "二、今年的事",
        "（一）让地里多打粮",
        "2.修水渠",
        "（1）先修漏水的渠段",
        "（二）让厂里多接单",
        "2.把水价降下来",
    ]


def test_of_several_words_the_headings_that_hold_most_count() -> None:
    assert branch("水", "渠段") == ["二、今年的事", "（一）让地里多打粮", "2.修水渠", "（1）先修漏水的渠段"]


def test_without_a_heading_on_the_theme_the_outermost_ones_are_shown() -> None:
    assert branch("潜水艇") == [text for level, text in TREE if level in (1, 2)], (
        "two levels, since they fit in whole"
    )
    many = [(1, "一、把渠修好"), (2, "（一）先修漏水的")] * 8
    assert {line.level for line in branch_view(view_of(many), terms_of("潜水艇")).lines} == {1}


def test_sections_that_are_about_the_theme_show_where_they_stand_with_their_numbers_alone() -> None:
    view = branch_view(view_of(TREE), terms_of("潜水艇"), about={9, 17})
    assert [(line.text, line.sections) for line in view.lines] == [
        ("二、今年的事", ()),
        ("（一）让地里多打粮", ()),
        ("2.修水渠", ()),
        ("（1）先修漏水的渠段", ((9, False),)),
        ("三、干部的事", ()),
        ("（一）少开会", ((17, False),)),
    ]
    assert view.left_out == len(TREE) - 6


def test_sections_that_are_about_the_theme_shorten_a_short_tree_too() -> None:
    few = OutlineView(
        7,
        "报告",
        date(2025, 3, 4),
        (OutlineLine(0, "开头", ((1, False),)), OutlineLine(1, "一、全年", ((2, True), (3, False)))),
    )
    view = branch_view(few, terms_of("潜水艇"), about={3})
    assert view.lines == (OutlineLine(1, "一、全年", ((3, False),)),) and view.left_out == 1
    assert branch_view(few, terms_of("潜水艇"), about={1}).lines == few.lines[:1], (
        "nothing is below an opening"
    )
    assert branch_view(few, terms_of("潜水艇"), about={9}) == few


def test_the_numbers_of_what_is_left_out_below_a_heading_stand_at_it() -> None:
    view = branch_view(view_of(TREE), terms_of("潜水艇"))
    assert {line.text: [ordinal for ordinal, _ in line.sections] for line in view.lines} == {
        "一、过去一年怎么走过来的": [1],
        "（一）保住了饭碗": [2],
        "（二）修通了六条断头路": [3],
        "（三）管住了一条河": [4],
        "二、今年的事": [5],
        "（一）让地里多打粮": [6, 7, 8, 9, 10],
        "（二）让厂里多接单": [11, 12, 13],
        "（三）让家门口多几张课桌": [14, 15],
        "三、干部的事": [16],
        "（一）少开会": [17],
    }
    many = [(1, "一、今年的事"), (2, "（一）修渠"), *[(3, "1.先量"), (4, "（1）再挖")] * 9, (2, "（二）修路")]
    found = branch_view(view_of(many), terms_of("修渠")).lines
    assert [line.level for line in found] == [1, 2, 3, 4, 3, 4, 3, 4, *[3] * 6]
    assert [len(line.sections) for line in found] == [1, 1, *[1] * 6, *[2] * 6]


def test_what_is_left_out_is_counted() -> None:
    view = branch_view(view_of(TREE), terms_of("打粮"))
    assert view.left_out == len(TREE) - 6 and view.number == 12
    short = view_of(TREE[:TREE_LINES])
    assert branch_view(short, terms_of("打粮")) == short and short.left_out == 0


def test_the_opening_is_on_no_theme() -> None:
    assert lines_on(view_of(TREE).lines, terms_of("开头")) == []


def test_headings_that_would_be_too_many_are_the_first_ones_with_those_above_them() -> None:
    many = [line for at in range(9) for line in ((1, f"{at}、今年的事"), (2, "（一）修渠"), (3, "1.先量"))]
    view = branch_view(view_of(many), terms_of("修渠"))
    assert [line.level for line in view.lines] == [1, 2] * (TREE_LINES // 2)


@pytest.mark.parametrize(
    ("heading", "word", "expected"),
    [
        ("三、农资到户", "三农", False),
        ("三、三农的账", "三农", True),
        ("（二）抓好三农", "三农", True),
        ("落实“双减”政策", "双减政策", True),
        ("一、一体化办学", "一体化", True),
    ],
)
def test_a_word_across_the_mark_and_its_heading_is_none(heading: str, word: str, expected: bool) -> None:
    assert is_on(heading, terms_of(word)[0]) == expected


@given(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["渠", "路", "渠和路", "桥"])), max_size=40),
    st.lists(st.sampled_from(["渠", "路", "井"]), min_size=1, max_size=2, unique=True),
)
def test_lines_stay_in_order_and_are_few_and_none_hangs_in_the_air(
    tree: list[tuple[int, str]], words: list[str]
) -> None:
    whole = view_of(tree)
    view = branch_view(whole, terms_of(*words))
    kept = [line.sections[0][0] for line in view.lines]
    numbers = [ordinal for line in view.lines for ordinal, _ in line.sections]
    assert len(numbers) == len(set(numbers))
    assert kept == sorted(kept) and len(kept) <= TREE_LINES
    assert view.left_out == len(whole.lines) - len(kept)
    on_theme = lines_on(whole.lines, terms_of(*words))
    if view.left_out and on_theme:
        shown = {place for at in on_theme if at in kept for place in (at, *below(whole.lines, at))}
        others = [at for at in kept if at not in shown]
        assert all(any(place in below(whole.lines, at) for place in kept) for at in others)
