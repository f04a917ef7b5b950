"""How deep each heading stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jianggao.library.headings import Found
from jianggao.library.marks import POINTS, Kind


@dataclass(frozen=True, slots=True)
class _Behind:
    """The headings from a place on, without a copy of them."""

    found: Sequence[Found]
    place: int

    def __iter__(self) -> Iterator[Found]:
        for at in range(self.place, len(self.found)):
            yield self.found[at]


def levels(found: Sequence[Found]) -> list[int]:
    """The level of each heading, 1 for the outermost.

    Kinds nest in the order of official documents, unless the text has them the other way round: a series that begins
    while another goes on behind it stands inside that one. Points stand below what they stand under.
    """
    stack: list[Found] = []
    inside: set[tuple[Kind, Kind]] = set()
    depths = []
    for place, one in enumerate(found):
        keep = _place_in(stack, one, _Behind(found, place + 1), inside)
        del stack[keep:]
        stack.append(one)
        depths.append(len(stack))
    return depths


def _place_in(
    stack: Sequence[Found], one: Found, rest: Iterable[Found], inside: set[tuple[Kind, Kind]]
) -> int:
    """How much of the stack stays above `one`."""
    brother = next((at for at in range(len(stack) - 1, -1, -1) if _are_brothers(stack[at], one)), None)
    if brother is not None:
        return brother
    keep = len(stack)
    while keep and not _is_inside(stack[:keep], one, rest, inside):
        keep -= 1
    return keep


def _are_brothers(one: Found, other: Found) -> bool:
    if one.mark and other.mark:
        return one.kind is other.kind
    return one.depth == other.depth if one.depth and other.depth else _rank(one) == _rank(other)


def _rank(one: Found) -> tuple[int, int]:
    """Its place in the order of official documents; a style's headings without a mark are the outermost."""
    return (0, one.depth) if one.depth and not one.mark else (1, one.kind)


def _is_inside(
    stack: Sequence[Found], one: Found, rest: Iterable[Found], inside: set[tuple[Kind, Kind]]
) -> bool:
    """Whether `one` stands inside the innermost heading of the stack."""
    top = stack[-1]
    if (top.kind, one.kind) in inside:
        return True
    if (one.kind, top.kind) in inside:
        return False
    if one.number <= 1 and one.mark and _goes_on(stack, rest):
        inside.add((top.kind, one.kind))
        return True
    if top.kind in POINTS:
        return False
    if top.depth and one.depth and not (top.mark and one.mark):
        return top.depth < one.depth
    return _rank(top) < _rank(one)


def _goes_on(stack: Sequence[Found], rest: Iterable[Found]) -> bool:
    """Whether the innermost series goes on behind this place, before one of the outer ones does."""
    top = stack[-1]
    for other in rest:
        if _are_brothers(top, other):
            return other.number == top.number + 1
        if any(_are_brothers(outer, other) for outer in stack[:-1]):
            return False
    return False
