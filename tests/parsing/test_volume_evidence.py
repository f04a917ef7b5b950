"""What the lines of a volume say on whether a speech has ended."""

from __future__ import annotations

import pytest

from jianggao.parsing.lines import source_lines
from jianggao.parsing.volume_evidence import (
    VolumeEvidence,
    VolumeText,
    is_furniture,
    letters_of_prose,
)

LINE = "水不等人，夜里值班的要醒着，手机要响着。"


def before(*above: str) -> tuple[int, bool] | None:
    lines = source_lines("\n".join(["在防汛会上的讲话", LINE, *above, "在抗旱会上的讲话"]))
    return VolumeEvidence(VolumeText(lines)).before(len(lines) - 1)


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ((LINE,), (0, False)),
        (("谢谢大家。",), (2, True)),
        (("（完）",), (2, True)),
        ((LINE, "=========="), (3, False)),
        ((LINE, "* * *"), (2, False)),
        ((LINE, "", ""), (1, False)),
        ((LINE, "方大川", "2024年6月2日"), (0, False)),
        (("去年我们定下的三条规矩",), (-2, False)),
        (("我把老支书的稿子念一遍：",), None),
        (("讲话全文如下。",), None),
        (("附件1",), None),
    ],
)
def test_how_a_speech_ends(above: tuple[str, ...], expected: tuple[int, bool] | None) -> None:
    assert before(*above) == expected


def test_prose_is_what_a_speech_says() -> None:
    assert letters_of_prose(LINE) == len(LINE)
    assert letters_of_prose("备好沙袋") == 0 and letters_of_prose("谢谢大家。") == 0
    assert letters_of_prose("内部资料，未经许可不得转载，咨询QQ：10002000。") == 0
    assert letters_of_prose("编者按：" + LINE) == 0


def test_page_breaks_count() -> None:
    lines = source_lines(f"在防汛会上的讲话\n{LINE}\n在抗旱会上的讲话\n{LINE}")
    evidence = VolumeEvidence(VolumeText(lines, pages=frozenset({2})))
    assert evidence.before(2) == (1, False) and evidence.prose(1, 2) == len(LINE)


def test_lines_that_head_several_speeches_are_no_text() -> None:
    assert before(LINE, "第二辑") == (0, False)


def test_a_vendors_lines_part_two_speeches() -> None:
    notice = "内部资料，未经许可不得转载，咨询QQ：10002000。"
    assert is_furniture(notice) and not is_furniture(LINE)
    assert before(LINE, notice) == (2, False)
    lines = source_lines(f"在防汛会上的讲话\n{LINE}\n{notice}\n在抗旱会上的讲话\n{LINE}")
    assert VolumeEvidence(VolumeText(lines)).behind_furniture(3) == 2
