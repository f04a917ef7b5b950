"""Tells the captions of pictures: what stands right below a picture and says what it shows or who took it.

All examples in the comments are made up.
"""

from __future__ import annotations

import re

CAPTION_DROPPED = "图片说明"
"""Why a caption is no part of the text, as operators read it."""
_LONGEST, _LONGEST_BARE = 100, 30
# （方川 摄）, （图源：渠水网）, （资料图）, （县融媒体中心供图）
_IN_BRACKETS = (
    r"[（(【\[](?:[^（()）。]{1,16}(?:\s?[摄攝]影?|[供提]图|图[／/])|(?:本报|新华社)?[^（()）。]{0,12}(?:资料|档案|网络|示意|效果)图片?"
    r"|(?:摄影|图源|图片来源|图片?|供图)\s?[：:／/|｜][^（()）]{1,20})[）)】\]]"
)
_PHOTOGRAPHER = (
    r"(?:[一-鿿]{2,8}(?:融媒体?|中心|站|社|报|台|[部科办])|[一-鿿·]{2,4}|[一-鿿]\s[一-鿿]{1,2})"
    r"(?:[、\s][一-鿿·]{2,4})?"
)
_SIGNED = re.compile(
    rf".{{0,80}}{_IN_BRACKETS}[。.]?"
    # 看渠现场 摄影/方川, 看渠现场。图：方川, and the sign with its name alone
    rf"|(?:.{{2,80}}[\s。]|(?!.{{1,4}}[：:]))(?:[摄攝]影?|[图圖]片?|[图圖]文)\s?[：:／/|｜丨]\s?{_PHOTOGRAPHER}"
    # 图为看渠现场。方川/摄, 渠水县供图, 看渠现场 方川 摄影
    r"|.{2,80}(?:[／/]\s?[摄攝]|\s(?:[一-鿿]{2,4}\s)?[摄攝]影?|\s[一-鿿]{2,10}供图)"
    r"|(?:[▲△▼↑]|[上下左右题配本]?图(?:为|片?说明|\s?[：:]|\s?\d{1,2}[\s：:.、．])|(?:图源|图片来源|摄影|供图)\s?[：:]).{1,80}"
    r"|资料图片?|效果图|示意图"
)
_SENTENCE_END = re.compile(r"[。！？!?；;：:，,、…]['”’」』）)]*$")


def is_signed_caption(line: str) -> bool:
    """Returns whether a line below a picture is surely its caption: 看渠现场（方川 摄）, 图为看渠现场。, ▲看渠现场."""
    return len(line) <= _LONGEST and bool(_SIGNED.fullmatch(line.strip()))


def may_be_caption(line: str) -> bool:
    """Returns whether a line below a picture may be its caption, so that it is no heading: 校长方川致辞."""
    return len(line) <= _LONGEST_BARE and not _SENTENCE_END.search(line)
