"""Finds where the head of a text ends: its salutation, or else the first line of its body.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from jianggao.parsing.body_start import is_styled_heading, speaks_at_once, stands_above_body
from jianggao.parsing.dates import is_bare_date
from jianggao.parsing.first_heading import first_heading, first_line_is_heading, lecture_number
from jianggao.parsing.head_notices import is_frame
from jianggao.parsing.heading_numbers import FRAME_WORDS, read_mark
from jianggao.parsing.known_notices import KnownNotices
from jianggao.parsing.lines import Lines
from jianggao.parsing.notices import is_notice
from jianggao.parsing.occasion_lines import is_form_line, is_occasion, is_paragraph, is_surely_occasion
from jianggao.parsing.page_words import is_page_word
from jianggao.parsing.salutation import is_call_alone, is_salutation, names_the_speaker, whole_salutation
from jianggao.parsing.stage_labels import begins_stage, below_stages, first_stage, salutation_of_stage
from jianggao.parsing.title_choice import BOLD
from jianggao.parsing.title_lines import (
    LONGEST_TITLE,
    LONGEST_TITLE_LINE,
    ends_like_title,
    is_part_number,
    is_strong_title,
)
from jianggao.parsing.web_furniture import is_web_line

HEAD_LINES = 40
"""A salutation further down than this calls on the audience again; it doesn't open the speech."""
_LONGEST_HEAD = 200
"""Lines in which the body begins: more short lines than these are a list, and it begins behind the title."""
_SHORTEST_PROSE = 30
_CALL = re.compile(r"[^：:！!。？]{2,40}[：:！!]")


# --- salutation ---------------------------------------------------------------------------------------------


def split_salutation_line(lines: Lines, notes: Collection[int], styled: Mapping[str, int]) -> None:
    """Splits a first line such as `同志们：今天…` behind its salutation."""
    lecture = lecture_number(lines.kept)
    for at, line in enumerate(lines.kept[:HEAD_LINES]):
        # 学生代表：方小川 names who speaks.
        if at in notes or is_form_line(line) or names_the_speaker(line):
            continue
        if _split_call(lines, at):
            return
        if at != lecture and _is_below_salutation(lines.kept, at, notes, styled):
            stage = first_stage(lines.kept, at + 1, notes)
            any(_split_call(lines, below) for below in below_stages(lines.kept[:HEAD_LINES], stage))
            return


def _split_call(lines: Lines, at: int) -> bool:
    """Splits the kept line `at` behind the salutation that it begins with; returns whether it begins with one."""
    line = lines.kept[at]
    call = _CALL.match(line)
    if call is None or not is_salutation(call[0]):
        return False
    if call.end() < len(line) and not is_salutation(line):
        lines.split(at, call.end())
    return True


def find_salutation(
    lines: Sequence[str], notes: Collection[int], styled: Mapping[str, int]
) -> tuple[int, int] | None:
    """Returns the first line of the salutation and the line behind it, None if there is none.

    What stands behind the first paragraph or heading is none: 同志们， calls there once more.
    """
    lecture = lecture_number(lines)
    for at, line in enumerate(lines[:HEAD_LINES]):
        # 参会代表： is an entry of a form, and calls nobody.
        if at in notes or is_form_line(line):
            continue
        if is_salutation(line):
            return whole_salutation(lines, at)
        # 各位老师， on a line of its own, right above the first paragraph
        if at and is_call_alone(line) and at + 1 < len(lines) and _is_prose(lines[at + 1]):
            return at, at + 1
        if at != lecture and _is_below_salutation(lines, at, notes, styled):
            return salutation_of_stage(lines[:HEAD_LINES], first_stage(lines, at + 1, notes))
    return None


def _is_below_salutation(
    lines: Sequence[str], at: int, notes: Collection[int], styled: Mapping[str, int]
) -> bool:
    """Returns whether a line is the first paragraph or heading of the body, so that no salutation comes below.

    Of headings without a mark (## 开场的话) that is one of several that the source sets alike.
    """
    line = lines[at]
    if not at or is_part_number(line) or is_bare_date(line):
        return False
    if (read_mark(line) and len(line) > 1) or _is_prose(line):
        return True
    alike = list(styled.values()).count(styled.get(line, BOLD)) > 1
    return line in styled and alike and is_styled_heading(lines, at, notes, styled)


# --- where the body begins ----------------------------------------------------------------------------------


def _is_prose(line: str) -> bool:
    """Returns whether the line is a paragraph of the speech: a long sentence, no notice or editor's note."""
    return is_paragraph(line) and not is_notice(line)


def find_body(
    lines: Sequence[str], notes: Collection[int], styled: Mapping[str, int], known: KnownNotices
) -> int:
    """Returns the line at which the body of a text without a salutation begins.

    That is the first heading, sentence or long line; in a text of short lines alone the line behind title and
    occasion.
    """
    heading = first_heading(lines, ends_like_title, is_occasion)
    lecture = lecture_number(lines)
    for at, line in enumerate(lines[:_LONGEST_HEAD]):
        if at in notes or (at < HEAD_LINES and _is_notice(line, known)):
            continue
        if at < HEAD_LINES and is_styled_heading(lines, at, notes, styled):
            return at
        if at == 0:
            if _begins_at_once(lines):
                return 0
        elif (
            begins_stage(line)
            or at == heading
            # 上篇, where it heads a part of the speech
            or (is_page_word(line) and known.keeps(line))
            or (
                at != lecture
                and _begins_body(line)
                and not (at < HEAD_LINES and stands_above_body(lines[:at], line))
            )
        ):
            return at
    return _behind_first_lines(lines)


def _is_notice(line: str, known: KnownNotices) -> bool:
    return not known.keeps(line) and (known.removes(line) or is_frame(line))


def _begins_body(line: str) -> bool:
    return (
        # A date under the title can begin as a numbered heading does.
        (read_mark(line) is not None and not is_bare_date(line))
        or len(line) > LONGEST_TITLE_LINE
        or (speaks_at_once(line) and not is_surely_occasion(line) and not is_web_line(line))
        or bool(FRAME_WORDS.fullmatch(line))
        or line.endswith(("。", "？", "；"))
        or (line.endswith(("：", ":", "！")) and not is_web_line(line))
    )


def _begins_at_once(lines: Sequence[str]) -> bool:
    """Returns whether the first line is a paragraph or heading of the body, so that there is no title."""
    length = len(lines[0])
    return (
        (length > _SHORTEST_PROSE and lines[0].endswith("。"))
        or length > LONGEST_TITLE
        or speaks_at_once(lines[0])
        or first_line_is_heading(lines)
    )


def _behind_first_lines(lines: Sequence[str]) -> int:
    """Returns the line behind title and occasion in a text of short lines: a poem, an agenda.

    Returns the number of lines, so that there is no body, where a title comes later or less than two lines
    are left.
    """
    at = 1
    while at < min(len(lines), HEAD_LINES) and (is_occasion(lines[at]) or is_web_line(lines[at])):
        at += 1
    if len(lines) > _LONGEST_HEAD:
        return at
    has_body = len(lines) - at >= 2 and not any(is_strong_title(line) for line in lines[at:])
    return at if has_body else len(lines)
