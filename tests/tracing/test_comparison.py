"""Suspects are compared where they can be, by each rule, and the chances of all comparisons are added up."""

from __future__ import annotations

import random
from fractions import Fraction
from math import comb

import pytest
from suspected_copies import Suspects, reading, shared, suspects_of
from traced_texts import seeded

from jianggao.benchmarks import attacks
from jianggao.tracing.accusations import (
    TRIPLES_UP_TO,
    Rule,
)
from jianggao.tracing.attribution import (
    accuse,
)
from jianggao.tracing.evidence import Reading


def test_rules_that_can_name_nobody_leave_their_shares_to_the_others() -> None:
    suspects = suspects_of(100, 24, seeded())
    named = accuse([reading([*suspects["m7"]["1"]])], suspects)[0]
    assert named.probability == shared(Rule.ALL, {Rule.ALL, Rule.BREAKS}) * 100 * Fraction(1, 2**24)
    fewer = accuse([reading([*suspects["m7"]["1"][:20], *[None] * 4])], suspects)[0]
    assert fewer.probability == shared(Rule.ALL, {Rule.ALL}) * 100 * Fraction(1, 2**20)


def test_five_thousand_suspects_are_judged() -> None:
    suspects = suspects_of(5_000, 100, seeded())
    named = accuse([reading([*suspects["m4321"]["1"]])], suspects)
    assert [one.suspect for one in named] == ["m4321"]


def test_bits_of_another_plan_are_no_evidence() -> None:
    with pytest.raises(ValueError, match="another plan"):
        accuse([reading([1] * 40)], {"m1": {"1": [1] * 39}})


def test_of_a_suspect_only_texts_that_he_received_count() -> None:
    suspects = suspects_of(100, 16, seeded(), ("1", "2"))
    values: dict[str, list[int | None]] = {text: [*suspects["m7"][text]] for text in ("1", "2")}
    leaks = [reading(values[text], text) for text in ("1", "2")]
    assert [one.places for one in accuse(leaks, suspects)] == [32]
    del suspects["m7"]["2"]
    assert accuse(leaks, suspects) == []


def minority_of_three(places: int, seed: int) -> tuple[Suspects, Reading]:
    chance = random.Random(seed)
    suspects = suspects_of(30, places, chance)
    copies = [suspects[member]["1"] for member in ("m3", "m11", "m20")]
    return suspects, reading([*attacks.minority(copies, chance)])


def test_three_who_take_the_form_of_one_are_found_where_two_differ() -> None:
    guilty, found = {"m3", "m11", "m20"}, 0
    for seed in range(10):
        named = accuse([minority_of_three(240, seed)[1]], minority_of_three(240, seed)[0])
        assert {one.suspect for one in named} <= guilty
        assert all(one.rule is Rule.TRIPLE for one in named)
        assert all(one.agreeing == one.places for one in named)
        found += bool(named)
    assert found == 10


def test_the_chances_of_all_threes_are_added_up() -> None:
    suspects, leak = minority_of_three(240, 1)
    named = accuse([leak], suspects, weight=3)
    assert named
    for one in named:
        times = shared(Rule.TRIPLE, {Rule.ALL, Rule.BREAKS, Rule.TRIPLE})
        assert one.probability == 3 * times * 30 * comb(30, 2) * Fraction(1, 2**one.places)


def test_threes_of_unequal_deliveries_are_compared_where_all_received() -> None:
    chance = seeded()
    suspects = suspects_of(30, 240, chance, ("1", "2"))
    copies = [suspects[member]["1"] for member in ("m3", "m11", "m20")]
    leaks = [reading([*attacks.minority(copies, chance)])]
    for member in ("m0", "m1", "m2"):
        del suspects[member]["1"]
    named = accuse([*leaks, reading([None] * 240, "2")], suspects)
    assert named
    assert {one.suspect for one in named} <= {"m3", "m11", "m20"}


def test_among_many_suspects_threes_are_not_searched() -> None:
    chance = seeded()
    suspects, leak = minority_of_three(240, 1)
    more = {f"more {member}": his for member, his in suspects_of(TRIPLES_UP_TO, 240, chance).items()}
    assert accuse([leak], suspects)
    assert accuse([leak], {**more, **suspects}) == []
