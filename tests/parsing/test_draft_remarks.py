"""Remarks on a draft: they stay and are told. What says how a speech went is none."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, TITLE, A, B, speech_of

from jianggao.parsing.draft_remarks import is_draft_remark, remarks_inside

REMARKS = (
    "【编注：水量待核】",
    "【此处播放短片】",
    "【此处请镇里再核一下数字】",
    "（小周注：去年的数没有找到）",
    "【灌溉面积以水利局五月底口径为准】",
    "〔修改意见：这一段太长，建议压缩。——方〕",
    "（这里停一停，等掌声）",
    "批注[方1]：此句太硬",
    "批注 [罗2]: 换个说法",
    "待办：1.核数 2.送审",
    "[TODO：补去年数据]",
    "（请农业局补充今年的面积）",
    "【数据待补】",
    "（方大川批注：这句不要）",
    "【该段是否保留，请书记定】",
    "【案例需替换】",
    "修改说明：第二段合并",
)


@pytest.mark.parametrize("line", REMARKS)
def test_remarks_stay_and_are_told(line: str) -> None:
    assert is_draft_remark(line)
    for lines in ((*HEAD, line, B, "谢谢大家！"), (*HEAD, B, "谢谢大家！", line)):
        speech = speech_of(*lines)
        assert line in speech.doubtful
        assert line in speech.text.split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "【掌声】",
        "（热烈鼓掌）",
        "（全场起立，长时间鼓掌）",
        "（播放短片）",
        "（此处鼓掌）",
        "（注：以上数字截至五月底）",
        "（请审议）",
        "（请大家看大屏幕）",
        "（这里要感谢老书记）",
        "【关注：路灯】",
        "（一）渠水",
        "【核心观点】",
        "（根据录音整理，未经本人审阅）",
        "（具体名单以县委文件为准）",
        "意见：要听得进",
        "批评：要经得住",
        "留言：我把话留在这里。",
        A,
    ],
)
def test_what_is_no_remark(line: str) -> None:
    assert not is_draft_remark(line)
    assert remarks_inside([f"渠修好了{line}水就来了。"]) == []
    assert line not in speech_of(*HEAD, line, B).doubtful


def test_the_registrys_row_at_the_end_is_told() -> None:
    row = "拟稿：周文 核稿：罗小满 2025.7.2"
    speech = speech_of(*HEAD, B, "谢谢大家！", row)
    assert speech.doubtful == (row,)
    assert speech.removed == ()


def test_remarks_above_the_salutation_are_told() -> None:
    line = "【此处请办公室补会议名称】"
    speech = speech_of(TITLE, line, "同志们：", A)
    assert (speech.title, speech.occasion, speech.doubtful) == (TITLE, line, (line,))


def test_remarks_within_a_paragraph_are_a_problem_that_is_told() -> None:
    lines = ("水量去年翻了一番。【此处请水利局再核】" + A, B + "（小周注：去年的数没有找到）")
    speech = speech_of(*HEAD, *lines)
    assert remarks_inside(lines) == ["【此处请水利局再核】", "（小周注：去年的数没有找到）"]
    assert speech.doubtful == ()
    assert speech.problems == (
        "段落里有像改稿批注的话：【此处请水利局再核】 等 2 处，没有去掉。不该念的请在源文件里删掉",
    )
