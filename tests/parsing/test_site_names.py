"""The names of sites, of their columns, and of the offices that run them."""

from __future__ import annotations

import pytest
from parsed_texts import A, parsed, speech_of

from jianggao.parsing.site_names import is_office_name, is_site_name
from jianggao.parsing.text_end import WEB

SPEECH = "在渠首开闸仪式上的讲话"


@pytest.mark.parametrize(
    "line", ["柳湾县人民政府门户网站", "柳湾政务网 - 领导讲话", "首页-柳湾镇", "镇情", "新闻中心"]
)
def test_sites_and_their_columns(line: str) -> None:
    assert is_site_name(line)
    speech = speech_of(line, SPEECH, "同志们：", A)
    assert speech.title == SPEECH
    assert (speech.removed, speech.removed_because) == ((line,), (WEB,))


@pytest.mark.parametrize("line", ["让账本走到墙上", "网在水里，鱼在心里", SPEECH, "柳湾县教育局", ""])
def test_what_is_no_site(line: str) -> None:
    assert not is_site_name(line)


def test_an_office_above_a_speech_at_a_meeting_is_no_part_of_its_title() -> None:
    assert is_office_name("柳湾县教育局")
    assert not is_office_name("让账本走到墙上")
    speech = speech_of("柳湾县教育局", "在开学典礼上的讲话", "同学们：", A)
    assert (speech.title, speech.occasion) == ("在开学典礼上的讲话", "柳湾县教育局")


def test_an_office_that_reports_belongs_to_the_title() -> None:
    speech = speech_of("柳湾县人民政府", "关于路灯管护情况的报告", "各位代表：", A)
    assert speech.title == "柳湾县人民政府关于路灯管护情况的报告"


def test_a_column_alone_stays_the_title() -> None:
    assert parsed("专题\n同志们：\n" + A).title == "专题"


@pytest.mark.parametrize(
    "line",
    [
        "首页走近渠水案例展示资讯频道招贤纳士联系我们",
        "网站首页学校概况校园文化招生就业",
        "新闻中心通知公告联系我们",
    ],
)
def test_a_menu_without_its_blanks_is_no_title(line: str) -> None:
    assert is_site_name(line)
    speech = speech_of(line, "把螺丝拧到底", "——在建厂三十周年大会上的讲话", "各位工友：", A)
    assert (speech.title, speech.removed) == ("把螺丝拧到底", (line,))


@pytest.mark.parametrize(
    "line", ["办好校园文化", "首页上的头条新闻要让群众来写", "领导讲话", "在产品中心新闻发布会上的讲话"]
)
def test_what_is_no_menu(line: str) -> None:
    assert not is_site_name(line) or line == "领导讲话"
