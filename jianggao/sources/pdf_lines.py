"""The lines of a PDF's pages with their places, and which of them are headers, footers and page numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from jianggao.sources.page_margins import is_page_number, without_numbers
from jianggao.sources.print_margins import printed_margins

_EDGE_LINES = 3
"""So many lines from the top or the bottom of a page may be its margin."""
_PRINTED_LINES = 2
"""So many are looked at whether a browser printed them there."""
_NEAR = 4.0
"""Points that a header may be higher or lower on another page."""
_SHARE = 0.4
"""Of the pages: a header that changes with chapters, or by left and right pages, stands on so many."""
_LONGEST = 100
_GAP = 1.2
"""How many times the usual distance of lines parts a margin from the text."""


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of a page; places are in points from the upper left corner."""

    text: str
    left: float
    right: float
    down: float
    """Its baseline, from the upper edge."""
    size: float
    """Of its font, in points."""
    cells: tuple[tuple[float, float], ...] = ()
    """Where the cells begin and end, if it is a row of a table."""


def without_margins(pages: Sequence[Sequence[PdfLine]]) -> tuple[list[list[PdfLine]], list[str]]:
    """Returns the lines of each page without headers, footers and page numbers, and these, page by page.

    A margin is what stands at the same height at the edge of several pages, in the same words but for numbers, and
    apart from the text. What stands on one page alone is text, but for a number by itself at its very edge.
    """
    counts = Counter(key for page in pages for key in {_key(line) for line in page})
    written = sum(bool(page) for page in pages)
    enough = max(2, round(_SHARE * written))
    usual = pitch(pages)
    kept: list[list[PdfLine]] = []
    left_out: list[str] = []
    for page in pages:
        down = sorted(page, key=lambda line: line.down)
        margins = set(_margin(down, counts, enough, usual)) | set(_margin(down[::-1], counts, enough, usual))
        kept.append([line for line in page if line not in margins])
        left_out += [line.text for line in down if line in margins]
    return kept, left_out


def without_print_margins(pages: Sequence[Sequence[PdfLine]]) -> tuple[list[list[PdfLine]], list[str]]:
    """Returns the lines of each page without what a browser printed around it, and that, page by page.

    It stands nearer to the text than other margins do, and in the midst of the lines as they were written.
    """
    edges: list[tuple[int, PdfLine]] = []
    for at, page in enumerate(pages):
        down = sorted(page, key=lambda line: line.down)
        bottom = down[_PRINTED_LINES:][-_PRINTED_LINES:]
        edges += [(at, line) for line in (*down[:_PRINTED_LINES], *bottom)]
    found = sorted(printed_margins([line.text for _, line in edges]))
    printed = {edges[place] for place in found}
    kept = [[line for line in page if (at, line) not in printed] for at, page in enumerate(pages)]
    return kept, [edges[place][1].text for place in found]


def pitch(pages: Iterable[Sequence[PdfLine]]) -> float:
    """Returns the usual distance from one line to the next, in points; 0 where no line has one below it."""
    distances = [
        line.down - last.down
        for page in pages
        for last, line in pairwise(page)
        if line.down > last.down + last.size / 2
    ]
    return median(distances) if distances else 0.0


def _margin(
    inwards: Sequence[PdfLine], counts: Counter[tuple[str, int]], enough: int, usual: float
) -> Sequence[PdfLine]:
    """Returns the lines of one margin of a page, of which `inwards` are the lines from its edge on.

    A line of the text may well stand at the same height on two pages: a margin ends where a gap is.
    """
    found = 0
    for at, line in enumerate(inwards[:_EDGE_LINES]):
        if len(line.text) > _LONGEST or not _is_repeated(line, counts, enough):
            break
        if at + 1 == len(inwards):  # a page that is repeated as a whole is no margin
            break
        gap = abs(inwards[at + 1].down - line.down)
        if gap > _GAP * max(usual, line.size) or gap < line.size / 2:
            found = at + 1
    return inwards[:found]


def _is_repeated(line: PdfLine, counts: Counter[tuple[str, int]], enough: int) -> bool:
    words, place = _key(line)
    near = sum(counts[words, place + step] for step in (-1, 0, 1))
    return near >= (1 if is_page_number(line.text) else enough)


def _key(line: PdfLine) -> tuple[str, int]:
    return without_numbers("".join(line.text.split())), round(line.down / _NEAR)
