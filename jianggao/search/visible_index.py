"""Reads from the index what one asker may see: the sole owner of the SQL of searching.

That is whole texts in a span of material dates, public text alone around it. Everything that a `VisibleIndex`
returns is a function of what its asker may read and of public text; whatever is built on it (order, counts,
suggestions, partial matches) is so too.

This file is long because what an asker sees is decided in one place.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from jianggao.database.reading_threads import Snapshot
from jianggao.library.hidden_sections import not_hidden
from jianggao.library.section_ids import EVERY_ID, SHIFT, IdRange, whole_months
from jianggao.search.criteria import SearchCriteria
from jianggao.search.index_statements import section_columns, section_of, section_source
from jianggao.search.indexed_texts import (
    IndexedSection,
    IndexedSpeech,
    IndexedText,
    IndexedTitle,
    QuotableRow,
)
from jianggao.search.visible_scopes import IndexScope, visible_scopes
from jianggao.text.bigrams import any_gram, gram_query

_BATCH = 200
"""Rows read at once where all matches are walked through."""
_AROUND = 60
"""Characters before and behind a sentence that tell what it is about."""
_NO_LIMIT = 1 << 40


class VisibleIndex:
    """One asker's view of one snapshot of the index.

    `readable` is the span of dates that the asker may read, None if there is none. With `in_group` only what
    may be shown in a member group is seen whole: of the rest of that span the public part.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        readable: IdRange | None,
        *,
        in_group: bool = False,
        by_public_meaning: bool = False,
    ) -> None:
        self.snapshot = snapshot
        self.readable = readable
        self.scopes = visible_scopes(readable, in_group=in_group, by_public_meaning=by_public_meaning)

    # --- matching texts -------------------------------------------------------------------------------------

    def sections(self, scope: IndexScope, criteria: SearchCriteria, limit: int) -> list[IndexedSection]:
        """Returns up to `limit` of the newest matching sections of a scope."""
        rows = self._newest(scope, criteria, limit, section_columns(scope))
        return [section_of(row, scope) for row in rows]

    def section_ids(self, criteria: SearchCriteria, limit: int) -> list[int]:
        """Returns the ids of up to `limit` of the newest matching sections of each scope, whose texts are read by
        `sections_by_id`: of those that match in several ways once."""
        return [row[0] for scope in self.scopes for row in self._newest(scope, criteria, limit, "s.id")]

    def candidate_ids(self, criteria: SearchCriteria, limit: int) -> list[int]:
        """Returns the same ids, but where all that the table holds is seen also those of sections in which the bigrams of
        a longer run stand apart: no text is read for them, and whoever reads it sees what stands there."""
        found: list[int] = []
        for scope in self.scopes:
            if scope.group_condition or not criteria.expression or criteria.needs_title:
                found += [row[0] for row in self._newest(scope, criteria, limit, "s.id")]
                continue
            taken = len(found)
            for span in criteria.spans(scope.span):
                room = limit - (len(found) - taken)
                found += self._matching_rows(scope.table, criteria.expression, span, room)
                if len(found) - taken >= limit:
                    break
        return found

    def speeches(
        self, scope: IndexScope, criteria: SearchCriteria, limit: int, below: int | None = None
    ) -> list[IndexedSpeech]:
        """Returns up to `limit` of the newest speeches of a scope whose public text as a whole matches.

        Speeches with matching sections are among them. With `below`, only those of smaller keys.
        """
        rows = self._speech_rows(scope, criteria, "i.id, i.title, i.runs, i.topics", limit, below)
        return [
            IndexedSpeech(row["id"], row["title"], row["runs"], tuple(json.loads(row["topics"])))
            for row in rows
        ]

    def without_sections(
        self, scope: IndexScope, criteria: SearchCriteria, speeches: Sequence[IndexedSpeech]
    ) -> list[IndexedSpeech]:
        """Returns those of the speeches that have no matching section: they are hits by themselves."""
        if not speeches:
            return []
        conditions = " AND ".join(
            "(" + " OR ".join([f"instr({scope.text}, ?)"] * len(term.runs)) + ")" for term in criteria.terms
        )
        runs = [run for term in criteria.terms for run in term.runs]
        rows = self.snapshot.rows(
            f"""SELECT value FROM json_each(?) WHERE EXISTS (
                    SELECT 1 FROM indexed_sections s
                    WHERE s.speech = value AND {conditions} AND {not_hidden("s.id")})""",
            (json.dumps([speech.speech for speech in speeches]), *runs),
        )
        with_sections = {row[0] for row in rows}
        return [speech for speech in speeches if speech.speech not in with_sections]

    def by_date(self, criteria: SearchCriteria) -> Iterator[IndexedText]:
        """Yields all that matches, newest first.

        Of public scopes that is sections, and speeches without a matching section.
        """
        for scope in self.scopes:
            for span in criteria.spans(scope.span):
                part = replace(scope, span=span)
                alone = self._speeches_alone(part, criteria)  # none in what is seen whole
                waiting = next(alone, None)
                for section in self._all_sections(part, criteria):
                    while waiting is not None and waiting.key >> SHIFT > section.id >> SHIFT:
                        yield waiting
                        waiting = next(alone, None)
                    yield section
                while waiting is not None:
                    yield waiting
                    waiting = next(alone, None)

    def titled(self, criteria: SearchCriteria, limit: int) -> list[IndexedSpeech]:
        """Returns up to `limit` of the newest speeches that fulfil the criteria's expression, which should be one on
        titles; the caller looks at the title. Titles are public: it is the same for everybody."""
        speeches: list[IndexedSpeech] = []
        for first, last in criteria.spans(EVERY_ID):
            conditions, values = criteria.conditions("i.title")
            rows = self.snapshot.rows(
                f"""SELECT i.id, i.title, i.runs
                    FROM speech_grams CROSS JOIN speech_index i ON i.id = speech_grams.rowid
                    WHERE speech_grams MATCH ? AND speech_grams.rowid BETWEEN ? AND ? {conditions}
                    ORDER BY speech_grams.rowid DESC LIMIT ?""",
                (criteria.expression, first, last, *values, limit - len(speeches)),
            )
            speeches += [IndexedSpeech(row["id"], row["title"], row["runs"]) for row in rows]
            if len(speeches) >= limit:
                break
        return speeches

    def sections_by_id(self, ids: Sequence[int]) -> list[IndexedSection]:
        """Returns the sections with these ids as they are seen, in any order, without those that aren't there."""
        found: list[IndexedSection] = []
        for scope in self.scopes:
            columns = section_columns(scope)
            rows = self.snapshot.rows(
                f"""SELECT {columns} FROM json_each(?) CROSS JOIN indexed_sections s ON s.id = json_each.value
                    WHERE s.id BETWEEN ? AND ? {scope.group_condition} AND {not_hidden("s.id")}""",
                (json.dumps(list(ids)), *scope.span),
            )
            found += [section_of(row, scope) for row in rows]
        return found

    def section_labels(self, speeches: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
        """Returns the ids and public headings of listed speeches' sections, in reading order, by speech."""
        rows = self.snapshot.rows(
            f"""SELECT s.speech, s.id, s.public_label
                FROM json_each(?) CROSS JOIN indexed_sections s ON s.speech = json_each.value
                WHERE {not_hidden("s.id")} ORDER BY s.speech, s.id DESC""",  # within a speech ids fall
            (json.dumps(sorted(set(speeches))),),
        )
        labels: dict[int, list[tuple[int, str]]] = {}
        for row in rows:
            labels.setdefault(row["speech"], []).append((row["id"], row["public_label"]))
        return labels

    # --- counts ---------------------------------------------------------------------------------------------

    def count(self, criteria: SearchCriteria, limit: int | None) -> tuple[int, bool]:
        """Returns how many hits there are, and whether that is exact: beyond `limit` it is the limit."""
        total = 0
        # Sections first: mostly they are more than the limit, and the dearer count of speeches isn't needed.
        for scope in self.scopes:
            left = -1 if limit is None else limit + 1 - total
            total += self._count_sections(scope, criteria, left)
            if limit is not None and total > limit:
                return limit, False
        for scope in self.scopes:
            if not scope.whole and criteria.terms:
                total += self._count_speeches(scope, criteria, None if limit is None else limit + 1 - total)
                if limit is not None and total > limit:
                    return limit, False
        return total, True

    def count_candidates(self, run: str, limit: int, further: str = "") -> int:
        """Returns how many sections have the bigrams of a run, up to `limit`: 0 only if the run stands
        nowhere.

        It reads no text, so that sections are counted too in which the bigrams stand apart. `further` is
        appended to the FTS5 expression.
        """
        total = 0
        for scope in self.scopes:
            table = scope.table
            sections = (
                f"CROSS JOIN indexed_sections s ON s.id = {table}.rowid" if scope.group_condition else ""
            )
            # In a group the table holds more than is seen: there the text must be looked at.
            seen, seen_values = (
                ("", ()) if scope.shows_all_indexed else (f"AND instr({scope.text}, ?)", (run,))
            )
            total += self.snapshot.value(
                f"""SELECT count(*) FROM (SELECT 1 FROM {table} {sections} WHERE {table} MATCH ?
                                          AND {table}.rowid BETWEEN ? AND ? {scope.group_condition} {seen}
                                          AND {not_hidden(f"{table}.rowid")} LIMIT ?)""",
                (f"({gram_query(run)}) {further}", *scope.span, *seen_values, limit - total),
            )
        return total

    # --- titles, public runs, words, sentences --------------------------------------------------------------

    def titles(self, speeches: Iterable[int]) -> dict[int, IndexedTitle]:
        """Returns the titles of listed speeches by number."""
        rows = self.snapshot.rows(
            "SELECT speech, title, title_vector FROM speech_index WHERE speech IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(set(speeches))),),
        )
        return {row["speech"]: IndexedTitle(row["title"], row["title_vector"]) for row in rows}

    def public_runs(self, grams: Iterable[str], speeches: int) -> list[str]:
        """Returns the public runs (title, headings, keywords, topics) of the newest speeches with any of the
        bigrams.

        `speeches` is how many speeches are read. All of it is public text, whoever asks.
        """
        rows = self.snapshot.rows(
            """SELECT i.runs FROM speech_grams CROSS JOIN speech_index i ON i.id = speech_grams.rowid
               WHERE speech_grams MATCH ? ORDER BY speech_grams.rowid DESC LIMIT ?""",
            (any_gram(grams), speeches),
        )
        return [run for row in rows for run in row["runs"].split("\n")]

    def words_read(self, reading: str) -> list[str]:
        """Returns the words of a folded reading: public ones, and those of months that the asker may read
        whole.

        What stands in other months alone is in no row that is read, so that it takes no time either.
        """
        rows = self.snapshot.rows("SELECT word FROM public_vocabulary WHERE reading = ?", (reading,))
        if self.readable is not None:
            rows += self.snapshot.rows(
                "SELECT DISTINCT word FROM vocabulary WHERE reading = ? AND month BETWEEN ? AND ?",
                (reading, *whole_months(*self.readable)),
            )
        return sorted({row["word"] for row in rows})

    def quotables(
        self,
        condition: tuple[str, Sequence[object]],
        limit: int,
        within: Sequence[int] | None = None,
        spans: Sequence[IdRange] = (EVERY_ID,),
    ) -> list[QuotableRow]:
        """Returns up to `limit` sentences worth quoting, the best first, of listed sections that fulfil
        `condition` and lie in one of the spans.

        `condition` is SQL over `sections` with its values: what may be shown. `within` are the ids of the
        sections that are read; None: all that there are.
        """
        where, values = condition
        # The + keeps it from being a way to find rows: by the ids locked sentences would be walked past.
        in_spans = " OR ".join(["+q.section BETWEEN ? AND ?"] * len(spans)) or "0"
        where = f"({in_spans}) AND {where}"
        values = [*(end for span in spans for end in span), *values]
        source = "quotables q CROSS JOIN sections ON sections.id = q.section"
        if within is not None:
            source = (
                "json_each(?) CROSS JOIN sections ON sections.id = json_each.value "
                "CROSS JOIN quotables q ON q.section = sections.id"
            )
            values = [json.dumps(within), *values]
        elif self.readable is None:
            where = (
                f"q.public = 1 AND {where}"  # by an index of its own: locked sentences take no time either
            )
        rows = self.snapshot.rows(
            f"""SELECT q.section, sections.speech, q.start, q.stop, q.sameness, q.score,
                       substr(sections.body, q.start + 1, q.stop - q.start) AS text,
                       substr(sections.body, max(q.start + 1 - {_AROUND}, 1),
                              q.stop + {_AROUND} - max(q.start - {_AROUND}, 0)) AS around
                FROM {source}
                WHERE sections.listed = 1 AND {not_hidden("sections.id")} AND {where}
                ORDER BY q.score DESC, q.section DESC, q.start LIMIT ?""",
            (*values, limit),
        )
        return [QuotableRow(**row) for row in rows]

    # --- statements -----------------------------------------------------------------------------------------

    def _newest(
        self, scope: IndexScope, criteria: SearchCriteria, limit: int, columns: str
    ) -> list[sqlite3.Row]:
        """Returns the rows of up to `limit` of the newest matching sections of a scope."""
        rows: list[sqlite3.Row] = []
        for span in criteria.spans(scope.span):
            rows += self._rows(scope, criteria, span, limit - len(rows), columns)
            if len(rows) >= limit:
                break
        return rows

    def _rows(
        self, scope: IndexScope, criteria: SearchCriteria, span: IdRange, limit: int, columns: str
    ) -> list[sqlite3.Row]:
        source, values = section_source(scope, criteria, span)
        row = f"{scope.table}.rowid" if criteria.expression else "s.id"
        return self.snapshot.rows(
            f"""SELECT {columns} {source} ORDER BY {row} DESC LIMIT ?""",
            (*values, limit),
        )

    def _matching_rows(self, table: str, expression: str, span: IdRange, limit: int) -> list[int]:
        rows = self.snapshot.rows(
            f"""SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?
                AND {not_hidden(f"{table}.rowid")} ORDER BY rowid DESC LIMIT ?""",
            (expression, *span, limit),
        )
        return [row[0] for row in rows]

    def _count_sections(self, scope: IndexScope, criteria: SearchCriteria, limit: int) -> int:
        total = 0
        for span in criteria.spans(scope.span):
            source, values = section_source(scope, criteria, span)
            total += self.snapshot.value(
                f"SELECT count(*) FROM (SELECT 1 {source} LIMIT ?)", (*values, limit)
            )
        return total

    def _count_speeches(self, scope: IndexScope, criteria: SearchCriteria, limit: int | None) -> int:
        """Returns how many speeches match by their public text alone, without a matching section.

        It reads every matching section: it is called when few match, or to count all.
        """
        with_sections: set[int] = set()
        total = 0
        for span in criteria.spans(scope.span):
            source, values = section_source(scope, criteria, span)
            rows = self.snapshot.rows(f"SELECT DISTINCT s.speech {source}", values)
            with_sections |= {row[0] for row in rows}
        room = _NO_LIMIT if limit is None else limit + len(with_sections)
        for row in self._speech_rows(scope, criteria, "i.speech", room):
            total += row[0] not in with_sections
        return total

    def _speech_rows(
        self, scope: IndexScope, criteria: SearchCriteria, columns: str, limit: int, below: int | None = None
    ) -> Iterator[sqlite3.Row]:
        """Yields the newest matching rows of `speech_index` (`i`)."""
        if not criteria.terms or not scope.has_speeches:
            return
        conditions, values = criteria.conditions("i.runs")
        for first, last in criteria.spans(scope.span):
            last = last if below is None else min(last, below - 1)
            rows = self.snapshot.rows(
                f"""SELECT {columns} FROM speech_grams CROSS JOIN speech_index i ON i.id = speech_grams.rowid
                    WHERE speech_grams MATCH ? AND speech_grams.rowid BETWEEN ? AND ? {conditions}
                    ORDER BY speech_grams.rowid DESC LIMIT ?""",
                (criteria.expression, first, last, *values, limit),
            )
            yield from rows
            limit -= len(rows)
            if limit <= 0:
                return

    def _all_sections(self, part: IndexScope, criteria: SearchCriteria) -> Iterator[IndexedSection]:
        below = part.span[1]
        while True:
            rows = self._rows(part, criteria, (part.span[0], below), _BATCH, section_columns(part))
            for row in rows:
                yield section_of(row, part)
            if len(rows) < _BATCH:
                return
            below = rows[-1]["id"] - 1

    def _speeches_alone(self, part: IndexScope, criteria: SearchCriteria) -> Iterator[IndexedSpeech]:
        below: int | None = None
        while not part.whole:
            batch = self.speeches(part, criteria, _BATCH, below)
            yield from self.without_sections(part, criteria, batch)
            if len(batch) < _BATCH:
                return
            below = batch[-1].key
