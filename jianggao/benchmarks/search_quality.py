"""How well a search finds what people wanted, by queries judged beforehand, beside other ways to search."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jianggao.application import Application
from jianggao.benchmarks.engine import Engine
from jianggao.benchmarks.engines import Engines
from jianggao.benchmarks.passages import Passage, passages_of, settings_for
from jianggao.benchmarks.table import table
from jianggao.errors import WrongUse
from jianggao.reading.reader import Reader
from jianggao.reading.views import SearchPage
from jianggao.text.normal_form import normal_form

TUNE, TEST, ALL = "tune", "test", "all"
HALVES = (TUNE, TEST)
LOOKED_AT = 50
PAGE = 5
OURS = "机器人"
_FILTER = re.compile(r"(主题|年份|标题)[:：]\S+")
_HOMOPHONE = "homophone"
_FIELDS = {"query", "kind", "half", "wanted"}
_PLACE = {"source", "holds"}
Echo = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, its kind, the half it belongs to, and the numbers of the sections that a person would be glad to see."""

    query: str
    kind: str
    half: str
    wanted: frozenset[str]


@dataclass(frozen=True, slots=True)
class QueryOutcome:
    """The sections that an engine listed for a query, best first."""

    judged: Judged
    listed: tuple[str, ...]
    corrected: bool = False
    """Whether a guess at what was meant holds what was wanted."""

    @property
    def recall(self) -> float:
        """The share of the wanted sections among the first `LOOKED_AT`."""
        return len(self.judged.wanted.intersection(self.listed[:LOOKED_AT])) / len(self.judged.wanted)

    def success(self, most: int) -> bool:
        """Whether a wanted section is among the first `most`."""
        return not self.judged.wanted.isdisjoint(self.listed[:most])

    @property
    def reciprocal_rank(self) -> float:
        """1 divided by the place of the first wanted section; 0 if it isn't among the first `LOOKED_AT`."""
        for place, number in enumerate(self.listed[:LOOKED_AT], 1):
            if number in self.judged.wanted:
                return 1 / place
        return 0.0


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over outcomes, each from 0 to 1."""

    recall: float
    success_at_1: float
    success_at_page: float
    mean_reciprocal_rank: float

    @classmethod
    def of(cls, outcomes: Sequence[QueryOutcome]) -> Quality:
        """The means over at least one outcome."""
        count = len(outcomes)
        return cls(
            sum(one.recall for one in outcomes) / count,
            sum(one.success(1) for one in outcomes) / count,
            sum(one.success(PAGE) for one in outcomes) / count,
            sum(one.reciprocal_rank for one in outcomes) / count,
        )


async def measure(
    library: Path, judged_file: Path, scratch: Path, half: str, *, failures: bool, echo: Echo
) -> None:
    """Import the library into a database in `scratch`, ask every judged query of the half, and print the tables. Raises
    WrongUse for judgements that don't fit the library, CannotStart where a compared engine is missing."""
    lines = read_lines(judged_file, half)
    with Engines(scratch / "engines") as engines:
        application = await Application.open(settings_for(library, scratch / "bot.db"))
        try:
            await application.importer.run()
            passages = [passage async for some in passages_of(application) for passage in some]
            judged = name_sections(lines, passages)
            outcomes = {OURS: await _ask_us(application.local_reader(reads_all=True), judged, passages)}
            outcomes |= _ask_others(engines, judged, passages)
        finally:
            await application.close()
    for line in render(outcomes, HALVES if half == ALL else (half,)):
        echo(line)
    if failures:
        for line in missed(outcomes[OURS]):
            echo(line)


def read_lines(file: Path, half: str) -> list[dict[str, Any]]:
    """The judged queries of a half as they stand in the file. Raises WrongUse if there are none, or for a line that isn't
    such a query."""
    lines = []
    for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            line = json.loads(text)
            fits = line.keys() >= _FIELDS and all(place.keys() >= _PLACE for place in line["wanted"])
        except (ValueError, AttributeError, TypeError):
            fits = False
        if not fits:
            raise WrongUse(
                f"{file} 第 {number} 行不是评好的检索，应当是一行 JSON：{'、'.join(sorted(_FIELDS))}。"
            )
        lines.append(line)
    chosen = [line for line in lines if half in (ALL, line["half"])]
    if not chosen:
        raise WrongUse(f"{file} 里没有这一半的检索。")
    return chosen


def name_sections(lines: Sequence[Mapping[str, Any]], passages: Sequence[Passage]) -> list[Judged]:
    """The judged queries with the numbers of the sections they want. Raises WrongUse where a run stands in none or
    several of its source's sections."""
    by_source: dict[str, list[Passage]] = {}
    for passage in passages:
        by_source.setdefault(passage.source, []).append(passage)
    judged = []
    for line in lines:
        wanted = frozenset(_named(by_source, place["source"], place["holds"]) for place in line["wanted"])
        judged.append(Judged(line["query"], line["kind"], line["half"], wanted))
    return judged


