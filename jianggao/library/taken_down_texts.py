"""Keeps the words of a speech that a superuser took down from coming back by another number: as a part of a file that
is split, as an earlier version, as an edited copy under another name.

What comes in so is taken down, too, and told: a superuser can list it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

import aiosqlite

from jianggao.library import shown_texts, source_store, speech_store, version_store
from jianggao.library.preparation import PreparedSource
from jianggao.text.normal_form import normal_form

_SHARE_OF_PART, _SHARE_OF_COPY = 1 / 2, 2 / 3
"""Shares of the letters of a text that stand in a speech which was taken down, from which it is a part of that one,
where both are of one file, or that one over again. Yearly reports of different files may share half of theirs."""
_SHARE_INSIDE = 9 / 10
"""The share of the letters of such a speech from which a longer text holds all of it."""
_SHORTEST_INSIDE = 200
"""Letters of a speech that may stand in a longer text: a shorter one is a quotation."""
_LEAST_SHARED = 1 / 6
"""The share of the sampled words, of the text or of the speech, from which letters are compared: misread letters spoil
many of them."""
_GRAM = 8
"""Letters in a row that two texts have in common no more often than by chance."""
_MOST_VERSIONS = 5
_LONG_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class _TakenDownText:
    """A speech that was taken down, found for a text with its words."""

    number: int
    like: str
    """How the text is like it, in Chinese: 大部分文字和第 3 篇相同."""


async def hold_back(
    connection: aiosqlite.Connection, now: str, file: str, text: PreparedSource, number: int
) -> list[str]:
    """Takes speech `number`, which has just got this text, down if its words are those of one that is taken down.

    `now` is as the database keeps it. Returns what is told of that, a Chinese sentence; nothing where it is down
    already.
    """
    like = await _taken_down_like(connection, file, text, number)
    speech = await speech_store.speech(connection, number)
    if like is None or (speech is not None and speech.taken_down):
        return []
    await version_store.set_taken_down(connection, number, now)
    return [
        f"{text.path}：{like.like}，那一篇已下架，这一篇（第 {number} 篇）也先下架。要上架就发“恢复上架 {number}”"
    ]


async def _taken_down_like(
    connection: aiosqlite.Connection, file: str, text: PreparedSource, number: int
) -> _TakenDownText | None:
    """Returns the speech, taken down by a superuser, that the text of speech `number` was a part of, is over again, or
    holds; None if there is none."""
    if text.speech is None:
        return None
    # Most libraries hold nothing that was taken down: then the hundreds of speeches with the same words that one of
    # yearly reports may have needn't be looked at.
    down = {
        other: here
        for other, here in (await source_store.taken_down(connection, file)).items()
        if other != number
    }
    runs = text.speech.runs
    letters = text.speech.version_text.letters
    for other in await shown_texts.shared_with(connection, down, runs) if down else ():
        whole = await shown_texts.run_count(connection, other.number)
        if other.shared < _LEAST_SHARED * min(len(runs), whole):
            continue
        versions = await _versions_of(connection, other.number)
        is_long = len(letters) + sum(map(len, versions)) > _LONG_TEXT
        share, inside = (
            await asyncio.to_thread(_shares, letters, versions) if is_long else _shares(letters, versions)
        )
        if share >= _SHARE_OF_COPY:
            return _TakenDownText(other.number, f"大部分文字和第 {other.number} 篇相同")
        if share >= _SHARE_OF_PART and down[other.number] and text.volume:
            return _TakenDownText(other.number, f"原来是第 {other.number} 篇的一部分")
        if inside >= _SHARE_INSIDE:
            return _TakenDownText(other.number, f"里面有第 {other.number} 篇的全文")
    return None


async def _versions_of(connection: aiosqlite.Connection, number: int) -> list[str]:
    """Returns the letters behind the fronts of a speech's last versions, in normal form: one that is edited after it
    was taken down holds other words now."""
    rows = await connection.execute_fetchall(
        """SELECT (SELECT group_concat(text, '') FROM
                   (SELECT lead || body AS text FROM sections WHERE version = v.id ORDER BY ordinal)) AS text, v.tail
           FROM versions v WHERE v.speech = ? ORDER BY v.id DESC LIMIT ?""",
        (number, _MOST_VERSIONS),
    )
    texts = [f"{row[0] or ''}{row[1]}" for row in rows]
    return [
        await asyncio.to_thread(normal_form, each) if len(each) > _LONG_TEXT else normal_form(each)
        for each in texts
    ]


def _shares(letters: str, versions: Iterable[str]) -> tuple[float, float]:
    """Returns the largest share of the letters that stand in one of the versions, and of one of these that stand in the
    letters."""
    mine = _grams(letters)
    share = inside = 0.0
    for version in versions:
        share = max(share, _covered(letters, _grams(version)))
        if len(version) >= _SHORTEST_INSIDE:
            inside = max(inside, _covered(version, mine))
    return share, inside


def _grams(letters: str) -> set[str]:
    return {letters[at : at + _GRAM] for at in range(len(letters) - _GRAM + 1)}


def _covered(letters: str, grams: set[str]) -> float:
    """Returns the share of the letters that stand in a row of the grams."""
    covered = end = 0
    for at in range(len(letters) - _GRAM + 1):
        if letters[at : at + _GRAM] in grams:
            covered += at + _GRAM - max(at, end)
            end = at + _GRAM
    return covered / max(1, len(letters))
