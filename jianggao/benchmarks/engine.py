"""What else one could search with: each engine holds the same sections and answers the same queries.

All get texts in normal form and words of the same segmenter, so that what differs is the engine alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from jianggao.benchmarks.passages import Passage
from jianggao.text.segmentation import words


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """How many sections fit, exactly, and the ids of the first of them."""

    total: int
    ids: tuple[int, ...]


NOTHING = EngineAnswer(0, ())


class Engine(Protocol):
    """Sections go in once, `settle` is called after the last; then it answers."""

    @property
    def name(self) -> str:
        """What tables call it."""

    def add(self, passages: Sequence[Passage]) -> None:
        """Take sections in."""

    def settle(self) -> None:
        """Make the index as fast to read as it gets."""

    def search(self, query: str, limit: int) -> EngineAnswer:
        """The first `limit` sections that hold every run of the query (runs stand apart by blanks)."""

    def close(self) -> None:
        """Give files free."""


class WordEngine(Engine, Protocol):
    """An engine over words."""

    def find(self, wanted: Sequence[str], limit: int, *, together: bool) -> EngineAnswer:
        """The best sections that hold all these words, or any of them."""


class OrIfNone:
    """A word engine that, where no section holds every word, takes those with any of them."""

    def __init__(self, engine: WordEngine) -> None:
        self._engine = engine
        self.name = f"{engine.name} or"

    def add(self, passages: Sequence[Passage]) -> None:
        """The sections are the engine's own."""

    def settle(self) -> None:
        """Nothing: the engine does."""

    def search(self, query: str, limit: int) -> EngineAnswer:
        wanted = words(query)
        answer = self._engine.find(wanted, limit, together=True)
        return answer if answer.total else self._engine.find(wanted, limit, together=False)

    def close(self) -> None:
        """Nothing: the engine does."""
