"""Completes the speeches of a volume: what each takes from the volume, and its name within the file.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from jianggao.parsing.contents_table import entry_form
from jianggao.parsing.dates import MaterialDate, is_bare_date, material_date
from jianggao.parsing.head_notices import MASTHEAD
from jianggao.parsing.misreadings import UNREAD_DATE
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.notices import is_notice
from jianggao.parsing.page_layout import is_masthead
from jianggao.parsing.text_end import NOTICE
from jianggao.parsing.title_years import is_year_alone, with_year
from jianggao.parsing.volume_collections import speaker_of
from jianggao.parsing.volume_covers import without_attachment_label
from jianggao.parsing.volume_introductions import is_sites_introduction
from jianggao.parsing.volume_titles import title_label
from jianggao.text.characters import collapse_blanks

OF_VOLUME = "文集的标题、目录、分隔行"
"""Why a row of the file belongs to none of its speeches, as operators read it."""
STAND_IN = "前言"
"""The heading of a preface that a parser takes for a title."""
_LONGEST_NAME = 80
"""Characters of a part's name."""
_FILE_NAME = re.compile(r"(.{2,76})\s?\.(?:docx?|wps|pdf|txt|rtf)", re.IGNORECASE)
_FILE_NAME_WITHIN = 40
"""Lines at the end of a file in which a site offers it for download."""
_IN_BRACKETS_BEHIND = re.compile(r"[（(][^（()）]{1,16}[）)]$")
_IN_NAMES = {"/": "／", "\\": "＼", ":": "：", "\0": ""}
_IMPRINT = re.compile(r"编印|印制|付印|刊印")
_SIGNED_WITHIN, _SIGNATURE = 200, 3
"""Characters and lines at the end of a speech in which it may be signed with a date."""


def names_of_file(lines: Sequence[str], names: Iterable[str]) -> Iterator[int]:
    """Yields which of the lines at the end of a file are the name of the file itself, as a site writes it below the text
    that it offers: 防汛讲话范文（精选3篇）.docx, where one of the `names` is 防汛讲话范文（精选3篇）."""
    known = {form for name in names for form in (entry_form(name), entry_form(_without_count(name)))}
    for at in range(max(0, len(lines) - _FILE_NAME_WITHIN), len(lines)):
        match = _FILE_NAME.fullmatch(lines[at][: _LONGEST_NAME + 1])
        if match and len(lines[at]) <= _LONGEST_NAME and entry_form(match[1]) in known:
            yield at


def _without_count(name: str) -> str:
    """Returns a title without what stands in brackets behind it: 防汛讲话范文（精选3篇）."""
    return _IN_BRACKETS_BEHIND.sub("", name[: _LONGEST_NAME + 1])


def titled(parsed: ParsedSpeech | str) -> ParsedSpeech | str:
    """Returns the speech with its title alone: of 【篇二】在抗旱会上的讲话 the number is the volume's, of
    附：在防汛会上的讲话 the label that of the notice above."""
    if isinstance(parsed, str):
        return parsed
    if (bare := without_attachment_label(parsed.title)) != parsed.title:
        return replace(parsed, title=bare)
    label = title_label(parsed.title)
    is_before = label is not None and parsed.title.endswith(label[1]) and bool(label[1])
    return replace(parsed, title=label[1]) if label is not None and is_before else parsed


def framed(parsed: ParsedSpeech | str, line: str, title: str, stand_in: str = STAND_IN) -> ParsedSpeech | str:
    """Returns what was parsed below the heading `stand_in`, with its own heading, which stands in this line, and its
    title.

    编者的话 and 编后语 are read as notes on a speech, so that nothing would be left for the text itself, and
    其二　在闸口 as the first point of one without a title.
    """
    if isinstance(parsed, str) or not parsed.text.startswith(f"{stand_in}\n"):
        return parsed
    more = len(line) - len(stand_in)
    return replace(
        parsed,
        title=title,
        text=line + parsed.text[len(stand_in) :],
        headings=tuple(
            replace(each, start=each.start + more, end=each.end + more) for each in parsed.headings
        ),
        sections=tuple(
            replace(each, start=each.start + more, end=each.end + more) for each in parsed.sections
        ),
    )


