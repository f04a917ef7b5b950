"""Recognises what vendors and pages put beside the title of a text, and what no line of a speech looks like.

解压密码：8866, 微信公众号 听雨笔记, 听雨在线 > 领导讲话, 人气：1024, 下载于2025年3月18日. These lines count in the head
alone, beside a title: in the body a speaker may read a password out. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jianggao.parsing.dates import is_bare_date
from jianggao.parsing.labelled_lines import LabelKind, read_label
from jianggao.text.simplified import simplified

_SHORTEST, _LONGEST = 3, 60
_EDGES = re.compile(r"^[\s【\[（(★☆◆◇※●○■□▲△◎~～·—-]{1,12}|[\s】\]）)★☆◆◇※●○■□▲△◎~～·。！!—-]{1,12}$")
_NAME = r"[\w·“”《》]{2,16}"
_ACCOUNT_KIND = r"(?:微信)?(?:公众号|公众平台|订阅号|视频号|服务号)"
_VENDORS = re.compile(
    # 解压密码：8866, 群文件下载密码：8866
    r"(?:群?文件|文档|网盘|压缩包?|资料|材料|附件)?(?:解压|下载|提取|打开|访问)?(?:密码|密钥|解压码|提取码)\s?[:：]\s?[!-~]{1,40}"
    # 微信公众号 听雨笔记, 听雨笔记 公众号, 微信搜一搜：听雨笔记
    rf"|{_ACCOUNT_KIND}\s?[:：丨|｜]\s?{_NAME}|微信公众[号平台]{{1,2}}\s{_NAME}|{_NAME}\s{_ACCOUNT_KIND}|微信(?:搜一?搜|搜索)\s?[:：]?\s?{_NAME}"
    # 付费文档 8.8元, 下载积分：5分
    r"|(?:付费|收费|会员|VIP|精品|独家)(?:文档|资料|文稿|下载|内容|文章|阅读)\s?[:：]?\s?[¥￥]?\s?\d{1,4}(?:\.\d{1,2})?\s?(?:元|积分|分|金?币|下载券)"
    r"|(?:下载|所需)(?:积分|金币|点数|费用|价格|券)\s?[:：]\s?[¥￥]?\d{1,5}(?:\.\d{1,2})?\s?(?:元|积分|分|金?币|点|券)?"
    # 网友上传; 来自网络，仅供参考
    r"|(?:本文|文档|资料)?由?(?:热心)?(?:网友|用户|会员)(?:上传|分享|投稿|提供)"
    r"|(?:本文|资料|内容|素材|文稿|以上内容)?(?:来自|来源于?|转自|摘自|整理自|源自)(?:于)?(?:互联网|网络|网上)"
    r"(?:[，,\s]\s?(?:仅供(?:学习)?(?:参考|学习|交流|借鉴)|如有侵权.{0,16}|侵权(?:请联系)?(?:即?删除?)))?"
    # 2025年3月最新, 2025最新版
    r"|20\d\d\s?年?(?:\s?\d{1,2}\s?月)?份?\s?(?:最新|必备|最新版|最新整理|新版)",
    re.IGNORECASE,
)
_PAGES = re.compile(
    # 文档来源：网友上传, 文档格式：docx, 人气：1024
    r"文档(?:来源|格式|类型|大小|页数|编号|上传者?|分类|作者|提供者?|贡献者?)\s?[:：]\s?.{1,24}"
    r"|(?:文件|资料|素材|稿件)(?:格式|大小|页数|上传者)\s?[:：]\s?.{1,24}"
    r"|(?:人气|热度|点击率|收藏量|下载(?:量|次数|数)|阅读数|围观)\s?[:：]\s?\d[\d.,]{0,9}\s?[万kw]?\+?\s?[次人]?"
    # NO.238
    r"|(?:No|№)\s?[.．:：]?\s?[A-Z]{0,3}\d{1,8}"
    # 本资料共3页; 2万+字符，建议收藏
    r"|[本此该](?:资料|文档|文件|文稿|讲稿|材料)\s?(?:总?共|约|计|合计)\s?\d{1,5}\s?[页字张面]"
    r"|(?:全文|本文)?约?共?[\d.]{1,7}\s?[万千]?\+?\s?字符?(?:\+|左右|以上)?[，,\s]\s?(?:建议|值得|推荐|可以?|请|欢迎)?(?:先)?(?:收藏|转发|保存).{0,6}",
    re.IGNORECASE,
)
# 首页 领导讲话 心得体会; 领导讲话 | 在线阅读
_COLUMN = (
    r"(?:网站)?首页|主页|领导讲话|讲话稿?|发言稿?|演讲稿?|致辞|主持词|心得体会|述职报告|工作总结|工作报告|工作计划|调研报告|党课(?:讲稿)?"
    r"|公文写作|范文(?:大全)?|会议讲话|文秘|会员(?:专区|中心)|文库|资料(?:下载|库)?|素材|导航|登[录陆]|注册|下载|搜索"
    r"|在线(?:阅读|浏览)|免费下载|全文阅读|经验材料|主题教育|申论|策划方案|规章制度"
)
_COLUMNS = re.compile(rf"(?:{_COLUMN})(?:\s?[|｜丨/／·\s]\s?(?:{_COLUMN})){{1,8}}")
_FEWEST_COLUMNS = 3
# 听雨在线 > 领导讲话, 首页 > 柳湾 > 讲话; but 实干 > 空谈 may be a theme
_STEP = r"[^>＞»›，。；]{2,16}"
_WAY = re.compile(
    rf"{_STEP}(?:\s?[>＞»›]{{1,2}}\s?{_STEP}){{2,6}}|{_STEP}\s?[>＞»›]{{1,2}}\s?(?:{_COLUMN})"
    r"|[^>＞»›，。；]{0,12}(?:首页|在线|网|文库)\s?[>＞»›]{1,2}\s?[^>＞»›，。；]{2,16}"
)
# 下载于2025年3月18日, 打印时间：2025-03-18
_SAVED = re.compile(
    r"(?:本文|文档|文件|资料)?(?:最后)?(?:(?:下载|上传|打印|导出|转存|保存|收藏|复制|截图)(?:自.{2,12})?于|(?:下载|打印|导出|转存|保存|收藏|截图)(?:时间|日期)?\s?[:：])\s?"
)
_NOBODY = re.compile(r"佚名|匿名|无名氏?|未知|不详|网络|网友|互联网|admin|管理员", re.IGNORECASE)


def is_head_furniture(line: str) -> bool:
    """Returns whether, in the head of a speech that has a title, the line can only be a vendor's or a page's."""
    if not _SHORTEST <= len(line) <= _LONGEST:
        return False
    line = _EDGES.sub("", simplified(line))
    return bool(_VENDORS.fullmatch(line) or _PAGES.fullmatch(line) or _WAY.fullmatch(line)) or _is_row(line)


def _is_row(line: str) -> bool:
    """Returns whether the line is a row of a page's columns; without signs between them two may be a title."""
    signs = any(sign in line for sign in "|｜丨/／")
    return (signs or len(line.split()) >= _FEWEST_COLUMNS) and bool(_COLUMNS.fullmatch(line))


def is_saved_at(line: str) -> bool:
    """Returns whether the line says when a copy of the text was made: 下载于2025年3月18日, 打印时间：2025-03-18."""
    if len(line) > _LONGEST:
        return False
    line = _EDGES.sub("", simplified(line))
    saved = _SAVED.match(line)
    return saved is not None and is_bare_date(line[saved.end() :])


def original_accounts(lines: Iterable[str]) -> frozenset[str]:
    """Returns the accounts that lines such as 原创 方川 渠水之声 2025-03-18 08:00 云南 name behind the author."""
    rows = (line.split(" ") for line in lines if len(line) <= _LONGEST and line.startswith("原创 "))
    words = ([word for word in row[1:] if not any(sign.isdigit() for sign in word)] for row in rows)
    return frozenset(row[1] for row in words if len(row) > 1 and len(row[1]) > _SHORTEST)


def names_nobody(line: str) -> bool:
    """Returns whether the line is the label of a speaker with nobody behind it: 作者：佚名."""
    label = read_label(line) if len(line) <= _LONGEST else None
    return (
        label is not None
        and label.kind is LabelKind.SPEAKER
        and bool(_NOBODY.fullmatch(line[label.length :].strip(" （()）")))
    )
