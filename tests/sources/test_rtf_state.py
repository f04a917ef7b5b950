"""What holds at a place in Rich Text."""

from __future__ import annotations

import pytest

from jianggao.sources.rtf_state import RtfState, paired


@pytest.mark.parametrize("change", ["hidden", "deleted", "left_out"])
def test_text_is_unseen_for_any_of_three_reasons(change: str) -> None:
    assert RtfState(**{change: True}).is_unseen  # type: ignore[arg-type]
    assert not RtfState().is_unseen


def test_halves_of_a_character_are_put_together_and_single_ones_replaced() -> None:
    assert paired("修\ud842\udfb7桥") == "修𠮷桥"
    assert paired("修\ud842桥") == "修\ufffd桥"
