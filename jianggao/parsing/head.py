"""Finds what stands before the body of a speech: notices, title, occasion (date, place, speaker), salutation.

All examples in the comments are made up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from jianggao.parsing.dates import delivery_dates, first_date, is_labelled_date
from jianggao.parsing.document_sites import is_document_label
from jianggao.parsing.doubtful_titles import doubtful_above_title
from jianggao.parsing.editors_notes import dates_of_speaking, editors_notes
from jianggao.parsing.front_rows import set_apart, split_label
from jianggao.parsing.head_end import HEAD_LINES, find_body, find_salutation, split_salutation_line
from jianggao.parsing.head_furniture import is_saved_at, original_accounts
from jianggao.parsing.head_notices import (
    MASTHEAD,
    REPEATED_TITLE,
    TitleReader,
    head_notices,
)
from jianggao.parsing.hosts import host_of_script
from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices
from jianggao.parsing.labelled_lines import LabelKind, is_published, page_authors, read_label
from jianggao.parsing.lines import Lines
from jianggao.parsing.mastheads import days_of_issue
from jianggao.parsing.news_reports import news_lead, reported_days, reported_speaker
from jianggao.parsing.occasion_lines import is_form_line, is_occasion
from jianggao.parsing.others_lines import is_of_others, is_picture_credit
from jianggao.parsing.paper_lines import dates_a_draft, is_of_the_paper
from jianggao.parsing.placed_names import placed_name
from jianggao.parsing.registry_rows import is_registry_row
from jianggao.parsing.salutation import (
    set_close,
)
from jianggao.parsing.speaker import confirmed_author, find_speaker, speaker_in
from jianggao.parsing.stage_labels import first_stage
from jianggao.parsing.text_end import WEB
from jianggao.parsing.title_choice import best_title, first_title_line, repetitions, title_lines
from jianggao.parsing.title_lines import (
    in_one_line,
)
from jianggao.parsing.title_subtitles import title_styles
from jianggao.parsing.web_furniture import account_names, is_web_line

_LAST_LINES = 60
"""How much of a text's end is searched for the name of the account that it was pasted from."""


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
    authors = page_authors(lines.kept[:HEAD_LINES])
    labelled = [lines.kept[at] for at in set_apart(lines)]
    leading = {*news_lead(lines.kept[:HEAD_LINES])}
    lead = [lines.kept[at] for at in sorted(leading)]
    notes = editors_notes(lines.kept, lines.places, HEAD_LINES) | leading
    split_salutation_line(lines, notes, styled)
    salutation = find_salutation(lines.kept, notes, styled)
    if salutation is not None:
        start, stop = salutation
    else:
        start = stop = find_body(lines.kept, notes, styled, known)
    head = Head(salutation="".join(set_close(line) for line in lines.kept[start:stop]))
    # 【会前提醒】 and what is said there are of the body, also above the salutation.
    stage = first_stage(lines.kept, start, notes)
    start, height = (start, stop - start) if stage is None else (stage, 0)
    noted = {lines.kept[at] for at in notes if at < start} | authors
    before = len(lines.kept)
    pages = _remove_notices(head, lines, start, noted, known)
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


def _remove_notices(
    head: Head, lines: Lines, start: int, noted: Collection[str], known: KnownNotices
) -> list[str]:
    """Takes the notices out of the first `start` kept lines; returns those of them that say of a page or a paper who
    made it and when."""
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
    return pages


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
    notes = _places(above, sorting.noted) | doubtful_above_title(above)
    papers = _papers_beside_title(above) - notes
    notes |= papers
    named = sorted(_places(above, sorting.labelled))
    placed = placed_name(above, is_called=bool(head.salutation))
    beside = set() if placed is None or placed in notes or placed in named else {placed}
    chosen = title_lines(above, notes | beside, named, sorting.styled)
    before = len(lines.kept)
    if len(chosen) == 1 and is_form_line(lines.kept[chosen[0]]):
        split_label(lines, chosen[0])  # 主题：让路灯亮到村口 serves as the title
    head.title = [lines.kept[at] for at in chosen]
    repeated = repetitions(lines.kept[:start], chosen, notes)
    others = {*chosen, *repeated}
    aside = [at for at in range(start) if at not in others]
    head.occasion = [lines.kept[at] for at in aside]
    _read_beside_title(
        head,
        [lines.kept[at] for at in aside if at not in notes],
        "".join(above[at] for at in beside),
    )
    # The day on which a bulletin came out is that of the speech only where no other date stands beside the title.
    issued = days_of_issue(above[: min(chosen, default=0)], head.notices)
    head.dated.sort(key=issued.__contains__)
    head.dated += dates_of_speaking(lines.kept[at] for at in aside if at in notes)
    head.dated += [lines.kept[at] for at in aside if at in notes and dates_a_draft(lines.kept[at])]
    lines.remove({at: REPEATED_TITLE for at in repeated if not sorting.known.keeps(lines.kept[at])})
    return before - len(lines.kept)


def _papers_beside_title(lines: Sequence[str]) -> set[int]:
    """Returns the lines that speak of the paper itself (送审稿 请会后交回) or were put there by others (知识星球：渠边),
    where another one can be the title, and who took a picture anyway."""
    credits = {at for at, line in enumerate(lines) if is_picture_credit(line)}
    papers = {at for at, line in enumerate(lines) if is_of_the_paper(line) or is_of_others(line)}
    others = [line for at, line in enumerate(lines) if at not in papers]
    labels = (read_label(line) for line in others)
    # 主题：让路灯亮到村口 serves as the title, too.
    themed = any(label is not None and label.kind is LabelKind.THEME for label in labels)
    return papers if papers and (themed or not all(map(is_occasion, others))) else credits


def _places(lines: Sequence[str], searched: Collection[str]) -> set[int]:
    return {at for at, line in enumerate(lines) if line in searched}


def _read_beside_title(head: Head, spoken: Sequence[str], placed: str) -> None:
    """Reads dates and speaker from the lines beside the title; what an editor wrote is not among them. `placed` is the
    line that its place shows to be a name."""
    # Who signed a paper is no speaker, and the day on which an office received it none of the speech.
    spoken = [line for line in spoken if not is_registry_row(line)]
    dates = {line for line in spoken if is_labelled_date(line)}
    head.published = [line for line in spoken if line in dates and is_published(line)]
    head.date_lines = [line for line in spoken if line in dates and not is_published(line)]
    head.dated = [line for line in [*spoken, *head.title] if line not in dates]
    title = head.full_title()
    head.speaker = find_speaker(spoken, title, placed) or host_of_script(spoken, title)
