"""Finds figures of speech: parallelism, antithesis, four-character runs, aphorism shapes, rhythm.

Every figure is worth points, the more the more of the sentence it fills: what fills a third of a sentence is
an ornament, what fills all of it is a saying. The points were fitted to sentences that readers of the sample
library would or would not copy. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from operator import add

from jianggao.phrases.images import image_points
from jianggao.phrases.quotable_rules import DULL, FUNCTION, NO_FOUR, PAIRS, SHAPES


class FigureKind(Enum):
    """What makes a sentence quotable; the value is its Chinese name."""

    PARALLELISM = "排比"
    ANTITHESIS = "对仗"
    FOUR_CHARACTERS = "四字格"
    APHORISM = "格言"
    IMAGE = "比喻"
    RHYTHM = "节奏"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of speech in a sentence and its points, 0 to about 45."""

    kind: FigureKind
    points: float


_CLAUSE = re.compile(r"[，；：、—…。！？]+")
_BORDERS = "，；：、。！？"
_QUOTES = str.maketrans("", "", "“”‘’「」『』《》（） \u3000")
_LONGEST_CLAUSE, _LONGEST_COUPLE = 16, 30
"""Characters of a clause, and of two together, that are compared: longer ones sound alike to nobody."""
_ALIKE = 9
"""The likeness from which two neighbours count as members of one parallelism."""


def without_quotes(text: str) -> str:
    """Returns `text` without quotation marks, brackets and blanks: one doesn't hear them."""
    return text.translate(_QUOTES)


def clauses_of(plain: str) -> list[str]:
    """Returns the clauses of a text, without the punctuation marks between them."""
    return [clause for clause in _CLAUSE.split(plain) if clause]


def find_figures(plain: str) -> list[Figure]:
    """Returns the best figure of each kind in `plain` (made by `without_quotes`), the strongest first."""
    clauses = clauses_of(plain)
    best: dict[FigureKind, float] = {}
    for figure in _all_figures(plain, clauses):
        if figure.points > best.get(figure.kind, 0):
            best[figure.kind] = figure.points
    return sorted((Figure(kind, points) for kind, points in best.items()), key=lambda figure: -figure.points)


def has_rhythm(plain: str) -> bool:
    """Returns whether the clauses are of nearly equal length, or a short one closes a long sentence.

    渠要修，水要管，人要勤 has it, and so has 全县上下忙了一个冬天，…，水来了: the last clause is half as long
    as the others.
    """
    lengths = [len(clause) for clause in clauses_of(plain)]
    if len(lengths) == 2:
        return abs(lengths[0] - lengths[1]) <= 1
    if len(lengths) < 3:
        return False
    return max(lengths) - min(lengths) <= 2 or (
        lengths[-1] <= 6 and lengths[-1] * 2 * len(lengths) <= sum(lengths)
    )


