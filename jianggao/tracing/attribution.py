"""Whom a leak points to, and how sure that is.

The bits of a member who has nothing to do with a leak are coin throws independent of it, whatever was done to the
text and by how many. So the chance that an innocent agrees with a reading in k of m places is exactly
P(Bin(m, ½) ≥ k), and summed over all that is looked at, the printed chance is a bound and no estimate. Nobody whose
chance is above the limit is named or ranked.

The promise: whatever anybody makes of public words and sends in within any twelve months, however often, from however
many accounts and with whatever he learns from the answers, the chance that a member is named whose copies he doesn't
have is at most `ALPHA_LEAD`, and that one is named strongly at most `ALPHA_STRONG`. Why it holds, in short
(docs/tracing.md has the whole):

1. A look is one guess. All pieces of evidence become one reading before anybody's bits are compared with it
   (`dossier`), so ten forged copies are no ten guesses. Of files, each counts as a guess of its own (`Match`).
2. One guess names an innocent by marks or files with at most limit / weight: the chances over all suspects, rules and
   files are added up, and each is held below its part (`TIMES`).
3. The weights of all looks of twelve months are such that the sum of 1 / weight is at most one (`budget`).
4. As long as nobody is named, a forger learns nothing but that, so his guesses might as well have been fixed before
   the first answer, and the chances of all guesses add up to the limit. Once somebody is named as a lead, he may have
   learned that. There are at most C(looks, times named) ways in which it can have come; `much_surer` makes up for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import combinations
from math import comb

from jianggao.tracing.binomial import fewest_heads, tail
from jianggao.tracing.evidence import Reading, Received, dossier, without_public_text
from jianggao.tracing.plan import CarrierKind

__all__ = [
    "ALPHA_LEAD",
    "ALPHA_STRONG",
    "TIMES",
    "TRIPLES_UP_TO",
    "Accusation",
    "Match",
    "Reading",
    "Received",
    "Rule",
    "TraceVerdict",
    "accuse",
    "by_file",
    "could_name",
    "dossier",
    "judge",
    "most_weight",
    "much_surer",
    "surest",
    "verdict",
]

ALPHA_LEAD = Fraction(1, 1_000)
ALPHA_STRONG = Fraction(1, 1_000_000)
"""The greatest chance, over all suspects and looks, that a lead or a strong lead names an innocent."""

TRIPLES_UP_TO = 200
"""Suspects among whom threes are searched; among more it takes too long (the time grows with their cube)."""


class TraceVerdict(Enum):
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
    FILE = "a file"
    """A file that is byte for byte the one that he alone received."""


TIMES = {
    Rule.ALL: Fraction(4, 3),
    Rule.PUNCTUATION: Fraction(32),
    Rule.BREAKS: Fraction(32),
    Rule.TRIPLE: Fraction(8),
    Rule.FILE: Fraction(32),
}
"""An innocent can be named by any rule, so they share the limit: the chance under each is multiplied by this. The shares,
3/4 + 1/32 + 1/32 + 1/8 + 1/32, leave 1/32 for members who were named before; the largest goes to the rule that nearly
all leaks are told by."""
_NAMED_BEFORE = 32
_OF_READINGS = sum((1 / times for rule, times in TIMES.items() if rule is not Rule.FILE), Fraction(0))


@dataclass(frozen=True, slots=True)
class Accusation:
    """A suspect named: agrees in `agreeing` of `places` (under `rule`); `chance` bounds the probability that any
    innocent of the `suspects` would be named on this much, over all looks of twelve months."""

    suspect: str
    verdict: TraceVerdict
    chance: Fraction
    rule: Rule
    places: int
    agreeing: int
    suspects: int
    weight: Fraction
    """What the chance was multiplied by on account of the other looks (`budget`)."""


def accuse(
    readings: Sequence[Reading],
    suspects: Mapping[str, Received],
    *,
    weight: Fraction | int = 1,
    surer: Mapping[str, int] | None = None,
) -> list[Accusation]:
    """The suspects that the readings of one seller's leaks point to, surest first; empty: cannot tell.

    `suspects` are all members who received one of the texts, with their bits; of each, only the texts that he
    received count. `weight` is that of the look's share of what is stated for twelve months (`budget`); `surer` says
    of whom it takes how many times as much to be named strongly (`much_surer`). Of 5,000 suspects takes well under a
    second.
    """
    pieces = without_public_text(list(readings))
    return judge(without_public_text(dossier(pieces)), suspects, weight=weight, surer=surer)


def judge(
    readings: Sequence[Reading],
    suspects: Mapping[str, Received],
    *,
    weight: Fraction | int = 1,
    limit: Fraction = ALPHA_LEAD,
    strong: Fraction = ALPHA_STRONG,
    surer: Mapping[str, int] | None = None,
) -> list[Accusation]:
    """As `accuse` on what `dossier` gave, with limits of one's own: for measuring whether the chances hold."""
    case = _Case(readings, suspects, Fraction(weight), limit, strong, surer or {})
    return surest([*case.by_counts(), *case.by_triples()])


