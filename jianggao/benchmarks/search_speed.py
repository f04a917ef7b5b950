"""Measures how long searches take on a generated library of any size, beside other engines on the same texts.

A cell of the table is `p50/p99` in milliseconds: half of the queries took at most the first, 99 of 100 at
most the second. The last column is the bot's p99 divided by that of the fastest other engine.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NoReturn

from tqdm import tqdm

from jianggao.application import Application
from jianggao.benchmarks.engine import Engine
from jianggao.benchmarks.engines import Engines
from jianggao.benchmarks.generated import write_library
from jianggao.benchmarks.lookups import lookup_questions
from jianggao.benchmarks.passages import passages_of, settings_for
from jianggao.benchmarks.queries import QUERY_KINDS, LibrarySample, QueryKind, QuerySampler
from jianggao.benchmarks.timing import (
    OURS,
    VISITOR,
    WARM_UP,
    Call,
    Questions,
    Round,
    Timings,
    render,
    take_time,
)
from jianggao.errors import WrongUse
from jianggao.reading.reader import Reader

PAGE = 5
"""Results that are asked for, as on the bot's first page."""
_NOTE = "library.json"
"""The file in a benchmark's folder that says what its library was made of, and whether it is complete."""
_LIBRARY = "library"
Echo = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SpeedPlan:
    """What is measured."""

    folder: Path
    """Where the library and the database are kept."""
    sources: tuple[Path, ...]
    """Folders with the texts whose sentences the library is made of."""
    speeches: int
    """The size of the library."""
    queries: int
    """Queries of each kind."""
    seed: int
    """Of all random choices: the same seed makes the same library and queries."""

    @property
    def library(self) -> Path:
        """The folder with the speeches."""
        return self.folder / _LIBRARY


async def measure(plan: SpeedPlan, echo: Echo) -> None:
    """Makes the library (or takes the one that is in the folder), imports it, times the queries and prints
    the table.

    Raises WrongUse for a folder that holds anything else, CannotStart if a compared engine is not installed.
    """
    _claim_folder(plan)
    with _scratch(plan.folder) as scratch, Engines(scratch) as engines:
        _make_library(plan)
        settings = settings_for(plan.library, plan.folder / "bot.db")
        application = await Application.open(settings, workers=os.cpu_count() or 1)
        try:
            await _import(application, echo)
            sampler = await _fill(application, engines, random.Random(plan.seed), echo)
            timings = await _time_questions(application, engines, sampler, plan)
        finally:
            await application.close()
    echo("")
    for line in render(timings):
        echo(line)


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    with TemporaryDirectory(prefix="engines-", dir=folder, ignore_cleanup_errors=True) as name:
        yield Path(name)


def _claim_folder(plan: SpeedPlan) -> None:
    """Notes in the folder what its library is made of. Raises WrongUse for a folder with another library or
    other things: generated speeches must not get into anybody's own library or database."""
    note = plan.folder / _NOTE
    if not note.exists():
        plan.folder.mkdir(parents=True, exist_ok=True)
        if any(plan.folder.iterdir()):
            raise WrongUse(f"{plan.folder} 里有别的东西。请给一个空文件夹，或者一个还没有的。")
        note.write_text(json.dumps(_made_of(plan) | {"whole": False}, ensure_ascii=False), encoding="utf-8")
    elif json.loads(note.read_text(encoding="utf-8")) | {"whole": True} != _made_of(plan):
        raise WrongUse(f"{plan.folder} 里是另一份资料库。请换一个文件夹，或者先删掉它。")


def _made_of(plan: SpeedPlan) -> dict[str, object]:
    sources = [str(source.resolve()) for source in plan.sources]
    return {"speeches": plan.speeches, "seed": plan.seed, "sources": sources, "whole": True}


def _make_library(plan: SpeedPlan) -> None:
    """Writes the library unless it is there completely: one that was interrupted is written again."""
    note = plan.folder / _NOTE
    if not json.loads(note.read_text(encoding="utf-8"))["whole"]:
        write_library(plan.library, plan.speeches, plan.sources, plan.seed)
        note.write_text(json.dumps(_made_of(plan), ensure_ascii=False), encoding="utf-8")


async def _import(application: Application, echo: Echo) -> None:
    started = perf_counter()
    with _progress_bar("导入") as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        report = await application.importer.run(progress=progress)
    echo(f"导入：{report.speeches} 篇 {report.sections} 段，{perf_counter() - started:.0f} 秒")


async def _fill(
    application: Application, engines: Mapping[str, Engine], rng: random.Random, echo: Echo
) -> QuerySampler:
    """Gives all sections to the engines, prints the library's size, and returns what draws queries from the
    sections."""
    sample = LibrarySample(rng)
    with _progress_bar("建对比索引") as bar:
        async for passages in passages_of(application):
            sample.add(passages)
            for engine in engines.values():
                engine.add(passages)
            bar.update(len(passages))
        for engine in engines.values():
            engine.finish()
    size = application.settings.database_file.stat().st_size / 1_000_000
    echo(
        f"正文 {sample.characters / 1_000_000:.1f} 百万字，数据库 {size:.0f} MB，"
        f"SQLite {sqlite3.sqlite_version}"
    )
    return sample.sampler(lambda run: engines["trigram"].search(run, 1).total > 0)


async def _time_questions(
    application: Application, engines: Mapping[str, Engine], sampler: QuerySampler, plan: SpeedPlan
) -> list[Timings]:
    member, visitor = application.local_reader(reads_all=True), application.local_reader(reads_all=False)
    questions = [*_searches(sampler, engines, member, visitor), *lookup_questions(sampler, member, visitor)]
    with _progress_bar("检索", len(questions) * (plan.queries + WARM_UP)) as bar:
        return [await take_time(question, plan.queries, sampler.rng, bar.update) for question in questions]


def _searches(
    sampler: QuerySampler, engines: Mapping[str, Engine], member: Reader, visitor: Reader
) -> list[Questions]:
    """Returns questions for each kind of query: all who can answer it find the first page and the number of
    all results."""

    def round_of(query: str, names: Sequence[str]) -> Round:
        ours: dict[str, Call] = {
            OURS: lambda: member.search(query),
            VISITOR: lambda: visitor.search(query),
        }
        return ours | {name.removesuffix(" or"): _search(engines[name], query) for name in names}

    def drawing(kind: QueryKind) -> Callable[[], Round]:
        return lambda: round_of(kind.draw(sampler), kind.engines)

    return [Questions(kind.name, drawing(kind)) for kind in QUERY_KINDS]


def _search(engine: Engine, query: str) -> Call:
    async def search() -> object:
        return engine.search(query, PAGE)

    return search


def _progress_bar(task: str, total: int | None = None) -> tqdm[NoReturn]:
    return tqdm(desc=task, total=total, disable=not sys.stderr.isatty(), leave=False)
