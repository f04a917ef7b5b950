"""Tells what each paragraph of a copy is: title, a line under it, salutation, heading, text.

A copy's letters are those of the stored speech, its punctuation and its paragraph breaks need not be:
paragraphs are recognised by their normal form, never by offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from jianggao.parsing.heading_numbers import LONGEST_OWN_LINE, POINTS, read_mark
from jianggao.text.normal_form import normal_form, normal_positions

LOWEST_LEVEL = 4
"""Levels that GB/T 9704-2012 has: 一、 （一） 1. （1）. Deeper headings are set as the lowest."""
LOUDEST_POINT = 3
"""The level at which a point (一是, 第一, 首先) that begins its paragraph is set, or lower: it is a sentence
of the argument, whatever it stands under."""
_SENTENCE_END = re.compile(r"[^\w×]*?[。！？；]+[”’》）】]*")
_ENDS_SENTENCE = re.compile(r"[。！？；：][”’》）】]*\s*$")

Kind = Literal["title", "line", "salutation", "heading", "text"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph."""

    kind: Kind
    text: str
    level: int = 0
    """The level of a heading, 1 (outermost) to 4."""
    run_in: int = 0
    """How many leading characters are the heading, where it is the first sentence of its paragraph; 0 where
    it is all of it."""


class MarkedHeading(Protocol):
    """A heading as the library stores it."""

    @property
    def level(self) -> int:
        """Its depth in the tree, from 1."""

    @property
    def mark(self) -> str:
        """Its number as it is written, as 一、; "" if it has none."""

    @property
    def text(self) -> str:
        """What stands behind the mark."""


def blocks(
    text: str,
    title: str,
    headings: Iterable[MarkedHeading] = (),
    *,
    occasion: str = "",
    salutation: str = "",
) -> list[Block]:
    """Returns the paragraphs of `text` in order: each line that isn't blank, once and unchanged.

    The other arguments are what the library stores of the speech. What of it isn't found in the text is
    passed over.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    front = _front(lines, title, occasion, salutation)
    return [*front, *_body(lines[len(front) :], headings)]


def _letters(text: str) -> str:
    """Returns what lines are compared by: their letters, or of a line of nothing but punctuation the line."""
    return normal_form(text) or text.strip()


# --- front --------------------------------------------------------------------------------------------------


def _front(lines: Sequence[str], title: str, occasion: str, salutation: str) -> list[Block]:
    """Returns the blocks above the body. Title and occasion stand in any order; the salutation is the
    last."""
    wanted: list[tuple[Kind, str]] = [
        ("title", _letters(title)),
        *(("line", _letters(line)) for line in occasion.split("\n")),
        ("salutation", _letters(salutation)),
    ]
    found: list[Block] = []
    kind: Kind = "line"
    while kind != "salutation":
        rest = lines[len(found) :]
        fitting = next((part for part in wanted if _lines_of(rest, part[1])), None)
        if fitting is None:
            break
        kind, letters = fitting
        found += [Block(kind, line) for line in rest[: _lines_of(rest, letters)]]
        wanted.remove(fitting)
    return found


def _lines_of(lines: Sequence[str], letters: str) -> int:
    """Returns how many of the first lines have just these letters when put together, as a title that is
    broken into two lines; 0 if they have others."""
    joined = ""
    for count, line in enumerate(lines, 1):
        joined += _letters(line)
        if joined == letters:
            return count
        if not letters.startswith(joined):
            return 0
    return 0


# --- body ---------------------------------------------------------------------------------------------------


def _body(lines: Sequence[str], headings: Iterable[MarkedHeading]) -> Iterator[Block]:
    found = _find(lines, headings)
    for place, line in enumerate(lines):
        yield found.get(place) or Block("text", line)


def _find(lines: Sequence[str], headings: Iterable[MarkedHeading]) -> dict[int, Block]:
    """Returns the blocks of the lines that begin with a heading, by the lines' places.

    Headings come in the order of the text; each takes the first line behind the last one that fits.
    """
    letters = [normal_form(line) for line in lines]
    found: dict[int, Block] = {}
    start = 0
    for heading in headings:
        mark, text = normal_form(heading.mark), normal_form(heading.text)
        wanted = mark + text
        for place in range(start, len(lines) if wanted else 0):
            # 第一章 / 总则: the mark has a line of its own.
            if mark and text and letters[place] == mark and letters[place + 1 : place + 2] == [text]:
                level = min(max(heading.level, 1), LOWEST_LEVEL)
                found.update({at: Block("heading", lines[at], level) for at in (place, place + 1)})
                start = place + 2
                break
            if letters[place].startswith(wanted):
                block = _heading(lines[place], heading, wanted, letters[place])
                if block:
                    found[place] = block
                    start = place + 1
                    break
    return found


def _heading(line: str, heading: MarkedHeading, wanted: str, letters: str) -> Block | None:
    """Returns the block of a line that begins with the heading's letters; None if these are just the start of
    a sentence and the heading stands elsewhere."""
    mark = read_mark(line)
    is_point = mark is not None and mark.kind in POINTS
    level = min(max(heading.level, 1), LOWEST_LEVEL)
    if letters == wanted:
        # A line that is all heading is set as text where it is as long as a paragraph, or a point of the
        # argument that ends as a sentence does: 一是渠要修。 says what there is to say, and nothing stands
        # under it.
        says_all = len(line) > LONGEST_OWN_LINE or (is_point and _ENDS_SENTENCE.search(line))
        return Block("text", line) if says_all else Block("heading", line, level)
    last = normal_positions(line)[1][len(wanted) - 1]
    end = _SENTENCE_END.match(line, last + 1)
    # Without a sentence end behind it (一、水利工作的 for 一、水利), or without a number, it may be any
    # sentence that begins with these words.
    if end is None or not heading.mark:
        return None
    if end.end() > LONGEST_OWN_LINE:
        return Block("text", line)
    return Block("heading", line, max(level, LOUDEST_POINT) if is_point else level, end.end())
