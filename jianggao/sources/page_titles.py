"""Finds a text's own title in what a page calls itself: behind it stand the names of a column and a site.

在看渠大会上的讲话_领导讲话_青禾县人民政府, 守渠人 - 青禾新闻网. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.text.characters import collapse_blanks, remove_invisible

_SITE = re.compile(
    r"网|网站|数字报|门户|政府|日报|晚报|时报|新闻|在线|频道|公众号|公众平台|官网|客户端|委员会|人民法院|[局厅委办]$|百科|文库"
    r"|博客|论坛|[a-z0-9-]+\.(?:cn|com|org|net)",
    re.IGNORECASE,
)
_SITE_END = re.compile(
    r"(?:网|网站|数字报|门户|政府|[日晚时]报|新闻|在线|频道|公众[号平台]{1,2}|客户端|委员会|法院|[局厅委办部]|大学|学院|中学|百科|文库|博客"
    r"|论坛|[a-z0-9-]\.(?:cn|com|org|net))$",
    re.IGNORECASE,
)
"""How the name of a site ends: the last part of a title that ends otherwise may be a subtitle."""
_LONGEST_SITE = 20
_SITE_BREAK = re.compile(r"\s*(?:_+|\||｜|>|»|\s[-–—－]+\s|-{1,2}(?![-\d])|(?<!\d)-{1,2}(?!-)|－|·)\s*")
_END_OF_TITLE = re.compile(r"[\s_|｜>»\-–—－·]{1,20}$")
_FRAME = frozenset("_|｜>»-–—－·(（")
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 200
_LONGEST_LINE = 1_000
# 在看渠大会上的讲话 - 青禾文稿: no subtitle stands behind what ends so, but a column or a site, whatever its name.
_NAMED_SPEECH_END = re.compile(
    r"(?<=讲话|发言|致辞|致词|演讲|党课|讲稿)(?:稿|提纲|全文|摘要)?(?:[（(][^（()）]{1,12}[）)])?"
    r"(?:\s*[_|｜]+\s*|\s+[-–—－]\s+)(?P<site>[^_|｜]{2,20}?)\s*$"
)
_CUT_SHORT = re.compile(r"…|\.{3}")
_SHORTEST_CUT = 8
"""Letters before the dots, from which a title that is cut short names the heading it was cut from."""
# What programs call a page that nobody gave a title.
_NO_TITLE = re.compile(
    r"无标题文档|无标题|新建网页\s?\d*|untitled.*|document\d*|index|新建.*文档.*", re.IGNORECASE
)


def own_title(title: str, lines: Sequence[tuple[str, bool]]) -> str:
    """Returns the article's title: a line that the page's title begins or ends with, the only heading of the first
    level, or the page's title without the name of its site.

    `title` is what the page calls itself, `lines` are the headings of the first level and the lines near the
    beginning of the text, each with whether it is such a heading.
    """
    title = collapse_blanks(remove_invisible(title))[:_LONGEST_TITLE]
    texts = [
        (collapse_blanks(remove_invisible(text)), is_heading)
        for text, is_heading in lines
        if len(text) <= _LONGEST_LINE
    ]
    if framed := framed_title(title, [text for text, _ in texts]):
        return framed
    headings = [text for text, is_heading in texts if is_heading]
    if len(set(headings)) == 1 and (not title or not _SITE.search(headings[0])):
        return headings[0]
    if whole := _cut_from(title, [text for text, _ in texts]):
        return whole
    return "" if _NO_TITLE.fullmatch(title) else without_site(title)


def _cut_from(title: str, texts: Sequence[str]) -> str:
    """Returns the text that the page's name is cut short from (在全县水利建设…_青禾新闻网), "" if none is."""
    dots = _CUT_SHORT.search(title)
    beginning = squeezed(title[: dots.start()]) if dots else ""
    if len(beginning) < _SHORTEST_CUT:
        return ""
    return next((text for text in texts if squeezed(text[:_LONGEST_TITLE]).startswith(beginning)), "")


def framed_title(title: str, texts: Sequence[str]) -> str:
    """Returns the longest of the texts that has only names of a column and a site around it in the title, "" if
    none has."""
    # The name of the site may be a heading, too; most sites set theirs behind the title.
    for frames in (begins_with, _ends):
        if framed := [
            text for text in texts if len(squeezed(text)) >= _SHORTEST_TITLE and frames(title, text)
        ]:
            return max(framed, key=len)
    return ""


def page_name_around(title: str, texts: Sequence[str]) -> str:
    """Returns the longest of the texts that stands at the beginning of the title, with a site's name at its end:
    在看渠大会上的讲话_青禾县人民政府; "" if none does."""
    if len(title) > _LONGEST_TITLE:
        return ""
    parts = _SITE_BREAK.split(title)
    if len(parts) < 2 or len(parts[-1]) > _LONGEST_SITE or not _SITE_END.search(parts[-1]):
        return ""
    found = [
        text
        for text in texts
        if len(text) <= _LONGEST_TITLE
        and _SHORTEST_TITLE <= len(squeezed(text)) < len(squeezed(title))
        and begins_with(title, text)
    ]
    return max(found, key=len, default="")


def without_site(title: str) -> str:
    """Returns a title without the names of a site and of its columns behind it."""
    if len(title) > _LONGEST_TITLE:
        return title
    columns = re.split(r"\s*[_|｜]+\s*", title)
    if len(columns) > 2 and _SITE.search(columns[-1]) and len(columns[0]) >= _SHORTEST_TITLE:
        return columns[0]
    parts = _SITE_BREAK.split(title)
    while len(parts) > 1 and (not parts[-1] or _SITE.search(parts[-1])):
        title = title[: title.rindex(parts[-1])] if parts[-1] else title
        parts.pop()
    title = _END_OF_TITLE.sub("", title)
    while (named := _NAMED_SPEECH_END.search(title)) and named.start("site") > len(title) // 2:
        title = _END_OF_TITLE.sub("", title[: named.start("site")])
    return title


def begins_with(title: str, text: str) -> bool:
    """Returns whether a title is this text, or has only the names of a column and a site behind it."""
    whole, part = squeezed(title), squeezed(text)
    return whole.startswith(part) and (len(whole) == len(part) or whole[len(part)] in _FRAME)


def _ends(title: str, text: str) -> bool:
    """Returns whether a title has only such names before this text: 某市人民政府 领导讲话 在会上的讲话."""
    return title.endswith(text) and title[: -len(text)].endswith((" ", *_FRAME))


def squeezed(text: str) -> str:
    """Returns a text without blanks and invisible characters."""
    return "".join(remove_invisible(text).split())


def is_same(text: str, title: str) -> bool:
    """Returns whether a line is the title, whatever blanks it has."""
    return bool(title) and squeezed(text) == squeezed(title)
