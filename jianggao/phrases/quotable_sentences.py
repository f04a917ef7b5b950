"""Finds quotable sentences (金句) by rules: those that a writer of speeches would copy into a notebook.

A sentence earns points by its figures of speech. Rhythm, concrete words and brevity add some; official prose
and what ties the sentence to one day or one story take some off. Text is selected, never changed.
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
from jianggao.phrases.images import THINGS
from jianggao.phrases.quotable_rules import (
    DANGLING,
    DULL,
    EMPTY,
    LISTED,
    NEVER,
    OFFICIAL,
    SPECIFIC,
    TIES,
    VIVID,
)
from jianggao.text.normal_form import normal_form

__all__ = [
    "LONGEST",
    "SHORTEST",
    "THRESHOLD",
    "VERSION",
    "FigureKind",
    "Quotable",
    "dedup_key",
    "quotable_sentences",
]

VERSION = "quotes-2"
"""Stored scores are made anew where another version made them."""
SHORTEST, LONGEST = 9, 120
"""Characters of a quotable span, with its end mark."""
_SHORT = 12
"""Characters below which a single clause must be an image."""
THRESHOLD = 50
"""The score from which a span is worth quoting: about one sentence in twenty of a lively speech, one in two
hundred of a government report."""

_SENTENCE = re.compile(r"[^\s。！？][^\n。！？]*(?P<end>[。！？]+[”’」』）)]*)?")
_WEAKEST_FIGURE = 12
"""Points that the strongest figure of a span must have."""
_NAMED_FIGURE = 10
"""Points from which a figure is named as a reason."""
_SHARES = (1.3, 0.6, 0.4, 0.3)
"""The weights of a sentence's figures, the strongest first: one good figure makes a saying, more only adorn
it."""
_BASE, _SCALE = 32, 0.9
"""They set the scale so that THRESHOLD parts what readers of the sample library would keep from what they
wouldn't."""
_LONGEST_ALIKE, _ALIKE, _TWINS = 40, 12, 18
"""Characters of sentences that are compared; the likeness of three in a row, and of two of equal length."""
_SOMEBODY, _UNNAMED = re.compile(r"[^人者员师手家兵民老谁友他她]*[他她]"), 10
"""A sentence that says 他 and names nobody before, and the points that it loses."""
_PAIRED_MARKS = (("“", "”"), ("‘", "’"), ("（", "）"), ("「", "」"), ("《", "》"))
_BREVITY = ((34, 6), (46, 3), (70, 0), (90, -6), (LONGEST, -12))
"""Points for spans up to each length."""
_CARRIED = {FigureKind.PARALLELISM: 0.6, FigureKind.APHORISM: 0.5}
"""The share of the points for dull words that a strong figure loses."""
_MOST_OFFICIAL, _NOTHING_SEEN, _LIST = 56, 4, 40
"""Points that words of reports take off at most, those that a sentence loses in which nothing can be seen or
felt, and those that a list loses."""
_SHORTEST_KEY = 6
"""Characters of a key: if fewer are left, different sayings could share one."""


@dataclass(frozen=True, slots=True)
class Quotable:
    """A span of a body that is worth quoting, `start` to `end` in characters of the body."""

    start: int
    end: int
    score: int
    """THRESHOLD to 100, comparable between texts."""
    kinds: tuple[FigureKind, ...]
    """Why it is worth quoting, the strongest kind first."""


@dataclass(frozen=True, slots=True)
class _Run:
    """The sentences with the indexes from `first` to before `stop`, and the figure that they make
    together."""

    first: int
    stop: int
    figure: Figure | None = None


def quotable_sentences(body: str) -> list[Quotable]:
    """Returns the quotable spans of `body` in their order, none overlapping another.

    A span is a whole sentence, or two or three neighbours built alike, of SHORTEST to LONGEST characters with
    its end mark. What has no end mark is a heading or a verse, and none.
    """
    spans = [match.span() for match in _SENTENCE.finditer(body) if match["end"]]
    candidates = []
    for run in (*(_Run(at, at + 1) for at in range(len(spans))), *_parallel_runs(body, spans)):
        quotable = _judged(body, spans[run.first][0], spans[run.stop - 1][1], run.figure)
        if quotable is not None:
            candidates.append((run, quotable))
    return _without_overlaps(candidates)


def dedup_key(text: str) -> str:
    """Returns what near-identical sayings have in common, so that each is listed once.

    That is the normal form without numerals and words that carry nothing (的 了 就 我们 …), or the whole
    normal form where hardly anything else would be left.
    """
    normal = normal_form(text)
    key = EMPTY.sub("", normal)
    return key if len(key) >= _SHORTEST_KEY else normal


