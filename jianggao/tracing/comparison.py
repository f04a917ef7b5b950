"""Compares all readings of a leak with the bits of each suspect, and accuses those who agree too often.

Bits are packed into whole numbers, one bit a place, so that five thousand suspects are compared in well under
a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import comb

from jianggao.tracing.accusations import RULE_FACTORS, TRIPLES_UP_TO, Accusation, Rule, grade
from jianggao.tracing.binomial import fewest_heads, tail
from jianggao.tracing.evidence import Reading, Received
from jianggao.tracing.mark_plan import CarrierKind

_SHARE_OF_READINGS = sum(
    (1 / factor for rule, factor in RULE_FACTORS.items() if rule is not Rule.FILE), Fraction(0)
)
"""The share of the limit that the rules about readings have together."""


class Comparison:
    """The readings of a leak, at most one a text, beside the bits of all suspects.

    `weight` is that of the examination (`alpha_spending`); nobody whose chance is above `limit` is accused,
    and nobody whose chance is above `strong` is accused strongly (`accusations.grade`).
    """

    def __init__(
        self,
        readings: Sequence[Reading],
        suspects: Mapping[str, Received],
        *,
        weight: Fraction,
        limit: Fraction,
        strong: Fraction,
        lead_factors: Mapping[str, int] | None = None,
    ) -> None:
        if weight < 1:
            raise ValueError("an examination has at most the whole of what is stated")
        self._names = list(suspects)
        self._weight = weight
        self._limit = limit
        self._strong = strong
        self._lead_factors = lead_factors
        self._places = _places_of_rules(readings)
        self._compared, self._agrees = _compare(readings, suspects)
        self.factors = self._factors()
        """By rule, what the chance of one suspect is multiplied by; rules that can accuse nobody here are
        left out."""

    def greatest_weight(self) -> Fraction:
        """Returns the greatest weight with which some rule could accuse somebody who agrees everywhere."""
        weights = [
            self._limit / (RULE_FACTORS[rule] * probability)
            for rule, probability in self._smallest_chances().items()
        ]
        return max(weights, default=Fraction(0))

    def _factors(self) -> dict[Rule, Fraction]:
        # A rule that these places can't satisfy (breaks, in a text without line ends) leaves its share to the
        # others. Which rules these are depends on the places alone, not on anybody's bits, so the union bound
        # still holds.
        smallest = self._smallest_chances()
        possible = [
            rule
            for rule, probability in smallest.items()
            if RULE_FACTORS[rule] * self._weight * probability <= self._limit
        ]
        kept = sum((1 / RULE_FACTORS[rule] for rule in possible), Fraction(0)) / _SHARE_OF_READINGS
        return {rule: kept * RULE_FACTORS[rule] * self._weight * self._guesses(rule) for rule in possible}

    def _smallest_chances(self) -> dict[Rule, Fraction]:
        """Returns by rule the chance, added up over all comparisons, that somebody agrees in all places that
        he can have."""
        if not self._names:
            return {}
        rules = [*self._places]
        if 3 <= len(self._names) <= TRIPLES_UP_TO:
            rules.append(Rule.TRIPLE)
        chances = {}
        for rule in rules:
            places = self._most_places(rule)
            chances[rule] = self._guesses(rule) * tail(places, places)
        return chances

    def _guesses(self, rule: Rule) -> int:
        """Returns how many comparisons a rule makes: one a suspect, under TRIPLE one for each suspect and
        pair of suspects."""
        suspects = len(self._names)
        return suspects * comb(suspects, 2) if rule is Rule.TRIPLE else suspects

    def _most_places(self, rule: Rule) -> int:
        """Returns the greatest number of the rule's places in which any suspect can be compared."""
        places = self._places.get(rule, self._places[Rule.ALL])
        return max((compared & places).bit_count() for compared in self._compared)

    def accuse_by_counts(self) -> Iterator[Accusation]:
        """Yields accusations of those who agree too often over all places, or over those of one kind."""
        for rule, places_of_rule in self._places.items():
            if rule not in self.factors:
                continue
            needed = self._needed_agreements(rule)
            for number, (compared, agrees) in enumerate(zip(self._compared, self._agrees, strict=True)):
                places, agreeing = (
                    (compared & places_of_rule).bit_count(),
                    (agrees & places_of_rule).bit_count(),
                )
                if agreeing >= needed[places]:
                    yield self._accusation(number, rule, places, agreeing)

    def accuse_by_triples(self) -> Iterator[Accusation]:
        """Yields accusations of those who agree too often where two other suspects both differ from the
        leak."""
        if Rule.TRIPLE not in self.factors:
            return
        needed = self._needed_agreements(Rule.TRIPLE)
        fewest = next((places for places, count in enumerate(needed) if count <= places), len(needed))
        groups = self._suspects_by_places()
        differs = [compared & ~agrees for compared, agrees in zip(self._compared, self._agrees, strict=True)]
        for first, second in combinations(differs, 2):
            both = first & second
            # Most pairs both differ in too few places for a third to be accused: not searching them saves
            # most time.
            if both.bit_count() < fewest:
                continue
            for compared, group in groups.items():
                places = (both & compared).bit_count()
                for number, agrees in group:
                    agreeing = (agrees & both).bit_count()
                    if agreeing >= needed[places]:
                        yield self._accusation(number, Rule.TRIPLE, places, agreeing)

    def _needed_agreements(self, rule: Rule) -> list[int]:
        """Returns a list: at index n, in how many of n places a suspect must agree to be accused."""
        all_places = self._places[Rule.ALL].bit_count()
        return [fewest_heads(places, self._limit / self.factors[rule]) for places in range(all_places + 1)]

    def _suspects_by_places(self) -> dict[int, list[tuple[int, int]]]:
        """Returns pairs (number of the suspect, where he agrees) by the places in which the suspects can be
        compared. Most of them received the same texts, so the places are counted once for all of these."""
        groups: dict[int, list[tuple[int, int]]] = {}
        for number, (compared, agrees) in enumerate(zip(self._compared, self._agrees, strict=True)):
            groups.setdefault(compared, []).append((number, agrees))
        return groups

    def _accusation(self, number: int, rule: Rule, places: int, agreeing: int) -> Accusation:
        probability = self.factors[rule] * tail(places, agreeing)
        name = self._names[number]
        confidence = grade(probability, name, self._strong, self._lead_factors)
        return Accusation(
            name, confidence, probability, rule, places, agreeing, len(self._names), self._weight
        )


