"""Reads the rows of a file that may hold several speeches: where each of them begins, and which rows belong to none.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jianggao.parsing.lines import TextLine, plain_text, source_lines
from jianggao.parsing.page_layout import is_layout
from jianggao.parsing.volume_boundaries import Boundaries, find_boundaries
from jianggao.parsing.volume_collections import is_collection_title
from jianggao.parsing.volume_contents import entries_of, find_contents
from jianggao.parsing.volume_evidence import VolumeText, letters_of_prose
from jianggao.parsing.volume_introductions import is_introduced_by_site
from jianggao.parsing.volume_prefaces import is_afterword, is_own_prose
from jianggao.text.characters import collapse_blanks
from jianggao.text.simplified import simplified

NEXT_SPEECH = "=====下一篇====="
"""The line that an operator puts between two speeches of a file."""
ONE_SPEECH = "=====不拆分====="
"""The line that says: this file is one speech, whatever its lines look like."""
_NEXT = re.compile(r"[=＝]{2,40}\s*下一[篇个]\s*[=＝]{0,40}")
_ONE = re.compile(r"[=＝]{2,40}\s*不拆分?\s*[=＝]{0,40}")
_LEFT_OUT = re.compile(r"[=＝]{2,40}\s*以下不收\s*[=＝]{0,40}")
_TAKEN = re.compile(r"[=＝]{2,40}\s*以下收[入录]\s*[=＝]{0,40}")
"""Between such lines rows belong to no speech; `NEXT_SPEECH`, or the file's end, closes them, too."""
_SPOILT = re.compile(r"[=＝]{2,40}[^=＝]{0,20}(?:下一[篇个]|不拆分?).{0,60}")
_LONGEST_MARK = 100
LONGEST_TITLE = 60
"""Characters of a line that can be a title."""
_MOST_TOLD = 3


@dataclass(slots=True)
class Layout:
    """The rows of a file, and what they are."""

    rows: list[str]
    lines: list[TextLine]
    """The lines that speeches are made of."""
    marks: set[int]
    """The rows that say that another speech follows."""
    dropped: set[int]
    """The rows that belong to no speech."""
    boundaries: Boundaries

    def told(self, start: int, stop: int, named: Callable[[str, int], str]) -> Iterator[str]:
        """Yields what was seen in a stretch of rows and not taken for the beginning of a speech.

        `named` names a line by its text and its row.
        """
        for line in lines_in(self, start, stop):
            if _is_order(line.text, _SPOILT):
                yield (
                    f"{named(line.text, line.place)}写了别的字，不算分隔行，留在正文里了。"
                    f"要分开，这一行只写“{NEXT_SPEECH}”；不要拆，只写“{ONE_SPEECH}”"
                )
        doubtful = self.boundaries.doubtful
        first = bisect_left(doubtful, start, key=lambda at: self.lines[at].place)
        behind = bisect_left(doubtful, stop, key=lambda at: self.lines[at].place)
        seen = [self.lines[at] for at in doubtful[first:behind]]
        if not seen:
            return
        listed = "、".join(named(line.text, line.place) for line in seen[:_MOST_TOLD])
        others = f" 等 {len(seen)} 行" if len(seen) > _MOST_TOLD else ""
        yield (
            f"{listed}{others}像是另一篇的标题或开头，没有拆开。是另一篇，就在这一行前加一行“{NEXT_SPEECH}”；"
            f"是同一篇，就在文件里加一行“{ONE_SPEECH}”"
        )


def read_layout(text: str, styled: Mapping[str, int]) -> Layout:
    """Returns the rows of a text with the beginnings of its speeches."""
    rows, pages = _rows(text)
    lines = source_lines("\n".join(rows))
    marks = {line.place for line in lines if _is_order(line.text, _NEXT)}
    orders = {line.place for line in lines if _is_order(line.text, _ONE)}
    left_out = _left_out(lines)
    lines = [line for line in lines if line.place not in marks | orders | left_out]
    # A text that has lost its line ends has nowhere to be split at; its rows are broken by their words.
    has_rows = all(
        line.place < len(rows) and line.text == collapse_blanks(rows[line.place]) for line in lines
    )
    if orders or not has_rows:
        return Layout(rows, lines, marks, marks | orders | left_out, Boundaries())
    written = [_simplified(line) for line in lines]
    start, stop = find_contents([line.text for line in written])
    entries = frozenset().union(*(entries_of(line.text) for line in written[start:stop]))
    contents = {line.place for line in lines[start:stop]}
    lines = [*lines[:start], *lines[stop:]]
    boundaries = find_boundaries(VolumeText([*written[:start], *written[stop:]], pages, entries, styled))
    # The contents of a single speech are left to its parser.
    dropped = marks | contents if boundaries.later or marks else set()
    dropped |= left_out | {lines[at].place for at in boundaries.dividers}
    return Layout(rows, lines, marks, dropped, boundaries)


