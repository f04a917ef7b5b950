"""The shares of the stated error: together never more than the whole, and nobody takes another's."""

from __future__ import annotations

import random
from datetime import timedelta
from fractions import Fraction

from jianggao.tracing.alpha_spending import OPERATORS, Share, affordable, next_share, part_weight

YEAR = timedelta(days=365)


def test_the_parts_of_any_row_add_up_to_at_most_one() -> None:
    parts = [1 / part_weight(number) for number in range(1, 4_096)]
    assert parts == sorted(parts, reverse=True)
    assert sum(parts[:1]) == Fraction(3, 4)
    # blocks of 1, 2, 4 … numbers with k digits: 3/4 + 1/4 · (1 − 1/k) up to k = 12
    assert sum(parts) == Fraction(3, 4) + Fraction(1, 4) * (1 - Fraction(1, 12))


def test_the_weights_that_the_documentation_states() -> None:
    assert [Share(OPERATORS, 0, number).weight for number in (1, 2, 4, 10, 30)] == [
        Fraction(16, 9),
        Fraction(64, 3),
        128,
        512,
        Fraction(5120, 3),
    ]
    assert [Share("r", line, 1).weight for line in (1, 2, 4, 10)] == [
        Fraction(64, 9),
        Fraction(256, 3),
        512,
        2048,
    ]


def test_within_any_twelve_months_no_share_is_spent_twice_and_all_make_no_more_than_one() -> None:
    chance = random.Random(4)
    spent: list[tuple[timedelta, Share]] = []
    at = timedelta()
    for _ in range(1_500):
        at += timedelta(days=chance.choice((0, 0, 1, 3, 40)))
        recent = [share for when, share in spent if when >= at - YEAR]
        sources = [chance.choice([OPERATORS, *map(str, range(40))]) for _ in range(chance.choice((1, 1, 3)))]
        share = next_share(recent, sources)
        assert share.source in sources
        spent.append((at, share))
        window = [one for when, one in spent if when >= at - YEAR]
        cells = [(one.line, one.number) for one in window]
        assert len(set(cells)) == len(cells)
        assert sum(1 / one.weight for one in window) <= 1
        owners: dict[int, set[str]] = {}
        for one in window:
            owners.setdefault(one.line, set()).add(one.source)
        assert all(len(sources) == 1 for sources in owners.values())


def test_a_reporter_blunts_his_own_looks_and_nothing_of_the_operators() -> None:
    flood = [Share("liar", 1, number) for number in range(1, 1_001)]
    assert next_share(flood, [OPERATORS]).weight == Fraction(16, 9)
    assert next_share(flood, ["honest"]) == Share("honest", 2, 1)
    assert next_share(flood, ["liar"]).weight > 100_000
    assert next_share(flood, ["liar", "honest"]).source == "honest"
    sybils = [Share(f"liar {at}", at, 1) for at in range(1, 101)]
    assert next_share(sybils, [OPERATORS]).weight == Fraction(16, 9)


def test_judgements_that_could_name_nobody_cost_the_others_nothing() -> None:
    can, cannot = Fraction(1_000), Fraction(1, 10)
    assert affordable([], Fraction(2)) == []
    assert affordable([cannot] * 12, Fraction(2)) == []
    assert affordable([cannot, can, *[cannot] * 12], Fraction(2)) == [1]


def test_as_many_judgements_are_made_as_can_share_the_looks_part() -> None:
    chance = random.Random(2)
    for _ in range(200):
        most = [Fraction(chance.randrange(1, 400), 10) for _ in range(chance.randrange(1, 20))]
        made = affordable(most, Fraction(3, 2))
        assert all(most[number] >= len(made) * Fraction(3, 2) for number in made)
        one_more = len(made) + 1
        assert sum(one >= one_more * Fraction(3, 2) for one in most) < one_more
