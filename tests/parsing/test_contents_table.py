"""Tables of contents near the head."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, B, parsed, tree

from jianggao.parsing.contents_table import contents_lines

TEXT = (A, "一、看清路", B, "二、迈开步", A)


def test_entries_with_pages_are_found_without_the_word() -> None:
    entries = ("目录", "一、看清路………1", "二、迈开步………5")
    assert contents_lines([TITLE, *entries, *TEXT]) == {1, 2, 3}
    assert contents_lines([TITLE, *entries[1:], *TEXT]) == set()


def test_entries_below_the_word_come_again_in_the_text() -> None:
    assert contents_lines([TITLE, "目 录", "一、看清路", "二、迈开步", *TEXT]) == {1, 2, 3}
    assert contents_lines([TITLE, "目录", "一、看清路 1", "二、迈开步 5", *TEXT]) == {1, 2, 3}
    assert contents_lines([TITLE, "目录", "三、别的路", "四、别的步", *TEXT]) == set()
    assert contents_lines([TITLE, "一、看清路", "二、迈开步", *TEXT]) == set()


@pytest.mark.parametrize(
    ("entries", "marks"),
    [
        (("01 看清路", "02 迈开步"), ("01", "02")),
        (("01看清路", "02迈开步"), ("01", "02")),
        (("第一章　看清路", "第二章　迈开步"), ("第一章", "第二章")),
        (("第1章 看清路 1", "第2章 迈开步 9"), ("第 1 章", "第 2 章")),
        (("01", "看清路", "02", "迈开步"), ("01", "02")),
    ],
)
def test_entries_are_set_otherwise_than_the_headings(
    entries: tuple[str, ...], marks: tuple[str, str]
) -> None:
    """In one line where the heading takes two, with other blanks, with a page."""
    first, second = marks
    text = "\n".join([TITLE, "目录", *entries, "同志们：", A, first, "看清路", B, second, "迈开步", A])
    speech = parsed(text)
    assert len(speech.removed) == len(entries) + 1
    assert tree(speech) == [(1, first, "看清路"), (1, second, "迈开步")]
