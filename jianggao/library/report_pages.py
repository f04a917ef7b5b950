"""Reads the import report in pages that a phone shows, and all that was made of one text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

import aiosqlite

from jianggao.errors import NotFound
from jianggao.library import import_report_store, reading_note_store, speech_store
from jianggao.library.import_report import ImportReport
from jianggao.library.reading_notes import ReadingNote
from jianggao.library.report_wording import details_told, no_text_named, note_told
from jianggao.parsing.model import heading_line
from jianggao.text.quoting import visible

_ON_A_PAGE = 10
_MOST_URGENT = 1_000
"""Texts to look at of which the lines in doubt are gathered for the first page."""
_HEADINGS, _LONGEST_LINE = 20, 40
"""Headings of a speech that are shown, and characters of each and of the lines under its title."""
_ONE_LINE_EACH = 10
"""Texts with the same words in their names of which one line each is shown."""


async def report_page(connection: aiosqlite.Connection, page: int, zone: tzinfo) -> str:
    """Returns a page of the report: on the first what the last import did and what to look at in the whole
    library, on the others a line for each text, those to look at first.

    Raises NotFound if there is no such page.
    """
    stored = await import_report_store.latest_report(connection)
    if stored is None:
        return "还没有载入过。发“重新载入”。"
    counts = await reading_note_store.count_notes(connection)
    last = 1 + -(-counts.texts // _ON_A_PAGE)
    if page > last:
        raise NotFound(f"没有第 {page} 页（共 {last} 页）。发“查看报告”从头看。")
    if page > 1:
        notes = await reading_note_store.notes_from(connection, (page - 2) * _ON_A_PAGE, _ON_A_PAGE)
        more = f"下一页发“查看报告 第{page + 1}页”。" if page < last else "这是最后一页。"
        lines = [f"· {note_told(note)}" for note in notes]
        return "\n".join([f"第 {page}/{last} 页，要看一看的在前：", *lines, f"{more}{_DETAILS}"])
    finished, json = stored
    report = ImportReport.from_json(json)
    report.notes = await reading_note_store.urgent_notes(connection, _MOST_URGENT)
    report.urgent_before = counts.urgent - len(report.notes)
    at = finished.astimezone(zone)
    nothing = [] if counts.urgent or report.needs_attention else ["没有要看一看的文件。"]
    overview = f"{_counted(counts)}，发“查看报告 第2页”。{_DETAILS}" if counts.texts else ""
    return "\n".join([f"{at:%Y-%m-%d %H:%M} 的载入：", report.render(), *nothing, overview]).rstrip()


def _counted(counts: reading_note_store.NoteCounts) -> str:
    """Returns what has a line of its own on the pages of the report; what couldn't be read is no speech."""
    speeches = f"全部 {counts.texts - counts.refused} 篇"
    return f"{speeches}和没能读的 {counts.refused} 个一行一个" if counts.refused else f"{speeches}一行一篇"


_DETAILS = "一篇的细节发“查看报告 篇号”，或写文件名里的几个字。"


async def speech_told(connection: aiosqlite.Connection, number: int) -> str:
    """Returns what was made of the texts that are this speech. Raises NotFound if there are none."""
    notes = await reading_note_store.notes_of_speech(connection, number)
    if not notes:
        raise NotFound(f"没有第 {number} 篇的记录：没有这一篇，或者源文件已经不在。发“查看报告”看有哪些。")
    return await _in_full(connection, notes)


async def _in_full(connection: aiosqlite.Connection, notes: Sequence[ReadingNote]) -> str:
    """Returns all that was made of the texts of one speech, or of one text that is none."""
    number = notes[0].speech
    row = None if number is None else await speech_store.speech(connection, number)
    return "\n\n".join([*map(details_told, notes), *([] if row is None else [_reading_told(row)])])


def _reading_told(row: speech_store.SpeechRow) -> str:
    """Returns what was read of a speech beside its text: the lines under its title, and its headings."""
    under_title = [visible(line, _LONGEST_LINE) for line in row.occasion.split("\n") if line]
    lines = [f"标题下面：{' | '.join(under_title)}"] if under_title else []
    shown = [
        "　" * (heading.level - 1) + visible(heading_line(heading.mark, heading.text), _LONGEST_LINE)
        for heading in row.headings[:_HEADINGS]
    ]
    lines += ["小标题：", *shown] if shown else ["没有小标题。"]
    if len(row.headings) > _HEADINGS:
        lines.append(f"…… 另有 {len(row.headings) - _HEADINGS} 个，发“提纲 {row.number}”看全部")
    return "\n".join(lines)


async def texts_named(connection: aiosqlite.Connection, words: str) -> str:
    """Returns what was made of the text whose path or title holds these words; a line each if they are
    several. Raises NotFound if there is none."""
    notes = await reading_note_store.notes_named(connection, words)
    if not notes:
        raise NotFound(no_text_named(words))
    return await _in_full(connection, notes) if len(notes) == 1 else _several(notes)


def _several(notes: list[ReadingNote]) -> str:
    lines = [f"· {note_told(note)}" for note in notes[:_ONE_LINE_EACH]]
    rest = len(notes) - len(lines)
    more = [f"…… 另有 {rest} 个，请把名字写长一点。"] if rest else []
    return "\n".join([f"有 {len(notes)} 篇：", *lines, *more, _DETAILS])
