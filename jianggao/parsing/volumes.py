"""Parses a file that may hold several speeches: a collected volume, the speeches of a meeting or of a year.

It is split where that is sure, or where the operator has put a line `=====下一篇=====`; else it stays one
speech, which names the lines that look like further titles. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from opencc import OpenCC

from jianggao.parsing.file_rows import row_namer
from jianggao.parsing.file_titles import title_from_name
from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices
from jianggao.parsing.lines import TextLine, plain_text, source_lines
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.page_layout import is_layout
from jianggao.parsing.parser import parse
from jianggao.parsing.volume_boundaries import Boundaries, find_boundaries
from jianggao.parsing.volume_collections import common_date, is_collection_title
from jianggao.parsing.volume_contents import entries_of, find_contents
from jianggao.parsing.volume_evidence import VolumeText
from jianggao.parsing.volume_parts import part_names, spoken, titled, with_date, with_notes
from jianggao.text.characters import collapse_blanks

_t2s = OpenCC("t2s").convert
NEXT_SPEECH = "=====下一篇====="
"""The line that an operator puts between two speeches of a file."""
ONE_SPEECH = "=====不拆分====="
"""The line that says: this file is one speech, whatever its lines look like."""
MAX_SPEECH = 1_000_000
"""Characters of one speech, more than any has."""
MAX_SPEECHES = 2_000
"""Speeches in a file."""
_NEXT = re.compile(r"[=＝]{2,40}\s*下一[篇个]\s*[=＝]{0,40}")
_ONE = re.compile(r"[=＝]{2,40}\s*不拆分?\s*[=＝]{0,40}")
_SPOILT = re.compile(r"[=＝]{2,40}[^=＝]{0,20}(?:下一[篇个]|不拆分?).{0,60}")
_LONGEST_MARK = 100
_PREFACE = re.compile(
    r"(?:前言|引言|序[一二三]?|序言|自序|代序|编者的话|编[者辑]说明|出版说明|编印说明|写在前面|卷首语|导读|说明)"
)
_AFTERWORD = re.compile(r"(?:编|编者|编辑)?后记|编后(?:语|小记)?|跋|写在后面")
_LONGEST_TITLE = 60
"""Characters of a line that can be a title."""
_MOST_TOLD = 3
TOO_LONG = (
    f"超过 {MAX_SPEECH // 10_000} 万字，不像一篇讲话。里面有几篇，就在每一篇的标题前加一行“{NEXT_SPEECH}”，再重新载入；"
    "也可以拆成单篇"
)
_TOO_MANY = f"里面超过 {MAX_SPEECHES} 篇。请拆成几个文件"


@dataclass(frozen=True, slots=True)
class VolumePart:
    """One speech of a file.

    `name` is its name within the file, "" where the file is one speech; `text` its lines as they stand in the
    source, and `parsed` the speech, or the reason (Chinese) why there is none.
    """

    name: str
    text: str
    parsed: ParsedSpeech | str


@dataclass(frozen=True, slots=True)
class Volume:
    """The speeches of a file, and its rows that belong to none of them.

    `removed` are contents, separators and the volume's title. The rows of the parts' texts and these are all
    rows of the file.
    """

    parts: tuple[VolumePart, ...]
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """A file, and how it is named and read."""

    text: str
    file_name: str
    today: date
    styled: Mapping[str, int] | None
    notices: KnownNotices
    written: str | None

    def parsed(self, text: str, name: str, *, is_plain: bool = True) -> ParsedSpeech | str:
        """Returns the speech in a part of the text; `name` stands for the name of a file of its own."""
        return (
            TOO_LONG
            if len(text) > MAX_SPEECH
            else parse(text, name, self.today, self.styled, self.notices, is_plain=is_plain)
        )


@dataclass(slots=True)
class _Layout:
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
        for line in _lines_in(self, start, stop):
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
            f"{listed}{others}像是另一篇的标题，没有拆开。是另一篇，就在标题前加一行“{NEXT_SPEECH}”；"
            f"是同一篇，就在文件里加一行“{ONE_SPEECH}”"
        )


def parse_volume(
    text: str,
    file_name: str,
    today: date,
    styled: Mapping[str, int] | None = None,
    notices: KnownNotices = NO_NOTICES,
    *,
    problems: Sequence[str] = (),
    written: str | None = "",
) -> list[VolumePart]:
    """Returns the speeches in `text`: one part without a name, or several with names of their own.

    Raises nothing for what a text holds. The parameters are those of `parser.parse`; `problems` are what was
    seen when the file was read, and stand with those of the first speech; `written` are the lines by which lines of
    the text are named (`SourceText.written`).
    """
    parts = list(read_volume(text, file_name, today, styled, notices, written=written).parts)
    if problems and not isinstance(parsed := parts[0].parsed, str):
        parts[0] = replace(parts[0], parsed=replace(parsed, problems=(*problems, *parsed.problems)))
    return parts


def read_volume(
    text: str,
    file_name: str,
    today: date,
    styled: Mapping[str, int] | None = None,
    notices: KnownNotices = NO_NOTICES,
    *,
    written: str | None = "",
) -> Volume:
    """Returns what `parse_volume` does, with the rows that belong to no speech."""
    source = _Source(text, file_name, today, styled, notices, written)
    layout = _layout(text, styled or {})
    pieces = _pieces(layout)
    if len(pieces) > MAX_SPEECHES:
        return Volume((VolumePart("", text, _TOO_MANY),))
    return _several(source, layout, pieces) if len(pieces) > 1 else _one_speech(source, layout)


# --- where the speeches begin -------------------------------------------------------------------------------


def _layout(text: str, styled: Mapping[str, int]) -> _Layout:
    """Returns the rows of a text with the beginnings of its speeches."""
    rows, pages = _rows(text)
    lines = source_lines("\n".join(rows))
    marks = {line.place for line in lines if _is_order(line.text, _NEXT)}
    orders = {line.place for line in lines if _is_order(line.text, _ONE)}
    lines = [line for line in lines if line.place not in marks | orders]
    # A text that has lost its line ends has nowhere to be split at; its rows are broken by their words.
    has_rows = all(
        line.place < len(rows) and line.text == collapse_blanks(rows[line.place]) for line in lines
    )
    if orders or not has_rows:
        return _Layout(rows, lines, marks, marks | orders, Boundaries())
    written = [_simplified(line) for line in lines]
    start, stop = find_contents([line.text for line in written])
    entries = frozenset().union(*(entries_of(line.text) for line in written[start:stop]))
    contents = {line.place for line in lines[start:stop]}
    lines = [*lines[:start], *lines[stop:]]
    boundaries = find_boundaries(VolumeText([*written[:start], *written[stop:]], pages, entries, styled))
    # The contents of a single speech are left to its parser.
    dropped = marks | contents if boundaries.later or marks else set()
    dropped |= {lines[at].place for at in boundaries.dividers}
    return _Layout(rows, lines, marks, dropped, boundaries)


def _simplified(line: TextLine) -> TextLine:
    """Returns a line that may be a title or a salutation in simplified characters."""
    return replace(line, text=_t2s(line.text)) if len(line.text) <= _LONGEST_TITLE else line


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


def _pieces(layout: _Layout) -> list[range]:
    """Returns the rows of each speech, without the volume's own front, which is added to the dropped rows.

    A piece that an operator has cut off without a text (two separators in a row, one below a title) goes with
    the one behind it.
    """
    starts = {layout.lines[at].place for at in layout.boundaries.later} | {row + 1 for row in layout.marks}
    if not starts:
        return [range(len(layout.rows))]
    first = _behind_front(layout, min(starts))
    if layout.boundaries.is_collection:  # behind a preface
        starts.add(layout.lines[layout.boundaries.first].place)
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


def _afterword(layout: _Layout, last: int) -> set[int]:
    """Returns the row of the volume's afterword behind the last speech, which begins at row `last`."""
    behind = _lines_in(layout, last + 1, len(layout.rows))
    found = [
        line.place for line in behind if len(line.text) <= _LONGEST_MARK and _AFTERWORD.fullmatch(line.text)
    ]
    return {
        at for at in found[-1:] if _has_body(layout, last, at) and _has_body(layout, at + 1, len(layout.rows))
    }


