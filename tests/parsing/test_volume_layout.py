"""Which rows of a file the speeches are made of, and which belong to none."""

from __future__ import annotations

from volume_texts import DROUGHT_SPEECH, FLOOD_SPEECH

from jianggao.parsing.volume_layout import NEXT_SPEECH, ONE_SPEECH, lines_in, pieces_of, read_layout


def test_pieces_begin_at_titles_and_behind_the_operators_rows() -> None:
    rows = len(FLOOD_SPEECH.split("\n"))
    layout = read_layout(f"{FLOOD_SPEECH}\n{DROUGHT_SPEECH}", {})
    assert [piece.start for piece in pieces_of(layout)] == [0, rows]
    layout = read_layout(f"{FLOOD_SPEECH}\n{NEXT_SPEECH}\n{DROUGHT_SPEECH}", {})
    assert [piece.start for piece in pieces_of(layout)] == [0, rows + 1]
    assert layout.dropped == {rows}


def test_an_order_keeps_the_file_together() -> None:
    layout = read_layout(f"{ONE_SPEECH}\n{FLOOD_SPEECH}\n{DROUGHT_SPEECH}", {})
    assert len(pieces_of(layout)) == 1 and layout.dropped == {0}


def test_the_volumes_own_title_is_dropped() -> None:
    layout = read_layout(f"渠水县讲话汇编\n2024年\n{FLOOD_SPEECH}\n{DROUGHT_SPEECH}", {})
    first, _ = pieces_of(layout)
    assert (
        layout.dropped == {0, 1} and lines_in(layout, first.start, first.stop)[0].text == "在防汛会上的讲话"
    )
