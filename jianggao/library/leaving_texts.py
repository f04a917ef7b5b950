"""Says what happens to the texts that a file no longer holds: whether so many are gone that somebody must
confirm it, and into which speeches one was split."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from pathlib import PurePosixPath

import aiosqlite

from jianggao.library import source_store, speech_store
from jianggao.library.source_store import SourceRow

LOST_COUNT = 5
LOST_SHARE = 0.5
"""How many speeches of a file that is still there, and what share of its texts. If it loses more than the one
and as much as the other, nothing of it is withdrawn until someone confirms: a volume that was overwritten with
one of its speeches looks like this, while a volume is put in order a few speeches at a time."""


def texts_leaving(
    stored: Sequence[SourceRow], kept: Collection[str], refused: Collection[str]
) -> list[SourceRow]:
    """Returns the stored texts of a file that it no longer holds.

    An archive, or a volume in one, that can't be read today says nothing of the texts in it.
    """
    return [
        source
        for source in stored
        if source.path not in kept
        and not any(str(holder) in refused for holder in PurePosixPath(source.path).parents)
    ]


async def speeches_lost(connection: aiosqlite.Connection, leaving: Sequence[SourceRow]) -> set[int]:
    """Returns the speeches that nothing holds any more when these texts are let go of.

    One that is withdrawn or was taken down is none of them: nobody would lose it.
    """
    paths = {source.path for source in leaving}
    lost = set()
    for number in {source.speech for source in leaving if source.speech is not None}:
        speech = await speech_store.speech(connection, number)
        sources = await source_store.sources_of_speech(connection, number)
        if speech is not None and speech.listed and all(source.path in paths for source in sources):
            lost.add(number)
    return lost


def must_be_confirmed(lost: int, texts: int) -> bool:
    """Returns whether a file loses so many speeches that somebody must confirm it; `texts` are those that it
    holds, and those that it held."""
    return lost > LOST_COUNT and lost >= LOST_SHARE * texts


async def told_splits(
    connection: aiosqlite.Connection,
    stored: Sequence[SourceRow],
    leaving: Sequence[SourceRow],
    kept: Collection[str],
) -> list[str]:
    """Returns which speeches were split into which: 水利/汇编.txt：15《…》拆成 149 篇（15、201–348）."""
    told = []
    for source in leaving:
        parts = {
            row.speech
            for row in stored
            if row.path in kept
            and row.speech is not None
            and PurePosixPath(row.path).is_relative_to(source.path)
        }
        if source.speech is None or source.speech not in parts or len(parts) < 2:
            continue
        speech = await speech_store.speech(connection, source.speech)
        if speech is not None:
            told.append(
                f"{source.path}：{source.speech}《{speech.title}》拆成 {len(parts)} 篇（{number_list(parts)}）"
            )
    return told


def number_list(numbers: Iterable[int]) -> str:
    """Returns numbers in Chinese, three or more in a row as 201–348."""
    ordered = sorted(set(numbers))
    rows: list[list[int]] = [[number] for number in ordered[:1]]
    for before, number in pairwise(ordered):
        if number == before + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return "、".join(f"{row[0]}–{row[-1]}" if len(row) > 2 else "、".join(map(str, row)) for row in rows)
