"""Notices, advertisements and the frame of web pages."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, TITLE, A, B, speech_of, tree


@pytest.mark.parametrize(
    "line",
    [
        "听雨文稿整理，咨询QQ100200300",
        "更多材料请加微信tingyu2020",
        "听雨文稿公众号：tingyu2020",
        "来源：http://www.example.com/a.html",
        "（责任编辑：方川）",
        "上一篇：无",
        "【打印】【关闭】",
        "分享到：",
        "资料来源：渠水网",
        "编辑：小川 审核：大山",
        "抄送：县委各常委，县政府各副县长。",
        "县委办公室 2025年3月18日印发",
        "（共印80份）",
        "声明：本文来源于网络，版权归原作者所有",
        "（完）",
    ],
)
def test_lines_behind_the_speech(line: str) -> None:
    speech = speech_of(*HEAD, "一、看清路", B, "二、迈开步", A, line)
    assert speech.removed == (line,)
    assert [text for _, _, text in tree(speech)] == ["看清路", "迈开步"]


def test_a_name_from_the_notices_goes_wherever_it_comes_again_and_entries_of_contents_stay() -> None:
    speech = speech_of(
        *(
            "听雨文稿",
            "每日更新 持续分享",
            *HEAD,
            "听雨文稿",
            "一、看清路",
            B,
            "听雨文稿",
            "二、迈开步",
            A,
            "听雨文稿",
        )
    )
    assert speech.removed == ("听雨文稿", "每日更新 持续分享", "听雨文稿", "听雨文稿", "听雨文稿")
    entries = ("一、看清脚下的每一段路", "二、迈开自己的每一步子")
    speech = speech_of(TITLE, "目录", *entries, "同志们：", A, entries[0], B, entries[1], A)
    assert speech.removed == ("目录", *entries)
    assert [mark + text for _, mark, text in tree(speech)] == list(entries)


def test_advertisements_and_running_titles_inside() -> None:
    speech = speech_of(
        *HEAD, "一、看清路", B, "听雨文稿公众号：tingyu2020", A, TITLE, "- 2 -", "二、迈开步", B
    )
    assert speech.removed == ("听雨文稿公众号：tingyu2020", TITLE, "- 2 -")
    assert [text for _, _, text in tree(speech)] == ["看清路", "迈开步"]