def _has_body(layout: _Layout, start: int, stop: int) -> bool:
    """Returns whether the rows hold two lines, or one long one."""
    lines = [line for line in _lines_in(layout, start, stop) if not is_layout(line.text)]
    return len(lines) > 1 or any(len(line.text) > _LONGEST_TITLE for line in lines)


def _lines_in(layout: _Layout, start: int, stop: int) -> Sequence[TextLine]:
    first = bisect_left(layout.lines, start, key=lambda line: line.place)
    behind = bisect_left(layout.lines, stop, key=lambda line: line.place)
    return layout.lines[first:behind]


def _behind_front(layout: _Layout, second: int) -> int:
    """Returns the row at which the first speech or the preface begins; `second` is where the next one does.

    The volume's own title and imprint go; what isn't surely one stays with the first speech.
    """
    boundaries = layout.boundaries
    above = _lines_in(layout, 0, second)
    if boundaries.is_collection:
        # 渠水县讲话汇编 / 序 / …: the preface is a text of its own.
        prefaces = (line.place for line in above[: boundaries.first] if _PREFACE.fullmatch(line.text))
        first = next(prefaces, layout.lines[boundaries.first].place)
        layout.dropped.update(range(first))
        return first
    for at, line in enumerate(above):
        is_preface = len(line.text) <= _LONGEST_TITLE and bool(_PREFACE.fullmatch(line.text))
        if at == boundaries.first if boundaries.is_titled else is_preface:
            titles = [row.text for row in above[:at] if len(row.text) <= _LONGEST_TITLE]
            if not any(map(is_collection_title, titles)):
                return 0
            layout.dropped.update(range(line.place))
            return line.place
        if len(line.text) > _LONGEST_TITLE:
            return 0
    return 0


