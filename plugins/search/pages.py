"""Remembers each asker's last search in each place for ten minutes, so that 下一页 and 上一页 can turn its
pages."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from enum import Enum

from jianggao.application import Application
from jianggao.recent_values import recent_values


class ListKind(Enum):
    """What has pages."""

    SEARCH = "search"
    """检索."""
    QUOTES = "quotes"
    """金句."""


@dataclass(frozen=True, slots=True)
class LastSearch:
    """What was searched for, and which page was shown."""

    kind: ListKind
    query: str
    """The query as it was typed; for 金句 the theme, or ""."""
    page: int
    """The page that was shown last, from 1."""
    pages: int
    """How many there were then."""


def last_searches(application: Application) -> MutableMapping[str, LastSearch]:
    """Returns where the last searches are kept, by asker and place (`Request.chat`), for ten minutes."""
    return recent_values(application.monotonic)
