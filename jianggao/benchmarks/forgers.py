"""Forgers: people who know a text and where its copies differ, have nobody's copy, and send in guesses until one fits
somebody.

Each forger is a year of looks at what he sends. Chances as small as those of the product can't be counted, so the same
reckoning is run with stated errors large enough to be: if it holds for one in two and one in twenty, it does for any,
as every step of it is a sum of exact chances. Beside that the product's own limits are run, where nobody should be
named at all.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from jianggao.tracing.accusations import ALPHA_LEAD, ALPHA_STRONG, Accusation, TraceVerdict, surest
from jianggao.tracing.attribution import FileMatch, accuse_by_file, earlier_leads_factor, judge
from jianggao.tracing.budget import Share, next_share
from jianggao.tracing.evidence import Reading
from jianggao.tracing.plan import CarrierKind

Echo = Callable[[str], None]
Bits = list[int]

_MEMBERS = 30
_SIZES = (3, 8, 14, 25, 40)
_GUESSES = (1, 10, 60)
_COUNTABLE = (Fraction(1, 2), Fraction(1, 20))
_TEXT_ID = "1"


@dataclass(frozen=True, slots=True)
class _Forger:
    """How somebody guesses: from how many accounts he sends, whether as files, and whether he climbs from a lead that
    he hears of, a mark at a time."""

    name: str
    accounts: int = 1
    as_files: bool = False
    climbs: bool = False


_FORGERS = (
    _Forger("one account"),
    _Forger("a new account each time", accounts=1_000),
    _Forger("files, one account", as_files=True),
    _Forger("climbs from leads, ten accounts", accounts=10, climbs=True),
)


@dataclass(slots=True)
class _Year:
    """Twelve months of looks at what forgers send, and what came of them."""

    members: dict[str, Bits]
    limits: tuple[Fraction, Fraction]
    spent: list[Share] = field(default_factory=list)
    leads: dict[str, int] = field(default_factory=dict)
    led: bool = False
    strong: bool = False

    def look(self, source: str, guess: Bits, *, as_file: bool) -> bool:
        """Look at one guess; whether anybody is named."""
        share = next_share(self.spent, [source])
        self.spent.append(share)
        lead_factors = {
            who: earlier_leads_factor(len(self.spent) - 1, times) for who, times in self.leads.items()
        }
        named = self._judged(guess, share.weight, lead_factors, as_file=as_file)
        for one in named:
            self.leads[one.suspect] = self.leads.get(one.suspect, 0) + 1
        self.led = self.led or bool(named)
        self.strong = self.strong or any(one.verdict is TraceVerdict.STRONG for one in named)
        return bool(named)

    def _judged(
        self, guess: Bits, weight: Fraction, lead_factors: dict[str, int], *, as_file: bool
    ) -> Sequence[Accusation]:
        limit, strong = self.limits
        if as_file:
            holders = [who for who, bits in self.members.items() if bits == guess]
            if len(holders) != 1:
                return []
            match = FileMatch(holders[0], len(guess), len(self.members))
            one = accuse_by_file(
                match, files=1, weight=weight, limit=limit, strong=strong, lead_factors=lead_factors
            )
            return [one] if one else []
        reading = Reading(_TEXT_ID, (CarrierKind.BREAK,) * len(guess), tuple(guess))
        suspects = {who: {_TEXT_ID: bits} for who, bits in self.members.items()}
        return surest(
            judge([reading], suspects, weight=weight, limit=limit, strong=strong, lead_factors=lead_factors)
        )


def measure(echo: Echo, *, runs: int, seed: int) -> bool:
    """Run every forger on texts of several sizes; True if innocents are named no oftener than stated, and nobody is at
    the product's own limits."""
    if not runs:
        return True
    rng = random.Random(seed)
    lead, strong = (float(one) for one in _COUNTABLE)
    echo(
        f"\nforgers who know the words, {_MEMBERS} members, {runs} years each: % of years in which an innocent "
        f"is named, of {100 * lead:.0f}/{100 * strong:.0f} stated"
    )
    echo(f"  {'carriers':34}" + "".join(f"{size:>14}" for size in _SIZES))
    held = True
    for forger in _FORGERS:
        for guesses in _GUESSES:
            cells = []
            for size in _SIZES:
                led, sure = _rates(forger, size, guesses, _COUNTABLE, runs, rng)
                held = held and is_within(led, lead, runs) and is_within(sure, strong, runs)
                cells.append(f"{100 * led:.0f}/{100 * sure:.1f}")
            echo(f"  {f'{forger.name}, {guesses}':34}" + "".join(f"{cell:>14}" for cell in cells))
    limits = (ALPHA_LEAD, ALPHA_STRONG)
    real = [_rates(forger, size, max(_GUESSES), limits, runs, rng) for forger in _FORGERS for size in _SIZES]
    years = runs * len(real)
    led, sure = (round(runs * sum(rate[at] for rate in real)) for at in (0, 1))
    echo(f"  at 1e-3/1e-6: innocents named in {led} of {years} such years, strongly in {sure}")
    return held and led <= 1 + 5 * years // 1_000 and sure == 0


def is_within(rate: float, stated: float, runs: int) -> bool:
    """Whether a rate of so many runs is believable where at most `stated` is: within four standard errors."""
    return rate <= stated + 4 * math.sqrt(stated * (1 - stated) / runs)


def _rates(
    forger: _Forger,
    size: int,
    guesses: int,
    limits: tuple[Fraction, Fraction],
    runs: int,
    rng: random.Random,
) -> tuple[float, float]:
    years = [_year(forger, size, guesses, limits, rng) for _ in range(runs)]
    return sum(year.led for year in years) / runs, sum(year.strong for year in years) / runs


def _year(
    forger: _Forger, size: int, guesses: int, limits: tuple[Fraction, Fraction], rng: random.Random
) -> _Year:
    year = _Year({str(member): _throws(size, rng) for member in range(_MEMBERS)}, limits)
    best: Bits | None = None
    fresh = _different(size, rng)
    for at in range(guesses):
        guess = next(fresh) if best is None else _changed(best, at % size)
        if year.look(f"forger {at % forger.accounts}", guess, as_file=forger.as_files) and forger.climbs:
            best = guess
    return year


def _different(size: int, rng: random.Random) -> Iterator[Bits]:
    """Guesses, none twice while there are others: of a short text all of them."""
    seen: set[tuple[int, ...]] = set()
    while True:
        guess = _throws(size, rng)
        if tuple(guess) in seen and len(seen) < 2**size:
            continue
        seen.add(tuple(guess))
        yield guess


def _changed(bits: Bits, place: int) -> Bits:
    return [1 - bit if at == place else bit for at, bit in enumerate(bits)]


def _throws(count: int, rng: random.Random) -> Bits:
    return [rng.getrandbits(1) for _ in range(count)]
