"""Reads speeches, versions and sections from the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import aiosqlite

from jianggao.errors import NotFound
from jianggao.library.hidden_sections import not_hidden
from jianggao.library.section_ids import SHIFT, Audience, id_range

STORED_SECTION = (
    "id, version, speech, ordinal, label, above, public_label, lead, body, audience, shuffle, listed"
)
"""The columns of a stored section, in the order in which they are written."""
SECTION_COLUMNS = (
    f"{STORED_SECTION}, CASE sections.ordinal WHEN 1 THEN "
    "(SELECT occasion FROM versions WHERE versions.id = sections.version) ELSE '' END AS occasion"
)
"""What is read of a row of `sections`."""
SPEECH_COLUMNS = (
    "s.number, v.id AS version, v.title, v.salutation, v.occasion, v.material_date, v.headings, v.front, v.tail, "
    "v.text_hash, v.characters, s.keywords, s.withdrawn_at, s.taken_down_at, "
    "(SELECT json_group_array(topic) FROM speech_topics t WHERE t.speech = s.number) AS topics"
)

_LISTED = "withdrawn_at IS NULL AND taken_down_at IS NULL AND version IS NOT NULL"
"""SQL: the speech can be found."""


@dataclass(frozen=True, slots=True)
class OutlineHeading:
    """A heading of a stored version."""

    level: int
    mark: str
    text: str
    public: str
    """What of mark and text is public."""
    section: int | None
    """The ordinal of the section that it stands at, if any."""


@dataclass(frozen=True, slots=True)
class SpeechRow:
    """A speech with its current version, or with an earlier one."""

    number: int
    version: int
    title: str
    salutation: str
    occasion: str
    material_date: date
    headings: tuple[OutlineHeading, ...]
    front: str
    tail: str
    text_hash: str
    characters: int
    keywords: tuple[str, ...]
    topics: tuple[str, ...]
    withdrawn: bool
    taken_down: bool

    @property
    def listed(self) -> bool:
        """Whether it can be found and read."""
        return not (self.withdrawn or self.taken_down)


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A stored section; `lead` and `body` are slices of the text."""

    id: int
    version: int
    speech: int
    ordinal: int
    label: str
    """Its innermost heading with its mark."""
    above: str
    """The outer headings, a line each."""
    public_label: str
    """What is public of all its headings, a line each."""
    lead: str
    body: str
    occasion: str
    """The lines under the title, before the first section; "" before the others. They are never public."""
    audience: Audience

    @property
    def material_date(self) -> date:
        """The day that the id carries."""
        return date.fromordinal(self.id >> SHIFT)


# --- speeches -----------------------------------------------------------------------------------------------


async def speech(connection: aiosqlite.Connection, number: int) -> SpeechRow | None:
    """Returns the speech of that number, listed or not; None if it has no version."""
    found = await speeches(connection, [number])
    return found.get(number)


async def speeches(connection: aiosqlite.Connection, numbers: Collection[int]) -> dict[int, SpeechRow]:
    """Returns those of the speeches of these numbers that exist, by number."""
    rows = await connection.execute_fetchall(
        f"SELECT {SPEECH_COLUMNS} FROM speeches s JOIN versions v ON v.id = s.version "
        "WHERE s.number IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(numbers))),),
    )
    return {row["number"]: speech_row(row) for row in rows}


async def speech_of_version(connection: aiosqlite.Connection, version: int) -> SpeechRow:
    """Returns a version, current or earlier, as a speech. Raises ValueError if there is no such version."""
    row = await first_row(
        connection,
        f"SELECT {SPEECH_COLUMNS} FROM versions v JOIN speeches s ON s.number = v.speech WHERE v.id = ?",
        (version,),
    )
    if row is None:
        raise ValueError(f"no version {version}")
    return speech_row(row)


