"""Each attack does to a copy what it says, and mixtures touch only where the copies differ."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest

from jianggao.benchmarks import attacks
from jianggao.benchmarks.attacks import Mixture

COPY = "\n".join(f"第{number}段，渠里的水一年比一年少。账要一笔一笔算！" for number in range(200))


def rng() -> random.Random:
    return random.Random(5)


def test_as_sent_changes_nothing() -> None:
    assert attacks.as_sent(COPY, rng()) == COPY


def test_normalised_keeps_the_words_and_loses_blanks_and_invisible_characters() -> None:
    text = attacks.normalised("１２ 户\u200b　人\n第二段", rng())
    assert re.sub(r"\s", "", text) == "12户人第二段"


def test_hard_wrapped_has_short_lines_and_the_same_words() -> None:
    text = attacks.hard_wrapped("水" * 100 + "\n\n账", rng())
    assert [len(line) for line in text.split("\n")] == [38, 38, 24, 0, 1]


def test_about_one_character_in_a_hundred_is_edited_and_no_line_end() -> None:
    text = attacks.edited(COPY, rng())
    assert text.count("\n") == COPY.count("\n")
    kept = sum(first == second for first, second in zip(COPY.split("\n"), text.split("\n"), strict=True))
    assert 120 < kept < 190


def test_breaks_are_redone_at_ends_of_sentences_alone() -> None:
    text = attacks.breaks_redone(COPY, rng())
    assert text != COPY and text.replace("\n", "") == COPY.replace("\n", "")
    assert all(line[-1] in "。！" for line in text.split("\n"))


def test_a_third_is_a_piece_of_the_copy() -> None:
    piece = attacks.third(COPY, rng())
    assert len(piece) == len(COPY) // 3 and piece in COPY
    assert attacks.third_edited(COPY, rng()) not in COPY


def test_flat_has_no_line_ends_and_forwarded_has_sender_lines_more() -> None:
    assert attacks.flat(COPY, rng()) == COPY.replace("\n", "")
    lines = attacks.forwarded(COPY, rng()).split("\n")
    senders = [line for line in lines if re.fullmatch(r"资料小铺 \d\d:\d\d:00", line)]
    assert 20 < len(senders) < 60
    assert [line for line in lines if line not in senders] == COPY.split("\n")


@pytest.mark.parametrize(
    ("mixture", "copies", "mixed"),
    [
        (attacks.majority, [(0, 1, 1), (0, 1, 0), (1, 1, 0)], [0, 1, 0]),
        (attacks.minority, [(0, 1, 1), (0, 1, 0), (1, 1, 0)], [1, 1, 1]),
        (attacks.mixed, [(0, 1, 0), (0, 1, 0)], [0, 1, 0]),
    ],
)
def test_copies_are_mixed_carrier_by_carrier(
    mixture: Mixture, copies: Sequence[Sequence[int]], mixed: list[int]
) -> None:
    assert mixture(copies, rng()) == mixed


@pytest.mark.parametrize(("carriers", "changed"), [(40, 8), (5, 5)])
def test_eight_carriers_are_flipped_where_there_are_so_many(carriers: int, changed: int) -> None:
    copy = [number % 2 for number in range(carriers)]
    flipped = attacks.flipped([copy], rng())
    assert sum(first != second for first, second in zip(copy, flipped, strict=True)) == changed
