"""Finds what stands before the body of a speech: notices, title, occasion (date, place, speaker), salutation.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from jianggao.parsing.body_start import is_styled_heading, speaks_at_once, stands_above_body
from jianggao.parsing.dates import delivery_dates, first_date, is_bare_date, is_labelled_date
from jianggao.parsing.document_sites import is_document_label
from jianggao.parsing.editors_notes import dates_of_speaking, editors_notes
from jianggao.parsing.first_heading import first_heading, first_line_is_heading, lecture_number
from jianggao.parsing.front_rows import set_apart, split_label
from jianggao.parsing.head_furniture import is_saved_at, original_accounts
from jianggao.parsing.head_notices import (
    MASTHEAD,
    REPEATED_TITLE,
    TitleReader,
    doubtful_above_title,
    head_notices,
    is_frame,
)
from jianggao.parsing.heading_numbers import FRAME_WORDS, read_mark
from jianggao.parsing.hosts import host_of_script
from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices
from jianggao.parsing.labelled_lines import is_published, page_authors
from jianggao.parsing.lines import Lines
from jianggao.parsing.news_reports import news_lead, reported_days, reported_speaker
from jianggao.parsing.notices import is_notice
from jianggao.parsing.occasion_lines import is_form_line, is_occasion, is_paragraph, is_surely_occasion
from jianggao.parsing.placed_names import placed_name
from jianggao.parsing.registry_rows import is_registry_row
from jianggao.parsing.salutation import (
    is_call_alone,
    is_salutation,
    names_the_speaker,
    set_close,
    whole_salutation,
)
from jianggao.parsing.speaker import confirmed_author, find_speaker, speaker_in
from jianggao.parsing.stage_labels import begins_stage, below_stages, first_stage, salutation_of_stage
from jianggao.parsing.text_end import WEB
from jianggao.parsing.title_choice import BOLD, best_title, first_title_line, repetitions, title_lines
from jianggao.parsing.title_lines import (
    LONGEST_TITLE,
    LONGEST_TITLE_LINE,
    ends_like_title,
    in_one_line,
    is_part_number,
    is_strong_title,
)
from jianggao.parsing.title_subtitles import title_styles
from jianggao.parsing.web_furniture import account_names, is_web_line

_HEAD_LINES = 40
"""A salutation further down than this calls on the audience again; it doesn't open the speech."""
_LAST_LINES = 60
"""How much of a text's end is searched for the name of the account that it was pasted from."""
_SHORTEST_PROSE = 30
_CALL = re.compile(r"[^：:！!。？]{2,40}[：:！!]")


@dataclass(slots=True)
class Head:
    """What stands before the body.

    `title` are its lines (none: the text has no title), `occasion` all others beside the salutation, both in the
    order of the text. `speaker` is the name of who spoke, "" where it isn't sure. The lines to look for the
    material date in are `date_lines` and then `dated`; `published` say when the text was put on a page.
    `notices` are the lines taken out of the head. The body begins at the kept line `body_start`. `is_reported` says
    that a newspaper's report stands above it.
    """

    title: list[str] = field(default_factory=list)
    occasion: list[str] = field(default_factory=list)
    date_lines: list[str] = field(default_factory=list)
    dated: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    salutation: str = ""
    speaker: str = ""
    body_start: int = 0
    notices: list[str] = field(default_factory=list)
    is_reported: bool = False

    def full_title(self) -> str:
        """Returns the title in one line, without a date in brackets behind it, "" where there is none.

        Letters that are spaced out (政 府 工 作 报 告) come together.
        """
        return in_one_line(self.title) if self.title else ""


