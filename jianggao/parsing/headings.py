"""Decides which paragraphs of the body begin with a heading, and of which kind each is.

A mark (一、) alone proves nothing: prose begins with marks, too. A numbered heading must belong to a series;
a heading without a mark must look like one and stand where one would. All examples in the comments are made
up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jianggao.parsing.dates import is_bare_date
from jianggao.parsing.heading_numbers import (
    FRAME_WORDS,
    POINTS,
    HeadingNumber,
    NumberKind,
    inline_mark,
    read_mark,
)

LONGEST_OWN_LINE = 60
"""Characters of a heading that has a line of its own; what is longer is a sentence."""
LONGEST_UNNUMBERED = 30
_SHORTEST_UNNUMBERED = 4
_SHORTEST_BODY = 30
"""A heading and a blank, then this much: the blank ends the heading."""
_LONG_PARAGRAPH = 50
_SENTENCE_END = re.compile(r"[。！？!?](?![”’」』）)])")
_INLINE_SECOND = re.compile(r"[；;。，,](?:二是|二要|其二|第二[，,]|其次[，,])")
"""The second point of a series that runs on in one paragraph: 一是快；二是稳；三是准。"""
_NO_UNNUMBERED = re.compile(
    r"^附件|^附[：:]|[。！？；：:!?;…，,、]$|^[——\-—（(\[“”●•·◆■]|[。！？；]|^【(?![^】]{2,20}】$)"
)
"""What no heading without a mark looks like: a sentence, an attachment, a list entry, ——a subtitle."""
_CLOSED = ("。", "！", "？", "”", "：", ":", "）", "；", "…", "!", "?", ")")
_WISH = re.compile(
    r"最后[，,](?:我|也|再次|请|让我们|谨)?(?:代表.{0,12}[，,])?(?:祝|预祝|衷心|让我们|再次|感谢|谢谢)"
)
"""最后，祝大会圆满成功： a closing, not the last point."""
_SERIES_FROM_ANYWHERE = (
    NumberKind.PART,
    NumberKind.CHAPTER_SECTION,
    NumberKind.CHINESE,
    NumberKind.BRACKETED_CHINESE,
)
"""Kinds of marks that prose hardly begins with: a title behind one is a heading even without its series."""


@dataclass(frozen=True, slots=True)
class ParagraphHeading:
    """A heading in the paragraph with the index `paragraph`; the rest of the paragraph is its body.

    `length` is how many characters of the paragraph, from `offset` on, belong to the heading. `offset` is
    over 0 for the first point of a series that stands behind a sentence. `depth` is the level that the
    source's own style gives it (Word's Heading 1, ##), 0 without one.
    """

    paragraph: int
    kind: NumberKind
    mark: str
    text: str
    run_in: bool
    length: int
    number: int = 0
    offset: int = 0
    depth: int = 0
    lines: int = 1
    """2 where the mark has a line of its own and its text the next; `length` counts both."""


def find_headings(
    paragraphs: Sequence[str], styled: Mapping[str, int] | None = None
) -> list[ParagraphHeading]:
    """Returns the headings of the body's paragraphs, in order.

    `styled` are the lines that the source itself sets as headings, with their levels from 1.
    """
    depths = [_styled_depth(paragraph, styled or {}) for paragraph in paragraphs]
    marks = _unite_points([read_mark(paragraph) for paragraph in paragraphs])
    accepted = _marks_in_series(paragraphs, marks, depths)
    headings: list[ParagraphHeading] = []
    for place in range(len(paragraphs)):
        if headings and headings[-1].paragraph + headings[-1].lines > place:
            continue  # the text of the mark that stands on the line above
        heading = _heading_at(place, paragraphs, marks, accepted, depths)
        first = _inline_first(place, paragraphs, accepted)
        headings += [each for each in (heading, first) if each is not None]
    return _settle_unnumbered(_without_quotations(headings, paragraphs))


def _heading_at(
    place: int,
    paragraphs: Sequence[str],
    marks: Sequence[HeadingNumber | None],
    accepted: Mapping[int, HeadingNumber],
    depths: Sequence[int],
) -> ParagraphHeading | None:
    """Returns the heading at the beginning of the paragraph: numbered, styled or without a mark."""
    paragraph, depth, mark = paragraphs[place], depths[place], accepted.get(place)
    if mark is not None:
        heading = _numbered_heading(place, paragraph, mark)
        if below := _text_below(place, paragraphs, marks, mark):
            heading = replace(heading, text=below, length=len(paragraph) + 1 + len(below), lines=2)
        return replace(heading, depth=depth)
    if depth:
        kind = NumberKind.UNNUMBERED_OUTER
        return ParagraphHeading(place, kind, "", paragraph, False, len(paragraph), depth=depth)
    if _is_unnumbered(place, paragraphs, marks):
        return ParagraphHeading(place, NumberKind.UNNUMBERED_INNER, "", paragraph, False, len(paragraph))
    return None


def _text_below(
    place: int, paragraphs: Sequence[str], marks: Sequence[HeadingNumber | None], mark: HeadingNumber
) -> str:
    """Returns the heading below a mark on a line of its own (第一章 / 总的要求), "" if there is none."""
    if (
        paragraphs[place][mark.length :].strip()
        or place + 2 >= len(paragraphs)
        or marks[place + 1] is not None
    ):
        return ""
    below = paragraphs[place + 1]
    return below if len(below) <= LONGEST_UNNUMBERED and not _NO_UNNUMBERED.search(below) else ""


def _styled_depth(paragraph: str, styled: Mapping[str, int]) -> int:
    """Returns the level of the source's own style, 0 for none.

    People set whole paragraphs as Heading 1 to make them bold: prose in a heading's style is no heading.
    """
    if len(paragraph) > LONGEST_OWN_LINE or paragraph.endswith(("。", "；", "，", "：")):
        return 0
    return styled.get(paragraph, 0)


# --- series of numbered headings ----------------------------------------------------------------------------


def _unite_points(marks: Sequence[HeadingNumber | None]) -> list[HeadingNumber | None]:
    """Returns the marks with 一是 and 一要 as one kind where one goes on with the other's numbers.

    Speakers mix them in one series (一要快。/ 二是稳。/ 三要准。). Each with numbers of its own is a series
    of its own (一是看清路：/ 一要看远。/ 二要看近。/ 二是迈开步。).
    """
    latest: HeadingNumber | None = None
    united: list[HeadingNumber | None] = []
    for mark in marks:
        if mark is not None and mark.kind in (NumberKind.POINT_IS, NumberKind.POINT_NEED):
            if latest is not None and mark.number > 1 and latest.number == mark.number - 1:
                mark = replace(mark, kind=latest.kind)
            latest = mark
        elif mark is not None and mark.kind not in POINTS:
            latest = None
        united.append(mark)
    return united


def _marks_in_series(
    paragraphs: Sequence[str], marks: Sequence[HeadingNumber | None], depths: Sequence[int]
) -> dict[int, HeadingNumber]:
    """Returns the marks that belong to a series, by their paragraphs.

    A first one needs a second behind it, a later one needs one before it; a mark in a styled line needs
    neither.
    """
    accepted: dict[int, HeadingNumber] = {}
    last: dict[NumberKind, int] = {}
    begun: dict[NumberKind, int] = {}
    for place, mark in enumerate(marks):
        if mark is None:
            continue
        if depths[place] or _belongs(place, mark, paragraphs, marks, last.get(mark.kind)):
            accepted[place] = mark
            if mark.number == 1 or mark.kind not in last:
                begun[mark.kind] = place
            last[mark.kind] = mark.number
            _end_points(mark, last, begun)
    return accepted


def _end_points(mark: HeadingNumber, last: dict[NumberKind, int], begun: Mapping[NumberKind, int]) -> None:
    """Ends the series of points that stand below the series of `mark`.

    二、 ends the 一是 … 二是 … under 一、: a 三是 behind it begins nothing. But 1. and 2. inside 一是 (they
    began behind it) leave it open: 二是 goes on.
    """
    if mark.kind in POINTS:
        return
    for point in POINTS:
        if begun.get(point, -1) > begun[mark.kind]:
            last.pop(point, None)


def _belongs(
    place: int,
    mark: HeadingNumber,
    paragraphs: Sequence[str],
    marks: Sequence[HeadingNumber | None],
    previous: int | None,
) -> bool:
    """Returns whether the mark belongs to a series; `previous` is the number that its kind had last."""
    paragraph = paragraphs[place]
    if mark.loose and not _is_title_like(paragraph, mark):
        return False
    if mark.kind in POINTS and mark.number != 1:
        return _continues_points(place, mark, paragraphs, previous)
    if mark.number == 1:
        return _begins_series(place, mark, paragraphs, marks)
    # One number may be missing: writers take a heading out and don't count anew.
    if previous is not None and previous < mark.number <= previous + 2:
        return True
    return mark.kind in _SERIES_FROM_ANYWHERE and not mark.loose and _is_title_like(paragraph, mark)


def _begins_series(
    place: int, mark: HeadingNumber, paragraphs: Sequence[str], marks: Sequence[HeadingNumber | None]
) -> bool:
    paragraph = paragraphs[place]
    # 一是快；二是稳；三是准。 The paragraph holds the whole series and is no heading of it.
    if mark.kind in POINTS and _INLINE_SECOND.search(paragraph):
        return False
    # A lone "一、看清路" on a line of its own is a heading; a lone "A. …" or "一 …" can be anything.
    return _has_second(place, mark, marks) or (
        not mark.loose and mark.kind is not NumberKind.LETTER and _is_title_like(paragraph, mark)
    )


def _continues_points(
    place: int, mark: HeadingNumber, paragraphs: Sequence[str], previous: int | None
) -> bool:
    """Returns whether a later point has one before it, in a paragraph of its own or inside one."""
    if mark.kind is NumberKind.POINT_FIRST and _WISH.match(paragraphs[place]):
        return False
    # 首先 … 最后 leave out any number of steps in between.
    limit = mark.number if mark.kind is NumberKind.POINT_FIRST or previous is None else previous + 2
    if previous is not None and previous < mark.number <= limit:
        return True
    before = paragraphs[place - 1] if place else ""
    return inline_mark(before, mark, mark.number - 1) is not None


def _has_second(place: int, mark: HeadingNumber, marks: Sequence[HeadingNumber | None]) -> bool:
    """Returns whether the series of a first mark goes on before an outer one does.

    Series that begin in between stand inside it and are passed over. 一是 … 1. … 2. … 二是: 1. began behind
    一是, so 2. doesn't end it. In 一、 … 一是 … 二、 … 二是 the 二、 comes first, and 一是 is no series.
    """
    inside: set[NumberKind] = set()
    for at in range(place + 1, len(marks)):
        other = marks[at]
        if other is None or (other.kind > mark.kind and mark.kind not in POINTS):
            continue
        if other.kind is mark.kind:
            return other.number in ((2, 3, 4) if mark.kind is NumberKind.POINT_FIRST else (2, 3))
        if other.number == 1:
            inside.add(other.kind)
        elif other.kind not in inside and other.kind not in POINTS:
            return False
    return False


def _is_title_like(paragraph: str, mark: HeadingNumber) -> bool:
    """Returns whether the paragraph is a line that only a heading would be: short, with no sentence inside."""
    if mark.kind in POINTS:
        return False
    inner = paragraph[mark.length :]
    return (
        len(inner) <= LONGEST_OWN_LINE
        and not _SENTENCE_END.search(inner[:-1])
        and not inner.endswith(("；", "，"))
    )


def _inline_first(
    place: int, paragraphs: Sequence[str], accepted: Mapping[int, HeadingNumber]
) -> ParagraphHeading | None:
    """Returns the first point of a series whose second begins the next paragraph: `…三件事。一是…` / `二是…`."""
    own, following = accepted.get(place), accepted.get(place + 1)
    if following is None or following.number != 2 or (own is not None and own.kind is following.kind):
        return None
    first = inline_mark(paragraphs[place], following, 1)
    if first is None or _INLINE_SECOND.search(paragraphs[place]):
        return None
    offset, mark = first
    # Inside the paragraph's own heading ("（一）要做到：一是快。") there is no place for another.
    if own is not None and offset < _numbered_heading(place, paragraphs[place], own).length:
        return None
    return replace(_numbered_heading(place, paragraphs[place][offset:], mark), offset=offset)


def _numbered_heading(place: int, paragraph: str, mark: HeadingNumber) -> ParagraphHeading:
    """Returns the heading behind the mark, up to a sentence's end, a parting blank or the line's end."""
    written_mark = paragraph[: mark.length].rstrip()
    end = _SENTENCE_END.search(paragraph, mark.length)
    if end is not None and end.end() < len(paragraph.rstrip()):
        # "一是看清路。渠老了…": the sentence is the heading, without its 。 but with a ？ or ！.
        stop = end.start() + (end[0] != "。")
        blank = _blank_end(paragraph, mark.length, stop)
        text = paragraph[mark.length : blank or stop].rstrip()
        return ParagraphHeading(place, mark.kind, written_mark, text, True, blank or end.end(), mark.number)
    blank = _blank_end(paragraph, mark.length, len(paragraph))
    if blank:
        text = paragraph[mark.length : blank].rstrip()
        return ParagraphHeading(place, mark.kind, written_mark, text, True, blank, mark.number)
    text = paragraph[mark.length :].rstrip()
    run_in = mark.kind in POINTS or len(text) > LONGEST_OWN_LINE or text.endswith(("。", "；", "！", "？"))
    text = text.rstrip("。；")
    return ParagraphHeading(place, mark.kind, written_mark, text, run_in, len(paragraph), mark.number)


def _blank_end(paragraph: str, start: int, stop: int) -> int:
    """Returns the place behind the blank that parts a heading from the body on its line, 0 if there is none.

    "（一）看清路　　渠老了，…" has one; "一、2024 年的账" and "一、看清路， 迈开步" have not.
    """
    blank = paragraph.find(" ", start, stop)
    if blank < start + 2 or len(paragraph) - blank <= _SHORTEST_BODY or blank - start > LONGEST_OWN_LINE:
        return 0
    return 0 if re.search(r"[，。；：、]$|[×\d]$", paragraph[start:blank]) else blank + 1


# --- headings without a mark --------------------------------------------------------------------------------


def _is_unnumbered(place: int, paragraphs: Sequence[str], marks: Sequence[HeadingNumber | None]) -> bool:
    """Returns whether the paragraph is a heading without a mark.

    That is a short line without an end mark, before a long paragraph or a numbered heading. What stands
    before it must be closed: a short line behind an open one is a verse, an entry of a list, a name in a row.
    """
    paragraph = paragraphs[place]
    if FRAME_WORDS.fullmatch(paragraph) and place + 1 < len(paragraphs):
        return len(paragraphs[place + 1]) >= LONGEST_UNNUMBERED
    if marks[place] is not None or place + 1 >= len(paragraphs) or not _looks_like_heading(paragraph):
        return False
    following = paragraphs[place + 1]
    closed = not place or paragraphs[place - 1].endswith(_CLOSED) or marks[place - 1] is not None
    return closed and (len(following) >= _LONG_PARAGRAPH or marks[place + 1] is not None)


def _looks_like_heading(paragraph: str) -> bool:
    return (
        _SHORTEST_UNNUMBERED <= len(paragraph) <= LONGEST_UNNUMBERED
        and not _NO_UNNUMBERED.search(paragraph)
        and not is_bare_date(paragraph)
    )


def _without_quotations(
    headings: list[ParagraphHeading], paragraphs: Sequence[str]
) -> list[ParagraphHeading]:
    """Returns the headings without a single unnumbered one behind a colon.

    老人们常说一句话：/ 水是命根子 announces a quotation. Where there are several they are headings all the
    same.
    """
    unnumbered = [heading for heading in headings if not heading.mark and not heading.depth]
    if len(unnumbered) != 1 or not unnumbered[0].paragraph:
        return headings
    announced = paragraphs[unnumbered[0].paragraph - 1].endswith(("：", ":"))
    return [heading for heading in headings if heading is not unnumbered[0]] if announced else headings


def _settle_unnumbered(headings: list[ParagraphHeading]) -> list[ParagraphHeading]:
    """Returns the headings with a kind for the unnumbered ones, which decides how deep they stand.

    - Two at most, one before and one behind the only series of the outermost kind, frame it (开头的话, 一、…,
      二、…, 结束的话) and stand beside its headings.
    - Where one comes before every 一、, they are outer ones: 去年的路 / 一、… 二、… / 今年的路 / 一、… 二、….
    - Else they stand inside: 一、看清路 / 东坡的路 / 西岭的路 / 二、迈开步.
    - Words such as 前言 and 结语 always stand beside the outermost series.
    """
    unnumbered = [place for place, heading in enumerate(headings) if not heading.mark and not heading.depth]
    marked = [heading for heading in headings if heading.mark]
    if not unnumbered or not marked:
        return [_as_kind(heading, NumberKind.UNNUMBERED_OUTER) for heading in headings]
    outermost = min(heading.kind for heading in marked)
    series = [place for place, heading in enumerate(headings) if heading.mark and heading.kind is outermost]
    if _frames(unnumbered, series, headings):
        return [_as_kind(heading, outermost) for heading in headings]
    first_chinese = next(
        (place for place in series if headings[place].kind is NumberKind.CHINESE), len(headings)
    )
    kind = NumberKind.UNNUMBERED_OUTER if unnumbered[0] < first_chinese else NumberKind.UNNUMBERED_INNER
    return [
        _as_kind(heading, outermost if FRAME_WORDS.fullmatch(heading.text) else kind) for heading in headings
    ]


def _frames(unnumbered: Sequence[int], series: Sequence[int], headings: Sequence[ParagraphHeading]) -> bool:
    """Returns whether the unnumbered headings (by their places) frame a single series."""
    is_one_series = sum(headings[place].number == 1 for place in series) == 1
    none_between = all(place > series[-1] for place in unnumbered if place > series[0])
    return is_one_series and len(unnumbered) <= 2 and none_between and unnumbered[0] < series[0]


def _as_kind(heading: ParagraphHeading, kind: NumberKind) -> ParagraphHeading:
    """Returns the heading with this kind if it has neither a mark nor a style."""
    return heading if heading.mark or heading.depth else replace(heading, kind=kind)
