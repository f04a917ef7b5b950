"""Finds the table of contents that some texts have near their head.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.parsing.heading_numbers import read_mark
from jianggao.parsing.lone_numbers import lone_number
from jianggao.parsing.page_layout import is_contents_line
from jianggao.text.remembered_lines import remembered

CONTENTS = "目录"
"""Why the lines of a table of contents are removed, as operators read it."""
_CONTENTS_WORD = re.compile(r"目\s*[录錄次]")
_PAGE_BEHIND = re.compile(r"[\s.…·．]+\d{1,3}$")
_BLANKS = re.compile(r"\s+")
_CONTENTS_WITHIN = 80
"""Lines from the beginning in which a table of contents stands."""
_FEWEST_PAGES = 3
"""Lines that end with a page; one or two could be a tabulated figure of the speech."""
_MOST_CONTENTS = 300
"""Lines of a table of contents; each is looked for in all of the text."""
_LONGEST_ENTRY = 200


def contents_lines(lines: Sequence[str]) -> set[int]:
    """Returns the lines of a table of contents.

    These are entries with page numbers near the head (一、看清路………1), or below the word 目录 lines that come
    again in the text as headings.
    """
    pages = {at for at, line in enumerate(lines[:_CONTENTS_WITHIN]) if is_contents_line(line)}
    if len(pages) >= _FEWEST_PAGES:
        return pages
    word = next(
        (at for at, line in enumerate(lines[:_CONTENTS_WITHIN]) if _CONTENTS_WORD.fullmatch(line)), None
    )
    if word is None:
        return set()
    # `at` is the place behind line `stop` in the text: an entry is only looked for below itself.
    entries = [_in_text(line) for line in lines]
    text = "".join(entries)
    stop = word + 1
    at = sum(map(len, entries[:stop]))
    while stop < min(len(lines), word + _MOST_CONTENTS):
        behind = stop + 1 + (not entries[stop].endswith("\n"))
        entry = _entry(lines[stop:behind])
        at += sum(map(len, entries[stop:behind]))
        # A refrain comes again in the text, too, but ends as a sentence does.
        if len(entry) <= 1 or entry.endswith(("。", "！")) or text.find("\n" + entry, at - 1) < 0:
            break
        stop = behind
    return set(range(word, min(stop, len(lines)))) if stop > word + 2 else set()


def _in_text(line: str) -> str:
    """Returns a line with its end and without its blanks, which a table of contents and the text set as they
    like. A mark on a line of its own (01, 第一章) is one line with its text."""
    mark = read_mark(line)
    is_lone = lone_number(line) is not None or (mark is not None and mark.length == len(line))
    return _BLANKS.sub("", line) + ("" if is_lone else "\n")


def _entry(lines: Sequence[str]) -> str:
    """Returns what an entry of one or two lines looks like in the text, without its page."""
    return _BLANKS.sub("", "".join(_PAGE_BEHIND.sub("", line[:_LONGEST_ENTRY]) for line in lines))


@remembered
def entry_form(line: str) -> str:
    """Returns a title without the blanks and marks in which contents and text may differ."""
    return re.sub(r"[\W_]+", "", line[:200])
