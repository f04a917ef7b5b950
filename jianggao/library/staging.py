"""Stores and indexes long texts before their turn, hidden and a few sections at a time.

The transaction that shows such a text is a small one then: answers wait for it no longer than for any other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from jianggao.database import Database
from jianggao.library import (
    hidden_sections,
    import_report_store,
    index,
    index_entries,
    listing,
    shown_texts,
    source_store,
    speech_store,
    version_store,
)
from jianggao.library.destinations import Destination, NoDay, SpeechChange, Staged
from jianggao.library.hidden_sections import HiddenSections, HiddenState
from jianggao.library.import_clock import ImportClock
from jianggao.library.new_keywords import keywords_of_new
from jianggao.library.paced_writing import PacedWriter
from jianggao.library.preparation import PreparedSource, PreparedSpeech, topics_of
from jianggao.library.public_part import ChoosePublicPart, PublicPart, VersionText
from jianggao.library.reconcile import Reconciler
from jianggao.library.scan import FoundFile

_ROWS_AT_ONCE = 2_000
"""Rows of shown texts and of sampled runs in a transaction."""
_UNFINISHED = "unfinished speech"
"""The fact that holds number and hash of a new long text while it is stored: begun again after a kill, it
keeps its number, which would be lost for ever otherwise."""


class Staging:
    """Stores the sections of one long text at a time."""

    def __init__(
        self,
        database: Database,
        writer: PacedWriter,
        reconciler: Reconciler,
        choose_public_part: ChoosePublicPart,
        shuffle: Callable[[int, int], int],
        clock: ImportClock,
    ) -> None:
        self._database = database
        self._writer = writer
        self._reconciler = reconciler
        self._choose_public_part = choose_public_part
        self._shuffle = shuffle
        self._clock = clock
        self._last_text: PreparedSource | None = None
        """The text that was staged last."""
        self._staged: Staged | None = None
        """What was stored of the text."""
        self._put_in: set[int] = set()
        """Versions whose sections are being put into the index, by a superuser's 恢复上架 while an import
        runs."""

    def is_due(self, text: PreparedSource) -> bool:
        """Returns whether the text is a long one that wasn't staged yet."""
        is_long = text.speech is not None and len(text.speech.sections) > hidden_sections.LONG_SPEECH
        return is_long and self._last_text is not text

    def staged(self, text: PreparedSource) -> Staged | None:
        """Returns what was stored of a text; None if it isn't the last one, or there was nothing to store."""
        return self._staged if self._last_text is text else None

    async def stage(self, file: FoundFile, text: PreparedSource) -> None:
        """Stores the sections of a long text that is new or changed, hidden, or indexes those of one that
        comes back. Each transaction takes a few of them. The transaction that stores the text only makes them
        current and shows them."""
        self._last_text, self._staged = text, None
        prepared = text.speech
        if prepared is None:
            return
        destination = await self._destination(file, text)
        if destination is None:
            return
        # SECOND_NAME and NONE store no section: there is nothing to do beforehand.
        if destination.change is SpeechChange.NEW_VERSION:
            number = destination.number or await self._new_number(prepared)
            self._staged = await self._store_hidden(number, text, prepared)
        elif destination.change is SpeechChange.COMES_BACK and destination.number is not None:
            await self.put_in(destination.number)

    async def put_in(self, number: int) -> None:
        """Puts the sections of a long speech that nobody finds into the index, hidden, a few in a
        transaction.

        The transaction that lists the speech only shows them. If it never comes, the next import takes them
        out.
        """
        async with self._database.write() as connection:
            coming = await listing.begin_to_put_in(connection, number)
        if coming is None:
            return
        version, entry = coming
        # `clear_hidden` of an import that runs meanwhile would take out what is put in here.
        self._put_in.add(version)
        try:
            more = True
            while more:
                async with self._writer.transaction() as connection:
                    more = await listing.put_in_some(connection, version, entry)
        finally:
            self._put_in.discard(version)

    async def _store_hidden(self, number: int, text: PreparedSource, prepared: PreparedSpeech) -> Staged:
        """Stores and indexes a version of the speech, hidden."""
        async with self._database.read() as connection:
            before = await shown_texts.shown_before(connection, number, prepared.runs)
            first_import = await speech_store.first_import(connection, number)
            keywords = await version_store.keywords_of(connection, number)
            sources = await source_store.sources_of_speech(connection, number)
        topics = {topic for source in sources for topic in topics_of(source.path)} | set(topics_of(text.path))
        version_text = await asyncio.to_thread(lambda: prepared.version_text)
        public = await asyncio.to_thread(self._choose_public_part, number, version_text, before)
        day = prepared.date or first_import
        entry = await asyncio.to_thread(listing.coming_entry, number, prepared, public, day, keywords, topics)
        async with self._database.write() as connection:
            version = await version_store.add_version_alone(
                connection, number, prepared, day, public, self._clock.now()
            )
            start = await version_store.last_id_of(connection, day)
            last = start + len(prepared.sections)
            await hidden_sections.hide(
                connection,
                HiddenSections(start + 1, last, number, version, entry.terms, HiddenState.COMING),
            )
        rows = await asyncio.to_thread(
            version_store.section_rows, number, version, prepared, start, public, self._shuffle
        )
        await self._store_sections(rows, prepared, entry)
        await self._remember_staged(number, version, prepared, version_text, public)
        return Staged(number, version)

    async def _store_sections(
        self,
        rows: Sequence[version_store.SectionValues],
        prepared: PreparedSpeech,
        entry: index_entries.SpeechEntry,
    ) -> None:
        """Stores and indexes the sections, a few in a transaction."""
        for at in range(0, len(rows), hidden_sections.SECTIONS_AT_ONCE):
            some = slice(at, at + hidden_sections.SECTIONS_AT_ONCE)
            entries = await asyncio.to_thread(listing.entries_of_rows, rows[some], prepared.occasion)
            async with self._writer.transaction() as connection:
                await version_store.add_section_rows(
                    connection, rows[some], prepared.sections[some], listed=True
                )
                await index.put_in_sections(connection, entry, entries)

    async def _remember_staged(
        self,
        number: int,
        version: int,
        prepared: PreparedSpeech,
        version_text: VersionText,
        public: PublicPart,
    ) -> None:
        """Records what will be shown before anybody sees it.

        What was shown without a record could be shown again, beyond the budget.
        """
        texts = await asyncio.to_thread(shown_texts.texts_shown, version_text, public)
        for at in range(0, len(texts), _ROWS_AT_ONCE):
            async with self._writer.transaction() as connection:
                await shown_texts.add_texts(connection, number, texts[at : at + _ROWS_AT_ONCE])
        for at in range(0, len(prepared.runs), _ROWS_AT_ONCE):
            async with self._writer.transaction() as connection:
                await shown_texts.add_runs(connection, number, prepared.runs[at : at + _ROWS_AT_ONCE])
        async with self._database.write() as connection:
            await hidden_sections.set_ready(connection, version)

    async def _destination(self, file: FoundFile, text: PreparedSource) -> Destination | None:
        """Returns which speech the text will be; None if it must wait for a day.

        That is reported when its turn comes.
        """
        async with self._database.read() as connection:
            before = await source_store.source(connection, text.path)
            try:
                return await self._reconciler.destination(connection, file, text, before)
            except NoDay:
                return None

    async def _new_number(self, prepared: PreparedSpeech) -> int:
        """Returns a number for a new text, or the one that it was given before the import was killed."""
        async with self._database.read() as connection:
            begun = await import_report_store.fact(connection, _UNFINISHED)
            related = await shown_texts.relatives(connection, None, prepared.runs)
            keywords = await keywords_of_new(connection, prepared, related)
        # Another hash: the file was changed after the kill; the number that was begun stays unused.
        number, _, text_hash = (begun or "").partition(" ")
        if text_hash == prepared.text_hash:
            return int(number)
        async with self._database.write() as connection:
            given = await version_store.add_speech(connection, self._clock.today(), keywords)
            await import_report_store.set_fact(connection, _UNFINISHED, f"{given} {prepared.text_hash}")
        return given

    async def clear_hidden(self) -> None:
        """Takes out what was replaced, and what an import that was killed had begun, a few sections at a
        time.

        What is listed again meanwhile stays.
        """
        async with self._database.read() as connection:
            waiting = await hidden_sections.hidden(connection)
        for sections in waiting:
            more = True
            while more and sections.version not in self._put_in:
                async with self._writer.transaction() as connection:
                    more = await listing.take_out_hidden(connection, sections.version)
