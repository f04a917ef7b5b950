"""Reads what stands above a text in Markdown: front matter, the header of a program that turned a web page into
Markdown, and the page's menu.

Title, author and date are lines that the parser knows; the rest is left out and told. All examples in the
comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from jianggao.sources.left_out import FRAME, HEADER, LeftOut
from jianggao.sources.page_titles import own_title, page_name_around, without_site

_FRONT_MATTER = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\n((?:[^\n]*\n){1,40}?)(?:\1|\.\.\.)[ \t]*(?:\n|\Z)")
# A name with its value, an item or a further line of a value, a remark.
_FRONT_ROW = re.compile(r"[\w .-]{1,40}[:=]|[ \t]|[-#\])}]|$")
_TITLES, _DAYS, _AUTHORS = ("title", "标题"), ("date", "日期"), ("author", "作者")
_PUBLISHED = (
    "published",
    "published time",
    "publish_date",
    "pubdate",
    "date_published",
    "发布时间",
    "发布日期",
)
_ADDRESSES = frozenset({"source", "url", "url source", "link", "canonical", "original_url", "来源网址"})
_CLOCK = re.compile(r"(?<=\d)T\d\d:.*$")
# Title: 在看渠大会上的讲话_青禾县人民政府 / URL Source: http://… / Published Time: … / Markdown Content:
_CONVERTERS_ROW = re.compile(
    r"(Title|URL Source|Published Time|Markdown Content|Number of Pages|Warning):[ \t]*(.{0,500})"
)
_CONVERTERS_HEADER = re.compile(r"\A\ufeff?\s{0,9}Title:[^\n]*\n\s{0,9}URL Source:")
_MOST_ROWS, _LONGEST_BEGINNING = 20, 2_000
_LINK_ITEM = re.compile(
    r"\s{0,8}(?:[-*+]|\d{1,2}\.)\s{1,8}\[([^\[\]\n]{1,12})\]\([^()\s#][^()\n]{0,500}\)\s*"
)
_HOME = re.compile(r"(?:网站|返回)?首页|主页")
_FEWEST_ITEMS = 3
_UNDERLINE = re.compile(r" {0,3}={2,}[ \t]*")
_MARKS = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t　]*|^\*\*|\*\*$|[ \t]+#{1,6}$")
_LOOKED_AT = 120
"""Rows of a text in which its own title may stand: a page's menu stands above it."""
_LONGEST_TITLE, _PROSE = 120, 60
_DAY = re.compile(r"(?:19|20)\d\d\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}")
# 春灌动员定稿, 讲话_v2, 站长讲话（第三稿）, 最终版2
_WORKING_TITLE = re.compile(
    r"(?:定稿|[终初草]稿|[终定]版|(?:最终|修改|修订|送审|审定|讨论|打印)[稿版]|第?[一二三四五六七八九\d]{1,2}稿|final|draft|副本|copy"
    r"|(?<![a-z])v\d{1,2}(?:\.\d{1,2})?)[\s)）\]】_.\d改-]{0,8}",
    re.IGNORECASE,
)
_WORKING_END = 24
_CHINA = timezone(timedelta(hours=8))


@dataclass(slots=True)
class Front:
    """What stands above a text, and the rows of the text itself."""

    rows: list[str]
    lines: list[str] = field(default_factory=list)
    """Lines that stand for the header: title, date, author."""
    left_out: list[LeftOut] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    """The title, where the header alone gives it and the page was turned into Markdown by a program."""


@dataclass(slots=True)
class _Header:
    """The entries of a header by their names in small letters, and the rows that it takes."""

    entries: Mapping[str, str]
    rows: Sequence[str]
    behind: str
    """The text behind it."""
    by_converter: bool = False

    @property
    def is_of_page(self) -> bool:
        """Whether it says which web page the text comes from."""
        return self.by_converter or not _ADDRESSES.isdisjoint(self.entries)

    def first(self, names: Sequence[str]) -> str:
        return next((self.entries[name] for name in names if self.entries.get(name)), "")


