"""Recognises what blogs and small sites put around a text: the way to other pages, counters, licences, comments.

All examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.menu_rows import is_menu_row
from jianggao.text.simplified import simplified

_LONGEST = 120
_ARROWS = r"[«»‹›<>←→⇐⇒◀▶◁▷⬅➡◄►↑↓\s|｜·•—-]{0,6}"
_WAY = re.compile(
    rf"{_ARROWS}(?:[上下前后][一]?[篇章页]|较[新旧早晚]的?(?:文章|一篇)"
    r"|older posts?|newer posts?|previous(?: post)?|next(?: post)?|prev)"
    rf"(?:\s?[：:»›→>]|\s(?=\S{{2,40}}\s?[»›→>]|$)|{_ARROWS}$).{{0,70}}",
    re.IGNORECASE,
)
"""« 上一篇：渠水清, Next → 桥下有月."""
_BETWEEN_ARROWS = re.compile(r"[«‹←⇐]\s?[^«»‹›，。；]{2,60}\s?[»›→⇒]")
_OPERATOR = re.compile(
    r"(?:主办|承办|协办|维护|版权|联系)?(?:单位|地址|电话|所有)?\s?[：:]\s?[^：:。；]{2,40}[\s，,](?:(?:联系|通信|办公|单位)?(?:地址|电话|邮编|邮箱|传真|热线)"
    r"|邮政编码|Tel|备案号|技术支持|承办)\s?[：:].{2,80}",
    re.IGNORECASE,
)
"""主办：渠水镇政府 地址：渠边街1号 电话：…"""
_MADE_WITH = re.compile(
    r"(?:(?:proudly |本站)?(?:powered|hosted|designed|themed?|made|built|generated)\s?(?:by|with|on|[-–:：])\s?\S.{0,50}"
    r"|由\s?[A-Za-z][\w.\s]{1,20}(?:强力)?(?:驱动|搭建|生成|构建)|(?:本站)?主题\s?[-–:：]?\s?(?:采用|by|使用)?\s?[A-Z][\w.\s]{1,24}"
    r"|(?:站长统计|51\.?La|CNZZ|Google Analytics|不蒜子)(?:\s.{0,20})?|RSS订阅|sitemap)",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"(?:(?:本站|本文|全站|网站|本页面?)?(?:总|累计|今日)?(?:访问量|访客数?|访问人数|浏览量|阅读量|访问次数|点击量|字数(?:统计)?)"
    r"(?:共|为|约|统计)?\s?[:：]?\s?[\d,.]{1,12}\s?[万kK]?\+?\s?(?:人次|次|人|字|位)?"
    r"|(?:本文|本篇|本页|此文|该文|本文档|该文档)(?:已经?|共)?被?(?:累计)?(?:阅读|浏览|点击|访问|下载|查看)了?(?:过)?\s?[\d,.]{1,9}\s?万?\s?次"
    r"|您是(?:本站)?第\s?\d{1,12}\s?位(?:访客|访问者|来访者|浏览者)|(?:预计)?阅读(?:时长|时间)\s?[:：约≈]{0,2}\s?\d{1,4}\s?分钟?"
    r"|(?:全文|本文)?(?:共|约)\s?[\d,]{1,9}\s?(?:个)?字[，,]?\s?"
    r"(?:(?:预计)?(?:阅读|读完)(?:全文)?(?:时间|时长)?(?:大?约)?(?:需要?|为)?[:：]?\s?\d{1,4}\s?分钟)?)"
)
_COUNTED = re.compile(
    r"(?:阅读|浏览|点赞|赞|在看|分享|收藏|转发|评论|留言|喜欢|爱心)(?:量|数|次数)?[：:]?(?P<number>[\d.,]{1,9}[万wWkK千]?\+?)?"
)
_HOW_OFTEN = re.compile(r"[\d.,]{1,9}[万wWkK千]?\+?[次人条]?")
_FEWEST_COUNTED, _MOST_COUNTED = 2, 16
_LABEL = re.compile(
    r"(?:本文|文章|永久|原文|博文|页面)(?:标题|作者|链接|地址|网址|永久链接|出处)\s?[:：].{1,100}"
    r"|(?:文章)?(?:标签|分类|归类|归档|所属栏目|栏目|专栏"
    r"|tags?|categor(?:y|ies)|filed under|posted in)\s?[:：].{1,80}"
    r"|(?:本文|文章)?(?:最后|最近|上次)?(?:更新|修改|编辑)"
    r"(?:于|时间|日期)?\s?[:：]?\s?(?:19|20)\d\d\s?[-年./].{1,30}"
    r"|last (?:updated|modified)\s?(?:on|at|:)?\s?.{4,40}|(?:版权|许可|授权)(?:协议|方式|声明)\s?[:：].{1,100}",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"(?:本(?:文|站|博客|作品|页面)|除(?:非|特别|另有)|未经).{0,40}(?:CC[ -]BY|知识共享|许可协议"
    r"|署名.{0,20}许可|创作共用)"
    r".{0,60}"
    r"|©\s?.{1,80}|.{1,40}\s©\s?(?:19|20)\d\d.{0,40}|all rights reserved\.?"
    r"|(?:商业)?转载请(?:务必)?(?:注明|联系|标明|保留)(?:[^，,。]{0,40}(?:[。！!]|[，,](?:违者|谢谢|并|否则|如|未经|侵权|请|及).{0,30})?)"
    # 引用请注明出处，抄一句也不行。 can be a speaker's.
    r"|(?:转发|分享|引用|摘编)请(?:务必)?(?:注明|标明)(?:出处|来源|作者)(?:[及和、](?:出处|来源|作者|链接))?",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:共?\s?\d{1,6}\s?条?\s?(?:评论|留言|回复|comments?)|共?有?\s?\d{1,6}\s?人(?:评论|点评)|(?:评论|留言|comments?)\s?[（(]\s?\d{1,6}\s?[）)]"
    r"|(?:发表|添加|写)(?:评论|回复|留言)"
    r"|评论(?:已关闭|区)?|暂无(?:评论|留言)|(?:请)?登录后(?:才能|可以?|再)?(?:发表)?评论"
    r"|电子邮件地址不会被公开.{0,30}"
    r"|(?:leave a |no )comments?|取消回复|提交评论|沙发还空着.{0,10}|打赏(?:作者|本文)?"
    r"|赞赏(?:作者|本文)|\d{1,5}人已?打赏)",
    re.IGNORECASE,
)
# 上一页 1 2 下一页, 共3页：首页 上一页 1 下一页 尾页
_PAGE_LINK = re.compile(
    r"共\s?\d{1,3}\s?[页条篇]|第?\s?\d{1,3}\s?页?|首页|[末尾]页|[上下前后]一?页|GO|跳[转至到]|\.{3}|…|[\s：:，,|｜/«»<>‹›\[\]【】]",
    re.IGNORECASE,
)
_PAGE_STEP = re.compile(r"[上下]一?页")
# 本文共3页，当前第1页; （本页完，共1页）; 第1页（共3页）is a printed page's
_PAGES = re.compile(
    r"[（(【\[]?(?:本(?:文|篇|页|文章|新闻)(?:完|已?结束)?[，,\s]{0,3}共(?:有|分)?\s?\d{1,3}\s?页[，,；;。\s]{0,3}"
    r"(?:(?:您?(?:当前|现在|目前|正在)(?:阅读|位于|是|为|在)?(?:的是)?|这是|此为)\s?第\s?\d{1,3}\s?页)?"
    r"|(?:共\s?\d{1,3}\s?页[，,；;\s]{0,3})?(?:当前|您?正在阅读)(?:的?是|为|在)?\s?第\s?\d{1,3}\s?页(?:[，,；;\s/]{0,3}共\s?\d{1,3}\s?页)?"
    r"|(?:本页|第\s?\d{1,3}\s?页)完)[。\s]{0,3}[）)】\]]?"
)
_SITE_WORD = (
    r"(?:返回)?(?:网站)?首页|主页|返回(?:列表|顶部|上页|上一[页级]|目录)|关于(?:我们?|本站)?"
    r"|联系(?:我们?|方式)|归档|标签|分类|友链|友情链接|留言[板本簿]"
    r"|网站地图|站内搜索|设为首页|加入收藏|登录|注册|RSS|home|about|archives?|tags|links|top"
)
_ROW_BREAK = re.compile(r"\s{0,4}[|｜·•┊/»>›]\s{0,4}|\s{2,10}")
_SITE_LINK = re.compile(rf"(?:{_SITE_WORD})", re.IGNORECASE)
_LONGEST_LINK = 8
"""Characters of an entry in a row of links."""
_SENTENCE = re.compile(r"[。！；!;]$|[，,].{8}")
_PARTS = re.compile(r"\s+[|｜·•]\s+|\s{2,10}|(?<=[»›→])\s+|\s+(?=[«‹←])")


def is_site_line(line: str) -> bool:
    """Returns whether a blog or a small site has put the line around the text; a row of such parts is one, too.

    A sentence never is: 上一篇文章里我说过，渠要先清。
    """
    if len(line) > _LONGEST:
        return False
    if _PAGES.fullmatch(line) or _is_row_of_pages(line):
        return True
    is_row = _is_row_of_links(line) or _is_row_of_counters(line) or is_menu_row(simplified(line))
    if is_row or _is_part(line):
        return True
    parts = [part for part in _PARTS.split(line) if part.strip("|｜·• ")]
    return len(parts) > 1 and all(map(_is_part, parts))


def _is_row_of_pages(line: str) -> bool:
    """Returns whether the line leads to the pages that a site cuts a text into: 上一页 1 2 下一页."""
    return bool(_PAGE_STEP.search(line)) and not _PAGE_LINK.sub("", line)


def _is_part(part: str) -> bool:
    part = part.strip(" |｜·•*_")
    if _SENTENCE.search(part) and not (_LICENCE.fullmatch(part) or _COUNTER.fullmatch(part)):
        return False
    return any(
        pattern.fullmatch(part)
        for pattern in (_WAY, _BETWEEN_ARROWS, _OPERATOR, _MADE_WITH, _COUNTER, _LABEL, _LICENCE, _COMMENTS)
    )


def _is_row_of_links(line: str) -> bool:
    """Returns whether the line is a row of short links, one of them to the site's own pages: 返回首页 | 人物."""
    links = [link.strip() for link in _ROW_BREAK.split(line) if link.strip()]
    if len(links) < 2 or any(len(link) > _LONGEST_LINK for link in links):
        return False
    known = sum(bool(_SITE_LINK.fullmatch(link)) for link in links)
    return bool(_SITE_LINK.fullmatch(links[0])) and 2 * known >= len(links) and "|" in line.replace("｜", "|")


def _is_row_of_counters(line: str) -> bool:
    """Returns whether the line says how often a text was read, liked and handed on: 阅读 1.2万 分享 赞 300 在看 88."""
    words = line.replace("·", " ").split()
    if len(words) > _MOST_COUNTED:
        return False
    counted = numbers = 0
    is_open = False  # whether a number may follow
    for word in words:
        if match := _COUNTED.fullmatch(word):
            counted += 1
            numbers += match["number"] is not None
            is_open = match["number"] is None
        elif is_open and _HOW_OFTEN.fullmatch(word):
            numbers += 1
            is_open = False
        else:
            return False
    return counted >= _FEWEST_COUNTED and numbers > 0
