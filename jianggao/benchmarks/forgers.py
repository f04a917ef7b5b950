"""Measures how often forgers get an innocent named.

A forger knows a text and where its copies differ, has nobody's copy, and sends in guesses until one fits
somebody. Each is simulated for a year of examinations. Errors as rare as those that the product states cannot
be counted, so the same calculation is run with stated errors that can: if it holds for one in two and one in
twenty, it does for any, since every step of it is a sum of exact probabilities. Besides, the product's own
limits are run, at which hardly anybody should be named.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from jianggao.tracing.accusations import ALPHA_LEAD, ALPHA_STRONG, Accusation, Confidence, surest
from jianggao.tracing.alpha_spending import Share, next_share
from jianggao.tracing.attribution import FileMatch, accuse_by_file, earlier_leads_factor, judge
from jianggao.tracing.evidence import Reading
from jianggao.tracing.mark_plan import CarrierKind

Echo = Callable[[str], None]
Bits = list[int]

_MEMBERS = 30
"""Members who received the text."""
_SIZES = (3, 8, 14, 25, 40)
"""Carriers of the text: the columns of the table."""
_GUESSES = (1, 10, 60)
"""Guesses that a forger sends in a year."""
_COUNTABLE = (Fraction(1, 2), Fraction(1, 20))
"""Stated errors of a lead and of a strong accusation that can be counted."""
_TEXT_ID = "1"


@dataclass(frozen=True, slots=True)
class _Forger:
    """How somebody guesses."""

    name: str
    accounts: int = 1
    """How many accounts he sends from, in turn."""
    as_files: bool = False
    """Whether he sends files, which are compared as a whole, rather than text."""
    climbs: bool = False
    """Whether he changes a guess that got somebody named one carrier at a time, in the hope of more."""


_FORGERS = (
    _Forger("one account"),
    _Forger("a new account each time", accounts=1_000),
    _Forger("files, one account", as_files=True),
    _Forger("climbs from leads, ten accounts", accounts=10, climbs=True),
)


@dataclass(slots=True)
class _Year:
    """Twelve months of examinations of what one forger sends."""

    members: dict[str, Bits]
    """The bits of each member's copy."""
    limits: tuple[Fraction, Fraction]
    """The stated errors of a lead and of a strong accusation."""
    spent: list[Share] = field(default_factory=list)
    """The shares of the year's error budget that the examinations so far took."""
    leads: dict[str, int] = field(default_factory=dict)
    """How often each member was named so far."""
    has_lead: bool = False
    """Whether anybody was named."""
    has_strong: bool = False
    """Whether anybody was named strongly."""

    def examine(self, source: str, guess: Bits, *, as_file: bool) -> bool:
        """Examines a guess that the account `source` sent, and returns whether anybody is named."""
        share = next_share(self.spent, [source])
        self.spent.append(share)
        lead_factors = {
            member: earlier_leads_factor(len(self.spent) - 1, times) for member, times in self.leads.items()
        }
        accusations = self._judge(guess, share.weight, lead_factors, as_file=as_file)
        for accusation in accusations:
            self.leads[accusation.suspect] = self.leads.get(accusation.suspect, 0) + 1
        self.has_lead = self.has_lead or bool(accusations)
        self.has_strong = self.has_strong or any(
            accusation.confidence is Confidence.STRONG for accusation in accusations
        )
        return bool(accusations)

    def _judge(
        self, guess: Bits, weight: Fraction, lead_factors: dict[str, int], *, as_file: bool
    ) -> Sequence[Accusation]:
        limit, strong = self.limits
        if as_file:
            holders = [member for member, bits in self.members.items() if bits == guess]
            # Copies of short texts may be equal: a file that two members have names neither.
            if len(holders) != 1:
                return []
            match = FileMatch(holders[0], len(guess), len(self.members))
            accusation = accuse_by_file(
                match, files=1, weight=weight, limit=limit, strong=strong, lead_factors=lead_factors
            )
            return [accusation] if accusation else []
        reading = Reading(_TEXT_ID, (CarrierKind.BREAK,) * len(guess), tuple(guess))
        suspects = {member: {_TEXT_ID: bits} for member, bits in self.members.items()}
        return surest(
            judge([reading], suspects, weight=weight, limit=limit, strong=strong, lead_factors=lead_factors)
        )