def is_converters_text(text: str) -> bool:
    """Returns whether a text begins with the header that a program writes above a web page turned into Markdown."""
    return bool(_CONVERTERS_HEADER.match(text[:_LONGEST_BEGINNING]))


def read_front(text: str) -> Front:
    """Returns the rows of a text without the header above it, and what that says."""
    header = _converters_header(text) or _front_matter(text)
    if header is None:
        front = Front(text.split("\n"))
        _take_repeated_title(front)
        _take_menu(front, is_page=False)
        return front
    front = Front(header.behind.split("\n"))
    _take_repeated_title(front)
    title = _title(front, header)
    day, author = header.first(_DAYS), header.first(_AUTHORS)
    front.lines += [title] if title else []
    front.lines += [f"日期：{_CLOCK.sub('', day)}"] if day else []
    front.lines += [f"作者：{author}"] if author else []
    kept = {day, author, *({title} if title == header.first(_TITLES) else ())}
    front.left_out[:0] = [
        LeftOut(0, row.strip(), HEADER, is_whole=True)
        for row in header.rows
        if row.strip() and not any(value and value in row for value in kept)
    ]
    if published := "" if day else _day_of(header.first(_PUBLISHED)):
        _put_publication(front, published)
    _take_menu(front, is_page=header.is_of_page)
    return front


# --- headers ------------------------------------------------------------------------------------------------


def _converters_header(text: str) -> _Header | None:
    if not is_converters_text(text):
        return None
    rows = text.lstrip("\ufeff").split("\n")
    entries: dict[str, str] = {}
    at = 0
    for at, row in enumerate(rows[:_MOST_ROWS]):
        entry = _CONVERTERS_ROW.fullmatch(row.strip())
        if entry:
            entries.setdefault(entry[1].lower(), entry[2].strip())
        elif row.strip():
            break
        if entry and entry[1] == "Markdown Content":
            at += 1
            break
    else:
        at += 1  # all of these rows are the header's
    return _Header(entries, rows[:at], "\n".join(rows[at:]), by_converter=True)


def _front_matter(text: str) -> _Header | None:
    """Returns the front matter; its values may stand in quotes. Text between two rules is none."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return None
    sign = ":" if match[1] == "---" else "="
    rows = match[2].split("\n")
    if not all(_FRONT_ROW.match(row) for row in rows) or not any(sign in row for row in rows):
        return None
    entries: dict[str, str] = {}
    name = ""
    for row in rows:
        if sign in row and not row.startswith((" ", "\t", "-")):
            name, _, entries[name] = row.partition(sign)
        elif row.lstrip().startswith("- ") and not entries.get(name, "-").strip():
            entries[name] = row.lstrip()[2:]  # the first of several authors
    values = {key.strip(" \t").lower(): value.strip(" \t\"'[]") for key, value in entries.items()}
    return _Header(values, rows, text[match.end() :])


def _day_of(written: str) -> str:
    """Returns the day in China of a moment that a program wrote: Wed, 18 Oct 2023 01:42:11 GMT."""
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            day = _DAY.match(written)
            return day[0] if day else ""
    if moment.tzinfo is not None:
        try:
            moment = moment.astimezone(_CHINA)
        except OverflowError:
            return ""
    return moment.date().isoformat()


# --- titles -------------------------------------------------------------------------------------------------


def _title(front: Front, header: _Header) -> str:
    """Returns the header's title, without the names of site and column; "" where the text shows it itself."""
    title = header.first(_TITLES)
    if not title:
        return ""
    shown = list(_first_lines(front.rows))
    if not header.by_converter:
        if _is_working_title(title, [text for text, level, _ in shown if level == 1]):
            return ""
        if page_name_around(title, [text for text, _, _ in shown]):
            return ""
        return without_site(title) if header.is_of_page else title
    own = own_title(title, [(text, level == 1) for text, level, _ in shown if level == 1 or text in title])
    if any(text == own for text, _, _ in shown):
        return ""
    front.titles += [own] if own else []
    return own