def read_head(
    lines: Lines, styled: Mapping[str, int] | None = None, known: KnownNotices = NO_NOTICES
) -> Head:
    """Finds the salutation, or else the first line of the body, and sorts what stands above it.

    Notices, mastheads, labels and repetitions of the title are removed from `lines`. `styled` are the lines that
    the source sets as headings, with their levels from 1; `known` says which lines are known to be notices or
    text.
    """
    styled = title_styles(styled or {})
    authors = page_authors(lines.kept[:_HEAD_LINES])
    labelled = [lines.kept[at] for at in set_apart(lines)]
    lead = [lines.kept[at] for at in news_lead(lines.kept[:_HEAD_LINES])]
    notes = editors_notes(lines.kept, lines.places, _HEAD_LINES) | {*news_lead(lines.kept[:_HEAD_LINES])}
    _split_salutation_line(lines, notes, styled)
    salutation = _find_salutation(lines.kept, notes, styled)
    if salutation is not None:
        start, stop = salutation
    else:
        start = stop = _find_body(lines.kept, notes, styled, known)
    head = Head(salutation="".join(set_close(line) for line in lines.kept[start:stop]))
    # 【会前提醒】 and what is said there are of the body, also above the salutation.
    stage = first_stage(lines.kept, start, notes)
    start, height = (start, stop - start) if stage is None else (stage, 0)
    noted = {lines.kept[at] for at in notes if at < start} | authors
    before = len(lines.kept)
    names = account_names([*lines.kept[:start], *lines.kept[-_LAST_LINES:]])
    names |= original_accounts(lines.kept[:start])
    titles = TitleReader(partial(best_title, noted=noted), first_title_line, is_occasion)
    removed = {
        at: reason
        for at, reason in sorted(head_notices(lines.kept[:start], known, titles, names).items())
        if not _is_kept(lines.kept[at], noted)
    }
    # "来源：渠水网 时间：2025-03-18" goes, but its date counts; not that of 下载于2025年3月18日 or a document site.
    pages = [
        lines.kept[at]
        for at, reason in removed.items()
        if reason in (WEB, MASTHEAD)
        and not (is_saved_at(lines.kept[at]) or is_document_label(lines.kept[at]))
    ]
    head.notices += [lines.kept[at] for at in removed]
    lines.remove(removed)
    start -= before - len(lines.kept)
    start -= _sort(head, lines, start, _Sorting(noted, labelled, styled, known))
    head.dated[:0] = reported_days(lead, [*pages, *head.published, *head.dated])
    head.date_lines += delivery_dates(lines.kept[start + height :])
    _place_published(head, [*head.published, *pages])
    head.speaker = head.speaker or find_speaker(pages) or confirmed_author(pages, noted)
    if lead:
        head.speaker = head.speaker or reported_speaker([*lead, head.full_title()])
    head.is_reported = bool(lead)
    head.body_start = start + height
    return head


def _is_kept(line: str, noted: Collection[str]) -> bool:
    """Returns whether a line that looks like a notice or a page's furniture is text all the same: what an editor
    wrote, and who speaks (文/罗小满)."""
    return line in noted or (is_web_line(line) and bool(speaker_in(line)))


def _place_published(head: Head, published: Sequence[str]) -> None:
    """Adds the dates of publication to the lines that the material date is looked for in.

    They count as any labelled date does, but not before a date under the title: that is the day of the speech.
    """
    if first_date(head.dated, compact=False) is not None:
        head.dated += published
    else:
        head.date_lines += published


@dataclass(frozen=True, slots=True)
class _Sorting:
    """What is known of the lines above the body.

    `noted` are the lines of editors' notes and a page's author, `labelled` those that stood behind a label such as
    标题：, `styled` those that the source sets as headings, `known` those of which somebody has said what they are.
    """

    noted: Collection[str]
    labelled: Collection[str]
    styled: Mapping[str, int]
    known: KnownNotices


def _sort(head: Head, lines: Lines, start: int, sorting: _Sorting) -> int:
    """Sorts the first `start` kept lines into title and occasion; returns how many were removed.

    These are repetitions of the title: web pages show it above the text once more.
    """
    above = lines.kept[:start]
    notes = {at for at, line in enumerate(above) if line in sorting.noted} | doubtful_above_title(above)
    named = [at for at, line in enumerate(above) if line in sorting.labelled]
    placed = placed_name(above, is_called=bool(head.salutation))
    if placed in notes or placed in named:
        placed = None
    apart = notes if placed is None else {*notes, placed}
    chosen = title_lines(above, apart, named, sorting.styled)
    before = len(lines.kept)
    if len(chosen) == 1 and is_form_line(lines.kept[chosen[0]]):
        split_label(lines, chosen[0])  # 主题：让路灯亮到村口 serves as the title
    head.title = [lines.kept[at] for at in chosen]
    repeated = repetitions(lines.kept[:start], chosen, notes)
    others = {*chosen, *repeated}
    aside = [at for at in range(start) if at not in others]
    head.occasion = [lines.kept[at] for at in aside]
    # Who signed a paper is no speaker, and the day on which an office received it none of the speech.
    spoken = [lines.kept[at] for at in aside if at not in notes and not is_registry_row(lines.kept[at])]
    _read_beside_title(head, spoken, "" if placed is None else above[placed])
    head.dated += dates_of_speaking(lines.kept[at] for at in aside if at in notes)
    lines.remove({at: REPEATED_TITLE for at in repeated if not sorting.known.keeps(lines.kept[at])})
    return before - len(lines.kept)


