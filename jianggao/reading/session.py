"""Where one asker reads: what access says of each section here, and what leaves for it being recorded first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import TypeVar

import aiosqlite

from jianggao.access import quotas
from jianggao.access.quotas import Allowance
from jianggao.access.verdicts import (
    EVERYTHING,
    Access,
    Asker,
    Place,
    PlaceKind,
    SectionFacts,
    Shown,
    access,
)
from jianggao.clock import to_text
from jianggao.database import Database
from jianggao.deadline import Deadline, TimeLimit
from jianggao.documents.copies import Copies, Copy
from jianggao.errors import CannotWrite, TooSlow
from jianggao.library import speech_store
from jianggao.library.section_ids import EVERY_ID, Audience, IdRange, id_range
from jianggao.reading.views import Reach
from jianggao.recent_values import RecentValues
from jianggao.search import NO_SYNONYMS, Search, Synonyms
from jianggao.tracing.group_days import GroupDay

Effect = Callable[[aiosqlite.Connection], Awaitable[None]]
"""Something to do in the transaction of the delivery records: taking the claim."""

T = TypeVar("T")

WordCursors = RecentValues[tuple[str, str], int]
"""By place and typed word: how far 随机 has come with it there."""

NO_COPIES: Mapping[int, Copy] = MappingProxyType({})
SUPERUSER_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class DailyQuotas:
    """The daily allowances, and the zone whose days count."""

    sections: int
    full_texts: int
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class SectionTexts:
    """Texts of sections that may leave, by section id. `unwritable`: in a few words, why others couldn't be recorded."""

    by_id: dict[int, str]
    unwritable: str = ""


