"""Long texts are cut where the text allows, and nothing of them is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jianggao.outbound.splitting import FORWARD, NODE, forwards, split


@given(st.text(alphabet="渠水。；，\n人", max_size=4_000), st.integers(5, 300))
def test_pieces_are_short_and_make_up_the_text(text: str, longest: int) -> None:
    pieces = split(text, longest)
    assert all(0 < len(piece) <= longest for piece in pieces)
    assert "".join(pieces).replace("\n", "") == text.replace("\n", "")


def test_paragraphs_are_kept_whole_where_they_fit() -> None:
    paragraphs = ["渠" * 400, "水" * 500, "人" * 300]
    assert split("\n".join(paragraphs)) == ["\n".join(paragraphs[:2]), paragraphs[2]]


def test_forwards_hold_thirty_thousand_characters_each() -> None:
    batches = forwards("渠水" * 40_000)
    assert all(sum(map(len, nodes)) <= FORWARD for nodes in batches)
    assert all(len(node) <= NODE for nodes in batches for node in nodes)
    assert "".join(node for nodes in batches for node in nodes) == "渠水" * 40_000