# --- the speeches -------------------------------------------------------------------------------------------


def _one_speech(source: _Source, layout: _Layout) -> Volume:
    """Returns the file as one speech, which tells what looked like further ones."""
    text = source.text
    if layout.dropped:
        text = "\n".join(row for at, row in enumerate(layout.rows) if at not in layout.dropped)
    removed = tuple(layout.rows[at] for at in sorted(layout.dropped))
    parsed = source.parsed(text, source.file_name, is_plain=bool(layout.dropped))
    told = [*layout.told(0, len(layout.rows), row_namer(source.written))]
    return Volume((VolumePart("", text, with_notes(parsed, removed, told)),), removed)


def _several(source: _Source, layout: _Layout, pieces: Sequence[range]) -> Volume:
    """Returns the speeches of a volume. Each has a title and a date of its own; without a date it has the
    file's."""
    untitled = title_from_name(PurePosixPath(source.file_name).name) or "未题名"
    removed = tuple(layout.rows[at] for at in sorted(layout.dropped))
    front = [layout.rows[at] for at in range(pieces[0].start)]
    common = common_date([collapse_blanks(row) for row in front])
    named = row_namer(source.written)
    texts, speeches = [], []
    for number, piece in enumerate(pieces, 1):
        texts.append("\n".join(layout.rows[at] for at in piece if at not in layout.dropped))
        parsed = titled(source.parsed(texts[-1], f"{source.file_name}/{untitled}（第{number}篇）"))
        if layout.boundaries.is_collection:
            parsed = spoken(parsed)
        parsed = with_date(parsed, texts[-1], source.file_name, common, source.today)
        told = [*layout.told(piece.start, piece.stop, named)]
        speeches.append(with_notes(parsed, removed if number == 1 else (), told))
    parts = map(VolumePart, part_names(speeches), texts, speeches)
    return Volume(tuple(parts), removed)
