"""Search: every section in which all typed runs stand, the most useful first (docs/rules.md, Commands).

What the asker may read (a span of material dates) is searched whole; all other speeches are searched through the
public tables alone, so that hits, order and counts there are a function of public text.

Ranking looks at a bounded number of hits; the rest follows by date, and all stay reachable.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import aiosqlite

from jianggao.library import store
from jianggao.library.grams import gram_query, is_exact
from jianggao.library.normal_form import normal_form
from jianggao.library.query import Query
from jianggao.library.ranking import Candidate, first_page_spread, score
from jianggao.library.rows import day_of, first_id, last_id, number_of
from jianggao.library.segmentation import words

IdRange = tuple[int, int]
"""A span of section ids, that is of material dates, both ends included."""

COUNT_LIMIT = 500
_NEWEST = 120
"""How many of the newest hits are ranked, beside those with the words in a heading or as whole words."""
_SPECIAL = 60
_BATCH = 200
_NEAR = 20
_MIN_LEFT_OUT = 2


@dataclass(frozen=True, slots=True)
class SectionHit:
    """A section that holds all runs; `whole` tells whether its whole text was searched or its public part."""

    row: store.SectionRow
    whole: bool
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeechHit:
    """A speech found by title, public headings or keywords alone, through the runs `found_by`; `key` is its
    `speech_key`."""

    key: int
    found_by: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The speech's number."""
        return number_of(self.key)


Hit = SectionHit | SpeechHit


@dataclass(slots=True)
class Found:
    """The hits asked for; `total` counts to the limit asked for, `near` are hits that don't count in it."""

    total: int
    exact: bool
    hits: list[Hit] = field(default_factory=list)
    near: list[Hit] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)


