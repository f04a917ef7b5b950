"""Reads texts for one asker: what a Reader returns already lacks what may not be shown (docs/rules.md,
Access). There is no other way to the text of a speech.

Every non-preview section and every full text that it returns has a stored delivery record before the method
returns, in the transaction that also records the message as processed. Whoever sends what it returned passes
the outcome of the send to `Reader.settle`.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta

import aiosqlite

from jianggao.access import quotas, trial_store, trials
from jianggao.access.quotas import Allowance
from jianggao.access.trials import TrialRefusal
from jianggao.access.verdicts import Access, Locked, Place, PlaceKind, Shown, Verdict
from jianggao.documents.copies import Copy
from jianggao.errors import NotFound
from jianggao.library import speech_store
from jianggao.outbound.send_outcomes import SendOutcome
from jianggao.reading import delivery_settlement, random_sections, search_answers, theme_answers
from jianggao.reading.outlines import recorded_outline
from jianggao.reading.section_views import section_view
from jianggao.reading.session import Effect, ReadingSession, facts_of
from jianggao.reading.views import (
    AnswerContents,
    FullText,
    FullTextResult,
    NothingToDraw,
    OutlineView,
    QuotaSpent,
    QuotesPage,
    SearchPage,
    SectionView,
    SimilarPage,
    ThemeOutlines,
)

DOCUMENT, TEXT, FORWARD = "document", "text", "forward"
"""The forms of a full text, as its delivery record names them."""


class _NoTrial(Exception):
    """Ends a transaction in which a trial turned out to be used up."""

    def __init__(self, refused: TrialRefusal) -> None:
        super().__init__(refused.obstacle.value)
        self.refused = refused


class Reader:
    """What one asker reads in one place at one moment. Made anew for each message.

    `effect`, where a method takes one, is done in the transaction of the delivery records.
    """

    def __init__(self, session: ReadingSession) -> None:
        self._session = session
        self.access: Access = session.access

    # --- search ---------------------------------------------------------------------------------------------

    async def search(
        self, text: str, page: int = 1, *, size: int = search_answers.PAGE_SIZE, effect: Effect | None = None
    ) -> SearchPage:
        """Returns a page of hits on what was typed. Raises WrongUse for a query that can't be searched for,
        NotFound for a page that doesn't exist, TooSlow."""
        return await self._session.answer(
            "检索", lambda session: search_answers.search_page(session, text, page, size, effect)
        )

    async def search_unrecorded(self, text: str, limit: int) -> SearchPage:
        """Returns the first `limit` hits and the exact total, for the operator's own terminal: nothing
        leaves, so nothing is recorded. Raises WrongUse, NotFound, TooSlow."""
        more = search_answers.seconds_for(limit)
        return await self._session.answer(
            "检索", lambda session: search_answers.first_hits(session, text, limit), more
        )

    async def similar(self, number: int, ordinal: int, *, effect: Effect | None = None) -> SimilarPage:
        """Returns sections of other speeches on the same matter as section `number.ordinal`. Raises NotFound,
        TooSlow."""
        speech, row = await self._section(number, ordinal)
        return await self._session.answer(
            "相近", lambda session: search_answers.similar_page(session, row, speech.title, effect)
        )

    async def quotables(self, theme: str = "", page: int = 1, *, effect: Effect | None = None) -> QuotesPage:
        """Returns a page of sentences worth quoting, on a theme if one is given. Raises WrongUse, NotFound,
        TooSlow."""
        return await self._session.answer(
            "金句", lambda session: theme_answers.quotes_page(session, theme, page, effect)
        )

    # --- sections and outlines ------------------------------------------------------------------------------

    async def section(self, number: int, ordinal: int, *, effect: Effect | None = None) -> SectionView:
        """Returns one section. Raises NotFound, saying which numbers exist; CannotWrite."""
        speech, row = await self._section(number, ordinal)
        return await section_view(self._session, speech, row, "section", effect)

    async def random(self, topic: str = "", *, effect: Effect | None = None) -> SectionView | NothingToDraw:
        """Returns a section that may be shown here, each once before any comes again in this place;
        NothingToDraw if there is none on the topic (or at all). Raises WrongUse, TooSlow, NotAllowed,
        CannotWrite."""
        return await random_sections.draw_section(self._session, topic, effect)

    async def outline(self, number: int, *, effect: Effect | None = None) -> OutlineView:
        """Returns the heading tree with every section's number, opening and closing too. Raises NotFound."""
        async with self._session.database.read() as connection:
            speech = await speech_store.require_listed(connection, number)
            rows = await speech_store.sections_of_version(connection, speech.version)
        return await recorded_outline(self._session, speech, rows, effect)

    async def outlines_on(self, theme: str) -> ThemeOutlines:
        """Returns the heading trees of the best speeches on a theme. Raises WrongUse, NotFound, TooSlow."""
        return await self._session.answer(
            "提纲", lambda session: theme_answers.theme_outlines(session, theme)
        )

    async def _section(
        self, number: int, ordinal: int
    ) -> tuple[speech_store.SpeechRow, speech_store.SectionRow]:
        async with self._session.database.read() as connection:
            speech = await speech_store.require_listed(connection, number)
            row = await speech_store.section(connection, number, ordinal)
            if row is None:
                last = len(await speech_store.sections_of_version(connection, speech.version))
                raise NotFound(f"第 {number} 篇没有第 {ordinal} 段（现有 {number}.1–{number}.{last}）。")
        return speech, row

    # --- full texts -----------------------------------------------------------------------------------------

    async def full_text(
        self,
        number: int,
        form: str,
        *,
        effect: Effect | None = None,
        recorded: Callable[[aiosqlite.Connection, int], Awaitable[None]] | None = None,
    ) -> FullTextResult:
        """Returns the asker's copy with its delivery recorded, or why there is none.

        `recorded` is called with the delivery's id within the transaction. Raises NotFound, CannotWrite, and
        MarkFailed if the copy doesn't say the same as the text.
        """
        return await self._full_text(number, form, effect, recorded, as_trial=False)

    async def trial_text(
        self,
        number: int,
        form: str,
        wait: timedelta,
        *,
        effect: Effect | None = None,
        recorded: Callable[[aiosqlite.Connection, int], Awaitable[None]] | None = None,
    ) -> FullTextResult | TrialRefusal:
        """Returns the asker's copy as `full_text` does, recorded as the one full text that somebody has for
        trial; or why there is no trial. The reader must have been made for a trial of this speech.

        Raises what `full_text` raises.
        """
        session = self._session
        account, zone = session.asker.account, session.quotas.zone
        async with session.database.read() as connection:
            refused = await trials.refusal(connection, account, session.now, zone, wait)
        if refused is not None:
            return refused

        async def only_once(connection: aiosqlite.Connection) -> None:
            # Another message may have had the trial while this one's copy was made.
            refused = await trials.refusal(connection, account, session.now, zone, wait)
            if refused is not None:
                raise _NoTrial(refused)
            if effect is not None:
                await effect(connection)

        async def record_trial(connection: aiosqlite.Connection, delivery: int) -> None:
            await trial_store.record_text(connection, account, number, delivery)
            if recorded is not None:
                await recorded(connection, delivery)

        try:
            return await self._full_text(number, form, only_once, record_trial, as_trial=True)
        except _NoTrial as error:
            return error.refused

    async def _full_text(
        self,
        number: int,
        form: str,
        effect: Effect | None,
        recorded: Callable[[aiosqlite.Connection, int], Awaitable[None]] | None,
        *,
        as_trial: bool,
    ) -> FullTextResult:
        session = self._session
        speech, verdict = await self.verdict_on(number, as_trial=as_trial)
        if isinstance(verdict, Locked):
            await session.record([], form, session.place, effect)
            return verdict
        copy = await session.copies.of(session.asker.account, speech.version)
        content = await _content(copy, form)
        async with session.database.write() as connection:
            if effect is not None:
                await effect(connection)
            delivery = await quotas.record_full_text(
                connection,
                session.asker.account,
                speech.version,
                Place(PlaceKind.PRIVATE, session.asker.account),
                form,
                session.now,
                session.quotas,
                copy,
                None if content is None else hashlib.sha256(content).hexdigest(),
                copy.carriers + (len(copy.layout) if form == DOCUMENT else 0),
            )
            if delivery is None:
                return QuotaSpent()
            if recorded is not None:
                await recorded(connection, delivery)
        return FullText(number, copy, content, delivery)

    async def verdict_on(
        self, number: int, *, as_trial: bool = False
    ) -> tuple[speech_store.SpeechRow, Verdict]:
        """Returns the speech and whether the asker may have its full text: 能看. With `as_trial`, whether it
        may leave as the trial that the reader was made for. Raises NotFound."""
        async with self._session.database.read() as connection:
            speech = await speech_store.require_listed(connection, number)
        return speech, self.access.full_text(speech.material_date, number if as_trial else None)

    async def allowance(self, connection: aiosqlite.Connection) -> Allowance:
        """Returns what the asker has received and may still receive today."""
        return await self._session.allowance(connection)

    # --- what becomes of an answer --------------------------------------------------------------------------

    async def still_shows(self, contents: AnswerContents) -> bool:
        """Returns whether all that an answer shows may still be shown, by what the asker may read now.

        Asked when the answer leaves the queue. A speech that was taken down or withdrawn meanwhile may not be
        shown any more, nor a version that was replaced.
        """
        sections = contents.sections | contents.beyond_public
        async with self._session.database.read() as connection:
            rows = await speech_store.listed_sections(connection, sections)
            listed = await speech_store.listed_among(connection, contents.speeches)
        if len(rows) < len(sections) or listed != contents.speeches:
            return False
        if contents.reach is not None and not self._session.reach.covers(contents.reach):
            return False
        beyond = [row for row in rows if row.id in contents.beyond_public]
        if not all(self._session.reads_beyond_previews(row) for row in beyond):
            return False
        verdicts = [self.access.visible(facts_of(row)) for row in rows]
        if contents.privately:
            return not any(isinstance(verdict, Locked) for verdict in verdicts)
        return all(isinstance(verdict, Shown) for verdict in verdicts)

    async def settle(
        self, texts: AnswerContents | FullText, sent: SendOutcome, *, also: Effect | None = None
    ) -> None:
        """Writes down what became of recorded texts when the outcome of their send is known.

        Only what certainly didn't leave is taken out of the day's allowance and of the evidence of tracing.
        `also` is done in the same transaction. Never raises CannotWrite: while the database can't be written
        this waits in memory.
        """
        records = (texts.delivery,) if isinstance(texts, FullText) else texts.deliveries
        if records:
            await delivery_settlement.settle(self._session.database, records, sent, also)


async def _content(copy: Copy, form: str) -> bytes | None:
    """Returns the file that a form is sent as; None where it is no file."""
    if form == DOCUMENT:
        return await asyncio.to_thread(copy.as_document)
    return copy.as_text() if form == TEXT else None
