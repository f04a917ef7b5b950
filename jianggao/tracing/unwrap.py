"""Takes the line ends of a hard wrap out of a text: mail programs and some editors put them in at a fixed
width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from jianggao.tracing.letters import MAYBE_BREAK

_FEWEST_LINES = 5
_BROKEN_SHARE = 0.4
"""A wrapped text has at least so many lines that end within a sentence, and at least this share of its lines
does. A poem or a list has such lines too, but of many widths."""
_SAME_WIDTH_SHARE = 0.7
"""Of these lines at least this share has the common width; the others end paragraphs or precede a long
word."""
_LONGER_SHARE = 0.05
"""Lines beyond the width that a wrapped text may have: headers that somebody pasted in."""
_SLACK = 2
"""Characters by which a wrapped line may fall short of the width: a mark that must not open a line goes
along."""
_ENDS_SENTENCE = re.compile(r"[。！？；：.!?;:][”’」』）)\"]*$")
_INDENTED = re.compile(r"　|\s{2}")


def unwrapped(text: str) -> str:
    """Returns `text` with one line a paragraph if it looks hard-wrapped, else as it was.

    A full line whose end is also the end of a sentence may be either: its line end becomes `MAYBE_BREAK`.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    full = _full_lines(lines)
    if full is None:
        return "\n".join(lines)
    parts = []
    for at, line in enumerate(lines[:-1]):
        following = lines[at + 1]
        parts.append(line)
        if not full[at] or not following.strip() or _INDENTED.match(following):
            parts.append("\n")
        elif _ENDS_SENTENCE.search(line.rstrip()):
            parts.append(MAYBE_BREAK)
    return "".join([*parts, lines[-1]])


def _full_lines(lines: Sequence[str]) -> list[bool] | None:
    """Returns for each line whether it reaches the width of the wrap; None if the text isn't wrapped.

    Wrapped texts have many lines that end within a sentence, most of these are of one width, counted in
    characters or in columns, and hardly any line is longer.
    """
    filled = [line for line in lines if line.strip()]
    broken = [line.rstrip() for line in filled if not _ENDS_SENTENCE.search(line.rstrip())]
    if len(broken) < max(_FEWEST_LINES, _BROKEN_SHARE * len(filled)):
        return None
    # Editors count characters, terminals and mail programs columns, of which a Chinese character takes two.
    for measure, slack in ((len, _SLACK), (_columns, 2 * _SLACK)):
        width = _common_width(broken, measure, slack)
        longer = sum(width is not None and measure(line) > width + slack for line in filled)
        if width is not None and longer <= _LONGER_SHARE * len(filled):
            return [measure(line.rstrip()) >= width - slack for line in lines]
    return None


def _common_width(broken: Sequence[str], measure: Callable[[str], int], slack: int) -> int | None:
    """Returns the width that most of the broken lines have; None if there is none."""
    widths = sorted(measure(line) for line in broken)
    # Not the longest: a header that was pasted in may be longer than the wrap.
    width = widths[len(widths) * 9 // 10]
    near = sum(width - slack <= other <= width + slack for other in widths)
    return width if near >= _SAME_WIDTH_SHARE * len(widths) else None


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)