class Search:
    """One search over one snapshot. `readable` is the span of dates that the asker may read; None: none."""

    def __init__(self, connection: aiosqlite.Connection, readable: IdRange | None) -> None:
        self._connection = connection
        self._readable = readable

    async def find(
        self, query: Query, *, skip: int = 0, limit: int = 5, count_limit: int | None = COUNT_LIMIT
    ) -> Found:
        """Hits `skip` … `skip + limit`, best first, and how many there are (up to `count_limit`)."""
        matcher = await self._matcher(query)
        ranked = await self._ranked(matcher)
        total, exact = await self._count(matcher, count_limit)
        found = Found(total, exact, ranked[skip : skip + limit])
        if len(found.hits) < limit and skip + len(found.hits) < total:
            await self._append_by_date(matcher, ranked, skip, limit, found.hits)
        if total == 0:
            found.near = await self._near(query, matcher, limit)
            found.guesses = await self._guesses(query)
        return found

    async def newest_matches(self, query: Query, most: int) -> list[store.SectionRow]:
        """Up to `most` of the newest sections that hold all runs."""
        rows = []
        async for hit in self._by_date(await self._matcher(query)):
            if isinstance(hit, SectionHit):
                rows.append(hit.row)
                if len(rows) == most:
                    break
        return rows

    # --- what matches -----------------------------------------------------------------------------------------

    async def _matcher(self, query: Query) -> _Matcher:
        speeches = await self._filtered_speeches(query) if query.filtered else None
        spans = [(first_id(date(year, 1, 1)), last_id(date(year, 12, 31))) for year in query.years]
        return _Matcher(query.runs, speeches, spans)

    async def _filtered_speeches(self, query: Query) -> frozenset[int]:
        """The speeches that fulfil topic and title filters (public text, so the same for all askers)."""
        sql = """SELECT s.number, v.title FROM speeches s JOIN versions v ON v.id = s.version
                 WHERE s.withdrawn_at IS NULL AND s.taken_down_at IS NULL"""
        values: list[str] = []
        for topic in query.topics:
            sql += " AND EXISTS (SELECT 1 FROM speech_topics t WHERE t.speech = s.number AND t.topic = ?)"
            values.append(topic)
        rows = await self._connection.execute_fetchall(sql, values)
        return frozenset(
            row["number"] for row in rows if all(title in normal_form(row["title"]) for title in query.titles)
        )

    async def _by_date(self, matcher: _Matcher) -> AsyncIterator[Hit]:
        """All hits, newest first: whole texts in the readable span, public text around it."""
        spans = [(0, 1 << 62)] if self._readable is None else self._spans_around(self._readable)
        for span in spans:
            if span == self._readable:
                async for row in self._sections(matcher, "section", span):
                    yield SectionHit(store.section_row(row), whole=True)
            else:
                async for hit in self._public_hits(matcher, span):
                    yield hit

    @staticmethod
    def _spans_around(readable: IdRange) -> list[IdRange]:
        spans = [(readable[1] + 1, 1 << 62), readable, (0, readable[0] - 1)]
        return [span for span in spans if span[0] <= span[1]]

    async def _sections(
        self, matcher: _Matcher, tables: str, span: IdRange, words_query: str | None = None
    ) -> AsyncIterator[sqlite3.Row]:
        """Matching rows of `section_*` or `public_*` in a span, newest first, each looked at."""
        table, expression = f"{tables}_grams", matcher.gram_expression
        if words_query is not None:
            table, expression = f"{tables}_words", words_query
        below = span[1]
        batch = _BATCH
        while True:
            ids = await self._ids(table, expression, (span[0], below), batch)
            for row in await store.sections_by_id(self._connection, ids):
                if matcher.accepts(row, whole=tables == "section"):
                    yield row
            if len(ids) < batch:
                return
            below = ids[-1] - 1

    async def _ids(self, table: str, expression: str, span: IdRange, most: int) -> list[int]:
        if not expression:
            sql = "SELECT id FROM sections WHERE listed = 1 AND id BETWEEN ? AND ? ORDER BY id DESC LIMIT ?"
            rows = await self._connection.execute_fetchall(sql, (*span, most))
        else:
            sql = f"""SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?
                      ORDER BY rowid DESC LIMIT ?"""
            rows = await self._connection.execute_fetchall(sql, (expression, *span, most))
        return [row[0] for row in rows]

    async def _public_hits(self, matcher: _Matcher, span: IdRange) -> AsyncIterator[Hit]:
        """Hits in public text, newest first: sections, and speeches of which no section is one."""
        seen: set[int] = set()
        speeches = self._speeches(matcher, span)
        waiting = await anext(speeches, None)
        async for row in self._sections(matcher, "public", span):
            while waiting is not None and waiting[0] > last_id(store.section_row(row).material_date):
                if waiting[1].number not in seen and not await self._has_section(matcher, waiting[1].number):
                    yield waiting[1]
                waiting = await anext(speeches, None)
            seen.add(row["speech"])
            yield SectionHit(store.section_row(row), whole=False)
        while waiting is not None:
            if waiting[1].number not in seen and not await self._has_section(matcher, waiting[1].number):
                yield waiting[1]
            waiting = await anext(speeches, None)

    async def _has_section(self, matcher: _Matcher, number: int) -> bool:
        rows = await self._connection.execute_fetchall(
            "SELECT * FROM sections WHERE speech = ? AND listed = 1", (number,)
        )
        return any(matcher.accepts(row, whole=False) for row in rows)

    async def _speeches(self, matcher: _Matcher, span: IdRange) -> AsyncIterator[tuple[int, SpeechHit]]:
        """Speeches whose title, public headings, keywords or topics hold all runs, newest first."""
        if not matcher.runs:
            return
        below = span[1]
        while True:
            ids = await self._ids("speech_grams", matcher.gram_expression, (span[0], below), _BATCH)
            marks = ", ".join("?" * len(ids))
            rows = await self._connection.execute_fetchall(
                f"SELECT id, speech, runs FROM speech_index WHERE id IN ({marks}) ORDER BY id DESC", ids
            )
            for row in rows:
                if matcher.accepts_speech(row["speech"], row["id"], json.loads(row["runs"])):
                    yield row["id"], SpeechHit(row["id"], matcher.runs)
            if len(ids) < _BATCH:
                return
            below = ids[-1] - 1

    # --- counting and order -----------------------------------------------------------------------------------

    async def _count(self, matcher: _Matcher, limit: int | None) -> tuple[int, bool]:
        """How many hits there are, and whether that is exact: beyond `limit` it says limit, not exact."""
        total = 0
        hits = self._by_date(matcher)
        if self._readable is not None and matcher.counts_by_index:
            total, exact = await self._count_by_index(matcher, limit)
            if not exact:
                return total, False
            hits = self._around_readable(matcher, self._readable)
        async for _ in hits:
            total += 1
            if limit is not None and total > limit:
                return limit, False
        return total, True

    async def _around_readable(self, matcher: _Matcher, readable: IdRange) -> AsyncIterator[Hit]:
        """The hits in public text outside the readable span."""
        for span in self._spans_around(readable):
            if span != readable:
                async for hit in self._public_hits(matcher, span):
                    yield hit

    async def _count_by_index(self, matcher: _Matcher, limit: int | None) -> tuple[int, bool]:
        assert self._readable is not None
        most = -1 if limit is None else limit + 1
        rows = await self._connection.execute_fetchall(
            """SELECT count(*) FROM (SELECT 1 FROM section_grams WHERE section_grams MATCH ?
                                     AND rowid BETWEEN ? AND ? LIMIT ?)""",
            (matcher.gram_expression, *self._readable, most),
        )
        total = int(next(iter(rows))[0])
        return (total, True) if limit is None or total <= limit else (limit, False)

    async def _ranked(self, matcher: _Matcher) -> list[Hit]:
        """The hits that ranking looks at, best first."""
        hits: dict[int, Hit] = {}
        await self._take(hits, self._by_date(matcher), _NEWEST)
        if len(hits) >= _NEWEST and matcher.runs:
            for expression in await matcher.special_expressions():
                await self._take(hits, self._by_words(matcher, expression), _SPECIAL)
        return await self._order(matcher.runs, list(hits.values()))

    async def _take(self, hits: dict[int, Hit], stream: AsyncIterator[Hit], most: int) -> None:
        taken = 0
        async for hit in stream:
            hits.setdefault(_key(hit), hit)
            taken += 1
            if taken >= most:
                break

    async def _by_words(self, matcher: _Matcher, expression: str) -> AsyncIterator[Hit]:
        for span in [(0, 1 << 62)] if self._readable is None else self._spans_around(self._readable):
            whole = span == self._readable
            async for row in self._sections(matcher, "section" if whole else "public", span, expression):
                yield SectionHit(store.section_row(row), whole=whole)

    async def _order(self, runs: Sequence[str], hits: list[Hit]) -> list[Hit]:
        numbers = {hit.row.speech if isinstance(hit, SectionHit) else hit.number for hit in hits}
        titles = {
            number: normal_form(title)
            for number, title in (await store.titles(self._connection, numbers)).items()
        }
        keyed: list[tuple[float, int, int, Hit]] = []
        for hit in hits:
            if isinstance(hit, SectionHit):
                candidate = Candidate(
                    title=titles[hit.row.speech],
                    label=normal_form(label_of(hit.row, whole=hit.whole)),
                    body=normal_form(body_of(hit.row, whole=hit.whole)),
                )
                keyed.append((-score(candidate, runs), -hit.row.id, hit.row.speech, hit))
            else:
                candidate = Candidate(titles[hit.number], "", "")
                keyed.append((-score(candidate, runs), -last_id(day_of(hit.key)), hit.number, hit))
        keyed.sort(key=lambda entry: entry[:3])
        return first_page_spread([(entry[2], entry[3]) for entry in keyed])

    async def _append_by_date(
        self, matcher: _Matcher, ranked: list[Hit], skip: int, limit: int, hits: list[Hit]
    ) -> None:
        """Fill up behind the ranked hits, newest first."""
        done = {_key(hit) for hit in ranked}
        passed = len(ranked)
        async for hit in self._by_date(matcher):
            if _key(hit) in done:
                continue
            if passed >= skip:
                hits.append(hit)
                if len(hits) == limit:
                    return
            passed += 1

    # --- where nothing stands as typed ------------------------------------------------------------------------

    async def _near(self, query: Query, matcher: _Matcher, limit: int) -> list[Hit]:
        """Speeches by title, then sections with the words' parts apart, then with words left out."""
        near: dict[int, Hit] = {}
        if self._readable is not None and query.runs:
            titles = self._speeches(matcher, self._readable)
            await self._take(near, (hit async for _, hit in titles), limit)
        parts = [(run, [run] if run in query.phrases else parts_of(run)) for run in query.runs]
        apart = matcher.with_runs(tuple(dict.fromkeys(part for _, pieces in parts for part in pieces)))
        if apart.runs and apart.runs != query.runs:
            await self._take(near, self._by_date(apart), _NEAR)
        ordered = await self._order(apart.runs, list(near.values()))
        if not near and len(apart.runs) > 1:
            ordered = await self._with_words_left_out(matcher, apart.runs, limit)
        return ordered[:limit]

    async def _with_words_left_out(self, matcher: _Matcher, runs: tuple[str, ...], limit: int) -> list[Hit]:
        found: dict[int, tuple[int, Hit]] = {}
        for run in runs:
            if len(run) < _MIN_LEFT_OUT:
                continue
            async for hit in _first(self._by_date(matcher.with_runs((run,))), _NEAR):
                text = await self._text(hit)
                missing = tuple(other for other in runs if other not in text)
                marked: Hit
                if isinstance(hit, SectionHit):
                    marked = SectionHit(hit.row, hit.whole, missing)
                else:
                    marked = SpeechHit(hit.key, (run,), missing)
                found.setdefault(_key(hit), (len(missing), marked))
        ordered = sorted(found.values(), key=lambda entry: (entry[0], -_key(entry[1])))
        return [hit for _, hit in ordered][:limit]

    async def _text(self, hit: Hit) -> str:
        if isinstance(hit, SectionHit):
            return normal_form(label_of(hit.row, whole=hit.whole) + body_of(hit.row, whole=hit.whole))
        rows = await self._connection.execute_fetchall(
            "SELECT runs FROM speech_index WHERE speech = ?", (hit.number,)
        )
        return "\n".join(run for row in rows for run in json.loads(row["runs"]))

    async def _guesses(self, query: Query) -> list[str]:
        """Public words that look like what was typed: topics, keywords, headings' beginnings."""
        grams = list(dict.fromkeys(run[at : at + 2] for run in query.runs for at in range(len(run) - 1)))
        if not grams:
            return []
        expression = " OR ".join(f'"{gram}"' for gram in grams[:20])
        ids = await self._ids("speech_grams", expression, (0, 1 << 62), _BATCH)
        marks = ", ".join("?" * len(ids))
        rows = await self._connection.execute_fetchall(
            f"SELECT runs FROM speech_index WHERE id IN ({marks})", ids
        )
        shared: dict[str, int] = {}
        for row in rows:
            for run in json.loads(row["runs"]):
                if 2 <= len(run) <= 8:
                    shared.setdefault(run, sum(gram in run for gram in grams))
        best = sorted((-count, len(run), run) for run, count in shared.items() if count)
        return [run for _, _, run in best if run not in query.runs][:3]


