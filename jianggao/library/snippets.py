"""The sentence around a hit, cut at punctuation, the hits in 【】."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.library.normal_form import normal_positions

SHORTEST, LONGEST = 60, 90
_BREAKS = re.compile(r"[。！？；，、：\n]")
_BLANKS = re.compile(r"\s+")


def snippet(text: str, runs: Sequence[str]) -> str:
    """60 to 90 characters of `text` (all of it, if shorter) around the first run that stands there, marked."""
    text = _BLANKS.sub(" ", text.strip())
    normal, places = normal_positions(text)
    spans = sorted(_spans(normal, places, runs))
    centre = spans[0] if spans else (0, 0)
    start, end = _window(text, centre)
    shown = _mark(text, start, end, spans)
    return ("…" if start > 0 else "") + shown + ("…" if end < len(text) else "")


def _spans(normal: str, places: list[int], runs: Sequence[str]) -> list[tuple[int, int]]:
    """Where in the text the runs stand: (start, end) of each place, longest first where they overlap."""
    spans: list[tuple[int, int]] = []
    for run in sorted(runs, key=len, reverse=True):
        at = normal.find(run) if run else -1
        while at >= 0:
            span = (places[at], places[at + len(run) - 1] + 1)
            if all(span[1] <= taken[0] or span[0] >= taken[1] for taken in spans):
                spans.append(span)
            at = normal.find(run, at + len(run))
    return spans


def _window(text: str, centre: tuple[int, int]) -> tuple[int, int]:
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


def _mark(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    parts = []
    at = start
    for first, last in spans:
        if first >= start and last <= end:
            parts += [text[at:first], "【", text[first:last], "】"]
            at = last
    return "".join([*parts, text[at:end]])
