"""Chooses, among the lines above the body, those that make the title.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from jianggao.parsing.above_title import is_course, names_organisation, says_something
from jianggao.parsing.dashes import dash_before
from jianggao.parsing.dates import is_labelled_date
from jianggao.parsing.framed_lines import framed
from jianggao.parsing.labelled_lines import LabelKind, read_label
from jianggao.parsing.mastheads import numbered_mastheads
from jianggao.parsing.notices import is_vendor_line
from jianggao.parsing.occasion_lines import (
    is_meeting,
    is_occasion,
    is_of_series,
    is_organisation,
    is_surely_occasion,
    is_unknown_entry,
)
from jianggao.parsing.page_layout import is_kept_inside, is_masthead
from jianggao.parsing.page_words import names_part
from jianggao.parsing.paper_lines import is_kind_of_paper, is_stage_of_kind
from jianggao.parsing.site_names import is_office_name, is_site_name
from jianggao.parsing.surnames import begins_with_surname
from jianggao.parsing.title_lines import (
    LONGEST_TITLE_LINE,
    SPEECH_WORD,
    continues,
    is_open,
    is_part_number,
    is_whole_title,
    names_a_speech,
    speech_from,
)
from jianggao.parsing.title_parts import is_occasion_below_motto
from jianggao.text.normal_form import normal_form
from jianggao.text.simplified import simplified

_NAME = re.compile(r"[一-鿿]{2,3}|[一-鿿] [一-鿿]{1,2}|[×某X]{2,4}")
_KIND_OF_TEXT = re.compile(
    r"[【\[（(]?(?:领导|会议)?(?:讲话|发言|演讲|致辞|党课|宣讲|主持|交流|汇报|动员)(?:讲)?(?:稿|提纲|材料|文稿)[】\]）)]?"
)
_YEAR = re.compile(r"20\d\d年")
_SHORTEST_SLOGAN = 6
"""Characters from which a line above 在…会上的讲话 is a title with its subtitle, not a vendor's or an office's name."""
_ORGANISATION_END = re.compile(
    r"(?:委|会|局|府|县|市|省|乡|镇|村|厅|部|院|校|办|组|公司|集团|同志|书记|长|主任|年)$"
)
_MOST_ABOVE_THEME = 4
_SHORTEST_THEME = 3
_LAST_PLACE = 60
"""A title stands among so many lines at the beginning."""
_MOST_REPEATED = 4
"""Lines that a repetition of the title may take."""
BOLD = 7
"""The depth from which a style only means bold letters (jianggao/sources/markdown.py)."""


def title_lines(
    lines: Sequence[str], notes: Collection[int], labelled: Sequence[int], styled: Mapping[str, int]
) -> list[int]:
    """Returns which of the lines above the body make the title, none where none can.

    `notes` are lines of editors' notes, `labelled` those that stand behind a label such as 标题：, `styled` the
    lines that the source sets as headings, with their levels.
    """
    start = next((at for at in labelled if at < len(lines)), None)
    if start is None:
        looked_at = range(min(len(lines), _LAST_PLACE))
        start = _first_line(lines, [at for at in looked_at if at not in notes], styled)
    if start is None:
        # 安全生产讲话之一 stands above a title; where there is none it is the title itself.
        return [at for at, line in enumerate(lines) if at not in notes and is_of_series(line)][:1]
    chosen = [start]
    for at in range(start + 1, len(lines)):
        line, title = lines[at], [lines[place] for place in chosen]
        # 在年中会上的讲话稿 / （二）
        if is_part_number(line):
            return [*chosen, at]
        repeats = normal_form(line) == normal_form("".join(title))
        if at in notes or repeats or not _goes_on(title, line, styled, is_labelled=bool(labelled)):
            break
        chosen.append(at)
    return chosen


def goes_on(title: Sequence[str], line: str) -> bool:
    """Returns whether `line` belongs to the title whose lines so far are `title`: 在全县水利冬修 / 动员会上的讲话."""
    if is_surely_occasion(line) or is_meeting(line) or is_kept_inside(line) or is_whole_title(title, line):
        return False
    # 上篇 heads what follows.
    if names_part(line):
        return False
    # ～写给守渠人～ below a theme
    if framed(line) is not None and framed(title[0]) is None:
        return False
    # 讲话（参阅） below a theme
    if is_stage_of_kind(line) and says_something(title[0]) and not is_open("".join(title)):
        return False
    # 2025年春季农技员培训班讲稿（第四讲） below a theme
    if _YEAR.match(line) and is_course(line) and not is_open("".join(title)):
        return False
    opened = is_open("".join(title))
    if not opened and is_occasion_below_motto("".join(title), line):
        return False
    # Under 在全县水利冬修 three letters such as 动员会 go on; under a whole title they may be a name.
    if not opened and (is_occasion(line) or is_unknown_entry(line)):
        return False
    return len(line) <= LONGEST_TITLE_LINE


def first_title_line(lines: Sequence[str], title: int, last_notice: int) -> int:
    """Returns where a title begins that takes several lines up to `title`; `last_notice` stands above it."""
    first = title
    while first - 1 > last_notice and _continues_into_title(lines[first - 1]):
        first -= 1
    return first


def best_title(lines: Sequence[str], choices: Sequence[int], *, noted: Collection[str] = ()) -> int | None:
    """Returns the line most like a title: the first with a word for a speech, else the first of the choices.
    Lines of editors' notes (`noted`) are none."""
    choices = [at for at in choices if lines[at] not in noted] or choices
    choices = [
        at
        for at in choices
        if not (is_labelled_date(lines[at]) or is_masthead(lines[at]) or is_site_name(lines[at]))
    ] or choices
    # 渠水县工作通报 / 第14期 is no title where anything else can be one.
    mastheads = numbered_mastheads(lines)
    others = [at for at in choices if at not in mastheads]
    choices = others if any(not is_occasion(lines[at]) for at in others) else choices
    for at in choices:
        # ——在年中工作会上的讲话 is a subtitle: the title stands above it.
        if at + 1 < len(lines) and _is_subtitle(lines[at + 1]) and not is_occasion(lines[at]):
            return at
        if SPEECH_WORD.search(simplified(lines[at])) and not dash_before(lines[at]):
            return at
    return next(iter(choices), None)


