"""Defines the parsed speech: its headings, its sections and the cleaned text that both point into.

Offsets are counted in characters of the cleaned text. The front (title, occasion, salutation), the slices of
headings outside of section bodies, and the slices of sections, put together in order, are the cleaned text:
nothing is lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date

from jianggao.text.number_joints import makes_another_number

_UNDELIMITED = re.compile(r".*[0-9０-９A-Za-zⅠ-ⅿ〇一-鿿](?<![是则則要先次者外后後])", re.DOTALL)
"""Marks that a blank parts from their text: 一, 01, 第 1 章, 第 2 步; but not 一是 and 首先, which begin a sentence."""


def heading_line(mark: str, text: str) -> str:
    """Returns a heading as one reads it, with a blank behind a mark that would run into the text.

    三 人才的来路, 01 先把渠道清出来, 第一章 总则, 3. 2000元从哪里来; but 一、总则, 3.看清路 and 一是看清路.
    """
    runs_in = _UNDELIMITED.fullmatch(mark) or makes_another_number(mark, text)
    return f"{mark} {text}" if text and runs_in else mark + text


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the speech and its slice (`start` to `end`) of the cleaned text."""

    level: int
    """1 for the outermost headings of this speech."""
    mark: str
    """The number with its delimiter (`一、`, `（一）`, `1.`, `一是`, `第一，`); "" if the heading has none.
    """
    text: str
    start: int
    end: int
    run_in: bool
    """Whether it is the first sentence of its paragraph: `text` ends before the first 。, the slice behind
    it."""
    in_body: bool = False
    """Whether it is a short point inside the body of a section that several points were joined into."""


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of the body between two headings, numbered from 1 in reading order.

    `heading` is the index of the innermost heading above it, None if there is none.
    """

    ordinal: int
    heading: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParsedSpeech:
    """A whole speech."""

    title: str
    salutation: str
    """同志们： and its like, on one line; "" if there is none."""
    occasion: str
    """All lines before the body beside title and salutation, joined by LF: subtitle, date, place, speaker, an
    editor's note."""
    date: date | None
    date_origin: str
    """Where the date was found: `line`, `file name`, `under title`, `at the end`; "" if nowhere."""
    text: str
    """The cleaned text: one paragraph a line, without the removed lines."""
    headings: tuple[Heading, ...]
    sections: tuple[Section, ...]
    removed: tuple[str, ...]
    """The lines that are no part of the speech, in the order of the source."""
    problems: tuple[str, ...]
    """What the operator should look at, each a Chinese sentence."""
    speaker: str = ""
    """The name of who gave the speech, without office and blanks; "" where it can't be read surely."""
    removed_because: tuple[str, ...] = ()
    """Why each line in `removed` was, in a Chinese word: 页码, 目录, 声明、广告, 网页栏目."""
    doubtful: tuple[str, ...] = ()
    """Lines at the head and the end that stayed and may be advertising, in the order of the source. The same
    line in several files is a notice; words of thanks and wishes, which speeches share, are never among
    them."""
    edge_text: tuple[str, ...] = ()
    """Lines at the head and the end that are text unless several texts have them, and in none of the fields
    above (`jianggao.parsing.edge_text`)."""

    def body(self, section: Section) -> str:
        """Returns the section's text without the blanks around it."""
        return self.text[section.start : section.end].strip()

    def heading_label(self, section: Section) -> str:
        """Returns the innermost heading above the section with its mark, "" if there is none."""
        if section.heading is None:
            return ""
        heading = self.headings[section.heading]
        return heading_line(heading.mark, heading.text)

    def leads(self, section: Section) -> tuple[Heading, ...]:
        """Returns the headings between the section before and this section's body, outermost first."""
        earlier = bisect_right(self.sections, section.start, key=lambda other: other.end)
        before = self.sections[earlier - 1].end if earlier else 0
        first = bisect_left(self.headings, before, key=lambda heading: heading.start)
        stop = bisect_left(self.headings, section.start, key=lambda heading: heading.start)
        return tuple(heading for heading in self.headings[first:stop] if not heading.in_body)
