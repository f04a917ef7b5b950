"""Parses a source text into a speech.

The steps: lines that aren't the speech go (page numbers, contents, notices), title, occasion and salutation
are read, headings are found and nested, and the body is cut into sections. All examples in the comments are
made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from opencc import OpenCC

from jianggao.parsing.boilerplate import (
    is_bare_number,
    is_contents_line,
    is_imprint,
    is_layout,
    is_notice,
    is_notice_inside,
    is_vendor_line,
    is_web_line,
)
from jianggao.parsing.dates import material_date
from jianggao.parsing.head import Head, read_head, title_from_name
from jianggao.parsing.heading_levels import heading_levels
from jianggao.parsing.headings import ParagraphHeading, find_headings
from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices
from jianggao.parsing.lines import Lines, TextLine, join_wrapped_lines, plain_text, source_lines
from jianggao.parsing.model import Heading, ParsedSpeech
from jianggao.parsing.sections import cut_sections
from jianggao.text.characters import BROKEN
from jianggao.text.normal_form import normal_form

VERSION = "3"
"""Raise it with every change of what `parse` returns: stored files are then parsed again."""

# （听雨文稿整理）, —— 听雨文稿 ——
_BRACKETS_AROUND = re.compile(r"^[（(【\[—\-－–\s]+|[）)】\]—\-－–\s]+$")
_CONTENTS_WORD = re.compile(r"目\s*[录錄次]")
_PAGE_BEHIND = re.compile(r"[\s.…·．]+\d{1,3}$")
_CONTENTS_WITHIN = 80
_MOST_CONTENTS = 300
"""Lines of a table of contents; each is looked for in all of the text."""
_LONGEST_ENTRY = 200
_simplified = OpenCC("t2s").convert
_NOTES = re.compile(
    r"[（(【\[]?(?:附?注释?|附注|备注|名词解释|名词注释|相关名词解释|术语解释)[）)】\]]?[：:]?"
)
_ATTACHED = re.compile(r"附件?\s*[一二三四五六七八九十\d]{0,2}\s*[：:]")
_EXPLANATION = re.compile(r"[0-9０-９]{1,2}\s*[.．、][^。：:]{2,40}[：:]")
_THANKS = re.compile(
    r"^(?:我的(?:讲话|发言|汇报)完了?[，。！]?|我就讲(?:这些|到这里?)[，。！]?)?(?:再次)?谢谢.{0,12}$"
    r"|^我的(?:讲话|发言)完了?[。！]?$"
)
"""Thanks alone are no closing: they stay with the section before them."""
_ONE_LINE = 60
_CLOSING_WITHIN = 6
"""How many paragraphs from the end a closing can begin."""
_CLOSING_WORDS = re.compile(r"^(?:让我们|最后[，,]|祝愿?|衷心祝|预祝|谢谢|我的讲话完|我就讲|以上|总之)")


def parse(
    text: str,
    file_name: str,
    today: date,
    styled: Mapping[str, int] | None = None,
    notices: KnownNotices = NO_NOTICES,
) -> ParsedSpeech | str:
    """Returns the speech in `text`, or the reason (a Chinese sentence) why there is none.

    Raises nothing for what a text holds. `styled` are the lines that the source itself sets as headings
    (Word's Heading 1, ##), with their levels from 1. Dates behind `today` are reported and not taken.
    """
    lines = _sort_lines(text, notices)
    _remove_known(lines, notices)
    head = read_head(lines)
    doubtful = _clean_body(lines, head)
    front = lines.kept[: head.body_start]
    body = lines.kept[head.body_start :]
    if reason := _why_no_speech(head, front, body):
        return reason
    cleaned = "\n".join([*front, *body]) + "\n"
    headings, closing = _headings(body, len("\n".join([*front, ""])), head.salutation, styled)
    front_end = sum(len(line) + 1 for line in front)
    headings, sections = cut_sections(cleaned, front_end, headings, closing)
    dated = material_date(head.date_lines, file_name, [*head.occasion, *head.title], today)
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
        removed_because=("声明、广告",) * len(lines.removed),
        doubtful=tuple(doubtful),
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


def _why_no_speech(head: Head, front: Sequence[str], body: Sequence[str]) -> str:
    """Returns the reason (Chinese) why the lines are no speech, "" if they are one."""
    if not front and not body:
        return "只有声明或空行，没有正文"
    if not body:
        return "只有一行，没有正文" if len(front) <= 1 else "只有标题，没有正文"
    # A file that holds a single sentence (渠修好了，水来了，…。) is a note, and no speech.
    if len(body) == 1 and not head.title and len(body[0]) <= _ONE_LINE:
        return "只有一行，没有正文"
    return ""


def _beginning(paragraph: str) -> str:
    """Returns the first clause of a paragraph, as a title for a text that has none."""
    return re.split(r"[，。！？；：,!?;:]", paragraph)[0][:20] or paragraph[:20]


def _remove_known(lines: Lines, notices: KnownNotices) -> None:
    """Removes known notices at both ends of the text."""
    known = [normal_form(line) in notices.removed for line in lines.kept]
    start, end = 0, len(known)
    while end > 0 and known[end - 1]:
        end -= 1
    while start < end and known[start]:
        start += 1
    lines.remove([*range(start), *range(end, len(known))])


def _sort_lines(text: str, notices: KnownNotices) -> Lines:
    """Returns the paragraphs of the text; page numbers, decoration and contents are its removed lines.

    These go first of all: a page number may stand within a sentence, which comes together again.
    """
    lines = source_lines(plain_text(text))
    layout = {at for at, line in enumerate(lines) if is_layout(line.text)} | set(_page_numbers(lines))
    layout = {at for at in layout if normal_form(lines[at].text) not in notices.kept}
    pages = [lines[at].place for at in layout]
    kept = [line for at, line in enumerate(lines) if at not in layout]
    contents = _contents([line.text for line in kept])
    removed = [lines[at] for at in layout] + [kept[at] for at in contents]
    kept = [line for at, line in enumerate(kept) if at not in contents]
    sorted_lines = Lines.of(join_wrapped_lines(kept, pages), removed)
    sorted_lines.declared = notices.kept
    return sorted_lines


def _page_numbers(lines: Sequence[TextLine]) -> list[int]:
    """Returns the lines that are bare page numbers: two or more numbers that go up one by one."""
    bare = [at for at, line in enumerate(lines) if is_bare_number(line.text)]
    steps = {int(lines[later].text) - int(lines[earlier].text) for earlier, later in pairwise(bare)}
    return bare if len(bare) >= 2 and steps == {1} else []


def _contents(lines: Sequence[str]) -> set[int]:
    """Returns the lines of a table of contents.

    These are entries with page numbers near the head (一、看清路………1), or below the word 目录 lines that come
    again in the text as headings.
    """
    pages = {at for at, line in enumerate(lines[:_CONTENTS_WITHIN]) if is_contents_line(line)}
    if len(pages) >= 3:  # one or two lines could be a tabulated figure of the speech
        return pages
    word = next(
        (at for at, line in enumerate(lines[:_CONTENTS_WITHIN]) if _CONTENTS_WORD.fullmatch(line)), None
    )
    if word is None:
        return set()
    # `at` is the place behind line `stop` in the text: an entry is only looked for below itself.
    text = "\n".join(lines)
    stop = word + 1
    at = sum(len(line) + 1 for line in lines[:stop])
    while stop < min(len(lines), word + _MOST_CONTENTS):
        at += len(lines[stop])
        entry = _PAGE_BEHIND.sub("", lines[stop][:_LONGEST_ENTRY])
        if len(entry) <= 1 or text.find("\n" + entry, at) < 0:
            break
        at += 1
        stop += 1
    return set(range(word, stop)) if stop > word + 2 else set()


# --- body ---------------------------------------------------------------------------------------------------


def _clean_body(lines: Lines, head: Head) -> list[str]:
    """Removes notices from the body: at its end by their features, elsewhere only what is beyond doubt.

    A line that repeats the whole title goes, too: it is the running title of a printed page. Returns the
    lines at the end that stay in doubt.
    """
    known = {line for line in head.notices if len(line) > 1}
    chosen: set[int] = set()
    start, end = head.body_start, len(lines.kept)
    doubtful: list[str] = []
    while end > start and _is_end_notice(lines.kept[end - 1], has_notices=bool(known)):
        last = lines.kept[end - 1]
        if is_notice(last) and last.endswith("。") and not re.search(r"[A-Za-z\d]{4}", last):
            if normal_form(last) not in lines.declared:
                doubtful.append(last)
            break
        end -= 1
        chosen.add(end)
    title = head.full_title() if head.title else ""
    for at in range(start, end):
        if is_notice_inside(lines.kept[at], known) or lines.kept[at] == title:
            chosen.add(at)
    lines.remove(sorted(chosen))
    return doubtful


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
    body: Sequence[str], offset: int, salutation: str, styled: Mapping[str, int] | None
) -> tuple[list[Heading], int | None]:
    """Returns the headings of the body, and where its closing begins in the cleaned text.

    `offset` is the place of the body in the cleaned text. None for the closing: it can't be told from the
    last section.
    """
    starts = []
    at = offset
    for paragraph in body:
        starts.append(at)
        at += len(paragraph) + 1
    notes = _notes(body)
    paragraph_headings = [heading for heading in find_headings(body, styled) if heading.paragraph < notes]
    closing = _closing(body[:notes], paragraph_headings, salutation)
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


def _closing(
    body: Sequence[str], paragraph_headings: Sequence[ParagraphHeading], salutation: str
) -> int | None:
    """Returns the paragraph where the closing begins, None if there is none.

    There the speaker turns to the audience again behind the last heading (同志们，干吧。), or says a word
    that closes (让我们…, 谢谢大家！) in one of the last three paragraphs.
    """
    if not paragraph_headings:
        return None
    last = paragraph_headings[-1].paragraph + paragraph_headings[-1].lines - 1
    # `(?!)` matches nothing: without a salutation there is none to repeat.
    calls = re.escape(_simplified(re.sub(r"[：:！!]$", "", salutation))) if salutation else "(?!)"
    again = re.compile(
        rf"^(?:{calls}|同志们|各位代表|各位[^，！。]{{1,6}}|朋友们|同学们|老师们|乡亲们|同事们)[，,！!：:]"
    )
    choices = range(max(last + 1, len(body) - _CLOSING_WITHIN), len(body))
    # Directly below a heading that takes its whole line "同志们，…" is the text of that heading.
    takes_all = paragraph_headings[-1].lines > 1 or paragraph_headings[-1].length == len(body[last])
    called = [
        at for at in choices if again.match(_simplified(body[at])) and not (takes_all and at == last + 1)
    ]
    if called:
        return called[0]
    closed = [at for at in choices if _CLOSING_WORDS.match(_simplified(body[at]))]
    if not closed or len(body) - closed[0] > 3:
        return None
    # "我的讲话完了。谢谢大家！" alone would be a section of no use: it stays with the one before.
    return None if all(_THANKS.match(paragraph) for paragraph in body[closed[0] :]) else closed[0]


def _notes(body: Sequence[str]) -> int:
    """Returns the paragraph where notes or explanations of terms behind the speech begin.

    They begin with a line such as 附注：, or are three or more entries at the end such as
    1.老旧渠：指四十年以上的渠。 Returns the number of paragraphs if there are none. They are looked for in
    the second half alone: a speech can begin with 附件：.
    """
    half = len(body) // 2
    for at in range(half, len(body)):
        if _NOTES.fullmatch(body[at]) or _ATTACHED.match(body[at]):
            return at
    at = len(body)
    while at > half and _EXPLANATION.match(body[at - 1]):
        at -= 1
    return at if len(body) - at >= 3 else len(body)
