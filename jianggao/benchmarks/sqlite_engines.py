"""Searches by SQLite's own means: LIKE, FTS5 with trigrams, FTS5 with words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from jianggao.benchmarks.engine import NO_MATCHES, EngineAnswer
from jianggao.benchmarks.passages import Passage
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import words

_CACHE_KB = 32_000
"""Kilobytes of cache, as much as a reading connection of the bot has."""
_TRIGRAM = 3


class Like:
    """Reads all texts with LIKE; the newest sections come first."""

    name = "LIKE"

    def __init__(self, folder: Path) -> None:
        self._connection = _open(folder / "like.db")
        self._connection.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")

    def add(self, passages: Sequence[Passage]) -> None:
        rows = ((passage.id, passage.text) for passage in passages)
        self._connection.executemany("INSERT INTO texts VALUES (?, ?)", rows)

    def finish(self) -> None:
        self._connection.commit()

    def search(self, query: str, limit: int) -> EngineAnswer:
        runs = runs_of(query)
        if not runs:
            return NO_MATCHES
        conditions = " AND ".join(["text LIKE ?"] * len(runs))
        rows = self._connection.execute(
            f"SELECT id FROM texts WHERE {conditions} ORDER BY id DESC", [f"%{run}%" for run in runs]
        ).fetchall()
        return EngineAnswer(len(rows), tuple(row[0] for row in rows[:limit]))

    def close(self) -> None:
        self._connection.close()


class Trigram:
    """Looks up runs by FTS5's trigram tokenizer; the best by bm25 come first.

    It cannot look up runs of fewer than three characters: they are left to LIKE over all texts, as SQLite's
    documentation says.
    """

    name = "trigram"

    def __init__(self, folder: Path) -> None:
        self._connection = _open(folder / "trigram.db")
        self._connection.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'trigram')")

    def add(self, passages: Sequence[Passage]) -> None:
        rows = ((passage.id, passage.text) for passage in passages)
        self._connection.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", rows)

    def finish(self) -> None:
        _optimize(self._connection)

    def search(self, query: str, limit: int) -> EngineAnswer:
        long = [run for run in runs_of(query) if len(run) >= _TRIGRAM]
        short = [run for run in runs_of(query) if len(run) < _TRIGRAM]
        if not long and not short:
            return NO_MATCHES
        # The plus keeps LIKE from using the trigram index, which counts in bytes: it takes two Chinese
        # characters (six bytes) for long enough and finds nothing (seen in SQLite 3.40).
        conditions = " AND ".join([*(["texts MATCH ?"] if long else []), *["+text LIKE ?"] * len(short)])
        values = [*([_all_of(long)] if long else []), *(f"%{run}%" for run in short)]
        return _answer(self._connection, conditions, values, "rank" if long else "rowid DESC", limit)

    def close(self) -> None:
        self._connection.close()


class Bm25:
    """Looks up words by FTS5: sections with every word, the best by bm25 first."""

    name = "bm25"
    _file = "words.db"

    def __init__(self, folder: Path) -> None:
        self._connection = _open(folder / self._file)
        self._connection.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'ascii', content = '')"
        )

    def add(self, passages: Sequence[Passage]) -> None:
        rows = ((passage.id, " ".join(self.tokens_of(passage))) for passage in passages)
        self._connection.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", rows)

    def tokens_of(self, passage: Passage) -> Iterable[str]:
        """Returns what is indexed of a section."""
        return passage.words

    def finish(self) -> None:
        _optimize(self._connection)

    def search(self, query: str, limit: int) -> EngineAnswer:
        return self.find(words(query), limit, together=True)

    def find(self, wanted: Sequence[str], limit: int, *, together: bool) -> EngineAnswer:
        if not wanted:
            return NO_MATCHES
        expression = (" AND " if together else " OR ").join(f'"{word}"' for word in dict.fromkeys(wanted))
        return _answer(self._connection, "texts MATCH ?", [expression], "rank", limit)

    def close(self) -> None:
        self._connection.close()


class BigramBm25(Bm25):
    """Looks up pairs of characters: sections with any pair of the query, the best by bm25 first."""

    name = "bigram bm25"
    _file = "bigrams.db"

    def tokens_of(self, passage: Passage) -> Iterable[str]:
        return _pairs(passage.text)

    def search(self, query: str, limit: int) -> EngineAnswer:
        return self.find([pair for run in runs_of(query) for pair in _pairs(run)], limit, together=False)


class Hybrid:
    """Fuses two engines by reciprocal ranks: a section gains 1 / (60 + its place) from each list.

    60 is the constant of Cormack, Clarke and Büttcher, Reciprocal Rank Fusion (SIGIR 2009). It uses the
    indexes of the engines that it is given.
    """

    name = "hybrid"
    _CONSTANT, _DEPTH = 60, 200

    def __init__(self, by_words: Bm25, by_pairs: BigramBm25) -> None:
        self._by_words = by_words
        self._by_pairs = by_pairs

    def add(self, passages: Sequence[Passage]) -> None:
        """Does nothing: the sections are added to the engines."""

    def finish(self) -> None:
        """Does nothing: the engines do it."""

    def search(self, query: str, limit: int) -> EngineAnswer:
        by_words = self._by_words.find(words(query), self._DEPTH, together=False)
        by_pairs = self._by_pairs.search(query, self._DEPTH)
        points: dict[int, float] = {}
        for answer in (by_words, by_pairs):
            for place, id in enumerate(answer.ids, 1):
                points[id] = points.get(id, 0.0) + 1 / (self._CONSTANT + place)
        ranked = sorted(points, key=lambda id: (-points[id], -id))
        return EngineAnswer(max(by_words.total, by_pairs.total), tuple(ranked[:limit]))

    def close(self) -> None:
        """Does nothing: the engines do it."""


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)] or [text]


def runs_of(query: str) -> list[str]:
    """Returns the runs of a query, which blanks separate, in normal form."""
    return [run for run in map(normal_form, query.split()) if run]


def _open(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def _optimize(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO texts (texts) VALUES ('optimize')")
    connection.commit()


def _all_of(runs: Sequence[str]) -> str:
    return " AND ".join(f'"{run}"' for run in runs)


def _answer(
    connection: sqlite3.Connection, conditions: str, values: Sequence[str], order: str, limit: int
) -> EngineAnswer:
    rows = connection.execute(
        f"SELECT rowid FROM texts WHERE {conditions} ORDER BY {order} LIMIT ?", (*values, limit)
    ).fetchall()
    # The bot says how many sections match in all; counting them is part of a fair comparison.
    if len(rows) < limit:
        return EngineAnswer(len(rows), tuple(row[0] for row in rows))
    total = connection.execute(f"SELECT count(*) FROM texts WHERE {conditions}", values).fetchone()[0]
    return EngineAnswer(total, tuple(row[0] for row in rows))
