"""What one asker's search sees: whole texts in a span of material dates, public text alone around it.

All SQL of searching stands here. Everything that a `VisibleIndex` returns is a function of what its asker may read and of
public text; whatever is built on it (order, counts, suggestions, partial hits) is so too.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jianggao.database.reading_threads import Snapshot
from jianggao.library.hidden_sections import seen
from jianggao.library.section_ids import EVERY_ID, SHIFT, first_id, last_id, number_of, whole_months
from jianggao.search.query import NO_FILTERS, Filters, Term
from jianggao.text.bigrams import (
    LABEL,
    TITLE,
    gram_query,
    is_exact,
    keyword_term,
    speech_term,
    topic_term,
)

IdRange = tuple[int, int]
"""A span of section ids, that is of material dates, both ends included."""
EVERYTHING: IdRange = EVERY_ID
_WHOLE_TEXT = "s.label || s.body"
_TEXT_IN_GROUP = "s.public_label || s.body"
_PUBLIC_TEXT = "CASE s.preview WHEN 1 THEN s.public_label || s.body ELSE s.public_label END"
_BATCH = 200


@dataclass(frozen=True, slots=True)
class IndexScope:
    """A span of ids and what of it is seen: whole texts or their public part. `in_group` narrows it to the sections whose
    text may stand in a member group, or to the others."""

    span: IdRange
    whole: bool
    in_group: bool | None = None

    @property
    def table(self) -> str:
        """The bigram table that answers here."""
        return "section_grams" if self.whole else "public_grams"

    @property
    def text(self) -> str:
        """SQL for the seen text of a section."""
        if self.in_group:
            return _TEXT_IN_GROUP
        return _WHOLE_TEXT if self.whole else _PUBLIC_TEXT

    @property
    def label(self) -> tuple[str, str]:
        """The columns of the seen headings of a section, and of their cut: whole ones stand in no group."""
        return ("label", "label_cut") if self.whole and not self.in_group else ("public_label", "public_cut")

    @property
    def narrowed(self) -> str:
        """SQL that a row of `s` must fulfil."""
        return "" if self.in_group is None else f" AND s.in_group = {int(self.in_group)}"

    @property
    def has_speeches(self) -> bool:
        """Whether the speeches of the span are found here, and not in the other scope of the same span."""
        return self.in_group is not False


@dataclass(frozen=True, slots=True)
class IndexedSection:
    """A section as it is seen, in normal form; cuts are the lengths of its words."""

    id: int
    speech: int
    whole: bool
    label: str
    body: str
    label_cut: bytes
    body_cut: bytes

    @property
    def text(self) -> str:
        """All that is seen of it."""
        return self.label + self.body

    @property
    def identity(self) -> tuple[int, ...]:
        """Tells it from all else that is seen."""
        return (self.speech, self.id)

    @property
    def date_key(self) -> int:
        """Larger for newer ones, comparable with that of speeches."""
        return self.id


@dataclass(frozen=True, slots=True)
class IndexedSpeech:
    """A speech found by its public text as a whole: title, public headings, keywords, topics."""

    key: int
    title: str
    text: str
    """All that is seen of it, a line each."""

    @property
    def speech(self) -> int:
        """The speech's number."""
        return number_of(self.key)

    @property
    def identity(self) -> tuple[int, ...]:
        """Tells it from all else that is seen."""
        return (self.speech,)

    @property
    def date_key(self) -> int:
        """Larger for newer ones, comparable with that of sections."""
        return self.key


Seen = IndexedSection | IndexedSpeech


