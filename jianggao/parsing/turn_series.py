"""Finds the series of headings that stand within one speaker's turn, in minutes and interviews.

What the next speaker says belongs to none of them: 李会计：我说三条。 / 一是…。 / 二是…。 / 三是…。 / 方大川：好。
A series that goes on across turns (一、水 / 方大川：… / 二、路) heads the turns, and isn't meant. All examples in the
comments are made up.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from jianggao.parsing.heading_numbers import HeadingNumber, NumberKind, inline_mark
from jianggao.parsing.heading_series import is_title_like
from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.speaker_labels import begins_with_familiar_name, is_speaker_line, speaker_lines
from jianggao.parsing.surnames import begins_with_surname

_FEWEST_TURNS = 2
_FEWEST_ENTRIES = 2
_OPENING = ("【", "[", "［")


def without_lists_in_turns(
    paragraphs: Sequence[str],
    accepted: Mapping[int, HeadingNumber],
    depths: Sequence[int],
    is_whole: Callable[[int], bool],
) -> tuple[dict[int, HeadingNumber], dict[int, int]]:
    """Returns the marks without those of lists, and by paragraph where the turn ends that a heading stands in.

    A list is a series without any text of its own, the next speaker directly below its last line: its entries are
    what somebody said, and head nothing. `is_whole` says whether a paragraph's heading would take all of it,
    `depths` are the levels of the source's own styles.
    """
    kept = dict(accepted)
    ends: dict[int, int] = {}
    turns = _turns(paragraphs)
    if len(turns) < _FEWEST_TURNS:
        return kept, ends
    for run in _series_in_turns(paragraphs, accepted, turns):
        end = turns[bisect_left(turns, run[-1] + 1)]
        if any(depths[at] for at in run):
            continue
        whole = [is_whole(at) for at in run]
        if all(whole) and run[-1] - run[0] == len(run) - 1 and run[-1] + 1 == end:
            for at in run:
                del kept[at]
        # 二、大家怎么说 directly over the turns heads them.
        elif not (whole[-1] and run[-1] + 1 == end and is_title_like(paragraphs[run[-1]], accepted[run[-1]])):
            ends |= dict.fromkeys(run, end)
    return kept, ends


def _turns(paragraphs: Sequence[str]) -> list[int]:
    """Returns the paragraphs in which somebody surely begins to speak.

    成绩： and 同志们： may come twice in a speech, and are no names.
    """
    return sorted(
        at
        for at in speaker_lines(paragraphs)
        if is_speaker_line(paragraphs[at])
        or begins_with_familiar_name(paragraphs[at])
        or paragraphs[at].startswith(_OPENING)
        or (begins_with_surname(paragraphs[at]) and not is_salutation(paragraphs[at]))
    )


def _series_in_turns(
    paragraphs: Sequence[str], accepted: Mapping[int, HeadingNumber], turns: Sequence[int]
) -> list[list[int]]:
    """Returns the paragraphs of each series that begins and ends within a turn with another one behind it."""
    series: list[list[int]] = []
    open_series: dict[NumberKind, list[int]] = {}
    for at in sorted(accepted):
        mark = accepted[at]
        run = open_series.get(mark.kind)
        if run and mark.number > accepted[run[-1]].number:
            run.append(at)
        elif mark.number == 1 or _has_first_above(paragraphs, at, mark):
            open_series[mark.kind] = [at]
            series.append(open_series[mark.kind])
        else:
            open_series.pop(mark.kind, None)
    return [run for run in series if _is_in_one_turn(run, accepted[run[0]], turns)]


def _is_in_one_turn(run: Sequence[int], first: HeadingNumber, turns: Sequence[int]) -> bool:
    begun = bisect_left(turns, run[0] + 1)
    # The first of 第二，… stands inside the paragraph above.
    fewest = _FEWEST_ENTRIES if first.number == 1 else _FEWEST_ENTRIES - 1
    return len(run) >= fewest and 0 < begun < len(turns) and run[-1] < turns[begun]


def _has_first_above(paragraphs: Sequence[str], at: int, mark: HeadingNumber) -> bool:
    """Returns whether the point is a second whose first stands inside the paragraph above: 答：两条。第一，…."""
    return mark.number == 2 and at > 0 and inline_mark(paragraphs[at - 1], mark, 1) is not None