def surest(accusations: Iterable[Accusation]) -> list[Accusation]:
    """Of each suspect the surest accusation, the surest of all first."""
    found: dict[str, Accusation] = {}
    for one in accusations:
        if one.suspect not in found or one.chance < found[one.suspect].chance:
            found[one.suspect] = one
    return sorted(found.values(), key=lambda one: (one.chance, one.suspect))


def could_name(
    readings: Sequence[Reading], suspects: Mapping[str, Received], weight: Fraction | int = 1
) -> bool:
    """Whether there are enough places to name anybody, were all of one suspect's marks in the leak. Where not, looking
    names nobody for certain, and takes nothing from later looks. It doesn't hang on anybody's bits."""
    return weight <= most_weight(readings, suspects)


def most_weight(readings: Sequence[Reading], suspects: Mapping[str, Received]) -> Fraction:
    """The greatest weight with which these could name anybody, were all of one suspect's marks in the leak; below one:
    none that a look has. It hangs on the leak, and on who received which texts, not on anybody's bits."""
    pieces = without_public_text(dossier(without_public_text(list(readings))))
    return _Case(pieces, suspects, Fraction(1), ALPHA_LEAD, ALPHA_STRONG, {}).most_weight()


@dataclass(frozen=True, slots=True)
class Match:
    """A file of the leak that is byte for byte what `holder` alone received; `keyed_bits` of it hang on a key."""

    holder: str
    keyed_bits: int
    suspects: int
    """How many received the text: whose file it could have been."""


def by_file(
    match: Match,
    *,
    files: int,
    weight: Fraction | int = 1,
    limit: Fraction = ALPHA_LEAD,
    strong: Fraction = ALPHA_STRONG,
    surer: Mapping[str, int] | None = None,
) -> Accusation | None:
    """The holder, if it isn't too likely that one of the `files` of a look hits somebody's by chance. Who knows the
    words can make all 2**keyed_bits files of a text, so each file that is sent is a guess."""
    chance = TIMES[Rule.FILE] * weight * files * match.suspects * tail(match.keyed_bits, match.keyed_bits)
    if chance > limit:
        return None
    worth = _worth(chance, match.holder, strong, surer or {})
    bits = match.keyed_bits
    return Accusation(match.holder, worth, chance, Rule.FILE, bits, bits, match.suspects, Fraction(weight))


def much_surer(looks: int, named: int) -> int:
    """How many times as sure a strong lead must be of somebody who was `named` as a lead in so many of `looks` earlier
    looks at the same texts: a forger may have heard of it and changed a mark at a time since. Over all ways that this
    can have gone the shares make 1/32."""
    return _NAMED_BEFORE * comb(looks, named) * 2**named if named else 1


def _worth(chance: Fraction, suspect: str, strong: Fraction, surer: Mapping[str, int]) -> TraceVerdict:
    return TraceVerdict.STRONG if chance * surer.get(suspect, 1) <= strong else TraceVerdict.LEAD


def verdict(accusations: Sequence[Accusation]) -> TraceVerdict:
    """What the surest of them is worth."""
    return accusations[0].verdict if accusations else TraceVerdict.CANNOT_TELL


