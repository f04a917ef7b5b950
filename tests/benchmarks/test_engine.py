"""A word engine falls back to sections with any of the words only if none has all of them."""

from __future__ import annotations

from collections.abc import Sequence

from jianggao.benchmarks.engine import NO_MATCHES, EngineAnswer, OrIfNone
from jianggao.benchmarks.passages import Passage


class ScriptedEngine:
    """Finds section 1 for all words and section 2 for any, and notes how it was asked."""

    name = "scripted"

    def __init__(self, has_all: bool) -> None:
        self.has_all = has_all
        self.asked: list[bool] = []

    def add(self, passages: Sequence[Passage]) -> None:
        raise AssertionError("sections are added to the engine itself")

    finish = close = add  # type: ignore[assignment]

    def search(self, query: str, limit: int) -> EngineAnswer:
        raise AssertionError("asked by words")

    def find(self, wanted: Sequence[str], limit: int, *, together: bool) -> EngineAnswer:
        assert list(wanted) == ["春耕", "人才"] and limit == 5
        self.asked.append(together)
        if together:
            return EngineAnswer(1, (1,)) if self.has_all else NO_MATCHES
        return EngineAnswer(1, (2,))


def test_all_words_are_enough() -> None:
    engine = ScriptedEngine(has_all=True)
    assert OrIfNone(engine).search("春耕 人才", 5).ids == (1,)
    assert engine.asked == [True]


def test_any_word_will_do_where_none_has_all() -> None:
    engine = ScriptedEngine(has_all=False)
    assert OrIfNone(engine).search("春耕 人才", 5).ids == (2,)
    assert engine.asked == [True, False]


def test_the_wrapped_engine_is_neither_filled_nor_closed_twice() -> None:
    wrapper = OrIfNone(ScriptedEngine(has_all=True))
    assert wrapper.name == "scripted or"
    wrapper.add([])
    wrapper.finish()
    wrapper.close()
