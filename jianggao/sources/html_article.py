"""Finds the article among the lines of a whole web page: title, text, and what stands between them.

Where it isn't sure what the article is, all lines that the page shows stay: the parser takes furniture out by
its words. What is left out is told.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from jianggao.sources.captions import CAPTION_DROPPED, is_signed_caption
from jianggao.sources.html_lines import PageLine, PageLines
from jianggao.sources.html_tables import tag_of
from jianggao.sources.left_out import FRAME, HIDDEN, OUTSIDE, LeftOut, told
from jianggao.sources.page_elements import is_hidden
from jianggao.sources.page_furniture import (
    is_furniture,
    is_sentence,
    lines_of_text,
    names,
    prose_letters,
    says_a_sentence,
)
from jianggao.sources.page_headings import first_lines_of_headings, with_whole_title
from jianggao.sources.page_titles import is_same, own_title, squeezed

_ARTICLE_NAMES = frozenset(
    {"js_content", "ucap-content", "zoom", "trs_editor", "trs_editor_view", "pages_content", "rm_txt_con"}
    | {"article-content", "article_content", "articlecontent", "article-body", "article_body", "articlebody"}
    | {"rich_media_content", "entry-content", "post-content", "post_body", "artibody", "endtext", "text_con"}
    | {"content-article", "content_article", "main-content", "news_content", "news-content", "newscontent"}
    | {"p-detail", "detail-content", "detail_content", "view-content", "v_news_content", "xl_content"}
)
_FURNITURE_SHARE = 1 / 3
"""An element with more of the page's prose is no furniture, whatever it is called: some pages stand in one
form as a whole, others hide their text until a script has run."""
_NAMED_SHARE, _UNNAMED_SHARE = 0.85, 0.95
"""The share of the page's prose that the article holds: an element that is called so, and one that isn't."""
_LEAST_PROSE = 80
"""Letters of prose on a page; one with less is kept as a whole."""
_SIGNED_DATE = re.compile(r"\s*(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年.{1,6}月.{1,6}日\s*")
_SIGNED_WITHIN, _LONGEST_SIGNATURE = 3, 30
"""Lines behind the text in which a signature may end, and characters of each."""
_LONGEST_CAPTION = 200
_TITLE_ABOVE = 40
"""How many lines may stand between the title and the text: date, source, sizes of letters."""
_TITLE_WITHIN = 6


@dataclass(slots=True)
class Article:
    """The lines of an article, and what of the page is none of them."""

    lines: list[PageLine] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


@dataclass(slots=True)
class _Frame:
    """What of a page stands around its text: for each line the reason why it goes, "" for one that stays."""

    reasons: list[str]
    elements: list[tuple[Any, int, int]] = field(default_factory=list)
    """The elements of furniture, each with the half-open range of its lines."""

    @property
    def shown(self) -> list[bool]:
        return [not reason for reason in self.reasons]


def article_of(page: PageLines, title: str, root: Any) -> Article:
    """Returns the article; its title comes first, if the page has one.

    `title` is what the page calls itself (`<title>`), with the name of its site behind it.
    """
    page, parts = with_whole_title(page, title)
    headings = first_lines_of_headings(page.lines)
    largest = [at for at, line in enumerate(page.lines) if line.level == 1]
    frame = _frame(page, root, _own_title(title, page.lines, largest, headings))
    first, last = _article_range(page, _prose_before(page, frame.shown))
    shown_largest = [at for at in largest if not frame.reasons[at]]
    near = range(max(0, first - _TITLE_ABOVE), min(len(page.lines), first + _TITLE_WITHIN))
    heading = _own_title(title, page.lines, [*shown_largest, *near], headings)
    above = [at for at in range(max(0, first - _TITLE_ABOVE), first) if is_same(page.lines[at].text, heading)]
    last = _signed_end(page.lines, last)
    _take_text_back(page, frame, _text_begins(page, frame, first, last, above, heading), last)
    kept = [at for at in range(first, last) if not frame.reasons[at]]
    if above:
        between = range(above[-1] + 1, first)
        shown = (at for at in between if not frame.reasons[at] and _says_something(page.lines[at]))
        kept = [above[-1], *shown, *kept]
    return _parted(_written(page, frame, kept, heading, has_title=bool(above)), parts)


def _own_title(
    title: str, lines: Sequence[PageLine], chosen: Sequence[int], headings: Collection[int]
) -> str:
    """Returns the page's own title; `chosen` are the lines that may be it, `headings` the first lines of headings."""
    return own_title(title, [(lines[at].text, at in headings) for at in chosen])


def _parted(article: Article, parts: Sequence[str]) -> Article:
    """Returns the article with its title in the lines that the page shows it in, where these were made one."""
    title = next((at for at, line in enumerate(article.lines) if is_same(line.text, "".join(parts))), None)
    if title is None:
        return article
    line, more = article.lines[title], len(parts) - 1
    rows = [replace(line, text=part, begins=line.begins and not at) for at, part in enumerate(parts)]
    lines = [*article.lines[:title], *rows, *article.lines[title + 1 :]]
    left_out = [
        replace(each, place=each.place + more) if each.place > title else each for each in article.left_out
    ]
    return Article(lines, left_out)


def _says_something(line: PageLine) -> bool:
    """Returns whether a line between title and text isn't made of links alone (打印, 关闭)."""
    return line.linked * 10 < len(line.text) * 9


