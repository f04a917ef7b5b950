"""Leaks are read whatever was done to them on the way, and where they can't be, nothing is made up."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

import pytest
from traced_texts import copy_of, plan_of, seeded, speeches

from jianggao.benchmarks import attacks
from jianggao.tracing.detection import read_bits
from jianggao.tracing.mark_plan import Carrier, CarrierKind, MarkPlan, Strength, sha256_of

LONGEST = range(5)


def tally(number: int, leak: str, chosen: list[int]) -> tuple[float, float]:
    """(share of all carriers read, share of these read wrongly)"""
    values = read_bits(leak, speeches()[number].text, plan_of(number))
    told = [(value, bit) for value, bit in zip(values, chosen, strict=True) if value is not None]
    return len(told) / len(chosen), sum(value != bit for value, bit in told) / max(1, len(told))


def invisible(copy: str, chance: random.Random) -> str:
    """A zero-width character after every third letter, other widths and spaces in the rest."""
    del chance
    wide = {ord(narrow): chr(ord(narrow) + 0xFEE0) for narrow in "0123456789abc%"}
    return (
        re.sub(r"(\w\w\w)", "\\1\u200b\u2060", copy.translate(wide))
        .replace("，", " ，")
        .replace("\n", "\n\n　　")
    )


def wrapped_in_columns(copy: str, chance: random.Random) -> str:
    """Lines of 60 columns, where digits and Latin letters take one and no line begins with a mark."""
    del chance
    lines = []
    for line in copy.split("\n"):
        while line:
            columns = length = 0
            while length < len(line) and (columns < 59 or line[length] in "，。、；”》"):
                columns += 2 if unicodedata.east_asian_width(line[length]) in "WF" else 1
                length += 1
            lines.append(line[:length])
            line = line[length:]
    return "\n".join(lines)


def blank_lines_between_wrapped(copy: str, chance: random.Random) -> str:
    """Wrapped after 19 characters, a blank line between paragraphs."""
    del chance
    lines = copy.split("\n")
    return "\n\n".join(re.sub(r"(.{19})(?=.)", "\\1\n", line) for line in lines)


@pytest.mark.parametrize(
    ("attack", "least_read", "most_wrong"),
    [
        (attacks.as_sent, 1, 0),
        (attacks.normalised, 1, 0),
        (invisible, 1, 0),
        (attacks.forwarded, 1, 0),
        (attacks.hard_wrapped, 0.85, 0),
        (wrapped_in_columns, 0.8, 0),
        (blank_lines_between_wrapped, 0.9, 0),
        (attacks.edited, 0.85, 0.02),
        (attacks.breaks_redone, 1, 0.25),
        (attacks.third, 0.2, 0),
        (attacks.third_edited, 0.15, 0.05),
    ],
)
@pytest.mark.parametrize("number", LONGEST)
def test_a_leak_is_read(
    number: int, attack: Callable[[str, random.Random], str], least_read: float, most_wrong: float
) -> None:
    chosen, copy = copy_of(number, "10001")
    share, wrong = tally(number, attack(copy, seeded()), chosen)
    assert share >= least_read
    assert wrong <= most_wrong


@pytest.mark.parametrize(
    "redo", [lambda copy: copy.replace("\n", ""), lambda copy: re.sub(r"([。！？])", "\\1\n", copy)]
)
def test_breaks_that_somebody_redid_are_dropped_whole(redo: Callable[[str], str]) -> None:
    chosen, copy = copy_of(0, "10001")
    values = read_bits(redo(copy), speeches()[0].text, plan_of(0))
    for one, value, bit in zip(plan_of(0).carriers, values, chosen, strict=True):
        assert value == (None if one.kind is CarrierKind.BREAK else bit)


def test_a_place_is_told_by_letters_that_stand_once_in_the_text() -> None:
    """A leak that has only the second of two places alike says nothing about the first."""
    first = "东村的人说要一起把渠修好。我们接着种树一直到秋天。"
    second = "西镇的人讲了一起把渠修好。我们接着种树然后才回家。"
    clean = f"{first}\n中间还有别的话要说。\n{second}"
    ends = [clean.index("。"), clean.index("。", clean.index(second))]
    carriers = tuple(Carrier(CarrierKind.BREAK, end + 1, "", "\n") for end in ends)
    plan = MarkPlan(Strength.STRONG, sha256_of(clean), carriers)
    assert read_bits(second.replace("修好。", "修好。\n"), clean, plan) == [None, 1]
    assert read_bits(first, clean, plan) == [0, None]


@pytest.mark.parametrize("number", LONGEST)
def test_a_text_pasted_twice_is_read_as_once(number: int) -> None:
    chosen, copy = copy_of(number, "10001")
    clean, plan = speeches()[number].text, plan_of(number)
    assert read_bits(f"{copy}\n转\n{copy}", clean, plan) == chosen
    assert read_bits(copy + copy[: len(copy) // 2] + copy, clean, plan) == chosen


def test_of_two_copies_after_one_another_counts_what_both_say() -> None:
    chosen, copy = copy_of(0, "10001")
    others, other = copy_of(0, "10002")
    values = read_bits(f"{copy}\n{other}", speeches()[0].text, plan_of(0))
    assert values == [mine if mine == its else None for mine, its in zip(chosen, others, strict=True)]


def test_the_same_words_elsewhere_in_a_leak_do_not_hide_a_place() -> None:
    """Told apart by more letters where there are more."""
    chosen, copy = copy_of(0, "10001")
    clean, plan = speeches()[0].text, plan_of(0)
    sentences = [part for part in re.split(r"(?<=[。！？])", clean) if len(part) > 20]
    phrases = "".join(
        part[at : at + 14] + "别的话别的话" for part in sentences for at in range(0, len(part) - 14, 7)
    )
    values = read_bits(f"{copy}\n{phrases}", clean, plan)
    told = [value == bit for value, bit in zip(values, chosen, strict=True) if value is not None]
    assert sum(told) == len(told) > 0.9 * len(chosen)


def test_of_a_place_that_a_leak_has_too_often_nothing_is_read() -> None:
    """Not what the first fifty say: the others may say the opposite."""
    chosen, copy = copy_of(1, "10001")
    _, other = copy_of(1, "10002")
    clean, plan = speeches()[1].text, plan_of(1)
    assert read_bits("\n".join([copy] * 50), clean, plan) == chosen
    assert set(read_bits("\n".join([copy] * 51), clean, plan)) == {None}
    assert set(read_bits("\n".join([copy] * 50 + [other]), clean, plan)) == {None}


def test_a_pause_that_is_neither_form_is_not_read() -> None:
    _, copy = copy_of(0, "10001")
    values = read_bits(re.sub("[、，；。]", "！", copy), speeches()[0].text, plan_of(0))
    told = {one.kind for one, value in zip(plan_of(0).carriers, values, strict=True) if value is not None}
    assert CarrierKind.BETWEEN_ITEMS not in told
    assert CarrierKind.BREAK in told


def test_of_another_text_nothing_is_read() -> None:
    _, copy = copy_of(1, "10001")
    assert set(read_bits(copy, speeches()[0].text, plan_of(0))) == {None}
    assert set(read_bits("", speeches()[0].text, plan_of(0))) == {None}


def test_the_clean_text_must_be_the_plans() -> None:
    with pytest.raises(ValueError, match="plan's"):
        read_bits("", speeches()[1].text, plan_of(0))
