"""Bring the database in step with the source files (docs/rules.md, Library).

Files are read and prepared in worker processes; the database is written in short transactions of whole texts, a
file being noted as read with its last one: killed at any point, the next run finishes. Source files are never
written.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import aiosqlite

from jianggao.clock import A_DAY, Clock, ClockWatch, to_text
from jianggao.database import Database
from jianggao.database.newest_time import newest_time, trust_clock
from jianggao.errors import CannotRead, CannotStart, CannotWrite, NotFound
from jianggao.library import hidden, import_report_store, index, listing, shown, source_store, store, versions
from jianggao.library.earlier_public_text import narrow_public_text
from jianggao.library.parser import VERSION as PARSER_VERSION
from jianggao.library.prepared import PreparedSource, PreparedSpeech, failed, topics_of
from jianggao.library.preparing import prepared_ahead
from jianggao.library.public_part import ChoosePublicPart, PublicPart, VersionText
from jianggao.library.report import ImportReport
from jianggao.library.source_files import (
    FoundFile,
    Scanned,
    is_folder,
    is_in_scope,
    is_there,
    is_within,
    scan,
    scope_in,
    shown_name,
)

logger = logging.getLogger(__name__)

GONE_SHARE = 0.20
GONE_COUNT = 5
"""Over both of these, missing files withdraw nothing until someone confirms."""
TRANSACTION_SECONDS = 0.02
"""A transaction takes no further text after this time, so that it ends within 50 ms."""
_DATABASE_FAILS = (sqlite3.OperationalError, CannotWrite, CannotRead, CannotStart)
"""What is no fault of the text that is being stored."""
_ROWS_AT_ONCE = 2_000
_UNFINISHED = "unfinished speech"
"""The fact that names a new long text by its number and hash: begun again after a kill, it has the same number."""
READ_AGAIN = ""
"""In place of the parser's version: the file couldn't be read, and that may pass without the file changing."""
_LONG_TEXT = 20_000
"""Letters; what of a longer text may be public is chosen in a thread: a single repeated line takes long to count."""


@dataclass(slots=True)
class _Prepared:
    """A file and those of its texts that wait to be stored; `kept` names the texts that it holds, `refused` those of
    which nothing could be read. `passing`: some of it has to be read again as it is."""

    file: FoundFile
    texts: list[PreparedSource]
    kept: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    passing: bool = False

    def note(self, text: PreparedSource, stored: PreparedSource) -> None:
        """This text was stored, as it is or as a refusal."""
        self.kept.add(text.path)
        self.passing |= stored.passing
        if stored.speech is None:
            self.refused.add(text.path)


@dataclass(frozen=True, slots=True)
class _Staged:
    """A long text whose sections are stored, hidden: it waits to become the current version of its speech."""

    number: int
    version: int
    prepared: PreparedSpeech


class _NoDay(Exception):
    """A new text has no date of its own, and the clock can't give it one."""


Progress = Callable[[int, int], None]
"""Called with (files done, files to do)."""


