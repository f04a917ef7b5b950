"""Whom a leak points to, and how sure that is.

The bits of a member who has nothing to do with a leak are coin throws independent of it, whatever was done to the
text and by how many. So the chance that an innocent agrees with a reading in k of m places is exactly
P(Bin(m, ½) ≥ k), and summed over all that is looked at, the printed chance is a bound and no estimate. Nobody whose
chance is above the limit is named or ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import combinations

from jianggao.tracing.bound import fewest_heads, tail
from jianggao.tracing.plan import Kind, Plan

ALPHA_LEAD = Fraction(1, 1_000)
ALPHA_STRONG = Fraction(1, 1_000_000)
"""The greatest chance, over all suspects and looks, that a lead or a strong lead names an innocent."""

TRIPLES_UP_TO = 200
"""Suspects among whom threes are searched; among more it takes too long (the time grows with their cube)."""


class Verdict(Enum):
    """What a reading is worth."""

    STRONG = "strong"
    LEAD = "lead"
    CANNOT_TELL = "cannot tell"


class Rule(Enum):
    """What an accusation rests on."""

    ALL = "all places"
    PUNCTUATION = "punctuation alone"
    BREAKS = "paragraph breaks alone"
    TRIPLE = "where two others differ from the leak"
    """Three who take the form that one of them alone has are invisible to a plain count: each agrees with the leak
    in half of the places. But where two of them both differ from it, the third must agree."""


TIMES = {Rule.ALL: 2, Rule.PUNCTUATION: 8, Rule.BREAKS: 8, Rule.TRIPLE: 4}
"""An innocent can be named by any rule, so they share the limit: the chance under each is multiplied by this. The
shares, 1/2 + 1/8 + 1/8 + 1/4, make 1; the largest goes to the rule that nearly all leaks are told by."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What `read` found in one leak of the text version `text_id`: 0, 1 or None for each carrier of its plan."""

    text_id: str
    kinds: tuple[Kind, ...]
    values: tuple[int | None, ...]

    @classmethod
    def of(cls, text_id: str, plan: Plan, values: Sequence[int | None]) -> Reading:
        """The reading of a leak of the text that `plan` is for."""
        return cls(text_id, tuple(one.kind for one in plan.carriers), tuple(values))


@dataclass(frozen=True, slots=True)
class Accusation:
    """A suspect named: agrees in `agreeing` of `places` (under `rule`); `chance` bounds the probability that any
    innocent of the `suspects` would be named on this much, over all `looks`."""

    suspect: str
    verdict: Verdict
    chance: Fraction
    rule: Rule
    places: int
    agreeing: int
    suspects: int
    looks: int


Received = Mapping[str, Sequence[int]]
"""What one suspect received: the bits of his copy by text id."""


def dossier(readings: Iterable[Reading]) -> list[Reading]:
    """Several leaks of one seller as one reading a text. Where leaks of the same text agree, or only one tells,
    that counts, once: the copy behind them has one bit there, not two. Where they differ, nothing does."""
    merged: dict[str, Reading] = {}
    for one in readings:
        earlier = merged.get(one.text_id)
        if earlier is not None and len(earlier.values) != len(one.values):
            raise ValueError(f"readings of {one.text_id} by different plans")
        merged[one.text_id] = one if earlier is None else _both(earlier, one)
    return list(merged.values())


def _both(one: Reading, other: Reading) -> Reading:
    known = [{a, b} - {None} for a, b in zip(one.values, other.values, strict=True)]
    return Reading(
        one.text_id, one.kinds, tuple(next(iter(all_)) if len(all_) == 1 else None for all_ in known)
    )


def accuse(
    readings: Sequence[Reading], suspects: Mapping[str, Received], *, looks: int = 1
) -> list[Accusation]:
    """The suspects that the readings of one seller's leaks point to, surest first; empty: cannot tell.

    `suspects` are all members who received one of the texts, with their bits; of each, only the texts that he
    received count. `looks` is the number of leaks examined in the last twelve months: the printed chance is
    that of a false name in any of them. Of 5,000 suspects takes well under a second.
    """
    return judge(dossier(readings), suspects, looks=looks, limit=ALPHA_LEAD)


def judge(
    readings: Sequence[Reading], suspects: Mapping[str, Received], *, looks: int, limit: Fraction
) -> list[Accusation]:
    """As `accuse` on what `dossier` gave, with a limit of one's own: for measuring whether the chances hold."""
    case = _Case(readings, suspects, looks, limit)
    found: dict[str, Accusation] = {}
    for one in [*case.by_counts(), *case.by_triples()]:
        if one.suspect not in found or one.chance < found[one.suspect].chance:
            found[one.suspect] = one
    return sorted(found.values(), key=lambda one: (one.chance, one.suspect))