def _parallel_runs(body: str, spans: Sequence[tuple[int, int]]) -> Iterator[_Run]:
    """Yields runs of three neighbours of one frame, and of two of equal length that match place by place."""
    alike = [_sentences_alike(body, left, right) for left, right in pairwise(spans)]
    for at, (first, second) in enumerate(pairwise([*alike, 0])):
        if min(first, second) >= _ALIKE:
            yield _Run(at, at + 3, Figure(FigureKind.PARALLELISM, 38))
        if first >= _TWINS and _length(spans[at]) == _length(spans[at + 1]):
            yield _Run(at, at + 2, Figure(FigureKind.ANTITHESIS, 32))


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def _sentences_alike(body: str, left: tuple[int, int], right: tuple[int, int]) -> int:
    """Returns the likeness of two neighbouring sentences.

    It is 0 for long ones, for those of different paragraphs, and for those that are neither equally long nor
    begin or end with the same two characters: their likeness would be chance.
    """
    if max(_length(left), _length(right)) > _LONGEST_ALIKE or "\n" in body[left[1] : right[0]]:
        return 0
    before, behind = (without_quotes(body[slice(*span)]).rstrip("。！？") for span in (left, right))
    if len(before) != len(behind) and before[:2] != behind[:2] and before[-2:] != behind[-2:]:
        return 0
    return likeness(before, behind, _LONGEST_ALIKE)


def _without_overlaps(candidates: Sequence[tuple[_Run, Quotable]]) -> list[Quotable]:
    """Returns the best candidates that share no sentence; of equal ones the first, then the longest."""

    def order(candidate: tuple[_Run, Quotable]) -> tuple[int, int, int]:
        run, quotable = candidate
        return -quotable.score, run.first, -run.stop

    taken: set[int] = set()
    kept = []
    for run, quotable in sorted(candidates, key=order):
        if taken.isdisjoint(range(run.first, run.stop)):
            taken.update(range(run.first, run.stop))
            kept.append(quotable)
    return sorted(kept, key=lambda quotable: quotable.start)


def _judged(body: str, start: int, end: int, shared: Figure | None) -> Quotable | None:
    """Returns the span with its score, None if it isn't worth quoting.

    `shared` is a figure that its sentences make together.
    """
    if not SHORTEST <= end - start <= LONGEST:
        return None
    text = body[start:end]
    if DANGLING.match(text) or NEVER.search(text) or not _is_closed(text):
        return None
    plain = without_quotes(text)
    figures = find_figures(plain)
    if shared is not None:
        figures = [shared, *(figure for figure in figures if figure.kind is not shared.kind)]
    if not figures or figures[0].points < _WEAKEST_FIGURE:
        return None
    # 再过两天就是清明 is no saying; among the shortest sentences only an image or a contrast is one.
    if end - start < _SHORT and "，" not in text and figures[0].kind is not FigureKind.IMAGE:
        return None
    rhythmic = has_rhythm(plain)
    score = _score(text, plain, figures, rhythmic)
    if score < THRESHOLD:
        return None
    kinds = [figure.kind for figure in figures if figure.points >= _NAMED_FIGURE]
    return Quotable(start, end, score, (*kinds, FigureKind.RHYTHM) if rhythmic else tuple(kinds))


def _is_closed(text: str) -> bool:
    """Returns whether every quotation and bracket of the text ends in it."""
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRED_MARKS)


def _score(text: str, plain: str, figures: Sequence[Figure], rhythmic: bool) -> int:
    """Returns the score, 0 to 100, of a sentence with these figures, the strongest first."""
    points = sum(share * figure.points for share, figure in zip(_SHARES, figures, strict=False))
    points += 4 * rhythmic + min(8.0, 1.5 * len(VIVID.intersection(plain)))
    points += _brevity(len(plain), figures[0].kind) - _dullness(plain, figures[0].kind) - _ties(text)
    points -= _official(plain)
    return max(0, min(100, round(_BASE + _SCALE * points)))


def _brevity(length: int, strongest: FigureKind) -> int:
    """Returns the points for a length; a parallelism is long by nature and loses none."""
    points = next(points for longest, points in _BREVITY if length <= longest)
    return max(0, points) if strongest is FigureKind.PARALLELISM else points


def _dullness(plain: str, strongest: FigureKind) -> float:
    """Returns the points that the share of official prose takes off, and those that a list takes off.

    A parallelism or an aphorism that names a thing one can see carries about half of it.
    """
    share = sum(map(DULL.__contains__, map(add, plain, plain[1:]))) / len(plain)
    points = min(50.0, 250 * share)
    if not (THINGS | VIVID).isdisjoint(plain):
        points *= _CARRIED.get(strongest, 1.0)
    return points + (10 if plain.count("、") >= 3 else 0)


def _official(plain: str) -> int:
    """Returns the points that the words of reports and slogans take off, and those that a list takes off."""
    found = sum(1 for _ in OFFICIAL.finditer(plain))
    points = min(_MOST_OFFICIAL, 7 * found * found)
    if not points and (THINGS | VIVID).isdisjoint(plain):
        points = _NOTHING_SEEN
    return points + _LIST * bool(LISTED.search(plain))


def _ties(text: str) -> int:
    """Returns the points taken off for what ties a sentence to its day, its place or its story."""
    points = sum(weight * text.count(word) for word, weight in TIES)
    points += _UNNAMED * bool(_SOMEBODY.match(text))
    return min(40, points + 9 * len(SPECIFIC.findall(text)) + (6 if "？" in text else 0))
