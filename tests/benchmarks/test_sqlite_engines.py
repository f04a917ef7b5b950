"""SQLite's engines find runs and words as SQLite documents them, and count all matches."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.benchmarks.engine import NO_MATCHES
from jianggao.benchmarks.passages import Passage
from jianggao.benchmarks.sqlite_engines import Bm25, Like, Trigram, runs_of
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import words


def passage(id: int, text: str) -> Passage:
    return Passage(id, f"{id}.1", "一.txt", normal_form(text), tuple(words(text)), "讲话", 2024, ())


@pytest.mark.parametrize("kind", [Like, Trigram])
@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("渠首", {1}),
        ("渠首的闸", {1}),
        ("水 闸", {1}),
        ("水 渠首的闸", {1}),
        ("农时", {2}),
        ("渠尾的闸", set()),
    ],
)
def test_short_and_long_runs_are_found_together(
    tmp_path: Path, kind: type[Like] | type[Trigram], query: str, ids: set[int]
) -> None:
    engine = kind(tmp_path)
    engine.add([passage(1, "春耕的水，先看渠首的闸"), passage(2, "春耕要抢农时")])
    engine.finish()
    answer = engine.search(query, 10)
    assert (set(answer.ids), answer.total) == (ids, len(ids))
    engine.close()


def test_what_a_query_writes_is_no_syntax(tmp_path: Path) -> None:
    engine = Bm25(tmp_path)
    engine.add([passage(1, "春耕要抢农时")])
    engine.finish()
    for query in ('"', "春耕 OR", "NEAR(春耕", "text:春耕", "*"):
        assert engine.search(query, 5).total <= 1
    assert engine.find([], 5, together=True) == NO_MATCHES
    engine.close()


def test_runs_are_normal_and_without_empty_ones() -> None:
    assert runs_of("ＡＢＣ　春耕，  ，") == [normal_form("ABC"), "春耕"]
