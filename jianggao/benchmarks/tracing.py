"""Measures how often marked copies are traced to their holder, and how often an innocent is named.

It prints the tables of docs/tracing.md for any texts. A cell `98/85 (1 innocent)` means: in 98 of 100 runs
somebody who leaked was named at the level 1e-3, in 85 at 1e-6, and in one run (a number, not a share)
somebody who did not leak.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter

from jianggao.benchmarks import attacks, forgers
from jianggao.benchmarks.attacks import Attack, Mixture
from jianggao.benchmarks.calibration import is_calibrated
from jianggao.benchmarks.first_mark_plans import plan_of_form_1
from jianggao.benchmarks.layout_survival import layout_survives
from jianggao.library.scan import scan
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.sources.files import RefusedFile, read_source
from jianggao.tracing.accusations import ALPHA_LEAD, ALPHA_STRONG, Accusation
from jianggao.tracing.alpha_spending import OPERATORS, next_share
from jianggao.tracing.attribution import accuse
from jianggao.tracing.detection import read_bits
from jianggao.tracing.evidence import Reading
from jianggao.tracing.mark_plan import CarrierKind, MarkPlan, Strength, build_plan
from jianggao.tracing.protected_spans import front_and_headings
from jianggao.tracing.watermark import bits, mark

Echo = Callable[[str], None]

SUSPECTS = 100
"""Members who received the text; each leak is compared with all of their copies."""
LONG = 3_000
"""Characters from which a text is marked by its words well enough to be measured under every attack."""
_PROMISED_LENGTH = 6_600
"""Characters from which docs/tracing.md promises that a whole copy is traced."""
_ANY_DAY = date(2000, 1, 1)
_TEXT_ID = "1"
_FIRST_EXAMINATION = next_share([], [OPERATORS]).weight
"""The factor on the probabilities of an examination that is the first of its year."""
_UNBELIEVABLE = 1e-4
"""A result that is less probable than this under the stated errors refutes them."""
_FORMS = {"form 1": plan_of_form_1, "form 2": build_plan}
"""How plans are made: as for the first copies, and as now."""
_KINDS_IN_TEXT = tuple(kind for kind in CarrierKind if kind is not CarrierKind.LAYOUT)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table: what is done to a text before it surfaces."""

    name: str
    leakers: int
    """How many copies go in; 0 if the leak is nobody's copy."""
    attack: Attack = attacks.as_sent
    mixture: Mixture = attacks.mixed
    """How several copies are put together before the attack."""
    forced: int = 0
    """The form that every carrier has if no copy goes in."""


_ROWS = (
    _Row("as sent", 1),
    _Row("NFKC, strip, spaces, blank lines", 1, attacks.normalised),
    _Row("forwarded with sender lines", 1, attacks.forwarded),
    _Row("hard-wrapped at 38", 1, attacks.hard_wrapped),
    _Row("1% of characters edited", 1, attacks.edited),
    _Row("30% of breaks redone", 1, attacks.breaks_redone),
    _Row("one third", 1, attacks.third),
    _Row("third, 1% edited", 1, attacks.third_edited),
    _Row("flat", 1, attacks.flat),
    _Row("8 places flipped", 1, mixture=attacks.flipped),
    _Row("2 mixed", 2),
    _Row("2 mixed, third", 2, attacks.third),
    _Row("3 mixed", 3),
    _Row("3 majority", 3, mixture=attacks.majority),
    _Row("3 minority", 3, mixture=attacks.minority),
    _Row("unmarked original", 0),
    _Row("one form forced", 0, forced=1),
)


@dataclass(slots=True)
class _TracingTally:
    """Counts runs by who was named."""

    runs: int = 0
    guilty: int = 0
    """Runs in which somebody who leaked was named at 1e-3."""
    guilty_strong: int = 0
    """The same at 1e-6."""
    innocent: int = 0
    """Runs in which somebody who did not leak was named at 1e-3."""
    innocent_strong: int = 0
    """The same at 1e-6."""

    def count(self, accusations: Sequence[Accusation], guilty: frozenset[str]) -> None:
        """Adds a run; `guilty` are those who leaked."""
        self.runs += 1
        right = [accusation.probability for accusation in accusations if accusation.suspect in guilty]
        wrong = [accusation.probability for accusation in accusations if accusation.suspect not in guilty]
        self.guilty += bool(right)
        self.guilty_strong += any(probability <= ALPHA_STRONG for probability in right)
        self.innocent += bool(wrong)
        self.innocent_strong += any(probability <= ALPHA_STRONG for probability in wrong)

    def __str__(self) -> str:
        wrong = f" ({self.innocent} innocent)" if self.innocent else ""
        return f"{100 * self.guilty / self.runs:.0f}/{100 * self.guilty_strong / self.runs:.0f}{wrong}"


