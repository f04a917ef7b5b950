"""Quotable sentences (金句): what a writer of speeches would copy into a notebook, found by rules.

A sentence earns points by its figures of speech; rhythm, concrete words and brevity add some; official prose and
what ties a sentence to one day or one story take away. Text is selected, never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import add

from jianggao.phrases.figures_of_speech import (
    Figure,
    FigureKind,
    find_figures,
    has_rhythm,
    likeness,
    without_quotes,
)
from jianggao.phrases.quotable_rules import DANGLING, DULL, EMPTY, NEVER, SPECIFIC, TIES, VIVID
from jianggao.text.normal_form import normal_form

__all__ = ["LONGEST", "SHORTEST", "THRESHOLD", "FigureKind", "Quotable", "dedup_key", "quotable_sentences"]

SHORTEST, LONGEST = 12, 120
THRESHOLD = 50
"""The score from which a span is worth quoting: about one sentence in twenty of a lively speech, one in two hundred
of a government report."""

_SENTENCE = re.compile(r"[^\s。！？][^\n。！？]*(?P<end>[。！？]+[”’」』）)]*)?")
_WEAKEST_FIGURE = 12
_NAMED_FIGURE = 10
_SHARES = (1.3, 0.6, 0.4, 0.3)
"""What a sentence's figures count, the strongest first: one good figure makes a saying, more only adorn it."""
_BASE, _SCALE = 32, 0.9
"""They lay the scale so that THRESHOLD parts what readers of the sample library would keep from what they wouldn't."""
_LONGEST_ALIKE, _ALIKE, _TWINS = 40, 12, 18
_PAIRED_MARKS = (("“", "”"), ("‘", "’"), ("（", "）"), ("「", "」"), ("《", "》"))
_BREVITY = ((34, 6), (46, 3), (70, 0), (90, -6), (LONGEST, -12))
"""Points for spans up to each length."""
_SHORTEST_KEY = 6


@dataclass(frozen=True, slots=True)
class Quotable:
    """A span of a body worth quoting: offsets; points, THRESHOLD to 100, comparable between texts; and why, the
    strongest kind first."""

    start: int
    end: int
    score: int
    kinds: tuple[FigureKind, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring sentences, by their index from `first` up to `stop`, and the figure that they make together."""

    first: int
    stop: int
    figure: Figure | None = None


def quotable_sentences(body: str) -> list[Quotable]:
    """The quotable spans of `body` in their order, none overlapping another.

    A span is a whole sentence, or two or three neighbours built alike, of 12 to 120 characters with its end mark.
    """
    spans = [match.span() for match in _SENTENCE.finditer(body) if match["end"]]
    found = []
    for run in (*(_Run(at, at + 1) for at in range(len(spans))), *_parallel_runs(body, spans)):
        quotable = _judged(body, spans[run.first][0], spans[run.stop - 1][1], run.figure)
        if quotable is not None:
            found.append((run, quotable))
    return _without_overlaps(found)


def dedup_key(text: str) -> str:
    """What near-identical sayings have in common: the normal form without numerals and words that carry nothing
    (的 了 就 我们 …); the whole normal form where hardly anything else would be left."""
    normal = normal_form(text)
    key = EMPTY.sub("", normal)
    return key if len(key) >= _SHORTEST_KEY else normal


def _parallel_runs(body: str, spans: Sequence[tuple[int, int]]) -> Iterator[_Run]:
    """Three neighbours of one frame, or two that match place by place."""
    alike = [_sentences_alike(body, left, right) for left, right in pairwise(spans)]
    for at, (one, other) in enumerate(pairwise([*alike, 0])):
        if min(one, other) >= _ALIKE:
            yield _Run(at, at + 3, Figure(FigureKind.PARALLELISM, 38))
        if one >= _TWINS and _length(spans[at]) == _length(spans[at + 1]):
            yield _Run(at, at + 2, Figure(FigureKind.ANTITHESIS, 32))


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def _sentences_alike(body: str, left: tuple[int, int], right: tuple[int, int]) -> int:
    """The likeness of neighbours in one paragraph that begin or end with the same two characters or are equally
    long; else 0."""
    if max(_length(left), _length(right)) > _LONGEST_ALIKE or "\n" in body[left[1] : right[0]]:
        return 0
    one, other = (without_quotes(body[slice(*span)]).rstrip("。！？") for span in (left, right))
    if len(one) != len(other) and one[:2] != other[:2] and one[-2:] != other[-2:]:
        return 0
    return likeness(one, other, _LONGEST_ALIKE)


def _without_overlaps(found: Sequence[tuple[_Run, Quotable]]) -> list[Quotable]:
    taken: set[int] = set()
    kept = []
    for run, quotable in sorted(found, key=lambda one: (-one[1].score, one[0].first, -one[0].stop)):
        if taken.isdisjoint(range(run.first, run.stop)):
            taken.update(range(run.first, run.stop))
            kept.append(quotable)
    return sorted(kept, key=lambda one: one.start)


def _judged(body: str, start: int, end: int, shared: Figure | None) -> Quotable | None:
    """The span with its score, None if it isn't worth quoting; `shared` is a figure of its sentences together."""
    if not SHORTEST <= end - start <= LONGEST:
        return None
    text = body[start:end]
    if DANGLING.match(text) or NEVER.search(text) or not _is_closed(text):
        return None
    plain = without_quotes(text)
    found = find_figures(plain)
    if shared is not None:
        found = [shared, *(figure for figure in found if figure.kind is not shared.kind)]
    if not found or found[0].points < _WEAKEST_FIGURE:
        return None
    rhythmic = has_rhythm(plain)
    score = _score(text, plain, found, rhythmic)
    if score < THRESHOLD:
        return None
    kinds = [figure.kind for figure in found if figure.points >= _NAMED_FIGURE]
    return Quotable(start, end, score, (*kinds, FigureKind.RHYTHM) if rhythmic else tuple(kinds))


def _is_closed(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRED_MARKS)


def _score(text: str, plain: str, found: Sequence[Figure], rhythmic: bool) -> int:
    points = sum(share * figure.points for share, figure in zip(_SHARES, found, strict=False))
    points += 4 * rhythmic + min(8.0, 1.5 * len(VIVID.intersection(plain)))
    points += _brevity(len(plain), found[0].kind) - _dullness(plain, found[0].kind) - _ties(text)
    return max(0, min(100, round(_BASE + _SCALE * points)))


def _brevity(length: int, strongest: FigureKind) -> int:
    points = next(points for longest, points in _BREVITY if length <= longest)
    return max(0, points) if strongest is FigureKind.PARALLELISM else points


def _dullness(plain: str, strongest: FigureKind) -> float:
    """Official prose by its share, and lists; a frame or an aphorism carries half of it."""
    share = sum(map(DULL.__contains__, map(add, plain, plain[1:]))) / len(plain)
    points = min(50.0, 250 * share)
    if strongest is FigureKind.PARALLELISM:
        return points * 0.6
    points *= 0.5 if strongest is FigureKind.APHORISM else 1
    return points + (10 if plain.count("、") >= 4 else 0)


def _ties(text: str) -> int:
    points = sum(weight * text.count(word) for word, weight in TIES)
    return min(40, points + 9 * len(SPECIFIC.findall(text)) + (6 if "？" in text else 0))
