"""Measures how a function's time grows with its text, such that a busy machine does not upset the measure.

CPU time of this thread counts, so that other processes don't; the least of several runs counts, so that a
garbage collection doesn't, nor a cache that another process emptied; only runs that take a while are judged,
and what looks bad is measured again.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hostile_texts import HOSTILE, Make

from jianggao.text.remembered_lines import forget_all

GROWTH_LIMIT = 2.3
"""How many times as much twice the text may cost: 2 is linear."""
_SMALLEST, _LARGEST = 1 << 10, 1 << 14
_FLOOR = 0.004
"""Seconds; below it the machine is measured, not the function."""
_ENOUGH = 0.03
"""Seconds; a text that takes so long is large enough to judge by."""
_PLAIN, _PLAIN_GROWTH = 1.0, 3.0
"""What takes so many seconds, and for twice the text so many times as much, is no accident, and isn't
measured again; nor is the largest text where its growth is so plain."""
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Growth:
    """What a text of `size` characters cost, in seconds, and how many times as much twice the text does, from
    four times the text: a step of the allocator or a cache upsets a single doubling."""

    text: str
    size: int
    seconds: float
    times: float

    def __str__(self) -> str:
        return (
            f"{self.text}: {self.size} characters {self.seconds:.3f} s, twice as many {self.times:.1f} times"
        )


def too_steep(
    function: Callable[[Any], object],
    *,
    texts: Mapping[str, Make] = HOSTILE,
    prepare: Callable[[str], Any] = lambda text: text,
    largest: int = _LARGEST,
) -> Iterator[Growth]:
    """Yields the hostile texts for which `function` grows faster than its text. `prepare` makes of a text
    what the function takes, at no cost; `largest` is in characters, for functions whose texts are never so
    long."""
    for name, make in texts.items():
        growth = _growth_of(function, lambda size, make=make: prepare(make(size)), largest)  # type: ignore[misc]
        if growth is not None:
            yield Growth(name, *growth)


def _growth_of(
    function: Callable[[Any], object], make: Callable[[int], Any], largest: int
) -> tuple[int, float, float] | None:
    size = _SMALLEST
    while size <= largest:
        seconds = _least(function, make(size), 1)
        if seconds >= _ENOUGH or (seconds >= _FLOOR and size * 2 > largest):
            return _steep(function, make, size)
        size *= 2
    return None


def _steep(
    function: Callable[[Any], object], make: Callable[[int], Any], size: int
) -> tuple[int, float, float] | None:
    """The growth from this size on, if it is too steep every time that it is measured, with more runs each
    time. Both texts are measured in turn, so that a busy moment meets both, and the least of all runs so far
    counts: what others do to a run can only lengthen it."""
    small, large = make(size), make(4 * size)
    seconds = fourfold = float("inf")
    for tried in range(1, _TRIES + 1):
        for _ in range(tried):
            seconds = min(seconds, _least(function, small, 1))
            fourfold = min(fourfold, _least(function, large, 1))
        times = (fourfold / max(seconds, 1e-9)) ** 0.5
        if times <= GROWTH_LIMIT:
            return None
        if fourfold > _PLAIN and times > _PLAIN_GROWTH:
            return size, seconds, times
    largest = make(16 * size)
    for _ in range(2):
        growth = _least(function, largest, 1) / fourfold
        if growth <= GROWTH_LIMIT**2:
            return None  # a step, where a cache ends, and no slope
        if growth > _PLAIN_GROWTH**2:
            break
    return size, seconds, times


def _least(function: Callable[[Any], object], argument: Any, runs: int) -> float:
    least = float("inf")
    was_on = gc.isenabled()
    gc.disable()
    try:
        for _ in range(runs):
            # What is remembered of the lines of a short text makes a long one look steep.
            forget_all()
            started = time.thread_time()
            function(argument)
            least = min(least, time.thread_time() - started)
    finally:
        if was_on:
            gc.enable()
    return least
