"""Puts the bits that a copy's layout carries into the paragraphs of an official document (`tracing.layout`).

They are the spacing between characters, the right indent of paragraphs and the names of bookmarks. Nobody
sees them: a line has room for its 28 characters and 53 twips, of which the indent takes three at most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from jianggao.documents.blocks import Block
from jianggao.text.normal_form import normal_form
from jianggao.tracing.layout_watermark import (
    NAMES,
    bookmark_name,
    letters_in_a_unit,
    right_indent,
    spacing,
    units,
)

_FEWEST_NAMES = 12
"""So many bookmarks hold every bit twice, however few paragraphs there are."""


class Marker:
    """Says what of the layout each block of a document carries. Blocks are known by their place in the
    document."""

    def __init__(self, layout: Sequence[int], blocks: Sequence[Block]) -> None:
        self._layout = layout
        self._before = list(accumulate((len(normal_form(block.text)) for block in blocks), initial=0))
        self._size = letters_in_a_unit(self._before[-1])
        body = [place for place, block in enumerate(blocks) if block.kind == "text" or block.run_in]
        self._names = _spread(body)

    def pieces(self, place: int, text: str, before: str) -> Iterator[tuple[str, int]]:
        """Yields `text` of the block, which stands behind `before` in it, in pieces with the spacing of each
        in twips."""
        first = self._before[place] + len(normal_form(before))
        for piece, unit in units(text, first, self._size):
            yield piece, spacing(self._layout, unit)

    def indent(self, place: int) -> str:
        """Returns the right indent of the block's paragraph, as XML."""
        return f'<w:ind w:right="{right_indent(self._layout, self._before[place] // self._size)}"/>'

    def bookmark(self, place: int) -> str:
        """Returns the bookmarks at the beginning of the block's paragraph, as XML; "" where it carries
        none."""
        return "".join(
            f'<w:bookmarkStart w:id="{number}" w:name="{bookmark_name(self._layout, number)}"/>'
            f'<w:bookmarkEnd w:id="{number}"/>'
            for number in self._names.get(place, ())
        )


def _spread(body: Sequence[int]) -> dict[int, list[int]]:
    """Returns the numbers of the bookmarks by the place of the body paragraph that has them: one each up to
    `NAMES`, evenly over the document, and several where paragraphs are few."""
    names: dict[int, list[int]] = {}
    count = min(max(len(body), _FEWEST_NAMES), NAMES) if body else 0
    for number in range(count):
        names.setdefault(body[number * len(body) // count], []).append(number)
    return names
