"""Copies: the same for the same person, and saying the same as the clean text."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from traced_texts import KEY, plan_of, speeches

from jianggao.tracing.detection import read_bits
from jianggao.tracing.mark_plan import (
    Carrier,
    CarrierKind,
    MarkPlan,
    Strength,
    build_plan,
    faithful,
    sha256_of,
)
from jianggao.tracing.watermark import MarkFailed, bits, mark, mark_with_map

numbers = st.integers(0, len(speeches()) - 1)
choices = st.integers(0, 2**128 - 1)


def chosen_for(plan: MarkPlan, choice: int) -> list[int]:
    return [choice >> at & 1 for at in range(len(plan.carriers))]


def letters_and_digits(text: str) -> str:
    return "".join(one for one in text if unicodedata.category(one)[0] in "LNS")


def named(text: str) -> list[str]:
    return re.findall(r"《.*?》|“.*?”|[\d．.%％]+", text, re.DOTALL)


@settings(max_examples=1_000)
@given(numbers, choices, st.sampled_from(Strength))
def test_every_letter_digit_title_and_quotation_is_the_same(
    number: int, choice: int, strength: Strength
) -> None:
    text, plan = speeches()[number].text, plan_of(number, strength)
    copy = mark(text, plan, chosen_for(plan, choice))
    assert letters_and_digits(copy) == letters_and_digits(text)
    assert named(copy) == named(text)
    without_pauses = re.compile(r"[、，；。]")
    paragraphs = [without_pauses.sub("", line) for line in copy.split("\n")]
    for line in text.split("\n"):  # each paragraph is one or several whole ones of the copy
        wanted = without_pauses.sub("", line)
        got = paragraphs.pop(0)
        while len(got) < len(wanted):
            got += paragraphs.pop(0)
        assert got == wanted
    assert not paragraphs


@settings(max_examples=200)
@given(numbers, choices, st.lists(st.integers(0, 9_000), max_size=12))
def test_parts_that_touch_put_together_are_the_copy(number: int, choice: int, cuts: list[int]) -> None:
    text, plan = speeches()[number].text, plan_of(number)
    marked = mark_with_map(text, plan, chosen_for(plan, choice))
    edges = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    parts = [marked.span(start, end) for start, end in pairwise(edges)]
    assert "".join(parts) == marked.text
    for part, (start, end) in zip(parts, pairwise(edges), strict=True):
        assert letters_and_digits(part) == letters_and_digits(text[start:end])


def test_without_bits_the_copy_is_the_clean_text() -> None:
    plan = plan_of(0)
    assert mark(speeches()[0].text, plan, [0] * len(plan.carriers)) == speeches()[0].text


def test_bits_never_change_for_copies_that_went_out() -> None:
    carriers = tuple(
        Carrier(CarrierKind.BREAK, offset, "", "\n") for offset in (40, 90, 155, 200, 260, 301, 350, 399)
    )
    plan = MarkPlan(Strength.STRONG, "", carriers)
    assert [one.key for one in carriers[:2]] == ["G@40", "G@90"]
    assert bits(KEY, "12", "10001", plan) == GOLDEN
    fewer = MarkPlan(Strength.STRONG, "", carriers[::2])
    assert bits(KEY, "12", "10001", fewer) == GOLDEN[::2]


GOLDEN = [1, 0, 0, 1, 0, 1, 0, 1]


def test_bits_are_coin_throws_by_person_text_and_key() -> None:
    plan = plan_of(0)
    throws = [
        bits(key, text_id, member, plan)
        for key in (KEY, bytes(32))
        for text_id in ("1", "2")
        for member in map(str, range(25))
    ]
    assert len(set(map(tuple, throws))) == len(throws)
    ones = sum(map(sum, throws)) / len(throws) / len(plan.carriers)
    assert 0.47 < ones < 0.53


def refused(text: str, *carriers: tuple[int, str, str]) -> None:
    plan = MarkPlan(
        Strength.STRONG, sha256_of(text), tuple(Carrier(CarrierKind.BETWEEN_ITEMS, *one) for one in carriers)
    )
    with pytest.raises(MarkFailed):
        mark(text, plan, [1] * len(carriers))


def test_a_plan_that_would_change_what_is_said_gives_no_copy() -> None:
    refused("修渠三里", (0, "修", "挖"))
    refused("修渠三里", (2, "三", ""))
    refused("共花1，200元", (3, "，", ""))
    refused("共花1，200元", (3, "，", "、"))
    refused("去看《春、秋》", (4, "、", ""))
    refused("他说“来，坐”", (4, "，", ""))
    refused("开头。\n结尾", (3, "\n", ""))
    refused("开头，结尾", (1, "，", "。"))
    refused("开头，结尾", (2, "，", "。"), (2, "，", "；"))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("先修渠，后运沙", (3, "，", "。")),  # one pause for another that no rule knows
        ("先修渠，后运沙", (3, "，", "；")),
        ("先修渠，后运沙", (3, "，", "、")),
        ("修渠、运沙", (2, "、", "，")),
        ("修渠。运沙", (2, "。", "")),
        ("修渠。运沙", (2, "。", "，")),
        ("修渠；运沙", (2, "；", "，")),
        ("修渠运沙", (2, "", "。")),
        ("修渠运沙", (2, "", "；")),
        ("修渠，运沙", (3, "", "\n")),  # breaks within a sentence, two of them, and at one that is there
        ("修渠运沙", (2, "", "\n")),
        ("修渠；运沙", (3, "", "\n")),
        ("修渠。运沙", (3, "", "\n\n")),
        ("修渠。\n运沙", (4, "", "，")),
        ("修渠。\n运沙", (2, "。", "；")),
    ],
)
def test_nothing_but_the_alternatives_of_a_plan_may_differ(text: str, place: tuple[int, str, str]) -> None:
    refused(text, place)


MISTYPED = (
    *"“”‘’《》「」『』（）()〈〉【】\"'",
    *"、，；。：！？",
    *(
        "“甲",
        "乙”",
        "“\n",
        "《\n》",
        "，。",
        "。。",
        "；；",
        "、、",
        "\n，",
        "。\n二是",
        "。”",
        "……",
        "——",
        "2，3",
        "3、4",
        "1",
    ),
)


@settings(max_examples=600)
@given(
    numbers,
    choices,
    st.sampled_from(Strength),
    st.lists(st.tuples(st.sampled_from(MISTYPED), st.integers(0, 9_000)), min_size=1, max_size=6),
)
def test_typing_errors_anywhere_in_a_text_keep_nobody_from_a_copy(
    number: int, choice: int, strength: Strength, errors: list[tuple[str, int]]
) -> None:
    text = speeches()[number].text
    for error, place in errors:
        at = place % len(text)
        text = text[:at] + error + text[at:]
    plan = build_plan(text, strength)
    chosen = chosen_for(plan, choice)
    copy = mark(text, plan, chosen)  # raises MarkFailed otherwise
    assert all(value in (None, bit) for value, bit in zip(read_bits(copy, text, plan), chosen, strict=True))


@pytest.mark.parametrize("error", ["“", "《", "「", "『", "”", "》"])
def test_a_mark_that_is_never_closed_costs_its_own_paragraph_alone(error: str) -> None:
    text = speeches()[0].text
    at = text.index("\n", len(text) // 2) + 3
    before, after = (
        build_plan(text, Strength.STRONG),
        build_plan(text[:at] + error + text[at:], Strength.STRONG),
    )
    paragraph = range(at - 3, text.index("\n", at) + 1)
    elsewhere = [one for one in before.carriers if one.offset not in paragraph]
    assert len(after.carriers) >= len(elsewhere) - 1  # one may stand in the text twice now
    assert mark(text[:at] + error + text[at:], after, [1] * len(after.carriers))


def test_a_paragraph_whose_copies_would_say_something_else_carries_nothing() -> None:
    text = "修渠。运沙\n去看《春、秋》。运沙\n“渠”“沙”"
    good = [
        Carrier(CarrierKind.BREAK, 3, "", "\n"),
        Carrier(CarrierKind.BETWEEN_QUOTED, text.index("“沙”"), "", "、"),
    ]
    bad = [
        Carrier(CarrierKind.BETWEEN_QUOTED, text.index("、秋"), "、", ""),
        Carrier(CarrierKind.BREAK, text.index("。运沙\n“") + 1, "", "\n"),
    ]
    carriers = sorted([*good, *bad], key=lambda one: one.offset)
    assert faithful(text, carriers) == good


def test_the_plan_of_another_text_gives_no_copy() -> None:
    plan = plan_of(0)
    with pytest.raises(MarkFailed):
        mark(speeches()[1].text, plan, [0] * len(plan.carriers))
    with pytest.raises(MarkFailed):
        mark(speeches()[0].text, plan, [0])
