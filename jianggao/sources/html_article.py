"""Finds the article among the lines of a whole web page: title, text, and what stands between them.

Where it isn't sure what the article is, all lines that the page shows stay: the parser takes furniture out by
its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from jianggao.sources.html_lines import PageLine, PageLines, is_hidden
from jianggao.sources.html_tables import tag_of
from jianggao.text.characters import collapse_blanks, remove_invisible

_FURNITURE_TAGS = frozenset({"nav", "footer", "header", "aside", "form", "dialog"})
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "dialog"})
_FURNITURE_NAMES = frozenset(
    {"nav", "navbar", "menu", "header", "footer", "foot", "top", "topbar", "sidebar", "side", "copyright"}
    | {"breadcrumb", "breadcrumbs", "crumb", "crumbs", "position", "share", "bdsharebuttonbox", "related"}
    | {
        "recommend",
        "comment",
        "comments",
        "pagination",
        "pager",
        "toolbar",
        "tools",
        "qrcode",
        "banner",
        "ad",
    }
    | {"ads", "links", "friendlink", "hot", "rank", "login", "search"}
)
"""Whole names of classes and ids."""
_FURNITURE_PARTS = frozenset(
    {
        "nav",
        "navbar",
        "footer",
        "sidebar",
        "copyright",
        "breadcrumb",
        "breadcrumbs",
        "share",
        "comments",
        "related",
    }
    | {"recommend", "pagination", "pager", "toolbar", "qrcode"}
)
"""Parts of such names: top-nav, share_box."""
_ARTICLE_NAMES = frozenset(
    {"js_content", "ucap-content", "zoom", "trs_editor", "trs_editor_view", "pages_content", "rm_txt_con"}
    | {"article-content", "article_content", "articlecontent", "article-body", "article_body", "articlebody"}
    | {"rich_media_content", "entry-content", "post-content", "post_body", "artibody", "endtext", "text_con"}
    | {"content-article", "content_article", "main-content", "news_content", "news-content", "newscontent"}
    | {"p-detail", "detail-content", "detail_content", "view-content", "v_news_content", "xl_content"}
)
_LONGEST_NAMES = 1_000
_FURNITURE_SHARE = 1 / 3
"""An element with more of the page's prose is no furniture, whatever it is called: some pages stand in one
form as a whole, others hide their text until a script has run."""
_NAMED_SHARE, _UNNAMED_SHARE = 0.85, 0.95
"""The share of the page's prose that the article holds: an element that is called so, and one that isn't."""
_LEAST_PROSE = 80
"""Letters of prose on a page; one with less is kept as a whole."""
_PROSE = re.compile(r"[，。！？；]")
_SHORTEST_PROSE = 15
# What stands at the foot of every page of a site is no part of an article.
_IMPRINT = re.compile(
    r"版权所有|未经.{0,8}(?:授权|许可|同意)|ICP备|公网安备|网站标识码|技术支持|主办单位|建议使用.{0,20}浏览器"
)
_SIGNED_DATE = re.compile(r"\s*(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年.{1,6}月.{1,6}日\s*")
_SIGNED_WITHIN, _LONGEST_SIGNATURE = 3, 30
"""Lines behind the text in which a signature may end, and characters of each."""
_TITLE_ABOVE = 40
"""How many lines may stand between the title and the text: date, source, sizes of letters."""
_TITLE_WITHIN = 6
_SITE = re.compile(
    r"网|网站|数字报|门户|政府|日报|晚报|时报|新闻|在线|频道|公众号|公众平台|官网|客户端|委员会|人民法院|[局厅委办]$|百科|文库"
    r"|博客|论坛|[a-z0-9-]+\.(?:cn|com|org|net)",
    re.IGNORECASE,
)
_SITE_BREAK = re.compile(r"\s*(?:_+|\||｜|>|»|\s[-–—－]+\s|-{1,2}(?!-)|－|·)\s*")
_END_OF_TITLE = re.compile(r"[\s_|｜>»\-–—－·]{1,20}$")
_FRAME = frozenset("_|｜>»-–—－·(（")
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 200
# What programs call a page that nobody gave a title.
_NO_TITLE = re.compile(
    r"无标题文档|无标题|新建网页\s?\d*|untitled.*|document\d*|index|新建.*文档.*", re.IGNORECASE
)


def article_lines(page: PageLines, title: str, root: Any) -> list[PageLine]:
    """Returns the lines of the article; its title comes first, if the page has one.

    `title` is what the page calls itself (`<title>`), with the name of its site behind it.
    """
    largest = [line for line in page.lines if line.level == 1]
    shown = _shown(page, root, _own_title(title, largest))
    prose = _prose_before(page, shown)
    first, last = _article_range(page, prose)
    shown_lines = [line for line, keep in zip(page.lines, shown, strict=True) if keep]
    near = page.lines[max(0, first - _TITLE_ABOVE) : first + _TITLE_WITHIN]
    heading = _own_title(title, [*(line for line in shown_lines if line.level == 1), *near])
    above = [at for at in range(max(0, first - _TITLE_ABOVE), first) if _same(page.lines[at].text, heading)]
    last = _signed_end(page.lines, last)
    kept = [page.lines[at] for at in range(first, last) if shown[at]]
    if above:
        between = [page.lines[at] for at in range(above[-1] + 1, first) if shown[at]]
        kept = [page.lines[above[-1]], *filter(_says_something, between), *kept]
    elif heading and not any(_squeezed(heading) in _squeezed(line.text) for line in kept[:_TITLE_WITHIN]):
        kept.insert(0, PageLine(heading, 1, 0, True))
    return kept


def _prose_letters(line: PageLine) -> int:
    """Returns the length of a line of prose, 0 for another one."""
    is_prose = (
        not _IMPRINT.search(line.text)
        and len(line.text) >= _SHORTEST_PROSE
        and line.linked * 2 < len(line.text)
        and _PROSE.search(line.text)
    )
    return len(line.text) if is_prose else 0


def _says_something(line: PageLine) -> bool:
    """Returns whether a line between title and text isn't made of links alone (打印, 关闭)."""
    return line.linked * 10 < len(line.text) * 9


