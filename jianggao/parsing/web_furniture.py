"""Recognises what a web page or a WeChat article puts around a text: buttons, credits, further reading.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from jianggao.parsing.document_sites import is_document_label, is_document_sites_line
from jianggao.parsing.reader_requests import is_readers_request
from jianggao.parsing.site_furniture import is_site_line
from jianggao.parsing.speech_lines import IN_BRACKETS, is_sentence
from jianggao.text.remembered_lines import remembered
from jianggao.text.simplified import simplified


class Furniture(Enum):
    """What a line of a page's frame says about the lines beside it."""

    NONE = "none"
    """It is no furniture."""
    SURE = "sure"
    """No speech has such a line: what no sentence is between it and the edge belongs to the page, too."""
    LIST = "list"
    """It opens a list of other texts (往期回顾): the titles below belong to the page, too."""
    CREDIT = "credit"
    """A label with names (来源：渠水网): it says little about its neighbours."""
    BUTTON = "button"
    """A single word that a speech may hold, too (分享): furniture only beside other furniture."""


_LABELS = (
    r"(?:本期|今日|本版)?(?:(?:本文|文章|信息|稿件|内容|资料|图片|新闻|图文|素材|文档)?(?:来源|出处|转自)|(?:责任|网络|文字|值班|执行)?编辑|责编|美编|编审|审核|校对|监制"
    r"|[初一二复三终]审|值班(?:编委|主任|主编)|总编辑?|编发|图文|摄影|通讯员|供稿|撰稿|排版|视觉|录入|稿源"
    r"|发布(?:者|人|单位|机构)|公开类别|技术支持"
)
_CREDIT = re.compile(
    # "来源：渠水网", "（责任编辑：方川）", "编辑丨小川 审核丨大山"
    _LABELS + r")\s*[：:丨|｜/]\s*.{0,60}"
    # "文字 | 小川", "编辑 小川 审核 大山"
    r"|(?:文字?|图片?|图文|视频|摄影|记者|通讯员|剪辑|设计|策划|作者|来源)\s*[丨|｜/]\s*.{1,40}"
    r"|(?:编辑|责编|审核|校对|监制)\s.{1,8}\s(?:编辑|责编|审核|校对|监制|排版|来源)\s.{1,20}"
)
_REPORTED_BY = re.compile(
    r"[（(\[【].{0,12}(?:记者|通讯员)[\s：:].{1,24}[）)\]】]"
)  # "（云溪日报记者 大禾）"
_PAGE_LABEL = re.compile(
    # 阅读：从一页开始 and 分享：从一句话开始 are headings.
    r"(?:浏览(?:次数|量)?|点击(?:数|量|次数)?|阅读(?:次数|量)?|访问(?:次数|量))\s*[：:]\s*[\[【(（]?\s?[\d,.]*\s*[万kw]?\+?\s*[次人]?\s?[\]】)）]?"
    r"(?:[\s|｜,，)）\]】].{0,50})?"
    r"|(?:人气|热度)\s*[：:]\s*[\d,.]{1,9}\s*万?"
    r"|分享\s*[：:]\s*(?:(?:新浪微博|腾讯微博|微信好友|微信|微博|QQ空间|QQ好友|QQ|朋友圈|好友|豆瓣|人人网|更多|复制链接)[\s、|｜/]{0,3}){0,9}"
    r"|(?:字体(?:大小)?|字号|分享(?:到|至)"
    r"|保护视力色|视力保护色|[上下]一[篇条页]|相关(?:阅读|链接|文章|新闻|稿件|报道)"
    r"|信息类别|索引号|主题分类|网站标识码|备案号|网站导航|访问统计|手机(?:版|访问|扫码)|微信扫码)\s*[：:].{0,60}"
    # "您的位置：首页", "首页 > 讲话 > 正文"
    r"|(?:[您你]的?(?:当前|现在|所在)?|当前|现在|所在)的?位置\s*[：:].*|(?:[您你]的|当前|所在)位置\s.*|(?:网站)?首页\s*[>＞»›/|-].*"
    r"|(?:\S{1,12}\s?[>＞»›]\s?){2,6}\S{1,16}"
    # "阅读 1万+", "浏览次数 128", "赞 23", "128人赞赏"
    r"|(?:阅读|浏览|点击|访问|在看|点赞|赞|留言|评论|分享|收藏|转发|喜欢)(?:数|量|次数)?\s*[\d.,]+\s*[万k]?\+?(?:次|人)?"
    r"|\d+\s*(?:篇原创内容|人付费|人赞赏|人喜欢|次阅读|个朋友|人(?:听过|读过|在看|赞过|推荐))"
    r"|(?:阅读|读完)(?:本文|全文)(?:大?约)?(?:需要?)?(?:大?约)?\s*\d+\s*分钟"
    # "字号：大 中 小" without its colon
    r"|字[体号](?:大小)?\s*[\[【]?\s*大\s*[|｜]?\s*中\s*[|｜]?\s*小\s*[\]】]?.{0,20}"
    # "ICP备12345678号", "版权所有 渠水县 主办：…"
    r"|.{0,60}(?:ICP[备证]|公网安备|网站标识码).{0,60}"
    r"|版权所有(?:$|[\s：:，,©（(].{0,80})|(?:Copyright|©|\(c\)).{0,80}"
    r"|(?:主办|承办|协办|维护|运维)(?:单位)?\s*[：:].{0,40}(?:承办|技术支持|维护|协办)(?:单位)?\s*[：:].{0,40}"
    r"|(?:网页?)?(?:建议|最佳)使用.{0,40}(?:浏览器|分辨率).{0,20}",
    re.IGNORECASE,
)
"""What a web page puts around a text: how often it was read, the way to the page, who runs it."""
_WITH_DATE = re.compile(  # "发布时间：2025-03-18 来源：渠水网 浏览：12"
    r".{0,6}(?:时间|日期)\s*[：:].{8,30}(?:来源|浏览|字体|字号|作者|编辑|点击|阅读|分享).*"
    r"|.*(?:来源|稿源)\s*[：:].*(?:时间|日期|作者|编辑|浏览|字体|字号|点击|阅读).*"
    # "2025-03-18 08:00 来源：渠水网"
    r"|\d{4}\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}\s?日?\s+"
    r"(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s+)?来源\s*[:：]?.{1,40}"
)
_PUT_UP_AT = re.compile(
    # "2025-03-18 08:00 云南", "渠水之声 2025年3月18日 08:00": a speech's own date can look so, too
    r"(?:[一-鿿]{2,12}\s+)?\d{4}\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}\s?日?\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
    r"(?:\s+(?:(?:发表|发布)于\s?[一-鿿]{2,3}|(?P<province>(?!听全文)[一-鿿]{2,3})))?"
    r"(?P<button>\s+听全文)?"
)
_WECHAT = re.compile(
    r"预览时标签不可点"
    r"|微信扫一扫(?:[，,\s]|可打开此内容|关注该公众号|使用小程序|使用完整服务"
    r"|.{0,12}(?:公众号|小程序|二维码|朋友圈))*"
    r"|关注该公众号|使用(?:小程序|完整服务)|(?:继续|向[上下])滑动看下一个|轻触阅读原文|，?轻点两下取消(?:赞|在看)"
    r"|不看的原因|内容(?:质量低|低质)(?:\s*不看此公众号(?:内容)?)?|不看此公众号(?:内容)?"
    r"|已同步到看一看(?:写下你的想法)?|写下你的(?:想法|评论|留言)|前往.{0,24}(?:看一看|朋友在看).{0,12}"
    r"|看一看入口已关闭|在.?设置.?-.{0,30}入口|最多200字，当前共\d*字|发送到看一看|发送中|已发送"
    r"|钟意作者|喜欢作者|赞赏作者|长按二维码向我转账|受苹果公司新规定影响.{0,40}|名称已清空|我知道了"
    # 图片, [图片]: what is pasted for a picture
    r"|(?:[\[【（(]?图片[\]】）)]?\s?){1,6}"
    r"|作者头像|跳转二维码|精选留言|写留言|暂无留言|微信号|功能介绍"
    # "以下文章来源于渠水之声，作者方川"
    r"|以下(?:文章|内容)来源于.{1,40}|(?:本文)?(?:转载|来源|转)自(?:微信)?公众号.{0,40}"
    # "收录于合集 #乡村振兴 12个", "#乡村振兴 12个"
    r"|收录于(?:合集|话题|专辑).{0,60}|#\s?\S{1,20}(?:\s+#\s?\S{1,20}){0,6}\s*\d{1,4}个"
    r"|(?:点击|轻触|长按|戳)?[“\"「]?(?:阅读|查看)(?:原文|全文)[”\"」]?.{0,16}|点击(?:上方)?[“\"「]?蓝字.{0,20}"
)
"""What WeChat itself puts around every article: no speech has such a line, wherever it stands."""
_ROW_IN_BRACKETS = re.compile(r"(?:[【\[［][^【】\[\]［］]{1,30}[】\]］]\s*){1,8}[^【】\[\]［］]{0,40}")
_BETWEEN_BRACKETS = re.compile(r"[【】\[\]［］]")
_FURTHER_READING = re.compile(
    # 推荐阅读：渠边的讲话（精选5篇）, but not 推荐阅读：《渠水集》
    r"(?:推荐(?:阅读|文章|范文)|延伸阅读|拓展阅读|相关推荐|热门推荐|猜你喜欢|更多(?:范文|文章|阅读)|您可能(?:还|也)?(?:喜欢|感兴趣))"
    r"\s?[：:][^《。]{2,60}"
)
_DOWNLOAD = re.compile(
    r"(?:👇|↓|>>|【)?\s?(?:点击|立即|马上|免费|直接|一键|快速)?(?:此处|这里)?(?:下载|复制|保存|转存)"
    r"(?:本文档?|本篇|此文档?|该文档|文档|原文档?|本资料|此资料|word(?:文档|版)?|pdf版?)(?:到(?:电脑|本地))?\s?[】>↓👇]{0,3}",
    re.IGNORECASE,
)
_OF_A_TEXT = (
    # 【防汛会讲话（精选3篇）】相关文章：, 防汛会讲话稿相关推荐：
    r"(?:(?:【[^【】]{2,60}】|《[^《》]{2,60}》|“[^“”]{2,60}”)的?"
    r"|(?=[^，。；！？]{2,60}[：:]$)[^，。；！？：:]{2,40}(?:讲话|致辞|发言|词|稿|范文|报告|总结|体会|党课|演讲|篇[）)])的?(?=相关))?"
)
_OPENS_LIST = re.compile(
    r"[\s—\-－–·▼▽▲↓👇★☆◆●【\[（(|｜丨/>》«»“\"]{0,8}"
    rf"{_OF_A_TEXT}"
    r"(?:(?:往期|热门|精彩|相关|延伸|更多|近期|猜你|为你|好文|文章|最新)"
    r"(?:回顾|推荐|精彩|精选|阅读|链接|文章|新闻|稿件|报道|好文|资讯|喜欢|荐读|解读|热文|讲话|材料|范文|文档)"
    r"(?:回顾|推荐|阅读|精选|内容)?|推荐阅读|[拓扩]展阅读|[您你]可能感兴趣的(?:文章|范文|内容)|看[了过](?:本文|此文|该文|这篇文章)的人还看[了过]|更多(?:精彩)?内容|喜欢此内容的人还喜欢|猜你喜欢|大家(?:都|还)在[看读]|热[点门](?:新闻|文章|排行|阅读|推荐)"
    r"|点击排行|友情链接|网站导航|网站地图|你可能(?:还|也)?(?:喜欢|想看).{0,4})"
    r"[\s—\-－–·▼▽▲↓👇★☆◆●】\]）)|｜丨/<：:《»“\"]{0,8}"
)
_BUTTON_LABELS = (
    "打印 关闭 收藏 返回 返回顶部 返回首页 返回列表 分享 大 中 小 大中小 打印本页 打印此页 打印本文 "
    "关闭窗口 关闭本页 我要纠错 纠错 字体 字号 下载 复制链接 赞 在看 写留言 留言 评论 点赞 转发 喜欢 "
    "取消 允许 确定 知道了 发送 视频 小程序 听过 关注 投诉 举报 赞赏 发消息 微信 微博 朋友圈 公众号 复制 "
    "图片 广告 原创 转载 首页 繁體 繁体 简体 无障碍 无障碍浏览 长者模式 适老化 登录 注册 加入收藏 "
    "设为首页 手机版 关于我们 联系我们 网站声明 使用帮助 隐私声明 隐私保护 网站地图 T大T小 T大 T小 "
    "法律声明 版权声明 上一篇 下一篇 上一页 下一页 分享到 更多 搜索 English EN 置顶 星标 × 分析 划线 "
    "新浪微博 QQ空间 QQ好友 回到顶部 TOP 已阅读 海报 生成海报 订阅 全文 阅读 收起 展开 听全文 默认 特大 "
    "超大 RSS 邮箱 微信好友 公开 人人网 豆瓣 QQ 个人中心 用户中心 我要打印 我要分享 A- A A+ 加载更多 "
    "加载中 没有更多了 已无更多数据 写评论 声明 全部评论 评论区 展开全部 留言区 文档评论 我要评论 用户评价 用户评论 "
    "网友评论 读者评论 立即购买 点击购买 立即下载 点击下载 加入购物车 收藏文档 下载文档 举报文档 "
)
_BUTTONS = frozenset(_BUTTON_LABELS.split())
_ALONE_LABELS = (
    "打印 关闭 收藏 返回 返回顶部 返回首页 返回列表 分享 大 中 小 大中小 打印本页 打印此页 打印本文 关闭窗口 "
    "关闭本页 我要纠错 纠错 字体 字号 下载 复制链接 写留言 在看 设为首页 加入收藏 无障碍浏览 长者模式 回到顶部 "
    "上一篇 下一篇 分享到 TOP 文档评论 我要评论 用户评价 用户评论 网友评论 读者评论 立即购买 点击购买 立即下载 点击下载 "
    "加入购物车 收藏文档 下载文档 举报文档"
)
_ALONE_BUTTONS = frozenset(_ALONE_LABELS.split())
"""Buttons that are furniture even alone at the edge of a text."""
_BETWEEN_BUTTONS = re.compile(r"[\s|｜【】\[\]（）()<>《》:：，。,、·/+&—-]+|轻点两下取消(?:在看|赞)?")
_COLUMN_NAMES = (
    "新闻 要闻 评论 人物 副刊 专题 视频 图片 时政 社会 经济 文化 教育 体育 科技 财经 健康 旅游 党建 理论 政务 公告 通知 "
    "服务 互动 论坛 博客 动态 资讯 法治 民生 三农 军事 国际 国内 本地 专栏 正文 导航 新闻中心 通知公告 政务公开 信息公开 "
    "互动交流 办事服务 机构设置 领导讲话 讲话发言 工作动态 媒体报道 走进我们 人物专访 数字报 电子报 客户端"
)
_COLUMNS = frozenset(_COLUMN_NAMES.split())
"""Columns of a page's navigation: a row of several with signs between them is no line of a text."""
_KIND_NAMES = (
    "领导讲话 讲话发言 讲话稿 演讲稿 发言稿 心得体会 述职报告 工作报告 工作总结 调研报告 主持词 党课 党课讲稿 "
    "公文写作 范文 范文大全"
)
_KINDS = frozenset(_KIND_NAMES.split())
"""Columns of a site of documents. A table of a speech may have a row of them: they count behind 首页 and >."""
_WAY_TO_A_KIND = re.compile(r"[^>＞»›，。；]{2,12}\s?[>＞»›]\s?([^>＞»›]{2,4})")
_HOMES = frozenset(
    [
        "首页",
        "返回首页",
        "网站首页",
        "回首页",
        "主页",
        "返回主页",
        "本站首页",
        "正文",
        "返回",
        "返回列表",
        "返回上级",
    ]
)
_BETWEEN_COLUMNS = re.compile(r"\s*[|｜丨>＞»›/／·•→]+\s*")
_LONGEST_COLUMN = 8
_FEWEST_COLUMNS = 3
_PUNCTUATION = re.compile(r"[\s：:，,。.、；;·|｜]+")
_AROUND_A_BUTTON = re.compile(r"^[\s【\[（(]{1,4}|[\s】\]）)：:]{1,4}$")
_PROVINCE_NAMES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 "
    "海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾"
)
_PROVINCES = frozenset(_PROVINCE_NAMES.split())
"""WeChat shows under a title from which province it was put up."""
_WECHAT_LABEL = "个人观点，仅供参考"
"""WeChat offers it as a label below an article; a speaker says it, too."""
_NAMED = re.compile(
    r"[“\"「【]([\w·]{2,16})[”\"」】]|(?:来源|出处|来源于|公众号)\s*[：:丨|｜]?\s*([\w·]{2,16})"
)
_LONGEST_LINE = 90


