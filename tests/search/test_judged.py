"""The judged queries are sound: what a person would be glad to see stands in the sample library, once each.

`judged.jsonl` holds, one JSON object a line, a query as people type it, its kind, the half it belongs to
(ranking is tuned on one, proven on the other), and the sections wanted. A section is named by its source and
a run of characters of its body, so that the judgement outlives new numbers and new cuts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest
from project_root import ROOT

from jianggao.application import Application
from jianggao.benchmarks.search_quality import JUDGED
from jianggao.library import hit_store, speech_store
from jianggao.text.normal_form import normal_form

SAMPLES = ROOT / "data" / "speeches"
KINDS = {
    "theme": 56,
    "filter": 4,
    "phrase": 24,
    "half_remembered": 18,
    "homophone": 12,
    "near_typo": 8,
    "pinyin": 10,
    "number": 28,
    "synonym": 10,
    "everyday": 40,
    "request": 40,
    "structure": 30,
    "title": 40,
}
WHOLE_SPEECHES = "title"
"""The kind of which speeches are wanted, not sections of them: their runs are empty."""


@pytest.fixture(scope="module")
def judged() -> list[dict[str, object]]:
    return [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]


def wanted_of(line: dict[str, object]) -> list[tuple[str, str]]:
    wanted = line["wanted"]
    assert isinstance(wanted, list)
    for section in wanted:
        assert set(section) == {"source", "holds"}, section
    return [(section["source"], section["holds"]) for section in wanted]


def test_every_line_is_a_query_with_one_to_eight_sections(judged: list[dict[str, object]]) -> None:
    for line in judged:
        assert set(line) == {"query", "kind", "half", "wanted"}, line
        assert str(line["query"]).strip() == line["query"] != ""
        wanted = wanted_of(line)
        assert 1 <= len(wanted) <= 8, line["query"]
        assert len(set(wanted)) == len(wanted), line["query"]
        for _, holds in wanted:
            whole = line["kind"] == WHOLE_SPEECHES
            assert holds == "" if whole else 8 <= len(normal_form(holds)) <= 20, holds


def test_halves_are_equal_in_every_kind_and_no_query_stands_twice(judged: list[dict[str, object]]) -> None:
    assert len(judged) == 320
    assert len({normal_form(str(line["query"])) for line in judged}) == 320
    assert Counter(str(line["kind"]) for line in judged) == KINDS
    halves = Counter((str(line["kind"]), str(line["half"])) for line in judged)
    assert halves == {(kind, half): KINDS[kind] // 2 for kind in KINDS for half in ("tune", "test")}


async def bodies_of_the_sample_library(application: Application) -> list[tuple[str, int, str]]:
    """Source, place in its speech and body of every section."""
    await application.importer.run()
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall(
            f"SELECT {speech_store.SECTION_COLUMNS} FROM sections WHERE listed = 1"
        )
        sections = [speech_store.section_row(row) for row in rows]
    numbers = {section.speech for section in sections}
    paths = (
        await application.database.run_in_snapshot(
            lambda connection: hit_store.look_up(connection, [], numbers)
        )
    ).sources
    return [(paths[section.speech], section.ordinal, section.body) for section in sections]


async def test_each_run_stands_in_one_section_of_its_source(
    judged: list[dict[str, object]], open_application: Callable[..., Awaitable[Application]]
) -> None:
    bodies = await bodies_of_the_sample_library(await open_application(LIBRARY_DIR=str(SAMPLES)))
    normal = [(path, ordinal, normal_form(body)) for path, ordinal, body in bodies]
    for line in judged:
        places = set()
        if line["kind"] == WHOLE_SPEECHES:
            assert {source for source, _ in wanted_of(line)} <= {path for path, _, _ in bodies}, line["query"]
            continue
        for source, holds in wanted_of(line):
            run = normal_form(holds)
            found = [(path, ordinal) for path, ordinal, text in normal if run in text]
            assert [path for path, _ in found] == [source], f"{line['query']}: {holds}"
            assert any(holds in body for path, _, body in bodies if path == source), f"not literal: {holds}"
            places |= set(found)
        assert len(places) == len(wanted_of(line)), f"{line['query']} names a section twice"