def speech_row(row: sqlite3.Row) -> SpeechRow:
    """Returns the frozen form of a row of `SPEECH_COLUMNS`.

    Raises ValueError or TypeError if what is stored isn't readable: the file is damaged.
    """
    return SpeechRow(
        number=row["number"],
        version=row["version"],
        title=row["title"],
        salutation=row["salutation"],
        occasion=row["occasion"],
        material_date=date.fromisoformat(row["material_date"]),
        headings=tuple(OutlineHeading(**heading) for heading in json.loads(row["headings"])),
        front=row["front"],
        tail=row["tail"],
        text_hash=row["text_hash"],
        characters=row["characters"],
        keywords=tuple(json.loads(row["keywords"])),
        topics=tuple(json.loads(row["topics"])),
        withdrawn=row["withdrawn_at"] is not None,
        taken_down=row["taken_down_at"] is not None,
    )


async def all_numbers(connection: aiosqlite.Connection) -> list[int]:
    """Returns the numbers of all speeches, listed or not, the lowest first."""
    rows = await connection.execute_fetchall("SELECT number FROM speeches ORDER BY number")
    return [row[0] for row in rows]


async def first_import(connection: aiosqlite.Connection, number: int) -> date:
    """Returns the day on which the speech was first imported."""
    row = await first_row(connection, "SELECT first_import FROM speeches WHERE number = ?", (number,))
    return date.fromisoformat(row[0])


async def span_of_numbers(connection: aiosqlite.Connection) -> tuple[int, int] | None:
    """Returns the smallest and the largest number of a listed speech; None if there is none."""
    row = await first_row(
        connection,
        "SELECT min(number), max(number) FROM speeches WHERE withdrawn_at IS NULL AND taken_down_at IS NULL",
    )
    return None if row[0] is None else (row[0], row[1])


async def count_listed(connection: aiosqlite.Connection) -> tuple[int, int]:
    """Returns how many speeches and sections can be found."""
    speeches_row = await first_row(
        connection,
        f"SELECT count(*) FROM speeches WHERE {_LISTED}",
    )
    sections_row = await first_row(
        connection, f"SELECT count(*) FROM sections WHERE listed = 1 AND {not_hidden('id')}"
    )
    return speeches_row[0], sections_row[0]


def count_listed_in(connection: sqlite3.Connection) -> tuple[int, int]:
    """Returns the counts of `count_listed` of a database file that isn't opened by the program.

    It may be of an earlier release, which hid nothing.
    """
    speeches = connection.execute(f"SELECT count(*) FROM speeches WHERE {_LISTED}").fetchone()
    has_hidden = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'hidden_sections'").fetchone()
    seen_alone = f"AND {not_hidden('id')}" if has_hidden else ""
    sections = connection.execute(f"SELECT count(*) FROM sections WHERE listed = 1 {seen_alone}").fetchone()
    return speeches[0], sections[0]


async def topics(connection: aiosqlite.Connection) -> list[str]:
    """Returns the topics of listed speeches, those of most speeches first."""
    rows = await connection.execute_fetchall(
        """SELECT topic FROM speech_topics t JOIN speeches s ON s.number = t.speech
           WHERE s.withdrawn_at IS NULL AND s.taken_down_at IS NULL
           GROUP BY topic ORDER BY count(*) DESC, topic"""
    )
    return [row[0] for row in rows]


async def years(connection: aiosqlite.Connection) -> list[int]:
    """Returns the years of listed speeches, the newest first."""
    rows = await connection.execute_fetchall(
        f"SELECT DISTINCT id >> {SHIFT} FROM speech_index ORDER BY 1 DESC"
    )
    return list(dict.fromkeys(date.fromordinal(row[0]).year for row in rows))


async def newest_within(connection: aiosqlite.Connection, first: date, last: date) -> int | None:
    """Returns the number of the newest listed speech whose material date lies from `first` to `last`, both
    included; None if there is none."""
    rows = await connection.execute_fetchall(
        "SELECT speech FROM speech_index WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1",
        id_range(first, last),
    )
    return next((row[0] for row in rows), None)


async def speeches_of(
    connection: aiosqlite.Connection, speakers: Collection[str], first: date, last: date, limit: int
) -> list[int]:
    """Returns the numbers of the newest listed speeches of these speakers (normal forms of their names).

    Their material dates lie from `first` to `last`, both included.
    """
    rows = await connection.execute_fetchall(
        """SELECT s.number FROM versions v JOIN speeches s ON s.version = v.id
           WHERE v.speaker <> '' AND v.speaker IN (SELECT value FROM json_each(?))
           AND v.material_date BETWEEN ? AND ? AND s.withdrawn_at IS NULL AND s.taken_down_at IS NULL
           ORDER BY v.material_date DESC, s.number DESC LIMIT ?""",
        (json.dumps(sorted(speakers)), first.isoformat(), last.isoformat(), limit),
    )
    return [row[0] for row in rows]


