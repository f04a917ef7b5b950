"""The SQL of speeches, versions, sections and source files."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import aiosqlite

from jianggao.clock import from_text
from jianggao.database.lookers import Snapshot
from jianggao.errors import NotFound
from jianggao.library import hidden, index
from jianggao.library.hidden import seen
from jianggao.library.prepared import (
    PreparedHeading,
    PreparedSection,
    PreparedSpeech,
    StoredQuotable,
    quotables_of,
)
from jianggao.library.public_part import PublicPart
from jianggao.library.rows import SHIFT, first_id, last_id, speech_key
from jianggao.library.segmentation import keywords

_LONG_TEXT = 20_000
"""Characters: what is worked out from a longer text is worked out in a thread."""
LONG_SPEECH = 40
"""Sections: a longer speech is put in and taken out in several transactions, hidden meanwhile."""
SECTIONS_AT_ONCE = 12
"""Sections that each of these puts in or takes out, at most 700 characters each: some 30 ms of a processor."""
_SECTION_COLUMNS = (
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
    audience: int

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
    row = await _one(
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


async def span_of_numbers(connection: aiosqlite.Connection) -> tuple[int, int] | None:
    """The smallest and the largest number of a listed speech; None when there is none."""
    row = await _one(
        connection,
        "SELECT min(number), max(number) FROM speeches WHERE withdrawn_at IS NULL AND taken_down_at IS NULL",
    )
    return None if row[0] is None else (row[0], row[1])


async def count_listed(connection: aiosqlite.Connection) -> tuple[int, int]:
    """How many speeches and sections can be found."""
    speeches_row = await _one(
        connection,
        "SELECT count(*) FROM speeches WHERE withdrawn_at IS NULL AND taken_down_at IS NULL AND version IS NOT NULL",
    )
    sections_row = await _one(connection, f"SELECT count(*) FROM sections WHERE listed = 1 AND {seen('id')}")
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
    rows = await connection.execute_fetchall("SELECT DISTINCT id >> 24 FROM speech_index ORDER BY 1 DESC")
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
        f"SELECT {_SECTION_COLUMNS} FROM sections WHERE version = ? ORDER BY ordinal", (version,)
    )
    return [section_row(row) for row in rows]


async def section(connection: aiosqlite.Connection, number: int, ordinal: int) -> SectionRow | None:
    """Section `number.ordinal` of a speech's current version, if it is listed."""
    row = await _one(
        connection,
        f"""SELECT {_SECTION_COLUMNS} FROM sections
            WHERE speech = ? AND listed = 1 AND ordinal = ? AND {seen("id")}""",
        (number, ordinal),
    )
    return None if row is None else section_row(row)


