"""Which paragraphs begin with a heading, and of which kind."""

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
LONGEST_UNNUMBERED = 30
_SHORTEST_BODY = 30
"""A heading and a blank, then this much: the blank ends the heading."""
_SENTENCE_END = re.compile(r"[。！？!?](?![”’」』）)])")
_INLINE_SECOND = re.compile(r"[；;。，,](?:二是|二要|其二|第二[，,]|其次[，,])")
_NO_UNNUMBERED = re.compile(
    r"^附件|^附[：:]|[。！？；：:!?;…，,、]$|^[——\-—（(\[“”●•·◆■]|[。！？；]|^【(?![^】]{2,20}】$)"
)
_CLOSED = ("。", "！", "？", "”", "：", ":", "）", "；", "…", "!", "?", ")")
_WISH = re.compile(
    r"最后[，,](?:我|也|再次|请|让我们|谨)?(?:代表.{0,12}[，,])?(?:祝|预祝|衷心|让我们|再次|感谢|谢谢)"
)
_SERIES_FROM_ANYWHERE = (
    NumberKind.PART,
    NumberKind.CHAPTER_SECTION,
    NumberKind.CHINESE,
    NumberKind.BRACKETED_CHINESE,
)


@dataclass(frozen=True, slots=True)
class ParagraphHeading:
    """A heading in paragraph `paragraph`: mark and text; the rest of the paragraph is its body.

    `length` is how many characters of the paragraph, from `offset` on, are the heading's slice; `offset` is over 0 for
    the first point of a series that stands behind a sentence. `depth` is the level of a style (Word's Heading 1, ##).
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
    """The headings of the body's paragraphs, in order. `styled` are lines that the source set as headings."""
    depths = [_styled_depth(paragraph, styled or {}) for paragraph in paragraphs]
    marks = _same_series([read_mark(paragraph) for paragraph in paragraphs])
    kept = _plausible(paragraphs, marks, depths)
    found: list[ParagraphHeading] = []
    for place, paragraph in enumerate(paragraphs):
        mark = kept.get(place)
        if found and found[-1].paragraph + found[-1].lines > place:
            continue
        if mark is not None:
            below = _text_below(place, paragraphs, marks, mark)
            one = _heading(place, paragraph, mark)
            if below:
                one = replace(one, text=below, length=len(paragraph) + 1 + len(below), lines=2)
            found.append(replace(one, depth=depths[place]))
        elif depths[place]:
            kind = NumberKind.UNNUMBERED_OUTER
            found.append(
                ParagraphHeading(place, kind, "", paragraph, False, len(paragraph), depth=depths[place])
            )
        elif _is_unnumbered(place, paragraphs, marks):
            found.append(
                ParagraphHeading(place, NumberKind.UNNUMBERED_INNER, "", paragraph, False, len(paragraph))
            )
        first = _inline_first(place, paragraphs, kept)
        if first is not None:
            found.append(first)
    return _settle_unnumbered(_without_quotations(found, paragraphs))


def _text_below(
    place: int, paragraphs: Sequence[str], marks: Sequence[HeadingNumber | None], mark: HeadingNumber
) -> str:
    """The next line, where the mark stands alone on its own (第一章 / 总的要求); "" where it is no heading's text."""
    if (
        paragraphs[place][mark.length :].strip()
        or place + 2 >= len(paragraphs)
        or marks[place + 1] is not None
    ):
        return ""
    below = paragraphs[place + 1]
    return below if len(below) <= LONGEST_UNNUMBERED and not _NO_UNNUMBERED.search(below) else ""


def _styled_depth(paragraph: str, styled: Mapping[str, int]) -> int:
    """How deep the source's own style sets the line; 0 for none, and for prose that wears a heading's style."""
    if len(paragraph) > LONGEST_OWN_LINE or paragraph.endswith(("。", "；", "，", "：")):
        return 0
    return styled.get(paragraph, 0)


