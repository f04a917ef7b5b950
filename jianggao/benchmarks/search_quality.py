"""Measures how well searches find what people wanted, by queries judged beforehand, beside other engines.

The tables show, from 0 to 1: recall@50, the share of the wanted sections among the first 50; success@1 and
success@5, the share of queries with a wanted section in the first place or on the first page; and MRR, the
mean of 1 divided by the place of the first wanted section.
"""

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
"""The halves of the judged queries: one to tune the ranking by, one to prove it, and both."""
HALVES = (TUNE, TEST)
JUDGED = Path(__file__).with_name("judged.jsonl")
"""The judged queries that come with the program, on its sample library."""
DEPTH = 50
"""Results of each query that are looked at."""
PAGE = 5
"""Results on the bot's first page."""
OURS = "机器人"
_FILTER = re.compile(r"(主题|年份|标题)[:：]\S+")
_HOMOPHONE = "homophone"
_FIELDS = {"query", "kind", "half", "wanted"}
"""The fields of a judged query in the file."""
_WANTED_FIELDS = {"source", "holds"}
"""The fields of what is wanted: a speech's file, and a run of a section's text that occurs in no other section
there. With an empty run the speech itself is wanted: it, or any of its sections."""
Echo = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query with the sections that a person would be glad to see."""

    query: str
    kind: str
    """What it tests: `homophone`, …"""
    half: str
    """TUNE or TEST."""
    wanted: frozenset[str]
    """The numbers of sections (`12.3`), and of speeches that are wanted as a whole (`12`)."""

    def answered_by(self, number: str) -> str | None:
        """Returns what of the wanted a listed section or speech answers; None if it wasn't wanted."""
        speech = number.partition(".")[0]
        return number if number in self.wanted else speech if speech in self.wanted else None