async def listed_sections(connection: aiosqlite.Connection, ids: Collection[int]) -> list[SectionRow]:
    """Those of the sections with these ids that are listed."""
    rows = await connection.execute_fetchall(
        f"""SELECT {_SECTION_COLUMNS} FROM sections
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
        "audience",
    )
    return SectionRow(**{name: row[name] for name in names})


async def version_text(connection: aiosqlite.Connection, version: int) -> str:
    """The cleaned text of a version, character by character."""
    row = await _one(connection, "SELECT front, tail FROM versions WHERE id = ?", (version,))
    parts = [row["front"]]
    for part in await sections_of_version(connection, version):
        parts += [part.lead, part.body]
    return "".join([*parts, row["tail"]])


async def add_speech(connection: aiosqlite.Connection, today: date, telling: Iterable[str]) -> int:
    """A new number with its keywords; it has no version yet."""
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
    """Store a new version as the current one, its sections with new ids; gives the version's id.

    The index isn't touched: `list_speech` does that.
    """
    version = await add_version_alone(connection, number, prepared, material_date, public, imported_at)
    await _add_sections(connection, number, version, prepared, material_date, public, shuffle)
    await make_current(connection, number, version)
    return version


async def make_current(connection: aiosqlite.Connection, number: int, version: int) -> None:
    """The version is the speech from now on; `list_speech` shows it."""
    await connection.execute("UPDATE speeches SET version = ? WHERE number = ?", (version, number))


async def add_version_alone(
    connection: aiosqlite.Connection,
    number: int,
    prepared: PreparedSpeech,
    material_date: date,
    public: PublicPart,
    imported_at: str,
) -> int:
    """Store a version without its sections; gives its id."""
    cursor = await connection.execute(
        """INSERT INTO versions (speech, title, salutation, occasion, material_date, date_origin, front, tail,
                                 headings, removed, text_hash, characters, imported_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            number,
            prepared.title,
            prepared.salutation,
            prepared.occasion,
            material_date.isoformat(),
            prepared.date_origin,
            prepared.front,
            prepared.tail,
            json.dumps(_stored_headings(prepared.headings, public.headings), ensure_ascii=False),
            json.dumps(prepared.removed, ensure_ascii=False),
            prepared.text_hash,
            prepared.characters,
            imported_at,
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _stored_headings(headings: Sequence[PreparedHeading], public: Sequence[str]) -> list[dict[str, object]]:
    """The headings of a version as its JSON keeps them."""
    return [
        {"level": one.level, "mark": one.mark, "text": one.text, "public": shown, "section": one.section}
        for one, shown in zip(headings, public, strict=True)
    ]


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


SectionValues = tuple[object, ...]
"""A row of `sections` but for `listed`; the id comes first."""


def section_rows(
    number: int,
    version: int,
    prepared: PreparedSpeech,
    start: int,
    public: PublicPart,
    shuffle: Callable[[int, int], int],
) -> list[SectionValues]:
    """The rows of a version's sections, with the ids that follow `start`."""
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
    """Store sections of a version with their sentences worth quoting."""
    await connection.executemany(
        f"INSERT INTO sections ({_SECTION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, {int(listed)})",
        rows,
    )
    for row, part in zip(rows, sections, strict=True):
        assert isinstance(row[0], int)
        await add_quotables(connection, row[0], part.quotables)


async def remove_version(connection: aiosqlite.Connection, one: hidden.Hidden) -> bool:
    """Remove some sections of a version that was never listed, and it with the last of them; whether there are more."""
    rows = await connection.execute_fetchall(
        "SELECT id FROM sections WHERE version = ? LIMIT ?", (one.version, SECTIONS_AT_ONCE)
    )
    ids = [(row[0],) for row in rows]
    await connection.executemany("DELETE FROM quotables WHERE section = ?", ids)
    await connection.executemany("DELETE FROM sections WHERE id = ?", ids)
    if len(ids) == SECTIONS_AT_ONCE:
        return True
    await connection.execute("DELETE FROM versions WHERE id = ?", (one.version,))
    return False


def outline(prepared: PreparedSpeech, public: PublicPart) -> tuple[OutlineHeading, ...]:
    """The headings of a version as they will be stored."""
    return tuple(
        OutlineHeading(one.level, one.mark, one.text, shown, one.section)
        for one, shown in zip(prepared.headings, public.headings, strict=True)
    )


def entries_of_rows(rows: Iterable[SectionValues]) -> list[index.SectionEntry]:
    """What the index should hold of sections that are about to be stored."""
    names = _SECTION_COLUMNS.split(", ")
    return [index.section_entry(dict(zip(names, (*row, 1), strict=True))) for row in rows]


async def last_id_of(connection: aiosqlite.Connection, day: date) -> int:
    """The largest id of a section of that day that was ever given."""
    row = await _one(
        connection,
        "SELECT max(last) FROM (SELECT max(id) AS last FROM sections WHERE id BETWEEN ?1 AND ?2 "
        "UNION ALL SELECT max(last) FROM hidden_sections WHERE last BETWEEN ?1 AND ?2)",
        (first_id(day), last_id(day)),
    )
    return first_id(day) if row[0] is None else int(row[0])


async def unlist_speech(connection: aiosqlite.Connection, number: int) -> None:
    """Nobody finds the speech from now on; nothing happens if it isn't in. A long one is hidden, and taken out of the
    index a few sections at a time (`take_out_hidden`)."""
    shown = await hidden.shown_range(connection, number)
    if shown is None or shown[2] <= LONG_SPEECH:
        await index.take_out(connection, number)
        await connection.execute(
            f"UPDATE sections SET listed = 0 WHERE speech = ? AND listed = 1 AND {seen('id')}", (number,)
        )
        return
    for entry in await index.stored_speeches(connection, number):
        version = await hidden.version_of(connection, shown[0])
        one = hidden.Hidden(shown[0], shown[1], number, version, entry.terms, hidden.GONE)
        await hidden.hide(connection, one)
        await index.take_out_speech(connection, entry)


async def list_speech(connection: aiosqlite.Connection, number: int) -> None:
    """Bring the index in step with the speech: its current version in, if it may be found; all else out."""
    await unlist_speech(connection, number)
    row = await speech(connection, number)
    if row is None or not row.listed:
        return
    entry = await asyncio.to_thread(index_entry, row) if row.characters > _LONG_TEXT else index_entry(row)
    for one in await hidden.hidden(connection, row.version):
        if one.terms == entry.terms:
            await hidden.show(connection, row.version)
            continue
        while await take_out_hidden(connection, row.version):
            pass
    # Some of what was hidden may be out already, or all of it.
    entries = await section_entries(connection, row.version, missing=True)
    at_once = SECTIONS_AT_ONCE if len(entries) > LONG_SPEECH else LONG_SPEECH
    for at in range(0, len(entries), at_once):  # the loop answers between them
        await index.put_in_sections(connection, entry, entries[at : at + at_once])
    await index.put_in_speech(connection, entry)
    await connection.execute(
        "UPDATE sections SET listed = 1 WHERE version = ? AND listed = 0", (row.version,)
    )


async def take_out_hidden(connection: aiosqlite.Connection, version: int) -> bool:
    """Take some hidden sections of a version out of the index; whether there are more. After the last they aren't hidden
    any more. Nothing happens when they aren't: the speech may have been listed again since the last step."""
    for one in await hidden.hidden(connection, version):
        return await _take_out_some(connection, one)
    return False


async def _take_out_some(connection: aiosqlite.Connection, one: hidden.Hidden) -> bool:
    ids = await hidden.indexed_ids(connection, one, SECTIONS_AT_ONCE)
    await index.take_out_sections(connection, one.terms, ids)
    await hidden.unlisted(connection, ids)
    if len(ids) == SECTIONS_AT_ONCE:
        return True
    was_listed = one.state == hidden.GONE or await _is_current(connection, one)
    if not was_listed and await remove_version(connection, one):
        return True
    await hidden.show(connection, one.version)
    return False


async def _is_current(connection: aiosqlite.Connection, one: hidden.Hidden) -> bool:
    row = await _one(connection, "SELECT version FROM speeches WHERE number = ?", (one.speech,))
    return row is not None and bool(row[0] == one.version)


def index_entry(row: SpeechRow) -> index.SpeechEntry:
    """What the index should hold of a speech. Telling words of its title and public headings lead to it as its keywords
    do, which leave them out (`library/keywords.py`)."""
    names = [row.title, *(heading.public for heading in row.headings)]
    runs = [*names, *keywords("\n".join(names)), *row.keywords, *row.topics]
    return index.speech_entry(
        speech_key(row.material_date, row.number), row.number, row.title, row.topics, runs
    )


async def keywords_of(connection: aiosqlite.Connection, number: int) -> tuple[str, ...]:
    """The keywords of a speech, which may have no version yet."""
    row = await _one(connection, "SELECT keywords FROM speeches WHERE number = ?", (number,))
    return tuple(json.loads(row[0]))


def coming_entry(
    number: int,
    prepared: PreparedSpeech,
    public: PublicPart,
    day: date,
    known: Sequence[str],
    topics: Iterable[str],
) -> index.SpeechEntry:
    """What the index should hold of a speech when this version is current."""
    row = SpeechRow(
        number=number,
        version=0,
        title=prepared.title,
        salutation=prepared.salutation,
        occasion=prepared.occasion,
        material_date=day,
        headings=outline(prepared, public),
        front=prepared.front,
        tail=prepared.tail,
        text_hash=prepared.text_hash,
        characters=prepared.characters,
        keywords=tuple(known),
        topics=tuple(sorted(topics)),
        withdrawn=False,
        taken_down=False,
    )
    return index_entry(row)


async def section_entries(
    connection: aiosqlite.Connection, version: int, *, missing: bool = False
) -> list[index.SectionEntry]:
    """What the index should hold of a version's sections, or of those that are `missing` in it."""
    narrowed = "AND id NOT IN (SELECT id FROM indexed_sections)" if missing else ""
    rows = await connection.execute_fetchall(
        f"SELECT {_SECTION_COLUMNS} FROM sections WHERE version = ? {narrowed} ORDER BY id", (version,)
    )
    if len(list(rows)) > LONG_SPEECH:
        return await asyncio.to_thread(lambda: list(map(index.section_entry, rows)))
    return list(map(index.section_entry, rows))


async def settle_listed(connection: aiosqlite.Connection) -> None:
    """Take the mark of being listed from all sections that aren't of a speech's current version, or whose speech can't be
    found; `rebuild_index` lists the others. Sentences whose section isn't there, and topics whose speech isn't there, are
    forgotten."""
    await connection.execute(
        """UPDATE sections SET listed = 0 WHERE listed = 1 AND version NOT IN (
               SELECT version FROM speeches
               WHERE withdrawn_at IS NULL AND taken_down_at IS NULL AND version IS NOT NULL)"""
    )
    await connection.execute("DELETE FROM quotables WHERE section NOT IN (SELECT id FROM sections)")
    await connection.execute("DELETE FROM speech_topics WHERE speech NOT IN (SELECT number FROM speeches)")


async def rebuild_index(connection: aiosqlite.Connection) -> None:
    """Make all that search uses anew from the stored texts, in one transaction: nobody else is there to wait."""
    await index.empty(connection)
    for number in await listed_numbers(connection):
        await rebuild_speech(connection, number)


async def rebuild_speech(connection: aiosqlite.Connection, number: int) -> None:
    """Make what search uses of a speech anew."""
    await list_speech(connection, number)
    row = await speech(connection, number)
    assert row is not None
    for part in await sections_of_version(connection, row.version):
        await add_quotables(connection, part.id, quotables_of(part.body))


async def add_quotables(
    connection: aiosqlite.Connection, section: int, quotables: Iterable[StoredQuotable]
) -> None:
    """Note the sentences of a section that are worth quoting, in place of what was noted."""
    await connection.execute("DELETE FROM quotables WHERE section = ?", (section,))
    await connection.executemany(
        """INSERT INTO quotables (section, start, stop, score, sameness, public)
           SELECT id, ?, ?, ?, ?, audience = 0 FROM sections WHERE id = ?""",
        [(one.start, one.stop, one.score, one.sameness, section) for one in quotables],
    )


async def listed_numbers(connection: aiosqlite.Connection) -> list[int]:
    """The numbers of all speeches that can be found."""
    rows = await connection.execute_fetchall(
        """SELECT number FROM speeches WHERE withdrawn_at IS NULL AND taken_down_at IS NULL AND version IS NOT NULL
           ORDER BY number"""
    )
    return [row[0] for row in rows]


async def set_withdrawn(connection: aiosqlite.Connection, number: int, at: str | None) -> None:
    """Mark a speech as withdrawn, or as back (None). The index follows by `list_speech`."""
    await connection.execute("UPDATE speeches SET withdrawn_at = ? WHERE number = ?", (at, number))


async def set_taken_down(connection: aiosqlite.Connection, number: int, at: str | None) -> None:
    """下架, or 恢复上架 (None). The index follows by `list_speech`."""
    await connection.execute("UPDATE speeches SET taken_down_at = ? WHERE number = ?", (at, number))


async def set_topics(connection: aiosqlite.Connection, number: int, topics: Iterable[str]) -> None:
    """The topics of a speech from now on."""
    await connection.execute("DELETE FROM speech_topics WHERE speech = ?", (number,))
    await connection.executemany(
        "INSERT INTO speech_topics (speech, topic) VALUES (?, ?)",
        [(number, topic) for topic in sorted(set(topics))],
    )


async def speech_with_hash(connection: aiosqlite.Connection, text_hash: str) -> int | None:
    """The speech whose current version is this text."""
    row = await _one(
        connection,
        """SELECT s.number FROM versions v JOIN speeches s ON s.version = v.id
           WHERE v.text_hash = ? ORDER BY s.number LIMIT 1""",
        (text_hash,),
    )
    return None if row is None else int(row[0])


# --- what an answer to a search needs ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Sections by id in the order asked for, and titles and source paths of speeches by number."""

    rows: dict[int, SectionRow]
    titles: dict[int, SpeechTitle]
    sources: dict[int, str]


def look_up(snapshot: Snapshot, ids: Sequence[int], numbers: Collection[int]) -> LookedUp:
    """Those of the sections of these ids and of the speeches of these numbers that are listed; for `Database.look`."""
    wanted = json.dumps(list(ids))
    speeches_wanted = json.dumps(sorted(set(numbers)))
    rows = snapshot.rows(
        f"""SELECT {_SECTION_COLUMNS} FROM sections
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


# --- single values and reports ----------------------------------------------------------------------------------


async def fact(connection: aiosqlite.Connection, name: str) -> str | None:
    """A single stored value."""
    row = await _one(connection, "SELECT value FROM facts WHERE name = ?", (name,))
    return None if row is None else str(row[0])


async def set_fact(connection: aiosqlite.Connection, name: str, value: str) -> None:
    """Store a single value."""
    await connection.execute("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", (name, value))


async def add_report(connection: aiosqlite.Connection, finished_at: str, report: str) -> None:
    """Keep the JSON of an import report."""
    await connection.execute(
        "INSERT INTO import_reports (finished_at, report) VALUES (?, ?)", (finished_at, report)
    )


async def latest_report(connection: aiosqlite.Connection) -> tuple[datetime, str] | None:
    """When the last import finished, and the JSON of its report."""
    row = await _one(connection, "SELECT finished_at, report FROM import_reports ORDER BY id DESC LIMIT 1")
    return None if row is None else (from_text(row["finished_at"]), str(row["report"]))


async def _one(connection: aiosqlite.Connection, sql: str, values: Sequence[object] = ()) -> sqlite3.Row:
    """The first row; None (typed as Row, so that aggregates need no check) when there is none."""
    cursor = await connection.execute(sql, values)
    row = await cursor.fetchone()
    await cursor.close()
    return row  # type: ignore[return-value]
