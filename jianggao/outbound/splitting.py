"""Splits long texts into the nodes of merged forwards, cut where the text allows."""

from __future__ import annotations

SINGLE = 800
"""Characters of the longest text that is sent as one message."""
NODE = 1_000
"""Characters of a node, at most."""
FORWARD = 30_000
"""Characters of all nodes of a forward, at most."""
_ENDS = ("\n", "。", "；", "，")
"""Where a text is cut, the best place first."""


def split(text: str, longest: int = NODE) -> list[str]:
    """Returns `text` in pieces of at most `longest` characters, cut at line ends, else behind sentences,
    semicolons or commas. Put together, but for the line ends that were cut at, they are the text."""
    pieces = []
    start = 0
    while len(text) - start > longest:
        cut = _cut(text, start, longest)
        pieces.append(text[start:cut].removesuffix("\n"))
        start = cut
    return [*pieces, text[start:]] if start < len(text) else pieces


def _cut(text: str, start: int, longest: int) -> int:
    """Returns where the piece that begins at `start` ends: in its last two thirds, so that no piece is very
    short; in the middle of a word if there is no better place."""
    for end in _ENDS:
        at = text.rfind(end, start + longest // 3, start + longest)
        if at >= 0:
            return at + 1
    return start + longest


def forwards(text: str) -> list[list[str]]:
    """Returns the nodes of each forward that a text needs, at most `FORWARD` characters in one; of an empty
    text one forward without nodes."""
    batches: list[list[str]] = [[]]
    size = 0
    for node in split(text):
        if size + len(node) > FORWARD:
            batches.append([])
            size = 0
        batches[-1].append(node)
        size += len(node)
    return batches
