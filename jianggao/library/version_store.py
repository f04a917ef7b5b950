"""Stores speeches, their versions and sections. The index is not touched: `listing` brings it in step."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import date

import aiosqlite

from jianggao.library import hidden_sections
from jianggao.library.preparation import PreparedSection, PreparedSpeech, StoredQuotable
from jianggao.library.public_part import PublicPart
from jianggao.library.section_ids import Audience, first_id, last_id
from jianggao.library.speech_store import STORED_SECTION, OutlineHeading, first_row

SectionValues = tuple[object, ...]
"""A row of `sections` but for `listed`; the id comes first."""


async def add_speech(connection: aiosqlite.Connection, today: date, telling: Iterable[str]) -> int:
    """Stores a new speech with its keywords and returns its number; it has no version yet."""
    cursor = await connection.execute(
        "INSERT INTO speeches (first_import, keywords) VALUES (?, ?)",
        (today.isoformat(), json.dumps(list(telling), ensure_ascii=False)),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


async def add_version(
    connection: aiosqlite.Connection,
    number: int,
    prepared: PreparedSpeech,
    *,
    material_date: date,
    public: PublicPart,
    shuffle: Callable[[int, int], int],
    imported_at: str,
) -> int:
    """Stores a new version as the current one, its sections with new ids; returns the version's id.

    `imported_at` is the moment as the database keeps it (`clock.to_text`).
    """
    version = await add_version_alone(connection, number, prepared, material_date, public, imported_at)
    await _add_sections(connection, number, version, prepared, material_date, public, shuffle)
    await make_current(connection, number, version)
    return version


async def add_version_alone(
    connection: aiosqlite.Connection,
    number: int,
    prepared: PreparedSpeech,
    material_date: date,
    public: PublicPart,
    imported_at: str,
) -> int:
    """Stores a version without its sections; returns its id."""
    cursor = await connection.execute(
        """INSERT INTO versions (speech, title, salutation, occasion, speaker, material_date, date_origin,
                                 front, tail, headings, removed, text_hash, characters, imported_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            number,
            prepared.title,
            prepared.salutation,
            prepared.occasion,
            prepared.speaker,
            material_date.isoformat(),
            prepared.date_origin,
            prepared.front,
            prepared.tail,
            _headings_json(outline(prepared, public)),
            json.dumps(prepared.removed, ensure_ascii=False),
            prepared.text_hash,
            prepared.characters,
            imported_at,
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


async def versions_of(connection: aiosqlite.Connection, number: int) -> list[int]:
    """Returns the ids of all versions of a speech."""
    rows = await connection.execute_fetchall("SELECT id FROM versions WHERE speech = ?", (number,))
    return [row[0] for row in rows]


async def make_current(connection: aiosqlite.Connection, number: int, version: int) -> None:
    """Makes the version the current one of the speech; `list_speech` shows it."""
    await connection.execute("UPDATE speeches SET version = ? WHERE number = ?", (version, number))


async def set_speaker(connection: aiosqlite.Connection, number: int, speaker: str) -> None:
    """Stores the speaker of a speech's current version (normal form) in place of the one it has."""
    await connection.execute(
        """UPDATE versions SET speaker = ?1 WHERE speaker <> ?1
           AND id = (SELECT version FROM speeches WHERE number = ?2)""",
        (speaker, number),
    )


async def set_headings(
    connection: aiosqlite.Connection, version: int, headings: Sequence[OutlineHeading]
) -> None:
    """Stores the headings of a version in place of those it has."""
    await connection.execute(
        "UPDATE versions SET headings = ? WHERE id = ?", (_headings_json(headings), version)
    )


def _headings_json(headings: Sequence[OutlineHeading]) -> str:
    return json.dumps([asdict(heading) for heading in headings], ensure_ascii=False)


async def _add_sections(
    connection: aiosqlite.Connection,
    number: int,
    version: int,
    prepared: PreparedSpeech,
    material_date: date,
    public: PublicPart,
    shuffle: Callable[[int, int], int],
) -> None:
    start = await last_id_of(connection, material_date)
    rows = section_rows(number, version, prepared, start, public, shuffle)
    await add_section_rows(connection, rows, prepared.sections, listed=False)


def section_rows(
    number: int,
    version: int,
    prepared: PreparedSpeech,
    start: int,
    public: PublicPart,
    shuffle: Callable[[int, int], int],
) -> list[SectionValues]:
    """Returns the rows of a version's sections, with the ids that follow `start`."""
    return [
        (
            # The first section of a speech has the largest id: newest first is also reading order.
            start + len(prepared.sections) - place,
            version,
            number,
            part.ordinal,
            part.label,
            part.above,
            "\n".join(public.headings[at] for at in part.headings),
            part.lead,
            part.body,
            public.audiences[part.ordinal],
            shuffle(number, part.ordinal),
        )
        for place, part in enumerate(prepared.sections)
    ]


async def add_section_rows(
    connection: aiosqlite.Connection,
    rows: Sequence[SectionValues],
    sections: Sequence[PreparedSection],
    *,
    listed: bool,
) -> None:
    """Stores sections of a version with their sentences worth quoting."""
    await connection.executemany(
        f"INSERT INTO sections ({STORED_SECTION}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, {int(listed)})",
        rows,
    )
    for row, part in zip(rows, sections, strict=True):
        assert isinstance(row[0], int)
        await add_quotables(connection, row[0], part.quotables)


async def last_id_of(connection: aiosqlite.Connection, day: date) -> int:
    """Returns the largest id of a section of that day that was ever given, also to hidden sections."""
    row = await first_row(
        connection,
        "SELECT max(last) FROM (SELECT max(id) AS last FROM sections WHERE id BETWEEN ?1 AND ?2 "
        "UNION ALL SELECT max(last) FROM hidden_sections WHERE last BETWEEN ?1 AND ?2)",
        (first_id(day), last_id(day)),
    )
    return first_id(day) if row[0] is None else int(row[0])


async def remove_version(connection: aiosqlite.Connection, version: int) -> bool:
    """Removes some sections of a version that was never listed, and the version with the last of them.

    Returns whether there are more.
    """
    rows = await connection.execute_fetchall(
        "SELECT id FROM sections WHERE version = ? LIMIT ?", (version, hidden_sections.SECTIONS_AT_ONCE)
    )
    ids = [(row[0],) for row in rows]
    await connection.executemany("DELETE FROM quotables WHERE section = ?", ids)
    await connection.executemany("DELETE FROM sections WHERE id = ?", ids)
    if len(ids) == hidden_sections.SECTIONS_AT_ONCE:
        return True
    await connection.execute("DELETE FROM versions WHERE id = ?", (version,))
    return False


async def add_quotables(
    connection: aiosqlite.Connection, section: int, quotables: Iterable[StoredQuotable]
) -> None:
    """Stores the sentences of a section that are worth quoting, in place of those stored."""
    await connection.execute("DELETE FROM quotables WHERE section = ?", (section,))
    await connection.executemany(
        """INSERT INTO quotables (section, start, stop, score, sameness, public)
           SELECT id, ?, ?, ?, ?, audience = ? FROM sections WHERE id = ?""",
        [
            (place.start, place.stop, place.score, place.sameness, Audience.PREVIEW, section)
            for place in quotables
        ],
    )


async def keywords_of(connection: aiosqlite.Connection, number: int) -> tuple[str, ...]:
    """Returns the keywords of a speech, which may have no version yet."""
    row = await first_row(connection, "SELECT keywords FROM speeches WHERE number = ?", (number,))
    return tuple(json.loads(row[0]))


async def keywords_among(
    connection: aiosqlite.Connection, numbers: Collection[int], words: Sequence[str]
) -> frozenset[str]:
    """Returns those of the words that are keywords of any of these speeches."""
    rows = await connection.execute_fetchall(
        """SELECT value FROM json_each(?1) w WHERE EXISTS (
               SELECT 1 FROM json_each(?2) n JOIN speeches s ON s.number = n.value, json_each(s.keywords) k
               WHERE k.value = w.value)""",
        (json.dumps(list(words), ensure_ascii=False), json.dumps(list(numbers))),
    )
    return frozenset(row[0] for row in rows)


async def set_keywords(connection: aiosqlite.Connection, number: int, keywords: Iterable[str]) -> None:
    """Stores the keywords of a speech in place of those it has."""
    await connection.execute(
        "UPDATE speeches SET keywords = ? WHERE number = ?",
        (json.dumps(list(keywords), ensure_ascii=False), number),
    )


async def set_public_sections(
    connection: aiosqlite.Connection, sections: Iterable[tuple[int, int, str]]
) -> None:
    """Stores what is public of sections: (id, audience of the body, public headings) of each."""
    await connection.executemany(
        "UPDATE sections SET audience = ?2, public_label = ?3 WHERE id = ?1", list(sections)
    )


async def set_withdrawn(connection: aiosqlite.Connection, number: int, at: str | None) -> None:
    """Marks a speech as withdrawn at a moment, or as back (None). The index follows by `list_speech`."""
    await connection.execute("UPDATE speeches SET withdrawn_at = ? WHERE number = ?", (at, number))


async def set_taken_down(connection: aiosqlite.Connection, number: int, at: str | None) -> None:
    """Marks a speech as taken down (下架) at a moment, or as back (None).

    The index follows by `list_speech`.
    """
    await connection.execute("UPDATE speeches SET taken_down_at = ? WHERE number = ?", (at, number))


async def set_topics(connection: aiosqlite.Connection, number: int, topics: Iterable[str]) -> None:
    """Stores the topics of a speech in place of those it has."""
    await connection.execute("DELETE FROM speech_topics WHERE speech = ?", (number,))
    await connection.executemany(
        "INSERT INTO speech_topics (speech, topic) VALUES (?, ?)",
        [(number, topic) for topic in sorted(set(topics))],
    )


async def speech_with_hash(connection: aiosqlite.Connection, text_hash: str) -> int | None:
    """Returns the number of the speech whose current version has this text; None if there is none."""
    row = await first_row(
        connection,
        """SELECT s.number FROM versions v JOIN speeches s ON s.version = v.id
           WHERE v.text_hash = ? ORDER BY s.number LIMIT 1""",
        (text_hash,),
    )
    return None if row is None else int(row[0])


async def speeches_with_version(connection: aiosqlite.Connection, text_hash: str) -> list[int]:
    """Returns the speeches of which a version, current or earlier, has this text, the latest version first."""
    rows = await connection.execute_fetchall(
        "SELECT speech FROM versions WHERE text_hash = ? ORDER BY id DESC", (text_hash,)
    )
    return list(dict.fromkeys(row[0] for row in rows))


def outline(prepared: PreparedSpeech, public: PublicPart) -> tuple[OutlineHeading, ...]:
    """Returns the headings of a version as they will be stored."""
    return tuple(
        OutlineHeading(heading.level, heading.mark, heading.text, shown, heading.section)
        for heading, shown in zip(prepared.headings, public.headings, strict=True)
    )
