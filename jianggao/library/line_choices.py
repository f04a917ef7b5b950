"""Carries out what the operator says of a line: that it is a notice (去行), or text (留行).

The choice concerns the line wherever it stands and whenever it comes, and counts more than any rule. The
files that hold it are read again at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import aiosqlite

from jianggao.database import Database
from jianggao.errors import NotFound
from jianggao.library import edge_lines, reading_note_store
from jianggao.library.edge_lines import EdgeLine, LineChoice, LinePlace, LineState
from jianggao.library.import_report import ImportReport
from jianggao.library.importer import Importer
from jianggao.library.reading_notes import ReadingNote
from jianggao.library.report_wording import doubtful_told, learned_told, line_told, name_told

_NAMED = 3
"""Texts that are named in the answer of one line."""
_NUMBERS_TOLD = 5
"""Numbers that the way back is told with."""
_NEXT_LISTED = 3
"""Further doubtful lines of the same texts that the answer lists."""


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """What a choice did to one line."""

    line: EdgeLine
    before: tuple[LinePlace, ...]
    """The texts that held it."""
    after: tuple[LinePlace, ...]
    notes: dict[str, ReadingNote]
    """What was made of these texts, by path."""


@dataclass(frozen=True, slots=True)
class ChoiceOutcome:
    """What a choice did."""

    choice: LineChoice
    lines: tuple[LineOutcome, ...]
    report: ImportReport
    """What reading the files again did."""


async def require_lines(connection: aiosqlite.Connection, numbers: Sequence[int]) -> list[EdgeLine]:
    """Returns the lines of these numbers, in their order. Raises NotFound if there is none of one of them."""
    known = await edge_lines.lines_numbered(connection, numbers)
    missing = [str(number) for number in numbers if number not in known]
    if missing:
        raise NotFound(f"没有编号 {'、'.join(missing)} 的行，什么也没有改。发“查看报告”看每行前面的编号。")
    return [known[number] for number in dict.fromkeys(numbers)]


async def choose(
    importer: Importer, database: Database, numbers: Sequence[int], choice: LineChoice, by: str, at: str
) -> ChoiceOutcome:
    """Declares the lines of these numbers to be notices or text, for the operator `by` at that moment (as
    stored), and reads their files again.

    Raises NotFound if there is no line of one of the numbers; nothing is changed then.
    """
    lines: list[EdgeLine] = []
    before: list[LinePlace] = []

    async def change(connection: aiosqlite.Connection) -> Collection[str]:
        lines.extend(await require_lines(connection, numbers))
        before.extend(await edge_lines.places_of(connection, numbers))
        await edge_lines.set_choice(connection, numbers, choice, by, at)
        # Text in doubt is read again too: it is no longer listed as such.
        done = LineState.KEPT if choice is LineChoice.TEXT else LineState.REMOVED
        return {place.file for place in before if place.state is not done}

    report = await importer.read_again(change)
    async with database.read() as connection:
        after = await edge_lines.places_of(connection, numbers)
        notes = {
            note.path: note
            for place in (*before, *after)
            for note in await reading_note_store.notes_of_speech(connection, place.speech or 0)
        }
    outcomes = (
        LineOutcome(
            line,
            tuple(place for place in before if place.line == line.number),
            tuple(place for place in after if place.line == line.number),
            notes,
        )
        for line in lines
    )
    return ChoiceOutcome(choice, tuple(outcomes), report)


def outcome_told(outcome: ChoiceOutcome) -> str:
    """Returns in Chinese what a choice did to each line, and how to undo it."""
    told = []
    for line in outcome.lines:
        became = _removed_told(line) if outcome.choice is LineChoice.NOTICE else _kept_told(line)
        told.append(f"{line_told(line.line.number, line.line.written)}：{became}")
    if outcome.report.root_missing:
        told.append("资料文件夹不在原处，已经记下，等文件夹回来再重读。请检查 LIBRARY_DIR。")
    told += learned_told(outcome.report.learned, len(outcome.report.learned))
    told += [f"没能读入：{entry}" for entry in outcome.report.refused]
    told += doubtful_told(outcome.report.notes, _NEXT_LISTED)
    numbers = " ".join(str(line.line.number) for line in outcome.lines[:_NUMBERS_TOLD])
    numbers += " …" if len(outcome.lines) > _NUMBERS_TOLD else ""
    undo = "留行" if outcome.choice is LineChoice.NOTICE else "去行"
    return "\n".join([*told, f"以后读入的文件也照此办。改主意就发“{undo} {numbers}”。"])


def _removed_told(outcome: LineOutcome) -> str:
    """Returns what became of a line that is a notice now."""
    still = {place.source for place in outcome.after if place.state is not LineState.REMOVED}
    stood = {place.source for place in outcome.before if place.state is not LineState.REMOVED}
    gone = stood - still
    if not outcome.before:
        return "现在没有文件写着它。"
    parts = [f"从 {_named(outcome, gone)}去掉了"] if gone else []
    parts += [f"在 {_named(outcome, still)}里不在开头结尾，没有去掉"] if still else []
    return "；".join(parts) + "。" if parts else "早就去掉了。"


def _kept_told(outcome: LineOutcome) -> str:
    """Returns what became of a line that is text now."""
    removed = {place.source for place in outcome.before if place.state is LineState.REMOVED}
    back = removed - {place.source for place in outcome.after if place.state is LineState.REMOVED}
    stood = {place.source for place in outcome.before if place.state is not LineState.REMOVED}
    if not outcome.before:
        return "现在没有文件写着它。"
    parts = [f"放回了 {_named(outcome, back)}"] if back else []
    parts += [f"没能放回 {_named(outcome, removed - back)}，请看源文件"] if removed - back else []
    parts += [f"留在 {_named(outcome, stood)}，不再列出"] if stood else []
    return "；".join(parts) + "。"


def _named(outcome: LineOutcome, sources: Collection[str]) -> str:
    """Returns the first few of the texts, and how many they are."""
    names = list(_names(outcome, sources))
    more = f" 等 {len(names)} 篇" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more


def _names(outcome: LineOutcome, sources: Collection[str]) -> Iterator[str]:
    for source in sorted(sources):
        yield name_told(outcome.notes.get(source, ReadingNote(source)))
