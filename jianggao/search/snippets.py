"""The sentence around a hit, cut at punctuation, the hits in 【】."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.text.normal_form import normal_positions
from jianggao.text.segmentation import words

SHORTEST, LONGEST = 60, 90
_BREAKS = re.compile(r"[。！？；，、：\n]")
_BLANKS = re.compile(r"\s+")

Span = tuple[int, int]


def snippet(text: str, runs: Sequence[str], *, parts: bool = False) -> str:
    """60 to 90 characters of `text` (all of it, if shorter) around the place where most of the runs (in normal form)
    stand, these marked. With `parts`, the words of a run that stands nowhere count too."""
    text = _BLANKS.sub(" ", text.strip())
    normal, places = normal_positions(text)
    if parts:
        runs = [part for run in runs for part in ([run] if run in normal else _words(run))]
    spans = sorted(_spans(normal, places, runs))
    start, end = _window(text, _centre(spans))
    shown = _mark(text, start, end, spans)
    return ("…" if start > 0 else "") + shown + ("…" if end < len(text) else "")


def _words(run: str) -> list[str]:
    return [word for word in words(run) if len(word) > 1]


def _spans(normal: str, places: list[int], runs: Sequence[str]) -> list[Span]:
    """Where in the text the runs stand: (start, end) of each place, longest first where they overlap."""
    spans: list[Span] = []
    taken = bytearray(places[-1] + 1 if places else 0)
    for run in sorted(runs, key=len, reverse=True):
        at = normal.find(run) if run else -1
        while at >= 0:
            start, end = places[at], places[at + len(run) - 1] + 1
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                spans.append((start, end))
            at = normal.find(run, at + len(run))
    return spans


def _centre(spans: Sequence[Span]) -> Span:
    """The first of those stretches no longer than a snippet that hold most of what is marked. `spans` lie one behind the
    other, so that both ends of a stretch only move on."""
    best, most = (spans[0] if spans else (0, 0)), 0
    behind, held = 0, 0
    for at, (start, end) in enumerate(spans):
        while behind < len(spans) and spans[behind][1] - start <= SHORTEST:
            held += spans[behind][1] - spans[behind][0]
            behind += 1
        if held > most:
            best, most = (start, spans[behind - 1][1]), held
        if behind > at:
            held -= end - start
        else:
            behind = at + 1  # longer than a snippet by itself
    return best


def _window(text: str, centre: Span) -> Span:
    """A piece around `centre` that begins behind punctuation and ends at it where it can."""
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
    if end - start < SHORTEST:
        start = max(0, end - SHORTEST)
    return start, end


def _mark(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    parts = []
    at = start
    for first, last in spans:
        if first >= start and last <= end:
            parts += [text[at:first], "【", text[first:last], "】"]
            at = last
    return "".join([*parts, text[at:end]])
