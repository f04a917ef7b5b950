"""Turns the elements of a web page into lines of text: paragraphs, headings, list items and rows of tables.

It goes over the elements one after another and never calls itself but for the cells of a table, so that no
page is nested too deeply. What a browser shows counts: numbers of lists are written out, scripts, form fields
and the reading aids above characters are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from jianggao.sources.html_lists import ListNumbers
from jianggao.sources.html_tables import table_rows, tag_of
from jianggao.sources.markup import BOLD_DEPTH, LONGEST_BOLD_HEADING
from jianggao.sources.raised_text import LEVEL, LOWERED, RAISED, settled

_UNSEEN = frozenset(
    {"script", "style", "title", "noscript", "template", "svg", "iframe", "object", "embed", "video"}
    | {
        "audio",
        "canvas",
        "map",
        "select",
        "button",
        "textarea",
        "datalist",
        "input",
        "img",
        "rt",
        "rp",
        "rtc",
    }
)
"""Elements whose content is no text of the page; struck-out text (del, s) is text. The head is none of them:
libxml2 leaves the text there where a page opens no body."""
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
    }
    | {
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "head",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
    }
    | {"h6", "header", "hgroup", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section"}
    | {"summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_BOLD = frozenset({"b", "strong"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_RAISED_TAGS = {"sup": RAISED, "sub": LOWERED, "super": RAISED}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LONGEST_STYLE = 2_000
# A line end of the page's source is a blank, but not between two Chinese characters.
_SOURCE_LINE_END = re.compile(r"(?<=[一-鿿，。、；：！？”’）》])[ \t]*[\r\n]\s*(?=[一-鿿“‘（《])")
_SOURCE_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BLANKS = re.compile(" {2,}")
_LONGEST_CELL, _SHORT_CELL = 200, 60
"""Characters of a cell with several paragraphs, from which its table is taken for a page's layout; where these
are sentences, fewer do."""
# What stands beside one another in a line of its own: 来源：… 时间：…
_LABEL = re.compile(
    r"\s*(?:(?:信息|文章|稿件)?来源|(?:发布|成文|印发|更新)?(?:时间|日期)|作者|记者|责任编辑|责编|编辑|审核|浏览|点击|阅读|字[号体])"
    r"[^：:\s]{0,4}[：:]"
)
_LONGEST_LABEL = 20
_BACK_SIGNS = frozenset("↩↑⤴^")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the page."""

    text: str
    level: int
    """Its level as a heading, from 1; 0 for none."""
    linked: int
    """How many of its characters lead elsewhere."""
    begins: bool
    """Whether a paragraph begins here; no for a line behind a `<br>`."""


@dataclass(slots=True)
class PageLines:
    """The lines of a page in their order, and which of them each element holds."""

    lines: list[PageLine] = field(default_factory=list)
    ranges: list[tuple[Any, int, int]] = field(default_factory=list)
    """Elements with the half-open range of their lines, inner ones before outer ones."""


def is_hidden(element: Any) -> bool:
    """Returns whether the page itself hides an element.

    `visibility: hidden` is no sign: WeChat sets it on every article and shows the text by a script.
    """
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search((element.get("style") or "")[:_LONGEST_STYLE]))
    )


def _before_label(element: Any, text: str) -> str:
    """Returns what parts an element within a line from the one before it, "" for nothing.

    WeChat sets author and account beside one another, and only their names in the page say which is which.
    """
    names = f"{element.get('id') or ''} {element.get('class') or ''}"[:_LONGEST_STYLE].split()
    if "rich_media_meta_text" in names and text.strip():
        return " 作者："
    if "js_name" in names and text.strip():
        return " 来源："
    return " " if "rich_media_meta" in names or _LABEL.match(text[:_LONGEST_LABEL]) else ""


def page_lines(root: Any) -> PageLines:
    """Returns the lines of an element (an lxml one) and of all elements in it."""
    return _Builder(_outer_tables(root)).build(root)


def _is_unseen(element: Any) -> bool:
    """Returns whether nothing of an element is text. A hidden line may be: `html_article` judges it."""
    tag = tag_of(element)
    is_unseen = tag in _UNSEEN or (tag not in _BLOCKS and is_hidden(element))
    return not tag or is_unseen or element.get("id") == "copyright_logo"  # 原创, before the author


def _outer_tables(root: Any) -> set[Any]:
    """Returns the tables that hold another one: pages were laid out by them."""
    outer = set()
    open_tables: list[Any] = []
    stack = [(root, iter(root))]
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if open_tables and open_tables[-1] is element:
                open_tables.pop()
            continue
        if tag_of(child) == "table":
            outer.update(open_tables[-1:])
            open_tables.append(child)
        stack.append((child, iter(child)))
    return outer


