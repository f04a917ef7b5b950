"""The compared engines answer rightly, so that beating them means something."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from jianggao.benchmarks import engines as engines_module
from jianggao.benchmarks.engine import Engine
from jianggao.benchmarks.engines import Engines
from jianggao.benchmarks.passages import Passage
from jianggao.errors import CannotStart
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import words

BY_ALL = ("LIKE", "trigram", "bm25", "tantivy", "bm25 or", "tantivy or")
"""Engines that find sections with every word, where there are any."""
BY_ANY = ("bigram bm25", "hybrid")
ALL = (*BY_ALL, *BY_ANY)
TEXTS = {
    1: "春耕要抢农时，种子先到农户手里",
    2: "乡村振兴靠人才，人才靠留得住",
    3: "春耕的水，先看渠首的闸",
    4: "人才工作要听企业的",
}


def passage(id: int, text: str) -> Passage:
    return Passage(
        id, f"{id}.1", "农业/一.txt", normal_form(text), tuple(words(text)), "讲话", 2024, ("农业",)
    )


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[dict[str, Engine]]:
    with Engines(tmp_path / "engines") as made:
        for engine in made.values():
            engine.add([passage(id, text) for id, text in TEXTS.items()])
            engine.finish()
        yield made


def test_every_engine_is_there_under_its_name(engines: dict[str, Engine]) -> None:
    assert tuple(engines) == ALL
    assert [engine.name for engine in engines.values()] == list(ALL)


@pytest.mark.parametrize("name", BY_ALL)
@pytest.mark.parametrize(
    ("query", "fitting"),
    [("春耕", {1, 3}), ("人才", {2, 4}), ("乡村振兴", {2}), ("人才 企业", {4}), ("春耕 “水”", {3})],
)
def test_words_are_found_by_every_engine(
    engines: dict[str, Engine], name: str, query: str, fitting: set[int]
) -> None:
    answer = engines[name].search(query, 10)
    assert (set(answer.ids), answer.total) == (fitting, len(fitting))


@pytest.mark.parametrize("name", ALL)
def test_the_total_counts_beyond_the_limit_and_nothing_finds_nothing(
    engines: dict[str, Engine], name: str
) -> None:
    answer = engines[name].search("春耕", 1)
    assert (len(answer.ids), answer.total) == (1, 2)
    assert engines[name].search("，。", 5).total == 0
    assert engines[name].search("飞船", 5).total == 0


@pytest.mark.parametrize("name", ["LIKE", "trigram"])
def test_runs_cut_anywhere_are_found_by_engines_over_characters(
    engines: dict[str, Engine], name: str
) -> None:
    assert engines[name].search("抢农时种", 5).ids == (1,)
    assert engines[name].search("户手", 5).ids == (1,)


def test_like_gives_the_newest_first(engines: dict[str, Engine]) -> None:
    assert engines["LIKE"].search("人才", 5).ids == (4, 2)


@pytest.mark.parametrize("name", ["bm25", "tantivy"])
def test_bm25_gives_the_section_that_says_it_twice_first(engines: dict[str, Engine], name: str) -> None:
    assert engines[name].search("人才", 5).ids == (2, 4)


@pytest.mark.parametrize("name", ["bm25", "tantivy"])
def test_any_word_will_do_only_where_no_section_holds_all(engines: dict[str, Engine], name: str) -> None:
    assert engines[name].search("春耕 飞船", 5).total == 0
    assert set(engines[f"{name} or"].search("春耕 飞船", 5).ids) == {1, 3}
    assert engines[f"{name} or"].search("人才 企业", 5).ids == (4,)


@pytest.mark.parametrize("name", BY_ANY)
def test_the_section_with_most_of_the_query_comes_first_where_any_will_do(
    engines: dict[str, Engine], name: str
) -> None:
    assert engines[name].search("春耕 飞船", 5).ids in ((1, 3), (3, 1))
    assert engines[name].search("人才要听企业", 5).ids[0] == 4
    assert engines[name].search("抢农时的种子", 5).ids[0] == 1


def test_the_hybrid_finds_what_either_of_its_engines_finds(engines: dict[str, Engine]) -> None:
    # 抢农 is no word, and stands in one text alone.
    assert not engines["bm25"].search("抢农", 5).ids
    assert engines["bigram bm25"].search("抢农", 5).ids == engines["hybrid"].search("抢农", 5).ids == (1,)


def test_a_missing_engine_is_one_line_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(name: str) -> ModuleSpec | None:
        return None

    monkeypatch.setattr(engines_module, "find_spec", nothing)
    with pytest.raises(CannotStart) as raised:
        Engines(tmp_path)
    assert "pip install tantivy" in str(raised.value) and "\n" not in str(raised.value)
