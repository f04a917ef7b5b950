"""Taking the time: every way to answer a question is asked in turn, so that noise of the machine hits all alike."""

from __future__ import annotations

import gc
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from jianggao.benchmarks.table import table

Call = Callable[[], Awaitable[object]]
Round = Mapping[str, Call]
"""One question as each column answers it."""

WARM_UP = 3
"""How many questions of each kind are asked before the clock runs."""
OURS, VISITOR = "机器人", "访客"
OTHERS = ("LIKE", "trigram", "bm25", "tantivy")
_NONE = "—"


@dataclass(frozen=True, slots=True)
class Questions:
    """A kind of question, and what draws the next one."""

    kind: str
    draw: Callable[[], Round]


@dataclass(slots=True)
class Timings:
    """Seconds by column, of one kind of question."""

    kind: str
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def p99(self, column: str) -> float:
        """Milliseconds that all but one question in a hundred take at most."""
        return 1_000 * percentile(self.seconds[column], 0.99)

    def cell(self, column: str) -> str:
        """p50/p99 in milliseconds; a dash for who can't answer."""
        if column not in self.seconds:
            return _NONE
        return f"{_short(1_000 * percentile(self.seconds[column], 0.5))}/{_short(self.p99(column))}"

    def ratio(self) -> str:
        """Our p99 divided by that of the best other."""
        others = [self.p99(column) for column in OTHERS if column in self.seconds]
        return f"{self.p99(OURS) / min(others):.2f}" if others else _NONE


async def take_time(
    questions: Questions, count: int, rng: random.Random, done: Callable[[], object]
) -> Timings:
    """Draw and ask `WARM_UP` questions, then `count` more against the clock, without garbage collection; `done` is called
    after each."""
    timings = Timings(questions.kind)
    rounds = [questions.draw() for _ in range(WARM_UP + count)]
    for warm in rounds[:WARM_UP]:
        for call in warm.values():
            await call()
        done()
    with _no_garbage_collection():
        for one in rounds[WARM_UP:]:
            for column in rng.sample(list(one), len(one)):
                started = perf_counter()
                await one[column]()
                timings.seconds.setdefault(column, []).append(perf_counter() - started)
            done()
    return timings


def render(timings: Sequence[Timings]) -> list[str]:
    """The table: p50/p99 in milliseconds by kind and column, and our p99 to the best other's."""
    columns = (OURS, VISITOR, *OTHERS)
    rows = [["p50/p99（毫秒）", *columns, "p99 之比"]]
    rows += [[one.kind, *map(one.cell, columns), one.ratio()] for one in timings]
    return table(rows)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least this share of them doesn't exceed (nearest rank)."""
    ranked = sorted(values)
    rank = -(-len(ranked) * round(share * 1_000) // 1_000)
    return ranked[max(rank, 1) - 1]


def _short(milliseconds: float) -> str:
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
