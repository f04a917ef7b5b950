"""Stores what was ever shown: texts in normal form by speech, and sampled runs of every speech's words.

By the runs the same words are known again under another number, however the second text came in.
"""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import aiosqlite

from jianggao.library.public_part import SHOWN_ONCE, OtherText, PublicPart, ShownBefore, VersionText
from jianggao.library.section_ids import Audience
from jianggao.library.text_fingerprints import SAMPLED
from jianggao.text.normal_form import normal_form

_FEWEST_SHARED = 2
"""Sampled runs; one shared run alone is a proverb or a title of an office."""
_LEAST_PART = 0.05
"""The least share of the smaller text's sampled runs that two texts must have in common."""
_ENOUGH_SHARED = 12
"""Some 190 letters in a row. Less than that, and than a twentieth of the smaller text, is a set phrase or a
quotation."""
_OTHERS_LIMIT = 24
"""How many other speeches are compared letter by letter. Of words that stand in more speeches nothing further
is shown."""
_LONG_TEXT = 20_000
"""Characters. The normal forms of the last few texts that are longer are kept."""

_ByAudience = dict[int, set[str]]
"""Texts in normal form, by their audience."""


@dataclass(frozen=True, slots=True)
class Relative:
    """Another speech that has some of the same words."""

    number: int
    shared: int
    """How many sampled runs the two share."""


async def relatives(
    connection: aiosqlite.Connection, number: int | None, runs: Sequence[int]
) -> list[Relative]:
    """Returns the speeches other than `number` with some of the same words, those that share most first.

    They share some 190 letters, or a twentieth of the smaller text; speeches that aren't listed count too.
    One lecture in several thick collections makes these relatives: it is a small part of each, but more than
    190 letters.
    """
    # Counted before the lengths are looked up: hundreds of yearly reports may share each of their runs.
    rows = await connection.execute_fetchall(
        """SELECT r.speech, r.shared, v.characters FROM (
               SELECT speech, count(*) AS shared FROM text_runs
               WHERE run IN (SELECT value FROM json_each(?)) AND speech IS NOT ?
               GROUP BY speech HAVING count(*) >= ?) r
           JOIN speeches s ON s.number = r.speech JOIN versions v ON v.id = s.version
           ORDER BY r.shared DESC, r.speech""",
        (json.dumps(runs), number, _FEWEST_SHARED),
    )
    return [
        Relative(row["speech"], row["shared"])
        for row in rows
        if row["shared"] >= min(_ENOUGH_SHARED, _LEAST_PART * min(len(runs), row["characters"] / SAMPLED))
    ]


async def shared_with(
    connection: aiosqlite.Connection, numbers: Collection[int], runs: Sequence[int]
) -> list[Relative]:
    """Returns how many of the runs each of a few speeches has, those that have most first; none with fewer
    than relatives have."""
    rows = await connection.execute_fetchall(
        """SELECT speech, count(*) AS shared FROM text_runs
           WHERE run IN (SELECT value FROM json_each(?)) AND speech IN (SELECT value FROM json_each(?))
           GROUP BY speech HAVING shared >= ? ORDER BY shared DESC, speech""",
        (json.dumps(runs), json.dumps(sorted(numbers)), _FEWEST_SHARED),
    )
    return [Relative(row["speech"], row["shared"]) for row in rows]


async def run_count(connection: aiosqlite.Connection, number: int) -> int:
    """Returns how many runs are known of a speech, those of its earlier versions among them."""
    (row,) = await connection.execute_fetchall("SELECT count(*) FROM text_runs WHERE speech = ?", (number,))
    return int(row[0])


async def add_runs(connection: aiosqlite.Connection, number: int, runs: Iterable[int]) -> None:
    """Records that the speech has these words; they are never forgotten."""
    await connection.executemany(
        "INSERT OR IGNORE INTO text_runs (run, speech) VALUES (?, ?)", [(run, number) for run in runs]
    )


async def shown_before(
    connection: aiosqlite.Connection,
    number: int,
    runs: Sequence[int],
    *,
    below: int | None = None,
    related: Sequence[Relative] | None = None,
) -> ShownBefore:
    """Returns what was ever shown of a speech and of those that have the same words.

    With `below` only relatives of smaller numbers count. `related` are the relatives, where they are known.
    """
    if related is None:
        related = await relatives(connection, number, runs)
    crowded = await _runs_in(connection, [relative.number for relative in related[_OTHERS_LIMIT:]], runs)
    numbers = [relative.number for relative in related if below is None or relative.number < below]
    near, far = numbers[:_OTHERS_LIMIT], numbers[_OTHERS_LIMIT:]
    shown = await _shown_of(connection, [number, *near])
    others = [_other(await letters_of(connection, relative), shown[relative]) for relative in near]
    # A set phrase of reports may stand in hundreds of speeches; comparing letters with each would take
    # minutes. What was shown of them counts all the same, and is looked up at once.
    if far:
        others.append(_other("", await _shown_of_any(connection, far)))
    own = shown[number]
    return ShownBefore(own[Audience.PREVIEW], own[Audience.MEMBER_GROUP], own[SHOWN_ONCE], others, crowded)


