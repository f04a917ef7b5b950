"""Decides which paragraphs of the body begin with a heading, and of which kind each is.

The marks are read by `heading_numbers`. A numbered heading must belong to a series (`heading_series`); a
heading without a mark must look like one and stand where one would. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jianggao.parsing.dates import is_bare_date
from jianggao.parsing.heading_numbers import (
    FRAME_WORDS,
    LONGEST_OWN_LINE,
    POINTS,
    HeadingNumber,
    NumberKind,
    inline_mark,
    read_mark,
)
from jianggao.parsing.heading_series import INLINE_SECOND, SENTENCE_END, marks_in_series, unite_points

LONGEST_UNNUMBERED = 30
"""Characters of a heading without a mark."""
_SHORTEST_UNNUMBERED = 4
_SHORTEST_BODY = 30
"""A heading and a blank, then this much: the blank ends the heading."""
_LONG_PARAGRAPH = 50
_NO_UNNUMBERED = re.compile(
    r"^附件|^附[：:]|[。！？；：:!?;…，,、]$|^[——\-—（(\[“”●•·◆■]|[。！？；]|^【(?![^】]{2,20}】$)"
)
"""What no heading without a mark looks like: a sentence, an attachment, a list entry, ——a subtitle."""
_CLOSED = ("。", "！", "？", "”", "：", ":", "）", "；", "…", "!", "?", ")")


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
    marks = unite_points([read_mark(paragraph) for paragraph in paragraphs])
    accepted = marks_in_series(paragraphs, marks, depths)
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


def _inline_first(
    place: int, paragraphs: Sequence[str], accepted: Mapping[int, HeadingNumber]
) -> ParagraphHeading | None:
    """Returns the first point of a series whose second begins the next paragraph: `…三件事。一是…` / `二是…`."""
    own, following = accepted.get(place), accepted.get(place + 1)
    if following is None or following.number != 2 or (own is not None and own.kind is following.kind):
        return None
    first = inline_mark(paragraphs[place], following, 1)
    if first is None or INLINE_SECOND.search(paragraphs[place]):
        return None
    offset, mark = first
    # Inside the paragraph's own heading ("（一）要做到：一是快。") there is no place for another.
    if own is not None and offset < _numbered_heading(place, paragraphs[place], own).length:
        return None
    return replace(_numbered_heading(place, paragraphs[place][offset:], mark), offset=offset)


def _numbered_heading(place: int, paragraph: str, mark: HeadingNumber) -> ParagraphHeading:
    """Returns the heading behind the mark, up to a sentence's end, a parting blank or the line's end."""
    written_mark = paragraph[: mark.length].rstrip()
    end = SENTENCE_END.search(paragraph, mark.length)
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
    # "（一）渠 林 田 都要管好…": a blank behind a single character spaces a list, and parts no heading.
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
    # 前言 is too short for a heading by its looks; what it needs is a text below it.
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