@dataclass(frozen=True, slots=True)
class QueryOutcome:
    """What an engine found for a query."""

    judged: JudgedQuery
    listed: tuple[str, ...]
    """The numbers of the sections it listed, best first."""
    corrected: bool = False
    """Whether a suggestion that was shown would find a wanted section."""

    @property
    def recall(self) -> float:
        """The share of the wanted that is among the first DEPTH."""
        return len({*map(self.judged.answered_by, self.listed[:DEPTH])} - {None}) / len(self.judged.wanted)

    def success(self, limit: int) -> bool:
        """Returns whether something wanted is among the first `limit`."""
        return any(map(self.judged.answered_by, self.listed[:limit]))

    @property
    def reciprocal_rank(self) -> float:
        """1 divided by the place of the first that was wanted; 0 if there is none among the first DEPTH."""
        for place, number in enumerate(self.listed[:DEPTH], 1):
            if self.judged.answered_by(number):
                return 1 / place
        return 0.0


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over the outcomes of an engine, each from 0 to 1."""

    recall: float
    success_at_1: float
    success_at_page: float
    mean_reciprocal_rank: float

    @classmethod
    def of(cls, outcomes: Sequence[QueryOutcome]) -> Quality:
        """Returns the means over at least one outcome."""
        count = len(outcomes)
        return cls(
            sum(outcome.recall for outcome in outcomes) / count,
            sum(outcome.success(1) for outcome in outcomes) / count,
            sum(outcome.success(PAGE) for outcome in outcomes) / count,
            sum(outcome.reciprocal_rank for outcome in outcomes) / count,
        )


async def measure(
    library: Path, judged_file: Path, scratch: Path, half: str, *, failures: bool, echo: Echo
) -> None:
    """Imports the library into a database in `scratch`, asks the judged queries of a half, and prints the
    tables.

    `failures` lists the queries without success@5. Raises WrongUse for judgements that do not fit the
    library, CannotStart if a compared engine is not installed.
    """
    lines = read_lines(judged_file, half)
    with Engines(scratch / "engines") as engines:
        application = await Application.open(settings_for(library, scratch / "bot.db"))
        try:
            await application.importer.run()
            passages = [passage async for batch in passages_of(application) for passage in batch]
            judged = name_sections(lines, passages)
            outcomes = {OURS: await _search_ours(application.local_reader(reads_all=True), judged, passages)}
            outcomes |= _search_others(engines, judged, passages)
        finally:
            await application.close()
    for line in render(outcomes, HALVES if half == ALL else (half,)):
        echo(line)
    if failures:
        for line in missed(outcomes[OURS]):
            echo(line)


def read_lines(file: Path, half: str) -> list[dict[str, Any]]:
    """Returns the judged queries of a half as they are in the file, one JSON object a line.

    Raises WrongUse if there are none, or for a line that is no judged query.
    """
    lines = []
    for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            line = json.loads(text)
            is_judged = line.keys() >= _FIELDS and all(
                wanted.keys() >= _WANTED_FIELDS for wanted in line["wanted"]
            )
        except (ValueError, AttributeError, TypeError):
            is_judged = False
        if not is_judged:
            raise WrongUse(
                f"{file} 第 {number} 行不是评好的检索，应当是一行 JSON：{'、'.join(sorted(_FIELDS))}。"
            )
        lines.append(line)
    chosen = [line for line in lines if half in (ALL, line["half"])]
    if not chosen:
        raise WrongUse(f"{file} 里没有这一半的检索。")
    return chosen


def name_sections(lines: Sequence[Mapping[str, Any]], passages: Sequence[Passage]) -> list[JudgedQuery]:
    """Returns the judged queries with the numbers of the sections they want.

    Raises WrongUse if a run occurs in none or several of the sections of its speech.
    """
    by_source: dict[str, list[Passage]] = {}
    for passage in passages:
        by_source.setdefault(passage.source, []).append(passage)
    judged = []
    for line in lines:
        wanted = frozenset(
            _number_of(by_source, section["source"], section["holds"]) for section in line["wanted"]
        )
        judged.append(JudgedQuery(line["query"], line["kind"], line["half"], wanted))
    return judged


def _number_of(by_source: Mapping[str, Sequence[Passage]], source: str, holds: str) -> str:
    run = normal_form(holds)
    if not run and by_source.get(source):
        return by_source[source][0].number.partition(".")[0]
    numbers = [passage.number for passage in by_source.get(source, ()) if run in passage.text]
    if len(numbers) != 1:
        raise WrongUse(f"“{holds}”在《{source}》里有 {len(numbers)} 段，应当正好一段。")
    return numbers[0]


async def _search_ours(
    reader: Reader, judged: Sequence[JudgedQuery], passages: Sequence[Passage]
) -> list[QueryOutcome]:
    texts = {passage.number: passage.text for passage in passages}
    outcomes = []
    for query in judged:
        page = await reader.search_unrecorded(query.query, DEPTH)
        listed = tuple(hit.number for hit in (*page.hits, *page.near))[:DEPTH]
        outcomes.append(
            QueryOutcome(
                query,
                listed,
                _is_suggested(page, [texts[number] for number in query.wanted if number in texts]),
            )
        )
    return outcomes


def _is_suggested(page: SearchPage, wanted: Sequence[str]) -> bool:
    """Returns whether one of the wanted texts contains all words of some suggestion on the page."""
    suggestions = [[normal_form(run) for run in suggestion.text.split()] for suggestion in page.suggestions]
    return any(all(run in text for run in runs) for runs in suggestions for text in wanted)


def _search_others(
    engines: Mapping[str, Engine], judged: Sequence[JudgedQuery], passages: Sequence[Passage]
) -> dict[str, list[QueryOutcome]]:
    numbers = {passage.id: passage.number for passage in passages}
    outcomes: dict[str, list[QueryOutcome]] = {}
    for name, engine in engines.items():
        engine.add(passages)
        engine.finish()
        for query in judged:
            ids = engine.search(without_filters(query.query), DEPTH).ids
            outcomes.setdefault(name, []).append(QueryOutcome(query, tuple(numbers[id] for id in ids)))
    return outcomes


def without_filters(query: str) -> str:
    """Returns a query for engines that know no filters (主题:教育 …): as words the filters would find
    nothing."""
    return _FILTER.sub(" ", query)


def render(outcomes: Mapping[str, Sequence[QueryOutcome]], halves: Sequence[str]) -> list[str]:
    """Returns the lines of the tables: all engines by half and overall, and success@5 by kind of query."""
    lines: list[str] = []
    for half in (*halves, *([ALL] if len(halves) > 1 else [])):
        chosen = {name: _of_half(engine, half) for name, engine in outcomes.items()}
        if not chosen[OURS]:
            continue
        lines += [f"{half}（{len(chosen[OURS])} 个检索）", *table(_quality_rows(chosen)), ""]
        for place in (1, PAGE):
            lines += [f"{half}，各类检索的 success@{place}", *table(_kind_rows(chosen, place)), ""]
    typos = [outcome for outcome in outcomes[OURS] if outcome.judged.kind == _HOMOPHONE]
    corrected = sum(outcome.corrected or outcome.success(PAGE) for outcome in typos)
    return [*lines, f"homophone typos corrected: {corrected} of {len(typos)}"]


def missed(outcomes: Sequence[QueryOutcome]) -> list[str]:
    """Returns lines with the queries without success@5.

    Of the half TEST only their number is shown: whoever saw them would tune the ranking by them.
    """
    failed = [outcome.judged for outcome in outcomes if not outcome.success(PAGE)]
    lines = [f"前 {PAGE} 段里没有：{query.query}（{query.kind}）" for query in failed if query.half != TEST]
    if any(outcome.judged.half == TEST for outcome in outcomes):
        unseen = sum(query.half == TEST for query in failed)
        lines.append(f"test 这一半有 {unseen} 个前 {PAGE} 段里没有（不列出，免得照着它调）")
    return lines


def _of_half(outcomes: Sequence[QueryOutcome], half: str) -> list[QueryOutcome]:
    return [outcome for outcome in outcomes if half in (ALL, outcome.judged.half)]


def _quality_rows(outcomes: Mapping[str, Sequence[QueryOutcome]]) -> list[list[str]]:
    rows = [["", f"recall@{DEPTH}", "success@1", f"success@{PAGE}", "MRR"]]
    for name, of_engine in outcomes.items():
        quality = Quality.of(of_engine)
        means = (quality.recall, quality.success_at_1, quality.success_at_page, quality.mean_reciprocal_rank)
        rows.append([name, *(f"{mean:.3f}" for mean in means)])
    return rows


def _kind_rows(outcomes: Mapping[str, Sequence[QueryOutcome]], limit: int) -> list[list[str]]:
    kinds = list(dict.fromkeys(outcome.judged.kind for outcome in outcomes[OURS]))
    rows = [["", *kinds]]
    for name, of_engine in outcomes.items():
        cells = []
        for kind in kinds:
            of_kind = [outcome for outcome in of_engine if outcome.judged.kind == kind]
            cells.append(f"{sum(outcome.success(limit) for outcome in of_kind)}/{len(of_kind)}")
        rows.append([name, *cells])
    return rows