def repetitions(lines: Sequence[str], chosen: Sequence[int], notes: Collection[int]) -> list[int]:
    """Returns which of the lines say the title again, in one line or in as many as the title takes."""
    title = normal_form("".join(lines[at] for at in chosen))
    letters = [normal_form(line) for line in lines]
    repeated: list[int] = []
    for at in range(len(lines)):
        if not title or at in chosen or at in notes or (repeated and at <= repeated[-1]):
            continue
        joined = ""
        for stop in range(at, min(at + _MOST_REPEATED, len(lines))):
            joined += letters[stop]
            if stop in chosen or not title.startswith(joined) or not letters[stop]:
                break
            if joined == title:
                repeated += range(at, stop + 1)
                break
    return repeated


def _goes_on(title: Sequence[str], line: str, styled: Mapping[str, int], *, is_labelled: bool) -> bool:
    if not goes_on(title, line):
        return False
    if is_open("".join(title)) or continues(line):
        return True
    # A label calls one line the title; a style goes for all lines of it.
    return not is_labelled and styled.get(title[-1], BOLD) == styled.get(line, BOLD)


def _first_line(lines: Sequence[str], free: Sequence[int], styled: Mapping[str, int]) -> int | None:
    """Returns the line that the title begins with, None if there is none among the `free` lines."""
    choices = [at for at in free if not is_surely_occasion(lines[at])]
    if not choices:
        return _last_resort(lines, free)
    choices = _without_site_names(lines, choices, styled)
    first = choices[0]
    set_as_headings = [at for at in choices if styled.get(lines[at], BOLD) < BOLD]
    if set_as_headings and first not in set_as_headings:
        top = min(set_as_headings, key=lambda at: styled[lines[at]])
        # 松坪乡党委 in plain letters, then the title as Heading 1
        if names_a_speech(lines[top]) or not names_a_speech(lines[first]):
            return top
    # 方大川同志 / 在年中会上的讲话 is one title, 方大川 / 在年中会上的讲话 is a name above it.
    if first and first - 1 in free and lines[first - 1].endswith("同志") and lines[first].startswith("在"):
        return first - 1
    if (theme := _below_course(lines, choices)) is not None:
        return theme
    if len(choices) > 1 and choices[1] == first + 1 and _stands_above_title(lines[first], lines[first + 1]):
        return choices[1]
    return first


