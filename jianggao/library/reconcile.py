"""Decides which speech each text of a file is, by its words and its path, and changes that speech."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import aiosqlite

from jianggao.database import Database
from jianggao.library import listing, shown_texts, source_store, speech_store, version_store
from jianggao.library.destinations import Destination, NoDay, SpeechChange, Staged
from jianggao.library.import_clock import ImportClock
from jianggao.library.import_report import ImportReport
from jianggao.library.leaving_texts import (
    must_be_confirmed,
    number_list,
    speeches_lost,
    texts_leaving,
    told_splits,
)
from jianggao.library.new_keywords import keywords_of_new
from jianggao.library.preparation import PreparedSource, PreparedSpeech
from jianggao.library.public_part import ChoosePublicPart
from jianggao.library.reading_records import forget_reading, record_reading, record_refusal
from jianggao.library.scan import FoundFile
from jianggao.library.speech_topics import settle_topics
from jianggao.library.taken_down_texts import hold_back
from jianggao.library.version_comparison import differs
from jianggao.library.volume_identity import ClaimedSpeeches, FileClaims

_LONG_TEXT = 20_000
"""Letters. What of a longer text may be public is chosen in a thread: a single repeated line takes long to
count."""


class Reconciler:
    """Brings speeches in step with the texts of files, inside the transactions of its caller."""

    def __init__(
        self, choose_public_part: ChoosePublicPart, shuffle: Callable[[int, int], int], clock: ImportClock
    ) -> None:
        self._choose_public_part = choose_public_part
        self._shuffle = shuffle
        self._clock = clock
        self.gone_files: frozenset[str] = frozenset()
        """The files that this import finds no longer there, though their texts still stand in the
        database."""
        self.rereading: set[str] = set()
        """The texts of unchanged files that are still to be read again: what is stored of them is an earlier
        reading."""
        self.is_confirmed = False
        """Whether somebody has confirmed that what is gone may be withdrawn, however much it is."""
        self.run = 1
        """The id that the report of this import will have."""

        self.claims = ClaimedSpeeches()
        """Which speeches the parts of volumes are, while their texts are stored."""

    async def expect_rereading(
        self, database: Database, known: Mapping[str, source_store.KnownFile], files: Iterable[FoundFile]
    ) -> None:
        """Notes which of the files that will be read haven't changed since they were read last.

        讲稿.txt and its copy 讲稿(1).txt are one speech, and gain the same lost line one after the other: they
        stay one, of the same number.
        """
        unchanged = [file.path for file in files if (of := known.get(file.path)) and of.file == file]
        async with database.read() as connection:
            self.rereading |= await source_store.texts_of_files(connection, unchanged)

    def forget_rereading(self) -> None:
        """Forgets what an import that broke off was to read again."""
        self.rereading.clear()

    async def store_text(
        self,
        connection: aiosqlite.Connection,
        file: FoundFile,
        text: PreparedSource,
        staged: Staged | None,
        report: ImportReport,
    ) -> None:
        """Stores a text of a file, or records why it couldn't be read; `staged` is the part of it that is
        stored already, hidden.

        Raises NoDay, as `destination` does.
        """
        before = await source_store.source(connection, text.path)
        if text.speech is None:
            self.rereading.discard(text.path)
            report.refused.append(f"{text.path}：{text.refusal}")
            # A file that became unreadable is no deletion: the speech stays as it was until the file can be
            # read again.
            kept = before.speech if before is not None and before.present else None
            row = source_store.SourceRow(text.path, file.path, kept, text.refusal, present=True)
            await source_store.put_source(connection, row)
            report.notes.append(await record_refusal(connection, text, kept, self.run))
            return
        report.problems += [f"{text.path}：{problem}" for problem in text.speech.problems]
        number, is_changed = await self._speech_for(connection, file, text, before, staged, report)
        self.rereading.discard(text.path)
        await source_store.put_source(
            connection, source_store.SourceRow(text.path, file.path, number, None, present=True)
        )
        # 会议.txt held speech 3 and now has the words of speech 8: speech 3 may have lost its last file.
        if before is not None and before.speech is not None and before.speech != number:
            left = await self._leave(connection, before.speech)
            report.displaced += [f"{title}（{text.path}）" for title in left]
        if await settle_topics(connection, number) or is_changed:
            await listing.list_speech(connection, number)
        report.notes.append(await record_reading(connection, text.path, text.speech, number, self.run))

    async def destination(
        self,
        connection: aiosqlite.Connection,
        file: FoundFile,
        text: PreparedSource,
        before: source_store.SourceRow | None,
    ) -> Destination:
        """Returns which speech a text of the file is, `before` being what its path was.

        It is the speech with the same words; else a new version of what the path was (for a part of a volume:
        of what it claims), unless another file still holds that as it was; else a new speech.
        Raises NoDay for a new one that has no date under a doubtful clock.
        """
        assert text.speech is not None
        claims = self.claims.of_file(file.path)
        same = await version_store.speech_with_hash(connection, text.speech.text_hash)
        if same is not None:
            speech = await speech_store.speech(connection, same)
            assert speech is not None
            # Two files with the same words and two dates would otherwise change the speech at every import.
            if not speech.withdrawn and await self._is_held_elsewhere(connection, same, text.path, claims):
                return Destination(same, SpeechChange.SECOND_NAME)
            if await differs(connection, speech, text.speech):
                return Destination(same, SpeechChange.NEW_VERSION)
            return Destination(same, SpeechChange.COMES_BACK if speech.withdrawn else SpeechChange.NONE)
        previous = before.speech if before is not None else None
        if text.path in claims.numbers:
            previous = claims.numbers[text.path]
        # 讲稿.txt and its copy 讲稿(1).txt are one speech: when the copy is edited, the original must stay.
        elif previous is not None and not await self._is_only_source(connection, previous, text.path):
            previous = None
        if previous is not None:
            return Destination(previous, SpeechChange.NEW_VERSION)
        if self._clock.is_doubted and text.speech.date is None:
            raise NoDay
        return Destination(None, SpeechChange.NEW_VERSION)

    async def _is_held_elsewhere(
        self, connection: aiosqlite.Connection, number: int, path: str, claims: FileClaims
    ) -> bool:
        """Returns whether another text that is still there holds the speech.

        A file that was renamed is gone under its old name: the text under the new one is what it was, and a
        date in the new name counts. So it is with the part of a volume that has another name now.
        """
        sources = await source_store.sources_of_speech(connection, number)
        return any(
            source.path != path
            and source.file not in self.gone_files
            and source.path not in claims.leaving
            and not self._is_an_earlier_reading(source.path, path)
            for source in sources
        )

    async def _is_only_source(self, connection: aiosqlite.Connection, number: int, path: str) -> bool:
        """Returns whether no other file holds the speech."""
        sources = await source_store.sources_of_speech(connection, number)
        return all(
            source.path == path or self._is_an_earlier_reading(source.path, path) for source in sources
        )

    def _is_an_earlier_reading(self, other: str, path: str) -> bool:
        """Returns whether the text at `other` will be read again as the one at `path` is now, neither of their
        files having changed."""
        return path in self.rereading and other in self.rereading

    async def _speech_for(
        self,
        connection: aiosqlite.Connection,
        file: FoundFile,
        text: PreparedSource,
        before: source_store.SourceRow | None,
        staged: Staged | None,
        report: ImportReport,
    ) -> tuple[int, bool]:
        """Stores a text as the speech that it is; returns its number, and whether the index must follow."""
        assert text.speech is not None
        destination = await self.destination(connection, file, text, before)
        number, change = destination.number, destination.change
        if number is None:
            number = await self._add_speech(connection, text.speech, staged)
            report.added.append(f"{number}《{text.speech.title}》（{text.path}）")
            report.problems += await hold_back(connection, self._clock.now(), file.path, text, number)
            if text.speech.date is None:
                report.undated.append(f"{number}《{text.speech.title}》")
            return number, True
        if change is SpeechChange.SECOND_NAME:
            # Told when the second file comes, not again at every import that reads it.
            if before is None or before.speech != number or not before.present:
                speech = await speech_store.speech(connection, number)
                assert speech is not None
                report.same_text.append(f"{text.path} = {number}《{speech.title}》")
            return number, False
        if change is SpeechChange.NEW_VERSION:
            await self._add_version(connection, number, text.speech, staged)
            report.changed.append(f"{number}《{text.speech.title}》（{text.path}）")
        else:
            # An earlier release read no speakers: the text is what it was, and needs no version for it.
            await version_store.set_speaker(connection, number, text.speech.speaker)
        is_back = await self._come_back(connection, number, text.path, report)
        changes = is_back or change is SpeechChange.NEW_VERSION
        if changes:
            report.problems += await hold_back(connection, self._clock.now(), file.path, text, number)
        return number, changes

    async def _add_speech(
        self, connection: aiosqlite.Connection, prepared: PreparedSpeech, staged: Staged | None
    ) -> int:
        """Stores a new speech with its first version; returns its number."""
        if staged is not None:
            await self._add_version(connection, staged.number, prepared, staged)
            return staged.number
        related = await shown_texts.relatives(connection, None, prepared.runs)
        keywords = await keywords_of_new(connection, prepared, related)
        number = await version_store.add_speech(connection, self._clock.today(), keywords)
        await self._add_version(connection, number, prepared, None, related)
        return number

    async def _add_version(
        self,
        connection: aiosqlite.Connection,
        number: int,
        prepared: PreparedSpeech,
        staged: Staged | None,
        related: Sequence[shown_texts.Relative] | None = None,
    ) -> None:
        """Makes the text the current version of the speech: the staged one, or a version that is stored now.

        `related` are the speeches with the same words, where they are known.
        """
        # Another number: between staging and storing, the same words came in by another file.
        if staged is not None and staged.number == number:
            await version_store.make_current(connection, number, staged.version)
            return
        version = prepared.version_text
        before = await shown_texts.shown_before(connection, number, prepared.runs, related=related)
        choose = functools.partial(self._choose_public_part, number, version, before)
        is_long = before.others or len(version.letters) > _LONG_TEXT
        public = await asyncio.to_thread(choose) if is_long else choose()
        await version_store.add_version(
            connection,
            number,
            prepared,
            material_date=prepared.date or await speech_store.first_import(connection, number),
            public=public,
            shuffle=self._shuffle,
            imported_at=self._clock.now(),
        )
        await shown_texts.remember_shown(connection, number, version, public)
        await shown_texts.add_runs(connection, number, prepared.runs)

    async def drop_texts(
        self,
        connection: aiosqlite.Connection,
        file: str,
        kept: Collection[str],
        report: ImportReport,
        refused: Collection[str] = (),
    ) -> bool:
        """Lets go of texts that a file (a .zip, a volume) no longer holds.

        Returns whether they are gone: where they are so many that somebody must confirm it, they stay as they
        are, and the report counts them.
        """
        self.claims.forget(file)
        stored = await source_store.sources_of_file(connection, file)
        leaving = texts_leaving(stored, kept, refused)
        self.rereading -= {source.path for source in leaving}
        if not leaving:
            return True
        lost = await speeches_lost(connection, leaving)
        if must_be_confirmed(len(lost), len(stored)) and not self.is_confirmed:
            report.held_back += len(lost)
            report.held_texts.append(f"{file}：少了 {len(lost)} 篇（{number_list(lost)}）")
            return False
        report.problems += await told_splits(connection, stored, leaving, kept)
        for source in leaving:
            await self.drop_source(connection, source, report)
        return True

    async def drop_files(self, database: Database, paths: Iterable[str], report: ImportReport) -> None:
        """Records that files are gone, each in a transaction of its own: after a kill the next run finds the
        others still gone."""
        for path in paths:
            async with database.write() as connection:
                for source in await source_store.sources_of_file(connection, path):
                    await self.drop_source(connection, source, report)
                await source_store.forget_file(connection, path)

    async def drop_source(
        self, connection: aiosqlite.Connection, source: source_store.SourceRow, report: ImportReport
    ) -> None:
        """Records that a source is gone."""
        await source_store.put_source(connection, replace(source, present=False))
        await forget_reading(connection, source.path)
        if source.speech is not None:
            report.withdrawn += await self._leave(connection, source.speech)

    async def _leave(self, connection: aiosqlite.Connection, number: int) -> list[str]:
        """Withdraws a speech that no source holds any more, and returns it as a report names it; if a source
        does, gives the speech the topics of those left, and returns nothing."""
        if await source_store.sources_of_speech(connection, number):
            if await settle_topics(connection, number):
                await listing.list_speech(connection, number)
            return []
        await version_store.set_withdrawn(connection, number, self._clock.now())
        await listing.list_speech(connection, number)
        speech = await speech_store.speech(connection, number)
        return [] if speech is None else [f"{number}《{speech.title}》"]

    async def _come_back(
        self, connection: aiosqlite.Connection, number: int, path: str, report: ImportReport
    ) -> bool:
        """Brings a withdrawn speech back; returns whether it was withdrawn."""
        speech = await speech_store.speech(connection, number)
        if speech is None or not speech.withdrawn:
            return False
        await version_store.set_withdrawn(connection, number, None)
        report.returned.append(f"{number}《{speech.title}》（{path}）")
        return True
