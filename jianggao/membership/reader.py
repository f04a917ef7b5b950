"""The one way to text: what a Reader gives back already lacks what may not be shown (docs/rules.md, Access).

Every non-preview section that it gives is a stored delivery before the method returns, in the transaction that
also takes the message's claim.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

import aiosqlite

from jianggao.database import Database
from jianggao.documents.copies import Copy, copy_for
from jianggao.errors import NotFound
from jianggao.library import store
from jianggao.library.normal_form import normal_form
from jianggao.library.search import (
    COUNT_LIMIT,
    NO_SYNONYMS,
    Guess,
    Hit,
    IdRange,
    Query,
    Search,
    SectionHit,
    SpeechHit,
    Synonyms,
    parse_query,
    snippet,
)
from jianggao.membership import allowances
from jianggao.membership.access import (
    EVERYTHING,
    PREVIEW,
    Access,
    Asker,
    Locked,
    Place,
    PlaceKind,
    Private,
    SectionFacts,
    Shown,
    Verdict,
    access,
    id_range,
)
from jianggao.membership.allowances import Allowance

Effect = Callable[[aiosqlite.Connection], Awaitable[None]]
"""Something to do in the transaction of the delivery records: taking the claim."""

PAGE_SIZE = 5
SUPERUSER_LIMIT = 1_000_000
_RANDOM_MATCHES = 2_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The daily allowances, and the zone whose days count."""

    sections: int
    full_texts: int
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class HitView:
    """A line of a search answer; `snippet` is None where the text may not stand here (`verdict` says why)."""

    number: str
    title: str
    source: str
    heading: str
    snippet: str | None
    verdict: Verdict
    found_by: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Typed words that it lacks."""
    instead: tuple[str, ...] = ()
    """What it was found by instead of what was typed: synonyms, a guess."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of hits; `total` is exact or at least that many, `following` more hold synonyms of what was typed; `near`
    are hits that hold only some of it, or a guess."""

    query: Query
    total: int
    exact: bool
    page: int
    pages: int
    hits: tuple[HitView, ...]
    near: tuple[HitView, ...]
    guesses: tuple[Guess, ...]
    topics: tuple[str, ...]
    following: int = 0
    synonyms: tuple[str, ...] = ()
    allowance_spent: bool = False


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section; `body` is None where it is locked or the day's allowance is spent."""

    number: str
    title: str
    material_date: date
    heading: str
    body: str | None
    verdict: Verdict
    allowance_spent: bool = False


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A heading with the sections that stand at it; `level` 0 is the opening or closing."""

    level: int
    text: str
    sections: tuple[tuple[int, bool], ...]
    """(ordinal, locked)."""


@dataclass(frozen=True, slots=True)
class OutlineView:
    """The heading tree of a speech."""

    number: int
    title: str
    material_date: date
    lines: tuple[OutlineLine, ...]


@dataclass(frozen=True, slots=True)
class FullText:
    """A full text whose delivery is recorded: to be sent to the asker's private chat."""

    number: int
    copy: Copy
    delivery: int


