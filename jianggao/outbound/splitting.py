"""Long texts as nodes of a forward, cut where the text allows."""

from __future__ import annotations

SINGLE = 800
"""The longest single message, in characters."""
NODE = 1_000
FORWARD = 30_000
_ENDS = ("\n", "。", "；", "，")


def split(text: str, longest: int = NODE) -> list[str]:
    """`text` in pieces of at most `longest` characters, cut at line ends, else behind sentences. Put together
    (but for the line ends that were cut at) they are the text."""
    pieces = []
    start = 0
    while len(text) - start > longest:
        cut = _cut(text, start, longest)
        pieces.append(text[start:cut].removesuffix("\n"))
        start = cut
    return [*pieces, text[start:]] if start < len(text) else pieces


def _cut(text: str, start: int, longest: int) -> int:
    for end in _ENDS:
        at = text.rfind(end, start + longest // 3, start + longest)
        if at >= 0:
            return at + 1
    return start + longest


def forwards(text: str) -> list[list[str]]:
    """The nodes of each forward that a text needs, at most 30,000 characters in one."""
    batches: list[list[str]] = [[]]
    size = 0
    for node in split(text):
        if size + len(node) > FORWARD:
            batches.append([])
            size = 0
        batches[-1].append(node)
        size += len(node)
    return batches