def _left_out(lines: Sequence[TextLine]) -> set[int]:
    """Returns the rows that the operator, or the file itself, says to belong to no speech."""
    rows = set()
    is_out = False
    for line in lines:
        is_out = (is_out and not _is_order(line.text, _NEXT)) or _is_order(line.text, _LEFT_OUT)
        if is_out:
            rows.add(line.place)
            is_out = not _is_order(line.text, _TAKEN)
    return rows


def _simplified(line: TextLine) -> TextLine:
    """Returns a line that may be a title or a salutation in simplified characters."""
    return replace(line, text=simplified(line.text)) if len(line.text) <= LONGEST_TITLE else line


def _rows(text: str) -> tuple[list[str], frozenset[int]]:
    """Returns the rows of a plain text, and which of them stand behind a page break."""
    if "\f" not in text:
        return plain_text(text).split("\n"), frozenset()
    rows: list[str] = []
    pages = set()
    for page in text.split("\f"):
        pages.add(len(rows))
        rows += plain_text(page).split("\n")
    return rows, frozenset(pages)


def _is_order(line: str, order: re.Pattern[str]) -> bool:
    return len(line) <= _LONGEST_MARK and bool(order.fullmatch(line))


def pieces_of(layout: Layout) -> list[range]:
    """Returns the rows of each speech, without the volume's own front, which is added to the dropped rows.

    A piece that an operator has cut off without a text (two separators in a row, one below a title) goes with
    the one behind it.
    """
    boundaries = layout.boundaries
    starts = {layout.lines[at].place for at in boundaries.later} | {row + 1 for row in layout.marks}
    if not starts:
        return [range(len(layout.rows))]
    first = _behind_front(layout, min(starts))
    starts |= {layout.lines[at].place for at in boundaries.prefaces}
    if boundaries.later and boundaries.is_titled and _is_preceded(layout, first):
        starts.add(layout.lines[boundaries.first].place)
    starts |= _afterword(layout, max(starts))
    bounds = sorted({first, *(row for row in starts if row > first), len(layout.rows)})
    pieces: list[range] = []
    begun = bounds[0]
    for stop in bounds[1:]:
        if _has_body(layout, begun, stop):
            pieces.append(range(begun, stop))
            begun = stop
    if begun < bounds[-1]:
        # What is left at the end has no text of its own: a date, a signature.
        last = pieces.pop() if pieces else range(begun, begun)
        pieces.append(range(last.start, bounds[-1]))
    return pieces


def _afterword(layout: Layout, last: int) -> set[int]:
    """Returns the row of the volume's afterword behind the last speech, which begins at row `last`."""
    behind = lines_in(layout, last + 1, len(layout.rows))
    found = [line.place for line in behind if is_afterword(line.text)]
    return {
        at
        for at in found[-1:]
        if _has_body(layout, last, at)
        and any(letters_of_prose(line.text) for line in lines_in(layout, at + 1, len(layout.rows)))
    }


def _has_body(layout: Layout, start: int, stop: int) -> bool:
    """Returns whether the rows hold two lines, or one long one."""
    lines = [line for line in lines_in(layout, start, stop) if not is_layout(line.text)]
    return len(lines) > 1 or any(len(line.text) > LONGEST_TITLE for line in lines)


def lines_in(layout: Layout, start: int, stop: int) -> Sequence[TextLine]:
    """Returns the lines that speeches are made of in a stretch of rows."""
    first = bisect_left(layout.lines, start, key=lambda line: line.place)
    behind = bisect_left(layout.lines, stop, key=lambda line: line.place)
    return layout.lines[first:behind]


def _behind_front(layout: Layout, second: int) -> int:
    """Returns the row at which the first speech or the preface begins; `second` is where the next one does.

    The volume's own title and imprint go; what isn't surely one stays with the first speech.
    """
    boundaries = layout.boundaries
    above = lines_in(layout, 0, second)
    for at, line in enumerate(above):
        if at == boundaries.first or at in boundaries.prefaces:
            titles = [row.text for row in above[:at] if len(row.text) <= LONGEST_TITLE]
            is_own = boundaries.has_own_front or any(map(is_collection_title, titles))
            if is_own and at == boundaries.first and is_introduced_by_site([row.text for row in above[:at]]):
                layout.dropped.update(range(line.place))
                return line.place
            # Somebody's sentence below the volume's title is kept, with the title above it.
            if not is_own or any(is_own_prose(row.text) for row in above[:at]):
                return 0
            layout.dropped.update(range(line.place))
            return line.place
    return 0


def _is_preceded(layout: Layout, first: int) -> bool:
    """Returns whether a text of its own, a preface or a note of the volume, stands between the row `first`, which
    the volume's own title ends above, and its first speech."""
    boundaries = layout.boundaries
    above = lines_in(layout, first, layout.lines[boundaries.first].place)
    named = boundaries.has_own_front or any(is_collection_title(line.text) for line in above)
    return named and any(is_own_prose(line.text) for line in above)
