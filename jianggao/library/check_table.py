"""Sets what `check` found in files as a table for a terminal, those to look at first."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from jianggao.library.reading_notes import ReadingNote
from jianggao.text.quoting import visible

_HEADER = ("要看", "文件", "标题", "日期", "小标题", "段落", "去掉", "拿不准", "问题")
_WIDEST = (4, 40, 32, 10, 6, 4, 4, 6, 60)
"""Columns of a terminal that each column of the table takes at most; a Han character takes two."""
_NUMBERS = range(4, 8)
"""The columns that hold numbers: they stand at the right."""
_NOT_READ, _TO_LOOK_AT = "没读", "看"


def order_of(note: ReadingNote) -> tuple[int, str]:
    """Returns by what texts are sorted: those to look at first, then by file. The speeches of one file stay in its
    order."""
    return -note.urgency, note.volume or note.path


def table_of(notes: Sequence[ReadingNote]) -> str:
    """Returns the table, and below it how many texts were read, how many to look at and how many files or parts
    of files couldn't be read."""
    rows = [_HEADER, *map(_row, sorted(notes, key=order_of))]
    rows = [tuple(_cut(cell, widest) for cell, widest in zip(row, _WIDEST, strict=True)) for row in rows]
    widths = [max(columns_of(row[at]) for row in rows) for at in range(len(_HEADER))]
    lines = [
        "  ".join(_padded(cell, widths[at], right=at in _NUMBERS) for at, cell in enumerate(row)).rstrip()
        for row in rows
    ]
    refused = sum(bool(note.refusal) for note in notes)
    looked_at = sum(note.urgency > 0 for note in notes) - refused
    unread = f"；没能读 {refused} 个" if refused else ""
    return "\n".join([*lines, f"共 {len(notes) - refused} 篇，要看一看 {looked_at}{unread}。"])


def _row(note: ReadingNote) -> tuple[str, ...]:
    if note.refusal:
        return (_NOT_READ, visible(note.path, 200), "", "", "", "", "", "", visible(note.refusal, 200))
    return (
        _TO_LOOK_AT if note.urgency else "",
        _file(note),
        visible(note.title, 100),
        note.day or "导入当天",
        str(note.headings),
        str(note.sections),
        str(len(note.removed) or ""),
        str(len(note.doubtful) or ""),
        visible("；".join(note.concerns), 200),
    )


def _file(note: ReadingNote) -> str:
    """Returns the file of a text. One that holds several is named with their number; the title stands beside it."""
    if not note.volume:
        return visible(note.path, 200)
    behind = f"（共 {note.speeches} 篇）"
    return _cut(visible(note.volume, 200), _WIDEST[1] - columns_of(behind)) + behind


def columns_of(text: str) -> int:
    """Returns how many columns of a terminal the text takes: two for each full-width character."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(text: str, widest: int) -> str:
    """Returns the text, cut to so many columns. A path loses its beginning: the name stands at its end."""
    if columns_of(text) <= widest:
        return text
    kept: list[str] = []
    left = widest - 1
    from_end = "/" in text
    for character in reversed(text) if from_end else text:
        left -= _width(character)
        if left < 0:
            break
        kept.append(character)
    return "…" + "".join(reversed(kept)) if from_end else "".join(kept) + "…"


def _padded(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - columns_of(text))
    return blanks + text if right else text + blanks
