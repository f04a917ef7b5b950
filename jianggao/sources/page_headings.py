"""Makes one line again of a title that a page breaks into several: `<h1>在全县看渠大会<br>上的讲话</h1>`.

The lines are known by what the page calls itself (`<title>`), which repeats them as one. All examples in the
comments are made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from jianggao.sources.html_lines import PageLine, PageLines
from jianggao.sources.page_titles import framed_title, squeezed
from jianggao.text.characters import collapse_blanks, remove_invisible

_MOST_LINES, _LONGEST_TITLE = 4, 200
_MOST_TRIED = 100
"""Lines at which a title may begin; a page can repeat a word of its name in each of its lines."""
_DASHES = ("——", "—", "－", "-", "–", "：", ":")
"""What a page's own name sets between a title and its subtitle, which stand below one another in the page."""


def with_whole_title(page: PageLines, title: str) -> tuple[PageLines, list[str]]:
    """Returns the page with the lines that together are its title as one line, and the lines that this one has to be
    parted into again: none where `title`, what the page calls itself, says that they are one.

    A blank in `title` doesn't say whether 让水到田头 / 在看渠大会上的讲话 is one line or two.
    """
    wanted = collapse_blanks(remove_invisible(title))
    if not wanted or len(wanted) > _LONGEST_TITLE:
        return page, []
    letters = squeezed(wanted)
    # Asked first because it is cheap: most lines of a page say nothing that its name says.
    begins = (
        at
        for at, line in enumerate(page.lines)
        if len(line.text) <= len(wanted) and squeezed(line.text) in letters
    )
    for first in islice(begins, _MOST_TRIED):
        for stop in range(min(first + _MOST_LINES, len(page.lines)), first + 1, -1):
            parts = [part.text for part in page.lines[first:stop]]
            if whole := _whole(wanted, parts):
                merged = _merged(page, first, stop, whole)
                return merged, parts if " ".join(parts) in wanted else []
    return page, []


def first_lines_of_headings(lines: Sequence[PageLine]) -> set[int]:
    """Returns which lines begin a heading of the first level; adjacent ones are one heading."""
    return {at for at, line in enumerate(lines) if line.level == 1 and not (at and lines[at - 1].level == 1)}


def _whole(title: str, parts: Sequence[str]) -> str:
    """Returns the lines as one, as the page's name has them; "" if it hasn't."""
    if not all(squeezed(part) in squeezed(title) for part in parts):
        return ""
    joiners = ("", " ", *_DASHES) if len(parts) == 2 else ("", " ")
    return next((whole for joiner in joiners if (whole := framed_title(title, [joiner.join(parts)]))), "")


def _merged(page: PageLines, first: int, stop: int, text: str) -> PageLines:
    """Returns the page with one line of this text for the lines of a half-open range."""
    # The title's own name is what the largest of its letters say: <h1>…<span>…</span></h1>.
    level = min((line.level for line in page.lines[first:stop] if line.level), default=0)
    linked = sum(line.linked for line in page.lines[first:stop])
    line = replace(page.lines[first], text=text, level=level, linked=linked)
    fewer = stop - first - 1

    def moved(at: int) -> int:
        return at if at <= first else max(first + 1, at - fewer)

    ranges = [(element, moved(start), moved(end)) for element, start, end in page.ranges]
    passed = [(moved(at), words, reason) for at, words, reason in page.passed]
    return PageLines([*page.lines[:first], line, *page.lines[stop:]], ranges, passed)
