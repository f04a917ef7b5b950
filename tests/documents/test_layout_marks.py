"""Which bits of a layout each paragraph of a document carries."""

from __future__ import annotations

import re

import pytest

from jianggao.documents.blocks import Block
from jianggao.documents.layout_marks import Marker
from jianggao.tracing.layout_watermark import BITS, NAMES, SPACINGS, bookmark_name

LAYOUT = tuple(at % 3 % 2 for at in range(BITS))
LINE = "渠水绕过石榴湾后分成三股，一股进田，一股进塘。"
NAME = re.compile(r'w:name="(_Hlk\d+)"')


def marker(*blocks: Block, layout: tuple[int, ...] = LAYOUT) -> Marker:
    return Marker(layout, blocks)


def names(of: Marker, blocks: int) -> list[list[str]]:
    return [NAME.findall(of.bookmark(place)) for place in range(blocks)]


def test_pieces_are_the_whole_text_with_a_spacing_each() -> None:
    blocks = (Block("title", "题目"), Block("text", LINE * 3))
    pieces = list(marker(*blocks).pieces(1, blocks[1].text, ""))
    assert "".join(piece for piece, _ in pieces) == blocks[1].text
    assert len(pieces) > 5 and {spacing for _, spacing in pieces} == set(SPACINGS)


def test_a_text_behind_another_goes_on_where_that_ended() -> None:
    """The bits stand at the letters of the document, whether a paragraph is one run or two."""
    block = Block("heading", LINE, 3, run_in=8)
    whole = "".join(str(spacing) * len(piece) for piece, spacing in marker(block).pieces(0, LINE, ""))
    lead = marker(block).pieces(0, LINE[:8], "")
    rest = marker(block).pieces(0, LINE[8:], LINE[:8])
    in_two = "".join(str(spacing) * len(piece) for piece, spacing in [*lead, *rest])
    assert in_two == whole


def test_the_indent_is_of_the_place_where_the_paragraph_begins() -> None:
    blocks = [Block("text", LINE)] * 12
    indents = [marker(*blocks).indent(place) for place in range(12)]
    values = {int(re.findall(r'w:right="(\d)"', indent)[0]) for indent in indents}
    assert values <= {0, 1, 2, 3} and len(values) > 1


@pytest.mark.parametrize(
    ("paragraphs", "expected"), [(1, [12]), (5, [3, 2, 3, 2, 2]), (12, [1] * 12), (30, [1] * 30)]
)
def test_bookmarks_are_spread_over_the_body(paragraphs: int, expected: list[int]) -> None:
    found = names(marker(*[Block("text", LINE)] * paragraphs), paragraphs)
    assert sorted(map(len, found)) == sorted(expected)
    assert [name for here in found for name in here] == [
        bookmark_name(LAYOUT, number) for number in range(sum(expected))
    ]


def test_a_long_document_has_so_many_bookmarks_and_no_more() -> None:
    found = names(marker(*[Block("text", LINE)] * 200), 200)
    assert sum(map(len, found)) == NAMES and max(map(len, found)) == 1
    carrying = [place for place, here in enumerate(found) if here]
    assert carrying[0] == 0 and carrying[-1] >= 190, "from the beginning to the end"


def test_title_salutation_and_headings_of_their_own_line_carry_no_bookmark() -> None:
    blocks = (
        Block("title", "题目"),
        Block("salutation", "同志们："),
        Block("heading", "一、甲", 1),
        Block("heading", LINE, 3, run_in=8),
        Block("text", LINE),
    )
    assert [bool(here) for here in names(marker(*blocks), 5)] == [False, False, False, True, True]
    assert names(marker(*blocks[:3]), 3) == [[], [], []]
