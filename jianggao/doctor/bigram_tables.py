"""Compares the bigram tables with the rows that they were made from.

FTS5 compares an index with the table it was made of by itself, in C: `integrity-check` reads both and adds up
what it finds (https://www.sqlite.org/fts5.html#the_integrity_check_command). Our tables are contentless, so a
table of the same pages with the stored rows as its content is set up in the temporary database, and checked.
Only where the sums differ are the terms counted one by one.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from jianggao.library import index_entries
from jianggao.library.index import GRAM_TABLES, section_grams, speech_grams

_PARTS = ("data", "idx", "config")
"""The tables of FTS5 that hold an index's pages."""
_CONTENTLESS = re.compile(r"content\s*=\s*''")
_NAME = re.compile(r"^(\s*CREATE\s+VIRTUAL\s+TABLE\s+)(\S+)", re.IGNORECASE)
_CONTENTS = {
    "section_grams": (
        "SELECT id, section_grams(id, speech, label, occasion || body, kinds, whole_clusters) AS grams"
        " FROM main.indexed_sections"
    ),
    "public_grams": (
        "SELECT id, section_grams(id, speech, public_label, iif(preview, body, ''), iif(preview, kinds, ''),"
        " public_clusters) AS grams"
        " FROM main.indexed_sections"
    ),
    "speech_grams": "SELECT id, speech_grams(speech) AS grams FROM main.speech_index",
}
"""For each table, a query for the terms of each row."""


@dataclass(frozen=True, slots=True)
class TableComparison:
    """How many terms of rows a table lacks (`missing`) or has in excess (`ghosts`), or why it can't be
    read."""

    name: str
    missing: int = 0
    ghosts: int = 0
    cannot_be_read: str = ""


def compare(connection: sqlite3.Connection) -> Iterator[TableComparison]:
    """Yields a comparison for each table that exists, in the connection's snapshot. Raises sqlite3.Error
    if the rows can't be read."""
    _register_term_functions(connection)
    there = {row[0] for row in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
    for table in GRAM_TABLES:
        if table not in there:
            continue
        try:
            _set_up(connection, table)
            if _sums_agree(connection, table):
                yield TableComparison(table)
            else:
                yield _counted(connection, table)
        except sqlite3.DatabaseError as error:
            yield TableComparison(table, cannot_be_read=str(error))
        finally:
            connection.execute(f"DROP TABLE IF EXISTS temp.held_{table}")


def _register_term_functions(connection: sqlite3.Connection) -> None:
    """Defines SQL functions that return the terms of a row."""
    entries = {
        row["speech"]: index_entries.stored_speech_entry(row)
        for row in connection.execute("SELECT * FROM speech_index")
    }
    terms_of_speech = {number: entry.terms for number, entry in entries.items()}
    hidden = connection.execute("SELECT first, last, terms FROM hidden_sections").fetchall()

    def terms(section: int, speech: int) -> str:
        """Returns the terms of a section's speech; for hidden sections those that the speech had when they
        were put in."""
        return next(
            (row[2] for row in hidden if row[0] <= section <= row[1]), terms_of_speech.get(speech, "")
        )

    connection.create_function(
        "section_grams",
        6,
        lambda section, speech, label, body, kinds, clusters: section_grams(
            label, body, terms(section, speech), kinds, clusters
        ),
        deterministic=True,
    )
    connection.create_function(
        "speech_grams", 1, lambda speech: speech_grams(entries[speech]), deterministic=True
    )


def _set_up(connection: sqlite3.Connection, table: str) -> None:
    """Creates `temp.held_…`: the pages of the table, with the rows beside it as its content."""
    sql = connection.execute("SELECT sql FROM main.sqlite_master WHERE name = ?", (table,)).fetchone()["sql"]
    connection.execute(f"DROP VIEW IF EXISTS temp.due_{table}")
    connection.execute(f"CREATE TEMP VIEW due_{table} AS {_CONTENTS[table]}")
    held = _NAME.sub(rf"\g<1>temp.held_{table}", sql)
    connection.execute(_CONTENTLESS.sub(f"content = 'due_{table}', content_rowid = 'id'", held))
    for part in _PARTS:
        connection.execute(f"DELETE FROM temp.held_{table}_{part}")
        connection.execute(f"INSERT INTO temp.held_{table}_{part} SELECT * FROM main.{table}_{part}")


def _sums_agree(connection: sqlite3.Connection, table: str) -> bool:
    try:
        connection.execute(
            f"INSERT INTO temp.held_{table} (held_{table}, rank) VALUES ('integrity-check', 1)"
        )
    except sqlite3.DatabaseError:
        return False
    return True


def _counted(connection: sqlite3.Connection, table: str) -> TableComparison:
    """Returns how many terms of rows differ. Where none does, FTS5 found the pages themselves broken."""
    sql = connection.execute("SELECT sql FROM main.sqlite_master WHERE name = ?", (table,)).fetchone()["sql"]
    connection.execute(_NAME.sub(rf"\g<1>temp.made_{table}", sql))
    try:
        connection.execute(
            f"INSERT INTO temp.made_{table} (rowid, grams) SELECT id, grams FROM temp.due_{table}"
        )
        for what in ("held", "made"):
            connection.execute(
                f"CREATE VIRTUAL TABLE temp.{what}_terms"
                f" USING fts5vocab('temp', '{what}_{table}', 'instance')"
            )
        missing, ghosts = _differences(connection)
    finally:
        for name in (f"made_{table}", "held_terms", "made_terms"):
            connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
    if missing or ghosts:
        return TableComparison(table, missing, ghosts)
    return TableComparison(table, cannot_be_read="integrity-check")


_SUMS = """SELECT term, count(*) AS rows, sum(doc % 1000003) AS sum,
                  sum((doc % 1000003) * (doc % 1000003)) AS squares
           FROM temp.{}_terms GROUP BY term ORDER BY term"""
"""Rows of each term: their number, sum and sum of squares, with ids cut so that the squares don't
overflow."""


def _differences(connection: sqlite3.Connection) -> tuple[int, int]:
    """Returns how many terms of rows are missing, and how many are in excess.

    Terms whose rows add up alike are passed over: there are millions of rows.
    """
    held, made = (_by_term(connection, table) for table in ("held", "made"))
    missing, ghosts = 0, 0
    for term in held.keys() | made.keys():
        if held.get(term) == made.get(term):
            continue
        held_rows, made_rows = (_rows_of(connection, table, term) for table in ("held", "made"))
        missing += len(made_rows - held_rows)
        ghosts += len(held_rows - made_rows)
    return missing, ghosts


def _by_term(connection: sqlite3.Connection, table: str) -> dict[str, tuple[int, int, int]]:
    """Returns by term the sums over its rows (`_SUMS`), in the table `held` or `made`."""
    return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(_SUMS.format(table))}


def _rows_of(connection: sqlite3.Connection, table: str, term: str) -> set[int]:
    """Returns the ids of the rows that hold the term, in the table `held` or `made`."""
    return {
        row[0] for row in connection.execute(f"SELECT doc FROM temp.{table}_terms WHERE term = ?", (term,))
    }
