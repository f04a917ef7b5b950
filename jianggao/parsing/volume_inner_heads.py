"""Finds whole heads of speeches within a speech: an appendix, or an old speech that is read out.

在分组会上的发言提纲 / （2025年3月5日） / 同志们： doesn't split a speech, but is told. All examples in the comments are
made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jianggao.parsing.dates import is_bare_date
from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.title_lines import LONGEST_TITLE_LINE, in_one_line, names_a_speech

_MOST_BETWEEN = 3
"""Lines of date, speaker and place between a title and its salutation."""
_LONGEST_BETWEEN = 40
_AROUND = "“”\"'《》"


def inner_heads(lines: Sequence[str], first: int) -> Iterator[int]:
    """Yields the titles behind line `first` that name a speech and have a date and a salutation below them, where a
    speech has called its audience above them; that one's own head has nothing of this above it."""
    called = False
    for at in range(first, len(lines)):
        line = lines[at]
        if called and _is_head(lines, at):
            yield at
        called = called or (len(line) <= LONGEST_TITLE_LINE and is_salutation(line))


def _is_head(lines: Sequence[str], at: int) -> bool:
    if not 0 < len(lines[at]) <= LONGEST_TITLE_LINE:
        return False
    # “在渠边的讲话（1958年3月2日）
    title = in_one_line([lines[at].strip(_AROUND) or lines[at]])
    if not names_a_speech(title.strip(_AROUND)):
        return False
    dated = len(title) < len(lines[at].strip(_AROUND))
    for line in lines[at + 1 : at + 2 + _MOST_BETWEEN]:
        if len(line) > _LONGEST_BETWEEN:
            return False
        if is_salutation(line):
            return dated
        dated = dated or is_bare_date(line)
    return False