def _named(by_source: Mapping[str, Sequence[Passage]], source: str, holds: str) -> str:
    run = normal_form(holds)
    found = [passage.number for passage in by_source.get(source, ()) if run in passage.text]
    if len(found) != 1:
        raise WrongUse(f"“{holds}”在《{source}》里有 {len(found)} 段，应当正好一段。")
    return found[0]


async def _ask_us(
    reader: Reader, judged: Sequence[Judged], passages: Sequence[Passage]
) -> list[QueryOutcome]:
    texts = {passage.number: passage.text for passage in passages}
    outcomes = []
    for one in judged:
        page = await reader.search_unrecorded(one.query, LOOKED_AT)
        listed = tuple(hit.number for hit in (*page.hits, *page.near))[:LOOKED_AT]
        outcomes.append(
            QueryOutcome(one, listed, _is_guessed(page, [texts[number] for number in one.wanted]))
        )
    return outcomes


def _is_guessed(page: SearchPage, wanted: Sequence[str]) -> bool:
    """Whether all runs of some guess stand in one of the wanted texts."""
    guesses = [[normal_form(run) for run in guess.text.split()] for guess in page.guesses]
    return any(all(run in text for run in runs) for runs in guesses for text in wanted)


def _ask_others(
    engines: Mapping[str, Engine], judged: Sequence[Judged], passages: Sequence[Passage]
) -> dict[str, list[QueryOutcome]]:
    numbers = {passage.id: passage.number for passage in passages}
    outcomes: dict[str, list[QueryOutcome]] = {}
    for name, engine in engines.items():
        engine.add(passages)
        engine.settle()
        for one in judged:
            found = engine.search(without_filters(one.query), LOOKED_AT).ids
            listed = tuple(numbers[id] for id in found)
            outcomes.setdefault(name, []).append(QueryOutcome(one, listed))
    return outcomes


def without_filters(query: str) -> str:
    """The query for engines that know no filters: the words that are left would find nothing with them."""
    return _FILTER.sub(" ", query)


def render(outcomes: Mapping[str, Sequence[QueryOutcome]], halves: Sequence[str]) -> list[str]:
    """The tables of all engines: by half and overall, and success on the first page by kind."""
    lines: list[str] = []
    for half in (*halves, *([ALL] if len(halves) > 1 else [])):
        chosen = {name: _of_half(some, half) for name, some in outcomes.items()}
        if not chosen[OURS]:
            continue
        lines += [f"{half}（{len(chosen[OURS])} 个检索）", *table(_quality_rows(chosen)), ""]
        lines += [f"{half}，各类检索的 success@{PAGE}", *table(_kind_rows(chosen)), ""]
    typos = [one for one in outcomes[OURS] if one.judged.kind == _HOMOPHONE]
    corrected = sum(one.corrected or one.success(PAGE) for one in typos)
    return [*lines, f"homophone typos corrected: {corrected} of {len(typos)}"]


def missed(outcomes: Sequence[QueryOutcome]) -> list[str]:
    """The queries that found nothing wanted on the first page; of the half that proves the ranking only how many, so that
    nobody tunes on it."""
    failed = [one.judged for one in outcomes if not one.success(PAGE)]
    lines = [f"前 {PAGE} 段里没有：{one.query}（{one.kind}）" for one in failed if one.half != TEST]
    if any(one.judged.half == TEST for one in outcomes):
        unseen = sum(one.half == TEST for one in failed)
        lines.append(f"test 这一半有 {unseen} 个前 {PAGE} 段里没有（不列出，免得照着它调）")
    return lines


def _of_half(outcomes: Sequence[QueryOutcome], half: str) -> list[QueryOutcome]:
    return [one for one in outcomes if half in (ALL, one.judged.half)]


def _quality_rows(outcomes: Mapping[str, Sequence[QueryOutcome]]) -> list[list[str]]:
    rows = [["", f"recall@{LOOKED_AT}", "success@1", f"success@{PAGE}", "MRR"]]
    for name, some in outcomes.items():
        quality = Quality.of(some)
        means = (quality.recall, quality.success_at_1, quality.success_at_page, quality.mean_reciprocal_rank)
        rows.append([name, *(f"{mean:.3f}" for mean in means)])
    return rows


def _kind_rows(outcomes: Mapping[str, Sequence[QueryOutcome]]) -> list[list[str]]:
    kinds = list(dict.fromkeys(one.judged.kind for one in outcomes[OURS]))
    rows = [["", *kinds]]
    for name, some in outcomes.items():
        cells = []
        for kind in kinds:
            of_kind = [one for one in some if one.judged.kind == kind]
            cells.append(f"{sum(one.success(PAGE) for one in of_kind)}/{len(of_kind)}")
        rows.append([name, *cells])
    return rows
