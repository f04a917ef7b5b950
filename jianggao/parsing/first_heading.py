"""Finds the first heading of the body where no salutation parts title and body.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from jianggao.parsing.heading_numbers import NumberKind, read_mark
from jianggao.parsing.headings import ParagraphHeading, find_headings
from jianggao.parsing.speaker_labels import bracketed_speakers
from jianggao.parsing.unnumbered_headings import looks_like_heading

_FURTHEST = 40
"""Lines that title and occasion can take."""
_FURTHEST_LECTURE = 4
_LECTURE = re.compile(r"第 ?[一二三四五六七八九十百\d０-９]{1,4} ?[讲講课課回集辑輯](?:[\s：:、]|$)")
_SENTENCE = 20
_FEWEST_ALIKE = 3
"""Headings without a number that show together that the first of them is no title."""
_LONG_PARAGRAPH = 50
_ENDED = ("。", "！", "？", "”", "…", "!", "?")
_OFFICE = re.compile(r".*[省市县区州旗乡镇村].*(?:局|厅|委|会|府|办|室|处|院|校|社|站|司|部|组)$")
"""听雨县水利局: who speaks, or who published the text."""


def first_heading(
    lines: Sequence[str], ends_title: Callable[[str], bool], is_occasion: Callable[[str], bool]
) -> int | None:
    """Returns the line below the title that is the body's first heading, None if prose comes first.

    In minutes that is who speaks first (【方大川】).

    Headings with a sure mark (一、) are left to the caller, who knows dates that look like them. `ends_title`
    says whether a line ends as titles do, `is_occasion` whether it says when, where or who. A short line under
    a title is a heading only if others of its kind follow: else it is the title's second line or a subtitle.
    """
    headings = find_headings(lines)
    marked = {heading.paragraph for heading in headings if heading.mark}
    speakers = bracketed_speakers(lines)
    lecture = lecture_number(lines)
    under_title = bool(lines) and (ends_title(lines[0]) or is_occasion(lines[0]))
    for at in range(1, min(len(lines) - 1, _FURTHEST)):
        if at == lecture:
            continue
        if at in marked or lines[at] in speakers:
            return at
        if _is_text(lines[at]):
            return None
        is_end = ends_title(lines[at])
        is_title = is_occasion(lines[at]) or (is_end and not under_title)
        if not is_title and _is_first(lines, at, headings, under_title):
            return at
        under_title = under_title or is_end or is_title
    return None


def first_line_is_heading(lines: Sequence[str]) -> bool:
    """Returns whether the first line is a heading, so that the text has no title.

    "一、看清路" begins the body where other headings follow; the only mark of a text stands in its title, and
    "第三讲 分水的规矩" is a title unless 第四讲 follows: a lecture has headings of its own.
    """
    mark = read_mark(lines[0])
    if mark is None:
        return _is_like_all_others(lines)
    others = (other for other in map(read_mark, lines[1:]) if other is not None)
    if mark.loose:
        return mark.number == 1 and any((other.kind, other.number) == (mark.kind, 2) for other in others)
    return any(mark.kind is not NumberKind.PART or other.kind is mark.kind for other in others)


def lecture_number(lines: Sequence[str]) -> int | None:
    """Returns the line below the first that says which lecture this is (第三讲 分水的规矩), None without one.

    It belongs to the title where no other lecture follows: with others it is a heading.
    """
    places = [at for at, line in enumerate(lines) if _LECTURE.match(line)]
    return places[0] if len(places) == 1 and 0 < places[0] <= _FURTHEST_LECTURE else None


def _is_like_all_others(lines: Sequence[str]) -> bool:
    """Returns whether the first line is one of several headings without a number, all made alike.

    修渠为什么慢 / … / 分水为什么乱 / … / 守闸靠什么人 / …: none of them is the title.
    """
    if len(lines) < _FEWEST_ALIKE * 2 or not looks_like_heading(lines[0]) or not _is_text(lines[1]):
        return False
    later = [heading.text for heading in find_headings(lines) if not heading.mark and heading.paragraph]
    return len(later) >= _FEWEST_ALIKE - 1 and all(_are_alike(lines[0], text) for text in later)


def _is_first(lines: Sequence[str], at: int, headings: Sequence[ParagraphHeading], under_title: bool) -> bool:
    """Returns whether the short line `at` under a title is a heading, by the ones that follow.

    `under_title` says that the title is whole above it.
    """
    line, below = lines[at], lines[at + 1]
    if not looks_like_heading(line) or _OFFICE.match(line):
        return False
    later = [heading for heading in headings if not heading.mark and heading.paragraph > at]
    if _begins_series(below):  # 过去一年 / 一、… 二、… / 今后一年 / 一、… 二、…
        return any(_begins_series(lines[heading.paragraph + 1]) for heading in later)
    if not _is_text(below) or not later:
        return False
    # 让账本走到墙上 / 让乡亲看得见 is one title in two lines.
    is_couplet = at == 1 and (len(line) == len(lines[0]) or line[0] == lines[0][0])
    return under_title or _are_alike(line, later[0].text) or (len(later) > 1 and not is_couplet)


def _are_alike(line: str, other: str) -> bool:
    """Returns whether two headings are made alike: 修渠为什么慢, 分水为什么乱."""
    return len(line) == len(other) and any(left == right for left, right in zip(line, other, strict=True))


def _begins_series(line: str) -> bool:
    mark = read_mark(line)
    return mark is not None and mark.number == 1


def _is_text(line: str) -> bool:
    return len(line) >= _LONG_PARAGRAPH or (len(line) >= _SENTENCE and line.endswith(_ENDED))
