"""Cuts out the sentence around a hit, at punctuation, and marks the hits with 【】."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.text.normal_form import normal_positions
from jianggao.text.segmentation import words

SHORTEST, LONGEST = 60, 90
"""Characters of a snippet, the marks not counted: two to three lines on a phone."""
_BREAKS = re.compile(r"[。！？；，、：\n]")
_BLANKS = re.compile(r"\s+")

Span = tuple[int, int]
"""Start and end of a stretch of the text."""


def snippet(text: str, runs: Sequence[str], *, parts: bool = False, from_end: bool = False) -> str:
    """Returns 60 to 90 characters of `text`, all of it if it is shorter, with the runs (in normal form)
    marked.

    They are cut out around the place where most of the runs stand. With `parts`, the words of a run that
    stands nowhere are marked too; `from_end`, it is the end of the text.
    """
    text = _BLANKS.sub(" ", text.strip())
    normal, places = normal_positions(text)
    if parts:
        runs = [part for run in runs for part in ([run] if run in normal else _words(run))]
    spans = sorted(_spans(normal, places, runs))
    centre = (len(text), len(text)) if from_end else _centre(spans)
    start, end = _window(text, centre)
    shown = _mark(text, start, end, spans)
    return ("…" if start > 0 else "") + shown + ("…" if end < len(text) else "")


def _words(run: str) -> list[str]:
    return [word for word in words(run) if len(word) > 1]


def _spans(normal: str, places: list[int], runs: Sequence[str]) -> list[Span]:
    """Returns where in the text the runs stand; of runs that overlap the longest one.

    `places` holds, for each character of `normal`, its offset in the text.
    """
    spans: list[Span] = []
    taken = bytearray(places[-1] + 1 if places else 0)
    for run in sorted(runs, key=len, reverse=True):
        at = normal.find(run) if run else -1
        while at >= 0:
            start, end = places[at], places[at + len(run) - 1] + 1
            # 闸 inside of 闸门, which was marked before: 【【闸】门】 would say nothing more.
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                spans.append((start, end))
            at = normal.find(run, at + len(run))
    return spans


def _centre(spans: Sequence[Span]) -> Span:
    """Returns the first of those stretches no longer than a snippet that hold most marked characters.

    `spans` lie one behind the other, so that both ends of a stretch only move on: a text that consists of
    hits takes no longer than its length.
    """
    best, best_marked = (spans[0] if spans else (0, 0)), 0
    stop, marked = 0, 0
    for at, (start, end) in enumerate(spans):
        while stop < len(spans) and spans[stop][1] - start <= SHORTEST:
            marked += spans[stop][1] - spans[stop][0]
            stop += 1
        if marked > best_marked:
            best, best_marked = (start, spans[stop - 1][1]), marked
        if stop > at:
            marked -= end - start
        else:
            stop = at + 1  # this span alone is longer than a snippet: a whole sentence was typed
    return best


def _window(text: str, centre: Span) -> Span:
    """Returns a stretch around `centre` that begins behind punctuation and ends at it where it can."""
    if len(text) <= LONGEST:
        return 0, len(text)
    room = max(0, LONGEST - (centre[1] - centre[0]))
    earliest = max(0, centre[0] - room // 2)
    starts = [0] if earliest == 0 else []
    starts += [match.end() for match in _BREAKS.finditer(text, earliest, centre[0])]
    start = starts[0] if starts else earliest
    latest = min(len(text), max(start + LONGEST, centre[1]))
    ends = [match.end() for match in _BREAKS.finditer(text, max(centre[1], start + SHORTEST), latest)]
    end = latest if latest == len(text) or not ends else ends[-1]
    # The hit is the last words of the section: what is missing is taken from before it, even inside a
    # sentence.
    if end - start < SHORTEST:
        start = max(0, end - SHORTEST)
    return start, end


def _mark(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """Returns the stretch with those spans in 【】 that lie in it whole."""
    parts = []
    at = start
    for first, last in spans:
        if first >= start and last <= end:
            parts += [text[at:first], "【", text[first:last], "】"]
            at = last
    return "".join([*parts, text[at:end]])
