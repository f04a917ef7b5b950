"""tantivy finds sections by the bot's own words, and takes none in once it is finished."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.benchmarks.engine import NO_MATCHES
from jianggao.benchmarks.passages import Passage
from jianggao.benchmarks.tantivy_engine import Tantivy


def passage(id: int, *words: str) -> Passage:
    return Passage(id, f"{id}.1", "一.txt", "".join(words), words, "讲话", 2024, ())


@pytest.fixture
def engine(tmp_path: Path) -> Tantivy:
    engine = Tantivy(tmp_path)
    engine.add([passage(1, "春耕", "农时"), passage(2, "春耕", "人才"), passage(3, "人才", "人才")])
    engine.finish()
    return engine


def test_all_words_or_any_of_them(engine: Tantivy) -> None:
    assert engine.find(["春耕", "人才"], 5, together=True).ids == (2,)
    assert engine.find(["春耕", "人才"], 5, together=False).total == 3
    assert engine.find([], 5, together=False) == NO_MATCHES


def test_the_limit_does_not_limit_the_total(engine: Tantivy) -> None:
    answer = engine.find(["人才"], 1, together=True)
    assert (answer.ids, answer.total) == ((3,), 2)


def test_nothing_is_added_or_finished_afterwards(engine: Tantivy) -> None:
    with pytest.raises(AssertionError):
        engine.add([passage(4, "农时")])
    with pytest.raises(AssertionError):
        engine.finish()
