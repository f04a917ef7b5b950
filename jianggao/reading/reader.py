"""The one way to text: what a Reader gives back already lacks what may not be shown (docs/rules.md, Access).

Every non-preview section that it gives is a stored delivery before the method returns, in the transaction that
also takes the message's claim.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping

import aiosqlite

from jianggao.access import quotas
from jianggao.access.quotas import Allowance
from jianggao.access.verdicts import Access, Locked, Place, PlaceKind, Private, Shown, Verdict
from jianggao.documents.copies import Copy
from jianggao.errors import CannotWrite, NotAllowed, NotFound
from jianggao.library import speech_store
from jianggao.library.section_ids import Audience
from jianggao.reading import random_sections, search_answers
from jianggao.reading.outlines import recorded_outline
from jianggao.reading.session import SUPERUSER_LIMIT, Effect, ReadingSession, facts, text_of, whole_heading
from jianggao.reading.views import (
    FullText,
    Leaving,
    OutlineView,
    QuotesPage,
    SearchPage,
    SectionView,
    SimilarPage,
    ThemeOutlines,
)

DOCUMENT, TEXT, FORWARD = "document", "text", "forward"
"""The forms of a full text, as its delivery record names them."""
_MOST_DRAWS = 20
_ALL_DRAW = "大家都在发“随机”，没有轮到你，请再发一次。"


class Reader:
    """What one asker reads in one place at one moment. Made anew for each message."""

    def __init__(self, session: ReadingSession) -> None:
        self._session = session
        self.access: Access = session.access

    # --- search -------------------------------------------------------------------------------------------------

    async def search(
        self, text: str, page: int = 1, *, size: int = search_answers.PAGE_SIZE, effect: Effect | None = None
    ) -> SearchPage:
        """A page of hits on what was typed. Raises WrongUse for a query that can't be searched for, NotFound for
        a page that doesn't exist."""
        return await self._session.answer(
            "检索", lambda session: search_answers.search_page(session, text, page, size, effect)
        )

    async def look(self, text: str, limit: int) -> SearchPage:
        """The first `limit` hits and the exact total, for the operator's own terminal: nothing leaves, nothing is
        recorded."""
        more = search_answers.seconds_for(limit)
        return await self._session.answer(
            "检索", lambda session: search_answers.first_hits(session, text, limit), more
        )

    # --- sections -----------------------------------------------------------------------------------------------

    async def section(self, number: int, ordinal: int, *, effect: Effect | None = None) -> SectionView:
        """One section. Raises NotFound, saying which numbers exist."""
        speech, row = await self._section(number, ordinal)
        return await self._section_view(speech, row, "section", effect)

    async def _section(
        self, number: int, ordinal: int
    ) -> tuple[speech_store.SpeechRow, speech_store.SectionRow]:
        async with self._session.database.read() as connection:
            speech = await self._speech(connection, number)
            row = await speech_store.section(connection, number, ordinal)
            if row is None:
                last = len(await speech_store.sections_of_version(connection, speech.version))
                raise NotFound(f"第 {number} 篇没有第 {ordinal} 段（现有 {number}.1–{number}.{last}）。")
        return speech, row

    async def still_shows(self, leaving: Leaving) -> bool:
        """Whether all that an answer shows may still be shown, by what the asker may read now: asked when it leaves the
        queue. A speech that was taken down or withdrawn meanwhile may not, nor a version that was replaced."""
        sections = leaving.sections | leaving.beyond_public
        async with self._session.database.read() as connection:
            rows = await speech_store.listed_sections(connection, sections)
            listed = await speech_store.listed_among(connection, leaving.speeches)
        if len(rows) < len(sections) or listed != leaving.speeches:
            return False
        if leaving.reach is not None and not self._session.reach.covers(leaving.reach):
            return False
        beyond = [row for row in rows if row.id in leaving.beyond_public]
        if not all(self._session.reads_beyond_previews(row) for row in beyond):
            return False
        verdicts = [self.access.visible(facts(row)) for row in rows]
        if leaving.privately:
            return not any(isinstance(verdict, Locked) for verdict in verdicts)
        return all(isinstance(verdict, Shown) for verdict in verdicts)

    async def random(self, topic: str = "", *, effect: Effect | None = None) -> SectionView | None:
        """A section that may be shown here, each once before any comes again in this place; None if there is
        none on the topic (or at all)."""
        draw = await self._session.answer("随机", lambda session: random_sections.draw_from(session, topic))
        unwritable: CannotWrite | None = None
        for _ in range(_MOST_DRAWS):
            drawn = await self._session.answer("随机", lambda session: self._drawn(session, draw))
            if drawn is None:
                self._require_all_drawable()
                return None
            try:
                return await self._given(*drawn, effect)
            except random_sections.MovedOn:
                continue
            except CannotWrite as error:
                unwritable = error  # from here on what needs no record is drawn
        raise unwritable or NotAllowed(_ALL_DRAW)

    def _require_all_drawable(self) -> None:
        """Raise CannotWrite if there may be a section that isn't drawn only because nothing can be recorded."""
        trouble = self._session.database.writer.trouble
        if trouble is not None and self._session.searchable is not None:
            raise CannotWrite(trouble)

    async def _given(
        self, turn: random_sections.DrawTurn, speech: speech_store.SpeechRow, effect: Effect | None
    ) -> SectionView:
        """The section whose turn it is, as it may be shown; the place has moved on then. Raises drawing.MovedOn."""
        stored: list[bool] = []

        async def advance(connection: aiosqlite.Connection) -> None:
            await random_sections.move_on(self._session, connection, turn)
            self._session.database.writer.after_commit(lambda: stored.append(True))
            if effect is not None:
                await effect(connection)

        try:
            view = await self._section_view(speech, turn.row, "random", advance)
        except BaseException:
            if stored:  # a cancellation that came during the commit
                random_sections.take_back(self._session, turn)
            raise
        if not stored:
            random_sections.move_on_in_memory(self._session, turn)
        return view

    async def _drawn(
        self, session: ReadingSession, draw: random_sections.RandomDraw
    ) -> tuple[random_sections.DrawTurn, speech_store.SpeechRow] | None:
        """The section whose turn it is, and its speech."""
        async with session.database.read(session.deadline) as connection:
            turn = await random_sections.next_of(session, connection, draw, *await self._drawable(connection))
            return None if turn is None else (turn, await self._speech(connection, turn.row.speech))

    async def _drawable(self, connection: aiosqlite.Connection) -> tuple[str, tuple[object, ...]]:
        """The condition on sections that may be shown here now, and its values: previews when the day is used up, or
        nothing can be recorded."""
        allowance = await self.allowance(connection)
        is_spent = allowance.sections_left == 0 and not self._session.asker.superuser
        if is_spent or self._session.database.writer.trouble is not None:
            return f"sections.audience = {Audience.PREVIEW}", ()
        condition, values = self.access.condition()
        return condition, tuple(values)

    async def _section_view(
        self, speech: speech_store.SpeechRow, row: speech_store.SectionRow, form: str, effect: Effect | None
    ) -> SectionView:
        verdict = self.access.visible(facts(row))
        goes_private = isinstance(verdict, Private) or self._session.is_private
        leaves = not isinstance(verdict, Locked) and (
            row.audience != Audience.PREVIEW or self._has_private_heading(row, goes_private)
        )
        place = Place(PlaceKind.PRIVATE, self._session.asker.account) if goes_private else self._session.place
        copies: Mapping[int, Copy] = {}
        allowed: set[int] = set()
        try:
            copies = await self._session.copies_of([row] if leaves else [], private=goes_private)
            allowed = await self._session.record([row] if leaves else [], form, place, effect, copies)
        except CannotWrite:
            if row.audience != Audience.PREVIEW:
                raise  # public text leaves all the same, with what of its heading is public
        body: str | None = None
        if row.audience == Audience.PREVIEW and not isinstance(verdict, Locked):
            body = row.body.strip()
        elif row.id in allowed:
            body = text_of(row, copies).strip()
        heading = whole_heading(row) if goes_private and row.id in allowed else row.public_label
        return SectionView(
            number=f"{row.speech}.{row.ordinal}",
            title=speech.title,
            material_date=speech.material_date,
            heading=heading,
            body=body,
            verdict=verdict,
            allowance_spent=leaves and not allowed and row.audience != Audience.PREVIEW,
            leaving=Leaving.of(
                [row.speech],
                [row.id] if body is not None else [],
                privately=isinstance(verdict, Private),
                beyond_public=[row.id] if heading != row.public_label else [],
            ),
        )

    def _has_private_heading(self, row: speech_store.SectionRow, goes_private: bool) -> bool:
        """Whether more of a section's headings leaves for the asker's private chat than is public."""
        reads = goes_private and self._session.reads_beyond_previews(row)
        return reads and whole_heading(row) != row.public_label

    async def similar(self, number: int, ordinal: int, *, effect: Effect | None = None) -> SimilarPage:
        """Sections on the same matter in other speeches. Raises NotFound."""
        speech, row = await self._section(number, ordinal)
        return await self._session.answer(
            "相近", lambda session: search_answers.similar_page(session, row, speech.title, effect)
        )

    async def quotables(self, theme: str = "", page: int = 1, *, effect: Effect | None = None) -> QuotesPage:
        """A page of sentences worth quoting, on a theme if one is given. Raises WrongUse, NotFound."""
        return await self._session.answer(
            "金句", lambda session: search_answers.quotes_page(session, theme, page, effect)
        )

    # --- outlines and full texts ----------------------------------------------------------------------------------

    async def outline(self, number: int, *, effect: Effect | None = None) -> OutlineView:
        """The heading tree with every section's number, opening and closing too. Raises NotFound."""
        async with self._session.database.read() as connection:
            speech = await self._speech(connection, number)
            rows = await speech_store.sections_of_version(connection, speech.version)
        return await recorded_outline(self._session, speech, rows, effect)

    async def outlines_on(self, theme: str) -> ThemeOutlines:
        """The heading trees of the best speeches on a theme. Raises WrongUse."""
        return await self._session.answer(
            "提纲", lambda session: search_answers.theme_outlines(session, theme)
        )

    async def full_text(
        self,
        number: int,
        form: str,
        *,
        effect: Effect | None = None,
        recorded: Callable[[aiosqlite.Connection, int], Awaitable[None]] | None = None,
    ) -> FullText | Verdict | None:
        """The asker's copy with its delivery recorded; the `Locked` verdict if it may not be read; None when the
        day's allowance is spent. `recorded` is told the delivery's id within the transaction. Raises NotFound."""
        async with self._session.database.read() as connection:
            speech = await self._speech(connection, number)
            verdict = self.access.full_text(speech.material_date)
        if isinstance(verdict, Locked):
            await self._session.record([], form, self._session.place, effect)
            return verdict
        copy = await self._session.copies.of(self._session.asker.account, speech.version)
        content = await _content(copy, form)
        async with self._session.database.write() as connection:
            if effect is not None:
                await effect(connection)
            delivery = await quotas.record_full_text(
                connection,
                self._session.asker.account,
                speech.version,
                Place(PlaceKind.PRIVATE, self._session.asker.account),
                form,
                self._session.now,
                self._session.limits.zone,
                SUPERUSER_LIMIT if self._session.asker.superuser else self._session.limits.full_texts,
                copy,
                None if content is None else hashlib.sha256(content).hexdigest(),
                copy.carriers + (len(copy.layout) if form == DOCUMENT else 0),
            )
            if delivery is not None and recorded is not None:
                await recorded(connection, delivery)
        return None if delivery is None else FullText(number, copy, content, delivery)

    async def verdict_on(self, number: int) -> tuple[speech_store.SpeechRow, Verdict]:
        """The speech and whether the asker may have its full text: 能看. Raises NotFound."""
        async with self._session.database.read() as connection:
            speech = await self._speech(connection, number)
        return speech, self.access.full_text(speech.material_date)

    async def allowance(self, connection: aiosqlite.Connection) -> Allowance:
        """What is left of the asker's day."""
        return await self._session.allowance(connection)

    async def _speech(self, connection: aiosqlite.Connection, number: int) -> speech_store.SpeechRow:
        return await speech_store.require_listed(connection, number)


async def _content(copy: Copy, form: str) -> bytes | None:
    """The file that a form is sent as; None where it is no file."""
    if form == DOCUMENT:
        return await asyncio.to_thread(copy.as_document)
    return copy.as_text() if form == TEXT else None
