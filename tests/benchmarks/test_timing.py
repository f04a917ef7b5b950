"""Times are summed up by nearest rank, compared with the fastest other engine, and not taken of the
warm-up."""

from __future__ import annotations

import random

from jianggao.benchmarks.timing import (
    OURS,
    VISITOR,
    WARM_UP,
    Questions,
    Timings,
    percentile,
    render,
    take_time,
)


def test_percentiles_by_nearest_rank() -> None:
    hundred = [float(value) for value in range(100, 0, -1)]
    assert (percentile(hundred, 0.5), percentile(hundred, 0.99)) == (50, 99)
    assert (percentile([3.0, 1.0, 2.0], 0.5), percentile([3.0, 1.0, 2.0], 0.99)) == (2, 3)
    assert percentile([4.0], 0.5) == 4


def test_the_ratio_is_to_the_best_other() -> None:
    words = Timings("词", {OURS: [0.004], VISITOR: [0.001], "LIKE": [0.02], "bm25": [0.008]})
    alone = Timings("拼音", {OURS: [0.0125]})
    rows = [line.split() for line in render([words, alone])]
    assert rows[1] == ["词", "4.0/4.0", "1.0/1.0", "20/20", "—", "8.0/8.0", "—", "0.50"]
    assert rows[2] == ["拼音", "12/12", "—", "—", "—", "—", "—", "—"]


async def test_the_warm_up_is_asked_but_not_timed() -> None:
    asked = {"机器人": 0, "LIKE": 0}
    done = []

    async def ask(column: str) -> None:
        asked[column] += 1

    calls = {"机器人": lambda: ask("机器人"), "LIKE": lambda: ask("LIKE")}
    timings = await take_time(Questions("词", lambda: calls), 4, random.Random(1), lambda: done.append(1))
    assert asked == {"机器人": WARM_UP + 4, "LIKE": WARM_UP + 4} and len(done) == WARM_UP + 4
    assert {column: len(seconds) for column, seconds in timings.seconds.items()} == {"机器人": 4, "LIKE": 4}
