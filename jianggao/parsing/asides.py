"""Recognises lines that nobody speaks and that head nothing: an editor's remark in brackets, what was shown or heard,
and what stands below the place of a picture.

They stay in the text; `draft_remarks` says which of them are told. All examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.lines import Lines
from jianggao.sources.captions import may_be_caption

_LONGEST = 60
_BRACKETED = re.compile(r"[【\[［〔（(](.{1,58})[】\]］〕）)]")
_ASIDE = re.compile(
    # 编注：水量待核, 小方注：这一句可删, 批注
    r"[一-鿿]{0,4}(?:[注按]|批注|备注|提示|说明)[：:].*|[编译校]者?[注按]|批注|备注"
    # 此处播放短片, 这里停一停, 本段可删; but not 这里停着一条船
    r"|此处.*|(?:这里|这儿|以[上下]|[本此上下这]一?[段节页句])(?:要|再|可以?|请|先|应|需要?|已|有)*(?:略|待[核补定]|播|插|删|补|改|换|核"
    r"|停(?=顿|一停|一下|$)|放(?=[视音图照短录P])).*"
    # 待补充, 待核实, 数字待核
    r"|.{0,16}(?:尚|还|仍)?待(?:(?:补充|核实|核对|填写|完善|确认|更新)(?!的).{0,8}|[补核定填查校]|查[证实]|校对|核准|商榷)"
    # 请核对人数, 以水利站的口径为准
    r"|(?:请|烦请|麻烦|需要?|须)[^。，]{0,12}(?:核[实对准]|补充|确认|审[定阅核]|查[证实]|校对|定夺|更新).*"
    r"|(?:以|按)[^。]{1,20}(?:为准|口径)|.{1,16}(?:口径|数[字据])?为准"
    # 播放视频, 掌声, 有删节, PPT第3页, 插图
    r"|(?:播放?|插入?|放映|切换)(?:[一-鿿]{0,4})(?:视频|短片|音乐|录音|录像|音频|图片?|照片|画面|PPT|幻灯片?)"
    r"|(?:全场|长时间|热烈的?)*(?:掌声|鼓掌|笑声|停顿|起立|默哀|音乐|视频|配乐|欢呼声?)"
    r"|(?:内容|文字|下文|中间|原文|正文)?(?:有删[节改减]|[从省]?略|节选)"
    r"|(?:PPT|ppt|幻灯片?)\s*(?:第?\s*[\d一二三四五六七八九十]{1,3}\s*页?|翻页)?|(?:配|插|见)?图(?:片|表)?\s*[\d一二三四五六七八九十]{0,2}"
)
"""What stands in an editor's brackets. 【分水的规矩】 is a heading."""
_PICTURE = re.compile(
    r"(?:图片\s?|[【\[［（(]\s?(?:[配插]?图片?|照片|(?i:image|img))\s?\d{0,2}\s?[】\]］）)]\s?){1,6}"
)
"""What is pasted in the place of a picture: 图片, [图片], 【配图】, [图1]."""


def is_aside(line: str) -> bool:
    """Returns whether an aside takes the whole line: 【编注：水量待核】, [待补充], 【此处播放短片】, 【掌声】."""
    bracketed = _BRACKETED.fullmatch(line) if len(line) <= _LONGEST else None
    return bracketed is not None and bool(_ASIDE.fullmatch(bracketed[1].strip()))


def lines_below_pictures(lines: Lines) -> set[str]:
    """Returns the kept lines that may be captions: short ones directly below a line that a picture has left behind
    when a page was pasted as plain text, whether that line stays (【配图】) or went (图片)."""
    pictures = {place for place, line, _ in lines.removed if _is_picture(line)}
    pictures |= {place for place, line in zip(lines.places, lines.kept, strict=True) if _is_picture(line)}
    if not pictures:
        return set()
    found = set()
    is_below = False
    removed = ((place, "") for place, _, _ in lines.removed)
    for place, line in sorted([*removed, *zip(lines.places, lines.kept, strict=True)]):
        if is_below and may_be_caption(line):
            found.add(line)
        is_below = place in pictures
    return found


def _is_picture(line: str) -> bool:
    return len(line) <= _LONGEST and bool(_PICTURE.fullmatch(line))
