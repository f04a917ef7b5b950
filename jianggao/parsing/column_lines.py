"""Recognises the names of columns, collections and accounts that publish speeches, above the title of one: 听雨书屋
讲话专栏, 渠首讲话精选, 笔杆小站｜每日一稿.

They count only above a line that by itself names a speech (在…会上的讲话): there they are no theme, and are told. All
examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.theme_words import begins_as_theme
from jianggao.text.simplified import simplified

_LONGEST = 40
_BETWEEN = re.compile(r"[\s·•・|｜丨/／:：_—–\-－《》“”「」【】()（）]+")
# 水清岸绿，群英荟萃
_OF_A_SENTENCE = re.compile(r"[，。！？；、,!?;]")
# 田埂上没有范文, 脚印是最好的讲话集
_SAYS_INSIDE = re.compile(r"[是的]|没?有(?!限)|最[好美]|胜过|属于|来自")
_TEXTS = (
    r"(?:讲话稿?|发言稿?|演讲稿?|致[辞词]|党课|讲稿|文稿|公文|文秘|秘书|材料|范文|写作|文章"
    r"|美文|好文|佳作|文档|文集|笔杆子?|稿件|言论|金句)"
)
_COLUMN = re.compile(
    r".{0,20}(?:专栏|栏目|精选|选登|选刊|选编|摘登|集锦|频道|专区|汇编|合集|合辑|特辑|范文|文稿|选读|荐读)"
    # 讲话荟萃, but not 人文荟萃
    rf"|.{{0,16}}{_TEXTS}.{{0,2}}(?:荟萃|大全|集萃|撷英|集|选|推荐|赏析|鉴赏|速递|分享|天地|园地)"
    rf"|.{{0,16}}每[日天周晨晚月](?:一(?:稿|文|篇|读|荐|讲)|{_TEXTS}.{{0,4}})"
    # 秘书工作网, 公文小站
    rf"|.{{0,12}}{_TEXTS}.{{0,4}}(?:网站?|之家|圈|社|铺|坊|库|[小驿]站|吧|号|室|笔记|[课学]堂|俱乐部|群|部落|小屋|书屋|论坛|平台)"
    r"|.{0,12}(?:日报|晚报|晨报|早报|公众号|订阅号|视频号|服务号|客户端)"
)
_BEGINS_WITH_VERB = re.compile(r"[当看问给请织搭撑]|擦亮|编好|出好")
_WORDS_OF_COLUMNS = re.compile(
    r"讲[话稿台坛堂演]|写[作材稿手]|办公|从政|走基层|提案|推荐|读书|读者|读稿|创作|强国|开讲|学习"
)
"""What begins like a theme, and names a column: 写作专栏."""


def is_column(line: str) -> bool:
    """Returns whether the line only names a column, a collection of texts, or an account that publishes such. 办好群众的
    专栏 and 把精选的种子留给明年 are themes."""
    if not 2 < len(line) <= _LONGEST:
        return False
    line = simplified(line)
    if _OF_A_SENTENCE.search(line):
        return False
    parts = [part for part in _BETWEEN.split(line) if part]
    if any(_begins_as_theme(part) for part in parts):
        return False
    return any(len(part) > 1 and _COLUMN.fullmatch(part) and not _SAYS_INSIDE.search(part) for part in parts)


def _begins_as_theme(part: str) -> bool:
    begins = begins_as_theme(part) or _BEGINS_WITH_VERB.match(part) is not None
    return begins and not _WORDS_OF_COLUMNS.match(part)
