"""Notices, advertisements and the frame of web pages."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, TITLE, A, B, speech_of, tree

from jianggao.parsing.page_layout import (
    is_bare_number,
    is_bulletin_name,
    is_bulletins_office,
    is_contents_line,
    is_imprint,
    is_issue_number,
    is_layout,
    is_masthead,
    layout_reason,
)
from jianggao.parsing.web_furniture import is_web_line


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


# --- one line at a time -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "— 3 —",
        "- 3 -",
        "第 3 页 共 9 页",
        "3/9",
        "* * *",
        "——————",
        "──────",
        "━━━━",
        "★",
        "（完）",
        "全文完",
        "THE END",
    ],
)
def test_layout(line: str) -> None:
    assert is_layout(line)


@pytest.mark.parametrize("line", ["3", "第三页讲的是渠", "完成了", "3月18日", "一"])
def test_what_is_no_layout(line: str) -> None:
    assert not is_layout(line)


@pytest.mark.parametrize("line", ["1", "42", "999"])
def test_bare_numbers(line: str) -> None:
    assert is_bare_number(line)
    assert not is_bare_number(line + "个村")
    assert not is_bare_number("1000")


@pytest.mark.parametrize(
    "line",
    [
        "来源：渠水网",
        "（责任编辑：方川）",
        "发布时间：2025-03-18 来源：渠水网 浏览：12",
        "您的位置：首页",
        "首页 > 讲话 > 正文",
        "【打印】【关闭】",
        "大 中 小",
    ],
)
def test_lines_of_web_pages(line: str) -> None:
    assert is_web_line(line)
    assert not is_web_line(line + "，" + "渠" * 90)


@pytest.mark.parametrize("line", ["水的来源：雪山", "打印室的灯亮了一夜", "审核要严", "", "（）"])
def test_lines_that_only_look_like_those_of_web_pages(line: str) -> None:
    assert not is_web_line(line)


@pytest.mark.parametrize(
    "line", ["第12期（总第80期）", "县委办公室编 2025年3月18日印", "会议材料之三", "机密★一年", "讨论稿"]
)
def test_mastheads(line: str) -> None:
    assert is_masthead(line)


@pytest.mark.parametrize("line", ["在县委办公室的讲话", "第十二次会议", "秘密在人心里"])
def test_titles_are_no_mastheads(line: str) -> None:
    assert not is_masthead(line)


@pytest.mark.parametrize(
    "line", ["抄送：县委各常委", "县委办公室 2025年3月18日印发", "（共印80份）", "县政府办公室秘书科印制"]
)
def test_imprints(line: str) -> None:
    assert is_imprint(line)
    assert not is_imprint("我把账本" + line + "的事说一说")


def test_entries_of_contents_end_with_a_page() -> None:
    assert is_contents_line("一、看清路………………1")
    assert is_contents_line("二、迈开步    5")
    assert is_contents_line("目　录")
    assert not is_contents_line("渠长5")
    assert not is_contents_line("路" * 290 + "…………… 12")


def test_the_masthead_of_a_bulletin_goes_and_its_day_counts_behind_that_of_the_speech() -> None:
    masthead = ("柳湾县水利局情况通报", "第14期", "柳湾县水利局办公室编　　　2021年6月30日")
    speech = speech_of(*masthead, TITLE, "（2021年6月28日）", "同志们：", A)
    assert (speech.title, len(speech.removed), str(speech.date)) == (TITLE, 3, "2021-06-28")
    undated = speech_of(*masthead, TITLE, "同志们：", A)
    assert (undated.title, str(undated.date)) == (TITLE, "2021-06-30")


def test_a_title_that_ends_as_bulletins_do_stays() -> None:
    assert not is_issue_number("第14期培训班开班")
    assert not is_bulletins_office("水利局要把渠修好")
    assert is_bulletin_name("关于渠水的情况通报")
    assert speech_of("关于渠水的情况通报", "同志们：", A).title == "关于渠水的情况通报"


@pytest.mark.parametrize("line", ["夜校讲话集　·13·", "— 13 —  夜校讲话集"])
def test_running_heads(line: str) -> None:
    speech = speech_of(line, TITLE, "同志们：", A)
    assert (speech.title, speech.removed_because) == (TITLE, ("页眉",))


def test_an_account_above_the_minute_of_a_page() -> None:
    speech = speech_of("渠水星球", "2024-03-02 07:30", TITLE, "同志们：", A)
    assert (speech.title, speech.removed, str(speech.date)) == (
        TITLE,
        ("渠水星球", "2024-03-02 07:30"),
        "2024-03-02",
    )


@pytest.mark.parametrize(
    "line",
    [
        "第3页（共9页）",
        "第 3 页，共 9 页",
        "- 第3页 -",
        "共9页 第3页",
        "（共9页，第3页）",
        "页码：3/9",
        "~~~END~~~",
        "*** END ***",
        "▲ 完 ▲",
        "（本文完）",
        "【正文结束】",
        "—— 全文完 ——",
    ],
)
def test_page_counters_and_end_marks_go_from_the_foot(line: str) -> None:
    assert is_layout(line)
    speech = speech_of(TITLE, "同志们：", A, B, line)
    assert line in speech.removed
    assert speech.text.rstrip().endswith(B)


@pytest.mark.parametrize(
    "line",
    [
        "第1页（共9页）记的是旧账",
        "第1页，请大家翻开",
        "第一页",
        "共9页的账，一页也不能少",
        "渠，今年修完",
        "本文完稿于渠边",
        "结束语",
        "工程完 ▲",
    ],
)
def test_lines_of_a_speech_that_look_like_page_counters_and_end_marks_stay(line: str) -> None:
    assert not is_layout(line)
    for lines in ((TITLE, "同志们：", A, B, line), (TITLE, "同志们：", A, line, B)):
        assert line in speech_of(*lines).text


@pytest.mark.parametrize("line", ["……", "………………", "...", "。"])
def test_dots_alone_are_what_is_left_out(line: str) -> None:
    assert layout_reason(line) == ""
    assert layout_reason("* * *") == "分隔线"


@pytest.mark.parametrize(
    "line",
    [
        "扫描全能王 创建",
        "由扫描全能王扫描创建",
        "扫描全能王创建 - 3 -",
        "- 12 - CS扫描全能王 创建",
        "CamScanner",
        "Scanned by CamScanner",
        "Scanned with OKEN Scanner",
        "扫描全能王 5亿人都在用的扫描App",
        "5亿人都在用的扫描App",
        "夸克扫描王",
        "夸克扫描王 极速扫描，就是高效",
        "由WPS扫描生成",
        "布丁扫描",
        "本文档由 万能扫描王 识别",
        "由白描识别",
    ],
)
def test_a_stamp_of_a_scanning_program_is_no_line_of_a_speech(line: str) -> None:
    assert layout_reason(line) == "扫描软件的标记"
    speech = speech_of(*HEAD, "一、看清路", B[:25], line, B[25:], "二、迈开步", A, line)
    assert speech.removed == (line, line) and B in speech.text


@pytest.mark.parametrize(
    "line",
    [
        "扫描全能王把旧账本一页一页收进了手机",
        "我用扫描全能王，是老周教的。",
        "白描",
        "扫描",
        "由小组扫描",
        "三亿人都在用的渠",
        "一页一页扫描，一条一条核对",
        "The pages were scanned by hand.",
    ],
)
def test_a_line_that_speaks_of_scanning_is_no_stamp(line: str) -> None:
    assert not is_layout(line)