def _read_beside_title(head: Head, spoken: Sequence[str], placed: str) -> None:
    """Reads dates and speaker from the lines beside the title; what an editor wrote is not among them. `placed` is the
    line that its place shows to be a name."""
    dates = {line for line in spoken if is_labelled_date(line)}
    head.published = [line for line in spoken if line in dates and is_published(line)]
    head.date_lines = [line for line in spoken if line in dates and not is_published(line)]
    head.dated = [line for line in [*spoken, *head.title] if line not in dates]
    title = head.full_title()
    head.speaker = find_speaker(spoken, title, placed) or host_of_script(spoken, title)


# --- salutation ---------------------------------------------------------------------------------------------


def _split_salutation_line(lines: Lines, notes: Collection[int], styled: Mapping[str, int]) -> None:
    """Splits a first line such as `同志们：今天…` behind its salutation."""
    lecture = lecture_number(lines.kept)
    for at, line in enumerate(lines.kept[:_HEAD_LINES]):
        # 学生代表：方小川 names who speaks.
        if at in notes or is_form_line(line) or names_the_speaker(line):
            continue
        if _split_call(lines, at):
            return
        if at != lecture and _is_below_salutation(lines.kept, at, notes, styled):
            stage = first_stage(lines.kept, at + 1, notes)
            any(_split_call(lines, below) for below in below_stages(lines.kept[:_HEAD_LINES], stage))
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


def _find_salutation(
    lines: Sequence[str], notes: Collection[int], styled: Mapping[str, int]
) -> tuple[int, int] | None:
    """Returns the first line of the salutation and the line behind it, None if there is none.

    What stands behind the first paragraph or heading is none: 同志们， calls there once more.
    """
    lecture = lecture_number(lines)
    for at, line in enumerate(lines[:_HEAD_LINES]):
        # 参会代表： is an entry of a form, and calls nobody.
        if at in notes or is_form_line(line):
            continue
        if is_salutation(line):
            return whole_salutation(lines, at)
        # 各位老师， on a line of its own, right above the first paragraph
        if at and is_call_alone(line) and at + 1 < len(lines) and _is_prose(lines[at + 1]):
            return at, at + 1
        if at != lecture and _is_below_salutation(lines, at, notes, styled):
            return salutation_of_stage(lines[:_HEAD_LINES], first_stage(lines, at + 1, notes))
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


def _find_body(
    lines: Sequence[str], notes: Collection[int], styled: Mapping[str, int], known: KnownNotices
) -> int:
    """Returns the line at which the body of a text without a salutation begins.

    That is the first heading, sentence or long line; in a text of short lines alone the line behind title and
    occasion.
    """
    heading = first_heading(lines, ends_like_title, is_occasion)
    lecture = lecture_number(lines)
    for at, line in enumerate(lines):
        if at in notes or (at < _HEAD_LINES and _is_notice(line, known)):
            continue
        if at < _HEAD_LINES and is_styled_heading(lines, at, notes, styled):
            return at
        if at == 0:
            if _begins_at_once(lines):
                return 0
        elif (
            begins_stage(line)
            or at == heading
            or (
                at != lecture
                and _begins_body(line)
                and not (at < _HEAD_LINES and stands_above_body(lines[:at], line))
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
    while at < min(len(lines), _HEAD_LINES) and (is_occasion(lines[at]) or is_web_line(lines[at])):
        at += 1
    has_body = len(lines) - at >= 2 and not any(is_strong_title(line) for line in lines[at:])
    return at if has_body else len(lines)
