"""Recognises the names that a site puts above a text: of the site, of the office that runs it, of its columns.

All examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.menu_rows import is_glued_menu

_LONGEST = 40
_COLUMN_NAMES = (
    "首页 镇情 乡情 县情 市情 区情 村情 校情 镇情概况 县情概况 概况 新闻 要闻 新闻中心 新闻动态 新闻频道 资讯 "
    "资讯中心 动态 工作动态 时政要闻 政务 政务公开 政务动态 信息公开 公告 通知公告 公示公告 领导讲话 "
    "讲话 领导活动 讲话发言 重要讲话 领导之窗 领导信箱 互动交流 办事服务 机构设置 机构概况 党建 党建工作 "
    "专题专栏 专题 理论学习 媒体报道 学校概况 校园新闻 校园动态 走进我们 关于我们 公司新闻 企业动态 "
    "企业文化 正文 网站首页 导航 文章 文章内容 详情 内容详情"
)
_COLUMNS = frozenset(_COLUMN_NAMES.split())
_SITE = re.compile(
    r"[一-鿿A-Za-z0-9·]{2,24}"
    r"(?:门户网站?|政府网站?|官方网站|官网|信息网|新闻网|文明网|党建网|教育网|先锋网|在线|信息港|政务网)"
    r"(?:[\s_|｜—–-]{1,4}[一-鿿]{2,12}){0,3}"
    r"|首页\s?[-_|｜—–]{1,2}\s?[一-鿿A-Za-z0-9]{2,24}|[一-鿿A-Za-z0-9]{2,24}\s?[-_|｜—–]{1,2}\s?首页"
)
_OFFICE = re.compile(
    r"(?:中共)?[一-鿿]{1,12}[省市县区州旗乡镇村][一-鿿]{0,10}"
    r"(?:局|委员会|人民政府|政府|办公室|厅|中学|小学|学校|医院|中心|公司|协会)"
)


def is_site_name(line: str) -> bool:
    """Returns whether the line is the name of a site (渠水县政府网), of one of its columns (新闻中心), or the row of them
    that a page shows, with its blanks lost."""
    if is_glued_menu(line):
        return True
    return len(line) <= _LONGEST and (line in _COLUMNS or bool(_SITE.fullmatch(line)))


def is_office_name(line: str) -> bool:
    """Returns whether the line is the name of an office, which a site has above its pages: 渠水县教育局."""
    return len(line) <= _LONGEST and bool(_OFFICE.fullmatch(line))
