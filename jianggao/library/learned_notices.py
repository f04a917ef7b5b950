"""Learns notices from the library itself: a vendor's line at the edges of several speeches is one.

A vendor puts its line under everything that it sells, while the last sentence of a speech is its own. Where a
line that repeats names no vendor, it may be a motto: it stays, and is in doubt from then on. Once learned, a
line stays one though the files go away that it was learned from: otherwise deleting an old file would put
advertising back into the texts that are left. 留行 makes it text again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import aiosqlite

from jianggao.library import edge_lines, shown_texts, source_store, speech_store
from jianggao.library.edge_lines import EdgeLine, LineState
from jianggao.library.text_fingerprints import sampled_runs
from jianggao.parsing.edge_text import may_be_shared, names_vendor
from jianggao.parsing.notices import LineKind, line_kind
from jianggao.parsing.speech_lines import is_customary_closing
from jianggao.text.normal_form import normal_form

LEARNED_FROM = 3
"""Speeches that must have a line. Two can be one speaker's habit, or a speech and the one that answers it;
with more than three, the first texts of a small library would keep a vendor's line for too long."""
_COMPARED = 24
"""Speeches of which the words are compared, by number; so many copies of one text are no library."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Lines that were learned, and the files that have to be read again: without these, and with others in
    doubt."""

    lines: tuple[EdgeLine, ...]
    files: frozenset[str]


async def lines_to_learn(connection: aiosqlite.Connection, gone: Collection[str] = ()) -> tuple[str, ...]:
    """Returns the lines, as they are written, that stand at the edges of enough speeches to be notices or in
    doubt.

    Texts from which another rule has taken the line out count too: so it makes no difference in which order
    the files came. Copies and drafts of one text count as one, files that are `gone` as none.
    """
    learned = []
    for line in await edge_lines.unknown_lines(connection, LEARNED_FROM):
        if is_customary_closing(line):
            continue
        texts = await edge_lines.texts_with(connection, line)
        speeches = sorted({speech for file, speech in texts if file not in gone})
        if len(speeches) < LEARNED_FROM:
            continue
        speeches = await _without_it_in_the_title(connection, line, speeches[:_COMPARED])
        if await _count_texts(connection, speeches) >= LEARNED_FROM:
            learned.append(line)
    return tuple(learned)


async def _without_it_in_the_title(
    connection: aiosqlite.Connection, line: str, speeches: Sequence[int]
) -> list[int]:
    """Returns the speeches that haven't the line as a part of their titles."""
    rows = await speech_store.speeches(connection, speeches)
    return [number for number, row in rows.items() if not is_part_of_title(line, row.title)]


def is_part_of_title(line: str, title: str) -> bool:
    """Returns whether the line stands in the title beside other words: the name of a series (村史讲稿) stands
    above each lecture of it, and is no notice. What several speeches have as their whole title is none."""
    normal, whole = normal_form(line), normal_form(title)
    return normal in whole and normal != whole


async def learn(connection: aiosqlite.Connection, lines: Sequence[str], at: str) -> Learned:
    """Records the lines as notices or as in doubt, and their files as to be read again; inside its caller's
    transaction.

    Killed behind it, the next import reads these files though they haven't changed.
    """
    numbers = await edge_lines.number_lines(connection, lines)
    surely = [numbers[normal_form(line)] for line in lines if is_notice_if_repeated(line)]
    await edge_lines.set_learned(connection, surely, at)
    await edge_lines.set_suspected(connection, set(numbers.values()) - set(surely), at)
    places = await edge_lines.places_of(connection, numbers.values())
    files = {place.file for place in places if place.state is not LineState.REMOVED}
    await source_store.read_again(connection, files)
    learned = await edge_lines.lines_numbered(connection, surely)
    return Learned(tuple(learned[number] for number in surely), frozenset(files))


def is_notice_if_repeated(line: str) -> bool:
    """Returns whether a line that several speeches have at their edges is a notice, and no motto, signature or
    number of theirs."""
    if names_vendor(line):
        return True
    return line_kind(line) is not LineKind.TEXT and not may_be_shared(line)


async def _count_texts(connection: aiosqlite.Connection, speeches: Sequence[int]) -> int:
    """Returns how many of the speeches are texts of their own: 初稿 and 定稿 of one speech are one text."""
    groups: list[set[int]] = []
    for number in speeches:
        letters = await shown_texts.letters_of(connection, number)
        runs = set(await asyncio.to_thread(sampled_runs, letters))
        same = next((group for group in groups if _are_copies(group, runs)), None)
        if same is None:
            groups.append(runs)
    return len(groups)


def _are_copies(first: set[int], second: set[int]) -> bool:
    """Returns whether the runs of two texts say that at least half of the shorter one is in the other."""
    return 2 * len(first & second) >= max(1, min(len(first), len(second)))