class Reader:
    """What one asker reads in one place at one moment. Made anew for each message."""

    def __init__(
        self,
        database: Database,
        asker: Asker,
        place: Place,
        now: datetime,
        limits: Limits,
        synonyms: Synonyms = NO_SYNONYMS,
    ) -> None:
        self._database = database
        self._asker = asker
        self._place = place
        self._now = now
        self._limits = limits
        self._synonyms = synonyms
        self.access: Access = access(asker, place, now)

    # --- search -------------------------------------------------------------------------------------------------

    async def search(
        self, text: str, page: int = 1, *, size: int = PAGE_SIZE, effect: Effect | None = None
    ) -> SearchPage:
        """A page of hits on what was typed. Raises WrongUse for a query that can't be searched for, NotFound for
        a page that doesn't exist."""
        return await self._search(text, page, size, effect, count_limit=COUNT_LIMIT, record=True)

    async def look(self, text: str, limit: int) -> SearchPage:
        """The first `limit` hits and the exact total, for the operator's own terminal: nothing leaves, nothing is
        recorded."""
        return await self._search(text, 1, limit, None, count_limit=None, record=False)

    async def _search(
        self, text: str, page: int, size: int, effect: Effect | None, *, count_limit: int | None, record: bool
    ) -> SearchPage:
        query = parse_query(text)
        async with self._database.read() as connection:
            search = Search(connection, self.searchable, self._synonyms)
            found = await search.find(query, skip=(page - 1) * size, limit=size, count_limit=count_limit)
            pages = -(-(found.total + found.following) // size)
            if page > max(1, pages) and not found.hits:
                raise NotFound(f"没有第 {page} 页（共 {pages} 页）。")
            hits, near = found.hits, found.near
            speeches = await store.speeches(connection, [hit.speech for hit in [*hits, *near]])
            sources = await store.source_paths(connection, list(speeches))
            copies = await self._copies([*hits, *near], connection)
        if record:
            allowed = await self._record_hits([*hits, *near], effect)
        else:
            allowed = {hit.row.id for hit in [*hits, *near] if isinstance(hit, SectionHit)}
        views = [
            self._hit_view(
                hit, query, speeches[hit.speech], sources, copies, allowed, near=place >= len(hits)
            )
            for place, hit in enumerate([*hits, *near])
        ]
        return SearchPage(
            query=query,
            total=found.total,
            exact=found.exact,
            page=page,
            pages=pages,
            hits=tuple(views[: len(hits)]),
            near=tuple(views[len(hits) :]),
            guesses=tuple(found.guesses),
            topics=tuple(found.topics),
            following=found.following,
            synonyms=found.synonyms,
            allowance_spent=any(
                view.snippet is None and isinstance(view.verdict, Shown) and "." in view.number
                for view in views
            ),
        )

    @property
    def searchable(self) -> IdRange | None:
        """The ids of which whole texts are searched for this asker here; None: public text alone."""
        if self.access.window is None or self.access.place in (PlaceKind.FREE_GROUP, PlaceKind.UNBOUND):
            return None
        if self.access.window == EVERYTHING:
            return (0, 1 << 62)
        return id_range(self.access.window.first, self.access.window.last)

    async def _copies(
        self, hits: Sequence[Hit], connection: aiosqlite.Connection
    ) -> dict[tuple[int, int], str]:
        """The asker's own copy of the non-preview sections that are shown in private, by version and ordinal."""
        texts: dict[tuple[int, int], str] = {}
        for hit in hits:
            if isinstance(hit, SectionHit) and self._leaves(hit.row) and self._is_private:
                copy = await copy_for(connection, self._asker.account, hit.row.version)
                texts[hit.row.version, hit.row.ordinal] = copy.sections[hit.row.ordinal]
        return texts

    @property
    def _is_private(self) -> bool:
        return self.access.place is PlaceKind.PRIVATE

    def _leaves(self, row: store.SectionRow) -> bool:
        """Whether showing this section here is a delivery."""
        return row.audience != PREVIEW and isinstance(self.access.visible(_facts(row)), Shown)

    async def _record_hits(self, hits: Sequence[Hit], effect: Effect | None) -> set[int]:
        """Record the sections whose snippets leave; gives the ids that may, previews included."""
        rows = [hit.row for hit in hits if isinstance(hit, SectionHit)]
        leaving = [row for row in rows if self._leaves(row)]
        allowed = {row.id for row in rows if row.audience == PREVIEW}
        return allowed | await self._record(leaving, "search", self._place, effect)

    async def _record(
        self, rows: Sequence[store.SectionRow], form: str, place: Place, effect: Effect | None
    ) -> set[int]:
        if not rows and effect is None:
            return set()
        async with self._database.write() as connection:
            if effect is not None:
                await effect(connection)
            recorded = await allowances.record_sections(
                connection,
                self._asker.account,
                [(row.version, row.id) for row in rows],
                place,
                form,
                self._now,
                self._limits.zone,
                SUPERUSER_LIMIT if self._asker.superuser else self._limits.sections,
            )
        return {entry.section for entry in recorded}

    def _hit_view(
        self,
        hit: Hit,
        query: Query,
        speech: store.SpeechRow,
        sources: dict[int, str],
        copies: dict[tuple[int, int], str],
        allowed: set[int],
        *,
        near: bool,
    ) -> HitView:
        source = sources.get(speech.number, "")
        if isinstance(hit, SpeechHit):
            verdict = self._speech_verdict(speech)
            number = str(speech.number)
            return HitView(
                number, speech.title, source, "", None, verdict, hit.found_by, hit.missing, hit.instead
            )
        row = hit.row
        verdict = self.access.visible(_facts(row))
        text = None
        if isinstance(verdict, Shown) and row.id in allowed:
            body = copies.get((row.version, row.ordinal), row.body)
            text = snippet(body, (*query.runs, *map(normal_form, hit.instead)), parts=near)
        return HitView(
            number=f"{row.speech}.{row.ordinal}",
            title=speech.title,
            source=source,
            heading=self._heading(row),
            snippet=text,
            verdict=verdict,
            missing=hit.missing,
            instead=hit.instead,
        )

    def _speech_verdict(self, speech: store.SpeechRow) -> Verdict:
        if self.access.place is PlaceKind.FREE_GROUP:
            return self.access.visible(SectionFacts(PREVIEW + 2, speech.material_date))
        return self.access.full_text(speech.material_date)

    def _heading(self, row: store.SectionRow) -> str:
        """The section's headings: whole for who may read the section somewhere, else their public part."""
        if self._reads_beyond_previews(row):
            return "\n".join(filter(None, [row.above, row.label]))
        return row.public_label

    def _reads_beyond_previews(self, row: store.SectionRow) -> bool:
        facts = SectionFacts(PREVIEW + 2, row.material_date)
        return self.access.readable(facts)

    # --- sections -----------------------------------------------------------------------------------------------

    async def section(self, number: int, ordinal: int, *, effect: Effect | None = None) -> SectionView:
        """One section. Raises NotFound, saying which numbers exist."""
        async with self._database.read() as connection:
            speech = await self._speech(connection, number)
            row = await store.section(connection, number, ordinal)
            if row is None:
                last = len(await store.sections_of_version(connection, speech.version))
                raise NotFound(f"第 {number} 篇没有第 {ordinal} 段（现有 {number}.1–{number}.{last}）。")
        return await self._section_view(speech, row, "section", effect)

    async def verdict_is(self, number: int, ordinal: int, verdict: Verdict) -> bool:
        """Whether the section is there and judged as it was: asked again when a text leaves the queue."""
        async with self._database.read() as connection:
            row = await store.section(connection, number, ordinal)
        return row is not None and self.access.visible(_facts(row)) == verdict

    async def random(self, topic: str = "", *, effect: Effect | None = None) -> SectionView | None:
        """A section that may be shown here, each once before any comes again in this place; None if there is
        none on the topic (or at all)."""
        async with self._database.read() as connection:
            condition, values = await self._random_condition(connection, topic)
            row = await self._next_random(connection, topic, condition, values)
            if row is None:
                return None
            speech = await self._speech(connection, row.speech)

        async def advance(connection: aiosqlite.Connection) -> None:
            if effect is not None:
                await effect(connection)
            await connection.execute(
                """INSERT OR REPLACE INTO random_cursors (place, topic, shuffle)
                   SELECT ?, ?, shuffle FROM sections WHERE id = ?""",
                (self._cursor_place, topic, row.id),
            )

        return await self._section_view(speech, row, "random", advance)

    @property
    def _cursor_place(self) -> str:
        return f"{self._place.kind.value}:{self._place.chat}"

    async def _random_condition(
        self, connection: aiosqlite.Connection, topic: str
    ) -> tuple[str, tuple[object, ...]]:
        condition, parameters = self.access.condition()
        values: tuple[object, ...] = tuple(parameters)
        allowance = await self.allowance(connection)
        if allowance.sections_left == 0 and not self._asker.superuser:
            condition, values = f"sections.audience = {PREVIEW}", ()
        if topic:
            wanted, more = await self._topic_condition(connection, topic)
            condition, values = f"({condition}) AND {wanted}", (*values, *more)
        return condition, values

    async def _topic_condition(
        self, connection: aiosqlite.Connection, topic: str
    ) -> tuple[str, tuple[object, ...]]:
        """A topic by name; anything else is searched for as words, in what the asker may read here."""
        normal = normal_form(topic)
        named = [name for name in await store.topics(connection) if normal and normal in normal_form(name)]
        if named:
            marks = ", ".join("?" * len(named))
            return f"sections.speech IN (SELECT speech FROM speech_topics WHERE topic IN ({marks}))", tuple(
                named
            )
        search = Search(connection, self.searchable)
        found = await search.newest_matches(parse_query(topic), _RANDOM_MATCHES)
        ids = ", ".join(map(str, found))
        return f"sections.id IN ({ids})", ()

    async def _next_random(
        self, connection: aiosqlite.Connection, topic: str, condition: str, values: tuple[object, ...]
    ) -> store.SectionRow | None:
        rows = await connection.execute_fetchall(
            "SELECT shuffle FROM random_cursors WHERE place = ? AND topic = ?", (self._cursor_place, topic)
        )
        after = next((row[0] for row in rows), -1)
        for start in (after, -1):
            found = await connection.execute_fetchall(
                f"""SELECT * FROM sections WHERE listed = 1 AND shuffle > ? AND {condition}
                    ORDER BY shuffle LIMIT 1""",
                (start, *values),
            )
            for row in found:
                return store.section_row(row)
        return None

    async def _section_view(
        self, speech: store.SpeechRow, row: store.SectionRow, form: str, effect: Effect | None
    ) -> SectionView:
        verdict = self.access.visible(_facts(row))
        leaves = row.audience != PREVIEW and not isinstance(verdict, Locked)
        goes_private = isinstance(verdict, Private) or self._is_private
        place = Place(PlaceKind.PRIVATE, self._asker.account) if goes_private else self._place
        allowed = await self._record([row] if leaves else [], form, place, effect)
        body: str | None = None
        if row.audience == PREVIEW and not isinstance(verdict, Locked):
            body = row.body.strip()
        elif row.id in allowed:
            body = await self._text_that_leaves(row, goes_private)
        return SectionView(
            number=f"{row.speech}.{row.ordinal}",
            title=speech.title,
            material_date=speech.material_date,
            heading=self._heading(row),
            body=body,
            verdict=verdict,
            allowance_spent=leaves and not allowed,
        )

    async def _text_that_leaves(self, row: store.SectionRow, goes_private: bool) -> str:
        if not goes_private:
            return row.body.strip()
        async with self._database.read() as connection:
            copy = await copy_for(connection, self._asker.account, row.version)
        return copy.sections[row.ordinal].strip()

    # --- outlines and full texts ----------------------------------------------------------------------------------

    async def outline(self, number: int) -> OutlineView:
        """The heading tree with every section's number, opening and closing too. Raises NotFound."""
        async with self._database.read() as connection:
            speech = await self._speech(connection, number)
            rows = await store.sections_of_version(connection, speech.version)
        return OutlineView(
            number, speech.title, speech.material_date, tuple(self._outline_lines(speech, rows))
        )

    def _outline_lines(self, speech: store.SpeechRow, rows: Sequence[store.SectionRow]) -> list[OutlineLine]:
        lines: list[OutlineLine] = []
        pending = list(speech.headings)
        for row in rows:
            mark = (row.ordinal, not self.access.readable(_facts(row)))
            opened = [h for h in pending if h.section == row.ordinal]
            pending = [h for h in pending if h.section != row.ordinal]
            whole = self._reads_beyond_previews(row)
            lines.extend(
                OutlineLine(heading.level, heading.mark + heading.text if whole else heading.public, ())
                for heading in opened
            )
            if opened and row.label:
                lines[-1] = OutlineLine(lines[-1].level, lines[-1].text, (mark,))
            elif row.label and lines and lines[-1].level > 0:
                lines[-1] = OutlineLine(lines[-1].level, lines[-1].text, (*lines[-1].sections, mark))
            elif lines and lines[-1].level == 0:
                lines[-1] = OutlineLine(0, lines[-1].text, (*lines[-1].sections, mark))
            else:
                lines.append(
                    OutlineLine(
                        0, "正文" if not speech.headings else "开头" if not lines else "结尾", (mark,)
                    )
                )
        return lines

    async def full_text(
        self, number: int, form: str, *, effect: Effect | None = None
    ) -> FullText | Verdict | None:
        """The asker's copy with its delivery recorded; the `Locked` verdict if it may not be read; None when the
        day's allowance is spent. Raises NotFound."""
        async with self._database.read() as connection:
            speech = await self._speech(connection, number)
            verdict = self.access.full_text(speech.material_date)
            copy = await copy_for(connection, self._asker.account, speech.version)
        if isinstance(verdict, Locked):
            await self._record([], form, self._place, effect)
            return verdict
        async with self._database.write() as connection:
            if effect is not None:
                await effect(connection)
            delivery = await allowances.record_full_text(
                connection,
                self._asker.account,
                speech.version,
                Place(PlaceKind.PRIVATE, self._asker.account),
                form,
                self._now,
                self._limits.zone,
                SUPERUSER_LIMIT if self._asker.superuser else self._limits.full_texts,
            )
        return None if delivery is None else FullText(number, copy, delivery)

    async def verdict_on(self, number: int) -> tuple[store.SpeechRow, Verdict]:
        """The speech and whether the asker may have its full text: 能看. Raises NotFound."""
        async with self._database.read() as connection:
            speech = await self._speech(connection, number)
        return speech, self.access.full_text(speech.material_date)

    async def allowance(self, connection: aiosqlite.Connection) -> Allowance:
        """What is left of the asker's day."""
        return await allowances.allowance(
            connection,
            self._asker.account,
            self._now,
            self._limits.zone,
            sections_limit=self._limits.sections,
            full_texts_limit=self._limits.full_texts,
        )

    async def _speech(self, connection: aiosqlite.Connection, number: int) -> store.SpeechRow:
        return await store.require_listed(connection, number)


def _facts(row: store.SectionRow) -> SectionFacts:
    return SectionFacts(row.audience, row.material_date)
