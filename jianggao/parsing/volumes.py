"""Parses a file that may hold several speeches: a collected volume, the speeches of a meeting or of a year.

It is split where that is sure, or where the operator has put a line `=====下一篇=====`; else it stays one
speech, which names the lines that look like further titles. All examples in the comments are made up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from jianggao.parsing.file_titles import title_from_name
from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices
from jianggao.parsing.line_names import row_namer
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.notices import is_notice
from jianggao.parsing.parser import parse
from jianggao.parsing.volume_collections import common_date, without_number
from jianggao.parsing.volume_layout import (
    LONGEST_TITLE,
    NEXT_SPEECH,
    Layout,
    lines_in,
    pieces_of,
    read_layout,
)
from jianggao.parsing.volume_parts import (
    STAND_IN,
    framed,
    names_of_file,
    part_names,
    spoken,
    titled,
    with_date,
    with_notes,
)
from jianggao.parsing.volume_prefaces import frame_heading
from jianggao.sources.markup import with_captions_apart
from jianggao.text.characters import collapse_blanks

MAX_SPEECH = 1_000_000
"""Characters of one speech, more than any has."""
MAX_SPEECHES = 2_000
"""Speeches in a file."""
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
    layout = read_layout(text, with_captions_apart(styled or {})[0])
    pieces = pieces_of(layout)
    if len(pieces) > MAX_SPEECHES:
        return Volume((VolumePart("", text, _TOO_MANY),))
    if len(pieces) < 2:
        return _one_speech(source, layout)
    titles = [line.text for line in lines_in(layout, 0, pieces[0].start)]
    titles += [line.text for piece in pieces for line in lines_in(layout, piece.start, piece.stop)[:1]]
    names = [PurePosixPath(file_name).stem, *filter(_is_short, titles)]
    layout.dropped.update(
        layout.lines[at].place for at in names_of_file([line.text for line in layout.lines], names)
    )
    return _several(source, layout, pieces)


def _is_short(line: str) -> bool:
    return len(line) <= LONGEST_TITLE


# --- the speeches -------------------------------------------------------------------------------------------


def _one_speech(source: _Source, layout: Layout) -> Volume:
    """Returns the file as one speech, which tells what looked like further ones."""
    text = source.text
    if layout.dropped:
        text = "\n".join(row for at, row in enumerate(layout.rows) if at not in layout.dropped)
    removed = tuple(layout.rows[at] for at in sorted(layout.dropped))
    parsed = source.parsed(text, source.file_name, is_plain=bool(layout.dropped))
    told = [*layout.told(0, len(layout.rows), row_namer(source.written))]
    return Volume((VolumePart("", text, with_notes(parsed, removed, told)),), removed)


def _several(source: _Source, layout: Layout, pieces: Sequence[range]) -> Volume:
    """Returns the speeches of a volume. Each has a title and a date of its own; without a date it has the
    file's."""
    untitled = title_from_name(PurePosixPath(source.file_name).name) or "未题名"
    removed = tuple(layout.rows[at] for at in sorted(layout.dropped))
    front = [layout.rows[at] for at in range(pieces[0].start)]
    # When a site put the collection on a page for download is no day of the speeches.
    common = common_date([row for row in map(collapse_blanks, front) if not is_notice(row)])
    named = row_namer(source.written)
    texts, speeches = [], []
    for number, piece in enumerate(pieces, 1):
        texts.append("\n".join(layout.rows[at] for at in piece if at not in layout.dropped))
        parsed = _part(source, texts[-1], f"{source.file_name}/{untitled}（第{number}篇）")
        if layout.boundaries.is_collection:
            parsed = spoken(parsed)
        parsed = with_date(parsed, texts[-1], source.file_name, common, source.today)
        told = [*layout.told(piece.start, piece.stop, named)]
        speeches.append(with_notes(parsed, removed if number == 1 else (), told))
    parts = map(VolumePart, part_names(speeches), texts, speeches)
    return Volume(tuple(parts), removed)


def _part(source: _Source, text: str, name: str) -> ParsedSpeech | str:
    """Returns the speech in a part of the volume, or its preface or afterword."""
    parsed = titled(source.parsed(text, name))
    heading, _, rest = text.strip().partition("\n")
    heading = collapse_blanks(heading)
    title, stand_in = frame_heading(heading), STAND_IN
    if not title and (bare := without_number(heading)) != heading:
        title = stand_in = bare
    if not title or (not isinstance(parsed, str) and parsed.title == title):
        return parsed
    below = framed(source.parsed(f"{stand_in}\n{rest}", name), heading, title, stand_in)
    return parsed if isinstance(below, str) else below