@dataclass(frozen=True, slots=True)
class ReadingSession:
    """One asker in one place at one moment."""

    database: Database
    asker: Asker
    place: Place
    now: datetime
    limits: DailyQuotas
    access: Access
    copies: Copies
    synonyms: Synonyms
    time_limit: TimeLimit
    deadline: Deadline
    """Of the question that is being answered."""
    word_cursors: WordCursors
    records: bool = True
    """False at the operator's own terminal: nothing leaves there."""

    @classmethod
    def of(
        cls,
        copies: Copies,
        asker: Asker,
        place: Place,
        now: datetime,
        limits: DailyQuotas,
        synonyms: Synonyms = NO_SYNONYMS,
        time_limit: TimeLimit = TimeLimit(),  # noqa: B008  # a frozen value
        word_cursors: WordCursors | None = None,
    ) -> ReadingSession:
        """The desk with what the asker may see at it."""
        seen = access(asker, place, now)
        database, deadline = copies.database, time_limit.begin()
        cursors: WordCursors = RecentValues() if word_cursors is None else word_cursors
        return cls(database, asker, place, now, limits, seen, copies, synonyms, time_limit, deadline, cursors)

    async def answer(self, kind: str, ask: Callable[[ReadingSession], Awaitable[T]], more: float = 0.0) -> T:
        """The answer to a question that begins now, and has the time that every question has and `more` seconds. That a
        question of this kind ran out of time is counted, and nothing else is noted of it."""
        session = replace(self, deadline=self.time_limit.begin(more))
        ran_out = False
        try:
            return await ask(session)
        except TooSlow:
            ran_out = True
            raise
        finally:
            if (ran_out or session.deadline.was_hit) and not session.deadline.is_stopped:
                await session._count_slow(kind)

    async def _count_slow(self, kind: str) -> None:
        async def count(connection: aiosqlite.Connection) -> None:
            await connection.execute(
                """INSERT INTO slow_questions (kind, count, last_at) VALUES (?, 1, ?)
                   ON CONFLICT (kind) DO UPDATE SET count = count + 1, last_at = excluded.last_at""",
                (kind, to_text(self.now)),
            )

        with suppress(CannotWrite):  # so many writings wait already: a count is not worth an answer
            await self.database.writer.write_or_later(count)

    @property
    def searchable(self) -> IdRange | None:
        """The ids of which whole texts are searched for this asker here; None: public text alone."""
        if self.access.window is None or self.access.place in (PlaceKind.FREE_GROUP, PlaceKind.UNBOUND):
            return None
        if self.access.window == EVERYTHING:
            return EVERY_ID
        return id_range(self.access.window.first, self.access.window.last)

    @property
    def reach(self) -> Reach:
        """Of what questions are answered here."""
        return Reach(self.searchable, self.access.place is PlaceKind.MEMBER_GROUP)

    async def search(self, work: Callable[[Search], T]) -> T:
        """What `work` finds by a search over what the asker may see here. Raises TooSlow."""
        in_group = self.access.place is PlaceKind.MEMBER_GROUP
        return await self.database.run_in_snapshot(
            lambda snapshot: work(Search(snapshot, self.searchable, self.synonyms, in_group=in_group)),
            self.deadline,
        )

    @property
    def is_private(self) -> bool:
        """Whether it is the asker's private chat."""
        return self.access.place is PlaceKind.PRIVATE

    def leaves(self, row: speech_store.SectionRow) -> bool:
        """Whether showing this section here is a delivery."""
        return row.audience != Audience.PREVIEW and isinstance(self.access.visible(facts(row)), Shown)

    def heading(self, row: speech_store.SectionRow, *, leaves: bool) -> str:
        """The section's headings as they may stand here. What of them isn't public is section text: they are whole only
        in private, where the section itself `leaves`, recorded; at the operator's own terminal too."""
        whole = self.reads_beyond_previews(row) and ((self.is_private and leaves) or not self.records)
        return whole_heading(row) if whole else row.public_label

    def reads_beyond_previews(self, row: speech_store.SectionRow) -> bool:
        """Whether the asker may read more of the section's speech than its previews."""
        return self.access.readable(SectionFacts(Audience.MEMBERS, row.material_date))

    async def copies_of(
        self, rows: Iterable[speech_store.SectionRow], *, private: bool | None = None
    ) -> dict[int, Copy]:
        """The copies that sections are cut from, by section id: the asker's where they leave in private (or where
        `private` says so), in a member group that of the group and the day. Previews are public text, and from none."""
        goes_private = self.is_private if private is None else private
        reader = self.asker.account if goes_private else self._group_and_day
        if reader is None or not self.records:
            return {}
        leaving = [row for row in rows if row.audience != Audience.PREVIEW]
        return {row.id: await self.copies.of(reader, row.version) for row in leaving}

    @property
    def _group_and_day(self) -> str | None:
        if self.place.kind is not PlaceKind.MEMBER_GROUP:
            return None
        return GroupDay(self.place.chat, self.now.astimezone(self.limits.zone).date()).reader

    async def let_leave(
        self, rows: Sequence[speech_store.SectionRow], form: str, effect: Effect | None
    ) -> SectionTexts:
        """The texts of those sections that may be shown here, previews included; the others' deliveries are recorded
        first, with what their copies are marked by. Where nothing can be recorded, previews alone."""
        copies: Mapping[int, Copy] = {}
        allowed: set[int] = set()
        unwritable = ""
        try:
            copies = await self.copies_of(rows)
            leaving = [row for row in rows if self.leaves(row)]
            allowed = await self.record(leaving, form, self.place, effect, copies)
        except CannotWrite as error:
            unwritable = error.explanation.cause
        texts = {
            row.id: text_of(row, copies)
            for row in rows
            if row.id in allowed or row.audience == Audience.PREVIEW or not self.records
        }
        return SectionTexts(texts, unwritable)

    async def record(
        self,
        rows: Sequence[speech_store.SectionRow],
        form: str,
        place: Place,
        effect: Effect | None,
        copies: Mapping[int, Copy] = NO_COPIES,
    ) -> set[int]:
        """Record sections that leave for `place`, with the effect in the same transaction; gives the ids of those that
        the day's allowance covers. Raises CannotWrite where there are such: they may not leave unrecorded. Where there
        are none the answer changes nothing, and an effect that can't be stored is left undone."""
        if not self.records:
            return {row.id for row in rows}
        if not rows and effect is None:
            return set()
        try:
            return await self._record(rows, form, place, effect, copies)
        except CannotWrite:
            if rows:
                raise
            return set()

    async def _record(
        self,
        rows: Sequence[speech_store.SectionRow],
        form: str,
        place: Place,
        effect: Effect | None,
        copies: Mapping[int, Copy],
    ) -> set[int]:
        async with self.database.write() as connection:
            if effect is not None:
                await effect(connection)
            recorded = await quotas.record_sections(
                connection,
                self.asker.account,
                [(row.version, row.id) for row in rows],
                place,
                form,
                self.now,
                self.limits.zone,
                SUPERUSER_LIMIT if self.asker.superuser else self.limits.sections,
                {
                    section: MarkedPart(copy.plan, copy.mark_key, copy.marked_for)
                    for section, copy in copies.items()
                },
            )
        return {entry.section for entry in recorded}

    async def allowance(self, connection: aiosqlite.Connection) -> Allowance:
        """What is left of the asker's day."""
        return await quotas.allowance(
            connection,
            self.asker.account,
            self.now,
            self.limits.zone,
            sections_limit=self.limits.sections,
            full_texts_limit=self.limits.full_texts,
        )


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """How a section's text was marked."""

    plan: int
    mark_key: str
    marked_for: str | None = None
    text_sha256: str | None = None


def text_of(row: speech_store.SectionRow, copies: Mapping[int, Copy]) -> str:
    """A section's body as it leaves."""
    copy = copies.get(row.id)
    return row.body if copy is None else copy.sections[row.ordinal]


def whole_heading(row: speech_store.SectionRow) -> str:
    """All headings that lead to a section, a line each."""
    return "\n".join(filter(None, [row.above, row.label]))


def facts(row: speech_store.SectionRow) -> SectionFacts:
    """All of a section that access may look at."""
    return SectionFacts(row.audience, row.material_date)
