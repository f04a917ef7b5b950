"""Stores and removes what search uses of speeches and sections: the index.

Three FTS5 tables of bigrams: of whole sections, of what is public of them, and of the public text of a
speech. Beside them stand the normal forms that they were made of. Contentless tables take no DELETE: a row
goes by the `delete` command with exactly what was put in, which the stored normal forms give again.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import aiosqlite

from jianggao.library.hidden_sections import HiddenState, not_hidden
from jianggao.library.section_ids import Audience, day_of, month_of
from jianggao.phrases import quotable_sentences
from jianggao.phrases.passage_kinds import kinds_by_words
from jianggao.text import normal_form as normal_forms
from jianggao.text import segmentation, word_vectors
from jianggao.text.bigrams import (
    LABEL,
    TITLE,
    cluster_term,
    gram_text,
    keyword_term,
    kind_term,
    speech_term,
    topic_term,
)
from jianggao.text.normal_form import normal_form
from jianggao.text.pinyin import folded_reading, is_word
from jianggao.text.segmentation import cut_lengths, rejoin, words
from jianggao.text.word_vectors import nearest_clusters, text_vector

VERSION = f"{normal_forms.VERSION}.{segmentation.VERSION}.{word_vectors.VERSION}.search-5.{quotable_sentences.VERSION}"
"""An index made with another version is made anew, and the sentences worth quoting with it."""
GRAM_TABLES = ("section_grams", "public_grams", "speech_grams")
_PAGES_AT_ONCE = 64
_PROGRESS = 2
"""SQLite changes fewer rows than this when there was nothing to merge."""
_LONGEST_KEYWORD = 8
"""Characters. Longer public runs are headings (抓紧抓实冬修水利这件大事), not words that somebody types."""
_CLUSTERS = 2
"""Clusters that a section stands in: many lie between two."""
_SECTION_COLUMNS = (
    "id, speech, preview, in_group, label, public_label, body, label_cut, public_cut, body_cut, "
    "occasion, occasion_cut, kinds, body_vector, clusters"
)


@dataclass(frozen=True, slots=True)
class SpeechEntry:
    """What the index holds of a speech, in normal form: public text alone. `key` is its `speech_key`."""

    key: int
    number: int
    title: str
    topics: tuple[str, ...]
    runs: tuple[str, ...]

    @property
    def terms(self) -> str:
        """The terms that lead to the speech, and to each of its sections, beside their own text."""
        keywords = [keyword_term(run) for run in self.runs if len(run) <= _LONGEST_KEYWORD]
        topics = map(topic_term, self.topics)
        return " ".join([gram_text(self.title, field=TITLE), *topics, *keywords, speech_term(self.number)])

    @property
    def values(self) -> tuple[object, ...]:
        """The row of `speech_index`."""
        topics = json.dumps(self.topics, ensure_ascii=False)
        return self.key, self.number, self.title, topics, "\n".join(self.runs)


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """What the index holds of a section, in normal form; the cuts are the lengths of the words."""

    id: int
    preview: bool
    """Whether everybody may read the body."""
    in_group: bool
    """Whether the body may stand in a member group."""
    label: str
    public_label: str
    body: str
    label_cut: bytes
    public_cut: bytes
    body_cut: bytes
    occasion: str = ""
    """The lines under the title, before the first section: never public, and never in a member group."""
    occasion_cut: bytes = b""
    kinds: str = ""
    """Which kinds of passage the section is by its words, their names parted by blanks."""
    body_vector: bytes = b""
    """What the body means, as `word_vectors.text_vector` has it."""
    clusters: str = ""
    """The numbers of the clusters that the vector lies in, parted by blanks."""

    @property
    def public_facts(self) -> tuple[str, str]:
        """The kinds and the clusters that everybody may know of: those of a preview."""
        return (self.kinds, self.clusters) if self.preview else ("", "")

    def values(self, speech: int) -> tuple[object, ...]:
        """Returns the row of `indexed_sections`; `speech` is the number of its speech."""
        texts = (self.label, self.public_label, self.body)
        shown = (int(self.preview), int(self.in_group))
        cuts = (self.label_cut, self.public_cut, self.body_cut)
        meaning = (self.kinds, self.body_vector, self.clusters)
        return self.id, speech, *shown, *texts, *cuts, self.occasion, self.occasion_cut, *meaning


def speech_entry(
    key: int, number: int, title: str, topics: Iterable[str], runs: Iterable[str]
) -> SpeechEntry:
    """Returns the entry of a speech from its texts as they are stored."""
    normal_runs = dict.fromkeys(filter(None, map(normal_form, runs)))
    normal_topics = dict.fromkeys(filter(None, map(normal_form, topics)))
    return SpeechEntry(key, number, normal_form(title), tuple(normal_topics), tuple(normal_runs))


def section_entry(row: sqlite3.Row | Mapping[str, Any]) -> SectionEntry:
    """Returns the entry of a stored section (columns as in `sections`)."""
    label, label_cut = _cut(row["above"] + "\n" + row["label"])
    public_label, public_cut = _cut(row["public_label"])
    body, body_cut = _cut(row["body"])
    occasion, occasion_cut = _cut(row["occasion"])
    vector = text_vector(rejoin(body, body_cut))
    return SectionEntry(
        id=row["id"],
        preview=row["audience"] == Audience.PREVIEW,
        in_group=row["audience"] <= Audience.MEMBER_GROUP,
        label=label,
        public_label=public_label,
        body=body,
        label_cut=label_cut,
        public_cut=public_cut,
        body_cut=body_cut,
        occasion=occasion,
        occasion_cut=occasion_cut,
        kinds=" ".join(sorted(kind.value for kind in kinds_by_words(row["body"], row["public_label"]))),
        body_vector=vector,
        clusters=" ".join(map(str, nearest_clusters(vector, _CLUSTERS))),
    )


def _cut(text: str) -> tuple[str, bytes]:
    """Returns the normal form of a text, and the lengths of its words.

    Put together, the words are the normal form.
    """
    cut = words(text)
    return "".join(cut), cut_lengths(cut)


async def put_in_speech(connection: aiosqlite.Connection, speech: SpeechEntry) -> None:
    """Indexes what is public of a speech as a whole: with that its sections are found."""
    sql, rows = (await asyncio.to_thread(inserts, speech, ()))[2]
    await connection.executemany(sql, rows)
    await connection.execute(
        "INSERT INTO speech_index (id, speech, title, topics, runs) VALUES (?, ?, ?, ?, ?)", speech.values
    )


async def put_in_sections(
    connection: aiosqlite.Connection, speech: SpeechEntry, sections: Sequence[SectionEntry]
) -> None:
    """Indexes sections of a speech, and adds their words to the vocabulary."""
    for sql, rows in inserts(speech, sections)[:2]:
        await connection.executemany(sql, rows)
    marks = ", ".join("?" * len(_SECTION_COLUMNS.split(",")))
    await connection.executemany(
        f"INSERT INTO indexed_sections ({_SECTION_COLUMNS}) VALUES ({marks})",
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
        f"SELECT {_SECTION_COLUMNS} FROM indexed_sections WHERE id IN (SELECT value FROM json_each(?))",
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


def stored_speech_entry(row: sqlite3.Row) -> SpeechEntry:
    """Returns the entry that a row of `speech_index` was made of.

    A speech without any letter in title, headings and topics has no runs: an empty line isn't a run.
    """
    runs = filter(None, row["runs"].split("\n"))
    return SpeechEntry(row["id"], row["speech"], row["title"], tuple(json.loads(row["topics"])), tuple(runs))


async def stored_sections(connection: aiosqlite.Connection, number: int) -> list[SectionEntry]:
    """Returns the entries of a speech's sections as they were put in, without hidden ones."""
    rows = await connection.execute_fetchall(
        f"SELECT {_SECTION_COLUMNS} FROM indexed_sections WHERE speech = ? AND {not_hidden('id')} ORDER BY id",
        (number,),
    )
    return [stored_section_entry(row) for row in rows]


def stored_section_entry(row: sqlite3.Row) -> SectionEntry:
    """Returns the entry that a row of `indexed_sections` was made of."""
    names = _SECTION_COLUMNS.split(", ")[4:]
    return SectionEntry(
        row["id"], bool(row["preview"]), bool(row["in_group"]), *(row[name] for name in names)
    )


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
                section.label, section.occasion + section.body, terms, section.kinds, section.clusters
            ),
        )
        for section in sections
    ]
    public: list[tuple[object, ...]] = [
        (
            section.id,
            section_grams(
                section.public_label, section.body if section.preview else "", terms, *section.public_facts
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
