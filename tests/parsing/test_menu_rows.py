"""The rows of sites' menus, and lines that begin with the same word."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, TITLE, A, B, speech_of

from jianggao.parsing.menu_rows import is_menu_row

MENUS = [
    "首页 关于渠水 产品中心 新闻动态 人才招聘 联系我们",
    "首页关于渠水产品中心新闻动态人才招聘联系我们",
    "网站首页　学校概况　院系设置　招生就业　校友之家　English",
    "首页 | 医院概况 | 科室介绍 | 专家介绍 | 就医指南",
    "官网首页 走进渠水 业务领域 水渠商城 社会责任 联系我们",
    "首页集团概况新闻中心业务板块党的建设",
]


@pytest.mark.parametrize("line", MENUS)
def test_a_menu_above_the_title_is_none(line: str) -> None:
    assert is_menu_row(line)
    speech = speech_of(line, *HEAD, "一、看清路", B, "二、迈开步", A)
    assert (speech.title, speech.removed) == (TITLE, (line.replace("\u3000", " "),))


@pytest.mark.parametrize(
    "line",
    [
        "首页",
        "首页的渠水图",
        "首页 关于渠水",
        "关于渠水 产品中心 新闻动态",  # a table of a speech about a site may have such a row
        "首页要改，关于渠水的栏目要改，新闻中心也要改",
        "首页 渠 水 田 人 联系我们 公司简介 新闻中心 山 石 路 桥",
        "首页关于渠水产品中心新闻动态都要改",
    ],
)
def test_other_lines_are_no_menu(line: str) -> None:
    assert not is_menu_row(line)