@dataclass(slots=True)
class _Subject:
    """A column of the table: a text with a plan of one strength and form, and what was measured on it."""

    name: str
    text: str
    plan: MarkPlan
    form: str = ""
    """The key in _FORMS of how the plan was made."""
    seconds: dict[str, list[float]] = field(default_factory=dict)
    """Times taken, in seconds, by what was done."""
    tallies: list[_TracingTally] = field(default_factory=lambda: [_TracingTally() for _ in _ROWS])
    """One for each of _ROWS, in their order."""

    @property
    def column(self) -> str:
        """The heading of the column."""
        return f"{self.plan.strength.value} {self.form}"

    @contextmanager
    def timed(self, task: str) -> Iterator[None]:
        """Adds the time that the block takes to the times of `task`."""
        started = perf_counter()
        yield
        self.seconds.setdefault(task, []).append(perf_counter() - started)


def long_texts(folder: Path) -> dict[str, str]:
    """Returns the cleaned texts of 3,000 characters and more in a folder, by path; unreadable files are left
    out."""
    return {name: speech.text for name, speech in _speeches(folder).items() if len(speech.text) >= LONG}


def short_speeches(folder: Path) -> dict[str, ParsedSpeech]:
    """Returns the speeches of under 3,000 characters in a folder, by path; unreadable files are left out."""
    return {name: speech for name, speech in _speeches(folder).items() if len(speech.text) < LONG}


def _speeches(folder: Path) -> dict[str, ParsedSpeech]:
    speeches = {}
    for file in scan(folder).files:
        for source in read_source(folder / file.path, str(file.path)):
            speech = "" if isinstance(source, RefusedFile) else parse(source.text, source.path, _ANY_DAY)
            if not isinstance(speech, str):
                speeches[source.path] = speech
    return speeches


def run(
    texts: Mapping[str, str],
    echo: Echo,
    *,
    runs: int = 40,
    seed: int = 1,
    calibration: int = 20_000,
    forged_years: int = 100,
) -> bool:
    """Measures every attack `runs` times on each of the cleaned `texts`, prints the tables, and returns
    whether the promises hold: a whole copy of 6,600 characters or more is traced every time at 1e-3, at
    strong also at 1e-6; innocents are named no more often than stated, also by forgers.

    The same `seed` gives the same figures. `calibration` is the number of random readings (see
    calibration.py), `forged_years` the number of years that each forger is simulated (see forgers.py).
    """
    rng = random.Random(seed)
    echo(f"{SUSPECTS} suspects, {runs} runs; % of runs in which a guilty one is named at 1e-3/1e-6")
    subjects = []
    for name, text in texts.items():
        columns = [
            _Subject(name, text, _plan(text, strength, form), form)
            for strength in Strength
            for form in _FORMS
        ]
        for subject in columns:
            for _ in range(runs):
                _run_once(subject, rng)
        _print_text(columns, echo)
        subjects += columns
    # All are measured and printed, whether an earlier one fails or not.
    is_traced = [_is_always_traced(subject, echo) for subject in subjects]
    is_safe = _innocents_are_safe(subjects, echo)
    calibrated = is_calibrated([subject.plan for subject in subjects], calibration, rng, echo)
    resists_forgers = forgers.measure(echo, runs=forged_years, seed=seed)
    return all(is_traced) and is_safe and calibrated and resists_forgers


def _plan(text: str, strength: Strength, form: str) -> MarkPlan:
    speech = parse(text, "", _ANY_DAY)
    # A text that does not parse, or to something else, has no known headings; it is marked all the same.
    protected = [] if isinstance(speech, str) or speech.text != text else front_and_headings(speech)
    return _FORMS[form](text, strength, protected=protected)


def run_short(speeches: Mapping[str, ParsedSpeech], echo: Echo, *, runs: int = 40, seed: int = 1) -> bool:
    """Measures how many short texts name their holder if they surface as sent, and prints the figures.

    Short texts have few carriers, so that the layout of a .docx must name the holder. Returns whether that of
    the shortest text does, also after LibreOffice has saved it again.
    """
    rng = random.Random(seed)
    echo(
        f"\n{len(speeches)} texts under {LONG:,} characters, {SUSPECTS} suspects; "
        "% named as sent at 1e-3/1e-6"
    )
    for strength in Strength:
        for form in _FORMS:
            tally, counts = _TracingTally(), []
            for speech in speeches.values():
                plan = _plan(speech.text, strength, form)
                counts.append(len(plan.carriers))
                for _ in range(runs):
                    tally.count(*_as_sent(speech.text, plan, rng))
            echo(
                f"  {strength.value} {form}: {statistics.median(counts):.0f} carriers in the middle; {tally}"
            )
    shortest = min(speeches.values(), key=lambda speech: len(speech.text))
    echo(f"  the shortest, {len(shortest.text):,} characters, as a .docx:")
    return layout_survives(shortest, SUSPECTS, echo)


