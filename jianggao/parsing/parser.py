"""Parses a source text into a speech.

The steps: lines that aren't the speech go (page numbers, contents, notices), title, occasion and salutation
are read, headings are found and nested, and the body is cut into sections. All examples in the comments are
made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from jianggao.parsing.boilerplate import (
    is_imprint,
    is_layout,
    is_notice,
    is_notice_inside,
    is_vendor_line,
    is_web_line,
)
from jianggao.parsing.closing import closing_paragraph, notes_paragraph
from jianggao.parsing.contents_table import contents_lines
from jianggao.parsing.dates import material_date
from jianggao.parsing.file_titles import title_from_name
from jianggao.parsing.head import Head, read_head
from jianggao.parsing.heading_levels import heading_levels
from jianggao.parsing.headings import ParagraphHeading, find_headings
from jianggao.parsing.lines import Lines, join_wrapped_lines, plain_text, source_lines
from jianggao.parsing.lone_numbers import heading_number_lines, page_number_lines
from jianggao.parsing.model import Heading, ParsedSpeech
from jianggao.parsing.sections import cut_sections
from jianggao.text.characters import BROKEN

VERSION = "3"
"""Raise it with every change of what `parse` returns: stored files are then parsed again."""

# （听雨文稿整理）, —— 听雨文稿 ——
_BRACKETS_AROUND = re.compile(r"^[（(【\[—\-－–\s]+|[）)】\]—\-－–\s]+$")
_ONE_LINE = 60


def parse(
    text: str, file_name: str, today: date, styled: Mapping[str, int] | None = None
) -> ParsedSpeech | str:
    """Returns the speech in `text`, or the reason (a Chinese sentence) why there is none.

    Raises nothing for what a text holds. `styled` are the lines that the source itself sets as headings
    (Word's Heading 1, ##), with their levels from 1. Dates behind `today` are reported and not taken.
    """
    lines = _sort_lines(text, styled)
    head = read_head(lines, styled)
    _clean_body(lines, head)
    front = lines.kept[: head.body_start]
    body = lines.kept[head.body_start :]
    if reason := _why_no_speech(front, body):
        return reason
    cleaned = "\n".join([*front, *body]) + "\n"
    wide = {
        at: lines.wide_blanks[place]
        for at, place in enumerate(lines.places[head.body_start :])
        if place in lines.wide_blanks
    }
    paragraph_headings = find_headings(body, styled, wide)
    headings, closing = _headings(body, len("\n".join([*front, ""])), head.salutation, paragraph_headings)
    front_end = sum(len(line) + 1 for line in front)
    headings, sections = cut_sections(cleaned, front_end, headings, closing)
    dated = material_date(head.date_lines, file_name, head.dated, today)
    problems = [*dated.problems, *_problems(head, cleaned, front_end, headings)]
    return ParsedSpeech(
        title=head.full_title() if head.title else title_from_name(file_name) or _beginning(body[0]),
        salutation=head.salutation,
        occasion="\n".join(head.occasion),
        date=dated.day,
        date_origin=dated.origin,
        text=cleaned,
        headings=tuple(headings),
        sections=tuple(sections),
        removed=tuple(line for _, line in sorted(lines.removed)),
        problems=tuple(problems),
        speaker=head.speaker,
    )


def _problems(head: Head, cleaned: str, front_end: int, headings: Sequence[Heading]) -> Iterator[str]:
    """Yields what the operator should look at, each a Chinese sentence."""
    if not head.title:
        yield "没有找到标题，暂用文件名或正文开头。请在源文件第一行写上标题"
    if broken := cleaned.count(BROKEN):
        yield f"有 {broken} 处字符损坏（显示为 {BROKEN}）。请对照原文改正源文件"
    if headings and not _says_more(cleaned[front_end:], front_end, headings):
        yield "只有小标题，没有正文"


def _says_more(text: str, offset: int, headings: Sequence[Heading]) -> bool:
    """Returns whether a body says more than its headings. A run-in heading is a sentence, so it counts.

    `text` is the body, `offset` its place in the cleaned text, which the headings' slices are counted in.
    """
    at = 0
    for heading in headings:
        if text[at : heading.start - offset].strip() or heading.run_in:
            return True
        at = heading.end - offset
    return bool(text[at:].strip())


def _why_no_speech(front: Sequence[str], body: Sequence[str]) -> str:
    """Returns the reason (Chinese) why the lines are no speech, "" if they are one."""
    if not front and not body:
        return "只有声明或空行，没有正文"
    if not body:
        return "只有一行，没有正文" if len(front) <= 1 else "只有标题，没有正文"
    # A file that holds a single sentence (渠修好了，水来了，…。) is a note, and no speech.
    if len(body) == 1 and not front and len(body[0]) <= _ONE_LINE:
        return "只有一行，没有正文"
    return ""


def _beginning(paragraph: str) -> str:
    """Returns the first clause of a paragraph, as a title for a text that has none."""
    return re.split(r"[，。！？；：,!?;:]", paragraph)[0][:20] or paragraph[:20]


def _sort_lines(text: str, styled: Mapping[str, int] | None) -> Lines:
    """Returns the paragraphs of the text; page numbers, decoration and contents are its removed lines.

    These go first of all: a page number may stand within a sentence, which comes together again.
    """
    lines = source_lines(plain_text(text))
    texts = [line.text for line in lines]
    numbers = heading_number_lines(texts, styled)
    layout = {at for at, line in enumerate(texts) if at not in numbers and is_layout(line)}
    layout.update(page_number_lines(texts, numbers))
    pages = [lines[at].place for at in layout]
    kept = [line for at, line in enumerate(lines) if at not in layout]
    contents = contents_lines([line.text for line in kept])
    removed = [lines[at] for at in layout] + [kept[at] for at in contents]
    kept = [line for at, line in enumerate(kept) if at not in contents]
    return Lines.of(join_wrapped_lines(kept, pages), removed)


# --- body ---------------------------------------------------------------------------------------------------


def _clean_body(lines: Lines, head: Head) -> None:
    """Removes notices from the body: at its end by their features, elsewhere only what is beyond doubt.

    A line that repeats the whole title goes, too: it is the running title of a printed page.
    """
    known = {line for line in head.notices if len(line) > 1}
    chosen: set[int] = set()
    start, end = head.body_start, len(lines.kept)
    while end > start and _is_end_notice(lines.kept[end - 1], has_notices=bool(known)):
        end -= 1
        chosen.add(end)
    title = head.full_title() if head.title else ""
    for at in range(start, end):
        if is_notice_inside(lines.kept[at], known) or lines.kept[at] == title:
            chosen.add(at)
    lines.remove(sorted(chosen))


def _is_end_notice(line: str, *, has_notices: bool) -> bool:
    """Returns whether a line at the end is a notice.

    `has_notices` says that the head had some: then a line that only speaks of a vendor's trade is one, too.
    """
    if has_notices and is_vendor_line(_BRACKETS_AROUND.sub("", line)):
        return True
    return (is_notice(line) or is_web_line(line) or is_imprint(line)) and not _is_prose(line)


def _is_prose(line: str) -> bool:
    """Returns whether the line is a sentence of the speech that happens to look like a notice.

    希望各位把热线电话：12345 贴到村口。
    """
    return bool(re.match(r"同志们|各位|让我们|我们|希望|要|谢谢", line)) and line.endswith(("。", "！", "!"))


def _headings(
    body: Sequence[str], offset: int, salutation: str, found: Sequence[ParagraphHeading]
) -> tuple[list[Heading], int | None]:
    """Returns the headings of the body, and where its closing begins in the cleaned text.

    `offset` is the place of the body in the cleaned text, `found` what `find_headings` makes of the body.
    None for the closing: it can't be told from the last section.
    """
    starts = []
    at = offset
    for paragraph in body:
        starts.append(at)
        at += len(paragraph) + 1
    notes = notes_paragraph(body)
    paragraph_headings = [heading for heading in found if heading.paragraph < notes]
    closing = closing_paragraph(body[:notes], paragraph_headings, salutation)
    if closing is None and notes < len(body):
        closing = notes
    if closing is not None:
        paragraph_headings = [heading for heading in paragraph_headings if heading.paragraph < closing]
    headings = []
    for heading, level in zip(paragraph_headings, heading_levels(paragraph_headings), strict=True):
        start = starts[heading.paragraph] + heading.offset
        # A heading that takes its whole line takes the line's end, too.
        ends_line = heading.lines > 1 or heading.offset + heading.length == len(body[heading.paragraph])
        end = start + heading.length + ends_line
        headings.append(Heading(level, heading.mark, heading.text, start, end, heading.run_in))
    return headings, None if closing is None else starts[closing]
