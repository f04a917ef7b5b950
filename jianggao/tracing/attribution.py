"""Decides whom a leak points to, and bounds the chance that he is innocent.

The bits of a member who has nothing to do with a leak are coin throws independent of it, whatever was done to
the text and by however many colluders. So the chance that an innocent agrees with a reading in k of m places
is exactly P(Bin(m, 1/2) >= k). Added up over all comparisons that are made (union bound), the chance that is
printed is a bound, not an estimate. Nobody whose chance is above the limit is named or ranked.

The promise: whatever anybody makes of public words and sends in within any twelve months, however often, from
however many accounts and with whatever he learns from the answers, a member whose copies he doesn't have is
named with probability at most `ALPHA_LEAD`, and strongly with at most `ALPHA_STRONG`. Why it holds, in short
(docs/tracing.md, What twelve months of guessing can do, has the whole):

1. An examination is one guess. All pieces of evidence become one reading before anybody's bits are compared
   with it (`evidence.combined`), so ten forged copies are no ten guesses. Of files, each counts as a guess
   (`FileMatch`).
2. One guess names an innocent with probability at most limit / weight: the chances over all suspects, rules
   and files are added up, and each is held below its share (`accusations.RULE_FACTORS`).
3. The weights of all examinations of twelve months are such that the sum of 1 / weight is at most one
   (`alpha_spending`).
4. As long as nobody is named, a forger learns nothing but that, so his guesses might as well have been fixed
   before the first answer, and the chances of all guesses add up to the limit. Once somebody is named as a
   lead, he may have learned that. There are at most C(examinations, times named) ways in which it can have
   come; `earlier_leads_factor` makes up for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from jianggao.tracing.accusations import (
    ALPHA_LEAD,
    ALPHA_STRONG,
    RULE_FACTORS,
    Accusation,
    Rule,
    grade,
    surest,
)
from jianggao.tracing.binomial import tail
from jianggao.tracing.comparison import Comparison
from jianggao.tracing.evidence import Reading, Received, combined, without_public_text

_EARLIER_LEADS = 32
"""The inverse of the share of the limit that is left for members who were leads before (`RULE_FACTORS`)."""


def accuse(
    readings: Sequence[Reading],
    suspects: Mapping[str, Received],
    *,
    weight: Fraction | int = 1,
    lead_factors: Mapping[str, int] | None = None,
) -> list[Accusation]:
    """Returns accusations of the suspects that the readings of one leaker's texts point to, the surest first;
    an empty list says that it can't be told.

    `suspects` are all members who received one of the texts, with their bits; of each, only the texts that he
    received count. `weight` is that of the examination (`alpha_spending`). `lead_factors` says how many times
    as sure a strong lead must be of members who were leads before (`earlier_leads_factor`).
    """
    return judge(_evidence(readings), suspects, weight=weight, lead_factors=lead_factors)


def judge(
    readings: Sequence[Reading],
    suspects: Mapping[str, Received],
    *,
    weight: Fraction | int = 1,
    limit: Fraction = ALPHA_LEAD,
    strong: Fraction = ALPHA_STRONG,
    lead_factors: Mapping[str, int] | None = None,
) -> list[Accusation]:
    """Returns accusations as `accuse` does, of readings that are combined already, with limits of the
    caller's: for measuring whether the chances hold."""
    comparison = Comparison(
        readings, suspects, weight=Fraction(weight), limit=limit, strong=strong, lead_factors=lead_factors
    )
    return surest([*comparison.accuse_by_counts(), *comparison.accuse_by_triples()])


def greatest_weight(readings: Sequence[Reading], suspects: Mapping[str, Received]) -> Fraction:
    """Returns the greatest weight of an examination in which these readings could name somebody, were all of
    one suspect's marks in the leak. Below 1 they could in none: a short excerpt has too few places.

    It depends on the leak and on who received which texts, not on anybody's bits: so leaving out what can
    name nobody happens before an innocent's coins are thrown, and the bound holds.
    """
    comparison = Comparison(
        _evidence(readings), suspects, weight=Fraction(1), limit=ALPHA_LEAD, strong=ALPHA_STRONG
    )
    return comparison.greatest_weight()


def _evidence(readings: Sequence[Reading]) -> list[Reading]:
    """Returns one reading a text, without those of public text. These are dropped piece by piece first, since
    a piece of the original beside a real copy would contradict it, and once more from the combined readings,
    since a piece may be too short to recognise it by."""
    return without_public_text(combined(without_public_text(readings)))


@dataclass(frozen=True, slots=True)
class FileMatch:
    """A file of the leak that is byte for byte what `holder` alone received."""

    holder: str
    keyed_bits: int
    """How many bits of the file depend on a key, in text and layout."""
    suspects: int
    """How many members received the text: so many holders it could have had."""


def accuse_by_file(
    match: FileMatch,
    *,
    files: int,
    weight: Fraction | int = 1,
    limit: Fraction = ALPHA_LEAD,
    strong: Fraction = ALPHA_STRONG,
    lead_factors: Mapping[str, int] | None = None,
) -> Accusation | None:
    """Returns an accusation of the file's holder; None if it is too probable that one of the `files` of the
    examination is somebody's by chance.

    A file is a function of text and marks: who knows the words can make all 2**keyed_bits files of a text, so
    each file that is sent is a guess.
    """
    bits = match.keyed_bits
    probability = RULE_FACTORS[Rule.FILE] * weight * files * match.suspects * tail(bits, bits)
    if probability > limit:
        return None
    confidence = grade(probability, match.holder, strong, lead_factors)
    return Accusation(
        match.holder, confidence, probability, Rule.FILE, bits, bits, match.suspects, Fraction(weight)
    )


def earlier_leads_factor(examinations: int, leads: int) -> int:
    """Returns how many times as sure a strong lead must be of a member who was named as a lead in `leads` of
    so many earlier examinations of the same texts.

    A forger may have heard that his guess named the member, and have changed one mark at a time since. That
    can have gone in C(examinations, leads) ways; over all numbers of leads the shares 1 / 2**leads add up to
    at most one.
    """
    return _EARLIER_LEADS * comb(examinations, leads) * 2**leads if leads else 1