def _is_working_title(title: str, headings: Sequence[str]) -> bool:
    """Returns whether a title is what the writer calls the file (2025春灌动员定稿), where the text has its own: a
    single heading of the first level."""
    end = max((found.end() for found in _WORKING_TITLE.finditer(title[-_WORKING_END:])), default=0)
    return len(headings) == 1 and end == len(title[-_WORKING_END:]) > 0


def _take_repeated_title(front: Front) -> None:
    """Takes a first row out that is the title with the names of column and site, where the title stands below."""
    first = next((at for at, row in enumerate(front.rows[:_LOOKED_AT]) if row.strip()), None)
    if first is None or len(front.rows[first]) > _LONGEST_TITLE:
        return
    row = _MARKS.sub("", front.rows[first]).strip()
    text = next((at for at, line in enumerate(front.rows) if _is_prose(line)), len(front.rows))
    below = [line for line, _, at in _first_lines(front.rows[:text]) if at > first]
    if page_name_around(row, below):
        front.left_out.append(LeftOut(0, row, "重复的标题", is_whole=True))
        is_underlined = first + 1 < len(front.rows) and _UNDERLINE.fullmatch(front.rows[first + 1])
        front.rows[first : first + (2 if is_underlined else 1)] = [""]


def _first_lines(rows: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yields the first short lines of a text without their marks, each with its level (0 for no heading) and its
    row."""
    for at, row in enumerate(rows[:_LOOKED_AT]):
        if not row.strip() or len(row) > _LONGEST_TITLE:
            continue
        marks = re.match(r"[ \t]{0,3}(#{1,6})", row)
        level = len(marks[1]) if marks else 0
        if not level and at + 1 < len(rows) and _UNDERLINE.fullmatch(rows[at + 1]):
            level = 1
        if text := _MARKS.sub("", row).strip():
            yield text, level, at


# --- what stands between header and text ---------------------------------------------------------------------


def _put_publication(front: Front, day: str) -> None:
    """Puts the day of publication below the title, where no day stands there."""
    text = next((at for at, row in enumerate(front.rows) if _is_prose(row)), len(front.rows))
    if any(_DAY.search(row[:_LONGEST_TITLE]) for row in front.rows[:text]):
        return
    line = f"发布时间：{day}"
    titles = [(at, level) for _, level, at in _first_lines(front.rows[: text + 1]) if level == 1]
    if front.lines or not titles:
        front.lines.append(line)
        return
    behind = titles[0][0] + 1
    behind += behind < len(front.rows) and bool(_UNDERLINE.fullmatch(front.rows[behind]))
    front.rows[behind:behind] = ["", line, ""]


def _is_prose(row: str) -> bool:
    return len(row) > _PROSE and "。" in row


def _take_menu(front: Front, *, is_page: bool) -> None:
    """Takes the page's menu out: a list of links above the first paragraph.

    `is_page` says that the header names the page; else the first link must lead home.
    """
    items: list[int] = []
    for at, row in enumerate(front.rows[:_LOOKED_AT]):
        if _is_prose(row) and not _LINK_ITEM.fullmatch(row):
            break
        if _LINK_ITEM.fullmatch(row):
            items.append(at)
        elif row.strip():
            _drop_menu(front, items, is_page=is_page)
            items = []
    else:
        _drop_menu(front, items, is_page=is_page)


def _drop_menu(front: Front, items: Sequence[int], *, is_page: bool) -> None:
    names = [name for at in items if (name := _LINK_ITEM.fullmatch(front.rows[at]))]
    if len(names) < _FEWEST_ITEMS or not (is_page or _HOME.fullmatch(names[0][1].strip())):
        return
    for at, name in zip(items, names, strict=True):
        front.left_out.append(LeftOut(0, name[1].strip(), FRAME))
        front.rows[at] = ""
