"""Prepares source texts for the database: parses them, cuts them into words, chooses their keywords.

It runs in worker processes and knows nothing of the database.
"""

from __future__ import annotations

import hashlib
import traceback
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from jianggao.library.keywords import public_keywords
from jianggao.library.public_part import Body, HeadingText, VersionText, cut_heading
from jianggao.library.scan import FoundFile
from jianggao.library.text_fingerprints import sampled_runs
from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices
from jianggao.parsing.model import Heading, ParsedSpeech, Section, heading_line
from jianggao.parsing.volumes import VolumePart, parse_volume
from jianggao.phrases.quotable_sentences import dedup_key, quotable_sentences
from jianggao.sources.files import RefusedFile, SourceText, read_source
from jianggao.sources.kinds import SUFFIXES
from jianggao.text.normal_form import normal_form

PUBLIC_HEADING = 40
"""Characters of a heading that are public at most (docs/rules.md, Access)."""
PUBLIC_WHOLE_PARAGRAPH = 20
"""The same where the heading is all that its paragraph says."""
TOO_HUNGRY = "读起来太占内存，没有读。请把文字另存成 .txt，还读不了就拆成单篇"
FAILED = "读的时候出错，已记录。请用 Word 或记事本打开，把文字另存成新的文件再试"
LONGEST_LINE = 1_000
"""Characters of a line of which anything can be known; a longer one is a paragraph."""
_LAST_CALLS = 20
"""Calls of a traceback that are logged: that of an endless recursion is long."""
_SENTENCE_ENDS = "。！？；"


@dataclass(frozen=True, slots=True)
class PreparedHeading:
    """A heading of the tree; at most `public_limit` characters of mark and text are public."""

    level: int
    mark: str
    text: str
    public_limit: int
    section: int | None
    """The ordinal of the section that it stands at; None behind the last one."""


@dataclass(frozen=True, slots=True)
class StoredQuotable:
    """A sentence worth quoting: its place in a section's body, its points, and a key of equal sayings."""

    start: int
    stop: int
    score: int
    sameness: str


@dataclass(frozen=True, slots=True)
class PreparedSection:
    """A section as it will be stored."""

    ordinal: int
    label: str
    """Its innermost heading with the mark; "" if it has none."""
    above: str
    """The outer headings, a line each."""
    headings: tuple[int, ...]
    """The places, among the speech's headings, of those that lead to it, the outermost first."""
    lead: str
    """The text between the section before and this body: headings and blank lines."""
    body: str
    quotables: tuple[StoredQuotable, ...]


@dataclass(frozen=True, slots=True)
class PreparedSpeech:
    """A speech as it will be stored; front, then leads and bodies, then tail make up its cleaned text."""

    title: str
    salutation: str
    occasion: str
    speaker: str
    """The speaker's name in normal form; "" where it isn't read surely."""
    date: date | None
    date_origin: str
    front: str
    tail: str
    headings: tuple[PreparedHeading, ...]
    sections: tuple[PreparedSection, ...]
    removed: tuple[str, ...]
    problems: tuple[str, ...]
    text_hash: str
    characters: int
    keywords: tuple[str, ...]
    runs: tuple[int, ...]
    """The sampled runs by which another text with the same words is known
    (`text_fingerprints.sampled_runs`)."""
    removed_because: tuple[str, ...] = ()
    """Why each removed line went."""
    doubtful: tuple[str, ...] = ()
    """Lines that stayed and may be advertising."""
    kept: tuple[str, ...] = ()
    """Lines that the operator has declared text."""
    edge_text: tuple[str, ...] = ()
    """Lines at the edges that are text unless several texts have them."""

    @property
    def version_text(self) -> VersionText:
        """What the choice of public text is made from."""
        return VersionText(
            bodies=[Body(part.ordinal, normal_form(part.body)) for part in self.sections],
            headings=[
                HeadingText(heading_line(heading.mark, heading.text), heading.public_limit)
                for heading in self.headings
            ],
            letters=normal_form(_behind_front(self.sections, self.tail)),
            has_keywords=bool(self.keywords),
        )