@dataclass(frozen=True, slots=True)
class SearchCriteria:
    """What must stand in a text, and in which speeches: terms (of each any run), filters, and a further FTS expression
    that narrows which of the fitting texts are looked at."""

    terms: tuple[Term, ...]
    filters: Filters = NO_FILTERS
    narrowed: str = ""

    def narrowed_to(self, expression: str) -> SearchCriteria:
        """The same, among the texts that fulfil `expression`."""
        return SearchCriteria(self.terms, self.filters, expression)

    @property
    def expression(self) -> str:
        """The FTS5 expression that every fitting text fulfils; "" where any text might."""
        parts = [any_of(term.runs) for term in self.terms]
        parts += [f'"{topic_term(topic)}"' for topic in self.filters.topics]
        parts += [f"({gram_query(title, TITLE)})" for title in self.filters.titles]
        if self.filters.speeches:
            parts.append(of_speeches(self.filters.speeches))
        return " AND ".join([*parts, *([self.narrowed] if self.narrowed else [])])

    def conditions(self, text: str) -> tuple[str, list[object]]:
        """SQL that a row of `s` or `p` must fulfil beyond the expression, and its values; `text` is SQL for its text."""
        sql = ""
        values: list[object] = []
        for term in self.terms:
            if not all(map(is_exact, term.runs)):
                sql += " AND (" + " OR ".join([f"instr({text}, ?)"] * len(term.runs)) + ")"
                values += term.runs
        for title in self.filters.titles:
            if not is_exact(title):
                sql += " AND instr(i.title, ?)"
                values.append(title)
        return sql, values

    @property
    def needs_title(self) -> bool:
        """Whether `conditions` look at the title."""
        return not all(map(is_exact, self.filters.titles))

    def spans(self, span: IdRange) -> list[IdRange]:
        """The parts of a span that lie in the years asked for, newest first."""
        if not self.filters.years:
            return [span]
        years = [(first_id(date(year, 1, 1)), last_id(date(year, 12, 31))) for year in self.filters.years]
        parts = [(max(first, span[0]), min(last, span[1])) for first, last in sorted(years, reverse=True)]
        return [part for part in parts if part[0] <= part[1]]


def any_of(runs: Sequence[str], field: str = "") -> str:
    """The FTS5 expression that a text holding any of the runs fulfils."""
    return "(" + " OR ".join(f"({gram_query(run, field)})" for run in runs) + ")"


def in_label(terms: Iterable[Term]) -> str:
    """The FTS5 expression of a heading that holds one of the terms."""
    return "(" + " OR ".join(any_of(term.runs, LABEL) for term in terms) + ")"


def in_title(terms: Iterable[Term]) -> str:
    """The FTS5 expression of a title that holds one of the terms."""
    return "(" + " OR ".join(any_of(term.runs, TITLE) for term in terms) + ")"


def in_context(run: str) -> str:
    """The FTS5 expression of texts of a speech whose title holds the run, or that is about it."""
    return f'(({gram_query(run, TITLE)}) OR "{keyword_term(run)}")'


def of_speeches(numbers: Iterable[int]) -> str:
    """The FTS5 expression of texts of these speeches."""
    return "(" + " OR ".join(f'"{speech_term(number)}"' for number in numbers) + ")"


