"""Reads web pages as text: the article of a whole page, and the tags that stand in other texts."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any

from lxml import etree

from jianggao.sources.captions import may_be_caption
from jianggao.sources.encodings import decode, decode_as
from jianggao.sources.html_article import article_of
from jianggao.sources.html_lines import PageLine, page_lines
from jianggao.sources.markup import (
    BOLD_DEPTH,
    CAPTION,
    DroppedLine,
    MarkupText,
    set_headings,
    without_ranges,
)
from jianggao.text.characters import BROKEN

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_DECLARED_XML = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_-]{2,20})")
_DECLARED_WITHIN = 4_096
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}
"""What pages name, and the larger set that browsers read it as."""
_UNFIT = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no XML tree takes."""
_PROLOG = re.compile(r"\A\s*<\?xml[^>]{0,200}>")
_EARLY_END = re.compile(r"</(?:body|html)\s{0,20}>", re.IGNORECASE)
"""Browsers show what stands behind it; libxml2 doesn't."""
_END = "\ue0f0end of page\ue0f1"
"""Set behind a page before it is parsed: if it isn't there afterwards, something was left open (a comment, a
script, two thousand elements) and swallowed the rest."""
_TAGS = re.compile(r"<(?:[a-zA-Z/!?][^<>]*>|!--)")
_RANGES = (("<script", "</script>"), ("<style", "</style>"), ("<!--", "-->"))
_FORMATTED = re.compile(r"<(?:p|div|br|span|table|h[1-6]|section|article|body)\b", re.IGNORECASE)


def decode_page(content: bytes) -> tuple[str, str] | None:
    """Returns the text of a page's bytes and the name of its encoding, None for what is no text.

    Pages say which one they are in. A page that a browser has saved may say what it was in before: UTF-8 that
    is whole is believed first.
    """
    declared = _DECLARED.search(content[:_DECLARED_WITHIN]) or _DECLARED_XML.match(content)
    name = declared[1].decode("ascii").lower() if declared else ""
    if name and not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        utf8 = decode_as(content, "utf-8")
        if utf8 is not None and BROKEN not in utf8[0]:
            return utf8
        named = decode_as(content, _WIDER.get(name, name))
        if named is not None:
            return named
    return decode(content)


def html_text(page: str) -> MarkupText:
    """Returns the article of a whole page: its title, its lines, and the lines set as headings."""
    root = _tree(page)
    if root is None:
        return MarkupText(_without_tags(page))
    article = article_of(page_lines(root), _title(root), root)
    rows = _rows_of(article.lines)
    dropped = [DroppedLine(rows[line.place], line.text, line.reason) for line in article.left_out]
    return replace(lines_text(article.lines), dropped=dropped)


def fragment_text(fragment: str) -> MarkupText:
    """Returns all text of a piece of a page, such as stands in Markdown."""
    return lines_text(fragment_lines(fragment))


def fragment_lines(fragment: str) -> list[PageLine]:
    """Returns all lines of a piece of a page."""
    root = _tree(fragment)
    if root is not None:
        return page_lines(root).lines
    return [PageLine(line, 0, 0, True) for line in _without_tags(fragment).split("\n") if line.strip()]


def lines_text(lines: Sequence[PageLine]) -> MarkupText:
    """Returns the lines as a text, with a blank line before each paragraph.

    So no paragraph is taken for the continuation of the one before it.
    """
    paragraphs = [line for line in lines if not line.level]
    # In a text all in bold bold is no sign of a heading.
    in_bold = sum(line.level == BOLD_DEPTH for line in lines)
    levels = [
        (line.text, line.level)
        for line in lines
        if line.level and (line.level != BOLD_DEPTH or in_bold <= len(paragraphs))
    ]
    levels += [(line.text, CAPTION) for line in lines if _may_be_caption(line)]
    text = "".join(("\n" if line.begins else "") + line.text + "\n" for line in lines)
    return MarkupText(text.lstrip("\n"), set_headings(levels))


def _may_be_caption(line: PageLine) -> bool:
    return line.below_picture and not line.level and may_be_caption(line.text)


def _rows_of(lines: Sequence[PageLine]) -> list[int]:
    """Returns the row of the text that each line stands in, and the one behind the last."""
    rows = (1 + (line.begins and bool(at)) for at, line in enumerate(lines))
    return list(accumulate(rows, initial=0))


def looks_like_html(text: str) -> bool:
    """Returns whether a text file holds a whole web page."""
    beginning = text[:2_000].lstrip("\ufeff \t\r\n").lower()
    return beginning.startswith(("<!doctype html", "<html")) and bool(_FORMATTED.search(text))


def _tree(page: str) -> Any | None:
    """Returns the page's root element, None where a part of it would be swallowed."""
    text = _EARLY_END.sub("", _UNFIT.sub("", _PROLOG.sub("", page)))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(f"{text}\n<p>{_END}</p>".encode(), parser)
    except etree.LxmlError:
        return None
    if root is None:
        return None
    for element in reversed(list(root.iter("p"))):
        if element.text == _END:
            element.getparent().remove(element)
            return root
    return None


def _title(root: Any) -> str:
    """Returns what a page calls itself: for those who share it (og:title), for the registers of Chinese
    authorities (ArticleTitle), else for the window."""
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name in ("og:title", "articletitle") and (meta.get("content") or "").strip():
            return str(meta.get("content"))
    return next((element.text for element in root.iter("title") if (element.text or "").strip()), "")


def _without_tags(page: str) -> str:
    """Returns the text of a page that no parser reads to its end: all that stands between its tags."""
    for opening, closing in _RANGES:
        page = without_ranges(page, opening, closing)
    rows = map(str.strip, html.unescape(_TAGS.sub("\n", page)).split("\n"))
    # A hundred thousand tags are no rows of the text: one blank row stands for all that stand together.
    return "\n".join(row for row, above in pairwise(["", *rows]) if row or above)