def spoken(parsed: ParsedSpeech | str) -> ParsedSpeech | str:
    """Returns the speech of a collection with its speaker, whose line stands below each of its titles."""
    if isinstance(parsed, str) or parsed.speaker:
        return parsed
    # A name with a trade that is no office (护渠员 方大川) may have been read with the title.
    below = parsed.text.split("\n", maxsplit=2)[1:2]
    names = map(speaker_of, (*parsed.occasion.split("\n"), *below))
    return replace(parsed, speaker=next(filter(None, names), ""))


def with_date(
    parsed: ParsedSpeech | str, text: str, file_name: str, common: date | None, today: date
) -> ParsedSpeech | str:
    """Returns the speech with a date: its own, also one that it is signed with in its `text`, else that of the
    file, or the one that the volume gives for all (`common`), else a year, of its title before the file's name."""
    if isinstance(parsed, str) or (parsed.date is not None and not is_year_alone(parsed.date_origin)):
        return parsed
    last = [line for line in text[-_SIGNED_WITHIN:].split("\n") if line.strip()][-_SIGNATURE:]
    signed = [line for line in map(collapse_blanks, last) if is_bare_date(line)]
    for lines, name in ((signed, ""), ([], file_name)):
        dated = material_date(lines, name, (), today)
        if dated.day is not None:
            return _dated(parsed, dated.day, dated.origin)
    if common is not None and common <= today:
        return _dated(parsed, common, "under title")
    # The name of the file may have lost its year where it stands for that of a part.
    of_file = with_year(MaterialDate(None, ""), (), file_name, today)
    if parsed.date is None and of_file.day is not None:
        return replace(parsed, date=of_file.day, date_origin=of_file.origin)
    return parsed


def _dated(parsed: ParsedSpeech, day: date, origin: str) -> ParsedSpeech:
    """Returns a speech with a date that its own parser hasn't read, and has told so."""
    problems = tuple(problem for problem in parsed.problems if not problem.startswith(UNREAD_DATE))
    return replace(parsed, date=day, date_origin=origin, problems=problems)


def with_notes(
    parsed: ParsedSpeech | str, removed: Iterable[str], problems: Iterable[str]
) -> ParsedSpeech | str:
    """Returns a speech with further removed lines and problems."""
    lines = tuple(line for line in map(collapse_blanks, removed) if line)
    if isinstance(parsed, str):
        return parsed
    return replace(
        parsed,
        removed=(*lines, *parsed.removed),
        removed_because=(*map(_reason, lines), *parsed.removed_because),
        problems=(*parsed.problems, *problems),
    )


def _reason(line: str) -> str:
    """Returns why a row belongs to none of the speeches: what goes from a single speech, too, has the same reason
    there."""
    if is_masthead(line):
        return MASTHEAD
    # （内部资料，渠水县档案馆编印） says who made the volume.
    is_vendors = is_notice(line) and not _IMPRINT.search(line)
    return NOTICE if is_sites_introduction(line) or is_vendors else OF_VOLUME


def part_names(speeches: Sequence[ParsedSpeech | str]) -> Iterator[str]:
    """Yields a name for each speech within its file: its title, with the date where the title comes again.

    A number in order would be another one for each speech behind a new one.
    """
    titles = Counter(speech.title for speech in speeches if not isinstance(speech, str))
    taken: Counter[str] = Counter()
    for number, speech in enumerate(speeches, 1):
        name = ""
        if not isinstance(speech, str):
            name = "".join(_IN_NAMES.get(letter, letter) for letter in speech.title[:_LONGEST_NAME]).strip(
                ". "
            )
            if titles[speech.title] > 1 and speech.date is not None:
                name += f"（{speech.date.isoformat()}）"
        name = name or f"第{number}篇"
        taken[name] += 1
        yield name if taken[name] == 1 else f"{name}（第{number}篇）"