def _same_series(marks: Sequence[HeadingNumber | None]) -> list[HeadingNumber | None]:
    """一是 and 一要 are series of their own, unless one goes on where the other stopped (一要 … 二是 …)."""
    latest: HeadingNumber | None = None
    settled: list[HeadingNumber | None] = []
    for mark in marks:
        if mark is not None and mark.kind in (NumberKind.POINT_IS, NumberKind.POINT_NEED):
            if latest is not None and mark.number > 1 and latest.number == mark.number - 1:
                mark = replace(mark, kind=latest.kind)
            latest = mark
        elif mark is not None and mark.kind not in POINTS:
            latest = None
        settled.append(mark)
    return settled


def _plausible(
    paragraphs: Sequence[str], marks: Sequence[HeadingNumber | None], depths: Sequence[int]
) -> dict[int, HeadingNumber]:
    """The marks that belong to a series: a first one with a second behind it, a later one with one before it."""
    kept: dict[int, HeadingNumber] = {}
    last: dict[NumberKind, int] = {}
    begun: dict[NumberKind, int] = {}
    for place, mark in enumerate(marks):
        if mark is None:
            continue
        if depths[place] or _belongs(place, mark, paragraphs, marks, last.get(mark.kind)):
            kept[place] = mark
            if mark.number == 1 or mark.kind not in last:
                begun[mark.kind] = place
            last[mark.kind] = mark.number
            _end_points(mark, last, begun)
    return kept


def _end_points(mark: HeadingNumber, last: dict[NumberKind, int], begun: Mapping[NumberKind, int]) -> None:
    """A heading of a series that is older than a series of points ends that; one that began behind it stands inside."""
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
    paragraph = paragraphs[place]
    if mark.loose and not _is_title_like(paragraph, mark):
        return False
    if mark.kind in POINTS and mark.number != 1:
        return _continues_points(place, mark, paragraphs, previous)
    if mark.number == 1:
        if mark.kind in POINTS and _INLINE_SECOND.search(paragraph):
            return False
        return _has_second(place, mark, marks) or (
            not mark.loose and mark.kind is not NumberKind.LETTER and _is_title_like(paragraph, mark)
        )
    if previous is not None and previous < mark.number <= previous + 2:
        return True
    return mark.kind in _SERIES_FROM_ANYWHERE and not mark.loose and _is_title_like(paragraph, mark)


def _continues_points(
    place: int, mark: HeadingNumber, paragraphs: Sequence[str], previous: int | None
) -> bool:
    """A later point has one before it, in a paragraph of its own or inside the paragraph before."""
    if mark.kind is NumberKind.POINT_FIRST and _WISH.match(paragraphs[place]):
        return False
    before = paragraphs[place - 1] if place else ""
    if previous is not None and (
        previous < mark.number
        if mark.kind is NumberKind.POINT_FIRST
        else previous < mark.number <= previous + 2
    ):
        return True
    return inline_mark(before, mark, mark.number - 1) is not None


def _has_second(place: int, mark: HeadingNumber, marks: Sequence[HeadingNumber | None]) -> bool:
    """Whether the series goes on before an outer one does; series that begin in between stand inside."""
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
    """A line of its own that only a heading would be: short, no sentence inside."""
    if mark.kind in POINTS:
        return False
    inner = paragraph[mark.length :]
    return (
        len(inner) <= LONGEST_OWN_LINE
        and not _SENTENCE_END.search(inner[:-1])
        and not inner.endswith(("；", "，"))
    )


def _inline_first(
    place: int, paragraphs: Sequence[str], kept: Mapping[int, HeadingNumber]
) -> ParagraphHeading | None:
    """The first point of a series whose second begins the next paragraph: `…三件事。一是…`"""
    own, following = kept.get(place), kept.get(place + 1)
    if following is None or following.number != 2 or (own is not None and own.kind is following.kind):
        return None
    at = inline_mark(paragraphs[place], following, 1)
    if at is None or _INLINE_SECOND.search(paragraphs[place]):
        return None
    offset, mark = at
    if own is not None and offset < _heading(place, paragraphs[place], own).length:
        return None
    return replace(_heading(place, paragraphs[place][offset:], mark), offset=offset)