@remembered
def furniture(line: str) -> Furniture:
    """Returns what part of a page's frame the line is, NONE for a line of the text."""
    if len(line) > _LONGEST_LINE:
        return Furniture.NONE
    if _REPORTED_BY.fullmatch(line):
        return Furniture.CREDIT
    if _is_row_in_brackets(line) or _FURTHER_READING.fullmatch(line) or _DOWNLOAD.fullmatch(line):
        return Furniture.SURE
    line = IN_BRACKETS.sub(r"\1", line).strip()
    if _OPENS_LIST.fullmatch(line):
        return Furniture.LIST
    words = [word for word in _BETWEEN_BUTTONS.split(line) if word]
    if words and _BUTTONS.issuperset(words):
        return Furniture.BUTTON if len(words) == 1 else Furniture.SURE
    if _is_navigation(line) or _is_page_line(line) or is_site_line(line) or is_document_sites_line(line):
        return Furniture.SURE
    if (_CREDIT.fullmatch(line) and not is_sentence(line)) or is_document_label(line):
        return Furniture.CREDIT
    return Furniture.BUTTON if _is_rest(line) else Furniture.NONE


def _is_row_in_brackets(line: str) -> bool:
    """Returns whether the line is a row of brackets, each a button or a credit, which may stand behind them, too:
    【纠错】 【责任编辑:方川】, 【纠错】 责任编辑：方川."""
    if not _ROW_IN_BRACKETS.fullmatch(line):
        return False
    parts = [part.strip() for part in _BETWEEN_BRACKETS.split(line) if part.strip()]
    if len(parts) < 2 or is_sentence(line):
        return False
    return all(part in _BUTTONS or _CREDIT.fullmatch(part) for part in parts)