def _prose_before(page: PageLines, shown: Sequence[bool]) -> list[int]:
    """Returns the letters of shown prose before each line and, last, before the end."""
    letters = (prose_letters(line) * keep for line, keep in zip(page.lines, shown, strict=True))
    return list(accumulate(letters, initial=0))


def _frame(page: PageLines, root: Any, title: str) -> _Frame:
    """Returns what is furniture by its tags and names. What holds the title holds date and author, too."""
    prose = _prose_before(page, [True] * len(page.lines))
    frame = _Frame([""] * len(page.lines))
    out = (0, 0)
    # Outer elements come first: a line is crossed out once, however many elements hold it.
    for element, start, stop in reversed(page.ranges):
        is_out_already = out[0] <= start and stop <= out[1]
        if element is root or is_out_already or not (is_hidden(element) or is_furniture(element)):
            continue
        holds_title = any(is_same(line.text, title) for line in page.lines[start:stop][:_TITLE_WITHIN])
        if holds_title and not is_hidden(element):
            continue
        if prose[stop] - prose[start] <= prose[-1] * _FURNITURE_SHARE:
            out = (start, stop)
            reason = HIDDEN if is_hidden(element) else FRAME
            for at in range(start, stop):
                # The title may stand in a page's header.
                frame.reasons[at] = "" if page.lines[at].level == 1 and reason == FRAME else reason
            if reason == FRAME:
                frame.elements.append((element, start, stop))
    return frame


def _text_begins(
    page: PageLines, frame: _Frame, first: int, last: int, above: Sequence[int], heading: str
) -> int:
    """Returns the line behind the title, or the first that is no furniture: what stands before it is the page's
    own, whatever it says (欢迎您！)."""
    if above:
        return above[-1] + 1
    shown = [at for at in range(first, last) if not frame.reasons[at]]
    title = next((at for at in shown[:_TITLE_ABOVE] if is_same(page.lines[at].text, heading)), None)
    return next(iter(shown), last) if title is None else title + 1


def _take_text_back(page: PageLines, frame: _Frame, first: int, last: int) -> None:
    """Lets lines of the text stay that stand in elements of furniture between these two lines."""
    for element, start, stop in frame.elements:
        if first <= start and stop <= last:
            for at, is_text in enumerate(lines_of_text(element, page.lines[start:stop]), start):
                frame.reasons[at] = "" if is_text else frame.reasons[at]


def _written(
    page: PageLines, frame: _Frame, chosen: Sequence[int], heading: str, *, has_title: bool
) -> Article:
    """Returns the article of the chosen lines without the captions of its pictures, and tells all other lines."""
    kept = [at for at in chosen if not _is_sure_caption(page.lines[at])]
    captions = set(chosen) - set(kept)
    places = {at: place for place, at in enumerate(kept)}
    article = Article([page.lines[at] for at in kept])
    near = (page.lines[at] for at in kept[:_TITLE_WITHIN])
    if heading and not has_title and not any(squeezed(heading) in squeezed(line.text) for line in near):
        article.lines.insert(0, PageLine(heading, 1, 0, True))
        places = {at: place + 1 for at, place in places.items()}
    article.left_out = told(_left_out(page, frame, places, captions))
    return article


def _left_out(
    page: PageLines, frame: _Frame, places: Mapping[int, int], captions: Collection[int]
) -> Iterator[LeftOut]:
    """Yields what of the page is none of the lines at these places of the article, in the order of the page."""
    blocks = _blocks_without(page, places)
    passed = deque(page.passed)
    behind = 0
    for at in range(len(page.lines) + 1):
        while passed and passed[0][0] <= at:
            _, text, reason = passed.popleft()
            yield LeftOut(behind, text, reason, is_whole=reason == HIDDEN)
        if at in places:
            behind = places[at] + 1
        elif at < len(page.lines):
            line = page.lines[at]
            is_whole = at in captions or says_a_sentence(line)
            reason = CAPTION_DROPPED if at in captions else _reason(line, frame.reasons[at])
            yield LeftOut(behind, line.text, reason, is_whole, blocks[at])


def _reason(line: PageLine, named: str) -> str:
    """Returns why a line is left out; `named` is the reason that its element gives, "" for none."""
    if named == HIDDEN:
        return HIDDEN
    return OUTSIDE if prose_letters(line) or is_sentence(line) else FRAME


def _blocks_without(page: PageLines, kept: Collection[int]) -> list[int]:
    """Returns for each line where the largest element around it begins that holds no kept line."""
    kept_before = list(accumulate((at in kept for at in range(len(page.lines))), initial=0))
    blocks = list(range(len(page.lines)))
    out = (0, 0)
    for _, start, stop in reversed(page.ranges):
        if out[0] <= start and stop <= out[1]:
            continue
        if start < stop and kept_before[start] == kept_before[stop]:
            out = (start, stop)
            blocks[start:stop] = [start] * (stop - start)
    return blocks


def _is_sure_caption(line: PageLine) -> bool:
    if line.is_caption:
        return len(line.text) <= _LONGEST_CAPTION
    return line.below_picture and not line.level and is_signed_caption(line.text)


def _article_range(page: PageLines, prose: Sequence[int]) -> tuple[int, int]:
    """Returns the half-open range of the article's lines."""
    whole = (0, len(page.lines))
    if prose[-1] < _LEAST_PROSE:
        return whole
    ranges = [
        (start, stop, not names(element).isdisjoint(_ARTICLE_NAMES) or tag_of(element) == "article")
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
