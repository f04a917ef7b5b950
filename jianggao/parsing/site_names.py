"""Recognises the names that a site puts above a text: of the site, of the office that runs it, of its columns.

All examples in the comments are made up.
"""

from __future__ import annotations

import re

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


# 首页走近渠水产品展示资讯频道联系我们: a PDF of a page loses the blanks of its menu
_MENU = (
    r"(?:网站|返回)?首页|(?:新闻|产品|服务|资讯|信息|客户|会员|下载|学术|党建|工会|招标|采购|案例|活动|图片|视频|教学|科研|招生)"
    r"(?:中心|动态|公告|资讯|展示|专区|专栏|园地|频道|公开|工作|之窗|之家)|(?:联系|关于|走进|走近|加入)我们|人才招聘|招贤纳士|企业文化|公司简介"
    r"|通知公告|政务公开|领导讲话|学校概况|公司概况|集团概况|校园文化|招生就业|院系设置|机构设置|互动交流|办事服务|解决方案|社会责任"
    r"|成功案例|荣誉资质|在线留言|投资者关系|投资者|技术支持|董事长寄语"
)
_ENTRY = re.compile(_MENU)
_GLUED = re.compile(r"[一-鿿A-Za-z]{10,60}")
_FEWEST_ENTRIES = 3


def is_site_name(line: str) -> bool:
    """Returns whether the line is the name of a site (渠水县政府网), of one of its columns (新闻中心), or the row of them
    that a page shows, with its blanks lost."""
    if _is_glued_menu(line):
        return True
    return len(line) <= _LONGEST and (line in _COLUMNS or bool(_SITE.fullmatch(line)))


def _is_glued_menu(line: str) -> bool:
    """Returns whether a line without blanks is mostly entries of a page's menu, one after another."""
    if not _GLUED.fullmatch(line):
        return False
    entries = _ENTRY.findall(line)
    # 首页 opens a menu; without it every entry must be known.
    known = sum(map(len, entries))
    begins = line.startswith(("首页", "网站首页", "返回首页"))
    return len(entries) >= _FEWEST_ENTRIES and (2 * known > len(line) if begins else known == len(line))


def is_office_name(line: str) -> bool:
    """Returns whether the line is the name of an office, which a site has above its pages: 渠水县教育局."""
    return len(line) <= _LONGEST and bool(_OFFICE.fullmatch(line))
