"""Tells the entries of a short list from headings.

1. 东渠二里； / 2. 西渠三里； / 3. 南渠一里。 have no text of their own, and the last one would take the text behind the
list for its own. All examples in the comments are made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jianggao.parsing.heading_numbers import POINTS, HeadingNumber, NumberKind
from jianggao.parsing.heading_series import NOTE_KINDS, is_title_like

_LIST_KINDS = (
    NumberKind.ARABIC,
    NumberKind.BRACKETED_ARABIC,
    NumberKind.BOXED_ARABIC,
    NumberKind.CIRCLED,
    NumberKind.LETTER,
)
"""Kinds that number entries; 一、 and 第一章 do so only behind a colon (先念三章：)."""
_LONGEST_ENTRY = 30
_SEMICOLONS = ("；", ";")


def without_short_lists(
    paragraphs: Sequence[str], accepted: Mapping[int, HeadingNumber], depths: Sequence[int]
) -> dict[int, HeadingNumber]:
    """Returns the marks of headings without those of short lists.

    A list is a whole series, one line directly below the other, that either has a semicolon behind each entry but
    the last, or whose entries are short phrases with a paragraph of the text behind the last, or are notes at the
    very end. `depths` are the levels that the source gives its headings, 0 for none.
    """
    kept = dict(accepted)
    for run in _whole_series(paragraphs, accepted):
        if not any(depths[at] for at in run) and _is_list(paragraphs, accepted, run):
            for at in run:
                del kept[at]
    return kept


def _whole_series(paragraphs: Sequence[str], accepted: Mapping[int, HeadingNumber]) -> Iterator[range]:
    """Yields the paragraphs of each series of two or more that stands without a text between its lines."""
    places = sorted(accepted)
    at = 0
    while at < len(places):
        first = at
        while at + 1 < len(places) and places[at + 1] == places[at] + 1 and _follows(accepted, places, at):
            at += 1
        goes_on = at + 1 < len(places) and _follows(accepted, places, at)
        mark = accepted[places[first]]
        if at > first and mark.number == 1 and not goes_on:
            yield range(places[first], places[at] + 1)
        at += 1


def _follows(accepted: Mapping[int, HeadingNumber], places: Sequence[int], at: int) -> bool:
    mark, following = accepted[places[at]], accepted[places[at + 1]]
    return following.kind is mark.kind and following.number == mark.number + 1


def _is_list(paragraphs: Sequence[str], accepted: Mapping[int, HeadingNumber], run: range) -> bool:
    """Returns whether a series without a text between its lines is a list."""
    if accepted[run.start].kind in POINTS:
        return _is_list_of_points(paragraphs, accepted, run)
    numbers_entries = accepted[run.start].kind in _LIST_KINDS
    announced = run.start > 0 and paragraphs[run.start - 1].endswith(("：", ":"))
    # （一）东渠一组； / （二）西渠二组。 too, but 一、重视；/ 二、分工。 only behind a colon.
    may_be_entries = numbers_entries or announced or accepted[run.start].kind is NumberKind.BRACKETED_CHINESE
    if may_be_entries and all(paragraphs[at].endswith(_SEMICOLONS) for at in run[:-1]):
        return True
    if not numbers_entries and not announced:
        return False
    behind = run.stop
    # [1] 数字来自水站。/ [2] 去年的。 at the very end are notes.
    if behind == len(paragraphs) and accepted[run.start].kind in NOTE_KINDS:
        return all(_is_short(paragraphs[at], accepted[at]) and paragraphs[at].endswith("。") for at in run)
    # Further marks below the last line show that it is a heading; without a text nothing is taken.
    return (
        behind < len(paragraphs)
        and behind not in accepted
        and all(_is_short(paragraphs[at], accepted[at]) for at in run)
    )


def _is_list_of_points(paragraphs: Sequence[str], accepted: Mapping[int, HeadingNumber], run: range) -> bool:
    """Returns whether a colon announces these points, and each line is one of them and no more: 会议有三项议程： /
    一是看渠； / 二是算账； / 三是县长讲话。 The text goes on below, or a heading that is no part of the last one."""
    below = accepted.get(run.stop)
    return (
        run.start > 0
        and paragraphs[run.start - 1].endswith(("：", ":"))
        and run.stop < len(paragraphs)
        and (below is None or below.kind < accepted[run.start].kind)
        and all(paragraphs[at].endswith((*_SEMICOLONS, "，", ",")) for at in run[:-1])
        and all(len(paragraphs[at]) <= _LONGEST_ENTRY for at in run)
    )


def _is_short(paragraph: str, mark: HeadingNumber) -> bool:
    return len(paragraph) - mark.length <= _LONGEST_ENTRY and is_title_like(paragraph, mark)
