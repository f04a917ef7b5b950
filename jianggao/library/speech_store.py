"""The SQL that reads speeches, versions and sections."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import aiosqlite

from jianggao.database.reading_threads import Snapshot
from jianggao.errors import NotFound
from jianggao.library.hidden_sections import seen
from jianggao.library.section_ids import SHIFT, Audience

SECTION_COLUMNS = (
    "id, version, speech, ordinal, label, above, public_label, lead, body, audience, shuffle, listed"
)
SPEECH_COLUMNS = (
    "s.number, v.id AS version, v.title, v.salutation, v.occasion, v.material_date, v.headings, v.front, v.tail, "
    "v.text_hash, v.characters, s.keywords, s.withdrawn_at, s.taken_down_at, "
    "(SELECT json_group_array(topic) FROM speech_topics t WHERE t.speech = s.number) AS topics"
)


@dataclass(frozen=True, slots=True)
class OutlineHeading:
    """A heading of a stored version; `section` is the ordinal of the section it stands at, if any."""

    level: int
    mark: str
    text: str
    public: str
    section: int | None


@dataclass(frozen=True, slots=True)
class SpeechRow:
    """A speech with its current version."""

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
class SpeechTitle:
    """What of a speech stands at each of its hits."""

    number: int
    title: str
    material_date: date


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A stored section; `lead` and `body` are slices of the text, `label` its innermost heading with its mark."""

    id: int
    version: int
    speech: int
    ordinal: int
    label: str
    above: str
    public_label: str
    lead: str
    body: str
    audience: Audience

    @property
    def material_date(self) -> date:
        """The day that the id carries."""
        return date.fromordinal(self.id >> SHIFT)


# --- speeches -------------------------------------------------------------------------------------------------


async def speech(connection: aiosqlite.Connection, number: int) -> SpeechRow | None:
    """The speech of that number, listed or not."""
    found = await speeches(connection, [number])
    return found.get(number)


async def speeches(connection: aiosqlite.Connection, numbers: Collection[int]) -> dict[int, SpeechRow]:
    """The speeches of these numbers that exist."""
    rows = await connection.execute_fetchall(
        f"SELECT {SPEECH_COLUMNS} FROM speeches s JOIN versions v ON v.id = s.version "
        "WHERE s.number IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(numbers))),),
    )
    return {row["number"]: speech_row(row) for row in rows}


async def speech_of_version(connection: aiosqlite.Connection, version: int) -> SpeechRow:
    """A version, current or earlier, as a speech. Raises ValueError if there is no such version."""
    row = await first_row(
        connection,
        f"SELECT {SPEECH_COLUMNS} FROM versions v JOIN speeches s ON s.number = v.speech WHERE v.id = ?",
        (version,),
    )
    if row is None:
        raise ValueError(f"no version {version}")
    return speech_row(row)


def speech_row(row: sqlite3.Row) -> SpeechRow:
    """The frozen form of a row of `SPEECH_COLUMNS`. Raises ValueError, TypeError where what is stored isn't readable."""
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


async def first_import(connection: aiosqlite.Connection, number: int) -> date:
    """The day on which the speech first came."""
    row = await first_row(connection, "SELECT first_import FROM speeches WHERE number = ?", (number,))
    return date.fromisoformat(row[0])


async def span_of_numbers(connection: aiosqlite.Connection) -> tuple[int, int] | None:
    """The smallest and the largest number of a listed speech; None when there is none."""
    row = await first_row(
        connection,
        "SELECT min(number), max(number) FROM speeches WHERE withdrawn_at IS NULL AND taken_down_at IS NULL",
    )
    return None if row[0] is None else (row[0], row[1])


async def count_listed(connection: aiosqlite.Connection) -> tuple[int, int]:
    """How many speeches and sections can be found."""
    speeches_row = await first_row(
        connection,
        "SELECT count(*) FROM speeches WHERE withdrawn_at IS NULL AND taken_down_at IS NULL AND version IS NOT NULL",
    )
    sections_row = await first_row(
        connection, f"SELECT count(*) FROM sections WHERE listed = 1 AND {seen('id')}"
    )
    return speeches_row[0], sections_row[0]


def count_listed_in(connection: sqlite3.Connection) -> tuple[int, int]:
    """The same of a file that is only looked into, also one of an earlier version, which hid nothing."""
    speeches = connection.execute(
        "SELECT count(*) FROM speeches WHERE withdrawn_at IS NULL AND taken_down_at IS NULL AND version IS NOT NULL"
    ).fetchone()
    has_hidden = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'hidden_sections'").fetchone()
    seen_alone = f"AND {seen('id')}" if has_hidden else ""
    sections = connection.execute(f"SELECT count(*) FROM sections WHERE listed = 1 {seen_alone}").fetchone()
    return speeches[0], sections[0]


async def topics(connection: aiosqlite.Connection) -> list[str]:
    """The topics of listed speeches, the fullest first."""
    rows = await connection.execute_fetchall(
        """SELECT topic FROM speech_topics t JOIN speeches s ON s.number = t.speech
           WHERE s.withdrawn_at IS NULL AND s.taken_down_at IS NULL
           GROUP BY topic ORDER BY count(*) DESC, topic"""
    )
    return [row[0] for row in rows]