class VisibleIndex:
    """One asker's view of one snapshot. `readable` is the span of dates that the asker may read; None: none. With
    `in_group` only what may be shown in a member group is seen whole: of the rest of that span the public part."""

    def __init__(self, snapshot: Snapshot, readable: IdRange | None, *, in_group: bool = False) -> None:
        self.snapshot = snapshot
        self.readable = readable
        self.scopes = _scopes(readable, in_group=in_group)

    def sections(self, scope: IndexScope, wanted: SearchCriteria, most: int) -> list[IndexedSection]:
        """The newest fitting sections of a scope."""
        found: list[IndexedSection] = []
        for span in wanted.spans(scope.span):
            rows = self._rows(scope, wanted, span, most - len(found))
            found += [_seen(row, scope) for row in rows]
            if len(found) >= most:
                break
        return found

    def speeches(
        self, scope: IndexScope, wanted: SearchCriteria, most: int, below: int | None = None
    ) -> list[IndexedSpeech]:
        """The newest speeches of a scope whose public text as a whole fits, also those with fitting sections; `below`:
        only with smaller keys."""
        rows = self._speech_rows(scope, wanted, "i.id, i.title, i.runs", most, below)
        return [IndexedSpeech(row["id"], row["title"], row["runs"]) for row in rows]

    def without_sections(
        self, scope: IndexScope, wanted: SearchCriteria, speeches: Sequence[IndexedSpeech]
    ) -> list[IndexedSpeech]:
        """Those of the speeches of which no single section fits: they are hits by themselves."""
        if not speeches:
            return []
        conditions = " AND ".join(
            "(" + " OR ".join([f"instr({scope.text}, ?)"] * len(term.runs)) + ")" for term in wanted.terms
        )
        runs = [run for term in wanted.terms for run in term.runs]
        rows = self.snapshot.rows(
            f"""SELECT value FROM json_each(?) WHERE EXISTS (
                    SELECT 1 FROM indexed_sections s WHERE s.speech = value AND {conditions} AND {seen("s.id")})""",
            (json.dumps([one.speech for one in speeches]), *runs),
        )
        having = {row[0] for row in rows}
        return [one for one in speeches if one.speech not in having]

    def by_date(self, wanted: SearchCriteria) -> Iterator[Seen]:
        """All that fits, newest first: of public scopes sections, and speeches of which no section fits."""
        for scope in self.scopes:
            for span in wanted.spans(scope.span):
                part = IndexScope(span, scope.whole)
                alone = self._speeches_alone(part, wanted)  # none in what is seen whole
                waiting = next(alone, None)
                for section in self._all_sections(part, wanted):
                    while waiting is not None and waiting.key >> SHIFT > section.id >> SHIFT:
                        yield waiting
                        waiting = next(alone, None)
                    yield section
                while waiting is not None:
                    yield waiting
                    waiting = next(alone, None)

    def count(self, wanted: SearchCriteria, limit: int | None) -> tuple[int, bool]:
        """How many hits there are, and whether that is exact: beyond `limit` it says the limit, not exact."""
        total = 0
        for scope in self.scopes:
            left = -1 if limit is None else limit + 1 - total
            total += self._count_sections(scope, wanted, left)
            if limit is not None and total > limit:
                return limit, False
        for scope in self.scopes:
            if not scope.whole and wanted.terms:
                total += self._count_speeches(scope, wanted, None if limit is None else limit + 1 - total)
                if limit is not None and total > limit:
                    return limit, False
        return total, True

    def roughly(self, run: str, limit: int, further: str = "") -> int:
        """How many sections have the bigrams of a run, to the limit: 0 only if it stands nowhere. `further` goes on with
        the FTS expression."""
        total = 0
        for scope in self.scopes:
            table = scope.table
            sections = f"CROSS JOIN indexed_sections s ON s.id = {table}.rowid" if scope.narrowed else ""
            total += self.snapshot.value(
                f"""SELECT count(*) FROM (SELECT 1 FROM {table} {sections} WHERE {table} MATCH ?
                                          AND {table}.rowid BETWEEN ? AND ? {scope.narrowed}
                                          AND {seen(f"{table}.rowid")} LIMIT ?)""",
                (f"({gram_query(run)}) {further}", *scope.span, limit - total),
            )
        return total

    def titles(self, speeches: Iterable[int]) -> dict[int, str]:
        """The titles of listed speeches in normal form."""
        rows = self.snapshot.rows(
            "SELECT speech, title FROM speech_index WHERE speech IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(set(speeches))),),
        )
        return {row["speech"]: row["title"] for row in rows}

    def words_read(self, reading: str) -> list[str]:
        """The words of that folded reading: public ones, and those of the months that the asker may read as a whole. What
        stands in other months alone is in no row that is looked at, so that it takes no time either."""
        found = self.snapshot.rows("SELECT word FROM public_vocabulary WHERE reading = ?", (reading,))
        if self.readable is not None:
            found += self.snapshot.rows(
                "SELECT DISTINCT word FROM vocabulary WHERE reading = ? AND month BETWEEN ? AND ?",
                (reading, *whole_months(*self.readable)),
            )
        return sorted({row["word"] for row in found})

    # --- statements -------------------------------------------------------------------------------------------------

    def _rows(self, scope: IndexScope, wanted: SearchCriteria, span: IdRange, most: int) -> list[sqlite3.Row]:
        label, cut = scope.label
        body = "s.body" if scope.whole else "CASE s.preview WHEN 1 THEN s.body ELSE '' END"
        source, values = _source(scope, wanted, span)
        row = f"{scope.table}.rowid" if wanted.expression else "s.id"
        return self.snapshot.rows(
            f"""SELECT s.id, s.speech, s.{label} AS label, {body} AS body, s.{cut} AS label_cut, s.body_cut
                {source} ORDER BY {row} DESC LIMIT ?""",
            (*values, most),
        )

    def _count_sections(self, scope: IndexScope, wanted: SearchCriteria, most: int) -> int:
        total = 0
        for span in wanted.spans(scope.span):
            source, values = _source(scope, wanted, span)
            total += self.snapshot.value(f"SELECT count(*) FROM (SELECT 1 {source} LIMIT ?)", (*values, most))
        return total

    def _count_speeches(self, scope: IndexScope, wanted: SearchCriteria, most: int | None) -> int:
        """How many speeches fit by their public text as a whole alone. Called when few sections fit, or to count
        all."""
        having: set[int] = set()
        total = 0
        for span in wanted.spans(scope.span):
            source, values = _source(scope, wanted, span)
            rows = self.snapshot.rows(f"SELECT DISTINCT s.speech {source}", values)
            having |= {row[0] for row in rows}
        room = 1 << 40 if most is None else most + len(having)
        for row in self._speech_rows(scope, wanted, "i.speech", room):
            total += row[0] not in having
        return total

    def _speech_rows(
        self, scope: IndexScope, wanted: SearchCriteria, columns: str, most: int, below: int | None = None
    ) -> Iterator[sqlite3.Row]:
        """The newest fitting rows of `speech_index` (`i`)."""
        if not wanted.terms or not scope.has_speeches:
            return
        conditions, values = wanted.conditions("i.runs")
        for first, last in wanted.spans(scope.span):
            last = last if below is None else min(last, below - 1)
            rows = self.snapshot.rows(
                f"""SELECT {columns} FROM speech_grams CROSS JOIN speech_index i ON i.id = speech_grams.rowid
                    WHERE speech_grams MATCH ? AND speech_grams.rowid BETWEEN ? AND ? {conditions}
                    ORDER BY speech_grams.rowid DESC LIMIT ?""",
                (wanted.expression, first, last, *values, most),
            )
            yield from rows
            most -= len(rows)
            if most <= 0:
                return

    def _all_sections(self, part: IndexScope, wanted: SearchCriteria) -> Iterator[IndexedSection]:
        below = part.span[1]
        while True:
            rows = self._rows(part, wanted, (part.span[0], below), _BATCH)
            for row in rows:
                yield _seen(row, part)
            if len(rows) < _BATCH:
                return
            below = rows[-1]["id"] - 1

    def _speeches_alone(self, part: IndexScope, wanted: SearchCriteria) -> Iterator[IndexedSpeech]:
        below: int | None = None
        while not part.whole:
            batch = self.speeches(part, wanted, _BATCH, below)
            yield from self.without_sections(part, wanted, batch)
            if len(batch) < _BATCH:
                return
            below = batch[-1].key


