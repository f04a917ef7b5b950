"""How deep each heading stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jianggao.parsing.heading_numbers import POINTS, NumberKind
from jianggao.parsing.headings import ParagraphHeading


@dataclass(slots=True)
class _OpenHeading:
    """A heading that others may still stand below.

    What its series meets next, itself or an outer one, is remembered until that place: without it each heading that
    begins a series would look through all that are left.
    """

    heading: ParagraphHeading
    next_place: int = 0
    goes_on: bool = False


def heading_levels(found: Sequence[ParagraphHeading]) -> list[int]:
    """The level of each heading, 1 for the outermost.

    Kinds nest in the order of official documents, unless the text has them the other way round: a series that begins
    while another goes on behind it stands inside that one. Points stand below what they stand under.
    """
    stack: list[_OpenHeading] = []
    inside: set[tuple[NumberKind, NumberKind]] = set()
    depths = []
    for place, one in enumerate(found):
        keep = _place_in(stack, found, place, inside)
        del stack[keep:]
        stack.append(_OpenHeading(one))
        depths.append(len(stack))
    return depths


def _place_in(
    stack: Sequence[_OpenHeading],
    found: Sequence[ParagraphHeading],
    place: int,
    inside: set[tuple[NumberKind, NumberKind]],
) -> int:
    """How much of the stack stays above the heading at `place`."""
    one = found[place]
    brother = next(
        (at for at in range(len(stack) - 1, -1, -1) if _are_brothers(stack[at].heading, one)), None
    )
    if brother is not None:
        return brother
    keep = len(stack)
    while keep and not _is_inside(stack[:keep], found, place, inside):
        keep -= 1
    return keep


def _are_brothers(one: ParagraphHeading, other: ParagraphHeading) -> bool:
    if one.mark and other.mark:
        return one.kind is other.kind
    return one.depth == other.depth if one.depth and other.depth else _rank(one) == _rank(other)


def _rank(one: ParagraphHeading) -> tuple[int, int]:
    """Its place in the order of official documents; a style's headings without a mark are the outermost."""
    return (0, one.depth) if one.depth and not one.mark else (1, one.kind)


def _is_inside(
    stack: Sequence[_OpenHeading],
    found: Sequence[ParagraphHeading],
    place: int,
    inside: set[tuple[NumberKind, NumberKind]],
) -> bool:
    """Whether the heading at `place` stands inside the innermost heading of the stack."""
    one, top = found[place], stack[-1].heading
    if (top.kind, one.kind) in inside:
        return True
    if (one.kind, top.kind) in inside:
        return False
    if one.number <= 1 and one.mark and _goes_on(stack, found, place):
        inside.add((top.kind, one.kind))
        return True
    if top.kind in POINTS:
        return False
    if top.depth and one.depth and not (top.mark and one.mark):
        return top.depth < one.depth
    return _rank(top) < _rank(one)


def _goes_on(stack: Sequence[_OpenHeading], found: Sequence[ParagraphHeading], place: int) -> bool:
    """Whether the innermost series goes on behind this place, before one of the outer ones does."""
    top = stack[-1]
    if top.next_place <= place:
        top.next_place, top.goes_on = _next_of(stack, found, place)
    return top.goes_on


def _next_of(
    stack: Sequence[_OpenHeading], found: Sequence[ParagraphHeading], place: int
) -> tuple[int, bool]:
    """Where behind this place the innermost series or an outer one comes again (the end of the text, if neither does),
    and whether that goes on with the innermost."""
    top = stack[-1].heading
    for at in range(place + 1, len(found)):
        if _are_brothers(top, found[at]):
            return at, found[at].number == top.number + 1
        if any(_are_brothers(outer.heading, found[at]) for outer in stack[:-1]):
            return at, False
    return len(found), False
