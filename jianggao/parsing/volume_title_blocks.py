"""Puts the lines together that a speech inside a volume begins with, from its title to its salutation.

All examples in the comments are made up. Every function looks at lines of bounded length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jianggao.parsing.contents_table import entry_form
from jianggao.parsing.dates import first_date
from jianggao.parsing.salutation import begins_with_call, set_close
from jianggao.parsing.volume_labels import TitleLabel, label_alone
from jianggao.parsing.volume_titles import (
    AGENDA_ENTRY,
    LABELLED_LINE,
    LONGEST_TITLE_LINE,
    SPEAKER_LINE,
    SUBTITLE_LINE,
    TitleForm,
    bare_title,
    is_date_line,
    is_front_line,
    is_label_row,
    salutation_lines,
    title_form,
    title_label,
)

_MOST_LINES = 10
"""Lines of title, date, speaker and salutation together."""


@dataclass(slots=True)
class TitleBlock:
    """The lines that a speech may begin with, from its title to its salutation or the line before its body.

    `start` and `stop` count among the lines that were passed.
    """

    start: int
    stop: int
    title: str
    form: TitleForm
    label: TitleLabel | None = None
    has_salutation: bool = False
    has_date: bool = False
    has_speaker: bool = False
    has_subtitle: bool = False
    """Whether a second line names the occasion: ——在抗旱会上的讲话."""
    has_call: bool = False
    """Whether the text itself begins with a call: 弟兄们，水来了。"""
    leading: int = 0
    """How many lines with date and speaker stand above the title."""


def title_block(lines: Sequence[str], at: int, contents: frozenset[str] = frozenset()) -> TitleBlock | None:
    """Returns the beginning of a speech at line `at`; None if no title can stand there.

    `contents` are entries of the volume's contents, by `entry_form`. One or two lines with date and speaker
    may stand above the title: 2025年3月18日 / 方大川 / 在年中工作会上的讲话.
    """
    leading = at
    while leading < min(at + 2, len(lines) - 1) and _stands_above(lines[leading]):
        leading += 1
    if leading > at and title_form(lines[leading]) < TitleForm.KIND:
        leading = at
    block = _titled(lines, leading, contents)
    if block is None:
        return None
    for line in lines[at:leading]:
        _note_front(block, line)
    block.start, block.leading = at, leading - at
    _read_behind_title(block, lines)
    if not block.has_salutation and block.stop < len(lines):
        block.has_call = begins_with_call(lines[block.stop])
    return block


def block_of_kind_alone(lines: Sequence[str], at: int) -> TitleBlock | None:
    """Returns the beginning of a speech whose title is 书记讲话 or the like, with date and salutation below, as an
    agenda has none; None if there is none."""
    if not AGENDA_ENTRY.fullmatch(lines[at][:LONGEST_TITLE_LINE]):
        return None
    block = TitleBlock(at, at + 1, lines[at], TitleForm.PLAIN)
    _read_behind_title(block, lines)
    return block if block.has_date and block.has_salutation else None


def _stands_above(line: str) -> bool:
    # 水利 can be a name or a title: a title behind it decides.
    # A year alone is the volume's.
    is_day = is_date_line(line) and ("月" in line or first_date([line]) is not None)
    if len(line) > LONGEST_TITLE_LINE or is_label_row(line):
        return False
    return is_day or bool(SPEAKER_LINE.fullmatch(set_close(line)))


def _titled(lines: Sequence[str], at: int, contents: frozenset[str]) -> TitleBlock | None:
    """Returns the block of the title alone, of one line or of two or three that only together make one."""
    line = lines[at]
    if len(line) > LONGEST_TITLE_LINE or salutation_lines(lines, at):
        return None
    label = title_label(line)
    if label is not None and label[1]:
        return TitleBlock(at, at + 1, label[1], title_form(label[1]), label[0])
    if label is not None:  # 【篇一】 alone: the title may stand in the next line
        following = title_form(lines[at + 1]) if at + 1 < len(lines) else TitleForm.NONE
        title = lines[at + 1] if following else line
        return TitleBlock(at, at + 1 + bool(following), title, following, label[0])
    if (row := label_alone(line)) is not None and _is_titled_below(lines, at + 1):
        return TitleBlock(at, at + 2, lines[at + 1], title_form(lines[at + 1]), row)
    form = title_form(line)
    if form is TitleForm.NONE and entry_form(line) not in contents:
        return None
    stop = at + 1
    for more in (2, 3) if form < TitleForm.OCCASION else ():
        # 在全县水利冬修 / 动员会上的讲话; ——在村务公开会上的讲话 is read with what stands behind, 【篇一】 is another.
        several = lines[at : at + more]
        joined = "".join(several)
        if title_form(several[-1]) is TitleForm.NONE or several[-1].startswith(("在", "关于", "【", "篇")):
            break
        if line.startswith(("在", "关于")) and title_form(joined) is TitleForm.OCCASION:
            return TitleBlock(at, at + more, joined, TitleForm.OCCASION)
    return TitleBlock(at, stop, bare_title(line), form)


def _is_titled_below(lines: Sequence[str], at: int) -> bool:
    """Returns whether a title that says what it is stands in a line: 案例一 numbers a text only above such a one."""
    return at < len(lines) and title_form(lines[at]) >= TitleForm.KIND


def _read_behind_title(block: TitleBlock, lines: Sequence[str]) -> None:
    """Moves the end of the block behind date, speaker, subtitle and salutation, and notes what was there."""
    if first_date([block.title]) is not None and block.form is TitleForm.OCCASION:
        block.has_date = True
    last = min(len(lines), block.stop + _MOST_LINES)
    while block.stop < last:
        line = lines[block.stop]
        if count := salutation_lines(lines, block.stop):
            block.has_salutation = True
            block.stop += count
            return
        # 讲话稿三篇 / 【范文1】 / 同志们：
        if (label := title_label(line)) is not None and label[0].is_of_title:
            return
        subtitle = SUBTITLE_LINE.fullmatch(line) if len(line) <= LONGEST_TITLE_LINE else None
        if subtitle and title_form(subtitle[1]) is TitleForm.OCCASION:
            block.form = TitleForm.OCCASION
            block.has_subtitle = True
        elif not is_front_line(line):
            return
        _note_front(block, line)
        block.stop += 1


def _note_front(block: TitleBlock, line: str) -> None:
    inner = set_close(line.strip("（）()【】[]〔〕 "))
    if is_date_line(line) or first_date([line]) is not None:
        block.has_date = True
    elif SPEAKER_LINE.fullmatch(inner) or LABELLED_LINE.fullmatch(line):
        block.has_speaker = True
