"""What has happened since the start, counted by kind in memory."""

from __future__ import annotations

from collections import Counter

_MOST_KINDS = 50
OTHERS = "others"
"""Where kinds beyond the bound are counted: their names may come from outside."""


class Counters:
    """How often each of a bounded number of kinds has happened."""

    def __init__(self, most_kinds: int = _MOST_KINDS) -> None:
        self._most_kinds = most_kinds
        self._by_kind: Counter[str] = Counter()

    def add(self, kind: str, times: int = 1) -> None:
        """It has happened (so many times)."""
        if kind not in self._by_kind and len(self._by_kind) >= self._most_kinds:
            kind = OTHERS
        self._by_kind[kind] += times

    @property
    def total(self) -> int:
        """All of them together."""
        return self._by_kind.total()

    def by_kind(self) -> dict[str, int]:
        """Each kind and how often, the most frequent first."""
        return dict(self._by_kind.most_common())
