"""Decides which marks of paragraphs belong to a series of headings.

A mark (一、) alone proves nothing: prose begins with marks, too. Mostly it takes a second one to make a series.
All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from jianggao.parsing.heading_numbers import LONGEST_OWN_LINE, POINTS, HeadingNumber, NumberKind, inline_mark

SENTENCE_END = re.compile(r"[。！？!?](?![”’」』）)])")
INLINE_SECOND = re.compile(r"[；;。，,](?:二是|二要|其二|第二[，,]|其次[，,])")
"""The second point of a series that runs on in one paragraph: 一是快；二是稳；三是准。"""
_WISH = re.compile(
    r"最后[，,](?:我|也|再次|请|让我们|谨)?(?:代表.{0,12}[，,])?(?:祝|预祝|衷心|让我们|再次|感谢|谢谢)"
)
"""最后，祝大会圆满成功： a closing, not the last point."""
_LONGEST_PART = 12
"""Paragraphs of one article of rules, or of one part of an excerpt."""
_SERIES_FROM_ANYWHERE = (
    NumberKind.PART,
    NumberKind.CHAPTER_SECTION,
    NumberKind.BOXED_CHINESE,
    NumberKind.CHINESE,
    NumberKind.BRACKETED_CHINESE,
)
"""Kinds of marks that prose hardly begins with: a title behind one is a heading even without its series."""

NOTE_KINDS = (NumberKind.BOXED_ARABIC, NumberKind.CIRCLED)
"""[1] and ①, with which notes begin."""
_MUST_GO_ON = (NumberKind.LETTER, NumberKind.STEM, NumberKind.BRANCH, *NOTE_KINDS)
"""Kinds of which a lone mark can be anything: A. …, 甲、…, [1] 见《渠水志》。."""
_LIST_KINDS = (NumberKind.ARABIC, NumberKind.BRACKETED_ARABIC, NumberKind.BOXED_ARABIC, NumberKind.CIRCLED)
_SHORTEST_ITEM, _FEWEST_COMMAS = 24, 2


def without_lists(
    paragraphs: Sequence[str], accepted: Mapping[int, HeadingNumber], is_whole: Callable[[int], bool]
) -> dict[int, HeadingNumber]:
    """Returns the marks without those of a list: a whole series of long sentences, one below the other.

    1．东渠断面连续三月浑浊，责任单位是水站，年底以前改好。 / 2．…: its items are text, all of them.

    `is_whole` says whether a paragraph's heading would take all of it.
    """
    kept = dict(accepted)
    for first, mark in accepted.items():
        if mark.kind not in _LIST_KINDS or mark.number != 1:
            continue
        run = [first]
        while (behind := accepted.get(run[-1] + 1)) is not None and _follows(behind, accepted[run[-1]]):
            run.append(run[-1] + 1)
        following = next((accepted[at] for at in range(run[-1] + 1, len(paragraphs)) if at in accepted), None)
        # With a text between them, or behind the last, they head it.
        goes_on = following is not None and _follows(following, accepted[run[-1]])
        if (
            len(run) > 1
            and not goes_on
            and all(_is_item(paragraphs[at], accepted[at]) and is_whole(at) for at in run)
        ):
            for at in run:
                del kept[at]
    return kept


def _follows(mark: HeadingNumber, last: HeadingNumber) -> bool:
    return mark.kind is last.kind and mark.number == last.number + 1


def _is_item(paragraph: str, mark: HeadingNumber) -> bool:
    """Returns whether the paragraph is one long sentence behind its mark."""
    end = SENTENCE_END.search(paragraph, mark.length)
    commas = sum(paragraph.count(comma) for comma in "，,")
    is_whole = end is not None and end.end() == len(paragraph) and paragraph.endswith("。")
    return is_whole and commas >= _FEWEST_COMMAS and len(paragraph) - mark.length >= _SHORTEST_ITEM


def unite_points(marks: Sequence[HeadingNumber | None]) -> list[HeadingNumber | None]:
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


def marks_in_series(
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
    if mark.proven:
        return True
    if mark.loose and not is_title_like(paragraph, mark):
        return False
    if mark.kind in POINTS and mark.number != 1:
        return _continues_points(place, mark, paragraphs, previous)
    if mark.number == 1:
        return _begins_series(place, mark, paragraphs, marks)
    # 一、 … 三、: one number may be missing, as writers take a heading out and don't count anew.
    if previous is not None and previous < mark.number <= previous + 2:
        return True
    # An excerpt can begin with 第十二条 … 第十三条 …, or with 三、 … 四、 ….
    if (
        mark.kind in (NumberKind.ARTICLE, *_SERIES_FROM_ANYWHERE)
        and not mark.loose
        and _goes_on(place, mark, marks)
    ):
        return True
    return mark.kind in _SERIES_FROM_ANYWHERE and not mark.loose and is_title_like(paragraph, mark)


def _begins_series(
    place: int, mark: HeadingNumber, paragraphs: Sequence[str], marks: Sequence[HeadingNumber | None]
) -> bool:
    paragraph = paragraphs[place]
    # 一是快；二是稳；三是准。 The paragraph holds the whole series and is no heading of it.
    if mark.kind in POINTS and INLINE_SECOND.search(paragraph):
        return False
    if _has_second(place, mark, marks):
        return True
    # A lone "一、看清路" on a line of its own is a heading; a lone "A. …" or "一 …" can be anything, and a lone
    # "1. 数字来自水站。" is a note or an entry.
    if mark.loose or mark.kind in _MUST_GO_ON or (mark.kind in _LIST_KINDS and paragraph.endswith("。")):
        return False
    return is_title_like(paragraph, mark)


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


def _goes_on(place: int, mark: HeadingNumber, marks: Sequence[HeadingNumber | None]) -> bool:
    """Returns whether the next mark of the same kind, within a few paragraphs, has the next number."""
    behind = marks[place + 1 : place + 1 + _LONGEST_PART]
    following = next((other for other in behind if other is not None and other.kind is mark.kind), None)
    return following is not None and following.number == mark.number + 1


def is_title_like(paragraph: str, mark: HeadingNumber) -> bool:
    """Returns whether the paragraph is a line that only a heading would be: short, with no sentence
    inside."""
    if mark.kind in POINTS:
        return False
    inner = paragraph[mark.length :]
    return (
        len(inner) <= LONGEST_OWN_LINE
        and not SENTENCE_END.search(inner[:-1])
        and not inner.endswith(("；", "，"))
    )
