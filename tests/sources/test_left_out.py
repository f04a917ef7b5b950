"""Each sentence that is left out is told; the rest is summed up."""

from __future__ import annotations

from jianggao.sources.left_out import FRAME, LeftOut, told


def test_lines_of_one_menu_are_one_and_sentences_stand_alone() -> None:
    lines = [
        *(LeftOut(0, name, FRAME, block=1) for name in ("首页", "要闻")),
        LeftOut(0, "渠水清。", FRAME, is_whole=True),
        LeftOut(0, "副刊", FRAME, block=2),
        LeftOut(3, "版权", FRAME, block=2),
    ]
    assert [line.text for line in told(lines)] == ["首页 要闻", "渠水清。", "副刊", "版权"]


def test_no_page_tells_without_end() -> None:
    found = told(LeftOut(at, f"渠{at}", FRAME) for at in range(1_000))
    assert len(found) == 300 and found[-1].text == "……（另有 701 处）"
