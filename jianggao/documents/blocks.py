"""What each paragraph of a copy is: title, a line under it, salutation, heading, text.

A copy's letters are those of the stored speech, its punctuation and its paragraph breaks need not be: paragraphs are
recognised by their normal form, never by offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from jianggao.parsing.heading_numbers import POINTS, read_mark
from jianggao.parsing.headings import LONGEST_OWN_LINE
from jianggao.text.normal_form import normal_form, normal_positions

LOWEST_LEVEL = 4
LOUDEST_POINT = 3
"""The level at which a point (一是, 第一, 首先) that begins its paragraph is set, or lower: it is a sentence of the
argument, whatever it stands under."""
_SENTENCE_END = re.compile(r"[^\w×]*?[。！？；]+[”’》）】]*")
_ENDS_SENTENCE = re.compile(r"[。！？；：][”’》）】]*\s*$")

Kind = Literal["title", "line", "salutation", "heading", "text"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `level` of a heading is 1 (outermost) to 4; `run_in` counts the leading characters which are the
    heading when it is the first sentence of its paragraph, 0 when it is all of it."""

    kind: Kind
    text: str
    level: int = 0
    run_in: int = 0


class MarkedHeading(Protocol):
    """A heading as the library stores it: its depth in the tree, its mark (`一、`, "" if unnumbered), its text."""

    @property
    def level(self) -> int: ...
    @property
    def mark(self) -> str: ...
    @property
    def text(self) -> str: ...


def blocks(
    text: str,
    title: str,
    headings: Iterable[MarkedHeading] = (),
    *,
    occasion: str = "",
    salutation: str = "",
) -> list[Block]:
    """The paragraphs of `text` in order, each line that isn't blank once and unchanged; the rest is what the library
    stores of the speech. What isn't found in the text is passed over."""
    lines = [line for line in text.split("\n") if line.strip()]
    front = _front(lines, title, occasion, salutation)
    return [*front, *_body(lines[len(front) :], headings)]


def _letters(text: str) -> str:
    """What lines are compared by; a line of nothing but punctuation is itself."""
    return normal_form(text) or text.strip()


# --- front --------------------------------------------------------------------------------------------------------


def _front(lines: Sequence[str], title: str, occasion: str, salutation: str) -> list[Block]:
    """The blocks above the body. Title and occasion stand in any order; the salutation is the last."""
    wanted: list[tuple[Kind, str]] = [
        ("title", _letters(title)),
        *(("line", _letters(line)) for line in occasion.split("\n")),
        ("salutation", _letters(salutation)),
    ]
    found: list[Block] = []
    kind: Kind = "line"
    while kind != "salutation":
        rest = lines[len(found) :]
        fitting = [one for one in wanted if _taken(rest, one[1])]
        if not fitting:
            break
        kind, letters = fitting[0]
        found += [Block(kind, line) for line in rest[: _taken(rest, letters)]]
        wanted.remove(fitting[0])
    return found


def _taken(lines: Sequence[str], letters: str) -> int:
    """How many of the first lines have these letters when put together; 0 if none."""
    joined = ""
    for count, line in enumerate(lines, 1):
        joined += _letters(line)
        if joined == letters:
            return count
        if not letters.startswith(joined):
            return 0
    return 0


# --- body ---------------------------------------------------------------------------------------------------------


def _body(lines: Sequence[str], headings: Iterable[MarkedHeading]) -> Iterator[Block]:
    found = _find(lines, headings)
    for place, line in enumerate(lines):
        yield found.get(place) or Block("text", line)


def _find(lines: Sequence[str], headings: Iterable[MarkedHeading]) -> dict[int, Block]:
    """Place of a line -> the heading that begins it. Headings come in order; each takes the first line that fits."""
    letters = [normal_form(line) for line in lines]
    found: dict[int, Block] = {}
    start = 0
    for heading in headings:
        wanted = normal_form(heading.mark + heading.text)
        for place in range(start, len(lines) if wanted else 0):
            if letters[place].startswith(wanted):
                block = _heading(lines[place], heading, wanted, letters[place])
                if block:
                    found[place] = block
                    start = place + 1
                    break
    return found


def _heading(line: str, heading: MarkedHeading, wanted: str, letters: str) -> Block | None:
    """The block of a line that begins with the heading's letters; None if they are just the start of its sentence."""
    mark = read_mark(line)
    is_point = mark is not None and mark.kind in POINTS
    level = min(max(heading.level, 1), LOWEST_LEVEL)
    if letters == wanted:
        says_all = len(line) > LONGEST_OWN_LINE or (is_point and _ENDS_SENTENCE.search(line))
        return Block("text", line) if says_all else Block("heading", line, level)
    last = normal_positions(line)[1][len(wanted) - 1]
    end = _SENTENCE_END.match(line, last + 1)
    if end is None or not heading.mark:
        return None
    if end.end() > LONGEST_OWN_LINE:
        return Block("text", line)
    return Block("heading", line, max(level, LOUDEST_POINT) if is_point else level, end.end())