class _Case:
    """All readings in a row, a bit a place: what can be compared with each suspect, and where he agrees."""

    def __init__(
        self,
        readings: Sequence[Reading],
        suspects: Mapping[str, Received],
        weight: Fraction,
        limit: Fraction,
        strong: Fraction,
        surer: Mapping[str, int],
    ) -> None:
        if weight < 1:
            raise ValueError("a look has at most the whole of what is stated")
        self._names = list(suspects)
        self._weight = weight
        self._limit = limit
        self._strong = strong
        self._surer = surer
        self._views = _views(readings)
        self._compared, self._agrees = _laid_beside(readings, suspects)
        self.times = self._shared_out()
        """By rule, what the chance of one suspect is multiplied by; without the rules that can name nobody here."""

    def most_weight(self) -> Fraction:
        """The greatest weight with which any rule can name anybody."""
        limits = [self._limit / (TIMES[rule] * times) for rule, times in self._best_chances().items()]
        return max(limits, default=Fraction(0))

    def _shared_out(self) -> dict[Rule, Fraction]:
        """Rules that the places read can't satisfy leave their shares to the others. That hangs on the places, not on
        bits."""
        best = self._best_chances()
        possible = [rule for rule in best if TIMES[rule] * self._weight * best[rule] <= self._limit]
        kept = sum((1 / TIMES[rule] for rule in possible), Fraction(0)) / _OF_READINGS
        return {rule: kept * TIMES[rule] * self._weight * self._guesses(rule) for rule in possible}

    def _best_chances(self) -> dict[Rule, Fraction]:
        """By rule, the chance over all guesses that somebody agrees in all places that anybody can be compared in."""
        if not self._names:
            return {}
        rules = [*self._views, *([Rule.TRIPLE] if 3 <= len(self._names) <= TRIPLES_UP_TO else [])]
        return {rule: self._guesses(rule) * tail(most, most) for rule in rules for most in [self._most(rule)]}

    def _guesses(self, rule: Rule) -> int:
        """Over how many the chances under a rule are added up: suspects, or suspects and pairs of others."""
        suspects = len(self._names)
        return suspects * comb(suspects, 2) if rule is Rule.TRIPLE else suspects

    def _most(self, rule: Rule) -> int:
        """The most places in which any suspect can be compared."""
        view = self._views.get(rule, self._views[Rule.ALL])
        return max((compared & view).bit_count() for compared in self._compared)

    def by_counts(self) -> Iterator[Accusation]:
        """Those who agree too often, over all places or over one kind of them."""
        for rule, view in self._views.items():
            if rule not in self.times:
                continue
            needed = self._needed(rule)
            for number, (compared, agrees) in enumerate(zip(self._compared, self._agrees, strict=True)):
                places, agreeing = (compared & view).bit_count(), (agrees & view).bit_count()
                if agreeing >= needed[places]:
                    yield self._accusation(number, rule, places, agreeing)

    def by_triples(self) -> Iterator[Accusation]:
        """Those who agree too often where two others both differ from the leak."""
        if Rule.TRIPLE not in self.times:
            return
        needed = self._needed(Rule.TRIPLE)
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
                        yield self._accusation(number, Rule.TRIPLE, places, (agrees & both).bit_count())

    def _needed(self, rule: Rule) -> list[int]:
        """By the number of places: in how many of them one must agree."""
        all_places = self._views[Rule.ALL].bit_count()
        return [fewest_heads(places, self._limit / self.times[rule]) for places in range(all_places + 1)]

    def _alike(self) -> dict[int, list[tuple[int, int]]]:
        """(number, where he agrees) of the suspects, by the places in which they can be compared."""
        alike: dict[int, list[tuple[int, int]]] = {}
        for number, (compared, agrees) in enumerate(zip(self._compared, self._agrees, strict=True)):
            alike.setdefault(compared, []).append((number, agrees))
        return alike

    def _accusation(self, number: int, rule: Rule, places: int, agreeing: int) -> Accusation:
        chance = self.times[rule] * tail(places, agreeing)
        name = self._names[number]
        worth = _worth(chance, name, self._strong, self._surer)
        return Accusation(name, worth, chance, rule, places, agreeing, len(self._names), self._weight)


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
    breaks = _packed([kind is CarrierKind.BREAK for one in readings for kind in one.kinds])
    all_places = _packed([1 for one in readings for _ in one.kinds])
    return {Rule.ALL: all_places, Rule.PUNCTUATION: all_places & ~breaks, Rule.BREAKS: breaks}


_DIGITS = bytes([ord("0"), ord("1")]) + bytes(range(2, 256))


def _packed(values: Sequence[int]) -> int:
    """The zeros and ones as one whole number, the first the highest."""
    return int(b"0" + bytes(values).translate(_DIGITS), 2)
