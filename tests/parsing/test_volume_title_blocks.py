"""Lines that a speech of a volume begins with, from its title to its salutation."""

from __future__ import annotations

from jianggao.parsing.volume_title_blocks import title_block
from jianggao.parsing.volume_titles import TitleForm


def test_a_block_reaches_from_the_title_to_the_salutation() -> None:
    lines = [
        "让账本走到墙上",
        "——在村务公开会上的讲话",
        "方大川",
        "（2025年4月2日）",
        "同志们：",
        "今天说账。",
    ]
    block = title_block(lines, 0)
    assert block is not None
    assert (block.stop, block.form, block.title) == (5, TitleForm.OCCASION, "让账本走到墙上")
    assert block.has_salutation and block.has_date and block.has_speaker


def test_date_and_speaker_may_stand_above_the_title() -> None:
    block = title_block(["2025年4月2日", "方大川", "在村务公开会上的讲话", "同志们：今天说账。"], 0)
    assert block is not None and (block.leading, block.stop) == (2, 4)
    assert block.has_salutation and block.has_date and block.has_speaker


def test_two_lines_that_only_together_make_a_title() -> None:
    block = title_block(["在全县水利冬修", "动员会上的讲话", "同志们："], 0)
    assert block is not None and block.title == "在全县水利冬修动员会上的讲话" and block.stop == 3


def test_a_line_with_a_number_of_its_own_is_no_second_line_of_a_title() -> None:
    block = title_block(["在会上的讲话稿3篇", "【篇一】在抗旱会上的讲话", "同志们："], 0)
    assert block is not None and block.title == "在会上的讲话稿3篇"


def test_prose_begins_no_speech() -> None:
    assert title_block(["今天开会，只说账。", "同志们："], 0) is None
    assert title_block(["同志们：", "在村务公开会上的讲话"], 0) is None
