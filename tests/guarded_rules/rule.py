"""What a guarded rule is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A rule, where it stands, what takes it out, and the tests that should notice."""

    name: str
    file: str
    stands: str
    taken_out: str
    tests: str