def likeness(left: str, right: str, longest: int = _LONGEST_CLAUSE) -> int:
    """Returns how alike two clauses are built, 0 (not at all) to 36.

    Clauses of equal length are compared place by place; others by what they begin and end with and the pairs
    of characters that they share. Clauses of less than 3 or more than `longest` characters are not alike.
    """
    if len(left) == len(right):
        return _likeness_by_place(left, right) if 3 <= len(left) <= longest else 0
    short, long = sorted((len(left), len(right)))
    # Clauses of too different lengths don't sound alike: 渠要修 / 水要有人天天去管.
    if short < 3 or long > longest + 2 or long - short > max(3, short // 3):
        return 0
    shared_pairs = set(map(add, left, left[1:])).intersection(map(add, right, right[1:])) - DULL
    frame = max(_shared_ends(left, right), len(shared_pairs) + 1 if shared_pairs else 0)
    if not frame:
        return 0
    contrast = 9 if left[0] + right[0] in PAIRS else 0
    return min(26, 3 * frame + 3 * len(FUNCTION.intersection(left).intersection(right)) + contrast)


def _likeness_by_place(left: str, right: str) -> int:
    """Returns how alike two clauses of equal length are; 渠要修 and 水要管 have 要 at the same place."""
    same = [character for character, other in zip(left, right, strict=True) if character == other]
    # Nearly the same words are a repetition, no figure; in clauses of four characters it has some effect.
    if len(same) > 0.75 * len(left):
        return 10 if left != right and len(left) <= 4 else 0
    held = len(FUNCTION.intersection(same))
    contrasts = len(PAIRS.intersection(map(add, left, right)))
    # Nouns that stand at the same place by chance hold no frame.
    if not held and not contrasts:
        return min(16, 4 * len(same))
    # One contrast without any frame (大渠修好了 / 小李走了水) is chance, too.
    if not same and contrasts < 2:
        return 0
    return min(36, 8 + 4 * held + 3 * len(same) + 9 * contrasts)


def _shared_ends(left: str, right: str) -> int:
    """Returns how many characters the two begin and end with alike."""
    return _shared_beginning(left, right) + _shared_beginning(left[::-1], right[::-1])


def _shared_beginning(left: str, right: str) -> int:
    length = 0
    for character, other in zip(left, right, strict=False):
        if character != other:
            break
        length += 1
    return length


def _all_figures(plain: str, clauses: Sequence[str]) -> Iterator[Figure]:
    """Yields every figure of the sentence, weighed by how much of it the figure fills."""
    lengths = [len(clause) for clause in clauses]
    total = sum(lengths)
    neighbours = [likeness(left, right) for left, right in pairwise(clauses)]
    for kind, points, first, stop in (
        *_antitheses(clauses, neighbours),
        *_parallelisms(neighbours),
        *_four_character_runs(plain, clauses),
    ):
        yield Figure(kind, _filling(points, sum(lengths[first:stop]) / total))
    for shape in SHAPES:
        if shape.needs in plain and (match := shape.pattern.search(plain)):
            yield Figure(FigureKind.APHORISM, _filling(shape.points, _share_of_clauses(plain, match)))
    for image, match in image_points(plain):
        # What goes on about an image explains it: hardly anything is lost.
        yield Figure(FigureKind.IMAGE, image * (0.8 + 0.2 * _share_of_clauses(plain, match)))


_Span = tuple[FigureKind, float, int, int]
"""A figure before it is weighed: its kind, its points, its first clause and the clause behind its last."""


def _antitheses(clauses: Sequence[str], neighbours: Sequence[int]) -> Iterator[_Span]:
    """Yields pairs of neighbouring clauses built alike, and couples of clauses (甲，乙；甲，乙) built alike."""
    for place, points in enumerate(neighbours):
        if points:
            yield FigureKind.ANTITHESIS, points, place, place + 2
    if len(clauses) < 4:
        return
    couples = [left + right for left, right in pairwise(clauses)]
    for place in range(len(couples) - 2):
        points = likeness(couples[place], couples[place + 2], _LONGEST_COUPLE)
        if points:
            yield FigureKind.ANTITHESIS, points, place, place + 4


def _parallelisms(neighbours: Sequence[int]) -> Iterator[_Span]:
    """Yields runs of three or more clauses of which each is built like the one before."""
    run = total = 0
    for place, points in enumerate(neighbours):
        run, total = (run + 1, total + points) if points >= _ALIKE else (0, 0)
        if run >= 2:
            yield FigureKind.PARALLELISM, min(44, 14 + 4 * run + total / run / 2), place - run + 1, place + 2


def _four_character_runs(plain: str, clauses: Sequence[str]) -> Iterator[_Span]:
    """Yields runs of three or more clauses of four characters each: 不等不靠，不推不拖，一抓到底."""
    run = 0
    for place, clause in enumerate(clauses):
        run = run + 1 if len(clause) == 4 and not NO_FOUR.intersection(clause) else 0
        if run >= 3 and _is_no_list(plain, clauses[place - run + 1 : place + 1]):
            yield FigureKind.FOUR_CHARACTERS, 16 + 2 * run, place - run + 1, place + 1


def _is_no_list(plain: str, run: Sequence[str]) -> bool:
    """Returns whether the run is more than a list of things.

    A list (水库干渠、泵站闸门、机井管道) stands between 、 and holds neither a character twice nor a word
    like 不 无 有.
    """
    if "、".join(run) not in plain:
        return True
    return sum(len(set(phrase)) < 4 or not FUNCTION.isdisjoint(phrase) for phrase in run) >= 2


def _share_of_clauses(plain: str, match: re.Match[str]) -> float:
    """Returns the share of the sentence that the clauses around a match fill, 0 to 1."""
    start = max(plain.rfind(mark, 0, match.start() + 1) for mark in _BORDERS) + 1
    stops = [stop for mark in _BORDERS if (stop := plain.find(mark, match.end())) >= 0]
    return (min(stops, default=len(plain)) - start) / max(1, len(plain.rstrip(_BORDERS)))


def _filling(points: float, share: float) -> float:
    """Returns the points of a figure that fills this share of its sentence."""
    return points * (0.3 + 0.7 * min(1.0, share))
