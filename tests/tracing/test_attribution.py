"""Whom leaks point to: the chances are exact, and nobody above the limit is named."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from suspected_copies import reading, shared, suspects_of
from traced_texts import copy_of, plan_of, seeded, speeches

from jianggao.benchmarks import attacks
from jianggao.tracing.accusations import (
    ALPHA_LEAD,
    RULE_FACTORS,
    TRIPLES_UP_TO,
    Accusation,
    Confidence,
    Rule,
    confidence_of,
)
from jianggao.tracing.attribution import (
    FileMatch,
    accuse,
    accuse_by_file,
    earlier_leads_factor,
    greatest_weight,
    judge,
)
from jianggao.tracing.binomial import fewest_heads, tail
from jianggao.tracing.detection import read_bits
from jianggao.tracing.evidence import Reading
from jianggao.tracing.mark_plan import CarrierKind


def wrong_in(bits: list[int], places: int) -> list[int | None]:
    """A reading of a copy with `bits`, the first `places` read wrongly."""
    return [1 - bit if at < places else bit for at, bit in enumerate(bits)]


# --- the bound --------------------------------------------------------------------------------------------------


# --- one reading ------------------------------------------------------------------------------------------------


def test_the_one_whose_copy_it_is_is_named_with_the_exact_chance() -> None:
    suspects = suspects_of(100, 60, seeded())
    named = accuse([reading(wrong_in(suspects["m7"]["1"], 5))], suspects)
    times = shared(Rule.ALL, among={Rule.ALL, Rule.BREAKS, Rule.TRIPLE})
    chance = times * 100 * tail(60, 55)
    expected = Accusation(
        "m7", Confidence.STRONG, chance, Rule.ALL, places=60, agreeing=55, suspects=100, weight=Fraction(1)
    )
    assert named == [expected]
    assert confidence_of(named) is Confidence.STRONG


@pytest.mark.parametrize("suspects_count", [2, 3, 40, TRIPLES_UP_TO, TRIPLES_UP_TO + 1])
def test_the_chances_of_all_suspects_are_added_up(suspects_count: int) -> None:
    suspects = suspects_of(suspects_count, 40, seeded())
    first = accuse([reading([*suspects["m1"]["1"]])], suspects)[0]
    possible = {Rule.ALL, Rule.BREAKS} | ({Rule.TRIPLE} if 3 <= suspects_count <= TRIPLES_UP_TO else set())
    assert first.probability == shared(Rule.ALL, possible) * suspects_count * Fraction(1, 2**40)


def test_the_rules_share_the_limit() -> None:
    of_named_before = sum(
        Fraction(comb(10, named), earlier_leads_factor(10, named)) for named in range(1, 11)
    )  # of ten looks
    assert 0.03 < of_named_before <= Fraction(1, 32)
    assert sum(1 / times for times in RULE_FACTORS.values()) + Fraction(1, 32) == 1
    assert set(RULE_FACTORS) == set(Rule)


def test_the_chances_of_all_looks_are_added_up() -> None:
    suspects = suspects_of(100, 28, seeded())
    leak = [reading([*suspects["m7"]["1"]])]
    named = accuse(leak, suspects, weight=10)
    possible = shared(Rule.ALL, {Rule.ALL, Rule.BREAKS})
    assert [(one.probability, one.confidence) for one in named] == [
        (10 * possible * 100 * Fraction(1, 2**28), Confidence.LEAD)
    ]
    assert accuse(leak, suspects, weight=4_000) == []
    with pytest.raises(ValueError, match="the whole"):
        accuse(leak, suspects, weight=Fraction(1, 2))


def test_who_was_named_as_a_lead_is_named_strongly_only_if_surer() -> None:
    suspects = suspects_of(100, 40, seeded())
    leak = [reading([*suspects["m7"]["1"]])]
    assert [one.confidence for one in accuse(leak, suspects)] == [Confidence.STRONG]
    for factor, worth in (
        (earlier_leads_factor(5, 1), Confidence.STRONG),
        (earlier_leads_factor(40, 3), Confidence.LEAD),
    ):
        named = accuse(leak, suspects, lead_factors={"m7": factor})
        assert [(one.suspect, one.confidence) for one in named] == [("m7", worth)]
        assert named[0].probability == accuse(leak, suspects)[0].probability


def test_public_text_is_nobodys_copy() -> None:
    """Even of a member whose marks chance to be none or next to none."""
    suspects = suspects_of(30, 40, seeded()) | {
        "bare": {"1": [0] * 40},
        "nearly": {"1": [*[0] * 37, 1, 1, 1]},
    }
    for values in (suspects["bare"]["1"], suspects["nearly"]["1"]):
        assert accuse([reading([*values])], suspects) == []
        assert judge([reading([*values])], suspects) != []
    mixed = [reading([*suspects["m7"]["1"]]), reading([*suspects["bare"]["1"]])]
    assert [one.suspect for one in accuse(mixed, suspects)] == ["m7"]


def test_public_pieces_too_short_to_tell_are_public_text_together() -> None:
    suspects = {"bare": {"1": [0] * 40}}
    pieces = [reading([0 if at // 8 == part else None for at in range(40)]) for part in range(5)]
    assert accuse(pieces, suspects) == []


def test_a_file_names_its_holder_only_if_it_could_not_be_guessed() -> None:
    def chance(bits: int, files: int = 1, weight: int = 1) -> Fraction | None:
        named = accuse_by_file(FileMatch("m1", bits, 30), files=files, weight=weight)
        return named and named.probability

    assert [chance(bits) for bits in (0, 3, 8, 19)] == [None] * 4
    assert chance(20) == 32 * 30 * Fraction(1, 2**20)
    assert (chance(20, files=2), chance(20, weight=2)) == (None, None)
    assert chance(21, files=2) == chance(21, weight=2) == chance(20)
    lead, strong = (
        accuse_by_file(FileMatch("m1", 29, 30), files=1),
        accuse_by_file(FileMatch("m1", 30, 30), files=1),
    )
    assert lead is not None and strong is not None
    assert (lead.confidence, strong.confidence) == (Confidence.LEAD, Confidence.STRONG)


def test_too_few_places_could_name_nobody() -> None:
    suspects = suspects_of(100, 40, seeded())
    for places in range(41):
        values = [at % 2 if at < places else None for at in range(40)]
        assert (greatest_weight([reading(values)], suspects) >= 1) is (places >= 18)
    for leak, received in (([reading([0] * 40)], suspects), ([], suspects), ([reading([1, 0] * 20)], {})):
        assert greatest_weight(leak, received) < 1


@pytest.mark.parametrize("suspects_count", [1, 2, 40, TRIPLES_UP_TO + 1])
@pytest.mark.parametrize("places", [16, 22, 40])
def test_the_greatest_weight_is_the_one_with_which_somebody_is_still_named(
    suspects_count: int, places: int
) -> None:
    suspects = suspects_of(suspects_count, places, seeded())
    mine = suspects["m0"]["1"] = [0, 1] * (places // 2)
    leak = [reading([*mine], punctuation=places // 2)]
    most = greatest_weight(leak, suspects)
    if most >= 1:
        assert [one.suspect for one in accuse(leak, suspects, weight=most)] == ["m0"]
    assert accuse(leak, suspects, weight=max(most, 0) + 1) == []


def test_whether_anybody_could_be_named_hangs_on_nobodys_bits() -> None:
    """Else looks that are judged by what they find would name innocents more often than stated."""
    received = suspects_of(40, 30, seeded(), texts=("1", "2"))
    received["m3"].pop("2")
    leak = [reading([0, 1, 1] * 10), reading([*[None] * 10, *[1, 0] * 10], text_id="2")]
    found = {
        greatest_weight(
            leak,
            {
                who: {text: [*map(flip, bits)] for text, bits in texts.items()}
                for who, texts in received.items()
            },
        )
        for flip in (lambda bit: bit, lambda bit: 1 - bit, lambda bit: 0, lambda bit: 1)
    }
    assert len(found) == 1 and min(found) > 1
    assert greatest_weight([], received) < 1 and greatest_weight(leak, {}) == 0


def test_nobody_above_the_limit_is_named() -> None:
    suspects = suspects_of(100, 60, seeded())
    mine = suspects["m7"]["1"]
    times = shared(Rule.ALL, {Rule.ALL, Rule.BREAKS, Rule.TRIPLE})
    least = fewest_heads(60, ALPHA_LEAD / (100 * times))
    assert [one.confidence for one in accuse([reading(wrong_in(mine, 60 - least))], suspects)] == [
        Confidence.LEAD
    ]
    named = accuse([reading(wrong_in(mine, 61 - least))], suspects)
    assert named == []
    assert confidence_of(named) is Confidence.CANNOT_TELL


def test_a_leak_of_nobody_here_names_nobody() -> None:
    chance = seeded()
    for _ in range(200):
        suspects = suspects_of(60, 80, chance)
        assert accuse([reading([chance.getrandbits(1) for _ in range(80)], punctuation=10)], suspects) == []


def test_readings_of_nobody_name_somebody_no_oftener_than_stated() -> None:
    chance = seeded()
    limit, runs, named = Fraction(1, 5), 1_500, 0
    for _ in range(runs):
        leak = reading([chance.getrandbits(1) for _ in range(70)], punctuation=20)
        named += bool(judge([leak], suspects_of(12, 70, chance), limit=limit))
    assert 0 < named <= limit * runs


def test_one_kind_of_place_suffices_where_the_other_was_redone() -> None:
    suspects = suspects_of(50, 90, seeded())
    mine = suspects["m3"]["1"]
    breaks_redone: list[int | None] = [*(at % 2 for at in range(55)), *mine[55:]]
    punctuation_redone: list[int | None] = [*mine[:55], *(at % 2 for at in range(35))]
    for values, rule in ((breaks_redone, Rule.PUNCTUATION), (punctuation_redone, Rule.BREAKS)):
        named = accuse([reading(values, punctuation=35)], suspects)
        assert [(one.suspect, one.rule) for one in named] == [("m3", rule)]
        assert named[0].probability == shared(rule, set(RULE_FACTORS) - {Rule.FILE}) * 50 * tail(
            named[0].places, named[0].agreeing
        )


# --- several leaks ------------------------------------------------------------------------------------------------


def test_leaks_of_one_seller_add_up() -> None:
    suspects = suspects_of(100, 14, seeded(), ("1", "2", "3"))
    leaks = [reading([*suspects["m7"][text]], text) for text in ("1", "2", "3")]
    assert all(accuse([leak], suspects) == [] for leak in leaks)
    named = accuse(leaks, suspects)
    assert [(one.suspect, one.places, one.agreeing) for one in named] == [("m7", 42, 42)]


# --- three together -----------------------------------------------------------------------------------------------


# --- from the text to the name ------------------------------------------------------------------------------------


def named_by(leak: str, number: int = 0, members: int = 60) -> list[str]:
    suspects = {f"{10_000 + at}": {"1": copy_of(number, f"{10_000 + at}")[0]} for at in range(members)}
    values = read_bits(leak, speeches()[number].text, plan_of(number))
    return [one.suspect for one in accuse([Reading.of("1", plan_of(number), values)], suspects)]


def test_a_leaked_copy_names_its_member() -> None:
    _, copy = copy_of(0, "10042")
    assert named_by(copy) == ["10042"]
    assert named_by(attacks.hard_wrapped(attacks.normalised(copy, seeded()), seeded())) == ["10042"]


def test_a_flat_copy_with_little_punctuation_to_choose_says_cannot_tell() -> None:
    few = next(
        at for at in range(5) if sum(one.kind is not CarrierKind.BREAK for one in plan_of(at).carriers) < 12
    )
    _, copy = copy_of(few, "10042")
    assert named_by(copy, few) == ["10042"]
    assert named_by(attacks.flat(copy, seeded()), few) == []


def test_the_clean_text_names_nobody() -> None:
    assert named_by(speeches()[0].text) == []
    assert named_by("") == []


def test_a_copy_of_somebody_who_is_not_among_the_suspects_names_nobody() -> None:
    for outsider in range(20):
        assert named_by(copy_of(0, f"out{outsider}")[1]) == []