class _Matcher:
    """Tells whether a text fulfils a query, as an FTS expression first and by a look at the text then."""

    def __init__(
        self, runs: tuple[str, ...], speeches: frozenset[int] | None, spans: Sequence[IdRange]
    ) -> None:
        self.runs = runs
        self._speeches = speeches
        self._spans = spans
        self.gram_expression = " AND ".join(gram_query(run) for run in runs)

    def with_runs(self, runs: tuple[str, ...]) -> _Matcher:
        """The same filters with other runs."""
        return _Matcher(runs, self._speeches, self._spans)

    @property
    def counts_by_index(self) -> bool:
        """Whether the index alone tells which sections match."""
        return bool(self.runs) and self._passes_all and all(is_exact(run) for run in self.runs)

    @property
    def _passes_all(self) -> bool:
        return self._speeches is None and not self._spans

    def accepts(self, row: sqlite3.Row, *, whole: bool) -> bool:
        """Whether all runs stand in the section's text, the whole or the public part."""
        if not self._passes(row["speech"], row["id"]):
            return False
        if all(is_exact(run) for run in self.runs) and whole:
            return True
        section = store.section_row(row)
        text = normal_form(label_of(section, whole=whole) + body_of(section, whole=whole))
        return bool(text) and all(run in text for run in self.runs)

    def accepts_speech(self, number: int, key: int, runs: Iterable[str]) -> bool:
        """Whether each run stands in one of the speech's public runs."""
        stored = list(runs)
        return self._passes(number, key) and all(any(run in one for one in stored) for run in self.runs)

    def _passes(self, number: int, key: int) -> bool:
        if self._speeches is not None and number not in self._speeches:
            return False
        return not self._spans or any(first <= key <= last for first, last in self._spans)

    async def special_expressions(self) -> list[str]:
        """FTS expressions over the word tables: the runs as whole words in a heading, and anywhere."""
        phrases = ['"' + " ".join(words(run)) + '"' if len(words(run)) == 1 else None for run in self.runs]
        if any(phrase is None for phrase in phrases):
            return []
        expression = " AND ".join(phrase for phrase in phrases if phrase is not None)
        return [f"label : ({expression})", expression]


def parts_of(run: str) -> list[str]:
    """The words of a run that carry meaning; the run itself where it has none of two characters or more."""
    pieces = [word for word in words(run) if len(word) > 1]
    return pieces or [run]


def label_of(row: store.SectionRow, *, whole: bool) -> str:
    """The headings that count as the section's: all of them, or what of them is public."""
    return row.above + row.label if whole else row.public_label


def body_of(row: store.SectionRow, *, whole: bool) -> str:
    """The body as far as it may be searched: of public text, previews alone."""
    return row.body if whole or row.audience == 0 else ""


def _key(hit: Hit) -> int:
    return hit.row.id if isinstance(hit, SectionHit) else -hit.number


async def _first(stream: AsyncIterator[Hit], most: int) -> AsyncIterator[Hit]:
    taken = 0
    async for hit in stream:
        yield hit
        taken += 1
        if taken >= most:
            return