def _prose_before(page: PageLines, shown: Sequence[bool]) -> list[int]:
    """Returns the letters of shown prose before each line and, last, before the end."""
    letters = (_prose_letters(line) * keep for line, keep in zip(page.lines, shown, strict=True))
    return list(accumulate(letters, initial=0))


def _shown(page: PageLines, root: Any, title: str) -> list[bool]:
    """Returns for each line whether it is no furniture. What holds the title holds date and author, too."""
    prose = _prose_before(page, [True] * len(page.lines))
    shown = [True] * len(page.lines)
    out = (0, 0)
    # Outer elements come first: a line is crossed out once, however many elements hold it.
    for element, start, stop in reversed(page.ranges):
        is_out_already = out[0] <= start and stop <= out[1]
        if element is root or is_out_already or not (is_hidden(element) or _is_furniture(element)):
            continue
        holds_title = any(_same(line.text, title) for line in page.lines[start:stop][:_TITLE_WITHIN])
        if holds_title and not is_hidden(element):
            continue
        if prose[stop] - prose[start] <= prose[-1] * _FURNITURE_SHARE:
            out = (start, stop)
            for at in range(start, stop):
                # The title may stand in a page's header.
                shown[at] = page.lines[at].level == 1 and not is_hidden(element)
    return shown


def _is_furniture(element: Any) -> bool:
    if tag_of(element) in _FURNITURE_TAGS or element.get("role") in _FURNITURE_ROLES:
        return True
    names = _names(element)
    parts = {part for name in names for part in re.split(r"[-_]", name)}
    return not (names.isdisjoint(_FURNITURE_NAMES) and parts.isdisjoint(_FURNITURE_PARTS))