class _Builder:
    """Puts the lines of a page together while its elements are gone over."""

    def __init__(self, outer_tables: set[Any]) -> None:
        self.page = PageLines()
        self._outer_tables = outer_tables
        self._starts: list[int] = []
        self._lists = ListNumbers()
        self._levels: list[int] = []
        # How many links, elements in bold and preformatted ones are open.
        self._links = self._bold = self._preformatted = 0
        self._begins = True
        self._pieces: list[str] = []
        self._linked_letters = self._bold_letters = self._letters = 0

    def build(self, root: Any) -> PageLines:
        """Goes over all elements and returns the lines."""
        self._start(root)
        stack = [(root, iter(root))]
        while stack:
            element, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._end(element)
                if stack:
                    self._add(element.tail)
            elif _is_unseen(child) or (tag_of(child) == "table" and self._write_rows(child)):
                self._add(child.tail)
            else:
                self._start(child)
                stack.append((child, iter(child)))
        self._end_line()
        return self.page

    def _start(self, element: Any) -> None:
        tag = tag_of(element)
        if tag in _BLOCKS:
            self._end_paragraph()
            self._starts.append(len(self.page.lines))
        if tag in ("br", "hr"):
            self._end_line()
        elif tag == "li":
            self._lists.open_item(element)
        elif tag in _LISTS:
            self._lists.open_list(element, tag)
        elif level := _HEADINGS.get(tag):
            self._levels.append(level)
        self._count(element, tag, 1)
        self._pieces += [sign] if (sign := _raised_sign(element, tag)) else []
        text = element.text or ""
        if self._is_note_mark(element, tag, text):
            text = f"[{text.strip()}]"
        elif tag not in _BLOCKS:
            self._write(_before_label(element, text))
        self._add("" if tag == "a" and set(text.strip("\ufe0e\ufe0f ")) <= _BACK_SIGNS else text)

    def _is_note_mark(self, element: Any, tag: str, text: str) -> bool:
        """Returns whether a bare number leads to a footnote: it would look like a part of the sentence."""
        leads_down = tag == "a" and (element.get("href") or "").startswith("#")
        return (leads_down or (tag == "sup" and self._links > 0)) and text.strip().isdecimal()

    def _end(self, element: Any) -> None:
        tag = tag_of(element)
        if tag in _BLOCKS:
            self._end_paragraph()
            self.page.ranges.append((element, self._starts.pop(), len(self.page.lines)))
        if tag in _LISTS:
            self._lists.close_list()
        elif tag in _HEADINGS:
            self._levels.pop()
        self._count(element, tag, -1)
        self._pieces += [LEVEL] if _raised_sign(element, tag) else []

    def _count(self, element: Any, tag: str, step: int) -> None:
        if tag == "a" and element.get("href"):
            self._links += step
        elif tag == "pre":
            self._preformatted += step
        if tag in _BOLD or _BOLD_STYLE.search((element.get("style") or "")[:_LONGEST_STYLE]):
            self._bold += step

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if not self._preformatted:
            self._write(_SOURCE_BLANKS.sub(" ", _SOURCE_LINE_END.sub("", text)))
            return
        for at, line in enumerate(text.split("\n")):
            if at:
                self._end_line()
            self._write(line)

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        letters = len(text.strip())
        self._letters += letters
        self._linked_letters += letters if self._links else 0
        self._bold_letters += letters if self._bold else 0

    def _end_paragraph(self) -> None:
        self._end_line()
        self._begins = True

    def _end_line(self) -> None:
        text = settled("".join(self._pieces))
        self._pieces.clear()
        if text.strip():
            text = self._lists.marked(text if self._preformatted else _BLANKS.sub(" ", text).strip())
            self.page.lines.append(PageLine(text, self._level(text), self._linked_letters, self._begins))
            self._begins = False
        self._linked_letters = self._bold_letters = self._letters = 0

    def _level(self, text: str) -> int:
        if self._levels:
            return self._levels[-1]
        all_bold = 0 < self._letters == self._bold_letters and 2 <= len(text) <= LONGEST_BOLD_HEADING
        return BOLD_DEPTH if all_bold else 0

    def _write_rows(self, table: Any) -> bool:
        """Writes a table of figures as a line a row; returns whether it was one.

        Old pages lay their text out by tables: one that holds another, has one column, or has cells of many
        words in several paragraphs is read as if it were none.
        """
        if table in self._outer_tables or is_hidden(table):
            return False
        rows = table_rows(table, _cell_text)
        if rows is None:
            return False
        self._end_paragraph()
        start = len(self.page.lines)
        self.page.lines += [PageLine(row, 0, 0, True) for row in rows]
        self.page.ranges.append((table, start, len(self.page.lines)))
        return True


def _raised_sign(element: Any, tag: str) -> str:
    """Returns the sign of `raised_text` for an element that is raised or lowered, "" for all others."""
    if tag in _RAISED_TAGS:
        return _RAISED_TAGS[tag]
    style = element.get("style") if tag not in _BLOCKS else None
    styled = _RAISED_STYLE.search(style[:_LONGEST_STYLE]) if style else None
    return _RAISED_TAGS[styled[1].lower()] if styled else ""


def _cell_text(cell: Any) -> str | None:
    """Returns a cell's text on one line, None if it holds a part of the page's text and no figure."""
    lines = _Builder(set()).build(cell).lines
    text = " ".join(line.text for line in lines)
    sentences = sum("。" in line.text for line in lines)
    is_text = len(lines) > 1 and (len(text) > _LONGEST_CELL or (sentences > 1 and len(text) > _SHORT_CELL))
    return None if is_text else text