def _is_navigation(line: str) -> bool:
    """Returns whether the line is the way to a page or a row of its columns: 返回首页 | 人物, 要闻 | 评论 | 副刊."""
    line = simplified(line)
    words = [word for word in _BETWEEN_COLUMNS.split(line) if word]
    # 首页 新闻 专题
    apart = line.split()
    known = _COLUMNS | _BUTTONS | _KINDS
    if len(apart) > 1 and apart[0] in _HOMES and known.issuperset(apart[1:]):
        return True
    # 渠边文库 > 领导讲话
    way = _WAY_TO_A_KIND.fullmatch(line)
    if way is not None and way[1] in _KINDS:
        return True
    if len(words) < 2 or any(len(word) > _LONGEST_COLUMN or is_sentence(word) for word in words):
        return False
    if words[0] in _HOMES or words[-1] in _HOMES:
        return True
    return len(words) >= _FEWEST_COLUMNS and all(word in _COLUMNS or word in _BUTTONS for word in words)


def _is_rest(line: str) -> bool:
    """Returns whether the line is punctuation, a province, or the minute at which a text was put up."""
    if line.removeprefix("来自") in _PROVINCES or line == _WECHAT_LABEL or _PUNCTUATION.fullmatch(line):
        return True
    # 2025年3月15日 09:00 县礼堂 says when and where the speech was given.
    put_up = _PUT_UP_AT.fullmatch(line)
    return put_up is not None and (put_up["province"] is None or put_up["province"] in _PROVINCES)


