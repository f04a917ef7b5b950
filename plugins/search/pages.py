"""Each asker's last search in each place, for ten minutes; 金句 turns its pages the same way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

KEPT = 600.0
_MOST = 10_000


class Kind(Enum):
    """What has pages."""

    SEARCH = "search"
    QUOTES = "quotes"


@dataclass(frozen=True, slots=True)
class LastSearch:
    """What was searched for, and which page was shown."""

    kind: Kind
    query: str
    page: int
    pages: int


class LastSearches:
    """By asker and place; `now` in seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, LastSearch]] = {}

    def put(self, key: str, search: LastSearch, now: float) -> None:
        """Remember the search, and forget what is too old or too much."""
        self._kept.pop(key, None)
        self._kept[key] = (now, search)
        while len(self._kept) > _MOST or next(iter(self._kept.values()))[0] < now - KEPT:
            self._kept.pop(next(iter(self._kept)))

    def get(self, key: str, now: float) -> LastSearch | None:
        """The last search, if it isn't too old."""
        kept = self._kept.get(key)
        return kept[1] if kept is not None and now - kept[0] <= KEPT else None


last_searches = LastSearches()
