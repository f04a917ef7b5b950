"""Counts in memory what has happened since the start, by kind."""

from __future__ import annotations

from collections import Counter

_MAX_KINDS = 50
OTHERS = "others"
"""The kind under which everything beyond the limit of kinds is counted."""


class Counters:
    """Counts events by kind.

    The number of kinds is limited, since names of kinds may come from outside (the type of a frame that a
    peer sent) and would otherwise fill the memory.
    """

    def __init__(self, max_kinds: int = _MAX_KINDS) -> None:
        """Count at most `max_kinds` kinds separately; the later ones are counted as `OTHERS`."""
        self._max_kinds = max_kinds
        self._by_kind: Counter[str] = Counter()

    def add(self, kind: str, times: int = 1) -> None:
        """Count `times` more events of a kind."""
        if kind not in self._by_kind and len(self._by_kind) >= self._max_kinds:
            kind = OTHERS
        self._by_kind[kind] += times

    @property
    def total(self) -> int:
        """The number of events of all kinds together."""
        return self._by_kind.total()

    def by_kind(self) -> dict[str, int]:
        """Return the number of events by kind, the most frequent kind first."""
        return dict(self._by_kind.most_common())