@dataclass(frozen=True, slots=True)
class PreparedSource:
    """One text of a file: its path in the library, its topics, and the speech or a refusal."""

    path: str
    topics: tuple[str, ...]
    speech: PreparedSpeech | None
    refusal: str | None
    """Why there is no speech, in Chinese."""
    passing: bool = False
    """Whether it was refused for a reason that may pass while the file stays as it is: the next import reads
    it again."""
    failure: str = ""
    """The traceback, if reading it failed in a way that nobody expected; else ""."""
    other_kind: bool = False
    """Whether it was refused because nothing of its kind is read."""
    volume: str = ""
    """The path of the file, or of the member of an archive, that the text is one of several speeches of; ""
    where it is alone."""


def prepare_file(
    root: Path, file: FoundFile, today: date, notices: KnownNotices = NO_NOTICES
) -> list[PreparedSource]:
    """Returns all texts of a file in `root`. Never raises for what a file holds: that is a refusal."""
    try:
        sources = read_source(root / file.location, file.path)
        return [text for source in sources for text in _prepare(source, today, notices)]
    except Exception as error:
        return [failed(file.path, error)]


def failed(path: str, error: Exception) -> PreparedSource:
    """Returns the refusal of a text, or of a whole file, that couldn't be read because of an error in the
    program."""
    reason = TOO_HUNGRY if isinstance(error, MemoryError) else FAILED
    failure = "".join(traceback.format_exception(error, limit=-_LAST_CALLS))
    return PreparedSource(path, topics_of(path), None, reason, passing=True, failure=failure)


def topics_of(path: str) -> tuple[str, ...]:
    """Returns the topic of a text: the name of its folder, without words that hold an unprintable character.

    There is none at the top. A file that holds several texts counts as part of its folder: 党建/2024.zip/a.txt
    and 党建/汇编.txt/在年会上的讲话 have the topic 党建.
    """
    kinds = tuple(SUFFIXES)
    folders = [part for part in PurePosixPath(path).parts[:-1] if not part.lower().endswith(kinds)]
    topic = " ".join(filter(str.isprintable, folders[-1].split())) if folders else ""
    return (topic,) if topic else ()


def _prepare(source: SourceText | RefusedFile, today: date, notices: KnownNotices) -> list[PreparedSource]:
    """Returns the speeches of a text."""
    if isinstance(source, RefusedFile):
        topics = topics_of(source.path)
        return [
            PreparedSource(
                source.path, topics, None, source.reason, source.passing, other_kind=source.other_kind
            )
        ]
    try:
        parts = parse_volume(
            source.text,
            source.path,
            today,
            source.headings,
            notices,
            problems=source.problems,
            written=source.written,
        )
    except Exception as error:
        return [failed(source.path, error)]
    return [_prepare_part(source.path, part, notices) for part in parts]


def _prepare_part(file: str, part: VolumePart, notices: KnownNotices) -> PreparedSource:
    """Returns one speech of a text that may hold several."""
    path, volume = (f"{file}/{part.name}", file) if part.name else (file, "")
    topics = topics_of(path)
    if isinstance(part.parsed, str):
        return PreparedSource(path, topics, None, part.parsed, volume=volume)
    try:
        speech = replace(prepare_speech(part.parsed), kept=_kept_lines(part.parsed.text, notices))
        return PreparedSource(path, topics, speech, None, volume=volume)
    except Exception as error:
        return replace(failed(path, error), volume=volume)


def _kept_lines(text: str, notices: KnownNotices) -> tuple[str, ...]:
    """Returns the lines of a cleaned text that the operator has declared text."""
    if not notices.kept:
        return ()
    lines = (line for line in text.split("\n") if len(line) <= LONGEST_LINE)
    return tuple(line for line in lines if normal_form(line) in notices.kept)