class Importer:
    """Imports a library folder into a database. For each second of writing it rests `rest` seconds: a bot that
    answers meanwhile comes first."""

    def __init__(
        self,
        database: Database,
        root: Path,
        choose_public_part: ChoosePublicPart,
        shuffle: Callable[[int, int], int],
        *,
        clock: Clock,
        today: Callable[[], date],
        watch: ClockWatch | None = None,
        workers: int = 1,
        rest: float = 0.0,
    ) -> None:
        self._database = database
        self._root = root
        self._choose_public_part = choose_public_part
        self._shuffle = shuffle
        self._clock = clock
        self._local_day = today
        self._today = today
        self._watch = watch
        self._clock_doubted = False
        self._staged: _Staged | None = None
        self._looked_at: PreparedSource | None = None
        self._workers = workers
        self._rest = rest
        self._running = asyncio.Lock()

    async def run(
        self,
        *,
        confirmed: bool = False,
        clock_is_right: bool = False,
        under: Path | None = None,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import what is new or changed, withdraw what is gone; gives the report, which is stored too.

        `under` restricts the run to a file or folder inside the root (nothing is withdrawn then); `confirmed`
        withdraws even if much is gone; `clock_is_right` ends any doubt about the clock. One run at a time.
        Raises WrongUse for a path outside, NotFound for none.
        """
        async with self._running:
            scope = scope_in(self._root, under)
            report = ImportReport()
            await self._judge_clock(report, trusted=clock_is_right)
            await narrow_public_text(self._database, self._choose_public_part)
            await self._clear_hidden()
            await self._refresh_index()
            if not await asyncio.to_thread(is_folder, self._root):
                report.root_missing = True
            else:
                await self._import(scope, confirmed, report, progress)
            return await self._finish(report)

    async def _judge_clock(self, report: ImportReport, *, trusted: bool) -> None:
        """Whether the day of this run can be relied on. A clock that is behind what was stored, or was moved while the
        program runs, would give texts without a date a wrong one for ever: they wait."""
        now = self._clock()
        if trusted:
            async with self._database.write() as connection:
                await trust_clock(connection, now)
            if self._watch is not None:
                self._watch.trust()
        async with self._database.read() as connection:
            newest = await newest_time(connection)
        behind = newest - now if newest is not None else timedelta(0)
        moved = self._watch.moved() if self._watch is not None else timedelta(0)
        self._clock_doubted = behind > A_DAY or abs(moved) > A_DAY
        # What is dated keeps its date though the clock says that it lies ahead.
        ahead = (behind if behind > A_DAY else timedelta(0)).days
        self._today = lambda: self._local_day() + timedelta(days=ahead)
        if behind > A_DAY:
            report.clock_doubt = f"比数据库里最新的记录早了 {behind.days} 天"
        elif self._clock_doubted:
            way = "前" if moved > timedelta(0) else "后"
            report.clock_doubt = f"在运行中向{way}跳了 {abs(moved).days} 天"

    async def _import(
        self, scope: str | None, confirmed: bool, report: ImportReport, progress: Progress | None
    ) -> None:
        async with self._database.read() as connection:
            known = await source_store.known_files(connection)
        paths = {one.file.location: path for path, one in known.items()}
        found = await asyncio.to_thread(scan, self._root, paths)
        if scope is not None and not found.has(scope) and not is_there(self._root / scope):
            raise NotFound(f"资料文件夹里没有 {shown_name(scope)}。")
        in_scope = [file for file in found.files if scope is None or is_in_scope(file, scope)]
        _tell_unreadable(found, known, scope, report)
        changed = [
            file for file in in_scope if known.get(file.path) != source_store.KnownFile(file, PARSER_VERSION)
        ]
        report.unchanged_files = len(in_scope) - len(changed)
        done = 0
        async with prepared_ahead(self._root, changed, self._today(), self._workers) as batches:
            async for batch in batches:
                waiting = [_Prepared(file, texts) for file, texts in batch]
                async for stored in self._store(waiting, report):
                    done += stored
                    if progress is not None:
                        progress(done, len(changed))
        if scope is None:
            await self._withdraw_gone(found, known, confirmed, report)
        await self._clear_hidden()
        if changed:
            await self._merge_index()

    # --- long texts -----------------------------------------------------------------------------------------

    async def _staged_or_failed(self, text: PreparedSource) -> PreparedSource:
        """The text, its sections stored if it is a long one; the refusal where that fails."""
        if self._looked_at is text:
            return text
        self._staged, self._looked_at = None, text
        try:
            await self._stage(text)
        except _DATABASE_FAILS:
            raise
        except Exception as error:
            return failed(text.path, error)
        return text

    async def _stage(self, text: PreparedSource) -> None:
        """Store the sections of a long text that is new or changed, hidden, a few in a transaction. What remains for the
        transaction that stores the text is to make them current and to show them."""
        prepared = text.speech
        if prepared is None or len(prepared.sections) <= hidden.LONG_SPEECH:
            return
        number = await self._number_for(text, prepared)
        if number is None:
            return
        async with self._database.read() as connection:
            before = await shown.shown_before(connection, number, prepared.runs)
            first_import = await _first_import(connection, number)
            keywords = await versions.keywords_of(connection, number)
            sources = await source_store.sources_of_speech(connection, number)
        topics = {topic for source in sources for topic in topics_of(source.path)} | set(topics_of(text.path))
        version_text = await asyncio.to_thread(lambda: prepared.version_text)
        public = await asyncio.to_thread(self._choose_public_part, number, version_text, before)
        day = prepared.date or first_import
        entry = await asyncio.to_thread(listing.coming_entry, number, prepared, public, day, keywords, topics)
        async with self._database.write() as connection:
            version = await versions.add_version_alone(
                connection, number, prepared, day, public, to_text(self._clock())
            )
            start = await versions.last_id_of(connection, day)
            last = start + len(prepared.sections)
            one = hidden.Hidden(start + 1, last, number, version, entry.terms, hidden.COMING)
            await hidden.hide(connection, one)
        rows = await asyncio.to_thread(
            versions.section_rows, number, version, prepared, start, public, self._shuffle
        )
        for at in range(0, len(rows), hidden.SECTIONS_AT_ONCE):
            some = slice(at, at + hidden.SECTIONS_AT_ONCE)
            entries = await asyncio.to_thread(listing.entries_of_rows, rows[some])
            async with self._in_turn() as connection:
                await versions.add_section_rows(connection, rows[some], prepared.sections[some], listed=True)
                await index.put_in_sections(connection, entry, entries)
        await self._remember_staged(number, version, prepared, version_text, public)
        self._staged = _Staged(number, version, prepared)

    async def _remember_staged(
        self,
        number: int,
        version: int,
        prepared: PreparedSpeech,
        version_text: VersionText,
        public: PublicPart,
    ) -> None:
        """What is shown counts before anybody sees it."""
        texts = await asyncio.to_thread(shown.texts_shown, version_text, public)
        for at in range(0, len(texts), _ROWS_AT_ONCE):
            async with self._in_turn() as connection:
                await shown.add_texts(connection, number, texts[at : at + _ROWS_AT_ONCE])
        for at in range(0, len(prepared.runs), _ROWS_AT_ONCE):
            async with self._in_turn() as connection:
                await shown.add_runs(connection, number, prepared.runs[at : at + _ROWS_AT_ONCE])
        async with self._database.write() as connection:
            await hidden.ready(connection, version)

    async def _number_for(self, text: PreparedSource, prepared: PreparedSpeech) -> int | None:
        """The number of the speech of which this text will be a new version (`_speech_for` decides the same); None where
        nothing is to be stored."""
        async with self._database.read() as connection:
            same = await versions.speech_with_hash(connection, prepared.text_hash)
            if same is not None:
                return same if await self._replaces(connection, same, text, prepared) else None
            before = await source_store.source(connection, text.path)
            if before is not None and before.speech is not None:
                others = await source_store.sources_of_speech(connection, before.speech)
                if all(other.path == text.path for other in others):
                    return before.speech
            if self._clock_doubted and prepared.date is None:
                return None
            begun = await import_report_store.fact(connection, _UNFINISHED)
            keywords = await self._keywords_of(connection, prepared)
        number, _, text_hash = (begun or "").partition(" ")
        if text_hash == prepared.text_hash:
            return int(number)
        async with self._database.write() as connection:
            given = await versions.add_speech(connection, self._today(), keywords)
            await import_report_store.set_fact(connection, _UNFINISHED, f"{given} {prepared.text_hash}")
        return given

    async def _replaces(
        self, connection: aiosqlite.Connection, number: int, text: PreparedSource, prepared: PreparedSpeech
    ) -> bool:
        """Whether a text whose words stand already comes in another form (`_same_words` decides the same)."""
        speech = await store.speech(connection, number)
        sources = await source_store.sources_of_speech(connection, number)
        if speech is None or (any(one.path != text.path for one in sources) and not speech.withdrawn):
            return False
        return await self._differs(connection, speech, prepared)

    async def _clear_hidden(self) -> None:
        """Take out what was replaced, and what an import that was killed had begun, a few sections at a time. What is
        listed again meanwhile stays."""
        async with self._database.read() as connection:
            waiting = await hidden.hidden(connection)
        for one in waiting:
            more = True
            while more:
                async with self._in_turn() as connection:
                    more = await listing.take_out_hidden(connection, one.version)

    @asynccontextmanager
    async def _in_turn(self) -> AsyncIterator[aiosqlite.Connection]:
        """A transaction of some milliseconds, and a rest in which others write."""
        started = time.perf_counter()
        async with self._database.write() as connection:
            yield connection
        await asyncio.sleep(self._rest * (time.perf_counter() - started))

    # --- storing --------------------------------------------------------------------------------------------

    async def _store(self, batch: list[_Prepared], report: ImportReport) -> AsyncIterator[int]:
        """Store a batch in short transactions; gives the number of files that each one finished."""
        while batch:
            finished = 0
            if batch[0].texts:
                batch[0].texts[0] = await self._staged_or_failed(batch[0].texts[0])
            async with self._database.write() as connection:
                started = time.perf_counter()
                while batch and time.perf_counter() - started < TRANSACTION_SECONDS:
                    if not await self._store_some(connection, batch[0], report, started):
                        break
                    batch.pop(0)
                    finished += 1
            await asyncio.sleep(self._rest * (time.perf_counter() - started))
            yield finished

    async def _store_some(
        self, connection: aiosqlite.Connection, prepared: _Prepared, report: ImportReport, started: float
    ) -> bool:
        """Store texts of a file while there is time; whether the file is finished, and noted as read."""
        while prepared.texts and time.perf_counter() - started < TRANSACTION_SECONDS:
            if self._is_long(prepared.texts[0]) and not self._is_staged(prepared.texts[0]):
                return False
            text = prepared.texts.pop(0)
            prepared.note(text, await self._store_or_refuse(connection, prepared.file, text, report))
        if prepared.texts:
            return False
        file = prepared.file
        if file.path not in prepared.refused:
            await self._drop_texts(connection, file.path, prepared.kept, report)
        parser = READ_AGAIN if prepared.passing else PARSER_VERSION
        await source_store.remember_file(connection, file, parser)
        return True

    def _is_long(self, text: PreparedSource) -> bool:
        return text.speech is not None and len(text.speech.sections) > hidden.LONG_SPEECH

    def _is_staged(self, text: PreparedSource) -> bool:
        """Whether `_stage` has looked at the text."""
        return self._looked_at is text

    async def _store_or_refuse(
        self, connection: aiosqlite.Connection, file: FoundFile, text: PreparedSource, report: ImportReport
    ) -> PreparedSource:
        """Store a text, or what is left of it where that fails: the refusal. One text never ends an import; a database
        that can't be written does, as it would refuse every other one."""
        told = ImportReport()
        await connection.execute("SAVEPOINT one_text")
        try:
            await self._store_text(connection, file, text, told)
        except _DATABASE_FAILS:
            raise
        except _NoDay:
            await connection.execute("ROLLBACK TO one_text")
            told = ImportReport(waiting=[text.path])
            text = replace(text, speech=None, passing=True)
        except Exception as error:
            await connection.execute("ROLLBACK TO one_text")
            told = ImportReport()
            text = failed(text.path, error)
            await self._store_text(connection, file, text, told)
        await connection.execute("RELEASE one_text")
        if text.failure:
            logger.error("a source text could not be read:\n%s", text.failure)
        report.add(told)
        return text

    async def _store_text(
        self, connection: aiosqlite.Connection, file: FoundFile, text: PreparedSource, report: ImportReport
    ) -> None:
        before = await source_store.source(connection, text.path)
        if text.speech is None:
            report.refused.append(f"{text.path}：{text.refusal}")
            kept = before.speech if before is not None and before.present else None
            row = source_store.SourceRow(text.path, file.path, kept, text.refusal, present=True)
            await source_store.put_source(connection, row)
            return
        report.problems += [f"{text.path}：{problem}" for problem in text.speech.problems]
        report.removed_lines += [f"{text.path}：{line}" for line in text.speech.removed]
        number, is_changed = await self._speech_for(connection, text, before, report)
        await source_store.put_source(
            connection, source_store.SourceRow(text.path, file.path, number, None, present=True)
        )
        if before is not None and before.speech is not None and before.speech != number:
            await self._leave(connection, before.speech, report)
        if await self._settle_topics(connection, number) or is_changed:
            await listing.list_speech(connection, number)

    async def _speech_for(
        self,
        connection: aiosqlite.Connection,
        text: PreparedSource,
        before: source_store.SourceRow | None,
        report: ImportReport,
    ) -> tuple[int, bool]:
        """The speech that this text is, and whether the index must hear of it: the one with the same words, else a
        new version of what the path was, unless another file still holds that as it was; else a new speech."""
        assert text.speech is not None
        same = await versions.speech_with_hash(connection, text.speech.text_hash)
        if same is not None:
            return same, await self._same_words(connection, same, text, report)
        if before is not None and before.speech is not None:
            others = await source_store.sources_of_speech(connection, before.speech)
            if all(other.path == text.path for other in others):
                await self._add_version(connection, before.speech, text.speech)
                await self._come_back(connection, before.speech, text.path, report)
                report.changed.append(f"{before.speech}《{text.speech.title}》（{text.path}）")
                return before.speech, True
        if self._clock_doubted and text.speech.date is None:
            raise _NoDay
        if self._staged is not None and self._staged.prepared is text.speech:
            number = self._staged.number
        else:
            keywords = await self._keywords_of(connection, text.speech)
            number = await versions.add_speech(connection, self._today(), keywords)
        await self._add_version(connection, number, text.speech)
        report.added.append(f"{number}《{text.speech.title}》（{text.path}）")
        return number, True

    async def _keywords_of(self, connection: aiosqlite.Connection, prepared: PreparedSpeech) -> Sequence[str]:
        """The keywords of a new speech. One that is mostly other speeches' text under a new name has no others than
        they have: a name more must not tell more words."""
        relatives = await shown.relatives(connection, None, prepared.runs)
        together = sum(one.shared for one in relatives)
        mostly = relatives if together * 2 >= len(prepared.runs) else []
        known: set[str] | None = None
        for number in [one.number for one in mostly]:
            speech = await store.speech(connection, number)
            if speech is not None:
                known = {*(known or ()), *speech.keywords}
        return [word for word in prepared.keywords if known is None or word in known]

    async def _same_words(
        self,
        connection: aiosqlite.Connection,
        number: int,
        text: PreparedSource,
        report: ImportReport,
    ) -> bool:
        """A text whose words stand already: a second name, a return, or a new date or form of the same file.
        Whether anything changed."""
        assert text.speech is not None
        speech = await store.speech(connection, number)
        assert speech is not None
        others = [
            source
            for source in await source_store.sources_of_speech(connection, number)
            if source.path != text.path
        ]
        if others and not speech.withdrawn:
            known = await source_store.source(connection, text.path)
            if known is None or known.speech != number or not known.present:
                report.same_text.append(f"{text.path} = {number}《{speech.title}》")
            return False
        differs = await self._differs(connection, speech, text.speech)
        if differs:
            await self._add_version(connection, number, text.speech)
            report.changed.append(f"{number}《{text.speech.title}》（{text.path}）")
        return await self._come_back(connection, number, text.path, report) or differs

    async def _differs(
        self, connection: aiosqlite.Connection, speech: store.SpeechRow, prepared: PreparedSpeech
    ) -> bool:
        """Whether the same words come with another date, punctuation or cut."""
        if prepared.date is not None and prepared.date != speech.material_date:
            return True
        stored = await store.sections_of_version(connection, speech.version)
        now = [(part.ordinal, part.label, part.lead, part.body) for part in prepared.sections]
        return prepared.front != speech.front or now != [
            (part.ordinal, part.label, part.lead, part.body) for part in stored
        ]

    async def _add_version(
        self, connection: aiosqlite.Connection, number: int, prepared: PreparedSpeech
    ) -> None:
        staged = self._staged
        if staged is not None and (staged.number, staged.prepared) == (number, prepared):
            await versions.make_current(connection, number, staged.version)
            return
        version = prepared.version_text
        before = await shown.shown_before(connection, number, prepared.runs)
        choose = functools.partial(self._choose_public_part, number, version, before)
        is_long = before.others or len(version.letters) > _LONG_TEXT
        public = await asyncio.to_thread(choose) if is_long else choose()
        first_import = await _first_import(connection, number)
        await versions.add_version(
            connection,
            number,
            prepared,
            material_date=prepared.date or first_import,
            public=public,
            shuffle=self._shuffle,
            imported_at=to_text(self._clock()),
        )
        await shown.remember_shown(connection, number, version, public)
        await shown.add_runs(connection, number, prepared.runs)

    async def _settle_topics(self, connection: aiosqlite.Connection, number: int) -> bool:
        """A speech has the topics of all its present sources; whether they changed."""
        sources = await source_store.sources_of_speech(connection, number)
        wanted = {topic for source in sources for topic in topics_of(source.path)}
        speech = await store.speech(connection, number)
        assert speech is not None
        if wanted == set(speech.topics):
            return False
        await versions.set_topics(connection, number, wanted)
        return True

    # --- what is gone -----------------------------------------------------------------------------------------

    async def _drop_texts(
        self, connection: aiosqlite.Connection, file: str, kept: set[str], report: ImportReport
    ) -> None:
        """Texts that a file (a .zip) no longer holds."""
        for source in await source_store.sources_of_file(connection, file):
            if source.path not in kept:
                await self._drop_source(connection, source, report)

    async def _withdraw_gone(
        self,
        found: Scanned,
        known: Mapping[str, source_store.KnownFile],
        confirmed: bool,
        report: ImportReport,
    ) -> None:
        """What can't be seen because its folder can't be read isn't gone."""
        present = {file.path for file in found.files}
        gone = [
            path
            for path in sorted(known)
            if path not in present and not found.hides(known[path].file.location)
        ]
        if len(gone) > GONE_COUNT and len(gone) > GONE_SHARE * len(known) and not confirmed:
            report.held_back = len(gone)
            return
        for path in gone:
            async with self._database.write() as connection:
                for source in await source_store.sources_of_file(connection, path):
                    await self._drop_source(connection, source, report)
                await source_store.forget_file(connection, path)

    async def _drop_source(
        self, connection: aiosqlite.Connection, source: source_store.SourceRow, report: ImportReport
    ) -> None:
        await source_store.put_source(connection, replace(source, present=False))
        if source.speech is not None:
            await self._leave(connection, source.speech, report)

    async def _leave(self, connection: aiosqlite.Connection, number: int, report: ImportReport) -> None:
        """A source no longer holds this speech: without any it is withdrawn."""
        if await source_store.sources_of_speech(connection, number):
            if await self._settle_topics(connection, number):
                await listing.list_speech(connection, number)
            return
        await versions.set_withdrawn(connection, number, to_text(self._clock()))
        await listing.list_speech(connection, number)
        speech = await store.speech(connection, number)
        if speech is not None:
            report.withdrawn.append(f"{number}《{speech.title}》")

    async def _come_back(
        self, connection: aiosqlite.Connection, number: int, path: str, report: ImportReport
    ) -> bool:
        """A withdrawn speech is there again; whether it was withdrawn."""
        speech = await store.speech(connection, number)
        if speech is None or not speech.withdrawn:
            return False
        await versions.set_withdrawn(connection, number, None)
        report.returned.append(f"{number}《{speech.title}》（{path}）")
        return True

    # --- the index and the end ----------------------------------------------------------------------------------

    async def _refresh_index(self) -> None:
        """Make the index anew when it was made with another normal form or segmentation."""
        async with self._database.read() as connection:
            made_with = await import_report_store.fact(connection, "index version")
        if made_with == index.VERSION:
            return
        if made_with is not None:
            await self._rebuild_index()
        async with self._database.write() as connection:
            await import_report_store.set_fact(connection, "index version", index.VERSION)

    async def _rebuild_index(self) -> None:
        """Speech by speech in short transactions, as answers wait for the writer. After a kill the next run begins anew:
        the database still names the old version."""
        async with self._database.write() as connection:
            await index.empty(connection)
            waiting = await listing.listed_numbers(connection)
        while waiting:
            started = time.perf_counter()
            async with self._database.write() as connection:
                while waiting and time.perf_counter() - started < TRANSACTION_SECONDS:
                    await listing.rebuild_speech(connection, waiting.pop(0))
            await asyncio.sleep(self._rest * (time.perf_counter() - started))
        await self._merge_index()

    async def _merge_index(self) -> None:
        """What was indexed in many transactions becomes one segment a table, in short steps."""
        for table in index.GRAM_TABLES:
            first, more = True, True
            while more:
                started = time.perf_counter()
                async with self._database.write() as connection:
                    more = await index.merge_some(connection, table, first=first)
                first = False
                await asyncio.sleep(self._rest * (time.perf_counter() - started))

    async def _finish(self, report: ImportReport) -> ImportReport:
        async with self._database.write() as connection:
            report.speeches, report.sections = await store.count_listed(connection)
            await import_report_store.add_report(connection, to_text(self._clock()), report.to_json())
        logger.info("import finished: %d speeches, %d sections", report.speeches, report.sections)
        return report


def _tell_unreadable(
    found: Scanned, known: Mapping[str, source_store.KnownFile], scope: str | None, report: ImportReport
) -> None:
    """What of the folder couldn't be looked at, with how many files in it stay as they are."""
    for one in found.unreadable:
        if scope is not None and not is_within(one.location, scope) and not is_within(scope, one.location):
            continue
        kept = sum(is_within(other.file.location, one.location) for other in known.values())
        stays = f"；里面的 {kept} 个文件照旧" if one.is_folder and kept else ""
        report.refused.append(f"{one.path}：{one.reason}{stays}")


async def _first_import(connection: aiosqlite.Connection, number: int) -> date:
    rows: Iterable[aiosqlite.Row] = await connection.execute_fetchall(
        "SELECT first_import FROM speeches WHERE number = ?", (number,)
    )
    return date.fromisoformat(next(iter(rows))[0])
