"""How much of a heading is public."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jianggao.library.public_part import cut_heading


def test_a_heading_within_its_limit_is_public_whole() -> None:
    assert cut_heading("一、修渠", 4) == "一、修渠"


def test_a_longer_one_ends_with_an_ellipsis() -> None:
    assert cut_heading("一、修渠修闸", 4) == "一、修…"


def test_of_a_limit_of_one_or_none_only_the_ellipsis_is_left() -> None:
    assert cut_heading("修渠", 1) == "…" == cut_heading("修渠", 0)


@given(st.text(max_size=60), st.integers(1, 50))
def test_never_more_than_the_limit_and_nothing_but_the_beginning(text: str, limit: int) -> None:
    cut = cut_heading(text, limit)
    assert len(cut) <= limit
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))
