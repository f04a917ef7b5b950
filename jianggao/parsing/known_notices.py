"""Defines which lines are known to be notices, or text, whatever they look like."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownNotices:
    """Lines in normal form of which the operator, or their repetition over files, has said what they are."""

    removed: frozenset[str] = frozenset()
    """Notices: they go where they stand at the edges of a text."""
    kept: frozenset[str] = frozenset()
    """Text: they stay, whatever rule would take them out."""


NO_NOTICES = KnownNotices()
"""What is known before anything was imported."""