def measure(echo: Echo, *, runs: int, seed: int) -> bool:
    """Simulates every forger for `runs` years on texts of several sizes and prints how often innocents are
    named.

    A cell `12/1.5` means: in 12% of the years somebody was named, in 1.5% strongly. Returns whether that is
    no more often than stated, and hardly anybody is named at the product's own limits. Without runs nothing
    is measured.
    """
    if not runs:
        return True
    rng = random.Random(seed)
    lead, strong = (float(stated) for stated in _COUNTABLE)
    echo(
        f"\nforgers who know the words, {_MEMBERS} members, {runs} years each: % of years in which "
        f"an innocent is named, of {100 * lead:.0f}/{100 * strong:.0f} stated"
    )
    echo(f"  {'carriers':34}" + "".join(f"{size:>14}" for size in _SIZES))
    held = True
    for forger in _FORGERS:
        for guesses in _GUESSES:
            cells = []
            for size in _SIZES:
                led, strongly = _rates(forger, size, guesses, _COUNTABLE, runs, rng)
                held = held and is_within(led, lead, runs) and is_within(strongly, strong, runs)
                cells.append(f"{100 * led:.0f}/{100 * strongly:.1f}")
            echo(f"  {f'{forger.name}, {guesses}':34}" + "".join(f"{cell:>14}" for cell in cells))
    limits = (ALPHA_LEAD, ALPHA_STRONG)
    real = [_rates(forger, size, max(_GUESSES), limits, runs, rng) for forger in _FORGERS for size in _SIZES]
    years = runs * len(real)
    led, strongly = (round(runs * sum(rate[index] for rate in real)) for index in (0, 1))
    echo(f"  at 1e-3/1e-6: innocents named in {led} of {years} such years, strongly in {strongly}")
    # 1e-3 are stated: five times as many, and one, leave room for luck. At 1e-6 none is to be expected.
    return held and led <= 1 + 5 * years // 1_000 and strongly == 0


def is_within(rate: float, stated: float, runs: int) -> bool:
    """Returns whether a rate over `runs` runs is believable where at most `stated` is: within four standard
    errors."""
    return rate <= stated + 4 * math.sqrt(stated * (1 - stated) / runs)


def _rates(
    forger: _Forger,
    size: int,
    guesses: int,
    limits: tuple[Fraction, Fraction],
    runs: int,
    rng: random.Random,
) -> tuple[float, float]:
    """Returns in which shares of the years somebody was named at all, and strongly."""
    years = [_simulate_year(forger, size, guesses, limits, rng) for _ in range(runs)]
    return sum(year.has_lead for year in years) / runs, sum(year.has_strong for year in years) / runs


def _simulate_year(
    forger: _Forger, size: int, guesses: int, limits: tuple[Fraction, Fraction], rng: random.Random
) -> _Year:
    year = _Year({str(member): _random_bits(size, rng) for member in range(_MEMBERS)}, limits)
    best: Bits | None = None
    fresh = _different_guesses(size, rng)
    for number in range(guesses):
        guess = next(fresh) if best is None else _changed(best, number % size)
        if (
            year.examine(f"forger {number % forger.accounts}", guess, as_file=forger.as_files)
            and forger.climbs
        ):
            best = guess
    return year


def _different_guesses(size: int, rng: random.Random) -> Iterator[Bits]:
    """Yields random guesses, none twice before all possible ones have come."""
    seen: set[tuple[int, ...]] = set()
    while True:
        guess = _random_bits(size, rng)
        if tuple(guess) in seen and len(seen) < 2**size:
            continue
        seen.add(tuple(guess))
        yield guess


def _changed(bits: Bits, place: int) -> Bits:
    return [1 - bit if index == place else bit for index, bit in enumerate(bits)]


def _random_bits(count: int, rng: random.Random) -> Bits:
    return [rng.getrandbits(1) for _ in range(count)]
