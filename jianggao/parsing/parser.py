"""Parses a source text into a speech.

The steps: lines that aren't the speech go (page numbers, contents, notices), title, occasion and salutation
are read, headings are found and nested, and the body is cut into sections. All examples in the comments are
made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from jianggao.parsing.asides import lines_below_pictures
from jianggao.parsing.body_notices import clean_body
from jianggao.parsing.closing import closing_paragraph, notes_paragraph
from jianggao.parsing.contents_table import CONTENTS, contents_lines
from jianggao.parsing.dashes import dash_before
from jianggao.parsing.dates import MaterialDate, material_date
from jianggao.parsing.dates_in_text import minutes_dates, signature_dates
from jianggao.parsing.draft_remarks import draft_remarks, is_draft_remark, remarks_inside
from jianggao.parsing.edge_text import edge_text
from jianggao.parsing.file_titles import title_from_name
from jianggao.parsing.head import Head, read_head
from jianggao.parsing.heading_levels import heading_levels
from jianggao.parsing.headings import ParagraphHeading, find_headings
from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices
from jianggao.parsing.lines import Lines, plain_text, source_lines
from jianggao.parsing.lone_numbers import heading_number_lines, page_number_lines
from jianggao.parsing.misreadings import imprint_told, signs_of_misreading
from jianggao.parsing.model import Heading, ParsedSpeech
from jianggao.parsing.news_reports import reports_at_end
from jianggao.parsing.others_lines import is_of_others
from jianggao.parsing.page_layout import OF_PAGES, PAGE_NUMBER, SCAN_STAMP, layout_reason
from jianggao.parsing.page_words import words_of_speech
from jianggao.parsing.quotations import announces
from jianggao.parsing.sections import cut_sections
from jianggao.parsing.speaker_labels import is_speaker_line
from jianggao.parsing.title_lines import names_a_speech
from jianggao.parsing.title_years import is_year_alone, with_year
from jianggao.parsing.wrapped_lines import is_cut_up, join_wrapped_lines, with_counter_words
from jianggao.parsing.writers_notes import writers_notes
from jianggao.sources.markup import with_captions_apart
from jianggao.sources.print_margins import PRINT_MARGIN, printed_margins
from jianggao.text.characters import BROKEN

VERSION = "6"
"""Raise it with every change of what `parse` returns: stored files are then parsed again."""

_NO_BODY = "没有正文。请补上正文，不是讲话就移走"
_ONE_LINE = 60
_LONGEST_BEGINNING = 20
_CLAUSE = re.compile(
    r"(?:[^，。！？；：,!?;:]{6,20}|[^。！？；：!?;:]{1,5}[，,][^，。！？；：,!?;:]{1,14}|[^，。！？；：,!?;:]{1,5})"
)


def parse(
    text: str,
    file_name: str,
    today: date,
    styled: Mapping[str, int] | None = None,
    notices: KnownNotices = NO_NOTICES,
    *,
    is_plain: bool = False,
) -> ParsedSpeech | str:
    """Returns the speech in `text`, or the reason (a Chinese sentence) why there is none.

    Raises nothing for what a text holds. `styled` are the lines that the source itself sets as headings
    (Word's Heading 1, ##), with their levels from 1. Dates behind `today` are reported and not taken.
    `notices` are the lines known beforehand to be notices or text. With `is_plain` no entity or tag is markup.
    """
    styled, captions = with_captions_apart(styled or {})
    lines = _sort_lines(text if is_plain else plain_text(text), styled, notices)
    head, doubtful, notices = _without_notices(lines, styled, notices)
    front, body = lines.kept[: head.body_start], lines.kept[head.body_start :]
    if reason := _why_no_speech(front, body):
        return reason
    spoken = body[: (own_notes := writers_notes(body, notices.keeps)).start]
    doubtful += _told_by_others(head, body, own_notes, notices, doubtful)
    edge = [line for line in edge_text(front, body) if line not in doubtful]
    cleaned = "\n".join([*front, *body]) + "\n"
    found = _find_headings(spoken, lines, head.body_start, styled, captions)
    front_end = sum(len(line) + 1 for line in front)
    headings, closing, ends = _headings(body, front_end, head.salutation, found, len(spoken))
    headings, sections = cut_sections(cleaned, front_end, headings, closing, ends)
    title = head.full_title() if head.title else title_from_name(file_name) or _beginning(body[0])
    dated = _dated(head, title, body, spoken, file_name, today)
    is_dated = dated.is_told and not is_year_alone(dated.origin)
    signs = signs_of_misreading(title, front, _above(spoken, found), bool(head.salutation), is_dated)
    removed = sorted(lines.removed)
    return ParsedSpeech(
        title=title,
        salutation=head.salutation,
        occasion="\n".join(head.occasion),
        date=dated.day,
        date_origin=dated.origin,
        text=cleaned,
        headings=tuple(headings),
        sections=tuple(sections),
        removed=tuple(line for _, line, _ in removed),
        problems=(*dated.problems, *_problems(head, cleaned, front_end, headings), *signs, *_kept_told(body)),
        speaker=head.speaker,
        removed_because=tuple(reason for _, _, reason in removed),
        doubtful=(*doubtful, *filter(notices.suspects, edge)),
        edge_text=tuple(line for line in edge if not notices.suspects(line)),
    )


def _without_notices(
    lines: Lines, styled: Mapping[str, int], notices: KnownNotices
) -> tuple[Head, list[str], KnownNotices]:
    """Removes what is no part of the speech from `lines`; returns the head, the lines in doubt, and what is known of
    notices with the words of pages that surely head a part of the speech."""
    words = words_of_speech(lines.kept)
    notices = notices.keeping(words.sure)
    with_words = notices.keeping(words.doubtful)
    head = read_head(lines, styled, with_words)
    doubtful = clean_body(lines, head, with_words)
    doubtful += [line for line in words.doubtful if not (notices.keeps(line) or notices.removes(line))]
    return head, doubtful, notices


def _told_by_others(
    head: Head, body: Sequence[str], own_notes: range, notices: KnownNotices, doubtful: Sequence[str]
) -> list[str]:
    """Returns the lines, none of them in `doubtful`, that others than the speaker seem to have written: remarks on a
    draft, a newspaper's report of how the meeting went on, and the writer's `own_notes` at the end."""
    spoken = body[: own_notes.start]
    told = [*filter(is_draft_remark, head.occasion), *draft_remarks(spoken)]
    told += filter(is_of_others, head.occasion)
    told += reports_at_end(spoken, head.speaker, is_reported=head.is_reported)
    # To say of a line that it is a notice takes it out wherever it stands.
    said = set(spoken)
    told += [body[at] for at in own_notes if body[at] not in said]
    known = set(doubtful)
    return [line for line in dict.fromkeys(told) if line not in known and not notices.keeps(line)]


def _problems(head: Head, cleaned: str, front_end: int, headings: Sequence[Heading]) -> Iterator[str]:
    """Yields what the operator should look at, each a Chinese sentence."""
    if not head.title:
        yield "没有找到标题，暂用文件名或正文开头。请在源文件第一行写上标题"
    if broken := cleaned.count(BROKEN):
        yield f"有 {broken} 处字符损坏（显示为 {BROKEN}）。请对照原文改正源文件"
    if is_cut_up(cleaned[front_end:].split("\n")):
        yield "有很多行断在句子中间，像是换行没有接上。请对照原文，把断开的行接好"
    if headings and not _says_more(cleaned[front_end:], front_end, headings):
        yield "只有小标题，没有正文。请看看是不是全文"


def _above(body: Sequence[str], found: Sequence[ParagraphHeading]) -> Sequence[str]:
    """Returns the paragraphs above the first heading."""
    return body[: found[0].paragraph] if found else body


def _dated(
    head: Head, title: str, body: Sequence[str], spoken: Sequence[str], file_name: str, today: date
) -> MaterialDate:
    """Returns the material date; the signature stands above the writer's notes, which `spoken` is without, or below."""
    under_title = [*head.dated, *minutes_dates(title, body)]
    signed = signature_dates(spoken) or signature_dates(body)
    dated = material_date(head.date_lines, file_name, under_title, today, signed)
    return with_year(dated, _titles(head), file_name, today)


def _titles(head: Head) -> list[str]:
    """Returns the title and its subtitle, which says of which year a speech is where the title is a theme.

    Where there is no title, what serves as one are the first words of the text, which speak of any year.
    """
    subtitles = [line for line in head.occasion if names_a_speech(line[dash_before(line) :])]
    return [head.full_title(), *subtitles]


def _kept_told(body: Sequence[str]) -> Iterator[str]:
    """Yields what of a body is text though nobody spoke it, each a Chinese sentence: a book's imprint, and remarks on
    the draft within paragraphs. Lines that are remarks are doubtful ones."""
    yield from imprint_told(body)
    if remarks := remarks_inside(body):
        others = f" 等 {len(remarks)} 处" if len(remarks) > 1 else ""
        yield f"段落里有像改稿批注的话：{remarks[0]}{others}，没有去掉。不该念的请在源文件里删掉"


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
        return f"只有声明或空行，{_NO_BODY}"
    if not body:
        return f"只有一行，{_NO_BODY}" if len(front) <= 1 else f"只有标题，{_NO_BODY}"
    # A file that holds a single sentence (渠修好了，水来了，…。) is a note, and no speech.
    if len(body) == 1 and not front and len(body[0]) <= _ONE_LINE:
        return f"只有一行，{_NO_BODY}"
    return ""


def _beginning(paragraph: str) -> str:
    """Returns the first clause of a paragraph, as a title for a text that has none, without who says it (记者：).

    A word such as 今天 names no text: the clause behind it is taken, too.
    """
    if is_speaker_line(paragraph):
        paragraph = re.split(r"[：:]", paragraph, maxsplit=1)[-1].strip() or paragraph
    clause = _CLAUSE.match(paragraph)
    return clause[0].rstrip() if clause else paragraph[:_LONGEST_BEGINNING]


def _sort_lines(text: str, styled: Mapping[str, int] | None, notices: KnownNotices) -> Lines:
    """Returns the paragraphs of a plain text; page numbers, decoration and contents are its removed lines.

    These go first of all: a page number may stand within a sentence, which comes together again.
    """
    lines = with_counter_words(source_lines(text))
    texts = [line.text for line in lines]
    layout = _layout(texts, styled, notices)
    # A row of dashes or ▼ between two lines parts them, as the foot of a page doesn't.
    pages = [lines[at].place for at, reason in layout.items() if reason in (*OF_PAGES, PRINT_MARGIN)]
    kept = [line for at, line in enumerate(lines) if at not in layout]
    contents = {at for at in contents_lines([line.text for line in kept]) if not notices.keeps(kept[at].text)}
    removed = [(lines[at], reason) for at, reason in layout.items()]
    removed += [(kept[at], CONTENTS) for at in contents]
    kept = [line for at, line in enumerate(kept) if at not in contents]
    return Lines.of(join_wrapped_lines(kept, pages), removed)


def _layout(texts: Sequence[str], styled: Mapping[str, int] | None, notices: KnownNotices) -> dict[int, str]:
    """Returns the lines that are none of the text's wherever they stand, each with the reason."""
    numbers = heading_number_lines(texts, styled)
    layout = {
        at: reason for at, line in enumerate(texts) if at not in numbers and (reason := layout_reason(line))
    }
    layout |= dict.fromkeys(page_number_lines(texts, numbers), PAGE_NUMBER)
    layout |= dict.fromkeys(printed_margins(texts), PRINT_MARGIN)
    # 每一页的底下都印着： / 扫描全能王 创建 is quoted.
    stamps = (at for at, reason in layout.items() if at and reason == SCAN_STAMP)
    quoted = {at for at in stamps if announces(texts[at - 1])}
    return {at: each for at, each in layout.items() if at not in quoted and not notices.keeps(texts[at])}


# --- body ---------------------------------------------------------------------------------------------------


def _find_headings(
    spoken: Sequence[str], lines: Lines, start: int, styled: Mapping[str, int], captions: frozenset[str]
) -> list[ParagraphHeading]:
    """Returns the headings of the paragraphs `spoken`, which begin at the kept line `start`."""
    below_pictures = captions | lines_below_pictures(lines)
    return find_headings(spoken, styled, lines.wide_blanks_from(start), below_pictures)


def _headings(
    body: Sequence[str], offset: int, salutation: str, found: Sequence[ParagraphHeading], own_notes: int
) -> tuple[list[Heading], int | None, dict[int, int]]:
    """Returns the headings of the body, where its closing begins in the cleaned text, and by heading where another
    speaker ends what stands below it.

    `offset` is the place of the body in the cleaned text, `found` what `find_headings` makes of the body up to the
    paragraph `own_notes`, where the writer's notes begin.
    None for the closing: it can't be told from the last section.
    """
    starts = []
    at = offset
    for paragraph in body:
        starts.append(at)
        at += len(paragraph) + 1
    notes = notes_paragraph(body, {heading.paragraph for heading in found if heading.depth})
    notes = min(notes, own_notes)
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
    ends = {at: starts[heading.end] for at, heading in enumerate(paragraph_headings) if heading.end}
    return headings, None if closing is None else starts[closing], ends
