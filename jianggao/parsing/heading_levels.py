"""Decides how deep each heading stands below the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jianggao.parsing.heading_numbers import POINTS, NumberKind
from jianggao.parsing.headings import ParagraphHeading


@dataclass(slots=True)
class _OpenHeading:
    """A heading that others may still stand below.

    `next_place` is the next heading that continues this one's series or an outer one, and `goes_on` whether
    it is the former. Both are remembered until that place is reached: otherwise each heading that begins a
    series would look through all that are left.
    """

    heading: ParagraphHeading
    next_place: int = 0
    goes_on: bool = False


def heading_levels(headings: Sequence[ParagraphHeading]) -> list[int]:
    """Returns the level of each heading, 1 for the outermost.

    Kinds nest in the order of official documents (`NumberKind`) unless the text has them the other way round:
    a series that begins while another goes on behind it stands inside that one. Points (一是) stand below
    what they stand under, whatever that is.
    """
    stack: list[_OpenHeading] = []
    inside: set[tuple[NumberKind, NumberKind]] = set()
    levels = []
    for place, heading in enumerate(headings):
        # Another speaker has begun: what stood below the last one's points is over.
        over = (at for at, above in enumerate(stack) if 0 < above.heading.end <= heading.paragraph)
        del stack[next(over, len(stack)) :]
        keep = _count_above(stack, headings, place, inside)
        del stack[keep:]
        stack.append(_OpenHeading(heading))
        levels.append(len(stack))
    return levels


def _count_above(
    stack: Sequence[_OpenHeading],
    headings: Sequence[ParagraphHeading],
    place: int,
    inside: set[tuple[NumberKind, NumberKind]],
) -> int:
    """Returns how many headings of the stack stay above the heading at `place`.

    `inside` are pairs (outer, inner) of kinds whose order this text has shown; a new pair is added.
    """
    heading = headings[place]
    sibling = next(
        (at for at in range(len(stack) - 1, -1, -1) if _are_siblings(stack[at].heading, heading)), None
    )
    if sibling is not None:
        return sibling
    keep = len(stack)
    while keep and not _is_inside(stack[:keep], headings, place, inside):
        keep -= 1
    return keep


def _are_siblings(left: ParagraphHeading, right: ParagraphHeading) -> bool:
    """Returns whether both stand on one level, by their marks, else their styles, else their ranks."""
    if left.mark and right.mark:
        return left.kind is right.kind
    return left.depth == right.depth if left.depth and right.depth else _rank(left) == _rank(right)


def _rank(heading: ParagraphHeading) -> tuple[int, int]:
    """Returns the place in the official order; headings by style without a mark come first."""
    return (0, heading.depth) if heading.depth and not heading.mark else (1, heading.kind)


def _is_inside(
    stack: Sequence[_OpenHeading],
    headings: Sequence[ParagraphHeading],
    place: int,
    inside: set[tuple[NumberKind, NumberKind]],
) -> bool:
    """Returns whether the heading at `place` stands inside the innermost heading of the stack."""
    heading, top = headings[place], stack[-1].heading
    if (top.kind, heading.kind) in inside:
        return True
    if (heading.kind, top.kind) in inside:
        return False
    # （一）看清路 / 一、远处 / 二、近处 / （二）迈开步: against the usual order 一、 stands inside （一）,
    # since （二） comes behind it.
    if heading.number <= 1 and heading.mark and _goes_on(stack, headings, place):
        inside.add((top.kind, heading.kind))
        return True
    # 一是 … 二是 … / 第一， …: a series of points that is over holds nothing.
    if top.kind in POINTS:
        return False
    # （一）… / 第一条 …: a series of articles begins below whatever stands open.
    if heading.kind is NumberKind.ARTICLE and heading.number == 1:
        return True
    # Two styles are compared by their levels; where both have marks, too, the marks decide.
    if top.depth and heading.depth and not (top.mark and heading.mark):
        return top.depth < heading.depth
    return _rank(top) < _rank(heading)


def _goes_on(stack: Sequence[_OpenHeading], headings: Sequence[ParagraphHeading], place: int) -> bool:
    """Returns whether the innermost series goes on behind `place`, before one of the outer ones does."""
    top = stack[-1]
    if top.next_place <= place:
        top.next_place, top.goes_on = _next_of(stack, headings, place)
    return top.goes_on


def _next_of(
    stack: Sequence[_OpenHeading], headings: Sequence[ParagraphHeading], place: int
) -> tuple[int, bool]:
    """Returns where the innermost series or an outer one comes again, and whether the innermost goes on.

    The place is the number of headings if neither comes again.
    """
    top = stack[-1].heading
    for at in range(place + 1, len(headings)):
        if _are_siblings(top, headings[at]):
            return at, headings[at].number == top.number + 1
        if any(_are_siblings(outer.heading, headings[at]) for outer in stack[:-1]):
            return at, False
    return len(headings), False
