"""Finds what the library passes over in a PDF: pieces of text without any width.

A browser may write each character by itself, the blanks among them: the library drops these, and the words on
both sides stick together. Of a font that isn't in the document it drops characters whose width it can't know.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_NO_WIDTH = 0.001
_SHARE_LOST = 0.3
"""Of the pieces in fonts that aren't in the document: so few without a width are blanks."""
_BESIDE = 0.2
"""Heights of a character: so far a blank stands above or below its line at most."""
_WIDE = 0.8
"""The same: a blank that takes so much is a full one."""


@dataclass(slots=True)
class PassedOver:
    """The blanks of a page, by the height at which they stand, and how many pieces have text."""

    blanks: Mapping[int, Sequence[tuple[float, float]]] = field(default_factory=dict)
    """Height in whole points -> places, each how far from the left and how high."""
    pieces: int = 0
    """Of text, without the blanks."""
    is_lost: bool = False
    """Whether pieces in a font that isn't in the document have no width."""

    def near(self, up: float, size: float) -> list[float]:
        """Returns where blanks stand in a line at this height, from left to right."""
        at = round(up)
        return sorted(
            left
            for height in (at - 1, at, at + 1)
            for left, foot in self.blanks.get(height, ())
            if abs(foot - up) < _BESIDE * size
        )


def passed_over(page: Any, raw: Any) -> PassedOver:
    """Returns what the library passes over on a page; `raw` is its interface in C."""
    blanks: dict[int, list[tuple[float, float]]] = {}
    pieces = foreign = lost = 0
    for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        left, foot, right, _ = piece.get_bounds()
        has_font = raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(piece.raw)) == 1
        has_width = right - left > _NO_WIDTH
        if has_font and not has_width:
            blanks.setdefault(round(foot), []).append((left, foot))
            continue
        pieces += 1
        foreign += not has_font
        lost += not has_font and not has_width
    return PassedOver(blanks, pieces, lost > _SHARE_LOST * foreign)


def blanks_between(
    written: Sequence[tuple[float, float]], places: Iterable[float], size: float, widest: float
) -> list[tuple[float, str]]:
    """Returns the blanks at these places between characters, each with its place: a full or a usual one.

    `written` is where each character begins and ends. A gap of more than `widest` heights parts two cells.
    """
    starts = [left for left, _ in written]
    found = []
    for place in places:
        at = bisect_left(starts, place)
        if not 0 < at < len(starts) or starts[at] - written[at - 1][1] > widest * size:
            continue
        found.append((place, "\u3000" if starts[at] - place >= _WIDE * size else " "))
    return found