def _names(element: Any) -> set[str]:
    """Returns an element's id and classes, in small letters."""
    names = f"{element.get('id') or ''} {element.get('class') or ''} {element.get('itemprop') or ''}"
    return set(names[:_LONGEST_NAMES].lower().split())


def _article_range(page: PageLines, prose: Sequence[int]) -> tuple[int, int]:
    """Returns the half-open range of the article's lines."""
    whole = (0, len(page.lines))
    if prose[-1] < _LEAST_PROSE:
        return whole
    ranges = [
        (start, stop, not _names(element).isdisjoint(_ARTICLE_NAMES) or tag_of(element) == "article")
        for element, start, stop in page.ranges
        if tag_of(element) not in ("p", "li", "tr", "td", "blockquote")
        and prose[stop] - prose[start] >= prose[-1] * _NAMED_SHARE
    ]
    named = [(start, stop) for start, stop, is_named in ranges if is_named]
    unnamed = [
        (start, stop) for start, stop, _ in ranges if prose[stop] - prose[start] >= prose[-1] * _UNNAMED_SHARE
    ]
    # The outermost element with such a name: what stands beside an inner one (a table, a signature) is the
    # article's. Of the others the smallest.
    if named:
        return max(named, key=lambda place: place[1] - place[0])
    return min(unnamed, key=lambda place: place[1] - place[0], default=whole)


def _signed_end(lines: Sequence[PageLine], last: int) -> int:
    """Returns where the article ends with its signature, which may stand in an element of its own: short
    lines, the last of which is a date."""
    for at in range(last, min(len(lines), last + _SIGNED_WITHIN)):
        if lines[at].linked or len(lines[at].text) > _LONGEST_SIGNATURE:
            break
        if _SIGNED_DATE.fullmatch(lines[at].text):
            return at + 1
    return last


def _own_title(title: str, lines: Sequence[PageLine]) -> str:
    """Returns the article's title: a line that the page's title begins or ends with, the only heading of the first
    level, or the page's title without the name of its site.

    `title` is what the page calls itself, `lines` are the headings of the first level and the lines near the
    beginning of the text.
    """
    title = collapse_blanks(remove_invisible(title))[:_LONGEST_TITLE]
    texts = [collapse_blanks(remove_invisible(line.text)) for line in lines]
    # The name of the site may be a heading, too; most sites set theirs behind the title.
    for frames in (_begins, _ends):
        if framed := [
            text for text in texts if len(_squeezed(text)) >= _SHORTEST_TITLE and frames(title, text)
        ]:
            return max(framed, key=len)
    headings = [text for text, line in zip(texts, lines, strict=True) if line.level == 1]
    if len(set(headings)) == 1 and (not title or not _SITE.search(headings[0])):
        return headings[0]
    if _NO_TITLE.fullmatch(title):
        return ""
    parts = _SITE_BREAK.split(title)
    while len(parts) > 1 and (not parts[-1] or _SITE.search(parts[-1])):
        title = title[: title.rindex(parts[-1])] if parts[-1] else title
        parts.pop()
    return _END_OF_TITLE.sub("", title)


def _begins(title: str, text: str) -> bool:
    """Returns whether a title is this text, or has only the names of a column and a site behind it."""
    whole, part = _squeezed(title), _squeezed(text)
    return whole.startswith(part) and (len(whole) == len(part) or whole[len(part)] in _FRAME)


def _ends(title: str, text: str) -> bool:
    """Returns whether a title has only such names before this text: 某市人民政府 领导讲话 在会上的讲话."""
    return title.endswith(text) and title[: -len(text)].endswith((" ", *_FRAME))


def _squeezed(text: str) -> str:
    return "".join(remove_invisible(text).split())


def _same(text: str, title: str) -> bool:
    return bool(title) and _squeezed(text) == _squeezed(title)