def verdict(accusations: Sequence[Accusation]) -> Verdict:
    """What the surest of them is worth."""
    return accusations[0].verdict if accusations else Verdict.CANNOT_TELL


class _Case:
    """All readings in a row, a bit a place: what can be compared with each suspect, and where he agrees."""

    def __init__(
        self, readings: Sequence[Reading], suspects: Mapping[str, Received], looks: int, limit: Fraction
    ) -> None:
        if looks < 1:
            raise ValueError("the leak at hand is a look")
        self._names = list(suspects)
        self._looks = looks
        self._limit = limit
        self._views = _views(readings)
        self._compared, self._agrees = _laid_beside(readings, suspects)

    def by_counts(self) -> Iterator[Accusation]:
        """Those who agree too often, over all places or over one kind of them."""
        for rule, view in self._views.items():
            times = TIMES[rule] * len(self._names) * self._looks
            needed = self._needed(times)
            for number, (compared, agrees) in enumerate(zip(self._compared, self._agrees, strict=True)):
                places, agreeing = (compared & view).bit_count(), (agrees & view).bit_count()
                if agreeing >= needed[places]:
                    yield self._accusation(number, rule, times, places, agreeing)

    def by_triples(self) -> Iterator[Accusation]:
        """Those who agree too often where two others both differ from the leak."""
        if not 3 <= len(self._names) <= TRIPLES_UP_TO:
            return
        pairs = len(self._names) * (len(self._names) - 1) // 2
        times = TIMES[Rule.TRIPLE] * len(self._names) * pairs * self._looks
        needed = self._needed(times)
        fewest = next((places for places, heads in enumerate(needed) if heads <= places), len(needed))
        alike = self._alike()
        differs = [compared & ~agrees for compared, agrees in zip(self._compared, self._agrees, strict=True)]
        for one, other in combinations(differs, 2):
            both = one & other
            if both.bit_count() < fewest:
                continue
            for compared, those in alike.items():
                places = (both & compared).bit_count()
                for number, agrees in those:
                    if (agrees & both).bit_count() >= needed[places]:
                        agreeing = (agrees & both).bit_count()
                        yield self._accusation(number, Rule.TRIPLE, times, places, agreeing)

    def _needed(self, times: int) -> list[int]:
        """By the number of places: in how many of them one must agree, where `times` chances are added up."""
        all_places = self._views[Rule.ALL].bit_count()
        return [fewest_heads(places, self._limit / times) for places in range(all_places + 1)]

    def _alike(self) -> dict[int, list[tuple[int, int]]]:
        """(number, where he agrees) of the suspects, by the places in which they can be compared."""
        alike: dict[int, list[tuple[int, int]]] = {}
        for number, (compared, agrees) in enumerate(zip(self._compared, self._agrees, strict=True)):
            alike.setdefault(compared, []).append((number, agrees))
        return alike

    def _accusation(self, number: int, rule: Rule, times: int, places: int, agreeing: int) -> Accusation:
        chance = times * tail(places, agreeing)
        worth = Verdict.STRONG if chance <= ALPHA_STRONG else Verdict.LEAD
        return Accusation(
            self._names[number], worth, chance, rule, places, agreeing, len(self._names), self._looks
        )


def _laid_beside(
    readings: Sequence[Reading], suspects: Mapping[str, Received]
) -> tuple[list[int], list[int]]:
    """For each suspect the places that were read and that he received, and those of them where he agrees."""
    told = [
        (
            one.text_id,
            len(one.values),
            _packed([value is not None for value in one.values]),
            _packed([value == 1 for value in one.values]),
        )
        for one in readings
    ]
    all_compared, all_agrees = [], []
    for received in suspects.values():
        compared = agrees = 0
        for text_id, length, known, ones in told:
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


def _views(readings: Sequence[Reading]) -> dict[Rule, int]:
    breaks = _packed([kind is Kind.BREAK for one in readings for kind in one.kinds])
    all_places = _packed([1 for one in readings for _ in one.kinds])
    return {Rule.ALL: all_places, Rule.PUNCTUATION: all_places & ~breaks, Rule.BREAKS: breaks}


_DIGITS = bytes([ord("0"), ord("1")]) + bytes(range(2, 256))


def _packed(values: Sequence[int]) -> int:
    """The zeros and ones as one whole number, the first the highest."""
    return int(b"0" + bytes(values).translate(_DIGITS), 2)
