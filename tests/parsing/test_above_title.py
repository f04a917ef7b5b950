"""Which lines above the title of a speech are neither a theme nor a part of it."""

from __future__ import annotations

import pytest
from parsed_texts import TITLE, A, speech_of

from jianggao.parsing.above_title import is_no_theme, looks_like_no_theme, names_a_meeting

WHOLE = "在柳湾县水利冬修动员会上的讲话"


@pytest.mark.parametrize(
    "line",
    [
        *("★听雨说稿★", "☆☆ 好稿天天有 ☆☆", "◆渠边夜话◆", "◎听雨文库◎", "【精选】【首发】", "【渠边夜话】"),
        *("tingyu2020", "TYW-2025", "水往低处流。", "谨以此文献给柳湾的老渠工"),
        *("听雨书社 专注公文写作", "一手资料 · 独家首发", "全网首发 翻印必究", "听雨说稿出品"),
        *("《渠边夜话》第57期", "“渠首讲坛”第四讲", "渠首书院 · 乡贤讲坛", "柳湾大讲堂第四讲"),
        *("柳湾县领导讲话", "柳湾县委五届二次全会文件（4）", "会议发言材料（二）", "主题教育专题学习材料"),
        *(
            "柳湾县委宣讲团宣讲提纲",
            "领导讲话一篇",
            "柳湾县2025年度水利系列会议",
            "渠首读书会",
            "公文写作培训班",
        ),
        *("渠首书院", "柳湾融媒体中心", "中共柳湾县委组织部"),
    ],
)
def test_they_stay_above_the_title(line: str) -> None:
    assert is_no_theme(line, WHOLE)
    speech = speech_of(line, WHOLE, "同志们：", A)
    assert speech.title == WHOLE
    assert line in (speech.occasion, *speech.removed)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "让每条渠都有人管",
            "固本强基，久久为功",
            "在学习中进步，在实践中成长",
            "人人都是护渠员",
            "把AI请进田里",
        ),
        *(
            "让信用走进每个村",
            "守好5G时代的门",
            "奋战100天",
            "讲文明 树新风 促和谐",
            "《渠边的灯》",
            "开好民主生活会",
        ),
        *("打好开学第一讲", "办好家门口的学校", "学习贯彻全会精神"),
    ],
)
def test_a_theme_is_the_title(line: str) -> None:
    assert not is_no_theme(line, WHOLE)
    speech = speech_of(line, WHOLE, "同志们：", A)
    assert (speech.title, speech.occasion) == (line.strip("《》"), WHOLE)


def test_an_organisation_that_reports_and_a_comrade_are_part_of_the_title() -> None:
    report = "关于水利冬修情况的报告"
    assert not is_no_theme("渠首书院", report)
    assert speech_of("柳湾县人民政府", report, "各位代表：", A).title == "柳湾县人民政府" + report
    assert speech_of("方大川同志", WHOLE, "同志们：", A).title == "方大川同志" + WHOLE


def test_what_goes_on_is_one_title() -> None:
    two = ("在全县水利冬修会议和", "在全县渠道管护会议上的讲话")
    assert speech_of(*two, "同志们：", A).title == "".join(two)
    two = ("关于推进ERP2025", "项目建设情况的报告")
    assert speech_of(*two, "同志们：", A).title == "".join(two)


def test_the_meeting_counts_where_the_speech_does_not_name_it() -> None:
    assert names_a_meeting(WHOLE)
    assert not names_a_meeting("在会上的讲话")
    assert not is_no_theme("柳湾县水利冬修动员会", "在会上的讲话")


def test_stars_are_no_theme_whatever_the_title_begins_with() -> None:
    assert looks_like_no_theme("★听雨说稿★")
    speech = speech_of("★听雨说稿★", "柳湾县水利冬修工作会上的讲话", "同志们：", A)
    assert (speech.title, speech.occasion) == ("柳湾县水利冬修工作会上的讲话", "★听雨说稿★")


def test_an_account_that_is_named_twice_above_its_minute_is_no_title() -> None:
    account = ("听雨说稿", "听雨说稿", "2025-03-18 08:00 云南")
    speech = speech_of(*account, "渠水长流", "同志们：", A)
    assert (speech.title, speech.occasion) == ("渠水长流", "\n".join(account))
    assert speech_of(*account, "方大川", "同志们：", A).title == "听雨说稿"


def test_whole_titles_are_never_no_theme() -> None:
    assert not is_no_theme(TITLE, WHOLE)


def test_a_subtitle_has_its_title_above_it() -> None:
    for theme in ("【让路灯亮到村口】", "一盏灯，照亮一条路。"):
        speech = speech_of(theme, "——" + WHOLE, "同志们：", A)
        assert (speech.title, speech.occasion) == (theme.strip("【】"), "——" + WHOLE)
    speech = speech_of("★听雨说稿★", "让路灯亮到村口", "——" + WHOLE, "同志们：", A)
    assert (speech.title, speech.occasion) == ("让路灯亮到村口", "★听雨说稿★\n——" + WHOLE)
