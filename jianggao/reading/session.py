"""Holds what is needed to answer one question: the asker, the place, what access allows there, and the day's
quotas.

Everything that answers a question goes through a `ReadingSession`: it decides which sections may be shown,
takes their texts from marked copies, and records their deliveries before they are returned.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import TypeVar

import aiosqlite

from jianggao.access import quotas
from jianggao.access.quotas import Allowance, DailyQuotas
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
from jianggao.database import Database
from jianggao.deadline import Deadline, TimeLimit
from jianggao.documents.copies import Copies, Copy
from jianggao.errors import CannotWrite, TooSlow
from jianggao.library import speech_store
from jianggao.library.section_ids import EVERY_ID, Audience, IdRange, id_range
from jianggao.reading.slow_questions import count_slow_question
from jianggao.reading.views import Reach
from jianggao.search import NO_SYNONYMS, Search, Synonyms
from jianggao.text.segmentation import load_weights
from jianggao.tracing.group_days import GroupDay

Effect = Callable[[aiosqlite.Connection], Awaitable[None]]
"""Something to do in the transaction of the delivery records: recording the message as processed, so that a
message which an implementation sends twice has one answer."""

T = TypeVar("T")

WordCursors = MutableMapping[tuple[str, str], int]
"""By place and typed word: how far 随机 has come with the word in that place."""

NO_COPIES: Mapping[int, Copy] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class AllowedSections:
    """Sections that may leave, and the records of their deliveries."""

    ids: frozenset[int] = frozenset()
    deliveries: tuple[int, ...] = ()
    """The ids of the delivery records: one for each section, but none at the operator's own terminal."""


NO_SECTIONS = AllowedSections()


@dataclass(frozen=True, slots=True)
class SectionTexts:
    """Texts of sections that may leave, by section id."""

    by_id: dict[int, str]
    deliveries: tuple[int, ...] = ()
    """The ids of the delivery records of those that aren't previews."""
    recorded: frozenset[int] = frozenset()
    """The sections that have such a record: of them more than public text may stand in the answer."""
    unwritable: str = ""
    """Why others couldn't be recorded, in a few words."""


