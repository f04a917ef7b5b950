"""Tells the pages of a book apart: chapters, and what belongs to none of its speeches.

That are its title page, imprint, contents and advertisements. What is left out is told: it stands in the text between
marks that the parser of volumes knows, and so do chapters that are speeches. All examples in the comments are
made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from jianggao.sources.html_lines import PageLine
from jianggao.sources.page_titles import is_same, squeezed

NEXT_SPEECH, LEFT_OUT, TAKEN = "=====下一篇=====", "=====以下不收=====", "=====以下收入====="
"""The marks that `parsing.volume_layout` knows."""
_FRAME = re.compile(
    r"封[面底]|版权(?:信息|声明|说明|页|所有)?|(?:图书|电子书|书籍|出版|制作)信息|(?:图书)?在版编目.{0,12}|制作说明"
    r"|(?:内容|作品|图书)(?:简介|提要)|(?:作者|编者)(?:简介|介绍)|关于(?:作者|本书)|cover|copyright"
    r"|(?:更多|精彩|其他|热门|本社)(?:好书|图书|书籍|电子书)(?:推荐|目录|下载)?|(?:好书|图书|电子书)推荐",
    re.IGNORECASE,
)
"""What the contents call pages that are no chapters."""
_TITLE_PAGE = re.compile(r"书名页?|扉页|内封|title ?page", re.IGNORECASE)
_IMPRINT = re.compile(
    r"(?:书名|著?作?者|译者|编者|主编|策划|责任编辑|责编|封面设计|装帧设计|出版社|出版者?|出版(?:发行|时间|日期|单位|人)|发行|印刷|经销|印制"
    r"|开本|印张|字数|版次|印次|定价|书号|统一书号|ISBN|CIP|电子书制作|制作)\s?[：:\s].{1,60}"
    r"|(?:ISBN|CIP)[\s：:\d-].{0,40}|版权信息|版权所有.{0,30}|.{0,20}侵权必究.{0,10}|(?:copyright|©).{1,60}"
    r"|本(?:电子)?书由.{2,40}(?:制作|发行|出版|授权|提供).{0,20}|\d{4}年\d{1,2}月第\d{1,2}版.{0,30}|.{2,20}出版社",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"www\.|https?://|公众号|微信|扫码|二维码|QQ群|免费(?:领取|下载)|电子书|好书", re.IGNORECASE
)
_CONTENTS = re.compile(r"目\s*[录錄次]|contents|table of contents", re.IGNORECASE)
_PREFACE = re.compile(r"(?:自|代)?序[言一二三]?|前言|引言|后记|跋|编后记|编者的话|出版说明|附录.{0,20}")
_DIVISION = re.compile(r"第\s?[一二三四五六七八九十百\d]{1,4}\s?(?:章|节|回|部分)")
_CALL = re.compile(
    r"(?:(?:尊敬|敬爱|亲爱|可爱)的|各位|诸位|同志|朋友|同学|老师|老乡|乡亲|父老|女士|先生|战友|家长|孩子|大家|全[体校县镇村厂])"
    r"[^。！？；]{0,50}(?<![说问道讲写喊答叫想着])[：:！!]"
)
"""同学们、老师们：, but not 老师对我说：."""
_DATE = re.compile(
    r"[（(〔]?(?:\d{4}|[一二三四五六七八九〇○零]{4})\s?年\s?[\d一二三四五六七八九十元]{1,3}\s?月[^，。；！？]{0,16}"
)
_SPEECH = re.compile(
    r"讲话|致[辞词]|发言|演讲|演说|报告|讲稿|党课|[祝贺献答悼]词|[祝贺献答悼]辞|寄语|感言|述职"
)
_MARK = re.compile(r"\[\d{1,3}\]|〔\d{1,3}〕|[①-⑳]")
"""The mark of a note."""
_MARK_BEHIND = re.compile(rf"\s?(?:{_MARK.pattern})$")
_LINKED_SHARE = 0.8
_FRONT_LINES = 8
_TITLE_WITHIN = 3
_LONGEST_FRAME = 1_500
"""Characters of a page that is no chapter; a longer one is a text, whatever it is called."""
_LONGEST_LINE = 60
_SHORTEST_BODY = 60
"""Letters of the sentences of a chapter that may be a speech."""
_SHARE_OF_LINES = 0.6
_SHARE_OF_SPEECHES = 0.6


@dataclass(slots=True)
class Chapter:
    """A page of the book, with those behind it that the contents don't name."""

    lines: list[PageLine]
    """At least one."""
    name: str = ""
    """What the contents call it."""
    is_left_out: bool = False
    """Whether it belongs to no speech."""

    @property
    def title(self) -> str:
        """Its first line."""
        return self.lines[0].text


def is_contents(lines: Sequence[PageLine]) -> bool:
    """Returns whether a page only lists the chapters, each with a link."""
    letters = sum(len(line.text) for line in lines)
    linked = sum(line.linked for line in lines)
    rows = sum(line.linked > 0 for line in lines)
    named = bool(lines) and bool(_CONTENTS.fullmatch(lines[0].text.strip()))
    return rows >= 3 and linked >= letters * (_LINKED_SHARE / 2 if named else _LINKED_SHARE)


