"""Defines what an accusation states: whom, under which rule, and the bound on the chance that he is
innocent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

ALPHA_LEAD = Fraction(1, 1_000)
ALPHA_STRONG = Fraction(1, 1_000_000)
"""The greatest probabilities, over all suspects and all examinations of twelve months, that some innocent is
named as a lead, and as a strong lead (docs/tracing.md, Whom it points to)."""

TRIPLES_UP_TO = 200
"""Suspects up to which `Rule.TRIPLE` is applied: its time grows with their cube."""


class Confidence(Enum):
    """How sure an accusation is."""

    STRONG = "strong"
    """Its chance is at most `ALPHA_STRONG`."""
    LEAD = "lead"
    """Its chance is at most `ALPHA_LEAD`."""
    CANNOT_TELL = "cannot tell"
    """There is no accusation."""


class Rule(Enum):
    """The places that an accusation counts agreements in."""

    ALL = "all places"
    PUNCTUATION = "punctuation alone"
    BREAKS = "paragraph breaks alone"
    TRIPLE = "where two others differ from the leak"
    """Against three colluders who take, in each place, the form that only one of their copies has: each of
    them agrees with the leak in half of the places, as anybody does. But where two of them both differ from
    it, the third agrees."""
    FILE = "a file"
    """A file that is byte for byte the one that he alone received."""


RULE_FACTORS = {
    Rule.ALL: Fraction(4, 3),
    Rule.PUNCTUATION: Fraction(32),
    Rule.BREAKS: Fraction(32),
    Rule.TRIPLE: Fraction(8),
    Rule.FILE: Fraction(32),
}
"""What the chance under each rule is multiplied by, since an innocent can be named by any of them (union
bound).

The inverses are the rules' shares of the limit: 3/4 + 1/32 + 1/32 + 1/8 + 1/32. The remaining 1/32 is for
members who were leads before (`attribution.earlier_leads_factor`). Nearly all leaks are attributed over all
places, so that rule has the largest share."""


@dataclass(frozen=True, slots=True)
class Accusation:
    """A suspect who is named: he agrees with the leak in `agreeing` of `places` places of the rule."""

    suspect: str
    confidence: Confidence
    probability: Fraction
    """At most so probable is it that, of all the suspects and in all examinations of twelve months, some
    innocent would agree as well as this."""
    rule: Rule
    places: int
    agreeing: int
    suspects: int
    weight: Fraction
    """The factor of `chance` that makes up for the other examinations (`alpha_spending`)."""


def surest(accusations: Iterable[Accusation]) -> list[Accusation]:
    """Returns the accusation with the smallest chance of each suspect, the smallest of all first."""
    of_suspects: dict[str, Accusation] = {}
    for accusation in accusations:
        known = of_suspects.get(accusation.suspect)
        if known is None or accusation.probability < known.probability:
            of_suspects[accusation.suspect] = accusation
    return sorted(of_suspects.values(), key=lambda accusation: (accusation.probability, accusation.suspect))


def confidence_of(accusations: Sequence[Accusation]) -> Confidence:
    """Returns the confidence of the first accusation; CANNOT_TELL if there is none."""
    return accusations[0].confidence if accusations else Confidence.CANNOT_TELL


def grade(
    probability: Fraction, suspect: str, strong: Fraction, lead_factors: Mapping[str, int] | None
) -> Confidence:
    """Returns STRONG or LEAD. `lead_factors` has an additional factor of the chance for suspects who were
    leads before; it keeps them from STRONG, not from LEAD."""
    factor = (lead_factors or {}).get(suspect, 1)
    return Confidence.STRONG if probability * factor <= strong else Confidence.LEAD