@dataclass(frozen=True, slots=True)
class ReadingSession:
    """One asker in one place at one moment, with all that is needed to answer a question."""

    database: Database
    asker: Asker
    place: Place
    now: datetime
    quotas: DailyQuotas
    """The asker's quotas; those of a superuser don't run out."""
    access: Access
    copies: Copies
    synonyms: Synonyms
    time_limit: TimeLimit
    deadline: Deadline
    """The deadline of the question that is being answered."""
    word_cursors: WordCursors
    records: bool = True
    """Whether deliveries are recorded; not at the operator's own terminal, where nothing is sent."""

    @classmethod
    def of(
        cls,
        copies: Copies,
        asker: Asker,
        place: Place,
        now: datetime,
        daily: DailyQuotas,
        synonyms: Synonyms = NO_SYNONYMS,
        time_limit: TimeLimit = TimeLimit(),  # noqa: B008  # a frozen value
        word_cursors: WordCursors | None = None,
    ) -> ReadingSession:
        """Returns a session with what access allows the asker in the place. `daily` are the quotas of
        everybody."""
        allowed = access(asker, place, now)
        database, deadline = copies.database, time_limit.begin()
        cursors = {} if word_cursors is None else word_cursors
        own = daily.unlimited() if asker.superuser else daily
        return cls(database, asker, place, now, own, allowed, copies, synonyms, time_limit, deadline, cursors)

    async def answer(self, kind: str, ask: Callable[[ReadingSession], Awaitable[T]], more: float = 0.0) -> T:
        """Returns what `ask` answers to a question that begins now.

        The question has the time that every question has, and `more` seconds. Raises TooSlow when that is
        over. A question that ran out of its time is counted by its kind, the command's word; nothing else of
        it is stored.
        """
        # The first question of a process would lose its time to the loading of the dictionary.
        await asyncio.to_thread(load_weights)
        session = replace(self, deadline=self.time_limit.begin(more))
        ran_out = False
        try:
            return await ask(session)
        except TooSlow:
            ran_out = True
            raise
        finally:
            # A part of the work may have caught TooSlow and answered with what it had; `was_hit` shows that.
            # A deadline that was stopped (the database closes, or the caller was cancelled) says nothing of
            # the question.
            if (ran_out or session.deadline.was_hit) and not session.deadline.is_stopped:
                await session._count_slow(kind)

    async def _count_slow(self, kind: str) -> None:
        count = partial(count_slow_question, kind=kind, at=self.now)
        with suppress(CannotWrite):  # so many writings wait already: a count is not worth an answer
            await self.database.writer.write_or_later(count)

    @property
    def searchable(self) -> IdRange | None:
        """The ids of the sections whose whole texts are searched for this asker here; None: public text
        alone.

        An id carries the day of its speech, so that a range of days is a range of ids.
        """
        if self.access.window is None or self.access.place in (PlaceKind.FREE_GROUP, PlaceKind.UNBOUND):
            return None
        if self.access.window == EVERYTHING:
            return EVERY_ID
        return id_range(self.access.window.first, self.access.window.last)

    @property
    def reach(self) -> Reach:
        """What texts the answers to questions here are drawn from."""
        return Reach(self.searchable, self.access.place is PlaceKind.MEMBER_GROUP)

    async def search(self, work: Callable[[Search], T]) -> T:
        """Returns what `work` finds by a search over what the asker may see here. Raises TooSlow."""
        in_group = self.access.place is PlaceKind.MEMBER_GROUP
        return await self.database.run_in_snapshot(
            lambda snapshot: work(Search(snapshot, self.searchable, self.synonyms, in_group=in_group)),
            self.deadline,
        )

    @property
    def is_private(self) -> bool:
        """Whether the place is the asker's private chat."""
        return self.access.place is PlaceKind.PRIVATE

    def leaves(self, row: speech_store.SectionRow) -> bool:
        """Returns whether showing this section here is a delivery: whether more than a preview is shown."""
        return row.audience != Audience.PREVIEW and isinstance(self.access.visible(facts_of(row)), Shown)

    def heading(self, row: speech_store.SectionRow, *, leaves: bool) -> str:
        """Returns the section's headings as they may stand here.

        The part of a heading that isn't public is section text. Headings are therefore whole only in private
        where the section itself `leaves`, recorded; at the operator's own terminal too.
        """
        whole = self.reads_beyond_previews(row) and ((self.is_private and leaves) or not self.records)
        return whole_heading(row) if whole else row.public_label

    def reads_beyond_previews(self, row: speech_store.SectionRow) -> bool:
        """Returns whether the asker may read more of the section's speech than its previews."""
        return self.access.readable(SectionFacts(Audience.MEMBERS, row.material_date))

    def shows_occasion(self, row: speech_store.SectionRow) -> bool:
        """Returns whether the lines under the title may stand here before the section, once it is recorded.

        They are public for nobody (docs/rules.md, Access): whoever may read the speech sees them in private.
        """
        return bool(
            row.occasion and (self.is_private or not self.records) and self.reads_beyond_previews(row)
        )

    async def copies_of(
        self, rows: Iterable[speech_store.SectionRow], *, private: bool | None = None
    ) -> dict[int, Copy]:
        """Returns the marked copies that sections are cut from, by section id.

        That is the asker's copy where they leave in private (or where `private` says so), in a member group
        the copy of the group and the day, since many read it there. Previews are public text, cut from no
        copy.
        """
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
        return GroupDay(self.place.chat, self.now.astimezone(self.quotas.zone).date()).reader

    async def recorded_texts(
        self,
        rows: Sequence[speech_store.SectionRow],
        form: str,
        effect: Effect | None,
        beyond: Collection[int] = (),
    ) -> SectionTexts:
        """Returns the texts of those sections that may be shown here, previews included.

        The deliveries of the others, and of previews whose ids are in `beyond` because more than the preview
        is to be shown of them, are recorded first, with the marks of their copies and with `effect` in
        the same transaction. Where nothing can be recorded, previews alone are returned, with the reason.
        """
        copies: Mapping[int, Copy] = {}
        allowed = NO_SECTIONS
        unwritable = ""
        try:
            copies = await self.copies_of(rows)
            leaving = [row for row in rows if self.leaves(row) or row.id in beyond]
            allowed = await self.record(leaving, form, self.place, effect, copies)
        except CannotWrite as error:
            unwritable = error.explanation.cause
        texts = {
            row.id: text_of(row, copies)
            for row in rows
            if row.id in allowed.ids or row.audience == Audience.PREVIEW or not self.records
        }
        return SectionTexts(texts, allowed.deliveries, allowed.ids, unwritable)

    async def record(
        self,
        rows: Sequence[speech_store.SectionRow],
        form: str,
        place: Place,
        effect: Effect | None,
        copies: Mapping[int, Copy] = NO_COPIES,
    ) -> AllowedSections:
        """Records sections that leave for `place`, with the effect in the same transaction; returns those
        that the day's allowance covers.

        Raises CannotWrite if there are `rows` and they can't be recorded: they may not leave then. Where
        there are none the answer changes nothing, and an effect that can't be stored is left undone.
        """
        if not self.records:
            return AllowedSections(frozenset(row.id for row in rows))
        if not rows and effect is None:
            return NO_SECTIONS
        try:
            return await self._record(rows, form, place, effect, copies)
        except CannotWrite:
            if rows:
                raise
            return NO_SECTIONS

    async def _record(
        self,
        rows: Sequence[speech_store.SectionRow],
        form: str,
        place: Place,
        effect: Effect | None,
        copies: Mapping[int, Copy],
    ) -> AllowedSections:
        """Records the sections that the day's allowance covers, with the effect in the same transaction."""
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
                self.quotas,
                {
                    section: SectionMark(copy.plan, copy.mark_key, copy.marked_for)
                    for section, copy in copies.items()
                },
            )
        return AllowedSections(
            frozenset(entry.section for entry in recorded), tuple(entry.delivery for entry in recorded)
        )

    async def allowance(self, connection: aiosqlite.Connection) -> Allowance:
        """Returns what the asker has received and may still receive today."""
        return await quotas.allowance(connection, self.asker.account, self.now, self.quotas)


@dataclass(frozen=True, slots=True)
class SectionMark:
    """How the copy is marked that a section was cut from; a `deliveries.CopyMark`."""

    plan: int
    mark_key: str
    marked_for: str | None = None
    text_sha256: str | None = None


def text_of(row: speech_store.SectionRow, copies: Mapping[int, Copy]) -> str:
    """Returns a section's body as it leaves: from the marked copy, if there is one."""
    copy = copies.get(row.id)
    return row.body if copy is None else copy.sections[row.ordinal]


def whole_heading(row: speech_store.SectionRow) -> str:
    """Returns all headings that lead to a section, a line each."""
    return "\n".join(filter(None, [row.above, row.label]))


def facts_of(row: speech_store.SectionRow) -> SectionFacts:
    """Returns what of a section a verdict may depend on."""
    return SectionFacts(row.audience, row.material_date)
