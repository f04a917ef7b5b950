"""Tells which elements of a web page stand around its text, by their tags and names, and which lines are sentences.

A name proves little: editors set a paragraph in `div.share` or `aside`. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from jianggao.sources.html_lines import PageLine
from jianggao.sources.html_tables import tag_of
from jianggao.sources.page_elements import HEADINGS, is_silent

_TAGS = frozenset({"nav", "footer", "header", "aside", "form", "dialog"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "dialog"})
_WHOLE_NAMES = (
    "ad ads banner bdsharebuttonbox breadcrumb breadcrumbs comment comments copyright crumb crumbs foot "
    "footer friendlink header hot links login menu nav navbar pager pagination position qrcode rank "
    "recommend related search share side sidebar toolbar tools top topbar"
)
_NAMES = frozenset(_WHOLE_NAMES.split())
"""Whole names of classes and ids."""
_NAME_PARTS = (
    "breadcrumb breadcrumbs comments copyright footer nav navbar pager pagination qrcode recommend "
    "related share sidebar toolbar"
)
_PARTS = frozenset(_NAME_PARTS.split())
"""Parts of such names: top-nav, share_box."""
_OF_TEXT = frozenset({"header", "aside"})
"""Elements that hold lines of an article, too: the heading of a section, an editor's note."""
_LONGEST_NAMES = 1_000
_SHORTEST_PROSE, _SHORTEST_SENTENCE = 15, 3
_PROSE = re.compile(r"[，。！？；]")
_SENTENCE = re.compile(r"[。！？!?；]['”’」』）)]*$")
# What stands at the foot of every page of a site is no part of an article.
_IMPRINT = re.compile(
    r"版权所有|未经.{0,8}(?:授权|许可|同意)|ICP备|公网安备|网站标识码|技术支持|主办单位|建议使用.{0,20}浏览器"
)
_WORDS = re.compile(
    r"版权|(?:主办|承办)(?:单位)?[：:]|扫一扫|扫码|二维码|分享[到至：:]|点击(?:这里|此处|下载|查看|上方|关注|右上|阅读)|登[录陆]后|注册|发表评论"
    r"|我要(?:评论|纠错)|(?:地址|邮编|电话|邮箱)[：:]|公众号|客户端|免责声明|转载|cookie|浏览器|欢迎(?:访问|光临|您|关注)|加微信"
    r"|[上下]一[篇页][：:]|相关(?:阅读|链接|文章|新闻)|责任编辑|编辑[：:]|您的?位置",
    re.IGNORECASE,
)
"""What a sentence of a page's frame speaks of."""
_LONGEST_OF_FRAME = 60


def prose_letters(line: PageLine) -> int:
    """Returns the length of a line of prose, 0 for another one."""
    is_prose = (
        not _IMPRINT.search(line.text)
        and len(line.text) >= _SHORTEST_PROSE
        and line.linked * 2 < len(line.text)
        and _PROSE.search(line.text)
    )
    return len(line.text) if is_prose else 0


def is_sentence(line: PageLine) -> bool:
    """Returns whether a line within something named as furniture is a sentence of the text all the same: 大家辛苦了。
    A link is none, nor is what speaks of the page."""
    says_something = len(line.text) >= _SHORTEST_SENTENCE and (
        bool(_SENTENCE.search(line.text)) or prose_letters(line) > 0
    )
    return says_something and not is_link(line) and not _speaks_of_page(line.text)


def says_a_sentence(line: PageLine) -> bool:
    """Returns whether a line that is no link is a sentence, even one of the page's frame: 版权所有，不得转载。"""
    long_enough = len(line.text) >= _SHORTEST_PROSE and _PROSE.search(line.text)
    return not is_link(line) and bool(_SENTENCE.search(line.text) or long_enough)


def is_link(line: PageLine) -> bool:
    """Returns whether a line leads elsewhere as a whole, or in its larger part."""
    return line.linked * 2 >= len(line.text)


def _speaks_of_page(text: str) -> bool:
    return bool((_WORDS if len(text) <= _LONGEST_OF_FRAME else _IMPRINT).search(text))


def lines_of_text(element: Any, lines: Sequence[PageLine]) -> list[bool]:
    """Returns for each line of an element of furniture amid an article whether it is the article's.

    One sentence shows that the element holds text: then only links and what speaks of the page go. A header or an
    aside without any link needs none.
    """
    holds_text = any(map(is_sentence, lines)) or (
        tag_of(element) in _OF_TEXT
        and not _has_furniture_name(element)
        and not any(line.linked for line in lines)
    )
    return [holds_text and not is_link(line) and not _speaks_of_page(line.text) for line in lines]


def is_furniture(element: Any) -> bool:
    """Returns whether an element is a part of the page's frame by its tag, role or names.

    A heading is none, and the footer of a quotation names its source.
    """
    tag = tag_of(element)
    parent = element.getparent()
    if tag in HEADINGS or (
        tag == "footer" and parent is not None and tag_of(parent) in ("blockquote", "figure")
    ):
        return False
    return tag in _TAGS or element.get("role") in _ROLES or is_silent(element) or _has_furniture_name(element)


def _has_furniture_name(element: Any) -> bool:
    found = names(element)
    parts = {part for name in found for part in re.split(r"[-_]", name)}
    return not (found.isdisjoint(_NAMES) and parts.isdisjoint(_PARTS))


def names(element: Any) -> set[str]:
    """Returns an element's id and classes, in small letters."""
    found = f"{element.get('id') or ''} {element.get('class') or ''} {element.get('itemprop') or ''}"
    return set(found[:_LONGEST_NAMES].lower().split())