def _heading(place: int, paragraph: str, mark: HeadingNumber) -> ParagraphHeading:
    written_mark = paragraph[: mark.length].rstrip()
    end = _SENTENCE_END.search(paragraph, mark.length)
    if end is not None and end.end() < len(paragraph.rstrip()):
        stop = end.start() + (end[0] != "。")
        blank = _blank_end(paragraph, mark.length, stop)
        text = paragraph[mark.length : blank or stop]
        return ParagraphHeading(
            place, mark.kind, written_mark, text.rstrip(), True, blank or end.end(), mark.number
        )
    text = paragraph[mark.length :].rstrip()
    blank = _blank_end(paragraph, mark.length, len(paragraph))
    if blank:
        return ParagraphHeading(
            place, mark.kind, written_mark, paragraph[mark.length : blank].rstrip(), True, blank, mark.number
        )
    run_in = mark.kind in POINTS or len(text) > LONGEST_OWN_LINE or text.endswith(("。", "；", "！", "？"))
    return ParagraphHeading(
        place, mark.kind, written_mark, text.rstrip("。；"), run_in, len(paragraph), mark.number
    )


def _blank_end(paragraph: str, start: int, stop: int) -> int:
    """Behind the blank that parts a heading from the body on its line; 0 if there is none."""
    blank = paragraph.find(" ", start, stop)
    if blank < start + 2 or len(paragraph) - blank <= _SHORTEST_BODY or blank - start > LONGEST_OWN_LINE:
        return 0
    return 0 if re.search(r"[，。；：、]$|[×\d]$", paragraph[start:blank]) else blank + 1


def _is_unnumbered(place: int, paragraphs: Sequence[str], marks: Sequence[HeadingNumber | None]) -> bool:
    """A short line without an end, before a long paragraph or a numbered heading, not first in the text."""
    paragraph = paragraphs[place]
    if FRAME_WORDS.fullmatch(paragraph) and place + 1 < len(paragraphs):
        return len(paragraphs[place + 1]) >= LONGEST_UNNUMBERED
    if (
        marks[place] is not None
        or not 4 <= len(paragraph) <= LONGEST_UNNUMBERED
        or _NO_UNNUMBERED.search(paragraph)
        or is_bare_date(paragraph)
        or place + 1 >= len(paragraphs)
    ):
        return False
    following = paragraphs[place + 1]
    closed = not place or paragraphs[place - 1].endswith(_CLOSED) or marks[place - 1] is not None
    return closed and (len(following) >= 50 or marks[place + 1] is not None)


def _without_quotations(found: list[ParagraphHeading], paragraphs: Sequence[str]) -> list[ParagraphHeading]:
    """A single short line behind a colon is what was announced there, not a heading."""
    unnumbered = [one for one in found if not one.mark and not one.depth]
    if len(unnumbered) != 1 or not unnumbered[0].paragraph:
        return found
    announced = paragraphs[unnumbered[0].paragraph - 1].endswith(("：", ":"))
    return [one for one in found if one is not unnumbered[0]] if announced else found


def _settle_unnumbered(found: list[ParagraphHeading]) -> list[ParagraphHeading]:
    """Unnumbered headings frame one series that runs through the text, and then are its brothers; are outer ones where
    one comes before every numbered 一、; else stand below 一、."""
    unnumbered = [place for place, one in enumerate(found) if not one.mark and not one.depth]
    marked = [one for one in found if one.mark]
    if not unnumbered or not marked:
        return [_as_kind(one, NumberKind.UNNUMBERED_OUTER) for one in found]
    outermost = min(one.kind for one in marked)
    series = [place for place, one in enumerate(found) if one.mark and one.kind is outermost]
    in_front, behind = unnumbered[0] < series[0], [place for place in unnumbered if place > series[0]]
    is_one_series = sum(found[place].number == 1 for place in series) == 1
    if is_one_series and len(unnumbered) <= 2 and all(place > series[-1] for place in behind) and in_front:
        return [_as_kind(one, outermost) for one in found]
    first_chinese = next((place for place in series if found[place].kind is NumberKind.CHINESE), len(found))
    kind = NumberKind.UNNUMBERED_OUTER if unnumbered[0] < first_chinese else NumberKind.UNNUMBERED_INNER
    return [_as_kind(one, outermost if FRAME_WORDS.fullmatch(one.text) else kind) for one in found]


def _as_kind(one: ParagraphHeading, kind: NumberKind) -> ParagraphHeading:
    return one if one.mark or one.depth else replace(one, kind=kind)
