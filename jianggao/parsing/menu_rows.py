"""Recognises the row of a site's menu, with blanks between its words or without: 首页 关于渠水 产品中心 联系我们.

Sites of companies, schools, hospitals and authorities print it above every page. All examples in the comments are
made up.
"""

from __future__ import annotations

import re

_WORD_NAMES = (
    # companies
    "关于我们 关于本站 公司简介 公司概况 公司介绍 企业简介 企业概况 集团概况 集团简介 "
    "走进集团 公司新闻 企业新闻 集团新闻 集团要闻 企业文化 品牌文化 公司文化 产品中心 "
    "产品展示 产品介绍 产品与服务 产品服务 业务领域 业务板块 主营业务 产业布局 解决方案 "
    "成功案例 案例展示 工程案例 经典案例 客户案例 服务支持 技术支持 技术服务 客户服务 "
    "服务中心 售后服务 下载中心 资料下载 投资者关系 社会责任 人才招聘 人力资源 人才发展 "
    "加入我们 招贤纳士 诚聘英才 招商加盟 合作伙伴 合作加盟 在线留言 留言反馈 联系我们 "
    "联系方式 荣誉资质 资质荣誉 发展历程 党群工作 党建工作 党建之窗 党的建设 党群园地 "
    "科技创新 "
    # news and authorities
    "新闻中心 新闻动态 新闻资讯 新闻公告 行业动态 行业资讯 媒体报道 媒体聚焦 通知公告 "
    "公示公告 信息公开 政务公开 政务服务 政府信息公开 互动交流 政民互动 办事服务 网上办事 "
    "在线服务 公众参与 专题专栏 专题报道 机构设置 机构职能 组织机构 政策法规 政策文件 "
    "工作动态 领导讲话 领导之窗 数据开放 走进我们 图片新闻 视频中心 文件下载 "
    # schools and hospitals
    "学校概况 学校简介 学院概况 学院简介 校园文化 校园新闻 校园风光 院系设置 "
    "教学科研 教育教学 人才培养 科学研究 学科建设 师资队伍 招生就业 招生信息 学生工作 "
    "学生园地 校友工作 校友之家 国际交流 合作交流 德育天地 教师风采 家校互动 医院概况 "
    "医院简介 科室介绍 专家介绍 就医指南 预约挂号 护理园地 健康科普 医院文化 会员服务 "
    "会员中心 协会概况 协会简介 网上商城 在线商城 网站地图 友情链接 English "
)
_WORDS = frozenset(_WORD_NAMES.split())
_HOME = r"(?:(?:网站|官网|返回)?首页|主页)"
_HOME_ALONE = re.compile(_HOME)
_ABOUT = re.compile(r"(?:关于|走进|认识)[一-鿿]{2,4}")
_BETWEEN = re.compile(r"[\s|｜·•/]+")
_GLUED = re.compile(rf"{_HOME}(?:(?:{'|'.join(sorted(_WORDS))})|(?:关于|走进)[一-鿿]{{2,4}}?){{3,14}}")
# 首页走近渠水产品展示资讯频道联系我们: a PDF of a page loses the blanks of its menu
_ENTRY = re.compile(
    r"(?:网站|返回)?首页|(?:新闻|产品|服务|资讯|信息|客户|会员|下载|学术|党建|工会|招标|采购|案例|活动|图片|视频|教学|科研|招生)"
    r"(?:中心|动态|公告|资讯|展示|专区|专栏|园地|频道|公开|工作|之窗|之家)|(?:联系|关于|走进|走近|加入)我们|人才招聘|招贤纳士|企业文化|公司简介"
    r"|通知公告|政务公开|领导讲话|学校概况|公司概况|集团概况|校园文化|招生就业|院系设置|机构设置|互动交流|办事服务|解决方案|社会责任"
    r"|成功案例|荣誉资质|在线留言|投资者关系|投资者|技术支持|董事长寄语"
)
_WITHOUT_BLANKS = re.compile(r"[一-鿿A-Za-z]{10,60}")
_LONGEST_ENTRY = 8
_LONGEST = 120
_FEWEST = 3


def is_menu_row(line: str) -> bool:
    """Returns whether the line is a site's menu: its home first, then at least three words that menus have."""
    if len(line) > _LONGEST:
        return False
    home, *entries = [entry for entry in _BETWEEN.split(line) if entry] or [""]
    if not entries:
        return bool(_GLUED.fullmatch(line))
    if not _HOME_ALONE.fullmatch(home) or any(len(entry) > _LONGEST_ENTRY for entry in entries):
        return False
    known = sum(entry in _WORDS or bool(_ABOUT.fullmatch(entry)) for entry in entries)
    return known >= _FEWEST and 2 * known >= len(entries)


def is_glued_menu(line: str) -> bool:
    """Returns whether a line of a text's head is mostly entries of a menu that has lost its blanks, where not all of
    its entries need be known. Elsewhere that says too little."""
    if not _WITHOUT_BLANKS.fullmatch(line):
        return False
    entries = _ENTRY.findall(line)
    # 首页 opens a menu; without it every entry must be known.
    known = sum(map(len, entries))
    begins = line.startswith(("首页", "网站首页", "返回首页"))
    return len(entries) >= _FEWEST and (2 * known > len(line) if begins else known == len(line))
