"""Each asker's last search in each place, for ten minutes; 金句 turns its pages the same way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from jianggao.recent_values import RecentValues


class ListKind(Enum):
    """What has pages."""

    SEARCH = "search"
    QUOTES = "quotes"


@dataclass(frozen=True, slots=True)
class LastSearch:
    """What was searched for, and which page was shown."""

    kind: ListKind
    query: str
    page: int
    pages: int


class LastSearches(RecentValues[str, LastSearch]):
    """By asker and place (`Request.chat`), for ten minutes of the bot's monotonic clock."""
