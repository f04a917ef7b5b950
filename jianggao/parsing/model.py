"""A speech as the parser sees it. Offsets point into the cleaned text.

The front (title, occasion, salutation), the slices of headings that aren't in a body, and the slices of sections,
put together in order, are the cleaned text, character by character: nothing is lost.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `mark` with its delimiter (`一、`, `（一）`, `1.`, `一是`, `第一，`; "" if unnumbered), then `text`.

    Level 1 is the outermost of that text. A run-in heading is the first sentence of its paragraph: its text ends
    before the first 。, its slice behind it. `in_body`: a short point that stands inside a joined section.
    """

    level: int
    mark: str
    text: str
    start: int
    end: int
    run_in: bool
    in_body: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A leaf in reading order; `heading` is the index of the innermost heading that it stands under."""

    ordinal: int
    heading: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParsedSpeech:
    """A whole speech; `removed` are the lines taken out, `problems` Chinese sentences for the operator."""

    title: str
    salutation: str
    occasion: str
    date: date | None
    date_origin: str
    text: str
    headings: tuple[Heading, ...]
    sections: tuple[Section, ...]
    removed: tuple[str, ...]
    problems: tuple[str, ...]

    def body(self, section: Section) -> str:
        """The section's text without the blanks around it."""
        return self.text[section.start : section.end].strip()

    def heading_label(self, section: Section) -> str:
        """The innermost heading above the section, with its mark; "" if there is none."""
        if section.heading is None:
            return ""
        heading = self.headings[section.heading]
        return heading.mark + heading.text

    def leads(self, section: Section) -> tuple[Heading, ...]:
        """The headings that stand directly before the section's body."""
        earlier = bisect_right(self.sections, section.start, key=lambda other: other.end)
        before = self.sections[earlier - 1].end if earlier else 0
        first = bisect_left(self.headings, before, key=lambda heading: heading.start)
        stop = bisect_left(self.headings, section.start, key=lambda heading: heading.start)
        return tuple(heading for heading in self.headings[first:stop] if not heading.in_body)