def _compare(readings: Sequence[Reading], suspects: Mapping[str, Received]) -> tuple[list[int], list[int]]:
    """Returns for each suspect the places that were read in texts that he received, and those of them where
    he agrees.

    The texts that he did not receive take up as many places too, so that place n is the same for all
    suspects.
    """
    packed = [
        (
            reading.text_id,
            len(reading.values),
            _packed([value is not None for value in reading.values]),
            _packed([value == 1 for value in reading.values]),
        )
        for reading in readings
    ]
    all_compared, all_agrees = [], []
    for received in suspects.values():
        compared = agrees = 0
        for text_id, length, known, ones in packed:
            compared <<= length
            agrees <<= length
            mine = received.get(text_id)
            if mine is None:
                continue
            if len(mine) != length:
                raise ValueError(f"bits of {text_id} by another plan")
            compared |= known
            agrees |= known & ~(ones ^ _packed(mine))
        all_compared.append(compared)
        all_agrees.append(agrees)
    return all_compared, all_agrees


def _places_of_rules(readings: Sequence[Reading]) -> dict[Rule, int]:
    """Returns the places that each of the counting rules compares. Bits of a layout are no breaks, so they
    count as punctuation: what they add survives where breaks were redone."""
    breaks = _packed([kind is CarrierKind.BREAK for reading in readings for kind in reading.kinds])
    all_places = _packed([1 for reading in readings for _ in reading.kinds])
    return {Rule.ALL: all_places, Rule.PUNCTUATION: all_places & ~breaks, Rule.BREAKS: breaks}


_DIGITS = bytes([ord("0"), ord("1")]) + bytes(range(2, 256))


def _packed(values: Sequence[int]) -> int:
    """Returns zeros and ones as one whole number, the first of them its highest bit."""
    return int(b"0" + bytes(values).translate(_DIGITS), 2)