def _other(letters: str, shown: Mapping[int, set[str]]) -> OtherText:
    return OtherText(letters, shown[Audience.PREVIEW], shown[Audience.MEMBER_GROUP], shown[SHOWN_ONCE])


async def _runs_in(
    connection: aiosqlite.Connection, numbers: Sequence[int], runs: Sequence[int]
) -> frozenset[int]:
    """Returns those of the runs that stand in any of these speeches."""
    # The + makes SQLite ask of each speech that has the run whether it is one of these: it stops at the first
    # that is, while it would look for a run that few have in every one of these.
    rows = await connection.execute_fetchall(
        """SELECT r.value FROM json_each(?) r WHERE EXISTS (
               SELECT 1 FROM text_runs t
               WHERE t.run = r.value AND +t.speech IN (SELECT value FROM json_each(?)))""",
        (json.dumps(runs), json.dumps(numbers)),
    )
    return frozenset(row[0] for row in rows)


async def remember_shown(
    connection: aiosqlite.Connection, number: int, version: VersionText, public: PublicPart
) -> None:
    """Records what is shown of a version from now on; nothing is ever forgotten here."""
    await add_texts(connection, number, texts_shown(version, public))


def texts_shown(version: VersionText, public: PublicPart) -> list[tuple[int, str]]:
    """Returns what is shown of a version as (audience, normal form), each text once."""
    shown: list[tuple[int, str]] = [(Audience.PREVIEW, normal_form(heading)) for heading in public.headings]
    for body in version.bodies:
        audience = public.audiences[body.ordinal]
        if audience in (Audience.PREVIEW, Audience.MEMBER_GROUP):
            shown.append((audience, body.text))
    return [(audience, text) for audience, text in dict.fromkeys(shown) if text]


async def add_texts(connection: aiosqlite.Connection, number: int, texts: Iterable[tuple[int, str]]) -> None:
    """Records that these texts (audience, normal form) are shown of a speech."""
    await connection.executemany(
        "INSERT OR IGNORE INTO shown_texts (speech, audience, normal) VALUES (?, ?, ?)",
        [(number, audience, text) for audience, text in texts],
    )


async def count_only_once(connection: aiosqlite.Connection, number: int) -> None:
    """Records what was shown of a speech so far as shown by an earlier release.

    It counts for ever, but needn't be shown again.
    """
    await connection.execute(
        """INSERT OR IGNORE INTO shown_texts (speech, audience, normal)
           SELECT speech, ?, normal FROM shown_texts WHERE speech = ? AND audience <> ?""",
        (SHOWN_ONCE, number, SHOWN_ONCE),
    )
    await connection.execute(
        "DELETE FROM shown_texts WHERE speech = ? AND audience <> ?", (number, SHOWN_ONCE)
    )


async def _shown_of(connection: aiosqlite.Connection, numbers: Sequence[int]) -> dict[int, _ByAudience]:
    """Returns what was ever shown of each of these speeches."""
    rows = await connection.execute_fetchall(
        """SELECT speech, audience, normal FROM shown_texts
           WHERE speech IN (SELECT value FROM json_each(?))""",
        (json.dumps(numbers),),
    )
    shown = {number: _nothing_shown() for number in numbers}
    for row in rows:
        shown[row["speech"]][row["audience"]].add(row["normal"])
    return shown


async def _shown_of_any(connection: aiosqlite.Connection, numbers: Sequence[int]) -> _ByAudience:
    """Returns what was ever shown of any of these speeches: mostly the same few texts."""
    rows = await connection.execute_fetchall(
        """SELECT DISTINCT audience, normal FROM shown_texts
           WHERE speech IN (SELECT value FROM json_each(?))""",
        (json.dumps(numbers),),
    )
    shown = _nothing_shown()
    for row in rows:
        shown[row["audience"]].add(row["normal"])
    return shown


def _nothing_shown() -> _ByAudience:
    return {Audience.PREVIEW: set(), Audience.MEMBER_GROUP: set(), SHOWN_ONCE: set()}


async def letters_of(connection: aiosqlite.Connection, number: int) -> str:
    """Returns the letters behind the front of a speech's current version, in normal form."""
    rows = await connection.execute_fetchall(
        """SELECT lead || body AS text FROM sections
           WHERE version = (SELECT version FROM speeches WHERE number = ?) ORDER BY ordinal""",
        (number,),
    )
    tail = await connection.execute_fetchall(
        "SELECT tail FROM versions WHERE id = (SELECT version FROM speeches WHERE number = ?)", (number,)
    )
    text = "".join([*(row[0] for row in rows), *(row[0] for row in tail)])
    return await asyncio.to_thread(_normal_form if len(text) > _LONG_TEXT else normal_form, text)


@functools.lru_cache(maxsize=4)
def _normal_form(text: str) -> str:
    """Returns the normal form of a long text: each part of a thick volume is compared with the whole volume."""
    return normal_form(text)
