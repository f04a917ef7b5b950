"""Speeches that share their words (yearly reports, a host's scripts) cost no more each, the more they are."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from library_of_texts import opened
from public_texts import sentence

FEW, MANY = 100, 400
GROWTH_LIMIT = 8.0
"""How many times as much four times the speeches may cost: 4 is linear. Looking at each of the others for each
speech made it 16."""
_TRIES = 3


def welcome(turn: int) -> str:
    """One of a host's scripts, which differ in a number alone."""
    rng = random.Random("欢迎词")
    lines = [sentence(rng, 80) for _ in range(3)]
    return "\n".join(
        [
            f"在第{turn}期茶农夜校开班式上的讲话",
            f"（2025年{turn % 12 + 1}月{turn % 28 + 1}日）",
            "同志们：",
            "一、先认认门",
            *lines,
            f"这一期来了{turn + 20}位茶农。",
            "我就讲这些，谢谢大家。",
        ]
    )


async def seconds_for(folder: Path, speeches: int) -> float:
    """The CPU time of all threads: what other processes do doesn't count."""
    library = folder / "lib"
    (library / "茶叶").mkdir(parents=True)
    (library / "茶叶" / "夜校.txt").write_text("\n\n".join(map(welcome, range(speeches))) + "\n", "utf-8")
    application = await opened(folder, library)
    try:
        started = time.process_time()
        report = await application.importer.run()
        seconds = time.process_time() - started
    finally:
        await application.close()
    assert len(report.added) == speeches
    return seconds


async def test_speeches_with_the_same_words_cost_no_more_each_the_more_they_are(tmp_path: Path) -> None:
    await seconds_for(tmp_path / "first", 20)  # the dictionaries are read now
    tries: list[str] = []
    for tried in range(_TRIES):
        few = await seconds_for(tmp_path / f"few {tried}", FEW)
        many = await seconds_for(tmp_path / f"many {tried}", MANY)
        if many <= GROWTH_LIMIT * few:
            return
        tries.append(f"{FEW} speeches {few:.1f} s, {MANY} speeches {many:.1f} s")
    pytest.fail("; ".join(tries))
