"""Decides which paragraphs of the body begin with a heading, and of which kind each is.

The marks are read by `heading_numbers`, the doubtful ones proven by `heading_proof`. A numbered heading must
belong to a series (`heading_series`); a heading without a mark must look like one and stand where one would
(`unnumbered_headings`). All examples in the comments are made up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from jianggao.parsing.asides import is_aside
from jianggao.parsing.heading_extent import heading_extent
from jianggao.parsing.heading_lists import without_short_lists
from jianggao.parsing.heading_numbers import (
    FRAME_WORDS,
    LONGEST_OWN_LINE,
    POINTS,
    HeadingNumber,
    NumberKind,
    inline_mark,
)
from jianggao.parsing.heading_proof import proven_marks
from jianggao.parsing.heading_series import INLINE_SECOND, marks_in_series, unite_points, without_lists
from jianggao.parsing.lone_numbers import has_title_below
from jianggao.parsing.speaker_labels import is_speaker_line
from jianggao.parsing.speech_lines import is_customary_closing, rows_of_tables
from jianggao.parsing.turn_series import without_lists_in_turns
from jianggao.parsing.unnumbered_headings import unnumbered_places
from jianggao.sources.captions import is_signed_caption


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
    end: int = 0
    """The paragraph where another speaker begins, who ends what stands below the heading; 0 for none."""


def find_headings(
    paragraphs: Sequence[str],
    styled: Mapping[str, int] | None = None,
    wide_blanks: Mapping[int, Sequence[int]] | None = None,
    captions: Collection[str] = (),
) -> list[ParagraphHeading]:
    """Returns the headings of the body's paragraphs, in order.

    `styled` are the lines that the source itself sets as headings, with their levels from 1; `wide_blanks` are
    by paragraph the places of blanks that were wider than one in the source. `captions` are lines below pictures,
    which are no headings.
    """
    depths = _depths(paragraphs, styled or {})
    rows = rows_of_tables(paragraphs)
    marks = [
        None if at in rows and not depths[at] else mark
        for at, mark in enumerate(unite_points(proven_marks(paragraphs, depths)))
    ]
    wide = wide_blanks or {}
    series = marks_in_series(paragraphs, marks, depths)

    def is_whole(at: int) -> bool:
        return heading_extent(paragraphs[at], series[at], wide.get(at, ()))[1] == len(paragraphs[at])

    accepted = without_lists(paragraphs, series, is_whole)
    accepted = without_short_lists(paragraphs, accepted, depths)
    accepted, ends = without_lists_in_turns(paragraphs, accepted, depths, is_whole)
    has_numbers = any(mark.kind not in POINTS for mark in accepted.values())
    unnumbered = unnumbered_places(paragraphs, marks, has_numbers=has_numbers)
    unnumbered = {at for at in unnumbered if paragraphs[at] not in captions}
    headings: list[ParagraphHeading] = []
    for place, paragraph in enumerate(paragraphs):
        if headings and headings[-1].paragraph + headings[-1].lines > place:
            continue  # the text of the mark that stands on the line above
        depth, mark = depths[place], accepted.get(place)
        heading: ParagraphHeading | None = None
        if mark is not None:
            heading = _numbered_heading(place, paragraph, mark, wide.get(place, ()))
            heading = _with_text_below(heading, paragraphs, mark)
            heading = replace(heading, depth=depth, end=ends.get(place, 0))
        elif depth or place in unnumbered:
            kind = NumberKind.UNNUMBERED_OUTER if depth else NumberKind.UNNUMBERED_INNER
            heading = ParagraphHeading(place, kind, "", paragraph, False, len(paragraph), depth=depth)
        first = _inline_first(place, paragraphs, accepted)
        if first is not None:
            first = replace(first, end=ends.get(place + 1, 0))
        headings += [each for each in (heading, first) if each is not None]
    return _settle_unnumbered(_without_quotations(headings, paragraphs))


def _with_text_below(
    heading: ParagraphHeading, paragraphs: Sequence[str], mark: HeadingNumber
) -> ParagraphHeading:
    """Returns the heading with the text below it, if its mark has a line of its own: 第一章 / 总的要求."""
    place = heading.paragraph
    if paragraphs[place][mark.length :].strip() or not has_title_below(paragraphs, place):
        return heading
    below = paragraphs[place + 1]
    return replace(heading, text=below, length=len(paragraphs[place]) + 1 + len(below), lines=2)


def _depths(paragraphs: Sequence[str], styled: Mapping[str, int]) -> list[int]:
    """Returns the level of each paragraph's own style, 0 for none.

    Calls and thanks at the very end are no headings, however bold they are: nothing stands below them.
    """
    depths = [_styled_depth(paragraph, styled) for paragraph in paragraphs]
    for at in range(len(paragraphs) - 1, 0, -1):
        if not (paragraphs[at].endswith(("！", "!")) or is_customary_closing(paragraphs[at])):
            break
        depths[at] = 0
    return depths


def _styled_depth(paragraph: str, styled: Mapping[str, int]) -> int:
    """Returns the level of the source's own style, 0 for none.

    People set whole paragraphs as Heading 1 to make them bold: prose in a heading's style is no heading, and
    neither is a question of an interview, a remark or a caption.
    """
    depth = styled.get(paragraph, 0)
    if not depth or len(paragraph) > LONGEST_OWN_LINE or paragraph.endswith(("。", "；", "，", "：")):
        return 0
    return 0 if is_speaker_line(paragraph) or is_aside(paragraph) or is_signed_caption(paragraph) else depth


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


def _numbered_heading(
    place: int, paragraph: str, mark: HeadingNumber, wide_blanks: Sequence[int] = ()
) -> ParagraphHeading:
    """Returns the heading behind the mark."""
    text, length, run_in = heading_extent(paragraph, mark, wide_blanks)
    return ParagraphHeading(
        place, mark.kind, paragraph[: mark.length].rstrip(), text, run_in, length, mark.number
    )


# --- headings without a mark --------------------------------------------------------------------------------


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