async def require_listed(connection: aiosqlite.Connection, number: int) -> SpeechRow:
    """Returns the listed speech of that number.

    Raises NotFound, naming the numbers there are, if it can't be found.
    """
    row = await speech(connection, number)
    if row is not None and row.listed:
        return row
    span = await span_of_numbers(connection)
    if span is None:
        raise NotFound("资料库里还没有讲稿，请稍后再来。")
    raise NotFound(f"没有第 {number} 篇（现有 {span[0]}–{span[1]} 篇）。发“检索 关键词”查找。")


# --- versions and sections ----------------------------------------------------------------------------------


async def sections_of_version(connection: aiosqlite.Connection, version: int) -> list[SectionRow]:
    """Returns the sections of a version, in reading order."""
    rows = await connection.execute_fetchall(
        f"SELECT {SECTION_COLUMNS} FROM sections WHERE version = ? ORDER BY ordinal", (version,)
    )
    return [section_row(row) for row in rows]


async def section(connection: aiosqlite.Connection, number: int, ordinal: int) -> SectionRow | None:
    """Returns section `number.ordinal` of a speech's current version; None if it isn't listed."""
    row = await first_row(
        connection,
        f"""SELECT {SECTION_COLUMNS} FROM sections
            WHERE speech = ? AND listed = 1 AND ordinal = ? AND {not_hidden("id")}""",
        (number, ordinal),
    )
    return None if row is None else section_row(row)


async def listed_sections(connection: aiosqlite.Connection, ids: Collection[int]) -> list[SectionRow]:
    """Returns those of the sections with these ids that are listed."""
    rows = await connection.execute_fetchall(
        f"""SELECT {SECTION_COLUMNS} FROM sections
            WHERE id IN (SELECT value FROM json_each(?)) AND listed = 1 AND {not_hidden("id")}""",
        (json.dumps(sorted(ids)),),
    )
    return [section_row(row) for row in rows]


async def listed_among(connection: aiosqlite.Connection, numbers: Collection[int]) -> frozenset[int]:
    """Returns those of the numbers whose speeches can be found."""
    rows = await connection.execute_fetchall(
        f"SELECT number FROM speeches WHERE number IN (SELECT value FROM json_each(?)) AND {_LISTED}",
        (json.dumps(sorted(numbers)),),
    )
    return frozenset(row[0] for row in rows)


def section_row(row: sqlite3.Row) -> SectionRow:
    """Returns the frozen form of a row of `sections`."""
    names = (
        "id",
        "version",
        "speech",
        "ordinal",
        "label",
        "above",
        "public_label",
        "lead",
        "body",
        "occasion",
    )
    columns = {name: row[name] for name in names}
    return SectionRow(**columns, audience=Audience.stored(row["audience"]))


async def version_text(connection: aiosqlite.Connection, version: int) -> str:
    """Returns the cleaned text of a version, character by character."""
    row = await first_row(connection, "SELECT front FROM versions WHERE id = ?", (version,))
    return str(row["front"]) + await text_behind_front(connection, version)


async def text_behind_front(connection: aiosqlite.Connection, version: int) -> str:
    """Returns the cleaned text of a version without title, date and salutation.

    "" if there is no such version.
    """
    sections = await sections_of_version(connection, version)
    tails = await connection.execute_fetchall("SELECT tail FROM versions WHERE id = ?", (version,))
    return "".join([*(section.lead + section.body for section in sections), *(row[0] for row in tails)])


async def first_row(connection: aiosqlite.Connection, sql: str, values: Sequence[object] = ()) -> sqlite3.Row:
    """Returns the first row; None (typed as Row, so that aggregates need no check) if there is none."""
    cursor = await connection.execute(sql, values)
    row = await cursor.fetchone()
    await cursor.close()
    return row  # type: ignore[return-value]