def _is_page_line(line: str) -> bool:
    """Returns whether no line of a speech looks so."""
    # 下一篇：渠修好了，水从哪里来？ is a title; 查看全文，才能明白他的苦心。 is a sentence.
    ends = line.endswith(("。", "；"))
    if not ends and (_PAGE_LABEL.fullmatch(line) or _WITH_DATE.fullmatch(line) or _WECHAT.fullmatch(line)):
        return True
    return is_readers_request(line)


def is_wechat_line(line: str) -> bool:
    """Returns whether WeChat itself puts the line around every article, so that it is no part of a speech
    wherever it stands."""
    return len(line) <= _LONGEST_LINE and not is_sentence(line) and bool(_WECHAT.fullmatch(line))


def is_put_up_at(line: str) -> bool:
    """Returns whether the line is the minute at which a text was put up: 2025-03-18 08:00 云南."""
    return len(line) <= _LONGEST_LINE and bool(_PUT_UP_AT.fullmatch(line))


def is_put_up_with_button(line: str) -> bool:
    """Returns whether the minute at which a text was put up has the button beside it that reads the article out, so
    that it can't be the speech's own: 2025-03-18 08:00 云南 听全文."""
    put_up = _PUT_UP_AT.fullmatch(line) if len(line) <= _LONGEST_LINE else None
    return put_up is not None and put_up["button"] is not None


def account_names(lines: Iterable[str]) -> frozenset[str]:
    """Returns the names that lines of furniture give to the page or the account: 点击上方“渠水之声”, 来源：渠水之声."""
    names = set()
    for line in lines:
        if len(line) <= _LONGEST_LINE and furniture(line) in (Furniture.SURE, Furniture.CREDIT):
            names |= {quoted or named for quoted, named in _NAMED.findall(line)}
    return frozenset(names)


def is_web_line(line: str) -> bool:
    """Returns whether the line belongs to a web page around the text, even alone: `来源：…`, `【打印】【关闭】`."""
    kind = furniture(line)
    if kind is Furniture.BUTTON:
        return _AROUND_A_BUTTON.sub("", line) in _ALONE_BUTTONS
    return kind is not Furniture.NONE
