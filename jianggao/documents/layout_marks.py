"""Where in an official document the bits of its layout stand (`tracing.layout`). Nobody sees them: a line has room for
its 28 characters and 53 twips, of which the indent takes three at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from jianggao.documents.blocks import Block
from jianggao.text.normal_form import normal_form
from jianggao.tracing.layout import (
    NAMES,
    bookmark_name,
    letters_in_a_unit,
    right_indent,
    spacing,
    units,
)


class Marker:
    """Gives each block of a document what of the layout it carries. Blocks are known by their place."""

    def __init__(self, layout: Sequence[int], blocks: Sequence[Block]) -> None:
        self._layout = layout
        self._before = list(accumulate((len(normal_form(block.text)) for block in blocks), initial=0))
        self._size = letters_in_a_unit(self._before[-1])
        body = [place for place, block in enumerate(blocks) if block.kind == "text" or block.run_in]
        self._names = _spread(body)

    def pieces(self, place: int, text: str, before: str) -> Iterator[tuple[str, int]]:
        """`text` of the block, behind `before`, in pieces with the spacing of each."""
        first = self._before[place] + len(normal_form(before))
        for piece, unit in units(text, first, self._size):
            yield piece, spacing(self._layout, unit)

    def indent(self, place: int) -> str:
        """The right indent of the block's paragraph."""
        return f'<w:ind w:right="{right_indent(self._layout, self._before[place] // self._size)}"/>'

    def bookmark(self, place: int) -> str:
        """The bookmarks at the beginning of the block's paragraph."""
        return "".join(
            f'<w:bookmarkStart w:id="{number}" w:name="{bookmark_name(self._layout, number)}"/>'
            f'<w:bookmarkEnd w:id="{number}"/>'
            for number in self._names.get(place, ())
        )


_FEWEST_NAMES = 12
"""So many bookmarks hold every bit twice, however few paragraphs there are."""


def _spread(body: Sequence[int]) -> dict[int, list[int]]:
    """Place of a body paragraph -> its bookmarks: one each up to `NAMES`, several where paragraphs are few."""
    names: dict[int, list[int]] = {}
    count = min(max(len(body), _FEWEST_NAMES), NAMES) if body else 0
    for number in range(count):
        names.setdefault(body[number * len(body) // count], []).append(number)
    return names
