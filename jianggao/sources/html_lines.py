"""Turns the elements of a web page into lines of text: paragraphs, headings, list items and rows of tables.

It goes over the elements one after another and never calls itself but for the cells of a table, so that no
page is nested too deeply. What a browser shows counts: numbers of lists are written out, scripts, form fields
and the reading aids above characters are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from jianggao.sources.html_lists import ListNumbers
from jianggao.sources.html_tables import table_rows, tag_of
from jianggao.sources.left_out import FRAME, HIDDEN
from jianggao.sources.markup import BOLD_DEPTH, LONGEST_BOLD_HEADING
from jianggao.sources.page_elements import (
    BLOCKS,
    HEADINGS,
    PICTURES,
    UNSEEN,
    is_control,
    is_hidden,
    is_unseen,
)
from jianggao.sources.raised_text import LEVEL, LOWERED, RAISED, settled

_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_BOLD = frozenset({"b", "strong"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_RAISED_TAGS = {"sup": RAISED, "sub": LOWERED, "super": RAISED}
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
    below_picture: bool = False
    """Whether a picture stands right before it."""
    is_caption: bool = False
    """Whether the page itself says that it is the caption of a picture."""


@dataclass(slots=True)
class PageLines:
    """The lines of a page in their order, and which of them each element holds."""

    lines: list[PageLine] = field(default_factory=list)
    ranges: list[tuple[Any, int, int]] = field(default_factory=list)
    """Elements with the half-open range of their lines, inner ones before outer ones."""
    passed: list[tuple[int, str, str]] = field(default_factory=list)
    """Hidden text and buttons within lines: the number of lines before each, its text, why it is no text."""


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
        # Whether a picture stands before the line that is being written, and behind what is written of it.
        self._below_picture = self._behind_picture = False
        # The open figures, each with whether it holds a picture, and where its caption begins and ends.
        self._figures: list[tuple[bool, range]] = []

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
            elif is_unseen(child):
                self._pass_over(child)
                self._add(child.tail)
            elif tag_of(child) == "table" and self._write_rows(child):
                self._add(child.tail)
            else:
                self._start(child)
                stack.append((child, iter(child)))
        self._end_line()
        return self.page

    def _pass_over(self, element: Any) -> None:
        """Goes past an element that holds no text; a picture counts for the line below, hidden text is kept apart."""
        tag = tag_of(element)
        if not tag:
            return
        if tag in PICTURES:
            if self._letters:
                self._behind_picture = True
            else:
                self._below_picture = True
            if self._figures:
                self._figures[-1] = (True, self._figures[-1][1])
        if tag in UNSEEN or not (is_control(element, tag) or is_hidden(element)):
            return
        if text := _SOURCE_BLANKS.sub(" ", "".join(element.itertext())).strip():
            reason = FRAME if is_control(element, tag) else HIDDEN
            self.page.passed.append((len(self.page.lines), text, reason))

    def _start(self, element: Any) -> None:
        tag = tag_of(element)
        if tag in BLOCKS:
            self._end_paragraph()
            self._starts.append(len(self.page.lines))
        if tag in ("br", "hr") or self._is_subtitle(tag):
            self._end_line()
        elif tag == "figure":
            self._figures.append((False, range(0)))
        elif tag == "li":
            self._lists.open_item(element)
        elif tag in _LISTS:
            self._lists.open_list(element, tag)
        elif level := HEADINGS.get(tag):
            self._levels.append(level)
        self._count(element, tag, 1)
        self._pieces += [sign] if (sign := _raised_sign(element, tag)) else []
        text = element.text or ""
        if self._is_note_mark(element, tag, text):
            text = f"[{text.strip()}]"
        elif tag not in BLOCKS:
            self._write(_before_label(element, text))
        self._add("" if tag == "a" and set(text.strip("\ufe0e\ufe0f ")) <= _BACK_SIGNS else text)

    def _is_subtitle(self, tag: str) -> bool:
        """Returns whether an element is what a title has below it in smaller letters: <small>在会上的讲话</small>."""
        return tag == "small" and self._levels == [1]

    def _is_note_mark(self, element: Any, tag: str, text: str) -> bool:
        """Returns whether a bare number leads to a footnote: it would look like a part of the sentence."""
        leads_down = tag == "a" and (element.get("href") or "").startswith("#")
        return (leads_down or (tag == "sup" and self._links > 0)) and text.strip().isdecimal()

    def _end(self, element: Any) -> None:
        tag = tag_of(element)
        if tag in BLOCKS:
            self._end_paragraph()
            self.page.ranges.append((element, self._starts.pop(), len(self.page.lines)))
            self._end_of_figure(tag)
        if self._is_subtitle(tag):
            self._end_line()
        if tag in _LISTS:
            self._lists.close_list()
        elif tag in HEADINGS:
            self._levels.pop()
        self._count(element, tag, -1)
        self._pieces += [LEVEL] if _raised_sign(element, tag) else []

    def _end_of_figure(self, tag: str) -> None:
        """Marks a caption where its figure ends: figures hold tables and quotations, too, whose source is text."""
        if tag == "figcaption" and self._figures:
            self._figures[-1] = (self._figures[-1][0], range(*self.page.ranges[-1][1:]))
        elif tag == "figure" and self._figures:
            has_picture, caption = self._figures.pop()
            for at in caption if has_picture else ():
                self.page.lines[at] = replace(self.page.lines[at], is_caption=True)

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
        self._behind_picture = self._behind_picture and not letters
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
            level = self._level(text)
            self.page.lines.append(
                PageLine(text, level, self._linked_letters, self._begins, self._below_picture)
            )
            self._begins = False
            self._below_picture, self._behind_picture = self._behind_picture, False
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
        self._below_picture = False
        start = len(self.page.lines)
        self.page.lines += [PageLine(row, 0, 0, True) for row in rows]
        self.page.ranges.append((table, start, len(self.page.lines)))
        return True


def _raised_sign(element: Any, tag: str) -> str:
    """Returns the sign of `raised_text` for an element that is raised or lowered, "" for all others."""
    if tag in _RAISED_TAGS:
        return _RAISED_TAGS[tag]
    style = element.get("style") if tag not in BLOCKS else None
    styled = _RAISED_STYLE.search(style[:_LONGEST_STYLE]) if style else None
    return _RAISED_TAGS[styled[1].lower()] if styled else ""


def _cell_text(cell: Any) -> str | None:
    """Returns a cell's text on one line, None if it holds a part of the page's text and no figure."""
    lines = _Builder(set()).build(cell).lines
    text = " ".join(line.text for line in lines)
    sentences = sum("。" in line.text for line in lines)
    is_text = len(lines) > 1 and (len(text) > _LONGEST_CELL or (sentences > 1 and len(text) > _SHORT_CELL))
    return None if is_text else text
