"""Says which person of a hostile crowd says what: visitors, members, reporters and the operator."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from hostile_calls import (
    CROWD,
    FREE_GROUPS,
    MEMBER,
    MEMBER_GROUPS,
    REPORTER,
    VISITOR,
    Call,
    anywhere,
    burst,
    free_text,
    full_text,
    old,
    silent,
)
from hostile_dialogues import housekeeping, operator, piece, report, trace
from process import SUPERUSER


def by_visitor(rng: random.Random, seen: list[str]) -> Iterator[Call]:
    """A visitor: every command, and what is met with silence."""
    lot = rng.random()
    if lot < 0.7:
        yield from anywhere(rng, (*FREE_GROUPS, *MEMBER_GROUPS))
    elif lot < 0.8:
        yield from free_text(rng)
    elif lot < 0.85:
        yield from burst(rng, FREE_GROUPS)
    elif lot < 0.97:
        yield from silent(rng)
    else:
        yield from old(rng)


def by_member(rng: random.Random, seen: list[str]) -> Iterator[Call]:
    """A member: full texts too."""
    if rng.random() < 0.6:
        yield from by_visitor(rng, seen)
        return
    yield full_text(rng, (*MEMBER_GROUPS, FREE_GROUPS[0]))


def by_reporter(rng: random.Random, seen: list[str]) -> Iterator[Call]:
    """A reporter: dialogues, and everything else."""
    yield from report(rng) if rng.random() < 0.5 else by_visitor(rng, seen)


def by_operator(rng: random.Random, seen: list[str]) -> Iterator[Call]:
    """The operator, whose words change things."""
    lot = rng.random()
    if lot < 0.55:
        yield from operator(rng)
    elif lot < 0.65:
        yield from piece(rng)
    elif lot < 0.8:
        yield from trace(rng, seen)
    elif lot < 0.82:
        yield from housekeeping(rng)
    else:
        yield from anywhere(rng, (*FREE_GROUPS, *MEMBER_GROUPS))


PEOPLE: dict[int, Callable[[random.Random, list[str]], Iterator[Call]]] = {
    VISITOR: by_visitor,
    MEMBER: by_member,
    REPORTER: by_reporter,
    SUPERUSER: by_operator,
    **dict.fromkeys(CROWD, by_visitor),
    **dict.fromkeys(CROWD[-4:], by_reporter),
}
"""One visitor, twenty visitors (four of whom report), a member, a reporter, the operator."""
