"""Learns notices from the library itself: what stands in doubt at the edges of several speeches is one.

A vendor puts its line under everything that it sells, while the last sentence of a speech is its own. Once
learned, a line stays one though the files go away that it was learned from: otherwise deleting an old file
would put advertising back into the texts that are left. 留行 makes it text again.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import aiosqlite

from jianggao.library import edge_lines, shown_texts, source_store, speech_store
from jianggao.library.edge_lines import EdgeLine, LineState
from jianggao.library.text_fingerprints import sampled_runs
from jianggao.text.normal_form import normal_form

LEARNED_FROM = 3
"""Speeches that must have a line. Two can be one speaker's habit, or a speech and the one that answers it;
with more than three, the first texts of a small library would keep a vendor's line for too long."""
_COMPARED = 24
"""Speeches of which the words are compared, by number; so many copies of one text are no library."""

# Closings that speakers end with by custom: 以上发言，仅供参考，不妥之处请批评指正。 They repeat, and are text.
_CUSTOMARY = re.compile(
    r"批评指正|请.{0,6}(?:指正|指教|指示|批评)|谢谢|感谢|祝愿?|致敬|敬礼"
    r"|(?:发言|汇报|讲话|报告|述职|介绍|我就讲|讲)(?:到此|到这|完)"
    r"|以上(?:是|就是|发言|意见|建议|汇报|看法|体会|报告|想法|认识|几点|所讲)"
)
_OF_A_VENDOR = re.compile(
    r"[A-Za-z]{3}|\d{5}|公众号|微信|客服|订阅|订户|会员|文稿|资料|范文|材料|店铺|网站|扫码|入群|进群"
)
_SENTENCE_ENDS = ("。", "！", "!", "？", "…")


@dataclass(frozen=True, slots=True)
class Learned:
    """Lines that were learned, and the files that have to be read again without them."""

    lines: tuple[EdgeLine, ...]
    files: frozenset[str]


async def lines_to_learn(
    connection: aiosqlite.Connection, gone: Collection[str] = ()
) -> tuple[EdgeLine, ...]:
    """Returns the lines that stand in doubt somewhere, and at the edges of enough speeches to be notices.

    Texts from which another rule has taken the line out count too: so it makes no difference in which order
    the files came. Copies and drafts of one text count as one, files that are `gone` as none.
    """
    learned = []
    for line in await edge_lines.doubtful_lines(connection):
        if is_customary(line.written):
            continue
        places = await edge_lines.places_of(connection, [line.number])
        speeches = sorted(
            {place.speech for place in places if place.speech is not None and place.file not in gone}
        )
        if len(speeches) < LEARNED_FROM:
            continue
        speeches = await _without_it_in_the_title(connection, line, speeches[:_COMPARED])
        if await _count_texts(connection, speeches) >= LEARNED_FROM:
            learned.append(line)
    return tuple(learned)


async def _without_it_in_the_title(
    connection: aiosqlite.Connection, line: EdgeLine, speeches: Sequence[int]
) -> list[int]:
    """Returns the speeches that haven't the line in their titles: the name of a series (村史讲稿) stands above
    each lecture of it, and is no notice."""
    rows = await speech_store.speeches(connection, speeches)
    normal = normal_form(line.written)
    return [number for number, row in rows.items() if normal not in normal_form(row.title)]


def is_customary(line: str) -> bool:
    """Returns whether the line is a closing that many speeches share by custom, with nothing of a vendor."""
    return line.endswith(_SENTENCE_ENDS) and bool(_CUSTOMARY.search(line)) and not _OF_A_VENDOR.search(line)


async def learn(connection: aiosqlite.Connection, lines: Sequence[EdgeLine], at: str) -> Learned:
    """Records the lines as notices, and their files as to be read again; inside its caller's transaction.

    Killed behind it, the next import reads these files though they haven't changed.
    """
    numbers = [line.number for line in lines]
    await edge_lines.set_learned(connection, numbers, at)
    places = await edge_lines.places_of(connection, numbers)
    files = {place.file for place in places if place.state is not LineState.REMOVED}
    await source_store.read_again(connection, files)
    return Learned(tuple(lines), frozenset(files))


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