def is_frame(lines: Sequence[PageLine], name: str) -> bool:
    """Returns whether a page is an imprint, a cover or an advertisement, and no text of the book."""
    texts = [line.text.strip() for line in lines]
    if not texts or sum(map(len, texts)) > _LONGEST_FRAME:
        return False
    if any(_FRAME.fullmatch(title) for title in (name.strip(), texts[0]) if len(title) <= _LONGEST_LINE):
        return True
    if any(len(text) > _LONGEST_LINE for text in texts):
        return False
    imprint = sum(bool(_IMPRINT.fullmatch(text)) for text in texts)
    offers = sum(bool(_OFFER.search(text)) for text in texts)
    return (imprint >= 3 or (offers > 0 and len(texts) <= _FRONT_LINES)) and (
        imprint + offers >= _SHARE_OF_LINES * len(texts)
    )


def text_lines(chapters: Sequence[Chapter], title: str) -> list[PageLine]:
    """Returns the lines of a book, with marks around what belongs to no speech, and between its speeches.

    `title` is the book's.
    """
    are_speeches = _are_speeches(chapters)
    if are_speeches:
        _leave_out_front(chapters, title)
    lines: list[PageLine] = []
    shown = chapters if are_speeches else [one for one in chapters if not one.is_left_out]
    title_lines = [PageLine(title, 1, 0, True)] if title and not _stands_above(title, shown) else []
    if are_speeches and title_lines:
        lines += [_mark(LEFT_OUT), *title_lines]
    is_out = bool(lines)  # whether what is being written belongs to no speech
    for chapter in chapters:
        if chapter.is_left_out:
            lines += [] if is_out else [_mark(LEFT_OUT)]
        elif are_speeches:
            lines.append(_mark(NEXT_SPEECH))
        else:
            lines += [_mark(TAKEN)] if is_out else []
            lines += title_lines
            title_lines = []
        is_out = chapter.is_left_out
        lines += chapter.lines
    return lines


def without_note_marks(chapters: Iterable[Chapter]) -> None:
    """Takes the mark of a note off the titles of chapters, where the note stands in the chapter: 渠边的话[1]."""
    for chapter in chapters:
        marks = {mark[0] for line in chapter.lines if (mark := _MARK.match(line.text.lstrip()))}
        for at, line in enumerate(chapter.lines[:_TITLE_WITHIN]):
            found = _MARK_BEHIND.search(line.text)
            if found is None or found[0].strip() not in marks:
                continue
            bare = line.text[: found.start()]
            if line.level or is_same(bare, chapter.name):
                chapter.lines[at] = replace(line, text=bare)


def _mark(text: str) -> PageLine:
    return PageLine(text, 0, 0, True)


def _stands_above(title: str, chapters: Sequence[Chapter]) -> bool:
    """Returns whether the book begins with its title."""
    first = chapters[0].lines if chapters else []
    return any(squeezed(title) in squeezed(line.text) for line in first[:_TITLE_WITHIN])


def _letters(chapter: Chapter) -> int:
    """Returns how many letters of a chapter stand in sentences."""
    return sum(len(line.text) for line in chapter.lines if any(mark in line.text for mark in "。！？；，"))


def _are_speeches(chapters: Sequence[Chapter]) -> bool:
    """Returns whether most chapters are surely speeches: they call somebody, are dated, or say so below their titles.

    第一章 is a part of one text, whatever stands in it.
    """
    texts = [
        chapter
        for chapter in chapters
        if not chapter.is_left_out
        and _letters(chapter) >= _SHORTEST_BODY
        and not _PREFACE.fullmatch(squeezed(chapter.title))
    ]
    if len(texts) < 2 or any(_DIVISION.match(chapter.title) for chapter in texts):
        return False
    speeches = sum(map(_is_speech, texts))
    return speeches >= max(2, _SHARE_OF_SPEECHES * len(texts))


def _is_speech(chapter: Chapter) -> bool:
    head = [line.text.strip() for line in chapter.lines[:_FRONT_LINES]]
    short = [text for text in head if len(text) <= _LONGEST_LINE]
    return bool(chapter.name) and (
        any(_CALL.fullmatch(text) or _DATE.fullmatch(text) for text in short[1:])
        or any(_SPEECH.search(text) for text in short[:_TITLE_WITHIN])
    )


def _leave_out_front(chapters: Sequence[Chapter], title: str) -> None:
    """Leaves out the title page, the contents, and pages that only head several chapters: 第二辑."""
    names = {squeezed(chapter.name) for chapter in chapters if chapter.name}
    has_text = False
    for at, chapter in enumerate(chapters):
        texts = [line.text.strip() for line in chapter.lines]
        is_list = bool(_CONTENTS.fullmatch(texts[0])) and all(squeezed(text) in names for text in texts[1:])
        is_short = len(texts) <= _FRONT_LINES and all(len(text) <= _LONGEST_LINE for text in texts)
        if _letters(chapter):
            has_text = has_text or not chapter.is_left_out
        elif is_short and at + 1 < len(chapters):
            is_title = not has_text and (
                bool(_TITLE_PAGE.fullmatch(chapter.name))
                or any(squeezed(title) == squeezed(text.strip("《》")) for text in texts)
            )
            chapter.is_left_out = chapter.is_left_out or is_title or len(texts) <= 2
        chapter.is_left_out = chapter.is_left_out or is_list