def _scopes(readable: IdRange | None, *, in_group: bool) -> tuple[IndexScope, ...]:
    """Newest first; what is shown in a member group before the rest of the same span."""
    if readable is None:
        return (IndexScope(EVERYTHING, whole=False),)
    within = [IndexScope(readable, whole=True)]
    if in_group:
        within = [
            IndexScope(readable, whole=True, in_group=True),
            IndexScope(readable, whole=False, in_group=False),
        ]
    around = [
        IndexScope((readable[1] + 1, EVERYTHING[1]), whole=False),
        *within,
        IndexScope((0, readable[0] - 1), whole=False),
    ]
    return tuple(scope for scope in around if scope.span[0] <= scope.span[1])


def _source(scope: IndexScope, wanted: SearchCriteria, span: IdRange) -> tuple[str, list[object]]:
    """FROM and WHERE of the fitting sections `s`."""
    conditions, values = wanted.conditions(scope.text)
    conditions += f"{scope.narrowed} AND {seen('s.id')}"
    titles = "JOIN speech_index i ON i.speech = s.speech" if wanted.needs_title else ""
    if not wanted.expression:
        return f"FROM indexed_sections s {titles} WHERE s.id BETWEEN ? AND ? {conditions}", [*span, *values]
    table = scope.table
    return (
        f"FROM {table} CROSS JOIN indexed_sections s ON s.id = {table}.rowid {titles} "
        f"WHERE {table} MATCH ? AND {table}.rowid BETWEEN ? AND ? {conditions}",
        [wanted.expression, *span, *values],
    )


def _seen(row: sqlite3.Row, scope: IndexScope) -> IndexedSection:
    return IndexedSection(
        row["id"], row["speech"], scope.whole, row["label"], row["body"], row["label_cut"], row["body_cut"]
    )
