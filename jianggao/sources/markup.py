"""Holds what Markdown, web pages and e-books have in common: their text and the lines that they set as
headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jianggao.text.characters import collapse_blanks, remove_invisible

CAPTION = 0
"""The level of a line that stands below a picture: whatever it looks like, it is no heading."""
BOLD_DEPTH = 7
"""How deep a line in bold alone counts as a heading: below h6 and every #."""
LONGEST_BOLD_HEADING = 60
"""Characters of a line in bold that may be a heading; a longer one is a paragraph in bold."""


@dataclass(frozen=True, slots=True)
class DroppedLine:
    """What a reader has left out of a text: a menu, a page's foot, the caption of a picture."""

    row: int
    """The row of the text that it stood before."""
    text: str
    """A line of the source, or the lines of a menu in one."""
    reason: str
    """Why it was left out, in Chinese, as operators read it."""


@dataclass(frozen=True, slots=True)
class MarkupText:
    """The plain text of a source with markup."""

    text: str
    """Its lines, with LF line ends and without marks."""
    headings: Mapping[str, int] = field(default_factory=dict)
    """The lines that the source sets as headings, with their levels from 1 (h1, #), and lines below pictures with
    the level `CAPTION`."""
    dropped: Sequence[DroppedLine] = ()
    """What stood in the source and isn't in the text, in its order."""


def set_headings(lines: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Returns the lines set as headings, each as the parser will see it, with the level that it has first."""
    headings: dict[str, int] = {}
    for line, level in lines:
        if key := collapse_blanks(remove_invisible(line)):
            headings.setdefault(key, level)
    return headings


def with_captions_apart(headings: Mapping[str, int]) -> tuple[dict[str, int], frozenset[str]]:
    """Returns the lines that are set as headings, and those that stand below pictures."""
    captions = frozenset(line for line, level in headings.items() if level == CAPTION)
    return {line: level for line, level in headings.items() if level != CAPTION}, captions


def without_ranges(text: str, opening: str, closing: str) -> str:
    """Returns the text without what stands from `opening` to `closing`, both in small letters.

    Where the end is missing nothing is taken: the rest is text that somebody forgot to close a sign in.
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # İ becomes two characters
        lowered = text
    parts = []
    at = 0
    while (start := lowered.find(opening, at)) >= 0:
        end = lowered.find(closing, start + len(opening))
        if end < 0:
            break
        parts.append(text[at:start])
        at = end + len(closing)
    return "".join([*parts, text[at:]])
