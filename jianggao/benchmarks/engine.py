"""Declares what a compared search engine does: it holds the same sections as the bot and answers the same
queries.

All get texts in normal form and words of the same segmenter, so that only the engine differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from jianggao.benchmarks.passages import Passage
from jianggao.text.segmentation import words


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """An engine's answer to a query."""

    total: int
    """How many sections match, exactly."""
    ids: tuple[int, ...]
    """The ids of the best of them (see Passage), the best first."""


NO_MATCHES = EngineAnswer(0, ())


class Engine(Protocol):
    """A search engine. Sections are added first, `finish` is called after the last, then it answers
    queries."""

    @property
    def name(self) -> str:
        """What tables call the engine."""

    def add(self, passages: Sequence[Passage]) -> None:
        """Adds sections."""

    def finish(self) -> None:
        """Stores what was added and makes the index as fast to read as possible."""

    def search(self, query: str, limit: int) -> EngineAnswer:
        """Returns the best `limit` sections that contain every run of the query (separated by blanks)."""

    def close(self) -> None:
        """Closes the engine's files."""


class WordEngine(Engine, Protocol):
    """A search engine whose index holds words."""

    def find(self, wanted: Sequence[str], limit: int, *, together: bool) -> EngineAnswer:
        """Returns the best `limit` sections that contain all of the words (`together`), or any of them."""


class OrIfNone:
    """A word engine that finds sections with any of the words if none contains all. It uses the index of
    `engine`."""

    def __init__(self, engine: WordEngine) -> None:
        self._engine = engine
        self.name = f"{engine.name} or"

    def add(self, passages: Sequence[Passage]) -> None:
        """Does nothing: the sections are added to the wrapped engine."""

    def finish(self) -> None:
        """Does nothing: the wrapped engine does it."""

    def search(self, query: str, limit: int) -> EngineAnswer:
        wanted = words(query)
        answer = self._engine.find(wanted, limit, together=True)
        return answer if answer.total else self._engine.find(wanted, limit, together=False)

    def close(self) -> None:
        """Does nothing: the wrapped engine does it."""
