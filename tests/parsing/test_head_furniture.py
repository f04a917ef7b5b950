"""What vendors and pages put beside the title of a text."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, parsed, speech_of

from jianggao.parsing.head_furniture import (
    is_head_furniture,
    is_saved_at,
    names_nobody,
    original_accounts,
)
from jianggao.parsing.text_end import WEB

THEME = "让每条渠都有人管"
FURNITURE = (
    "解压密码：tingyu99",
    "网盘提取码：ab12",
    "【资料密码：3456】",
    "微信公众号 听雨说稿",
    "听雨说稿 公众号",
    "公众号｜听雨说稿",
    "微信搜索：听雨说稿",
    "付费文档 12元",
    "下载积分：8分",
    "热心网友上传",
    "来自互联网，仅供参考",
    "【2025年3月最新】",
    "文档来源：用户投稿",
    "文档格式：pdf",
    "人气：230",
    "NO.57",
    "本文档共5页",
    "1万+字，建议收藏",
    "听雨在线 > 演讲稿",
    "听雨网 > 柳湾专栏",
    "首页 演讲稿 工作总结 党课",
    "讲话稿 | 在线浏览",
)


@pytest.mark.parametrize("line", FURNITURE)
@pytest.mark.parametrize("title", [TITLE, THEME])
def test_it_goes_from_above_the_title(line: str, title: str) -> None:
    assert is_head_furniture(line)
    speech = speech_of(line, title, "同志们：", A)
    assert (speech.title, speech.occasion) == (title, "")
    assert speech.removed == (line,)


@pytest.mark.parametrize(
    "line",
    [
        *(TITLE, THEME, "实干 > 空谈", "守住密码", "密码在哪里：在人心", "人气从哪里来", "网友来信", ""),
        *("公众号 新阵地", "下载一份清单", "来自网络的力量", "本文共三部分", "2025年3月", "讲话 致辞"),
    ],
)
def test_what_is_none(line: str) -> None:
    assert not is_head_furniture(line)


def test_it_goes_from_below_a_theme_whose_subtitle_stays_one() -> None:
    speech = speech_of(THEME, "人气：230", "——" + TITLE, "同志们：", A)
    assert (speech.title, speech.occasion) == (THEME, "——" + TITLE)
    assert (speech.removed, speech.removed_because) == (("人气：230",), (WEB,))


def test_a_breadcrumb_alone_is_no_title() -> None:
    speech = parsed("听雨在线 > 演讲稿\n方大川\n同志们：\n" + A)
    assert speech.removed == ("听雨在线 > 演讲稿",) and speech.problems


@pytest.mark.parametrize(
    "line",
    ["下载于2025年3月18日", "上传于2025-03-18", "本文打印于2025年3月18日", "下载时间：2025-03-18 10:20"],
)
@pytest.mark.parametrize("below", [True, False])
def test_the_day_of_a_copy_is_never_the_material_date(line: str, below: bool) -> None:
    assert is_saved_at(line)
    speech = speech_of(*((TITLE, line) if below else (line, TITLE)), "同志们：", A)
    assert (speech.title, speech.date) == (TITLE, None)
    assert (speech.removed, speech.removed_because) == ((line,), (WEB,))


@pytest.mark.parametrize("line", ["保存于县档案馆", "2025年3月18日", "发表于2025年3月18日", "下载于"])
def test_what_is_no_day_of_a_copy(line: str) -> None:
    assert not is_saved_at(line)


@pytest.mark.parametrize("line", ["作者：佚名", "作者：网络", "演讲者：未知"])
def test_nobody_is_the_speaker(line: str) -> None:
    assert names_nobody(line)
    speech = speech_of(TITLE, line, "同志们：", A)
    assert (speech.title, speech.speaker, speech.removed) == (TITLE, "", (line,))
    assert not names_nobody("作者：方大川")


def test_an_account_goes_where_the_page_names_it_behind_the_author() -> None:
    page = "原创 方川 渠边夜话 2025-03-18 08:00 云南"
    assert original_accounts([page, "原创 方川", THEME]) == {"渠边夜话"}
    speech = speech_of(page, THEME, "渠边夜话", "——" + TITLE, "同志们：", A)
    assert (speech.title, speech.occasion) == (THEME, "——" + TITLE)
    assert speech.removed == (page, "渠边夜话")