async def years(connection: aiosqlite.Connection) -> list[int]:
    """The years of listed speeches, the newest first."""
    rows = await connection.execute_fetchall(
        f"SELECT DISTINCT id >> {SHIFT} FROM speech_index ORDER BY 1 DESC"
    )
    return list(dict.fromkeys(date.fromordinal(row[0]).year for row in rows))


async def require_listed(connection: aiosqlite.Connection, number: int) -> SpeechRow:
    """The speech of that number. Raises NotFound, naming the numbers there are."""
    row = await speech(connection, number)
    if row is not None and row.listed:
        return row
    span = await span_of_numbers(connection)
    if span is None:
        raise NotFound("资料库里还没有讲稿，请稍后再来。")
    raise NotFound(f"没有第 {number} 篇（现有 {span[0]}–{span[1]} 篇）。发“检索 关键词”查找。")


# --- versions and sections ------------------------------------------------------------------------------------


async def sections_of_version(connection: aiosqlite.Connection, version: int) -> list[SectionRow]:
    """The sections of a version, in reading order."""
    rows = await connection.execute_fetchall(
        f"SELECT {SECTION_COLUMNS} FROM sections WHERE version = ? ORDER BY ordinal", (version,)
    )
    return [section_row(row) for row in rows]


async def section(connection: aiosqlite.Connection, number: int, ordinal: int) -> SectionRow | None:
    """Section `number.ordinal` of a speech's current version, if it is listed."""
    row = await first_row(
        connection,
        f"""SELECT {SECTION_COLUMNS} FROM sections
            WHERE speech = ? AND listed = 1 AND ordinal = ? AND {seen("id")}""",
        (number, ordinal),
    )
    return None if row is None else section_row(row)


async def listed_sections(connection: aiosqlite.Connection, ids: Collection[int]) -> list[SectionRow]:
    """Those of the sections with these ids that are listed."""
    rows = await connection.execute_fetchall(
        f"""SELECT {SECTION_COLUMNS} FROM sections
            WHERE id IN (SELECT value FROM json_each(?)) AND listed = 1 AND {seen("id")}""",
        (json.dumps(sorted(ids)),),
    )
    return [section_row(row) for row in rows]


async def listed_among(connection: aiosqlite.Connection, numbers: Collection[int]) -> frozenset[int]:
    """Those of the numbers whose speeches can be found."""
    rows = await connection.execute_fetchall(
        """SELECT number FROM speeches WHERE number IN (SELECT value FROM json_each(?))
           AND withdrawn_at IS NULL AND taken_down_at IS NULL AND version IS NOT NULL""",
        (json.dumps(sorted(numbers)),),
    )
    return frozenset(row[0] for row in rows)


def section_row(row: sqlite3.Row) -> SectionRow:
    """The frozen form of a row of `sections`."""
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
    )
    stored = {name: row[name] for name in names}
    return SectionRow(**stored, audience=Audience.stored(row["audience"]))


async def version_text(connection: aiosqlite.Connection, version: int) -> str:
    """The cleaned text of a version, character by character."""
    row = await first_row(connection, "SELECT front, tail FROM versions WHERE id = ?", (version,))
    parts = [row["front"]]
    for part in await sections_of_version(connection, version):
        parts += [part.lead, part.body]
    return "".join([*parts, row["tail"]])


# --- what an answer to a search needs ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Sections by id in the order asked for, and titles and source paths of speeches by number."""

    rows: dict[int, SectionRow]
    titles: dict[int, SpeechTitle]
    sources: dict[int, str]


def look_up(snapshot: Snapshot, ids: Sequence[int], numbers: Collection[int]) -> LookedUp:
    """Returns those of the sections of these ids and of the speeches of these numbers that are listed.

    To be run by `Database.run_in_snapshot`.
    """
    wanted = json.dumps(list(ids))
    speeches_wanted = json.dumps(sorted(set(numbers)))
    rows = snapshot.rows(
        f"""SELECT {SECTION_COLUMNS} FROM sections
            WHERE id IN (SELECT value FROM json_each(?)) AND listed = 1 AND {seen("id")}""",
        (wanted,),
    )
    found = {row["id"]: section_row(row) for row in rows}
    titles = snapshot.rows(
        """SELECT s.number, v.title, v.material_date FROM speeches s JOIN versions v ON v.id = s.version
           WHERE s.number IN (SELECT value FROM json_each(?))
           AND s.withdrawn_at IS NULL AND s.taken_down_at IS NULL""",
        (speeches_wanted,),
    )
    sources = snapshot.rows(
        """SELECT speech, min(path) AS path FROM sources
           WHERE present = 1 AND speech IN (SELECT value FROM json_each(?)) GROUP BY speech""",
        (speeches_wanted,),
    )
    return LookedUp(
        {number: found[number] for number in dict.fromkeys(ids) if number in found},
        {row[0]: SpeechTitle(row[0], row[1], date.fromisoformat(row[2])) for row in titles},
        {row["speech"]: row["path"] for row in sources},
    )


async def first_row(connection: aiosqlite.Connection, sql: str, values: Sequence[object] = ()) -> sqlite3.Row:
    """The first row; None (typed as Row, so that aggregates need no check) when there is none."""
    cursor = await connection.execute(sql, values)
    row = await cursor.fetchone()
    await cursor.close()
    return row  # type: ignore[return-value]
