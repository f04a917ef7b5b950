"""What the index holds, and how it gets there and goes again.

Five FTS5 tables: bigrams and words of whole sections, the same of what is public of them, and bigrams of titles,
public headings, keywords and topics by speech. Contentless tables take no DELETE: a row goes by the `delete`
command with exactly what was put in, which is why the cut is stored with the section.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiosqlite

from jianggao.library import normal_form as normal_forms
from jianggao.library import segmentation
from jianggao.library.grams import gram_text
from jianggao.library.normal_form import normal_form
from jianggao.library.segmentation import cut_lengths, rejoin, words

VERSION = f"{normal_forms.VERSION}.{segmentation.VERSION}"
_SECTION_TABLES = ("section_grams", "section_words", "public_grams", "public_words")
TABLES = (*_SECTION_TABLES, "speech_grams")
PREVIEW = 0


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """All that the index is told of a section, each a text in normal form or words joined by blanks."""

    id: int
    grams: str
    label_words: str
    body_words: str
    public_grams: str
    public_label_words: str
    public_body_words: str


def entry_of(row: sqlite3.Row | Mapping[str, Any]) -> IndexEntry:
    """The entry of a stored section (columns as in `sections`)."""
    label = normal_form(row["above"] + row["label"])
    body = normal_form(row["body"])
    public_label = normal_form(row["public_label"])
    body_words = " ".join(rejoin(body, row["body_cut"]))
    preview = row["audience"] == PREVIEW
    return IndexEntry(
        id=row["id"],
        grams=gram_text(label + body),
        label_words=" ".join(rejoin(label, row["label_cut"])),
        body_words=body_words,
        public_grams=gram_text(public_label + body if preview else public_label),
        public_label_words=" ".join(rejoin(public_label, row["public_cut"])),
        public_body_words=body_words if preview else "",
    )


async def add_sections(connection: aiosqlite.Connection, entries: Sequence[IndexEntry]) -> None:
    """Put the entries in."""
    await _write_sections(connection, entries, command="")


async def remove_sections(connection: aiosqlite.Connection, entries: Sequence[IndexEntry]) -> None:
    """Take out entries that are in; of another cut than was put in ghosts would remain."""
    await _write_sections(connection, entries, command="delete")


async def add_speech(connection: aiosqlite.Connection, key: int, speech: int, runs: Iterable[str]) -> None:
    """Index the public runs of a speech under its key."""
    kept = [run for run in dict.fromkeys(runs) if run]
    await connection.execute(
        "INSERT INTO speech_index (id, speech, runs) VALUES (?, ?, ?)",
        (key, speech, json.dumps(kept, ensure_ascii=False)),
    )
    await connection.execute(*speech_insert(key, json.dumps(kept)))


async def remove_speech(connection: aiosqlite.Connection, speech: int) -> None:
    """Take a speech's public runs out, if they are in."""
    rows = list(
        await connection.execute_fetchall("SELECT id, runs FROM speech_index WHERE speech = ?", (speech,))
    )
    for row in rows:
        await connection.execute(
            "INSERT INTO speech_grams (speech_grams, rowid, grams) VALUES ('delete', ?, ?)",
            (row["id"], gram_text(*json.loads(row["runs"]))),
        )
    await connection.execute("DELETE FROM speech_index WHERE speech = ?", (speech,))


async def _write_sections(
    connection: aiosqlite.Connection, entries: Sequence[IndexEntry], command: str
) -> None:
    for sql, rows in section_inserts(entries, command):
        await connection.executemany(sql, rows)


def section_inserts(
    entries: Sequence[IndexEntry], command: str = ""
) -> list[tuple[str, list[tuple[object, ...]]]]:
    """The statements (with their rows) that put the entries in, or with the command `delete` take them out."""
    statements = []
    rows_of: dict[str, list[tuple[object, ...]]] = {
        "section_grams": [(e.id, e.grams) for e in entries],
        "section_words": [(e.id, e.label_words, e.body_words) for e in entries],
        "public_grams": [(e.id, e.public_grams) for e in entries if e.public_grams],
        "public_words": [
            (e.id, e.public_label_words, e.public_body_words)
            for e in entries
            if e.public_label_words or e.public_body_words
        ],
    }
    for table, rows in rows_of.items():
        columns = "grams" if table.endswith("grams") else "label, body"
        marks = "?, ?" if table.endswith("grams") else "?, ?, ?"
        if command:
            sql = f"INSERT INTO {table} ({table}, rowid, {columns}) VALUES ('{command}', {marks})"
        else:
            sql = f"INSERT INTO {table} (rowid, {columns}) VALUES ({marks})"
        statements.append((sql, rows))
    return statements


def speech_insert(key: int, runs: str) -> tuple[str, tuple[int, str]]:
    """The statement that indexes stored public runs (JSON) under a speech's key."""
    return "INSERT INTO speech_grams (rowid, grams) VALUES (?, ?)", (key, gram_text(*json.loads(runs)))


def cut_anew(row: sqlite3.Row) -> dict[str, Any]:
    """The stored section with its text cut again, as it should be in the index."""
    label, body, public = _cuts(row)
    return {**dict(row), "label_cut": label, "body_cut": body, "public_cut": public}


async def rebuild(connection: aiosqlite.Connection) -> None:
    """Make the whole index anew from the stored texts, with a fresh cut: after `VERSION` has changed."""
    for table in TABLES:
        await connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    last = 0
    while True:
        rows = list(
            await connection.execute_fetchall(
                "SELECT * FROM sections WHERE id > ? ORDER BY id LIMIT 500", (last,)
            )
        )
        if not rows:
            break
        last = rows[-1]["id"]
        await connection.executemany(
            "UPDATE sections SET label_cut = ?, body_cut = ?, public_cut = ? WHERE id = ?",
            [(*_cuts(row), row["id"]) for row in rows],
        )
        listed = await connection.execute_fetchall(
            "SELECT * FROM sections WHERE id BETWEEN ? AND ? AND listed = 1", (rows[0]["id"], last)
        )
        await add_sections(connection, [entry_of(row) for row in listed])
    await _rebuild_speeches(connection)


def _cuts(row: sqlite3.Row) -> tuple[bytes, bytes, bytes]:
    texts = (row["above"] + "\n" + row["label"], row["body"], row["public_label"])
    return tuple(cut_lengths(words(text)) for text in texts)  # type: ignore[return-value]


async def _rebuild_speeches(connection: aiosqlite.Connection) -> None:
    rows = list(await connection.execute_fetchall("SELECT id, speech, runs FROM speech_index"))
    await connection.execute("DELETE FROM speech_index")
    for row in rows:
        runs = [normal_form(run) for run in json.loads(row["runs"])]
        await add_speech(connection, row["id"], row["speech"], runs)
