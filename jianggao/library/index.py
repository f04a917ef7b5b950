"""Stores and removes what search uses of speeches and sections: the index.

Three FTS5 tables of bigrams: of whole sections, of what is public of them, and of the public text of a
speech. Beside them stand the normal forms that they were made of. Contentless tables take no DELETE: a row
goes by the `delete` command with exactly what was put in, which the stored normal forms give again.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache

import aiosqlite

from jianggao.library.hidden_sections import HiddenState, not_hidden
from jianggao.library.index_entries import (
    SECTION_COLUMNS,
    SectionEntry,
    SpeechEntry,
    stored_section_entry,
    stored_speech_entry,
)
from jianggao.library.section_ids import day_of, month_of
from jianggao.phrases import quotable_sentences
from jianggao.text import normal_form as normal_forms
from jianggao.text import segmentation, word_vectors
from jianggao.text.bigrams import LABEL, cluster_term, gram_text, kind_term
from jianggao.text.pinyin import folded_reading, is_word
from jianggao.text.segmentation import rejoin, words

VERSION = f"{normal_forms.VERSION}.{segmentation.VERSION}.{word_vectors.VERSION}.search-5.{quotable_sentences.VERSION}"
"""An index made with another version is made anew, and the sentences worth quoting with it."""
GRAM_TABLES = ("section_grams", "public_grams", "speech_grams")
_PAGES_AT_ONCE = 64
_PROGRESS = 2
"""SQLite changes fewer rows than this when there was nothing to merge."""


async def put_in_speech(connection: aiosqlite.Connection, speech: SpeechEntry) -> None:
    """Indexes what is public of a speech as a whole: with that its sections are found."""
    sql, rows = (await asyncio.to_thread(inserts, speech, ()))[2]
    await connection.executemany(sql, rows)
    await connection.execute(
        "INSERT INTO speech_index (id, speech, title, topics, runs, title_vector) VALUES (?, ?, ?, ?, ?, ?)",
        speech.values,
    )


async def put_in_sections(
    connection: aiosqlite.Connection, speech: SpeechEntry, sections: Sequence[SectionEntry]
) -> None:
    """Indexes sections of a speech, and adds their words to the vocabulary."""
    for sql, rows in inserts(speech, sections)[:2]:
        await connection.executemany(sql, rows)
    marks = ", ".join("?" * len(SECTION_COLUMNS.split(",")))
    await connection.executemany(
        f"INSERT INTO indexed_sections ({SECTION_COLUMNS}) VALUES ({marks})",
        [section.values(speech.number) for section in sections],
    )
    await _add_words(connection, speech, sections)


async def _add_words(
    connection: aiosqlite.Connection, speech: SpeechEntry, sections: Sequence[SectionEntry]
) -> None:
    """Adds the words of a speech to the vocabulary, by their reading.

    Words of its public text go to the public vocabulary; others are kept by the month of the material, unless
    they are public elsewhere. Words are never removed, since suggestions are counted before they are offered.
    """
    public = set(words(speech.title))
    locked: set[str] = set()
    for section in sections:
        public.update(rejoin(section.public_label, section.public_cut))
        (public if section.preview else locked).update(rejoin(section.body, section.body_cut))
        locked.update(rejoin(section.label, section.label_cut))
        locked.update(rejoin(section.occasion, section.occasion_cut))
    month = month_of(day_of(speech.key))
    await connection.executemany(
        "INSERT OR IGNORE INTO public_vocabulary (reading, word) VALUES (?, ?)", _read(public)
    )
    await connection.executemany(
        """INSERT OR IGNORE INTO vocabulary (reading, month, word) SELECT ?1, ?2, ?3
           WHERE NOT EXISTS (SELECT 1 FROM public_vocabulary WHERE reading = ?1 AND word = ?3)""",
        [(reading, month, word) for reading, word in _read(locked - public)],
    )


def _read(known: Iterable[str]) -> list[tuple[str, str]]:
    return [(_indexed_reading(word), word) for word in sorted(known) if is_word(word)]


_indexed_reading = lru_cache(maxsize=100_000)(folded_reading)
"""Remembered for indexing alone: a query that used it would be faster for words that were indexed lately."""


async def take_out(connection: aiosqlite.Connection, number: int) -> None:
    """Takes a speech out with exactly what was put in; hidden sections stay.

    Nothing happens if it isn't in.
    """
    for speech in await stored_speeches(connection, number):
        sections = await stored_sections(connection, number)
        for sql, rows in inserts(speech, sections, command="delete"):
            await connection.executemany(sql, rows)
    await connection.execute(
        f"DELETE FROM indexed_sections WHERE speech = ? AND {not_hidden('id')}", (number,)
    )
    await connection.execute("DELETE FROM speech_index WHERE speech = ?", (number,))


async def take_out_speech(connection: aiosqlite.Connection, speech: SpeechEntry) -> None:
    """Takes out what is public of a speech as a whole; its sections stay in."""
    sql, rows = (await asyncio.to_thread(inserts, speech, (), "delete"))[2]
    await connection.executemany(sql, rows)
    await connection.execute("DELETE FROM speech_index WHERE speech = ?", (speech.number,))


async def change_terms(connection: aiosqlite.Connection, before: str, after: str, ids: Sequence[int]) -> None:
    """Lets other terms of their speech lead to these sections from now on.

    Only what differs is taken out and put in: in tables without positions a row is the set of its terms, and
    the marks of fields keep a speech's terms apart from those of its text.
    """
    had, has = set(before.split()), set(after.split())
    gone, new = " ".join(sorted(had - has)), " ".join(sorted(has - had))
    for table in GRAM_TABLES[:2]:
        await connection.executemany(_insert(table, "delete"), [(id_, gone) for id_ in ids])
        await connection.executemany(_insert(table, ""), [(id_, new) for id_ in ids])


async def take_out_sections(connection: aiosqlite.Connection, terms: str, ids: Sequence[int]) -> None:
    """Takes the terms of these sections out, `terms` being those of the speech that they were put in with."""
    rows = await connection.execute_fetchall(
        f"SELECT {SECTION_COLUMNS} FROM indexed_sections WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    for sql, values in section_inserts(terms, list(map(stored_section_entry, rows)), command="delete"):
        await connection.executemany(sql, values)


async def empty(connection: aiosqlite.Connection) -> None:
    """Takes everything out, and forgets what was hidden because it is replaced."""
    for table in GRAM_TABLES:
        await connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    for table in ("indexed_sections", "speech_index", "public_vocabulary", "vocabulary"):
        await connection.execute(f"DELETE FROM {table}")
    await connection.execute(f"UPDATE sections SET listed = 0 WHERE listed = 1 AND NOT {not_hidden('id')}")
    await connection.execute("DELETE FROM hidden_sections WHERE state = ?", (HiddenState.GONE.value,))


async def merge_some(connection: aiosqlite.Connection, table: str, *, first: bool) -> bool:
    """Merges some of what an import has left in many segments, which each search would have to read through.

    Returns whether there may be more to merge. `first` begins with all segments
    (https://www.sqlite.org/fts5.html#the_merge_command).
    """
    before = connection.total_changes
    pages = -_PAGES_AT_ONCE if first else _PAGES_AT_ONCE
    await connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (pages,))
    return connection.total_changes - before >= _PROGRESS


async def stored_speeches(connection: aiosqlite.Connection, number: int) -> list[SpeechEntry]:
    """Returns the entry of a speech as it was put in; an empty list if it isn't in."""
    rows = await connection.execute_fetchall("SELECT * FROM speech_index WHERE speech = ?", (number,))
    return [stored_speech_entry(row) for row in rows]


async def stored_sections(connection: aiosqlite.Connection, number: int) -> list[SectionEntry]:
    """Returns the entries of a speech's sections as they were put in, without hidden ones."""
    rows = await connection.execute_fetchall(
        f"SELECT {SECTION_COLUMNS} FROM indexed_sections WHERE speech = ? AND {not_hidden('id')} ORDER BY id",
        (number,),
    )
    return [stored_section_entry(row) for row in rows]


Statements = list[tuple[str, list[tuple[object, ...]]]]
"""SQL, each with its rows."""


def inserts(speech: SpeechEntry, sections: Sequence[SectionEntry], command: str = "") -> Statements:
    """Returns the statements that put the terms in, each with its rows.

    With the command `delete` they take the terms out.
    """
    of_speech: list[tuple[object, ...]] = [(speech.key, speech_grams(speech))]
    return [
        *section_inserts(speech.terms, sections, command),
        (_insert(GRAM_TABLES[2], command), of_speech),
    ]


def section_inserts(terms: str, sections: Sequence[SectionEntry], command: str = "") -> Statements:
    """Returns the statements of `inserts` for sections alone; `terms` are those of their speech."""
    whole: list[tuple[object, ...]] = [
        (
            section.id,
            section_grams(
                section.label, section.occasion + section.body, terms, section.kinds, section.whole_clusters
            ),
        )
        for section in sections
    ]
    public: list[tuple[object, ...]] = [
        (
            section.id,
            section_grams(
                section.public_label,
                section.body if section.preview else "",
                terms,
                section.public_kinds,
                section.public_clusters,
            ),
        )
        for section in sections
    ]
    return [
        (_insert(table, command), rows) for table, rows in zip(GRAM_TABLES, (whole, public), strict=False)
    ]


def _insert(table: str, command: str) -> str:
    if command:
        return f"INSERT INTO {table} ({table}, rowid, grams) VALUES ('{command}', ?, ?)"
    return f"INSERT INTO {table} (rowid, grams) VALUES (?, ?)"


def section_grams(label: str, body: str, terms: str, kinds: str, clusters: str) -> str:
    """Returns what a bigram table holds of a section, or of its public part; `terms` are its speech's."""
    own = [*map(kind_term, kinds.split()), *map(cluster_term, clusters.split())]
    return " ".join([gram_text(label + body), gram_text(label, field=LABEL), *own, terms])


def speech_grams(speech: SpeechEntry) -> str:
    """Returns what the bigram table of speeches holds of a speech."""
    return f"{gram_text(*speech.runs)} {speech.terms}"
