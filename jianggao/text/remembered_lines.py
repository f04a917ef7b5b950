"""Keeps what a function has said of a short line: a text is looked at from many sides, and each line again and
again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_Said = TypeVar("_Said")

_LONGEST = 100
"""Characters of a line that is kept; what costs much is asked of no longer ones."""
_MOST = 24_576
"""Lines that are kept of each function: those of a long text."""
_forget_each: list[Callable[[], None]] = []


def remembered(function: Callable[[str], _Said]) -> Callable[[str], _Said]:
    """Decorates a function of a line that says the same of it every time, with a value that nobody changes."""
    kept = lru_cache(maxsize=_MOST)(function)
    _forget_each.append(kept.cache_clear)

    @wraps(function)
    def said(line: str) -> _Said:
        return kept(line) if len(line) <= _LONGEST else function(line)

    return said


def forget_all() -> None:
    """Empties what all functions have kept, for those who measure what a text costs that was never seen."""
    for forget in _forget_each:
        forget()
