"""Recognises what a site of documents writes above a collection's first speech: 下面是小编为大家整理的祝酒词，仅供参考。

It goes with the collection's title. What may be somebody else's is a text of its own. All examples in the comments
are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.speech_lines import is_sentence
from jianggao.parsing.volume_titles import TitleForm, is_front_line, title_form, title_label

_LONGEST = 400
"""Letters of an introduction."""
_MOST_LINES = 4
_SHORTEST = 12
_KINDS = (
    r"(?:讲话|致辞|致词|发言|演讲|演说|党课|主持词|祝酒词|祝词|贺词|献词|开幕词|闭幕词|欢迎词|欢送词|答谢词|悼词|述职报告|汇报)"
    r"稿?"
)
_GATHERED = r"(?:整理|收集|搜集|搜罗|汇总|精选|准备|分享|带来|推荐|撰写|编写|提供)"
_BY_SITE = re.compile(
    rf"(?:小编|本站|本网站?|本文库|本店|范文网|文库网?|[\w]{{2,8}}网)[^。！？]{{0,24}}{_GATHERED}"
    # 以下是为大家整理的祝酒词, but not 我为大家准备了三个故事
    rf"|(?:下面|以下|这里|接下来|今天)(?:就?是|就|将|给)?(?:我们|笔者)?(?:特地?)?(?:[为给帮](?:大家|您|各位|你们?))[^。！？我]{{0,8}}{_GATHERED}(?:的|了|出)"
)
_OFFERS = (
    re.compile(r"供(?:大家|您|各位|读者|你)?[^，。]{0,4}(?:参考|借鉴|选用|阅读|学习)"),
    re.compile(r"欢迎(?:大家|您|各位)?[^，。]{0,6}(?:阅读|参考|借鉴|收藏|下载|查阅|浏览)"),
    re.compile(
        r"希望[^。！？]{0,10}(?:对|能?给|帮到?)[^。！？]{0,4}(?:大家|您|各位|你|朋友)|帮助[^。！？]{0,4}(?:大家|有需要)|有需要的(?:朋友|人)"
        r"|(?:一起|快)[^。！？]{0,4}(?:来看看|看看吧|了解一下)"
    ),
)
_SURE_OFFERS = 2
_COUNTED = re.compile(r"[一二两三四五六七八九十\d]{1,3}\s?篇\s?[）)]?$")
# 祝酒词是在宴会上说的话。, 演讲稿具有宣传鼓动的作用。
_DEFINES = re.compile(
    rf"(?:所谓)?{_KINDS}[，,]?(?:又[叫称]|也[叫称]|是指?|指的是|具有|一般|通常)|[^。！？]{{0,40}}(?:接触|使用|写|用)[^。！？]{{0,6}}{_KINDS}(?:吧|呢|吗)"
)


def is_sites_introduction(line: str) -> bool:
    """Returns whether a site surely wrote the line: it says that it gathered texts for its readers, or offers
    them in two ways."""
    if not _SHORTEST <= len(line) <= _LONGEST or not is_sentence(line):
        return False
    return bool(_BY_SITE.search(line)) or _offers(line) >= _SURE_OFFERS


def introduction_below(lines: Sequence[str], title: int) -> range:
    """Returns the lines between a collection's title and that of its first speech, at most four with some 400 letters.

    That title has the number of the first (篇一：…), or the collection's says how many there are. An empty range if they
    aren't only sentences, or if a speech begins among them.
    """
    letters = 0
    for at in range(title + 1, min(title + 2 + _MOST_LINES, len(lines))):
        line = lines[at]
        if label := title_label(line):
            return range(title + 1, at if label[0].number == 1 else title + 1)
        # 年会讲话3篇 / … / 在年中会上的讲话 / 同志们：
        if title_form(line) is TitleForm.OCCASION and at + 1 < len(lines) and is_salutation(lines[at + 1]):
            return range(title + 1, at if _COUNTED.search(lines[title]) else title + 1)
        letters += len(line)
        if letters > _LONGEST or not is_sentence(line) or is_salutation(line):
            break
    return range(0)


def is_introduced_by_site(lines: Sequence[str]) -> bool:
    """Returns whether the lines above a collection's first speech introduce it and one of them is plainly a site's:
    then all of them are. （2025年3月18日，根据录音整理。） says how the collection came about."""
    sentences = [line for line in lines if is_sentence(line) and not is_front_line(line)]
    is_short = len(sentences) <= _MOST_LINES and sum(map(len, sentences)) <= _LONGEST
    return is_short and any(map(_is_of_site, sentences))


def _is_of_site(line: str) -> bool:
    """Returns whether a line above the first speech of a collection is a site's: there one of its phrases is
    enough."""
    if len(line) > _LONGEST:
        return False
    return bool(_BY_SITE.search(line) or _DEFINES.match(line)) or _offers(line) > 0


def _offers(line: str) -> int:
    return sum(bool(pattern.search(line)) for pattern in _OFFERS)
