"""No question, however it is typed, takes longer than its deadline; and what it costs grows no faster than
its length."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import Any

import pytest
from ticking import Ticking

from jianggao.application import Application
from jianggao.deadline import TimeLimit
from jianggao.doctor import examine, render
from jianggao.errors import TooSlow, WrongUse
from jianggao.reading.reader import Reader
from jianggao.search import typed_pinyin
from jianggao.search.query import MAX_FILTERS, parse_query
from jianggao.search.snippets import snippet
from jianggao.text.pinyin import LONGEST_LETTERS, split_letters, syllables

pytestmark = pytest.mark.asyncio(loop_scope="module")

DOUBLED = 2.3
"""How much more work twice the length may be."""


def lines_run(work: Callable[[], Any]) -> int:
    """How many lines of Python `work` runs: what it costs, on any machine."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@contextmanager
def ticking(application: Application, ticks: int) -> Iterator[Reader]:
    """A reader whose questions may look at the clock so many times."""
    limited = replace(application, time_limit=TimeLimit(ticks, Ticking()))
    yield limited.local_reader(reads_all=True)


# --- what grows with the question -----------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["xian", "zhifa", "guangang", "e", "anan"])
@pytest.mark.parametrize("end", ["", "q", "v"])
async def test_letters_that_can_be_cut_in_many_ways(way: str, end: str) -> None:
    """`xian` 48 times and a q took 38 seconds and doubled with every letter or two."""
    syllables()
    short, long = (LONGEST_LETTERS // 2 // len(way), LONGEST_LETTERS // len(way))
    costs = [lines_run(lambda times=times: split_letters(way * times + end)) for times in (short, long)]  # type: ignore[misc]
    assert costs[1] <= max(DOUBLED * costs[0] * long / short / 2, 200)
    assert split_letters(way * 48 + end) == [] or len(way) * 48 <= LONGEST_LETTERS


async def test_rows_of_words_that_can_be_laid_in_many_ways() -> None:
    def cost(length: int) -> int:
        by_place = {
            (start, stop): ["甲乙", "丙丁", "戊己"]
            for start in range(length)
            for stop in range(start + 1, min(length, start + 6) + 1)
        }
        return lines_run(lambda: typed_pinyin._rows(by_place, length))

    assert cost(40) <= 6 * cost(20)  # spans times words of a row: the square, where it was a power


async def test_the_fewest_words_come_first() -> None:
    by_place = {(0, 2): ["甲"], (2, 4): ["乙", "丙"], (0, 4): ["丁"], (4, 6): ["戊"], (3, 6): ["己"]}
    assert typed_pinyin._rows(by_place, 6) == [["丁", "戊"], ["甲", "乙", "戊"], ["甲", "丙", "戊"]]


@pytest.mark.parametrize("runs", [["甲", "乙", "丙"], ["甲"], ["甲乙", "乙丙", "丙甲"]])
async def test_a_snippet_of_a_text_that_is_all_hits(runs: list[str]) -> None:
    costs = [lines_run(lambda times=times: snippet("甲乙丙" * times, runs)) for times in (500, 1000)]  # type: ignore[misc]
    assert costs[1] <= DOUBLED * costs[0]


async def test_a_snippet_marks_what_it_marked() -> None:
    assert snippet("开头。" + "老人吃惯了这口味。" * 3, ["吃惯", "口味"]).count("【") == 6


async def test_what_is_far_too_long_is_not_even_folded() -> None:
    with pytest.raises(WrongUse, match="太长"):
        parse_query("a" + "\u0301\u0323" * 200_000)


async def test_filters_are_bounded() -> None:
    parse_query(" ".join(f"标题:{number}" for number in range(MAX_FILTERS)))
    with pytest.raises(WrongUse, match="条件"):
        parse_query(" ".join(f"标题:{number}" for number in range(MAX_FILTERS + 1)))


# --- when the time is over ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["老人 群众", "网格园", "xiangcun zhenxing", "老人 吃惯 飞碟学", "的"])
async def test_what_was_found_by_then_is_the_answer_or_a_shorter_word_is_asked_for(
    samples: Application, typed: str
) -> None:
    whole = await samples.local_reader(reads_all=True).search_unrecorded(typed, 5)
    refused = cut = 0
    for ticks in [*range(1, 30), *range(30, 3_000, 37)]:
        with ticking(samples, ticks) as reader:
            try:
                page = await reader.search_unrecorded(typed, 5)
            except TooSlow as error:
                assert str(error) == "这个词查不动，请换短一点"
                refused += 1
                continue
        cut += page.cut_short
        if page.cut_short:
            assert page.hits or page.near or page.suggestions
            assert not page.hits or page.hits == whole.hits[: len(page.hits)]
        else:
            assert page == replace(whole, query=page.query)
    assert refused


QUESTIONS: dict[str, Callable[[Reader], Any]] = {
    "检索": lambda reader: reader.search("老人 群众"),
    "金句": lambda reader: reader.quotables("群众"),
    "相近": lambda reader: reader.similar(1, 1),
    "提纲": lambda reader: reader.outlines_on("老人"),
    "随机": lambda reader: reader.random("老人"),
}


@pytest.mark.parametrize("kind", QUESTIONS)
async def test_each_kind_of_question_ends_and_is_counted_without_its_words(
    samples: Application, kind: str
) -> None:
    with ticking(samples, 1) as reader:
        for _ in range(2):
            with pytest.raises(TooSlow):
                await QUESTIONS[kind](reader)
    shown = "\n".join(render(await examine(samples.settings)))
    line = next(line for line in shown.splitlines() if "超时的查询" in line)
    assert f"{kind} " in line and "2026-11-20 12:00" in line
    assert "老人" not in shown
    async with samples.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT * FROM slow_questions")
    assert {tuple(row.keys()) for row in rows} == {("kind", "count", "last_at")}


async def test_a_question_in_time_is_not_counted(samples: Application) -> None:
    async def counted() -> int:
        async with samples.database.read() as connection:
            rows = await connection.execute_fetchall("SELECT coalesce(sum(count), 0) FROM slow_questions")
        return int(next(iter(rows))[0])

    before = await counted()
    for ask in QUESTIONS.values():
        await ask(samples.local_reader(reads_all=True))
    assert await counted() == before


async def test_hostile_questions_are_answered(samples: Application) -> None:
    """None fails in a way that is not shown."""
    rng = random.Random(11)
    reader = samples.local_reader(reads_all=True)
    for _ in range(100):
        for typed in hostile(rng):
            try:
                await reader.search(typed)
            except WrongUse:
                continue


def hostile(rng: random.Random) -> Iterator[str]:
    """One of each kind of question that is made to be hard."""
    common = "的一是在了和有大这主中人上为们地个用工时要动国产以我到他会作来分生对于学下级"
    yield " ".join(rng.sample(common, 10))
    yield "“" + "".join(rng.choice(common) for _ in range(rng.randint(100, 196))) + "”"
    yield rng.choice(("xian", "zhifa", "guangang", "lian", "e")) * rng.randint(3, 40) + rng.choice("qva")
    yield "XX".join(rng.choice(common) for _ in range(rng.randint(2, 60)))
    yield " ".join("二〇二五年XX" + rng.choice(common) for _ in range(9))
    yield " ".join("标题:" + rng.choice(common) for _ in range(9))
    yield "".join(chr(rng.randrange(33, 0xD7FF)) for _ in range(rng.randint(1, 190)))
    yield "“" * rng.randint(1, 190)