def _below_course(lines: Sequence[str], choices: Sequence[int]) -> int | None:
    """Returns the theme directly below a line that says which lesson of a course this is (农技员培训班讲稿（第四讲）),
    None where there is none. Above that line may stand who holds the course."""
    for at, below in pairwise(choices[:_MOST_ABOVE_THEME]):
        if is_course(lines[at]):
            theme = lines[below]
            no_theme = is_occasion(theme) or continues(theme) or is_course(theme) or is_unknown_entry(theme)
            return below if below == at + 1 and len(theme) >= _SHORTEST_THEME and not no_theme else None
        if not is_occasion(lines[at]):
            return None
    return None


def _without_site_names(lines: Sequence[str], choices: list[int], styled: Mapping[str, int]) -> list[int]:
    """Returns the choices without a site's and an office's names before one that surely is the title: 渠水县教育局 /
    在开学典礼上的讲话, 新闻中心 / # 让账本走到墙上."""
    below_office = False
    for place, at in enumerate(choices):
        line = lines[at]
        if is_site_name(line):
            continue
        if place + 1 < len(choices) and _is_offices_line(lines, at, choices[place + 1]):
            below_office = True
            continue
        known = (
            below_office
            or names_a_speech(line)
            or line in styled
            or bool(SPEECH_WORD.search(simplified(line)))
        )
        return choices[place:] if place and known else choices
    return choices


def _is_offices_line(lines: Sequence[str], at: int, following: int) -> bool:
    """Returns whether the line `at` names an office or another organisation above the title that begins in the line
    `following`, and is no part of it. 松坪乡人民政府 / 关于…的报告 is one title."""
    line, below = lines[at], lines[following]
    named = is_organisation(line) or names_organisation(line)
    # 办好家门口的学校 ends as an organisation does.
    if not (is_office_name(line) or (named and not says_something(line))):
        return False
    if speech_from(lines, following):
        return True
    # 松坪镇党政办公室 / 签发：方大川 / 让路灯亮到村口: a title has nothing between its lines.
    return following > at + 1 or (says_something(below) and not below.startswith("关于"))


def _stands_above_title(first: str, following: str) -> bool:
    """Returns whether `first` is only a name above the title: 方大川 / 在年中会上的讲话, 听雨文稿 / 关于修渠的报告,
    or says what kind of text this is: 发言稿 / 让路灯亮到村口."""
    if _KIND_OF_TEXT.fullmatch(first):
        return not continues(following)
    # 讲话（参阅） / 让路灯亮到村口
    if is_kind_of_paper(first) and len(following) >= _SHORTEST_SLOGAN and not is_occasion(following):
        return not continues(following)
    if _NAME.fullmatch(first) and following.startswith(("在", "关于")):
        return begins_with_surname(first) or names_a_speech(following)
    is_short = len(first) < _SHORTEST_SLOGAN and not _ORGANISATION_END.search(first)
    return is_short and following.startswith(("在", "关于")) and names_a_speech(following)


def _last_resort(lines: Sequence[str], free: Sequence[int]) -> int | None:
    """Returns the line that can serve as a title where every line says when, where or who.

    That is 主题：…, 原标题：…, or a subtitle that names a speech (——在年中会上的讲话).
    """
    for at in free:
        label = read_label(lines[at])
        named = label is not None and label.kind in (LabelKind.THEME, LabelKind.FORMER_TITLE)
        if label is not None and named and label.length < len(lines[at]):
            return at
    for at in free:
        if names_a_speech(lines[at][dash_before(lines[at]) :]) and read_label(lines[at]) is None:
            return at
    return None


def _is_subtitle(line: str) -> bool:
    """Returns whether a line is a subtitle of a speech: ——在年中工作会上的讲话."""
    dash = dash_before(line)
    return dash > 0 and names_a_speech(line[dash:])


def _continues_into_title(line: str) -> bool:
    """Returns whether the title can begin in this line above it: 在全县水利冬修 / 动员会上的讲话."""
    return (
        len(line) >= 4  # 听雨 is a vendor's name, not the beginning of a title
        and not is_occasion(line)
        and not is_labelled_date(line)
        and not is_vendor_line(line)
        and not is_masthead(line)
    )
