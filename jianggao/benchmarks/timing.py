"""Times questions and renders the table of times.

Every question is asked of all who can answer it, in a random order, so that noise of the machine hits all
alike.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from jianggao.benchmarks.table import table

Call = Callable[[], Awaitable[object]]
"""Asks one question and waits for the answer."""
Round = Mapping[str, Call]
"""The same question as each column of the table asks it."""

WARM_UP = 3
"""How many questions of each kind are asked before the clock runs."""
OURS, VISITOR = "机器人", "访客"
"""The columns of the bot: as a member, and as a visitor searches."""
OTHERS = ("LIKE", "trigram", "bm25", "tantivy")
"""The columns of the other engines."""
_NONE = "—"


@dataclass(frozen=True, slots=True)
class Questions:
    """A kind of question."""

    kind: str
    """What the table calls it."""
    draw: Callable[[], Round]
    """Returns a new question."""


@dataclass(slots=True)
class Timings:
    """The times of one kind of question."""

    kind: str
    seconds: dict[str, list[float]] = field(default_factory=dict)
    """The time of each answer, by column."""

    def p99(self, column: str) -> float:
        """Returns in how many milliseconds 99 of 100 questions are answered."""
        return 1_000 * percentile(self.seconds[column], 0.99)

    def cell(self, column: str) -> str:
        """Returns p50/p99 in milliseconds; a dash if the column has no answers."""
        if column not in self.seconds:
            return _NONE
        return f"{_short(1_000 * percentile(self.seconds[column], 0.5))}/{_short(self.p99(column))}"

    def ratio(self) -> str:
        """Returns the bot's p99 divided by that of the fastest other engine; a dash if there is none."""
        others = [self.p99(column) for column in OTHERS if column in self.seconds]
        return f"{self.p99(OURS) / min(others):.2f}" if others else _NONE


async def take_time(
    questions: Questions, count: int, rng: random.Random, done: Callable[[], object]
) -> Timings:
    """Returns the times of `count` questions. `done` is called after each.

    WARM_UP questions are asked before, untimed, so that caches are filled; the garbage collector is off
    meanwhile.
    """
    timings = Timings(questions.kind)
    rounds = [questions.draw() for _ in range(WARM_UP + count)]
    for warm in rounds[:WARM_UP]:
        for call in warm.values():
            await call()
        done()
    with _no_garbage_collection():
        for calls in rounds[WARM_UP:]:
            for column in rng.sample(list(calls), len(calls)):
                started = perf_counter()
                await calls[column]()
                timings.seconds.setdefault(column, []).append(perf_counter() - started)
            done()
    return timings


def render(timings: Sequence[Timings]) -> list[str]:
    """Returns the lines of the table: p50/p99 in milliseconds by kind and column, and the ratio of p99."""
    columns = (OURS, VISITOR, *OTHERS)
    rows = [["p50/p99（毫秒）", *columns, "p99 之比"]]
    rows += [[row.kind, *map(row.cell, columns), row.ratio()] for row in timings]
    return table(rows)


def percentile(values: Sequence[float], share: float) -> float:
    """Returns the smallest of the values that at least a share of them does not exceed (nearest rank)."""
    ranked = sorted(values)
    # In thousandths, since 0.99 * 100 is more than 99 in floating point; -(-a // b) rounds up.
    rank = -(-len(ranked) * round(share * 1_000) // 1_000)
    return ranked[max(rank, 1) - 1]


def _short(milliseconds: float) -> str:
    """Returns a time with two or three significant digits."""
    digits = 0 if milliseconds >= 10 else 1 if milliseconds >= 1 else 2
    return f"{milliseconds:.{digits}f}"


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
