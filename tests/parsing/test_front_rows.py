"""Lines above the body that hold several things."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A

from jianggao.parsing.front_rows import set_apart, split_label
from jianggao.parsing.lines import Lines, source_lines


def kept_of(*lines: str) -> Lines:
    return Lines.of(source_lines("\n".join(lines)), [])


@pytest.mark.parametrize(
    ("lines", "kept", "titles"),
    [
        (["标题：让路灯亮到村口", A], ["让路灯亮到村口", A], [0]),
        (["【标题】", "让路灯亮到村口", "【正文】", A], ["让路灯亮到村口", A], [0]),
        (["正文：" + A], [A], []),
        (
            ["题目：让路灯亮到村口 | 作者：方大川 | 来源：渠水网", A],
            ["让路灯亮到村口", "作者：方大川", "来源：渠水网", A],
            [0],
        ),
        (["来源：渠水网 时间：2025-03-18", A], ["来源：渠水网 时间：2025-03-18", A], []),
        ([TITLE + "（2025年3月18日）", A], [TITLE, "（2025年3月18日）", A], []),
        ([TITLE + " 2025年3月18日", A], [TITLE, "2025年3月18日", A], []),
        (["（2025年3月18日）" + TITLE, A], ["（2025年3月18日）", TITLE, A], []),
        ([TITLE + "（方大川）", A], [TITLE, "（方大川）", A], []),
        (["方大川（2025年3月18日）", A], ["方大川（2025年3月18日）", A], []),
        (["让路灯亮到村口——", "在推进会上的讲话", A], ["让路灯亮到村口", "——在推进会上的讲话", A], []),
        (["— 3 —", TITLE, A], ["— 3 —", TITLE, A], []),
        ([TITLE, "同志们：", "标题：渠水"], [TITLE, "同志们：", "标题：渠水"], []),
        ([TITLE, A, "标题：渠水"], [TITLE, A, "标题：渠水"], []),
        (["标题：", "正文："], ["标题：", "正文："], []),
    ],
)
def test_what_is_set_apart(lines: list[str], kept: list[str], titles: list[int]) -> None:
    source = kept_of(*lines)
    assert set_apart(source) == titles
    assert source.kept == kept
    # Nothing is lost: labels and the signs between entries are removed lines.
    letters = "".join([*source.kept, *(line for _, line, *_ in source.removed)])
    assert sorted(letters.replace(" ", "")) == sorted("".join(lines).replace(" ", ""))


def test_a_label_is_split_off() -> None:
    lines = kept_of("主题：让路灯亮到村口", A)
    split_label(lines, 0)
    assert lines.kept == ["让路灯亮到村口", A]
    assert [line for _, line, *_ in lines.removed] == ["主题："]
    split_label(lines, 1)
    assert lines.kept == ["让路灯亮到村口", A]