def prepare_speech(parsed: ParsedSpeech) -> PreparedSpeech:
    """Returns everything about a parsed speech that can be worked out without the database."""
    sections, tail = _sections(parsed)
    headings = tuple(_heading(parsed, heading) for heading in parsed.headings)
    behind_front = _behind_front(sections, tail)
    public_headings = (
        cut_heading(heading_line(heading.mark, heading.text), heading.public_limit) for heading in headings
    )
    public = [parsed.title, *public_headings]
    return PreparedSpeech(
        title=parsed.title,
        salutation=parsed.salutation,
        occasion=parsed.occasion,
        speaker=normal_form(parsed.speaker),
        date=parsed.date,
        date_origin=parsed.date_origin,
        front=parsed.text[: _front_end(parsed)],
        tail=tail,
        headings=headings,
        sections=sections,
        removed=parsed.removed,
        removed_because=parsed.removed_because,
        doubtful=parsed.doubtful,
        edge_text=parsed.edge_text,
        problems=parsed.problems,
        text_hash=hashlib.sha256(normal_form(parsed.text).encode()).hexdigest(),
        characters=sum(len(section.body) for section in sections),
        keywords=public_keywords(behind_front, public),
        runs=sampled_runs(normal_form(behind_front)),
    )


def _behind_front(sections: Iterable[PreparedSection], tail: str) -> str:
    return "".join([*(part.lead + part.body for part in sections), tail])


def _front_end(parsed: ParsedSpeech) -> int:
    """Returns where title, date and salutation end: at the first heading behind them or the first section."""
    # A heading inside a joined section belongs to its body, and never ends the front.
    starts = [heading.start for heading in parsed.headings if not heading.in_body]
    starts += [section.start for section in parsed.sections]
    return min(starts, default=len(parsed.text))


def _sections(parsed: ParsedSpeech) -> tuple[tuple[PreparedSection, ...], str]:
    """Returns the sections with their leads, and the text after the last one."""
    at = _front_end(parsed)
    prepared = []
    for section in parsed.sections:
        prepared.append(_section(parsed, section, parsed.text[at : section.start]))
        at = section.end
    return tuple(prepared), parsed.text[at:]


def _section(parsed: ParsedSpeech, section: Section, lead: str) -> PreparedSection:
    label = parsed.heading_label(section)
    innermost = [parsed.headings[section.heading]] if section.heading is not None else []
    outer = [heading for heading in parsed.leads(section) if heading not in innermost]
    above = "\n".join(heading_line(heading.mark, heading.text) for heading in outer)
    body = parsed.text[section.start : section.end]
    return PreparedSection(
        ordinal=section.ordinal,
        label=label,
        above=above,
        headings=tuple(
            bisect_left(parsed.headings, heading.start, key=lambda other: other.start)
            for heading in [*outer, *innermost]
        ),
        lead=lead,
        body=body,
        quotables=quotables_of(body),
    )


def quotables_of(body: str) -> tuple[StoredQuotable, ...]:
    """Returns the sentences of a section's body that are worth quoting."""
    return tuple(
        StoredQuotable(
            sentence.start, sentence.end, sentence.score, dedup_key(body[sentence.start : sentence.end])
        )
        for sentence in quotable_sentences(body)
    )


def _heading(parsed: ParsedSpeech, heading: Heading) -> PreparedHeading:
    at = bisect_right(parsed.sections, heading.start, key=lambda section: section.end)
    holder = parsed.sections[at].ordinal if at < len(parsed.sections) else None
    limit = PUBLIC_WHOLE_PARAGRAPH if _is_whole_paragraph(parsed, heading) else PUBLIC_HEADING
    return PreparedHeading(heading.level, heading.mark, heading.text, limit, holder)


def _is_whole_paragraph(parsed: ParsedSpeech, heading: Heading) -> bool:
    """Returns whether a heading is all that its paragraph says: it would give the paragraph away.

    “（一）抓好秋粮。” on a line of its own is the point itself, not the heading of a text that follows.
    """
    following = parsed.text[heading.end : heading.end + 1]
    ends_line = parsed.text[heading.start : heading.end].endswith("\n") or following in ("", "\n")
    written = parsed.text[heading.start : heading.end].rstrip()
    return ends_line and (heading.run_in or written.endswith(tuple(_SENTENCE_ENDS)))