def _as_sent(text: str, plan: MarkPlan, rng: random.Random) -> tuple[list[Accusation], frozenset[str]]:
    """Returns whom a text names that surfaces as it was sent to suspect 0, and who leaked it."""
    key = rng.randbytes(32)
    suspects = {str(member): {_TEXT_ID: bits(key, _TEXT_ID, str(member), plan)} for member in range(SUSPECTS)}
    values = read_bits(mark(text, plan, suspects["0"][_TEXT_ID]), text, plan)
    return accuse([Reading.of(_TEXT_ID, plan, values)], suspects), frozenset({"0"})


def _run_once(subject: _Subject, rng: random.Random) -> None:
    """Runs every attack once on the copies of one key."""
    key, plan = rng.randbytes(32), subject.plan
    with subject.timed("bits"):
        suspects = {
            str(member): {_TEXT_ID: bits(key, _TEXT_ID, str(member), plan)} for member in range(SUSPECTS)
        }
    with subject.timed("plan"):
        _plan(subject.text, plan.strength, subject.form)
    for row, tally in zip(_ROWS, subject.tallies, strict=True):
        guilty = rng.sample(sorted(suspects), row.leakers)
        copies = [suspects[member][_TEXT_ID] for member in guilty]
        chosen = row.mixture(copies, rng) if copies else [row.forced] * len(plan.carriers)
        with subject.timed("mark"):
            copy = mark(subject.text, plan, chosen)
        leak = row.attack(copy, rng)
        with subject.timed("read"):
            values = read_bits(leak, subject.text, plan)
        with subject.timed("accuse"):
            readings = [Reading.of(_TEXT_ID, plan, values)]
            accusations = accuse(readings, suspects, weight=_FIRST_EXAMINATION)
        tally.count(accusations, frozenset(guilty))


def _print_text(columns: Sequence[_Subject], echo: Echo) -> None:
    """Prints what was measured on one text: its carriers and times by column, then the table of attacks."""
    first = columns[0]
    echo("")
    echo(f"{first.name}: {len(first.text)} characters, mean paragraph {_mean_paragraph(first.text):.0f}")
    for subject in columns:
        echo(f"  {subject.column}: {_describe_carriers(subject)}; ms: {_describe_times(subject)}")
    echo(f"  {'':34}" + "".join(f" {subject.column:>15}" for subject in columns))
    for number, row in enumerate(_ROWS):
        echo(f"  {row.name:34}" + "".join(f" {subject.tallies[number]!s:>15}" for subject in columns))


def _describe_carriers(subject: _Subject) -> str:
    """Returns how many carriers a text has, by kind, and how long paragraphs are (characters) in a typical
    copy."""
    carriers = subject.plan.carriers
    # Every other carrier changed: what half of all copies look like on average.
    typical_copy = mark(subject.text, subject.plan, [number % 2 for number in range(len(carriers))])
    kinds = ", ".join(
        f"{kind.value} {sum(carrier.kind is kind for carrier in carriers)}" for kind in _KINDS_IN_TEXT
    )
    return (
        f"{len(carriers)} carriers ({1_000 * len(carriers) / len(subject.text):.1f} per 1,000; "
        f"{kinds}), mean paragraph {_mean_paragraph(typical_copy):.0f}"
    )


def _describe_times(subject: _Subject) -> str:
    """Returns the median time of each task in milliseconds."""
    return ", ".join(
        f"{task} {1_000 * statistics.median(seconds):.1f}" for task, seconds in subject.seconds.items()
    )


def _mean_paragraph(text: str) -> float:
    """Returns the mean length of a text's paragraphs in characters."""
    return statistics.mean(len(line) for line in text.split("\n") if line)


def _is_always_traced(subject: _Subject, echo: Echo) -> bool:
    """Returns whether a text that is long enough was traced every time as sent; prints it if not."""
    whole = subject.tallies[0]
    needed = whole.guilty_strong if subject.plan.strength is Strength.STRONG else whole.guilty
    is_traced = len(subject.text) < _PROMISED_LENGTH or whole.guilty == needed == whole.runs
    if not is_traced:
        echo(f"NOT TRACED every time as sent: {subject.name}, {subject.column}: {whole}")
    return is_traced


def _innocents_are_safe(subjects: Sequence[_Subject], echo: Echo) -> bool:
    """Returns whether innocents were named no more often over all runs than stated; prints how often."""
    tallies = [tally for subject in subjects for tally in subject.tallies]
    runs = sum(tally.runs for tally in tallies)
    named = sum(tally.innocent for tally in tallies)
    strong = sum(tally.innocent_strong for tally in tallies)
    echo(f"\ninnocents named in {named} of {runs} runs at 1e-3, in {strong} at 1e-6")
    return _is_believable(named, runs * float(ALPHA_LEAD)) and _is_believable(
        strong, runs * float(ALPHA_STRONG)
    )


def _is_believable(count: int, expected: float) -> bool:
    """Returns whether `count` or more events are probable enough where `expected` are stated (Poisson)."""
    if expected == 0:
        return count == 0
    fewer = sum(math.exp(k * math.log(expected) - expected - math.lgamma(k + 1)) for k in range(count))
    return 1 - fewer > _UNBELIEVABLE
