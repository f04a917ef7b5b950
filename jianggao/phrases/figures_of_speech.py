"""Figures of speech in a sentence: parallelism, antithesis, four-character runs, aphorism shapes, rhythm.

Every figure is worth points, the more of the sentence it fills the more: what fills a third of it is an ornament,
what fills all of it is a saying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from operator import add

from jianggao.phrases.quotable_rules import DULL, FUNCTION, NO_FOUR, PAIRS, SHAPES


class FigureKind(Enum):
    """What makes a sentence quotable; the value is its Chinese name."""

    PARALLELISM = "排比"
    ANTITHESIS = "对仗"
    FOUR_CHARACTERS = "四字格"
    APHORISM = "格言"
    RHYTHM = "节奏"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of speech and its points, 0 to about 45."""

    kind: FigureKind
    points: float


_CLAUSE = re.compile(r"[，；：、—…。！？]+")
_BORDERS = "，；：、。！？"
_QUOTES = str.maketrans("", "", "“”‘’「」『』《》（） \u3000")
_LONGEST_CLAUSE, _LONGEST_COUPLE = 16, 30
_ALIKE = 9
"""The likeness from which two neighbours count as members of one parallelism."""


def without_quotes(text: str) -> str:
    """`text` without quotation marks, brackets and blanks, which rhythm doesn't hear."""
    return text.translate(_QUOTES)


def clauses_of(plain: str) -> list[str]:
    """The clauses between any two marks, without the marks."""
    return [clause for clause in _CLAUSE.split(plain) if clause]


def find_figures(plain: str) -> list[Figure]:
    """The best figure of each kind in `plain` (from `without_quotes`), the strongest first."""
    clauses = clauses_of(plain)
    best: dict[FigureKind, float] = {}
    for figure in _all_figures(plain, clauses):
        if figure.points > best.get(figure.kind, 0):
            best[figure.kind] = figure.points
    return sorted((Figure(kind, points) for kind, points in best.items()), key=lambda one: -one.points)


def has_rhythm(plain: str) -> bool:
    """Clauses of nearly equal length, or a short one that closes a long sentence."""
    lengths = [len(clause) for clause in clauses_of(plain)]
    if len(lengths) == 2:
        return abs(lengths[0] - lengths[1]) <= 1
    if len(lengths) < 3:
        return False
    return max(lengths) - min(lengths) <= 2 or (
        lengths[-1] <= 6 and lengths[-1] * 2 * len(lengths) <= sum(lengths)
    )


def likeness(one: str, other: str, longest: int = _LONGEST_CLAUSE) -> int:
    """How alike two clauses are built, 0 to 36: position by position where they are equally long."""
    if len(one) == len(other):
        return _likeness_by_place(one, other) if 3 <= len(one) <= longest else 0
    short, long = sorted((len(one), len(other)))
    if short < 3 or long > longest + 2 or long - short > max(3, short // 3):
        return 0
    shared_pairs = set(map(add, one, one[1:])).intersection(map(add, other, other[1:])) - DULL
    frame = max(_shared_ends(one, other), len(shared_pairs) + 1 if shared_pairs else 0)
    if not frame:
        return 0
    contrast = 9 if one[0] + other[0] in PAIRS else 0
    return min(26, 3 * frame + 3 * len(FUNCTION.intersection(one).intersection(other)) + contrast)


def _likeness_by_place(one: str, other: str) -> int:
    same = [left for left, right in zip(one, other, strict=True) if left == right]
    if len(same) > 0.75 * len(one):
        return 10 if one != other and len(one) <= 4 else 0
    held = len(FUNCTION.intersection(same))
    contrasts = len(PAIRS.intersection(map(add, one, other)))
    if not held and not contrasts:
        return min(16, 4 * len(same))
    if not same and contrasts < 2:
        return 0
    return min(36, 8 + 4 * held + 3 * len(same) + 9 * contrasts)


def _shared_ends(one: str, other: str) -> int:
    return _shared_beginning(one, other) + _shared_beginning(one[::-1], other[::-1])


def _shared_beginning(one: str, other: str) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def _all_figures(plain: str, clauses: Sequence[str]) -> Iterator[Figure]:
    lengths = [len(clause) for clause in clauses]
    total = sum(lengths)
    neighbours = [likeness(one, other) for one, other in pairwise(clauses)]
    for kind, points, first, stop in (
        *_antitheses(clauses, neighbours),
        *_parallelisms(neighbours),
        *_four_character_runs(plain, clauses),
    ):
        yield Figure(kind, _filling(points, sum(lengths[first:stop]) / total))
    for shape in SHAPES:
        if shape.needs in plain and (match := shape.pattern.search(plain)):
            yield Figure(FigureKind.APHORISM, _filling(shape.points, _share_of_clauses(plain, match)))


_Span = tuple[FigureKind, float, int, int]
"""A figure before it is weighed: kind, points, and the clauses that it takes, from and to."""


def _antitheses(clauses: Sequence[str], neighbours: Sequence[int]) -> Iterator[_Span]:
    for place, points in enumerate(neighbours):
        if points:
            yield FigureKind.ANTITHESIS, points, place, place + 2
    if len(clauses) < 4:
        return
    couples = [one + other for one, other in pairwise(clauses)]
    for place in range(len(couples) - 2):
        points = likeness(couples[place], couples[place + 2], _LONGEST_COUPLE)
        if points:
            yield FigureKind.ANTITHESIS, points, place, place + 4


def _parallelisms(neighbours: Sequence[int]) -> Iterator[_Span]:
    run = total = 0
    for place, points in enumerate(neighbours):
        run, total = (run + 1, total + points) if points >= _ALIKE else (0, 0)
        if run >= 2:
            yield FigureKind.PARALLELISM, min(44, 14 + 4 * run + total / run / 2), place - run + 1, place + 2


def _four_character_runs(plain: str, clauses: Sequence[str]) -> Iterator[_Span]:
    run = 0
    for place, clause in enumerate(clauses):
        run = run + 1 if len(clause) == 4 and not NO_FOUR.intersection(clause) else 0
        if run >= 3 and _is_no_list(plain, clauses[place - run + 1 : place + 1]):
            yield FigureKind.FOUR_CHARACTERS, 16 + 2 * run, place - run + 1, place + 1


def _is_no_list(plain: str, run: Sequence[str]) -> bool:
    """Things in a row stand between 、, and hold neither a repetition nor a word like 不 无 有."""
    if "、".join(run) not in plain:
        return True
    return sum(len(set(phrase)) < 4 or not FUNCTION.isdisjoint(phrase) for phrase in run) >= 2


def _share_of_clauses(plain: str, match: re.Match[str]) -> float:
    start = max(plain.rfind(mark, 0, match.start() + 1) for mark in _BORDERS) + 1
    stops = [stop for mark in _BORDERS if (stop := plain.find(mark, match.end())) >= 0]
    return (min(stops, default=len(plain)) - start) / max(1, len(plain.rstrip(_BORDERS)))


def _filling(points: float, share: float) -> float:
    return points * (0.3 + 0.7 * min(1.0, share))
